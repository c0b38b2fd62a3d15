/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * wanted.h: what anybody asks for: of a packet, decided once a packet, and of a FlowSet's fields,
 * decided once a FlowSet.
 */
#ifndef NF9_PLUGIN_WANTED_H
#define NF9_PLUGIN_WANTED_H

#include "column_tree.h"

/* What of a packet; in a tree that is seen, everything but the text. */
typedef struct nf9_asked {
    bool visible;   /* somebody looks: texts are worth their making */
    bool notes;     /* notes that a record's values raise, or all expert infos */
    bool flowsets;  /* the FlowSets' own lines, headers and padding */
    bool records;   /* the records' own lines, and what is said of all in a FlowSet */
    bool match;     /* which records match a record filter */
    bool flow;      /* what is made from several fields */
    bool flow_text; /* nf9.flow; then flow too */
} nf9_asked;

/* Without a tree, only notes. */
void nf9_asked_init(nf9_asked *asked, proto_tree *tree);

/* What of the fields of a FlowSet's records. */
typedef struct nf9_wanted {
    bool all; /* every field of every record: a visible tree, or notes on values */
    nf9_shown_column *columns; /* that are to be added, n of them; NULL: all, field by field */
    size_t n;
} nf9_wanted;

/* What is wanted of the records of this template; without a tree, only what the notes need. */
void nf9_wanted_init(nf9_wanted *wanted, const nf9_asked *asked, wmem_allocator_t *pool,
                     proto_tree *tree, const nf9_template *tmpl);

#endif
