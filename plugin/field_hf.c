/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * field_hf.c: the display fields of NetFlow's field types, and a field put into the tree.
 */
#include "field_hf.h"
#include <epan/tfs.h>
#include <epan/unit_strings.h>

static int hf_field[NF9_FIELD_COUNT];
static int hf_scope[NF9_SCOPE_COUNT];
static int hf_unknown = -1, hf_unknown_type = -1, hf_raw = -1;
static int hf_scope_unknown = -1, hf_scope_unknown_type = -1;
static int hf_mpls_label = -1, hf_addr = -1, hf_addr6 = -1, hf_mac = -1, hf_port = -1;
static int *hf_parts[NF9_FIELD_COUNT]; /* by part, counted from the first of the form */
static uint16_t first_part[NF9_FORM_SYSTEM + 1];
static gint ett_parts = -1;

static GArray *registry; /* of hf_register_info, until it is handed to epan */

static void add_hf(int *id, const char *abbrev, const char *name, enum ftenum type, int display,
                   const void *strings, const char *blurb)
{
    hf_register_info hf = { id,
                            { name, abbrev, type, display, strings, 0, blurb, HFILL } };
    *id = -1;
    g_array_append_val(registry, hf);
}

static const val64_string *strings_of(nf9_enum enumeration)
{
    static val64_string *made[NF9_ENUM_COUNT];
    size_t n;
    const nf9_enum_value *v = nf9_enum_values(enumeration, &n);

    if (made[enumeration] == NULL) {
        made[enumeration] = g_new0(val64_string, n + 1);
        for (size_t i = 0; i < n; i++) {
            made[enumeration][i].value = v[i].value;
            made[enumeration][i].strptr = v[i].label;
        }
    }
    return made[enumeration];
}

static const unit_name_string *units_of(nf9_unit unit)
{
    static unit_name_string made[NF9_UNIT_COUNT];

    if (made[unit].singular == NULL) {
        made[unit].singular = g_strdup_printf(" %s", nf9_unit_text(unit, false));
        made[unit].plural = g_strdup_printf(" %s", nf9_unit_text(unit, true));
    }
    return &made[unit];
}

static enum ftenum ft_of(unsigned kind)
{
    switch (kind) {
    case NF9_KIND_INT:
        return FT_INT64;
    case NF9_KIND_FLOAT:
        return FT_DOUBLE;
    case NF9_KIND_BOOL:
        return FT_BOOLEAN;
    case NF9_KIND_IPV4:
        return FT_IPv4;
    case NF9_KIND_IPV6:
        return FT_IPv6;
    case NF9_KIND_MAC:
        return FT_ETHER;
    case NF9_KIND_TEXT:
        return FT_STRING;
    case NF9_KIND_OCTETS:
        return FT_BYTES;
    default:
        return FT_UINT64; /* takes 1 to 8 octets: one display field for every width */
    }
}

/* How a number of a form is displayed, and by which strings. */
static int display_of(const nf9_field_info *info, const void **strings)
{
    *strings = NULL;
    switch (ft_of(info->kind)) {
    case FT_UINT64:
        break;
    case FT_INT64:
        return BASE_DEC;
    default:
        return BASE_NONE;
    }
    switch (info->form) {
    case NF9_FORM_ENUM:
    case NF9_FORM_FORWARDING:
    case NF9_FORM_ICMP:
        *strings = VALS64(strings_of((nf9_enum)info->enumeration));
        return BASE_DEC | BASE_VAL64_STRING;
    case NF9_FORM_DEC:
        if (info->unit == NF9_UNIT_NONE)
            return BASE_DEC;
        *strings = units_of((nf9_unit)info->unit);
        return BASE_DEC | BASE_UNIT_STRING;
    default:
        return BASE_HEX;
    }
}

static void register_parts(size_t row, const nf9_field_info *info)
{
    size_t n = 0, first = first_part[info->form];
    const nf9_part_info *part;

    while ((part = nf9_part_at(first + n)) != NULL && part->form == info->form)
        n++;
    if (n == 0)
        return;
    hf_parts[row] = g_new(int, n);
    for (size_t i = 0; i < n; i++) {
        const char *abbrev;
        part = nf9_part_at(first + i);
        abbrev = g_strdup_printf("nf9.%s.%s", info->filter, part->filter);
        if (part->bits == 1)
            add_hf(&hf_parts[row][i], abbrev, part->label, FT_BOOLEAN, BASE_NONE,
                   TFS(&tfs_set_notset), NULL);
        else if (part->enumeration != NF9_ENUM_NONE)
            add_hf(&hf_parts[row][i], abbrev, part->label, FT_UINT64,
                   BASE_DEC | BASE_VAL64_STRING,
                   VALS64(strings_of((nf9_enum)part->enumeration)), NULL);
        else
            add_hf(&hf_parts[row][i], abbrev, part->label, FT_UINT64, BASE_DEC, NULL, NULL);
    }
}

static void register_types(void)
{
    const void *strings;

    for (size_t i = NF9_PART_COUNT; i-- > 0;)
        first_part[nf9_part_at(i)->form] = (uint16_t)i;
    for (size_t i = 0; i < NF9_FIELD_COUNT; i++) {
        const nf9_field_info *info = nf9_field_at(i);
        int display = display_of(info, &strings);
        bool iana = info->iana[0] != '\0';
        add_hf(&hf_field[i], g_strdup_printf("nf9.%s", info->filter), info->label,
               ft_of(info->kind), display, strings,
               g_strdup_printf("%s (type %u%s%s)", info->meaning, info->type, iana ? ", " : "",
                               info->iana));
        register_parts(i, info);
    }
    for (size_t i = 0; i < NF9_SCOPE_COUNT; i++) {
        const nf9_field_info *info = nf9_scope_at(i);
        int display = display_of(info, &strings);
        add_hf(&hf_scope[i], g_strdup_printf("nf9.scope.%s", info->filter),
               g_strdup_printf("Scope %s", info->label), ft_of(info->kind), display, strings,
               g_strdup_printf("%s (scope type %u)", info->meaning, info->type));
    }
}

void nf9_field_register(int proto)
{
    static gint *ett[] = { &ett_parts };

    registry = g_array_new(FALSE, FALSE, sizeof(hf_register_info));
    register_types();
    add_hf(&hf_unknown, "nf9.unknown", "Unknown type", FT_BYTES, BASE_NONE, NULL,
           "A field of a type that nf9 does not know");
    add_hf(&hf_unknown_type, "nf9.unknown.type", "Type", FT_UINT16, BASE_DEC, NULL,
           "The number of the unknown type");
    add_hf(&hf_scope_unknown, "nf9.scope.unknown", "Unknown scope", FT_BYTES, BASE_NONE, NULL,
           "A scope field of a type that RFC 3954 does not have");
    add_hf(&hf_scope_unknown_type, "nf9.scope.unknown.type", "Scope type", FT_UINT16, BASE_DEC,
           NULL, "The number of the unknown scope type");
    add_hf(&hf_raw, "nf9.raw", "Octets", FT_BYTES, BASE_NONE, NULL,
           "A value whose length does not fit its type");
    add_hf(&hf_mpls_label, "nf9.mpls.label", "MPLS label", FT_UINT32, BASE_DEC, NULL,
           "Any label of the MPLS stack");
    add_hf(&hf_addr, "nf9.addr", "Address", FT_IPv4, BASE_NONE, NULL,
           "IPv4 source or destination address");
    add_hf(&hf_addr6, "nf9.addr6", "Address (IPv6)", FT_IPv6, BASE_NONE, NULL,
           "IPv6 source or destination address");
    add_hf(&hf_mac, "nf9.mac", "MAC", FT_ETHER, BASE_NONE, NULL,
           "MAC address of either side, in or out");
    add_hf(&hf_port, "nf9.port", "Port", FT_UINT16, BASE_DEC, NULL,
           "Transport source or destination port");
    /* epan keeps the array, as it does those of the built-in dissectors */
    proto_register_field_array(proto, (hf_register_info *)(void *)registry->data,
                               (int)registry->len);
    proto_register_subtree_array(ett, array_length(ett));
}

/* A field of a record on its way into the tree. */
typedef struct adding {
    proto_tree *tree;
    packet_info *pinfo;
    tvbuff_t *tvb;
    const nf9_field *field;
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

    if (a->field->info->form == NF9_FORM_HEX || a->length == 0)
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

static proto_item *add_number(const adding *a)
{
    uint64_t v = 0;

    nf9_field_u64(a->field, &v);
    switch (a->field->info->form) {
    case NF9_FORM_DEC:
    case NF9_FORM_ENUM:
    case NF9_FORM_FORWARDING:
        return proto_tree_add_uint64(a->tree, a->hf, a->tvb, a->offset, a->length, v);
    default:
        return proto_tree_add_uint64_format_value(a->tree, a->hf, a->tvb, a->offset, a->length,
                                                  v, "%s", text_of(a));
    }
}

static void add_hidden_ipv4(const adding *a, uint32_t address)
{
    unsigned type = a->field->type;

    if ((type == NF9_FT_IPV4_SRC_ADDR || type == NF9_FT_IPV4_DST_ADDR) &&
        proto_field_is_referenced(a->tree, hf_addr))
        proto_item_set_hidden(
            proto_tree_add_ipv4(a->tree, hf_addr, a->tvb, a->offset, a->length, address));
}

static void add_hidden_ipv6(const adding *a, const ws_in6_addr *address)
{
    unsigned type = a->field->type;

    if ((type == NF9_FT_IPV6_SRC_ADDR || type == NF9_FT_IPV6_DST_ADDR) &&
        proto_field_is_referenced(a->tree, hf_addr6))
        proto_item_set_hidden(
            proto_tree_add_ipv6(a->tree, hf_addr6, a->tvb, a->offset, a->length, address));
}

static void add_hidden_mac(const adding *a, const uint8_t *mac)
{
    switch (a->field->type) {
    case NF9_FT_IN_SRC_MAC:
    case NF9_FT_OUT_DST_MAC:
    case NF9_FT_IN_DST_MAC:
    case NF9_FT_OUT_SRC_MAC:
        if (proto_field_is_referenced(a->tree, hf_mac))
            proto_item_set_hidden(
                proto_tree_add_ether(a->tree, hf_mac, a->tvb, a->offset, a->length, mac));
    }
}

static void add_hidden_port(const adding *a)
{
    uint64_t v;

    if ((a->field->type == NF9_FT_L4_SRC_PORT || a->field->type == NF9_FT_L4_DST_PORT) &&
        proto_field_is_referenced(a->tree, hf_port) && nf9_field_u64(a->field, &v) == NF9_OK &&
        v <= 65535)
        proto_item_set_hidden(proto_tree_add_uint(a->tree, hf_port, a->tvb, a->offset,
                                                  a->length, (uint32_t)v));
}

/* A value of a known type whose length fits. */
static proto_item *add_value(const adding *a)
{
    proto_item *item;
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
        item = proto_tree_add_ipv4(a->tree, a->hf, a->tvb, a->offset, a->length, ipv4);
        add_hidden_ipv4(a, ipv4);
        return item;
    case NF9_KIND_IPV6:
        nf9_field_ipv6(a->field, ipv6.bytes);
        item = proto_tree_add_ipv6(a->tree, a->hf, a->tvb, a->offset, a->length, &ipv6);
        add_hidden_ipv6(a, &ipv6);
        return item;
    case NF9_KIND_MAC:
        nf9_field_mac(a->field, mac);
        item = proto_tree_add_ether(a->tree, a->hf, a->tvb, a->offset, a->length, mac);
        add_hidden_mac(a, mac);
        return item;
    default:
        item = add_number(a);
        add_hidden_port(a);
        return item;
    }
}

static void add_parts(const adding *a, proto_item *item)
{
    nf9_part_value part[NF9_PARTS_MAX];
    size_t n = nf9_field_parts(a->field, part);
    proto_tree *tree = n > 0 ? proto_item_add_subtree(item, ett_parts) : NULL;
    int row = nf9_field_index(a->field->type);

    for (size_t i = 0; i < n; i++) {
        int hf = hf_parts[row][part[i].part - first_part[part[i].info->form]];
        int offset = (int)part[i].offset, length = (int)part[i].length;
        if (part[i].info->bits == 1)
            proto_tree_add_boolean(tree, hf, a->tvb, offset, length, part[i].value != 0);
        else
            proto_tree_add_uint64(tree, hf, a->tvb, offset, length, part[i].value);
        if (part[i].part == NF9_PART_MPLS_LABEL &&
            proto_field_is_referenced(a->tree, hf_mpls_label))
            proto_item_set_hidden(proto_tree_add_uint(tree, hf_mpls_label, a->tvb, offset,
                                                      length, (uint32_t)part[i].value));
    }
}

static proto_item *add_unknown(adding *a)
{
    proto_item *item;

    a->hf = a->field->scope ? hf_scope_unknown : hf_unknown;
    item = proto_tree_add_bytes_format(a->tree, a->hf, a->tvb, a->offset, a->length,
                                       a->field->bytes.data, "%s %u: %s",
                                       a->field->scope ? "Unknown scope" : "Unknown type",
                                       a->field->type, text_of(a));
    proto_tree_add_uint(proto_item_add_subtree(item, ett_parts),
                        a->field->scope ? hf_scope_unknown_type : hf_unknown_type, a->tvb,
                        a->offset, a->length, a->field->type);
    return item;
}

proto_item *nf9_field_add(proto_tree *tree, packet_info *pinfo, tvbuff_t *tvb,
                          const nf9_field *field)
{
    adding a = { tree, pinfo, tvb, field, -1, (int)field->offset, (int)field->bytes.len };
    proto_item *item;

    if (tree == NULL)
        return NULL;
    if (field->info == NULL)
        return add_unknown(&a);
    if (!nf9_field_fits(field))
        return proto_tree_add_bytes_format(tree, hf_raw, tvb, a.offset, a.length,
                                           field->bytes.data, "%s: %s (%d octets: not a value)",
                                           field->info->label, text_of(&a), a.length);
    a.hf = field->scope ? hf_scope[nf9_scope_index(field->type)]
                        : hf_field[nf9_field_index(field->type)];
    item = add_value(&a);
    if (!field->scope)
        add_parts(&a, item);
    return item;
}
