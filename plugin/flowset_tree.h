/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * flowset_tree.h: a FlowSet's own line, header and padding.
 */
#ifndef NF9_PLUGIN_FLOWSET_TREE_H
#define NF9_PLUGIN_FLOWSET_TREE_H

#include "packet.h"

void nf9_flowset_register(int proto);

bool nf9_flowsets_are_wanted(proto_tree *tree);

void nf9_flowset_tree(nf9_pdu *pdu, const nf9_flowset *flowset);

/* Adds the FlowSet's line and header; the packet's tree where nobody asks for them. */
proto_tree *nf9_flowset_header_add(const nf9_pdu *pdu, const nf9_flowset *flowset);

/* Shows padding, where there is any. */
void nf9_padding_add(const nf9_pdu *pdu, proto_tree *tree, nf9_bytes padding, size_t offset);

/* Shows what is left of a FlowSet after its records: padding, or octets that are none. */
void nf9_rest_add(const nf9_pdu *pdu, proto_tree *tree, nf9_bytes rest, size_t offset,
                  bool has_records);

#endif
