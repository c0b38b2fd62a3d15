/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * flow_tree.h: what is made from several fields of a record: times, ICMP, the text of the flow.
 */
#ifndef NF9_PLUGIN_FLOW_TREE_H
#define NF9_PLUGIN_FLOW_TREE_H

#include "packet.h"
#include <nf9/flow.h>

void nf9_flow_register(int proto);

/* Whether anybody asks for any of it: everybody does who sees the tree. */
bool nf9_flow_is_wanted(proto_tree *tree);

/* Whether a filter, a column or a tap names nf9.flow, which is hidden in a tree that is seen. */
bool nf9_flow_text_is_wanted(proto_tree *tree);

/* Adds nf9.flow. */
void nf9_flow_text_add(const nf9_pdu *pdu, proto_tree *tree, const nf9_record *record,
                       const char *text);

/* Adds everything else, with the notes on it. */
void nf9_flow_add(const nf9_pdu *pdu, proto_tree *tree, const nf9_record *record,
                  const nf9_flow *flow);

/* Raises the notes on times that cannot be, on the items that show them (may be NULL). */
void nf9_flow_note(const nf9_pdu *pdu, proto_item *end, proto_item *duration,
                   const nf9_flow *flow);

#endif
