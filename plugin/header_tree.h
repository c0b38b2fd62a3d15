/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * header_tree.h: the packet's header in the tree.
 */
#ifndef NF9_PLUGIN_HEADER_TREE_H
#define NF9_PLUGIN_HEADER_TREE_H

#include "packet.h"

void nf9_header_register(int proto);

/* Adds the header, as far as it is there. */
void nf9_header_add(const nf9_pdu *pdu);

/* Adds it where anybody asks for it, or where there is a note on it. */
void nf9_header_tree(const nf9_pdu *pdu);

#endif
