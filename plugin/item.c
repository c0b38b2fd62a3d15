/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * item.c: an item's text without printf.
 */
#include "item.h"

static void set_text(proto_item *item, const char *name, const char *colon, const char *text)
{
#if WS_LABEL_IS_TEXT
    size_t n = strlen(name), c = strlen(colon), t = strlen(text);
    field_info *fi = PITEM_FINFO(item);

    if (!PTREE_DATA(item)->visible)
        return;
    if (fi->rep == NULL && n + c + t < ITEM_LABEL_LENGTH) {
        fi->rep = wmem_new(PNODE_POOL(item), item_label_t);
        memcpy(fi->rep->representation, name, n);
        memcpy(fi->rep->representation + n, colon, c);
        memcpy(fi->rep->representation + n + c, text, t + 1);
        return;
    }
#endif
    proto_item_set_text(item, "%s%s%s", name, colon, text); /* cuts it where it is too long */
}

void nf9_item_set_text(proto_item *item, const char *text)
{
    if (item != NULL && PITEM_FINFO(item) != NULL)
        set_text(item, "", "", text);
}

void nf9_item_set_value_text(proto_item *item, const char *text)
{
    if (item != NULL && PITEM_FINFO(item) != NULL)
        set_text(item, PITEM_FINFO(item)->hfinfo->name, ": ", text);
}
