/* SPDX-License-Identifier: MIT
 *
 * value.h: the value of a field (decode.h), by the kind of its type and the length that its
 * template gives: as number, address, text, time, parts, or printed for a person.
 *
 * Each getter answers NF9_ERR_KIND for a field of another kind or of an unknown type, and
 * NF9_ERR_WIDTH for a length that does not fit the kind; *out is then unchanged.
 */
#ifndef NF9_VALUE_H
#define NF9_VALUE_H

#include <nf9/decode.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A point in time: seconds and nanoseconds (0 to 999,999,999) since 1970, UTC. */
typedef struct nf9_time {
    int64_t secs;
    uint32_t nanos;
} nf9_time;

/* Whether the value's length fits its kind: if not, it is to be shown as octets.  Always true
 * for octets, text and unknown types; numbers and times take 1 to 8 octets, truths 1, floats 4
 * or 8, IPv4 addresses 4 (or 16, where that is an IPv4-mapped IPv6 address). */
NF9_API bool nf9_field_fits(const nf9_field *field);

/* Numbers and times as exported, 1 to 8 octets.  What is no part of the number is masked away:
 * the data offset of TCP flags, the upper 12 bits of a flow label, all but the last octet of a
 * forwarding status. */
NF9_API nf9_status nf9_field_u64(const nf9_field *field, uint64_t *out);
NF9_API nf9_status nf9_field_i64(const nf9_field *field, int64_t *out);
NF9_API nf9_status nf9_field_f64(const nf9_field *field, double *out);

/* A number that stands at the same place of every record: made ready once for a template, so that
 * nothing is looked up for a record. */
typedef struct nf9_number {
    uint64_t mask;
    uint16_t offset; /* in the record */
    uint16_t length; /* octets, 1 to 8; 0: there is no such number */
} nf9_number;

/* Makes a column ready.  false, and length 0, where the template has no such column, nf9_field_u64
 * would not answer NF9_OK for it, or a field of variable length stands before it. */
NF9_API bool nf9_number_init(nf9_number *number, const nf9_template *tmpl, size_t column);

/* What nf9_field_u64 gives for the column; number->length is not 0, and the record is whole. */
static inline uint64_t nf9_number_read(const nf9_number *number, const uint8_t *record)
{
    return nf9_octets_u64(record + number->offset, number->length) & number->mask;
}

/* IPFIX truth: 1 is true; any other number is not (2 is false). */
NF9_API nf9_status nf9_field_bool(const nf9_field *field, bool *out);

/* Addresses, in network order; an IPv4-mapped IPv6 address in an IPv4 field gives its IPv4. */
NF9_API nf9_status nf9_field_ipv4(const nf9_field *field, uint8_t out[4]);
NF9_API nf9_status nf9_field_ipv6(const nf9_field *field, uint8_t out[16]);
NF9_API nf9_status nf9_field_mac(const nf9_field *field, uint8_t out[6]);

/* Text without its trailing NULs; borrowed, of any encoding, no NUL behind it. */
NF9_API nf9_status nf9_field_text(const nf9_field *field, nf9_bytes *out);

/* Absolute times (types 150 to 157, 160, 323 ...): seconds of 1 to 8 octets, milliseconds of 5
 * to 8, microseconds and nanoseconds of 8.  The latter are 64-bit NTP times; where the highest
 * bit is clear (before 1968), they are taken as a plain count since 1970, as nProbe sends. */
NF9_API nf9_status nf9_field_time(const nf9_field *field, nf9_time *out);

#define NF9_PARTS_MAX 9

/* A part of a packed value, with the octets in which it stands. */
typedef struct nf9_part_value {
    const nf9_part_info *info;
    uint16_t part; /* NF9_PART_* */
    uint64_t value;
    size_t offset; /* in the packet */
    size_t length; /* octets */
} nf9_part_value;

/* Takes a packed value apart; returns how many parts it has, 0 for a value that is not packed
 * or whose length is none that its form has. */
NF9_API size_t nf9_field_parts(const nf9_field *field, nf9_part_value out[NF9_PARTS_MAX]);

/* Prints the value as a person reads it: numbers in decimal, enumerations with their label,
 * addresses, MAC, text (not UTF-8: hex after 0x; control characters escaped), times in ISO 8601
 * with Z, packed values by their parts, everything else as hex.  No unit, no locale.
 * As snprintf: writes at most cap octets with the NUL, returns the length of the whole. */
NF9_API size_t nf9_field_print(const nf9_field *field, char *buf, size_t cap);

/* Prints the name of a field: as its display filter has it ("in_bytes"), "scope.interface" for a
 * scope, "unknown.65000" and "scope.unknown.9" for types that no table knows.  As snprintf. */
NF9_API size_t nf9_field_name(const nf9_field *field, char *buf, size_t cap);

/* The first column of a template by its name: one that nf9_field_name prints, or for what is no
 * scope any that nf9_field_by_name knows; in upper or lower case.  tmpl->field_count where there
 * is none. */
NF9_API size_t nf9_column_by_name(const nf9_template *tmpl, const char *name);

/* The field of that column.  NF9_NONE where there is none, NF9_ERR_TRUNCATED as
 * nf9_record_column.  Of many records ask nf9_column_by_name once and nf9_record_column each. */
NF9_API nf9_status nf9_record_find_name(const nf9_record *record, const char *name,
                                        nf9_field *field);

/* Prints "2019-03-29T13:27:40.474Z", with as many of 0, 3, 6 or 9 decimals as `decimals` says.
 * Years beyond 9999 or before 0 are printed as seconds since 1970.  As snprintf. */
NF9_API size_t nf9_time_print(nf9_time time, int decimals, char *buf, size_t cap);

#ifdef __cplusplus
}
#endif
#endif
