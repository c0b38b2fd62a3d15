/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * wanted.h: what of a FlowSet's records anybody asks for, decided once a FlowSet.
 */
#ifndef NF9_PLUGIN_WANTED_H
#define NF9_PLUGIN_WANTED_H

#include "column_tree.h"

typedef struct nf9_wanted {
    bool all; /* every field of every record: a visible tree, or notes on values */
    nf9_shown_column *columns; /* that are to be added, n of them; NULL: all, field by field */
    size_t n;
} nf9_wanted;

/* What is wanted of the records of this template; without a tree, only what the notes need. */
void nf9_wanted_init(nf9_wanted *wanted, wmem_allocator_t *pool, proto_tree *tree,
                     const nf9_template *tmpl);

#endif
