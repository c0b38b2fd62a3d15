/* SPDX-License-Identifier: MIT
 *
 * Fuzzes inputs, framings, packet streams, the collector and record streams.
 *
 * An input is an octet for the framing, one for how it is split, and the stream.  However it is
 * split, the same packets and records must come, and all of its octets.
 *
 * Built with libFuzzer (preset fuzz), or with alone.c to run over given files.
 */
#include "split.h"
#include "walk.h"
#include <stdlib.h>

/* Records of one input that are asked everything. */
#define MOST_RECORDS 500u
#define COLUMNS 64u

static void must(bool held)
{
    if (!held)
        abort();
}

static uint64_t mix(uint64_t hash, uint64_t v)
{
    return (hash ^ v) * UINT64_C(1099511628211) + 1;
}

/* The packets of a stream, as one number. */
static uint64_t packets(nf9_bytes octets, nf9_framing framing, split_how how, uint64_t seed,
                        size_t max_packet)
{
    split s;
    nf9_stream_packet p;
    nf9_status st;
    uint64_t is = 0, end = 0;

    split_init(&s, octets, how, seed);
    nf9_packet_stream *stream = nf9_packet_stream_new(&s.input, framing, max_packet, NULL);
    must(stream != NULL);
    while ((st = split_next(stream, &p)) == NF9_OK) {
        must(p.offset >= end + p.garbage && p.bytes.len <= NF9_MAX_PACKET);
        must(framing == NF9_FRAMING_DATAGRAM || p.bytes.len > 0);
        end = p.offset + p.bytes.len;
        is = mix(mix(mix(mix(is, p.offset), p.bytes.len), p.garbage), p.missing);
    }
    must(st == NF9_END && p.offset == octets.len && p.bytes.len == 0);
    nf9_packet_stream_free(stream);
    return mix(is, p.garbage);
}

/* A record's numbers, each way. */
static void numbers(const nf9_data_record *r)
{
    uint64_t one[COLUMNS], other[COLUMNS];
    nf9_load loads[COLUMNS];
    nf9_rows rows;

    nf9_record_u64(&r->record, one, COLUMNS);
    nf9_rows_init(&rows, r->record.tmpl, loads, NULL, COLUMNS);
    nf9_rows_record(&rows, &r->record, other);
    for (size_t i = 0; i < COLUMNS; i++)
        must(one[i] == other[i]);
}

static uint64_t records(nf9_bytes octets, nf9_framing framing, split_how how, uint64_t seed)
{
    const nf9_collector_limits limits = {
        .cache = { .max_memory = 1 << 20, .max_definitions = 500 },
        .pending = { .max_flowsets = 20, .max_octets = 5000 },
        .max_sources = 30,
    };
    split s;
    nf9_data_record r;
    nf9_status st;
    uint64_t is = 0;
    unsigned left = MOST_RECORDS;

    split_init(&s, octets, how, seed);
    nf9_packet_stream *stream = nf9_packet_stream_new(&s.input, framing, 0, NULL);
    nf9_record_stream *rs = nf9_record_stream_new(stream, &limits, NULL);
    must(rs != NULL);
    const nf9_pending *pending = nf9_record_stream_pending(rs);
    while ((st = nf9_record_stream_next(rs, &r)) == NF9_OK || st == NF9_AGAIN) {
        must(nf9_pending_flowsets(pending) <= 20 && nf9_pending_octets(pending) <= 5000);
        if (st == NF9_AGAIN)
            continue;
        is = mix(mix(is, r.of->origin->offset + r.record.offset), r.record.bytes.len);
        if (left == 0)
            continue;
        left--;
        numbers(&r);
        walk_exercise(&r.of->origin->header, &r.record);
    }
    must(st == NF9_END);
    nf9_record_stream_free(rs);
    nf9_packet_stream_free(stream);
    return is;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    nf9_framing framing = (nf9_framing)(data[0] % 3);
    size_t max_packet = (size_t)(data[0] / 3) * 100; /* 0: as long as may be */
    uint64_t seed = data[1];
    nf9_bytes octets = { data + 2, size - 2 };
    uint64_t whole = packets(octets, framing, SPLIT_WHOLE, 0, max_packet);

    records(octets, framing, SPLIT_WHOLE, 0);
    if (framing == NF9_FRAMING_DATAGRAM) {
        packets(octets, framing, SPLIT_RANDOMLY, seed, max_packet);
        records(octets, framing, SPLIT_RANDOMLY, seed);
        return 0;
    }
    must(packets(octets, framing, SPLIT_RANDOMLY, seed, max_packet) == whole);
    must(packets(octets, framing, SPLIT_ONCE, seed + 1, max_packet) == whole);
    must(packets(octets, framing, SPLIT_EACH, 0, max_packet) == whole);
    must(records(octets, framing, SPLIT_SLOWLY, seed) ==
         records(octets, framing, SPLIT_WHOLE, 0));
    return 0;
}
