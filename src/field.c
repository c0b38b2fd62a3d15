/* SPDX-License-Identifier: MIT
 *
 * field.c: the tables of fields.def, scopes.def and parts.def, and how a row is found.
 */
#include <nf9/field.h>

static const nf9_field_info fields[] = {
#define NF9_FIELD(type, NAME, filter, iana, kind, length, form, unit, en, label, meaning) \
    { type,   length, NF9_KIND_##kind, NF9_FORM_##form, NF9_UNIT_##unit, NF9_ENUM_##en,      \
      #NAME,  filter, iana,            label,           meaning },
#include <nf9/fields.def>
#undef NF9_FIELD
};

static const nf9_field_info scopes[] = {
#define NF9_SCOPE(type, NAME, filter, kind, length, form, label, meaning) \
    { type,  length, NF9_KIND_##kind, NF9_FORM_##form, NF9_UNIT_NONE, NF9_ENUM_NONE, \
      #NAME, filter, "",              label,           meaning },
#include <nf9/scopes.def>
#undef NF9_SCOPE
};

static const nf9_part_info parts[] = {
#define NF9_PART(form, NAME, filter, shift, bits, en, label) \
    { NF9_FORM_##form, shift, bits, NF9_ENUM_##en, filter, label },
#include <nf9/parts.def>
#undef NF9_PART
};

static const struct alias {
    const char *name;
    uint16_t row;
} aliases[] = {
#define NF9_ALIAS(alias, NAME) { alias, NF9_IX_##NAME },
#include <nf9/aliases.def>
#undef NF9_ALIAS
};

/* The tables are sorted by type. */
static int row_of(const nf9_field_info *table, size_t n, uint16_t type)
{
    size_t low = 0;

    while (n > 0) {
        size_t half = n / 2;
        if (table[low + half].type < type) {
            low += half + 1;
            n -= half + 1;
        } else if (table[low + half].type > type) {
            n = half;
        } else {
            return (int)(low + half);
        }
    }
    return -1;
}

int nf9_field_index(uint16_t type)
{
    return row_of(fields, NF9_FIELD_COUNT, type);
}

int nf9_scope_index(uint16_t type)
{
    return row_of(scopes, NF9_SCOPE_COUNT, type);
}

const nf9_field_info *nf9_field_at(size_t index)
{
    return index < NF9_FIELD_COUNT ? &fields[index] : NULL;
}

const nf9_field_info *nf9_scope_at(size_t index)
{
    return index < NF9_SCOPE_COUNT ? &scopes[index] : NULL;
}

const nf9_part_info *nf9_part_at(size_t index)
{
    return index < NF9_PART_COUNT ? &parts[index] : NULL;
}

const nf9_field_info *nf9_field_info_of(uint16_t type)
{
    int row = nf9_field_index(type);
    return row < 0 ? NULL : &fields[row];
}

const nf9_field_info *nf9_scope_info_of(uint16_t type)
{
    int row = nf9_scope_index(type);
    return row < 0 ? NULL : &scopes[row];
}

/* ASCII only, whatever the locale. */
static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static bool same_name(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == '\0' && *b == '\0';
}

bool nf9_field_has_name(const nf9_field_info *info, const char *name)
{
    return *name != '\0' && (same_name(name, info->filter) || same_name(name, info->name) ||
                             same_name(name, info->iana));
}

const nf9_field_info *nf9_field_by_name(const char *name)
{
    for (size_t i = 0; i < NF9_FIELD_COUNT; i++)
        if (nf9_field_has_name(&fields[i], name))
            return &fields[i];
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (same_name(name, aliases[i].name))
            return &fields[aliases[i].row];
    return NULL;
}

bool nf9_length_fits(const nf9_field_info *info, size_t length)
{
    switch (info->kind) {
    case NF9_KIND_OCTETS:
    case NF9_KIND_TEXT:
        return true;
    case NF9_KIND_FLOAT:
        return length == 4 || length == 8;
    case NF9_KIND_IPV4:
        return length == 4;
    case NF9_KIND_IPV6:
        return length == 16;
    case NF9_KIND_MAC:
        return length == 6;
    case NF9_KIND_BOOL:
        return length == 1;
    default:
        return length >= 1 && length <= 8;
    }
}

const char *nf9_unit_text(nf9_unit unit, bool many)
{
    static const char *const text[NF9_UNIT_COUNT][2] = {
        [NF9_UNIT_NONE] = { "", "" },
        [NF9_UNIT_OCTETS] = { "octet", "octets" },
        [NF9_UNIT_PACKETS] = { "packet", "packets" },
        [NF9_UNIT_FLOWS] = { "flow", "flows" },
        [NF9_UNIT_BITS] = { "bit", "bits" },
        [NF9_UNIT_SECONDS] = { "s", "s" },
        [NF9_UNIT_MILLISECONDS] = { "ms", "ms" },
        [NF9_UNIT_MICROSECONDS] = { "us", "us" },
        [NF9_UNIT_NANOSECONDS] = { "ns", "ns" },
        [NF9_UNIT_MESSAGES] = { "message", "messages" },
        [NF9_UNIT_HOPS] = { "hop", "hops" },
        [NF9_UNIT_ENTRIES] = { "entry", "entries" },
        [NF9_UNIT_WORDS] = { "4-octet word", "4-octet words" },
        [NF9_UNIT_FRAMES] = { "frame", "frames" },
        [NF9_UNIT_PORTS] = { "port", "ports" },
    };
    return (unsigned)unit < NF9_UNIT_COUNT ? text[unit][many] : "";
}
