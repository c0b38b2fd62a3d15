/* SPDX-License-Identifier: MIT
 *
 * The object model of NetFlow v9 codecs, walked from end to end as PROTOCOL.md's table has it:
 * field types, templates, rows; a packet built of them, encoded, decoded with its data waiting,
 * learnt from, read by the cache, encoded again; and what was encoded as a stream of packets, and
 * of records by name and value.
 */
#include "check.h"
#include "guard.h"
#include <nf9/packet.h>
#include <nf9/stream.h>
#include <stdio.h>
#include <string.h>

/* What the packet must be: header, a template, an options template, two records, one. */
#define HEADER "0009 0005 0000ea60 5e0be100 00000001 0000000a "
#define TEMPLATES \
    "0000 001c 0100 0005 0008 0004 001b 0010 0001 0008 0004 0001 0052 0006 " \
    "0001 0014 0101 0004 0004 0002 0004 0022 0002 0000 "
#define DATA \
    "0100 004c " \
    "c0000201 20010db8000000000000000000000001 00000002540be400 06 657468300000 " \
    "c0000202 20010db8000000000000000000000002 0000000000000001 11 000000000000 0000 " \
    "0101 000c 00000007 03e8 0000"

typedef struct model {
    uint64_t mem[2][64];
    const nf9_template *flows, *sampling;
} model;

/* FieldType: a number and the kind of its values. */
static void field_types(void)
{
    const nf9_field_info *bytes = nf9_field_info_of(NF9_FT_IN_BYTES);

    check_case("field types");
    CHECK(bytes->type == 1 && bytes->kind == NF9_KIND_UINT && bytes->length == 4);
    CHECK(nf9_field_by_name("ipv6_src_addr")->kind == NF9_KIND_IPV6);
    CHECK(nf9_scope_info_of(NF9_SCOPE_INTERFACE)->kind == NF9_KIND_UINT);
    CHECK(nf9_field_info_of(65000) == NULL);
}

/* TemplateField, TemplateRecord: built, and compared by wire image and regardless of order. */
static void templates(model *m)
{
    const nf9_field_spec flow[] = { { NF9_FT_IPV4_SRC_ADDR, NF9_DEFAULT_LENGTH },
                                    { NF9_FT_IPV6_SRC_ADDR, NF9_DEFAULT_LENGTH },
                                    { NF9_FT_IN_BYTES, 8 },
                                    { NF9_FT_PROTOCOL, NF9_DEFAULT_LENGTH },
                                    { NF9_FT_IF_NAME, 6 } };
    const nf9_field_spec turned[] = { flow[4], flow[3], flow[2], flow[1], flow[0] };
    const nf9_field_spec scope[] = { { NF9_SCOPE_INTERFACE, NF9_DEFAULT_LENGTH } };
    const nf9_field_spec interval[] = { { NF9_FT_SAMPLING_INTERVAL, 2 } };
    uint64_t mem[64];
    const nf9_template *other;

    check_case("templates");
    CHECK_STATUS(nf9_template_build(m->mem[0], sizeof m->mem[0], 256, NULL, 0, flow, 5,
                                    &m->flows),
                 NF9_OK);
    CHECK_STATUS(nf9_template_build(m->mem[1], sizeof m->mem[1], 257, scope, 1, interval, 1,
                                    &m->sampling),
                 NF9_OK);
    CHECK_STATUS(nf9_template_build(mem, sizeof mem, 256, NULL, 0, turned, 5, &other), NF9_OK);
    CHECK(nf9_template_same(m->flows, m->flows) && !nf9_template_same(m->flows, other));
    CHECK(nf9_template_same_fields(m->flows, other));
}

static nf9_status add_flows(nf9_export_packet *p, const model *m)
{
    static const uint8_t ipv4[] = { 192, 0, 2, 1, 192, 0, 2, 2 };
    static const uint8_t ipv6[] = { 0x20, 1, 0xd, 0xb8, [15] = 1,
                                    0x20, 1, 0xd, 0xb8, [31] = 2 };
    const nf9_value first[] = {
        nf9_value_ipv4(NF9_FT_IPV4_SRC_ADDR, ipv4),
        nf9_value_ipv6(NF9_FT_IPV6_SRC_ADDR, ipv6),
        nf9_value_uint(NF9_FT_IN_BYTES, UINT64_C(10000000000)),
        nf9_value_uint(NF9_FT_PROTOCOL, 6),
        nf9_value_text(NF9_FT_IF_NAME, "eth0"),
    };
    const nf9_value second[] = {
        nf9_value_ipv4(NF9_FT_IPV4_SRC_ADDR, ipv4 + 4),
        nf9_value_ipv6(NF9_FT_IPV6_SRC_ADDR, ipv6 + 16),
        nf9_value_uint(NF9_FT_IN_BYTES, 1),
        nf9_value_uint(NF9_FT_PROTOCOL, 17),
        nf9_value_text(NF9_FT_IF_NAME, ""),
    };
    const nf9_row rows[] = { { m->flows, first, 5 }, { m->flows, second, 5 } };

    return nf9_export_packet_add_rows(p, m->flows, rows, 2, NULL);
}

/* ExportPacket, TemplateFlowSet, DataFlowSet: built, and encoded into *room. */
static nf9_bytes built(const model *m, bool with_templates, bool with_data)
{
    nf9_header header;
    nf9_header_init(&header, (nf9_clock){ 60000, 1577836800 });
    header.sequence = 1;
    header.source_id = 10;
    nf9_export_packet *p = nf9_export_packet_new(&header, NULL, NULL);
    const nf9_value values[] = { nf9_value_uint(NF9_AS_SCOPE(NF9_SCOPE_INTERFACE), 7),
                                 nf9_value_uint(NF9_FT_SAMPLING_INTERVAL, 1000) };
    const nf9_row sampled = { m->sampling, values, 2 };
    size_t len = 0;

    if (with_templates) {
        CHECK_STATUS(nf9_export_packet_add_templates(p, &m->flows, 1), NF9_OK);
        CHECK_STATUS(nf9_export_packet_add_templates(p, &m->sampling, 1), NF9_OK);
    }
    if (with_data) {
        CHECK_STATUS(add_flows(p, m), NF9_OK);
        CHECK_STATUS(nf9_export_packet_add_rows(p, m->sampling, &sampled, 1, NULL), NF9_OK);
    }
    size_t need = nf9_export_packet_length(p);
    uint8_t *room = guard_room(need);
    CHECK_STATUS(nf9_export_packet_encode(p, room, need, &len, NULL), NF9_OK);
    nf9_export_packet_free(p);
    return (nf9_bytes){ room, len };
}

/* Decoded; the octets are overwritten. */
static nf9_export_packet *decoded(nf9_bytes octets)
{
    nf9_export_packet *p = NULL;
    uint8_t *input = guard_room(octets.len);

    memcpy(input, octets.data, octets.len);
    CHECK_STATUS(nf9_export_packet_decode((nf9_bytes){ input, octets.len }, NULL, NULL, &p),
                 NF9_OK);
    memset(input, 0xee, octets.len);
    return p;
}

static void check_encoded(const nf9_export_packet *p, nf9_bytes want)
{
    uint8_t *room = guard_room(want.len);
    size_t len = 0;

    CHECK_STATUS(nf9_export_packet_encode(p, room, want.len, &len, NULL), NF9_OK);
    CHECK(len == want.len && memcmp(room, want.data, len) == 0);
}

/* The values as they were put, by name. */
static void check_rows(const nf9_export_packet *p, size_t flowset)
{
    const nf9_packet_flowset *f = nf9_export_packet_flowset(p, flowset);
    char text[64];

    CHECK_UINT(f->n_rows, 2);
    nf9_row row = nf9_packet_row(f, 0);
    CHECK_OCTETS(((nf9_bytes){ nf9_row_find_name(&row, "ipv4_src_addr")->ipv4, 4 }), "c0000201");
    CHECK_UINT(nf9_row_find_name(&row, "in_bytes")->u64, UINT64_C(10000000000));
    CHECK_OCTETS(nf9_row_find_name(&row, "if_name")->bytes, "65746830");
    nf9_row_print(&row, 1, text, sizeof text);
    CHECK_TEXT(text, "2001:db8::1");
    nf9_row_print(&row, 3, text, sizeof text);
    CHECK_TEXT(text, "TCP (6)");
    row = nf9_packet_row(f, 1);
    CHECK_UINT(nf9_row_find(&row, NF9_FT_IN_BYTES, 0)->u64, 1);
    CHECK_UINT(nf9_row_column(&row, 3)->u64, 17);
    row = nf9_packet_row(nf9_export_packet_flowset(p, flowset + 1), 0);
    CHECK_UINT(nf9_row_find_name(&row, "scope.interface")->u64, 7);
    CHECK_UINT(nf9_row_find_name(&row, "sampling_interval")->u64, 1000);
}

/* decode, update_cache, apply, encode. */
static void one_packet(const model *m)
{
    const nf9_source source = { .conversation = 1 };
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    nf9_bytes octets = built(m, true, true);
    nf9_export_packet *p = decoded(octets);

    check_case("one packet");
    CHECK_OCTETS(octets, HEADER TEMPLATES DATA);
    CHECK_UINT(nf9_export_packet_undecoded(p), 2);
    check_encoded(p, octets);
    CHECK_STATUS(nf9_export_packet_apply(p, cache, source, 1, false), NF9_NONE);
    CHECK_STATUS(nf9_export_packet_update_cache(p, cache, source, 1), NF9_OK);
    CHECK_STATUS(nf9_export_packet_apply(p, cache, source, 1, false), NF9_OK);
    nf9_cache_free(cache);
    CHECK_UINT(nf9_export_packet_undecoded(p), 0);
    CHECK(nf9_template_same(nf9_export_packet_template(p, 256), m->flows));
    CHECK(nf9_template_same(nf9_export_packet_template(p, 257), m->sampling));
    check_rows(p, 2);
    CHECK_UINT(nf9_export_packet_octets(p).undecoded, 0);
    check_encoded(p, octets);
    nf9_export_packet_free(p);
}

/* The data in one packet, its templates in the next: it waits for them. */
static void templates_behind_the_data(const model *m)
{
    const nf9_source source = { .conversation = 1 };
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    nf9_bytes octets = built(m, false, true);
    nf9_export_packet *p = decoded(octets), *later = decoded(built(m, true, false));

    check_case("two packets");
    CHECK_STATUS(nf9_export_packet_update_cache(p, cache, source, 1), NF9_OK);
    CHECK_STATUS(nf9_export_packet_update_cache(later, cache, source, 2), NF9_OK);
    CHECK_STATUS(nf9_export_packet_apply(p, cache, source, 1, false), NF9_NONE);
    check_encoded(p, octets);
    CHECK_STATUS(nf9_export_packet_apply(p, cache, source, 1, true), NF9_OK);
    check_rows(p, 0);
    check_encoded(p, octets);
    nf9_export_packet_free(p);
    nf9_export_packet_free(later);
    nf9_cache_free(cache);
}

/* PacketStream: the data first, its templates behind it, and both again. */
static nf9_bytes stream_of(const model *m)
{
    const nf9_bytes packets[] = { built(m, false, true), built(m, true, false),
                                  built(m, true, true) };
    uint8_t *octets = guard_room(packets[0].len + packets[1].len + packets[2].len);
    nf9_stream_packet p;
    nf9_input input;
    size_t len = 0;

    for (size_t i = 0; i < 3; i++) {
        memcpy(octets + len, packets[i].data, packets[i].len);
        len += packets[i].len;
    }
    check_case("packet stream");
    nf9_input_memory(&input, (nf9_bytes){ octets, len });
    nf9_packet_stream *stream = nf9_packet_stream_new(&input, NF9_FRAMING_FLOWSETS, 0, NULL);
    for (size_t i = 0, at = 0; i < 3; at += packets[i++].len) {
        CHECK_STATUS(nf9_packet_stream_next(stream, &p), NF9_OK);
        CHECK(p.offset == at && p.bytes.len == packets[i].len && p.garbage == 0);
        CHECK(memcmp(p.bytes.data, packets[i].data, p.bytes.len) == 0);
    }
    CHECK_STATUS(nf9_packet_stream_next(stream, &p), NF9_END);
    nf9_packet_stream_free(stream);
    return (nf9_bytes){ octets, len };
}

/* A record as "name=value name=value". */
static const char *line_of(const nf9_record *record)
{
    static char line[400];
    char name[40], value[100];
    nf9_field_iter it;
    nf9_field field;
    size_t len = 0;

    nf9_fields_open(&it, record);
    while (nf9_field_next(&it, &field) == NF9_OK && len < sizeof line) {
        nf9_field_name(&field, name, sizeof name);
        nf9_field_print(&field, value, sizeof value);
        len += (size_t)snprintf(line + len, sizeof line - len, "%s%s=%s", len > 0 ? " " : "",
                                name, value);
    }
    return line;
}

/* RecordStream: those of the first packet waited for the second. */
static void records_by_name(const model *m)
{
    static const char *const lines[] = {
        "ipv4_src_addr=192.0.2.1 ipv6_src_addr=2001:db8::1 in_bytes=10000000000 "
        "protocol=TCP (6) if_name=eth0",
        "ipv4_src_addr=192.0.2.2 ipv6_src_addr=2001:db8::2 in_bytes=1 protocol=UDP (17) "
        "if_name=",
        "scope.interface=7 sampling_interval=1000",
    };
    nf9_bytes octets = stream_of(m);
    nf9_data_record r;
    nf9_input input;
    nf9_field field;
    uint64_t n;

    nf9_input_memory(&input, octets);
    nf9_packet_stream *packets = nf9_packet_stream_new(&input, NF9_FRAMING_FLOWSETS, 0, NULL);
    nf9_record_stream *records = nf9_record_stream_new(packets, NULL, NULL);
    for (size_t i = 0; i < 6; i++) {
        check_case("record %zu of the stream", i);
        CHECK_STATUS(nf9_record_stream_next(records, &r), NF9_OK);
        CHECK_TEXT(line_of(&r.record), lines[i % 3]);
        CHECK_INT(r.of->match, i < 3 ? NF9_MATCH_AFTER : NF9_MATCH_BEFORE);
        CHECK_UINT(r.of->origin->number, i < 3 ? 1 : 3);
        if (i % 3 == 2)
            continue;
        CHECK_STATUS(nf9_record_find_name(&r.record, "in_bytes", &field), NF9_OK);
        CHECK(nf9_field_u64(&field, &n) == NF9_OK && n == (i % 3 == 0 ? 10000000000 : 1));
    }
    CHECK_STATUS(nf9_record_stream_next(records, &r), NF9_END);
    CHECK(nf9_pending_oldest(nf9_record_stream_pending(records)) == NULL);
    nf9_record_stream_free(records);
    nf9_packet_stream_free(packets);
}

int main(void)
{
    model m;

    field_types();
    templates(&m);
    one_packet(&m);
    templates_behind_the_data(&m);
    records_by_name(&m);
    return check_end();
}
