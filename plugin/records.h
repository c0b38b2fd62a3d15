/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * records.h: Data FlowSets in the tree.
 */
#ifndef NF9_PLUGIN_RECORDS_H
#define NF9_PLUGIN_RECORDS_H

#include "packet.h"

/* How many items a packet's tree may have before records are left out. */
extern unsigned nf9_pref_max_items;

void nf9_records_register(int proto);

bool nf9_records_are_wanted(proto_tree *tree);

/* The definition by which a Data FlowSet is read here, and how it came to be in force. */
nf9_match nf9_template_in_force(const nf9_pdu *pdu, const nf9_flowset *flowset,
                                nf9_definition *found);

/* Adds what is said of all records in a FlowSet, where anybody asks for it: in which frame their
 * template was defined, and how many they are. */
void nf9_records_header_add(const nf9_pdu *pdu, proto_tree *tree, const nf9_flowset *flowset,
                            uint32_t template_frame, uint32_t n);

/* The records of a FlowSet, below `tree`; the rest of the FlowSet's line, on `item`. */
void nf9_records_tree(nf9_pdu *pdu, proto_tree *tree, proto_item *item,
                      const nf9_flowset *flowset, const nf9_definition *definition,
                      nf9_match match);

#endif
