/* SPDX-License-Identifier: MIT
 *
 * Something of every public header, in what C11 and C++17 have in common.  Two flows are packed,
 * and read again; test_consumers.py knows what is printed.
 */
#include <inttypes.h>
#include <nf9/nf9.h>
#include <stdio.h>

static union { /* aligned as malloc does */
    max_align_t align;
    uint8_t octets[1000];
} memory;

typedef struct collector {
    nf9_cache *cache;
    nf9_tracker tracker;
    uint64_t packets;
} collector;

static void show(const nf9_header *header, const nf9_record *record)
{
    static nf9_flow_plan plan;
    static nf9_flow flow;
    nf9_field field;
    uint64_t octets = 0;
    char line[200];

    nf9_flow_plan_init(&plan, record->tmpl);
    nf9_flow_read(&plan, header, record, &flow);
    nf9_flow_print(&flow, record, line, sizeof line);
    printf("flow: %s\n", line);
    if (nf9_record_find(record, NF9_FT_IN_BYTES, 0, &field) == NF9_OK &&
        nf9_field_u64(&field, &octets) == NF9_OK)
        printf("value: %s is %" PRIu64 "\n", nf9_field_info_of(field.type)->name, octets);
}

/* The same datagram as a stream of one packet. */
static void stream(nf9_bytes datagram)
{
    nf9_input input;
    nf9_packet_stream *packets;
    nf9_record_stream *records;
    nf9_data_record data;
    uint64_t row[3];

    nf9_input_memory(&input, datagram);
    packets = nf9_packet_stream_new(&input, NF9_FRAMING_FLOWSETS, 0, NULL);
    records = nf9_record_stream_new(packets, NULL, NULL);
    while (nf9_record_stream_next(records, &data) == NF9_OK) {
        size_t n = nf9_record_u64(&data.record, row, 3);
        printf("rows: %u numbers, the last %" PRIu64 "\n", (unsigned)n, row[2]);
    }
    printf("pending: %u FlowSets\n",
           (unsigned)nf9_pending_flowsets(nf9_record_stream_pending(records)));
    printf("collector: %u records\n",
           (unsigned)nf9_collector_counters(nf9_record_stream_collector(records))->records);
    nf9_record_stream_free(records);
    nf9_packet_stream_free(packets);
    nf9_input_close(&input);
}

/* And as an object. */
static void object(nf9_bytes datagram)
{
    nf9_export_packet *packet = NULL;

    if (nf9_export_packet_decode(datagram, NULL, NULL, &packet) == NF9_OK)
        printf("packet: %u FlowSets\n", (unsigned)nf9_export_packet_flowsets(packet));
    nf9_export_packet_free(packet);
}

static nf9_status collect(void *user, nf9_bytes datagram)
{
    collector *c = (collector *)user;
    nf9_source source = { 1, 0, 0, 0 };
    nf9_packet_iter packet;
    nf9_header header;
    nf9_flowset flowset;
    nf9_verdict verdict;
    nf9_status st = nf9_packet_open(&packet, datagram, &header);

    if (st != NF9_OK)
        return st;
    source.source_id = header.source_id;
    nf9_track(&c->tracker, &header, &verdict);
    printf("track: sequence %u, %u lost\n", (unsigned)header.sequence, (unsigned)verdict.lost);
    c->packets++;
    while ((st = nf9_flowset_next(&packet, &flowset)) == NF9_OK) {
        nf9_when when = nf9_when_at(c->packets, flowset.index);
        nf9_template_iter templates;
        nf9_template_record defined;
        nf9_definition found;
        nf9_record_iter records;
        nf9_record record;

        nf9_templates_open(&templates, &flowset);
        while (flowset.id < 2 && nf9_template_next(&templates, &defined) == NF9_OK)
            nf9_cache_add(c->cache, source, &defined, when, NULL);
        if (flowset.id < NF9_MIN_TEMPLATE_ID ||
            nf9_cache_find(c->cache, source, flowset.id, when, &found) != NF9_OK)
            continue;
        nf9_records_open(&records, &flowset, found.tmpl);
        while (nf9_record_next(&records, &record) == NF9_OK)
            show(&header, &record);
    }
    printf("base: %s\n", nf9_status_text(st));
    stream(datagram);
    object(datagram);
    return st < 0 ? st : NF9_OK;
}

static nf9_status pack(nf9_packer *packer, const nf9_template *tmpl, uint8_t last, uint64_t octets)
{
    const uint8_t source[4] = { 192, 0, 2, 1 }, destination[4] = { 198, 51, 100, last };
    const nf9_clock now = { 60000, 1700000000 };
    nf9_writer *w = nf9_packer_begin(packer, tmpl);

    nf9_put_ipv4(w, NF9_FT_IPV4_SRC_ADDR, source);
    nf9_put_ipv4(w, NF9_FT_IPV4_DST_ADDR, destination);
    nf9_put_uint(w, NF9_FT_IN_BYTES, octets);
    return nf9_packer_end(packer, now);
}

int main(void)
{
    static collector c;
    static nf9_packer packer;
    static nf9_packer_options options;
    static uint8_t room[NF9_PACKER_ROOM(1472)];
    const nf9_field_spec fields[] = { { NF9_FT_IPV4_SRC_ADDR, NF9_DEFAULT_LENGTH },
                                      { NF9_FT_IPV4_DST_ADDR, NF9_DEFAULT_LENGTH },
                                      { NF9_FT_IN_BYTES, 8 } };
    const nf9_clock now = { 60000, 1700000000 };
    const nf9_template *tmpl = NULL;

    printf("version: %s %s\n", NF9_VERSION, nf9_version());
    printf("field: %s\n", nf9_field_by_name("octetDeltaCount")->filter);
    if (nf9_template_build(memory.octets, sizeof memory.octets, 256, NULL, 0, fields, 3, &tmpl) !=
        NF9_OK)
        return 1;
    printf("encode: %u octets\n", (unsigned)tmpl->min_length);
    c.cache = nf9_cache_new(NULL, NULL);
    options.mtu = 1472;
    options.source_id = 7;
    options.send = collect;
    options.user = &c;
    if (nf9_packer_init(&packer, &options, room, sizeof room) != NF9_OK ||
        nf9_packer_templates(&packer, &tmpl, 1) != NF9_OK ||
        pack(&packer, tmpl, 1, 1500) != NF9_OK || pack(&packer, tmpl, 2, 5000000000u) != NF9_OK ||
        nf9_packer_flush(&packer, now) != NF9_OK)
        return 1;
    printf("packer: next is %u\n", (unsigned)nf9_packer_sequence(&packer));
    printf("cache: %u definition\n", (unsigned)nf9_cache_definitions(c.cache));
    nf9_cache_free(c.cache);
    return 0;
}
