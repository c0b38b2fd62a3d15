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

void nf9_field_register(int proto);

/* Adds one field of a record, with its parts below it; the item, NULL without a tree. */
proto_item *nf9_field_add(proto_tree *tree, packet_info *pinfo, tvbuff_t *tvb,
                          const nf9_field *field);

#endif
