/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * wanted.h: what of a FlowSet's records anybody asks for, decided once a FlowSet.
 */
#ifndef NF9_PLUGIN_WANTED_H
#define NF9_PLUGIN_WANTED_H

#include "ws_compat.h"
#include <epan/packet.h>
#include <nf9/decode.h>

typedef struct nf9_wanted {
    bool all;          /* every field of every record: a visible tree, or notes on values */
    uint16_t *columns; /* otherwise these, n of them */
    size_t n;
} nf9_wanted;

/* What is wanted of the records of this template; without a tree, only what the notes need. */
void nf9_wanted_init(nf9_wanted *wanted, wmem_allocator_t *pool, proto_tree *tree,
                     const nf9_template *tmpl);

#endif
