/* SPDX-License-Identifier: MIT
 *
 * field.h: what is known of field types, scope types and enumerations (RFC 3954 sections 6.1
 * and 8, Cisco, IANA, vendors).  All data is static and constant: never freed, shared by threads.
 */
#ifndef NF9_FIELD_H
#define NF9_FIELD_H

#include <nf9/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a value is. Times are as exported: seconds, milliseconds since 1970; 64-bit NTP. */
typedef enum nf9_kind {
    NF9_KIND_OCTETS,
    NF9_KIND_UINT,
    NF9_KIND_INT,
    NF9_KIND_FLOAT,
    NF9_KIND_BOOL, /* IPFIX: 1 true, 2 false */
    NF9_KIND_IPV4,
    NF9_KIND_IPV6,
    NF9_KIND_MAC,
    NF9_KIND_TEXT,
    NF9_KIND_TIME_S,
    NF9_KIND_TIME_MS,
    NF9_KIND_TIME_US,
    NF9_KIND_TIME_NS
} nf9_kind;

/* How a value is read and printed, beyond its kind. */
typedef enum nf9_form {
    NF9_FORM_DEC,
    NF9_FORM_HEX,
    NF9_FORM_ENUM,          /* a value of the enumeration */
    NF9_FORM_FLAGS,         /* bits of the enumeration */
    NF9_FORM_TCP_FLAGS,     /* bits, the data offset masked away */
    NF9_FORM_FRAGMENT,      /* bits */
    NF9_FORM_MULTICAST,     /* bits */
    NF9_FORM_ANONYMIZATION, /* bits */
    NF9_FORM_ICMP,          /* type * 256 + code */
    NF9_FORM_FORWARDING,    /* the last octet: 2 bits status, 6 bits reason */
    NF9_FORM_FLOW_LABEL,    /* 20 bits */
    NF9_FORM_MPLS,          /* label 20 bits, exp 3, bottom of stack 1 */
    NF9_FORM_APPLICATION,   /* RFC 6759: engine, selector */
    NF9_FORM_RD,            /* RFC 4364: type, administrator, assigned number */
    NF9_FORM_ACL,           /* three 4-octet numbers */
    NF9_FORM_SYSTEM         /* a System scope: an IPv4 address where it has 4 octets */
} nf9_form;

typedef enum nf9_unit {
    NF9_UNIT_NONE,
    NF9_UNIT_OCTETS,
    NF9_UNIT_PACKETS,
    NF9_UNIT_FLOWS,
    NF9_UNIT_BITS,
    NF9_UNIT_SECONDS,
    NF9_UNIT_MILLISECONDS,
    NF9_UNIT_MICROSECONDS,
    NF9_UNIT_NANOSECONDS,
    NF9_UNIT_MESSAGES,
    NF9_UNIT_HOPS,
    NF9_UNIT_ENTRIES,
    NF9_UNIT_WORDS, /* of 4 octets */
    NF9_UNIT_FRAMES,
    NF9_UNIT_PORTS,
    NF9_UNIT_COUNT
} nf9_unit;

/* The enumerations of enums.def: NF9_ENUM_IP_PROTOCOL ... */
typedef enum nf9_enum {
    NF9_ENUM_NONE,
#define NF9_ENUM(NAME, name) NF9_ENUM_##NAME,
#define NF9_ENUM_VALUE(value, label)
#define NF9_ENUM_MASK(mask, label)
#define NF9_ENUM_END(NAME)
#include <nf9/enums.def>
#undef NF9_ENUM
#undef NF9_ENUM_VALUE
#undef NF9_ENUM_MASK
#undef NF9_ENUM_END
    NF9_ENUM_COUNT
} nf9_enum;

/* The field types by name: NF9_FT_IN_BYTES is 1, the number on the wire. */
enum {
#define NF9_FIELD(type, NAME, filter, iana, kind, length, form, unit, en, label, meaning) \
    NF9_FT_##NAME = (type),
#include <nf9/fields.def>
#undef NF9_FIELD
    NF9_FT_MAX = 65535
};

/* The rows of the field table: NF9_IX_IN_BYTES ..., below NF9_FIELD_COUNT. */
enum {
#define NF9_FIELD(type, NAME, filter, iana, kind, length, form, unit, en, label, meaning) \
    NF9_IX_##NAME,
#include <nf9/fields.def>
#undef NF9_FIELD
    NF9_FIELD_COUNT
};

/* Scope types: NF9_SCOPE_SYSTEM is 1; their rows: NF9_SX_SYSTEM ..., below NF9_SCOPE_COUNT. */
enum {
#define NF9_SCOPE(type, NAME, filter, kind, length, form, label, meaning) \
    NF9_SCOPE_##NAME = (type),
#include <nf9/scopes.def>
#undef NF9_SCOPE
    NF9_SCOPE_MAX = 65535
};
enum {
#define NF9_SCOPE(type, NAME, filter, kind, length, form, label, meaning) NF9_SX_##NAME,
#include <nf9/scopes.def>
#undef NF9_SCOPE
    NF9_SCOPE_COUNT
};

/* The parts of packed values: NF9_PART_TCP_FLAGS_SYN ..., rows of parts.def. */
enum {
#define NF9_PART(form, NAME, filter, shift, bits, en, label) NF9_PART_##form##_##NAME,
#include <nf9/parts.def>
#undef NF9_PART
    NF9_PART_COUNT
};

/* One field type or scope type. */
typedef struct nf9_field_info {
    uint16_t type;       /* number on the wire */
    uint16_t length;     /* usual octets, 0 where only the template says */
    uint8_t kind;        /* nf9_kind */
    uint8_t form;        /* nf9_form */
    uint8_t unit;        /* nf9_unit */
    uint8_t enumeration; /* nf9_enum */
    const char *name;    /* "IN_BYTES" */
    const char *filter;  /* "in_bytes" */
    const char *iana;    /* "octetDeltaCount", "" where IANA has none */
    const char *label;   /* "Octets in" */
    const char *meaning; /* a line more */
} nf9_field_info;

/* One part of a packed value (parts.def). */
typedef struct nf9_part_info {
    uint8_t form;
    uint8_t shift;
    uint8_t bits; /* 0: taken apart by octets */
    uint8_t enumeration;
    const char *filter;
    const char *label;
} nf9_part_info;

/* One value or bit mask of an enumeration. */
typedef struct nf9_enum_value {
    uint64_t value;
    const char *label;
} nf9_enum_value;

/* The row of a type, or NULL where no table knows it. */
NF9_API const nf9_field_info *nf9_field_info_of(uint16_t type);
NF9_API const nf9_field_info *nf9_scope_info_of(uint16_t type);

/* The row at an index below NF9_FIELD_COUNT / NF9_SCOPE_COUNT / NF9_PART_COUNT, else NULL. */
NF9_API const nf9_field_info *nf9_field_at(size_t index);
NF9_API const nf9_field_info *nf9_scope_at(size_t index);
NF9_API const nf9_part_info *nf9_part_at(size_t index);

/* The same of a field type, or where `scope` of a scope type. */
static inline const nf9_field_info *nf9_type_info(uint16_t type, bool scope)
{
    return scope ? nf9_scope_info_of(type) : nf9_field_info_of(type);
}
static inline const nf9_field_info *nf9_row_info(size_t index, bool scope)
{
    return scope ? nf9_scope_at(index) : nf9_field_at(index);
}

/* The index of a type's row, or -1. */
NF9_API int nf9_field_index(uint16_t type);
NF9_API int nf9_scope_index(uint16_t type);

/* Whether a value of this type may have so many octets: numbers and times 1 to 8, truths 1
 * (RFC 7011 section 6.1.5), floats 4 or 8, IPv4 addresses 4, IPv6 16, MAC 6; octets and text
 * any. */
NF9_API bool nf9_length_fits(const nf9_field_info *info, size_t length);

/* The row with this v9 name, display filter name, IANA name or alias (aliases.def), in upper or
 * lower case, or NULL.  Goes through the whole table: for set-up, not for each record. */
NF9_API const nf9_field_info *nf9_field_by_name(const char *name);

/* Whether this is the row's v9 name, display filter name or IANA name, in upper or lower case. */
NF9_API bool nf9_field_has_name(const nf9_field_info *info, const char *name);

/* The label of a value, or NULL; for enumerations of flags the label of that very mask. */
NF9_API const char *nf9_enum_label(nf9_enum enumeration, uint64_t value);

/* All values of an enumeration, sorted, *n of them; NULL and 0 for NF9_ENUM_NONE. */
NF9_API const nf9_enum_value *nf9_enum_values(nf9_enum enumeration, size_t *n);

/* The name of an enumeration as in enums.def, or NULL; whether its values are bit masks. */
NF9_API const char *nf9_enum_name(nf9_enum enumeration);
NF9_API bool nf9_enum_is_flags(nf9_enum enumeration);

/* The unit's word for one and for many ("octet", "octets"); "" for NF9_UNIT_NONE. */
NF9_API const char *nf9_unit_text(nf9_unit unit, bool many);

#ifdef __cplusplus
}
#endif
#endif
