/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * field_hf.h: the display fields of NetFlow's field types, made from the codec's table, and a
 * field put into the tree.
 */
#ifndef NF9_PLUGIN_FIELD_HF_H
#define NF9_PLUGIN_FIELD_HF_H

#include "ws_compat.h"
#include <epan/packet.h>
#include <nf9/value.h>

/* The display fields' ids. */
typedef struct nf9_field_hf {
    int field[NF9_FIELD_COUNT];  /* by row of the field table */
    const header_field_info **with[NF9_FIELD_COUNT]; /* the same, as epan keeps it, and behind it
                                                      * parts and hidden fields that go with it,
                                                      * NULL behind the last */
    int *parts[NF9_FIELD_COUNT]; /* by part, counted from the first of the field's form */
    int scope[NF9_SCOPE_COUNT];
    int unknown, unknown_type, scope_unknown, scope_unknown_type;
    int raw;                          /* a length that does not fit */
    int mpls_label;                   /* hidden: any label of the stack */
    int addr, addr6, mac, port;       /* hidden: either direction */
    uint16_t first_part[NF9_FORM_SYSTEM + 1]; /* by form: its first row in parts.def */
    uint8_t part_count[NF9_FORM_SYSTEM + 1];  /* and how many there are */
    gint ett_parts;
} nf9_field_hf;

extern nf9_field_hf nf9_hf;

void nf9_field_register(int proto);

/* Whether a filter, a column or a tap names this field.  proto_field_is_referenced() says yes to
 * everything in a visible tree; what is hidden is not worth its making there. */
bool nf9_asked_for(proto_tree *tree, int hf);

/* Whether anybody asks for one of these fields: everybody does who sees the tree.  They are as they
 * were registered: epan keeps them there, and marks them. */
bool nf9_any_is_referenced(proto_tree *tree, const hf_register_info *fields, size_t n);

/* The display field for either direction that goes with a type, or NULL. */
const int *nf9_field_hidden_with(uint16_t type);

/* Whether one of these is asked for, in a tree that nobody sees. */
static inline bool nf9_any_is_asked_for(const header_field_info *const *fields)
{
    for (; *fields != NULL; fields++)
        if ((*fields)->ref_type != HF_REF_TYPE_NONE)
            return true;
    return false;
}

/* Whether anything asks for a field of this row (NF9_ROW_UNKNOWN too), for a part of it, or for
 * what is hidden with it; in a tree that nobody sees. */
bool nf9_field_is_wanted(proto_tree *tree, uint16_t row, bool scope);

/* Whether there is nothing to say of a field of this type, if its length fits, but its value: no
 * text of its own, no parts below it, nothing hidden with it. */
bool nf9_field_is_plain(proto_tree *tree, const nf9_field_info *info, bool scope);

/* Adds one field of a record, with its parts below it; the item, NULL without a tree. */
proto_item *nf9_field_add(proto_tree *tree, packet_info *pinfo, tvbuff_t *tvb,
                          const nf9_field *field);

#endif
