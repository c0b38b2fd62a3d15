/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * field_tree.c: a field of a record put into the tree, as the codec reads it.
 */
#include "field_hf.h"
#include "item.h"

bool nf9_asked_for(proto_tree *tree, int hf)
{
    return tree != NULL && proto_registrar_get_nth((unsigned)hf)->ref_type != HF_REF_TYPE_NONE;
}

bool nf9_any_is_referenced(proto_tree *tree, const hf_register_info *fields, size_t n)
{
    if (tree == NULL || PTREE_DATA(tree)->visible)
        return tree != NULL;
    for (size_t i = 0; i < n; i++)
        if (fields[i].hfinfo.ref_type != HF_REF_TYPE_NONE)
            return true;
    return false;
}

/* A field of a record on its way into the tree. */
typedef struct adding {
    proto_tree *tree;
    packet_info *pinfo;
    tvbuff_t *tvb;
    const nf9_field *field;
    bool visible; /* texts are worth their making */
    int hf;
    int offset, length;
} adding;

/* What the codec makes of the value, for people. */
static const char *text_of(const adding *a)
{
    size_t n = nf9_field_print(a->field, NULL, 0);
    char *text = (char *)wmem_alloc(a->pinfo->pool, n + 1);

    nf9_field_print(a->field, text, n + 1);
    return text;
}

static proto_item *add_octets(const adding *a)
{
    const uint8_t *data = a->field->bytes.data;

    if (a->length == 0)
        return proto_tree_add_bytes_format_value(a->tree, a->hf, a->tvb, a->offset, 0, data,
                                                 "(no octets)");
    if (!a->visible || a->field->info->form == NF9_FORM_HEX)
        return proto_tree_add_item(a->tree, a->hf, a->tvb, a->offset, a->length, ENC_NA);
    return proto_tree_add_bytes_format_value(a->tree, a->hf, a->tvb, a->offset, a->length, data,
                                             "%s", text_of(a));
}

static proto_item *add_text(const adding *a)
{
    nf9_bytes text = { NULL, 0 };

    nf9_field_text(a->field, &text);
    if (text.len > 0 && memchr(text.data, 0, text.len) != NULL) /* no C string can hold it */
        return proto_tree_add_string(a->tree, a->hf, a->tvb, a->offset, a->length, text_of(a));
    return proto_tree_add_string(
        a->tree, a->hf, a->tvb, a->offset, a->length,
        (const char *)tvb_get_string_enc(a->pinfo->pool, a->tvb, a->offset, (int)text.len,
                                         ENC_UTF_8 | ENC_NA));
}

static proto_item *add_bool(const adding *a)
{
    uint64_t v = 0;

    nf9_field_u64(a->field, &v);
    if (v == 1 || v == 2)
        return proto_tree_add_boolean(a->tree, a->hf, a->tvb, a->offset, a->length, v == 1);
    return proto_tree_add_boolean_format_value(a->tree, a->hf, a->tvb, a->offset, a->length, 0,
                                               "%s (neither true nor false)", text_of(a));
}

/* Whether epan's text for a number is ours. */
static bool epan_prints(const nf9_field_info *info)
{
    return info->form == NF9_FORM_DEC || info->form == NF9_FORM_ENUM ||
           info->form == NF9_FORM_FORWARDING;
}

static proto_item *add_number(const adding *a)
{
    char text[ITEM_LABEL_LENGTH];
    proto_item *item;
    nf9_time time;
    uint64_t v = 0;

    nf9_field_u64(a->field, &v);
    if (nf9_field_time(a->field, &time) == NF9_OK && a->visible)
        return proto_tree_add_uint64_format_value(a->tree, a->hf, a->tvb, a->offset, a->length,
                                                  v, "%" PRIu64 " (%s)", v, text_of(a));
    item = proto_tree_add_uint64(a->tree, a->hf, a->tvb, a->offset, a->length, v);
    if (a->visible && !epan_prints(a->field->info)) {
        nf9_field_print(a->field, text, sizeof text);
        nf9_item_set_value_text(item, text);
    }
    return item;
}

const int *nf9_field_hidden_with(uint16_t type)
{
    switch (type) {
    case NF9_FT_IPV4_SRC_ADDR:
    case NF9_FT_IPV4_DST_ADDR:
        return &nf9_hf.addr;
    case NF9_FT_IPV6_SRC_ADDR:
    case NF9_FT_IPV6_DST_ADDR:
        return &nf9_hf.addr6;
    case NF9_FT_IN_SRC_MAC:
    case NF9_FT_OUT_DST_MAC:
    case NF9_FT_IN_DST_MAC:
    case NF9_FT_OUT_SRC_MAC:
        return &nf9_hf.mac;
    case NF9_FT_L4_SRC_PORT:
    case NF9_FT_L4_DST_PORT:
        return &nf9_hf.port;
    default:
        return NULL;
    }
}

/* Adds the value once more under the display field for either direction, if that is asked for. */
static void add_hidden(const adding *a)
{
    const int *hf = nf9_field_hidden_with(a->field->type);
    ws_in6_addr ipv6;
    uint8_t octets[6];
    uint32_t ipv4;
    uint64_t v;
    proto_item *item = NULL;

    if (hf == NULL || !nf9_asked_for(a->tree, *hf))
        return;
    if (nf9_field_ipv4(a->field, (uint8_t *)&ipv4) == NF9_OK)
        item = proto_tree_add_ipv4(a->tree, *hf, a->tvb, a->offset, a->length, ipv4);
    else if (nf9_field_ipv6(a->field, ipv6.bytes) == NF9_OK)
        item = proto_tree_add_ipv6(a->tree, *hf, a->tvb, a->offset, a->length, &ipv6);
    else if (nf9_field_mac(a->field, octets) == NF9_OK)
        item = proto_tree_add_ether(a->tree, *hf, a->tvb, a->offset, a->length, octets);
    else if (nf9_field_u64(a->field, &v) == NF9_OK && v <= 65535)
        item = proto_tree_add_uint(a->tree, *hf, a->tvb, a->offset, a->length, (uint32_t)v);
    proto_item_set_hidden(item);
}

/* A value of a known type whose length fits. */
static proto_item *add_value(const adding *a)
{
    ws_in6_addr ipv6;
    uint8_t mac[6];
    uint32_t ipv4;
    int64_t i = 0;
    double f = 0;

    switch (a->field->info->kind) {
    case NF9_KIND_OCTETS:
        return add_octets(a);
    case NF9_KIND_TEXT:
        return add_text(a);
    case NF9_KIND_BOOL:
        return add_bool(a);
    case NF9_KIND_INT:
        nf9_field_i64(a->field, &i);
        return proto_tree_add_int64(a->tree, a->hf, a->tvb, a->offset, a->length, i);
    case NF9_KIND_FLOAT:
        nf9_field_f64(a->field, &f);
        return proto_tree_add_double(a->tree, a->hf, a->tvb, a->offset, a->length, f);
    case NF9_KIND_IPV4:
        nf9_field_ipv4(a->field, (uint8_t *)&ipv4);
        return proto_tree_add_ipv4(a->tree, a->hf, a->tvb, a->offset, a->length, ipv4);
    case NF9_KIND_IPV6:
        nf9_field_ipv6(a->field, ipv6.bytes);
        return proto_tree_add_ipv6(a->tree, a->hf, a->tvb, a->offset, a->length, &ipv6);
    case NF9_KIND_MAC:
        nf9_field_mac(a->field, mac);
        return proto_tree_add_ether(a->tree, a->hf, a->tvb, a->offset, a->length, mac);
    default:
        return add_number(a);
    }
}

static void add_parts(const adding *a, proto_item *item)
{
    nf9_part_value part[NF9_PARTS_MAX];
    size_t n = nf9_field_parts(a->field, part);
    proto_tree *tree = n > 0 ? proto_item_add_subtree(item, nf9_hf.ett_parts) : NULL;
    const int *hfs = nf9_hf.parts[a->field->info - nf9_field_at(0)];

    for (size_t i = 0; i < n; i++) {
        int hf = hfs[part[i].part - nf9_hf.first_part[part[i].info->form]];
        int offset = (int)part[i].offset, length = (int)part[i].length;
        if (part[i].info->bits == 1)
            proto_tree_add_boolean(tree, hf, a->tvb, offset, length, part[i].value != 0);
        else
            proto_tree_add_uint64(tree, hf, a->tvb, offset, length, part[i].value);
        if (part[i].part == NF9_PART_MPLS_LABEL &&
            nf9_asked_for(a->tree, nf9_hf.mpls_label))
            proto_item_set_hidden(proto_tree_add_uint(tree, nf9_hf.mpls_label, a->tvb, offset,
                                                      length, (uint32_t)part[i].value));
    }
}

static proto_item *add_unknown(adding *a)
{
    proto_item *item;

    a->hf = a->field->scope ? nf9_hf.scope_unknown : nf9_hf.unknown;
    item = proto_tree_add_bytes_format(a->tree, a->hf, a->tvb, a->offset, a->length,
                                       a->field->bytes.data, "%s %u: %s",
                                       a->field->scope ? "Unknown scope" : "Unknown type",
                                       a->field->type, text_of(a));
    proto_tree_add_uint(proto_item_add_subtree(item, nf9_hf.ett_parts),
                        a->field->scope ? nf9_hf.scope_unknown_type : nf9_hf.unknown_type, a->tvb,
                        a->offset, a->length, a->field->type);
    return item;
}

bool nf9_field_is_wanted(proto_tree *tree, uint16_t row, bool scope)
{
    if (nf9_row_info(row, scope) == NULL)
        return proto_field_is_referenced(tree, scope ? nf9_hf.scope_unknown : nf9_hf.unknown) ||
               proto_field_is_referenced(tree, scope ? nf9_hf.scope_unknown_type
                                                     : nf9_hf.unknown_type);
    if (scope)
        return proto_field_is_referenced(tree, nf9_hf.scope[row]);
    return nf9_any_is_asked_for(nf9_hf.with[row]);
}

bool nf9_field_is_plain(proto_tree *tree, const nf9_field_info *info, bool scope)
{
    bool visible = PTREE_DATA(tree)->visible;
    size_t row;

    if (visible && (!epan_prints(info) || info->kind >= NF9_KIND_TIME_S))
        return false;
    if (scope)
        return true;
    row = (size_t)(info - nf9_field_at(0));
    return !nf9_any_is_asked_for(nf9_hf.with[row] + 1) && (!visible || nf9_hf.parts[row] == NULL);
}

/* A value that its type cannot have, as octets. */
static proto_item *add_raw(const adding *a)
{
    const uint8_t *data = a->field->bytes.data;
    const char *label = a->field->info->label;

    if (a->length == 0)
        return proto_tree_add_bytes_format(a->tree, nf9_hf.raw, a->tvb, a->offset, 0, data,
                                           "%s: (no octets)", label);
    return proto_tree_add_bytes_format(a->tree, nf9_hf.raw, a->tvb, a->offset, a->length, data,
                                       "%s: %s (%d octet%s: not a value)", label, text_of(a),
                                       a->length, a->length == 1 ? "" : "s");
}

proto_item *nf9_field_add(proto_tree *tree, packet_info *pinfo, tvbuff_t *tvb,
                          const nf9_field *field)
{
    adding a = { .tree = tree,
                 .pinfo = pinfo,
                 .tvb = tvb,
                 .field = field,
                 .hf = -1,
                 .offset = (int)field->offset,
                 .length = (int)field->bytes.len };
    proto_item *item;

    if (tree == NULL)
        return NULL;
    a.visible = PTREE_DATA(tree)->visible;
    if (field->info == NULL)
        return add_unknown(&a);
    if (!nf9_field_fits(field))
        return add_raw(&a);
    a.hf = field->scope ? nf9_hf.scope[field->info - nf9_scope_at(0)]
                        : nf9_hf.field[field->info - nf9_field_at(0)];
    item = add_value(&a);
    if (!field->scope) {
        add_hidden(&a);
        add_parts(&a, item);
    }
    return item;
}
