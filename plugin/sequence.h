/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * sequence.h: what the headers of a source's packets show, in the tree.
 */
#ifndef NF9_PLUGIN_SEQUENCE_H
#define NF9_PLUGIN_SEQUENCE_H

#include "packet.h"

void nf9_sequence_register(int proto);

/* Says what the verdict has to say, if anything, on the packet's item. */
void nf9_sequence_tree(nf9_pdu *pdu, proto_item *item);

#endif
