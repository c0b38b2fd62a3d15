/* SPDX-License-Identifier: MIT
 *
 * decode.h: an Export Packet taken apart without copying (RFC 3954 sections 5 and 6).
 *
 * Iterators live on the caller's stack and borrow the packet's octets: what they yield is valid
 * as long as those octets (and, for records, the template) are.  Any octets are safe input.
 * Nothing here allocates.  Offsets count octets from the start of the Export Packet.
 */
#ifndef NF9_DECODE_H
#define NF9_DECODE_H

#include <nf9/field.h>

#ifdef __cplusplus
extern "C" {
#endif

#define NF9_VERSION_9 9u
#define NF9_HEADER_LENGTH 20u        /* section 5.1 */
#define NF9_FLOWSET_HEADER_LENGTH 4u /* section 5.2 */
#define NF9_MIN_TEMPLATE_ID 256u     /* section 5.2: IDs up to 255 are reserved for FlowSets */
#define NF9_VARIABLE_LENGTH 65535u   /* not in RFC 3954; as in RFC 7011 section 7 */

#define NF9_UPTIME_WRAP_MS (INT64_C(1) << 32) /* sys_uptime wraps after so many ms */

/* The packet header (section 5.1). */
typedef struct nf9_header {
    uint16_t version;    /* 9 */
    uint16_t count;      /* as exported: records, FlowSets or nothing sensible; never a limit */
    uint32_t sys_uptime; /* ms since the exporter booted; wraps after 49.7 days */
    uint32_t unix_secs;  /* s since 1970, UTC */
    uint32_t sequence;   /* of Export Packets; some exporters count records */
    uint32_t source_id;
} nf9_header;

typedef enum nf9_flowset_kind {
    NF9_FLOWSET_TEMPLATES,         /* ID 0, section 5.2 */
    NF9_FLOWSET_OPTIONS_TEMPLATES, /* ID 1, section 6.1 */
    NF9_FLOWSET_RESERVED,          /* 2 to 255 */
    NF9_FLOWSET_DATA               /* 256 and above, sections 5.3 and 6.2 */
} nf9_flowset_kind;

typedef struct nf9_flowset {
    uint16_t id;
    uint16_t length;  /* as exported, its own 4 octets included */
    uint32_t index;   /* in the packet, from 0 */
    size_t offset;    /* of its header */
    nf9_bytes body;   /* what follows the header, as far as it is there */
    size_t missing;   /* octets that length claims beyond the end of the packet; else 0 */
} nf9_flowset;

/* The walk over the FlowSets of a packet.  The members are private but for `error` and `tail`. */
typedef struct nf9_packet_iter {
    nf9_bytes packet;
    size_t pos;
    uint32_t index;
    nf9_error error;
    nf9_bytes tail; /* what the walk left over: zero octets, or what it could not read */
} nf9_packet_iter;

/* Reads the header and begins the walk.  NF9_ERR_TRUNCATED below 20 octets, NF9_ERR_VERSION for
 * another version; *header is then unchanged, and nf9_flowset_next answers the same. */
NF9_API nf9_status nf9_packet_open(nf9_packet_iter *it, nf9_bytes packet, nf9_header *header);

/* The next FlowSet, found by the Length of the one before, never by Count.  NF9_OK also where
 * the packet ends inside it (flowset->missing says by how much); the walk then ends.  NF9_END
 * at the end, and where nothing but zero octets are left (it->tail).  NF9_ERR_LENGTH for a
 * Length below 4, NF9_ERR_TRUNCATED where 1 to 3 octets that are not zero are left; the failure
 * stays. */
NF9_API nf9_status nf9_flowset_next(nf9_packet_iter *it, nf9_flowset *flowset);

/* The first failure of the walk; code NF9_OK where there was none. Valid as long as it is. */
NF9_API const nf9_error *nf9_flowset_error(const nf9_packet_iter *it);

/* What the records of a FlowSet with this ID are. */
NF9_API nf9_flowset_kind nf9_flowset_kind_of(uint16_t flowset_id);

/* Whether octets of unknown origin are an Export Packet, strictly: version 9, a clock and a Count
 * that can be, a chain of FlowSets that ends with the packet, no reserved FlowSet ID, and
 * templates that define something.  `length` is the packet's as sent; fewer octets may be
 * there. */
NF9_API bool nf9_packet_plausible(nf9_bytes packet, size_t length);

/* A Template Record or Options Template Record as it stands in the packet. */
typedef struct nf9_template_record {
    uint16_t id;
    bool options;
    uint16_t field_count;   /* declared: scope and option fields together */
    uint16_t scope_count;   /* of these, scope fields; 0 in a Template Record */
    uint16_t scope_length;  /* as exported, octets (Options Template Records only) */
    uint16_t option_length; /* as exported, octets (Options Template Records only) */
    uint16_t present;       /* fields that are there; fewer than field_count where it overruns */
    size_t offset;          /* of the record */
    nf9_bytes wire;         /* the record, from its Template ID, as far as it is there */
    nf9_status fault;       /* why it defines nothing, else NF9_OK: NF9_ERR_TEMPLATE_ID,
                             * NF9_ERR_NO_FIELD, NF9_ERR_OVERRUN, and NF9_ERR_LENGTH where a scope
                             * or option length is no multiple of 4 */
} nf9_template_record;

/* A field of a template: its type (or scope type) and length in octets. */
typedef struct nf9_template_field {
    uint16_t type;
    uint16_t length; /* NF9_VARIABLE_LENGTH: each record says */
    bool scope;      /* the type is a scope type */
    size_t offset;   /* of these four octets */
} nf9_template_field;

typedef struct nf9_template_iter {
    nf9_bytes body;
    size_t pos, offset;
    size_t zero_from; /* from here on the body is zero octets only */
    bool options;
} nf9_template_iter;

/* Begins the walk over the records of a Template or Options Template FlowSet. */
NF9_API void nf9_templates_open(nf9_template_iter *it, const nf9_flowset *flowset);

/* The next record, also one that is at fault.  NF9_END where what is left is padding: too short
 * for a record, or nothing but zero octets. */
NF9_API nf9_status nf9_template_next(nf9_template_iter *it, nf9_template_record *record);

/* What is left of the FlowSet; *offset (may be NULL) says where. */
NF9_API nf9_bytes nf9_templates_rest(const nf9_template_iter *it, size_t *offset);

/* The i-th field of a record; i below record->present. */
NF9_API nf9_template_field nf9_template_record_field(const nf9_template_record *record, size_t i);

/* A field of a compiled template. */
typedef struct nf9_column {
    uint16_t type;
    uint16_t length;
    uint16_t offset; /* in the record; NF9_OFFSET_VARIES behind a field of variable length */
    uint16_t row;    /* index of nf9_field_at or nf9_scope_at; NF9_ROW_UNKNOWN */
} nf9_column;

#define NF9_OFFSET_VARIES 65535u
#define NF9_ROW_UNKNOWN 65535u

/* A compiled template: this header, then its columns, its wire image, and what helps to find
 * columns behind fields of variable length, in one block. */
typedef struct nf9_template {
    uint16_t id;
    uint16_t field_count;
    uint16_t scope_count;
    uint8_t options;       /* 1: made from an Options Template Record */
    uint8_t variable;      /* 1: has a field of variable length */
    uint8_t odd;           /* 1: has a type that no table knows, or a length that its type cannot
                            * have; where a length depends on the record, that may be so */
    uint16_t variable_count; /* how many fields are of variable length */
    uint32_t min_length;   /* of a record, octets; its length where nothing is variable */
    uint32_t wire_length;  /* octets of the wire image */
} nf9_template;

/* The octets that nf9_template_compile needs for a record without fault. */
NF9_API size_t nf9_template_size(const nf9_template_record *record);

/* Compiles a record into `mem` (aligned as malloc does, cap octets) and points *out there: valid
 * as long as mem, independent of the packet.  NF9_ERR_SPACE when cap is below
 * nf9_template_size; record->fault where that is not NF9_OK. */
NF9_API nf9_status nf9_template_compile(const nf9_template_record *record, void *mem, size_t cap,
                                        const nf9_template **out);

/* Its columns, field_count of them, scope fields first. */
static inline const nf9_column *nf9_template_columns(const nf9_template *tmpl)
{
    return (const nf9_column *)(const void *)(tmpl + 1);
}

/* What is known of the type of a column below field_count; NULL where no table knows it. */
static inline const nf9_field_info *nf9_column_info(const nf9_template *tmpl, size_t column)
{
    return nf9_row_info(nf9_template_columns(tmpl)[column].row, column < tmpl->scope_count);
}

/* The column of the nth field (from 0) of a type, or where `scope` of a scope type; field_count
 * where there is none. */
NF9_API size_t nf9_template_find(const nf9_template *tmpl, uint16_t type, bool scope,
                                 unsigned nth);

/* The record as it stood on the wire. */
static inline nf9_bytes nf9_template_wire(const nf9_template *tmpl)
{
    nf9_bytes wire;
    wire.data = (const uint8_t *)(const void *)(nf9_template_columns(tmpl) + tmpl->field_count);
    wire.len = tmpl->wire_length;
    return wire;
}

/* Whether a record defines just what the template is. */
NF9_API bool nf9_template_equals(const nf9_template *tmpl, const nf9_template_record *record);

/* Says in words what a redefinition changes: "added OUT_BYTES, removed IN_PKTS, resized IN_BYTES
 * from 4 to 8, reordered".  Empty where nothing does.  As snprintf. */
NF9_API size_t nf9_template_changes(const nf9_template *was, const nf9_template_record *is,
                                    char *buf, size_t cap);

/* A Data Record or Options Data Record. */
typedef struct nf9_record {
    const nf9_template *tmpl;
    nf9_bytes bytes;
    size_t offset;
    uint32_t index; /* in its FlowSet, from 0 */
} nf9_record;

typedef struct nf9_record_iter {
    const nf9_template *tmpl;
    nf9_bytes body;
    size_t end; /* records end here at the latest; body.len but for nf9_records_drop */
    size_t pos, offset;
    uint32_t index;
    bool cut; /* the packet ends inside the FlowSet */
} nf9_record_iter;

/* Begins the walk over a Data FlowSet's records; the template must outlive it. */
NF9_API void nf9_records_open(nf9_record_iter *it, const nf9_flowset *flowset,
                              const nf9_template *tmpl);

/* The next whole record; NF9_END where what is left is shorter than one.  A template whose
 * records may have no octet at all (only zero-length fields) yields none. */
NF9_API nf9_status nf9_record_next(nf9_record_iter *it, nf9_record *record);

/* After NF9_END, where the packet ends inside the FlowSet: the record that is cut, to show its
 * whole fields.  NF9_END where there is none that has any. */
NF9_API nf9_status nf9_record_cut(nf9_record_iter *it, nf9_record *record);

/* How many whole records are still to come; the walk does not move. */
NF9_API uint32_t nf9_records_count(const nf9_record_iter *it);

/* Moves behind the next n records; n at most nf9_records_count. */
NF9_API void nf9_records_skip(nf9_record_iter *it, uint32_t n);

/* How many of the records still to come lie in the last 3 octets of the FlowSet, and may be
 * padding: records of 1 to 3 octets, but never the first.  The header's Count tells which they
 * are (nf9_doubt_settle).  0 where the packet ends inside the FlowSet. */
NF9_API uint32_t nf9_records_doubtful(const nf9_record_iter *it);

/* Takes the last n of the records still to come for padding; n up to nf9_records_doubtful. */
NF9_API void nf9_records_drop(nf9_record_iter *it, uint32_t n);

/* What the header's Count is compared with: add up a packet's Template Records and the records
 * of its Data FlowSets, then settle.  All 0 at first. */
typedef struct nf9_doubt {
    uint64_t records;  /* template, options template and data records, the doubtful ones too */
    uint64_t doubtful; /* records that may be padding */
    uint32_t flowsets; /* FlowSets that have such records */
} nf9_doubt;

/* Adds a Data FlowSet's records; `it` at its first. */
NF9_API void nf9_doubt_add(nf9_doubt *doubt, const nf9_record_iter *it);

/* How many records of a FlowSet with `doubtful` such records are padding: all where Count equals
 * the packet's records without them, some where Count leaves only one answer, else none.  Not to
 * be asked for a packet with a FlowSet that could not be decoded. */
NF9_API uint32_t nf9_doubt_settle(const nf9_doubt *doubt, uint16_t count, uint32_t doubtful);

/* What is left of the FlowSet: padding; *offset (may be NULL) says where. */
NF9_API nf9_bytes nf9_records_rest(const nf9_record_iter *it, size_t *offset);

/* A field of a record. */
typedef struct nf9_field {
    uint16_t type;
    uint16_t column;            /* in the template */
    bool scope;                 /* type is a scope type */
    const nf9_field_info *info; /* NULL for a type that no table knows */
    nf9_bytes bytes;            /* the value, without a variable length's own octets */
    size_t offset;              /* of the value */
} nf9_field;

typedef struct nf9_field_iter {
    const nf9_record *record;
    size_t pos;
    uint16_t column;
} nf9_field_iter;

/* Begins the walk over a record's fields; the record must outlive it. */
static inline void nf9_fields_open(nf9_field_iter *it, const nf9_record *record)
{
    it->record = record;
    it->pos = 0;
    it->column = 0;
}

/* The next field in the template's order.  NF9_END after the last; NF9_ERR_TRUNCATED where the
 * record (one of nf9_record_cut) ends before the field does. */
NF9_API nf9_status nf9_field_next(nf9_field_iter *it, nf9_field *field);

/* The field of one column.  NF9_NONE where the template has no such column,
 * NF9_ERR_TRUNCATED as above. */
NF9_API nf9_status nf9_record_column(const nf9_record *record, size_t column, nf9_field *field);

/* The nth field (from 0) of a type that is no scope.  NF9_NONE where there is none,
 * NF9_ERR_TRUNCATED as above. */
NF9_API nf9_status nf9_record_find(const nf9_record *record, uint16_t type, unsigned nth,
                                   nf9_field *field);

#ifdef __cplusplus
}
#endif
#endif
