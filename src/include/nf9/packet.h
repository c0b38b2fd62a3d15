/* SPDX-License-Identifier: MIT
 *
 * packet.h: an Export Packet as a value that owns its memory (RFC 3954 sections 5 and 6).
 *
 *   nf9_export_packet_decode(octets, NULL, NULL, &p);      data waits, as octets
 *   nf9_export_packet_update_cache(p, cache, source, number);
 *   nf9_export_packet_apply(p, cache, source, number, false);      rows of values
 *   nf9_export_packet_encode(p, buf, cap, &len, NULL);     the octets that it was decoded from
 *   nf9_export_packet_free(p);
 *
 * or built from templates and rows of values.  What comes out of nf9_export_packet_encode is
 * made of the values, not of a copy; only what is no value is kept as octets: padding, FlowSets
 * that have no template yet or are reserved, what cannot be read.  A packet decoded gives the
 * same octets back, whatever they were, before and after its data was read.
 *
 * A packet is for one thread at a time.  It allocates through the allocator given, within the
 * limits given, and frees everything at nf9_export_packet_free.  Where a call fails, the packet
 * is as it was before, unless the call says otherwise.
 */
#ifndef NF9_PACKET_H
#define NF9_PACKET_H

#include <nf9/cache.h>
#include <nf9/encode.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Values and rows ---- */

/* The value of a field.  Which member it is follows from its kind. */
typedef struct nf9_value {
    uint32_t field;    /* its type, or NF9_AS_SCOPE(its scope type) */
    nf9_kind kind;     /* of the value; need not be the kind of its type */
    uint32_t fraction; /* TIME_US, TIME_NS: of an NTP time the lower 32 bits, which are finer than
                        * nanoseconds; of no meaning where they do not say these nanoseconds */
    bool long_length;  /* TEXT, OCTETS of variable length: below 255 octets, and yet behind a
                        * length in three octets (RFC 7011 section 7) */
    union {
        uint64_t u64;     /* UINT: also times and truths that are no such value but a number */
        int64_t i64;      /* INT */
        double f64;       /* FLOAT */
        bool truth;       /* BOOL */
        uint8_t ipv4[4];  /* IPV4, network order */
        uint8_t ipv6[16]; /* IPV6, network order */
        uint8_t mac[6];   /* MAC */
        nf9_bytes bytes;  /* TEXT: without NULs at its end; OCTETS */
        nf9_time time;    /* TIME_S, TIME_MS, TIME_US, TIME_NS */
    };
} nf9_value;

/* Values of a field, named as to the writer.  Octets and text are borrowed. */
NF9_API nf9_value nf9_value_uint(uint32_t field, uint64_t value);
NF9_API nf9_value nf9_value_int(uint32_t field, int64_t value);
NF9_API nf9_value nf9_value_float(uint32_t field, double value);
NF9_API nf9_value nf9_value_bool(uint32_t field, bool value);
NF9_API nf9_value nf9_value_ipv4(uint32_t field, const uint8_t address[4]);
NF9_API nf9_value nf9_value_ipv6(uint32_t field, const uint8_t address[16]);
NF9_API nf9_value nf9_value_mac(uint32_t field, const uint8_t address[6]);
NF9_API nf9_value nf9_value_text(uint32_t field, const char *text);
NF9_API nf9_value nf9_value_octets(uint32_t field, const void *data, size_t len);

/* An absolute time, of the kind that the field has. */
NF9_API nf9_value nf9_value_time(uint32_t field, nf9_time time);

/* The table's row of the value's field (lower-case name: ->filter); NULL where none knows it. */
NF9_API const nf9_field_info *nf9_value_info(const nf9_value *value);

/* Reads a whole record into a value for each of its columns; n is their number.  Octets and text
 * are borrowed from the record.  A value is of its type's kind where that says every octet of
 * it: nf9_put_value then gives the same octets.  Else it is a number (NF9_KIND_UINT), for times
 * and truths that are none, or octets: for types that no table knows, for a length that does not
 * fit, text with a NUL inside, bits that a form masks away, lengths that are longer than they
 * need be.  NF9_ERR_SPACE where n is less than the columns, NF9_ERR_TRUNCATED for a record that
 * is cut. */
NF9_API nf9_status nf9_record_values(const nf9_record *record, nf9_value *out, size_t n);

/* Puts a value, a record of values in the template's order; fails as encode.h says, and with
 * NF9_ERR_KIND for a value of no kind. */
NF9_API nf9_status nf9_put_value(nf9_writer *w, const nf9_value *value);
NF9_API nf9_status nf9_put_values(nf9_writer *w, const nf9_value *values, size_t n);

/* A record as values, one for each column of its template.  Borrowed. */
typedef struct nf9_row {
    const nf9_template *tmpl;
    const nf9_value *values;
    size_t n;
} nf9_row;

/* The value of a column; the nth (from 0) of a type that is no scope; the first of a name, as
 * nf9_column_by_name finds it.  NULL where there is none. */
NF9_API const nf9_value *nf9_row_column(const nf9_row *row, size_t column);
NF9_API const nf9_value *nf9_row_find(const nf9_row *row, uint16_t type, unsigned nth);
NF9_API const nf9_value *nf9_row_find_name(const nf9_row *row, const char *name);

#define NF9_VALUE_ROOM 24u

/* The value of a column as a field, for all that value.h asks of one: its octets stand in `room`
 * or, text and octets, where the value has them.  field->offset is 0.  NF9_NONE where there is
 * no such column; where the value cannot stand in it, what the writer says. */
NF9_API nf9_status nf9_row_field(const nf9_row *row, size_t column,
                                 uint8_t room[NF9_VALUE_ROOM], nf9_field *field);

/* Prints the value of a column as nf9_field_print does; nothing where nf9_row_field fails. */
NF9_API size_t nf9_row_print(const nf9_row *row, size_t column, char *buf, size_t cap);

/* ---- The packet ---- */

typedef struct nf9_export_packet nf9_export_packet;

typedef struct nf9_packet_limits {
    size_t max_memory; /* octets, all of the packet; 0: 16 MiB */
} nf9_packet_limits;

/* A Template Record or Options Template Record of a packet. */
typedef struct nf9_packet_template {
    nf9_template_record record; /* its octets are the packet's own */
    const nf9_template *tmpl;   /* NULL where the record is at fault */
} nf9_packet_template;

/* A FlowSet of a packet.  Valid until the packet is changed or freed. */
typedef struct nf9_packet_flowset {
    uint16_t id;
    nf9_flowset_kind kind;
    const nf9_packet_template *templates; /* where it has templates, n_templates of them */
    size_t n_templates;
    const nf9_template *tmpl; /* data: the template of its rows; NULL: undecoded */
    const nf9_value *values;  /* row after row, tmpl->field_count to a row */
    size_t n_rows;
    nf9_bytes octets;  /* undecoded or reserved: all behind the FlowSet's header */
    nf9_bytes padding; /* what is behind its records */
    size_t missing;    /* octets that its Length claims beyond the packet's end; else 0 */
} nf9_packet_flowset;

/* A new packet without a FlowSet, to be freed by nf9_export_packet_free; NULL where there is no
 * memory.  All three are copied; `limits` NULL means the default, `allocator` NULL malloc and
 * free.  Its Count will be the number of records. */
NF9_API nf9_export_packet *nf9_export_packet_new(const nf9_header *header,
                                                 const nf9_packet_limits *limits,
                                                 const nf9_allocator *allocator);

/* Decodes header, FlowSets and templates into a new packet *out, to be freed as above; the octets
 * are not needed any more then.  All Data FlowSets are undecoded, until nf9_export_packet_apply.
 * The packet keeps its Count.  NF9_ERR_TRUNCATED below 20 octets, NF9_ERR_VERSION,
 * NF9_ERR_LIMIT, NF9_ERR_MEMORY: *out is unchanged then.  Octets that are no FlowSet, and all
 * behind them, are no failure: nf9_export_packet_tail. */
NF9_API nf9_status nf9_export_packet_decode(nf9_bytes octets, const nf9_packet_limits *limits,
                                            const nf9_allocator *allocator,
                                            nf9_export_packet **out);

/* Frees the packet and all that it holds. NULL is fine. */
NF9_API void nf9_export_packet_free(nf9_export_packet *packet);

/* The header; its Count as decoded or given. Valid until it is set or the packet freed. */
NF9_API const nf9_header *nf9_export_packet_header(const nf9_export_packet *packet);

/* Sets it.  Where `keep_count` is false, Count is written as the number of records, to which
 * undecoded FlowSets add nothing. */
NF9_API void nf9_export_packet_set_header(nf9_export_packet *packet, const nf9_header *header,
                                          bool keep_count);

/* How many FlowSets it has, and the i-th; NULL where there is none. */
NF9_API size_t nf9_export_packet_flowsets(const nf9_export_packet *packet);
NF9_API const nf9_packet_flowset *nf9_export_packet_flowset(const nf9_export_packet *packet,
                                                            size_t i);

/* The i-th row of a Data FlowSet, i below n_rows. */
NF9_API nf9_row nf9_packet_row(const nf9_packet_flowset *flowset, size_t i);

/* The packet's last definition of a Template ID; NULL where it has none.  Valid as long as the
 * packet. */
NF9_API const nf9_template *nf9_export_packet_template(const nf9_export_packet *packet,
                                                       uint16_t id);

/* How many Data FlowSets are undecoded. */
NF9_API size_t nf9_export_packet_undecoded(const nf9_export_packet *packet);

/* What stands behind the last FlowSet: zeros, or what could not be read, for which the error says
 * why (its code is NF9_OK where nothing failed).  Valid as long as the packet. */
NF9_API nf9_bytes nf9_export_packet_tail(const nf9_export_packet *packet);
NF9_API const nf9_error *nf9_export_packet_error(const nf9_export_packet *packet);

/* Octets of the packet when encoded; octets allocated for it. */
NF9_API size_t nf9_export_packet_length(const nf9_export_packet *packet);
NF9_API size_t nf9_export_packet_memory(const nf9_export_packet *packet);

/* ---- Templates learnt, data read ---- */

/* Adds the packet's templates to a cache, each at nf9_when_in of this packet number, its FlowSet
 * and its place there.  source.source_id and source.boot are taken from the packet's header.
 * Records at fault define nothing.  The first NF9_ERR_LIMIT or NF9_ERR_MEMORY of the cache: what
 * could not be added is void (nf9_cache_void), the others are added. */
NF9_API nf9_status nf9_export_packet_update_cache(const nf9_export_packet *packet,
                                                  nf9_cache *cache, nf9_source source,
                                                  uint64_t number);

/* Reads undecoded Data FlowSets by the definitions in force (nf9_cache_lookup, source as above)
 * into rows of values; the packet has copies of the templates then, and the cache may be freed.
 * When the last one is read, Count tells whether records are padding, as nf9_doubt_settle says.
 * NF9_NONE where some have no definition yet.  NF9_ERR_LIMIT, NF9_ERR_MEMORY where some could
 * not be read for the packet's limits or memory.  These stay undecoded, for another call. */
NF9_API nf9_status nf9_export_packet_apply(nf9_export_packet *packet, const nf9_cache *cache,
                                           nf9_source source, uint64_t number,
                                           bool second_look);

/* ---- Built ----
 *
 * Each adds a FlowSet behind the last one.  Everything is copied, and checked as the writer
 * checks it; the FlowSet is padded to a multiple of 4 octets (nf9_end_flowset).  NF9_ERR_STATE
 * behind a tail or a FlowSet that was cut.  NF9_ERR_LIMIT, NF9_ERR_MEMORY.
 */

/* A Template FlowSet or an Options Template FlowSet of n templates; n is not 0.  NF9_ERR_STATE
 * where some are of the other kind, NF9_ERR_LENGTH where they are too long for a FlowSet. */
NF9_API nf9_status nf9_export_packet_add_templates(nf9_export_packet *packet,
                                                   const nf9_template *const *templates,
                                                   size_t n);

/* A Data FlowSet of this template's rows; a row's own template is not looked at.  What was wrong
 * with which field stands in *error (may be NULL). */
NF9_API nf9_status nf9_export_packet_add_rows(nf9_export_packet *packet,
                                              const nf9_template *tmpl, const nf9_row *rows,
                                              size_t n, nf9_encode_error *error);

/* Any FlowSet by its octets, as it was decoded; it is not padded.  Data is undecoded.
 * NF9_ERR_LENGTH where its length is less than is there. */
NF9_API nf9_status nf9_export_packet_add_flowset(nf9_export_packet *packet,
                                                 const nf9_flowset *flowset);

/* ---- Encoded ---- */

/* Writes the packet into `buf`, and its length to *len (may be NULL; unchanged where something
 * fails).  NULL measures.  NF9_ERR_SPACE where cap is below nf9_export_packet_length,
 * NF9_ERR_VERSION for another in the header, NF9_ERR_LIMIT for more than 65535 records;
 * *error (may be NULL) as nf9_writer_error. */
NF9_API nf9_status nf9_export_packet_encode(const nf9_export_packet *packet, void *buf,
                                            size_t cap, size_t *len, nf9_encode_error *error);

/* What the octets of a packet are written from. */
typedef struct nf9_packet_octets {
    size_t structure; /* header, FlowSet headers, templates */
    size_t values;    /* values, octets of a type that are such among them */
    size_t odd;       /* values that are octets instead of what their type says */
    size_t padding;   /* with what stands behind the last FlowSet */
    size_t undecoded; /* FlowSets without a template, or reserved */
} nf9_packet_octets;

/* Adds up the octets of the encoded packet: what is odd, padding or undecoded is copied. */
NF9_API nf9_packet_octets nf9_export_packet_octets(const nf9_export_packet *packet);

#ifdef __cplusplus
}
#endif
#endif
