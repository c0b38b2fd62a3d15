/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * templates.h: Template and Options Template FlowSets in the tree.
 */
#ifndef NF9_PLUGIN_TEMPLATES_H
#define NF9_PLUGIN_TEMPLATES_H

#include "packet.h"

void nf9_templates_register(int proto);

/* The records of a FlowSet, below `tree`; the rest of the FlowSet's line, on `item`. */
void nf9_templates_tree(nf9_pdu *pdu, proto_tree *tree, proto_item *item,
                        const nf9_flowset *flowset);

#endif
