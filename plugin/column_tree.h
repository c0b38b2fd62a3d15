/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * column_tree.h: a column of a template, made ready once a FlowSet, and a record's field put into
 * the tree by it.
 *
 * Most fields are plain: a number or an address that epan shows by itself.  These are added
 * without looking at anything but the octets; the others as field_tree.c does.
 */
#ifndef NF9_PLUGIN_COLUMN_TREE_H
#define NF9_PLUGIN_COLUMN_TREE_H

#include "ws_compat.h"
#include <epan/packet.h>
#include <nf9/value.h>

typedef enum nf9_way { NF9_WAY_FIELD, NF9_WAY_NUMBER, NF9_WAY_IPV4, NF9_WAY_IPV6 } nf9_way;

typedef struct nf9_shown_column {
    nf9_way way;
    uint16_t column;
    int hf;                /* but for NF9_WAY_FIELD */
    int offset;            /* in the record; but for NF9_WAY_FIELD */
    nf9_number number;     /* for NF9_WAY_NUMBER */
} nf9_shown_column;

/* Makes a column of a template ready for this tree. */
void nf9_column_init(nf9_shown_column *shown, proto_tree *tree, const nf9_template *tmpl,
                     uint16_t column);

/* Whole records, one behind the other, of `length` octets each. */
typedef struct nf9_run {
    uint32_t records, length;
} nf9_run;

/* Adds the field of every record of a run, unless it is to go another way: false for
 * NF9_WAY_FIELD.  The first record's octets begin at `offset` in the packet. */
bool nf9_column_add(const nf9_shown_column *shown, proto_tree *tree, tvbuff_t *tvb,
                    const uint8_t *record, int offset, nf9_run run);

#endif
