/* SPDX-License-Identifier: MIT
 *
 * encode.h: Export Packets written into the caller's buffer (RFC 3954 sections 5 and 6).
 *
 * A writer lives on the caller's stack and borrows its buffer.  Calls stand in the order of the
 * packet: header, then for each FlowSet begin, its records, end; then finish.  Each may fail,
 * and the first failure sticks: all that follows does nothing and answers the same, so that one
 * check at nf9_writer_finish is enough; nf9_writer_error says what was wrong and where.  Without
 * a buffer everything is checked and measured all the same.  A writer is a value: a copy of it
 * is a place to go back to.  Nothing here allocates.
 */
#ifndef NF9_ENCODE_H
#define NF9_ENCODE_H

#include <nf9/value.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The caller's clocks at one moment. */
typedef struct nf9_clock {
    uint64_t uptime_ms; /* ms since the exporter booted, never set back; on the wire modulo 2^32 */
    uint32_t unix_secs; /* s since 1970, UTC */
} nf9_clock;

/* A header of version 9 at this time; Count, sequence and Source ID are 0. */
NF9_API void nf9_header_init(nf9_header *header, nf9_clock now);

/* ---- Templates ---- */

/* A field of a template that is to be built. */
typedef struct nf9_field_spec {
    uint16_t type;   /* a field type or, among scopes, a scope type */
    uint32_t length; /* octets, 0 to 65534; NF9_VARIABLE_LENGTH; NF9_DEFAULT_LENGTH */
} nf9_field_spec;

#define NF9_DEFAULT_LENGTH 65536u /* the type's usual length (nf9_field_info) */

/* The octets that nf9_template_build needs for so many fields; 0 where no FlowSet has room for
 * them. */
NF9_API size_t nf9_template_build_size(bool options, size_t n_scopes, size_t n_fields);

/* Makes a compiled template of a list of fields in `mem` (aligned as malloc does, cap octets)
 * and points *out there: valid as long as mem.  `scopes` NULL makes a Template Record (section
 * 5.2), else it is an Options Template Record (section 6.1), with scopes first, of which there
 * may be none.  NF9_ERR_TEMPLATE_ID for an ID below 256, NF9_ERR_NO_FIELD, NF9_ERR_LIMIT for
 * more fields than a FlowSet has room for, NF9_ERR_LENGTH for a length that is none or a type
 * without a usual one, NF9_ERR_SPACE when cap is below nf9_template_build_size. */
NF9_API nf9_status nf9_template_build(void *mem, size_t cap, uint16_t id,
                                      const nf9_field_spec *scopes, size_t n_scopes,
                                      const nf9_field_spec *fields, size_t n_fields,
                                      const nf9_template **out);

/* Whether two templates are the same on the wire. */
NF9_API bool nf9_template_same(const nf9_template *a, const nf9_template *b);

/* Whether two templates have the same ID and kind, and the same scope fields and the same fields,
 * each with its length, in any order.  Of n fields in another order takes n * n steps. */
NF9_API bool nf9_template_same_fields(const nf9_template *a, const nf9_template *b);

/* ---- Errors ---- */

/* How a field is named to the writer: by its type alone, or by its scope type, so. */
#define NF9_AS_SCOPE(scope_type) (0x10000u | (scope_type))

#define NF9_NO_FIELD 0xffffffffu

/* The first failure of a writer. */
typedef struct nf9_encode_error {
    nf9_error at;      /* code NF9_OK where nothing failed; need and have are octets, of the value
                        * and of its field, or of what is to be written and of the room for it */
    uint32_t field;    /* which was wrong, as named to the writer; NF9_NO_FIELD where none was */
    uint32_t expected; /* what the template has at its place; NF9_NO_FIELD behind its last */
    uint16_t column;   /* where, in the template; of no meaning where field is NF9_NO_FIELD */
    uint32_t record;   /* in its FlowSet, from 0; as column */
} nf9_encode_error;

/* Writes "TEXT: IN_BYTES (record 0, column 3) at octet 36: need 5, have 4 (FlowSet 256)" in one
 * line, with the name of the field that was wrong.  As snprintf. */
NF9_API size_t nf9_encode_error_print(const nf9_encode_error *error, char *buf, size_t cap);

/* ---- The writer ---- */

/* The members are private. */
typedef struct nf9_writer {
    uint8_t *buf; /* NULL: nothing is written */
    size_t cap, pos;
    size_t flowset;           /* where the open FlowSet begins */
    const nf9_template *tmpl; /* of the open Data FlowSet */
    nf9_encode_error error;
    uint32_t count;  /* records in the packet */
    uint32_t record; /* in the open FlowSet */
    uint16_t flowset_id;
    uint16_t column;
    uint8_t state;
    bool keep_count;
    bool alone; /* nf9_writer_init_record */
} nf9_writer;

/* Begins a packet in `buf`, which must outlive the writer and has room for cap octets; nothing is
 * written beyond.  NULL measures: cap is then of no meaning. */
NF9_API void nf9_writer_init(nf9_writer *w, void *buf, size_t cap);

/* Begins what holds records of this template and nothing else, for nf9_put_record: only records
 * can be written.  The template must outlive the writer. */
NF9_API void nf9_writer_init_records(nf9_writer *w, const nf9_template *tmpl, void *buf,
                                     size_t cap);

/* Writes the header (section 5.1).  Its Count is replaced at the end by the number of records:
 * Template Records, Options Template Records and data records of both kinds.  NF9_ERR_VERSION
 * where the header's is not 9. */
NF9_API nf9_status nf9_write_header(nf9_writer *w, const nf9_header *header);

/* Keeps the Count of the header as it is. */
NF9_API void nf9_writer_keep_count(nf9_writer *w);

/* Begins a Template FlowSet (section 5.2), an Options Template FlowSet (section 6.1). */
NF9_API nf9_status nf9_begin_templates(nf9_writer *w);
NF9_API nf9_status nf9_begin_options_templates(nf9_writer *w);

/* Writes a template into a FlowSet of its kind.  NF9_ERR_STATE elsewhere. */
NF9_API nf9_status nf9_write_template(nf9_writer *w, const nf9_template *tmpl);

/* Writes a record as it was decoded, also one with a fault. */
NF9_API nf9_status nf9_write_template_record(nf9_writer *w, const nf9_template_record *record);

/* Begins a Data FlowSet of this template's records (sections 5.3 and 6.2); it must outlive the
 * FlowSet. */
NF9_API nf9_status nf9_begin_data(nf9_writer *w, const nf9_template *tmpl);

/* Ends a FlowSet with zero octets up to a multiple of 4 octets; with none where these could be
 * read as a record (of 1 to 3 octets).  NF9_ERR_LENGTH where that is longer than 65535 octets. */
NF9_API nf9_status nf9_end_flowset(nf9_writer *w);

/* Ends a FlowSet with this padding, also of no octet, or of others than zeros.  Its Length then
 * claims `missing` octets more than there are: 0 but for a copy of a packet that was cut, in which
 * nothing can follow. */
NF9_API nf9_status nf9_end_flowset_as(nf9_writer *w, const void *padding, size_t len,
                                      size_t missing);

/* Writes a whole FlowSet of any ID as it was decoded: what has no template, what is reserved.
 * Its Length is the one given, never below what is there (NF9_ERR_LENGTH); nothing is padded, and
 * nothing counted. */
NF9_API nf9_status nf9_write_flowset(nf9_writer *w, const nf9_flowset *flowset);

/* Writes octets behind the last FlowSet, such as the zeros that some exporters fill up with. */
NF9_API nf9_status nf9_write_tail(nf9_writer *w, const void *data, size_t len);

/* Ends the packet; *len (may be NULL) is its length, or with no buffer the length that it would
 * have, and is unchanged where something failed.  The first failure, if there was one. */
NF9_API nf9_status nf9_writer_finish(nf9_writer *w, size_t *len);

/* The first failure; code NF9_OK where there was none.  Valid as long as the writer. */
NF9_API const nf9_encode_error *nf9_writer_error(const nf9_writer *w);

/* Octets and records written so far. */
NF9_API size_t nf9_writer_length(const nf9_writer *w);
NF9_API uint32_t nf9_writer_count(const nf9_writer *w);

/* ---- Data records ----
 *
 * A record is begun, its fields are put in the template's order, each once, and it is ended.
 * `field` is the type (NF9_FT_IN_BYTES) or NF9_AS_SCOPE(NF9_SCOPE_INTERFACE).
 *
 * NF9_ERR_ORDER: another field is next.  NF9_ERR_EXTRA: the template does not have
 * it, or has no more.  NF9_ERR_KIND: the type is of another kind.  NF9_ERR_WIDTH: its kind cannot
 * have the length that the template gives.  NF9_ERR_RANGE: the value needs more octets, or is
 * none that the kind can have.  NF9_ERR_LENGTH: the FlowSet would be longer than 65535 octets.
 *
 * Fields of a type that no table knows, and scopes of kind octets, take values of every kind.
 * Values of variable length (NF9_VARIABLE_LENGTH) are put as short as their kind allows, behind
 * their length in one octet, or from 255 octets on in three (RFC 7011 section 7).
 */

/* Begins a record.  NF9_ERR_LENGTH where the template's records have no octet: no decoder could
 * find them. */
NF9_API nf9_status nf9_begin_record(nf9_writer *w);

/* Ends it.  NF9_ERR_MISSING names the first field that is. */
NF9_API nf9_status nf9_end_record(nf9_writer *w);

/* Numbers, and times as exported, 1 to 8 octets, big-endian; also truths as numbers. */
NF9_API nf9_status nf9_put_uint(nf9_writer *w, uint32_t field, uint64_t value);
NF9_API nf9_status nf9_put_int(nf9_writer *w, uint32_t field, int64_t value);

/* 8 octets, or 4: then rounded to the nearest; a finite number that has none is NF9_ERR_RANGE. */
NF9_API nf9_status nf9_put_float(nf9_writer *w, uint32_t field, double value);

/* IPFIX truth: 1 is true, 2 is false. */
NF9_API nf9_status nf9_put_bool(nf9_writer *w, uint32_t field, bool value);

/* Addresses, in network order.  An IPv4 address in 16 octets is written IPv4-mapped. */
NF9_API nf9_status nf9_put_ipv4(nf9_writer *w, uint32_t field, const uint8_t address[4]);
NF9_API nf9_status nf9_put_ipv6(nf9_writer *w, uint32_t field, const uint8_t address[16]);
NF9_API nf9_status nf9_put_mac(nf9_writer *w, uint32_t field, const uint8_t address[6]);

/* Text, ended by a NUL or of so many octets, of any encoding; filled up with NULs. */
NF9_API nf9_status nf9_put_text(nf9_writer *w, uint32_t field, const char *text);
NF9_API nf9_status nf9_put_text_bytes(nf9_writer *w, uint32_t field, nf9_bytes text);

/* An absolute time, so that nf9_field_time gives it again: seconds (1 to 8 octets), milliseconds
 * (5 to 8), 64-bit NTP times (8; from 1968-01-20 to 2036-02-07).  NF9_ERR_RANGE where it is
 * before 1970 or between two seconds or milliseconds of a field that counts these. */
NF9_API nf9_status nf9_put_time(nf9_writer *w, uint32_t field, nf9_time time);

/* A field of any kind by its octets, just as many as it has; data may be NULL where len is 0. */
NF9_API nf9_status nf9_put_octets(nf9_writer *w, uint32_t field, const void *data, size_t len);

/* A field as it was decoded. */
static inline nf9_status nf9_put_field(nf9_writer *w, const nf9_field *field)
{
    uint32_t name = field->scope ? NF9_AS_SCOPE(field->type) : field->type;
    return nf9_put_octets(w, name, field->bytes.data, field->bytes.len);
}

/* A whole record by its octets, between two others.  NF9_ERR_LENGTH where they are not just one
 * record of the template. */
NF9_API nf9_status nf9_put_record(nf9_writer *w, const void *data, size_t len);

/* A whole record, a value for each column: unsigned numbers, signed ones as two's complement,
 * truths (1, 2), times as exported, IPv4 addresses as numbers.  NF9_ERR_KIND for columns of
 * other kinds; NF9_ERR_MISSING, NF9_ERR_EXTRA where n is not the number of columns. */
NF9_API nf9_status nf9_put_u64s(nf9_writer *w, const uint64_t *values, size_t n);

#ifdef __cplusplus
}
#endif
#endif
