/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * field_hf.c: the display fields of NetFlow's field types, made from the codec's table.
 */
#include "field_hf.h"
#include <epan/tfs.h>
#include <epan/unit_strings.h>

nf9_field_hf nf9_hf;
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
    size_t n = nf9_hf.part_count[info->form], first = nf9_hf.first_part[info->form];

    if (n == 0)
        return;
    nf9_hf.parts[row] = g_new(int, n);
    for (size_t i = 0; i < n; i++) {
        const nf9_part_info *part = nf9_part_at(first + i);
        const char *abbrev;
        abbrev = g_strdup_printf("nf9.%s.%s", info->filter, part->filter);
        if (part->bits == 1)
            add_hf(&nf9_hf.parts[row][i], abbrev, part->label, FT_BOOLEAN, BASE_NONE,
                   TFS(&tfs_set_notset), NULL);
        else if (part->enumeration != NF9_ENUM_NONE)
            add_hf(&nf9_hf.parts[row][i], abbrev, part->label, FT_UINT64,
                   BASE_DEC | BASE_VAL64_STRING,
                   VALS64(strings_of((nf9_enum)part->enumeration)), NULL);
        else
            add_hf(&nf9_hf.parts[row][i], abbrev, part->label, FT_UINT64, BASE_DEC, NULL, NULL);
    }
}

static void register_types(void)
{
    const void *strings;

    for (size_t i = NF9_PART_COUNT; i-- > 0;) {
        nf9_hf.first_part[nf9_part_at(i)->form] = (uint16_t)i;
        nf9_hf.part_count[nf9_part_at(i)->form]++;
    }
    for (size_t i = 0; i < NF9_FIELD_COUNT; i++) {
        const nf9_field_info *info = nf9_field_at(i);
        int display = display_of(info, &strings);
        bool iana = info->iana[0] != '\0';
        add_hf(&nf9_hf.field[i], g_strdup_printf("nf9.%s", info->filter), info->label,
               ft_of(info->kind), display, strings,
               g_strdup_printf("%s (type %u%s%s)", info->meaning, info->type, iana ? ", " : "",
                               info->iana));
        register_parts(i, info);
    }
    for (size_t i = 0; i < NF9_SCOPE_COUNT; i++) {
        const nf9_field_info *info = nf9_scope_at(i);
        int display = display_of(info, &strings);
        add_hf(&nf9_hf.scope[i], g_strdup_printf("nf9.scope.%s", info->filter),
               g_strdup_printf("Scope %s", info->label), ft_of(info->kind), display, strings,
               g_strdup_printf("%s (scope type %u)", info->meaning, info->type));
    }
}

static header_field_info *epan_field(int hf)
{
    return proto_registrar_get_nth((unsigned)hf);
}

/* A field and what goes with it beside its value, as nf9_field_hf has it. */
static const header_field_info **field_with(size_t row, const nf9_field_info *info)
{
    GPtrArray *fields = g_ptr_array_new();
    const int *hidden = nf9_field_hidden_with(info->type);

    g_ptr_array_add(fields, epan_field(nf9_hf.field[row]));
    for (size_t i = 0; nf9_hf.parts[row] != NULL && i < nf9_hf.part_count[info->form]; i++)
        g_ptr_array_add(fields, epan_field(nf9_hf.parts[row][i]));
    if (info->form == NF9_FORM_MPLS)
        g_ptr_array_add(fields, epan_field(nf9_hf.mpls_label));
    if (hidden != NULL)
        g_ptr_array_add(fields, epan_field(*hidden));
    g_ptr_array_add(fields, NULL);
    return (const header_field_info **)g_ptr_array_free(fields, FALSE);
}

void nf9_field_register(int proto)
{
    static gint *ett[] = { &nf9_hf.ett_parts };

    nf9_hf.ett_parts = -1;
    registry = g_array_new(FALSE, FALSE, sizeof(hf_register_info));
    register_types();
    add_hf(&nf9_hf.unknown, "nf9.unknown", "Unknown type", FT_BYTES, BASE_NONE, NULL,
           "A field of a type that nf9 does not know");
    add_hf(&nf9_hf.unknown_type, "nf9.unknown.type", "Type", FT_UINT16, BASE_DEC, NULL,
           "The number of the unknown type");
    add_hf(&nf9_hf.scope_unknown, "nf9.scope.unknown", "Unknown scope", FT_BYTES, BASE_NONE, NULL,
           "A scope field of a type that RFC 3954 does not have");
    add_hf(&nf9_hf.scope_unknown_type, "nf9.scope.unknown.type", "Scope type", FT_UINT16, BASE_DEC,
           NULL, "The number of the unknown scope type");
    add_hf(&nf9_hf.raw, "nf9.raw", "Octets", FT_BYTES, BASE_NONE, NULL,
           "A value whose length does not fit its type");
    add_hf(&nf9_hf.mpls_label, "nf9.mpls.label", "MPLS label", FT_UINT32, BASE_DEC, NULL,
           "Any label of the MPLS stack");
    add_hf(&nf9_hf.addr, "nf9.addr", "Address", FT_IPv4, BASE_NONE, NULL,
           "IPv4 source or destination address");
    add_hf(&nf9_hf.addr6, "nf9.addr6", "Address (IPv6)", FT_IPv6, BASE_NONE, NULL,
           "IPv6 source or destination address");
    add_hf(&nf9_hf.mac, "nf9.mac", "MAC", FT_ETHER, BASE_NONE, NULL,
           "MAC address of either side, in or out");
    add_hf(&nf9_hf.port, "nf9.port", "Port", FT_UINT16, BASE_DEC, NULL,
           "Transport source or destination port");
    /* epan keeps the array, as it does those of the built-in dissectors */
    proto_register_field_array(proto, (hf_register_info *)(void *)registry->data,
                               (int)registry->len);
    for (size_t i = 0; i < NF9_FIELD_COUNT; i++)
        nf9_hf.with[i] = field_with(i, nf9_field_at(i));
    proto_register_subtree_array(ett, array_length(ett));
}
