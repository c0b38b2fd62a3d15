/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * item.h: what is said of an item of the tree beside its value.
 */
#ifndef NF9_PLUGIN_ITEM_H
#define NF9_PLUGIN_ITEM_H

#include "ws_compat.h"
#include <epan/packet.h>

/* Marks an item as made by nf9: it stands nowhere in the packet's octets.  NULL is fine. */
static inline proto_item *nf9_item_generated(proto_item *item)
{
    proto_item_set_generated(item);
    return item;
}

/* Gives an item a text that is ready as it is, in place of "Name: value".  epan's own calls take a
 * printf format, and that is half of the time of an item that is seen.  NULL is fine. */
void nf9_item_set_text(proto_item *item, const char *text);

/* The same with the field's name before it: "Name: text". */
void nf9_item_set_value_text(proto_item *item, const char *text);

#endif
