/* SPDX-License-Identifier: MIT
 *
 * A stream of packets whose records count from 0: by every framing, whole and one octet at a time;
 * with garbage between the packets; cut at each octet of the last packet.  Records and notices are
 * held against how the stream was made.
 */
#include "check.h"
#include "split.h"
#include <nf9/packer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RECORDS 20000u
#define MTU 500u
#define PACKETS 1500u
#define RECORD 14u /* octets */
#define HEAD 24u   /* of a packet, and of its Data FlowSet */

static uint8_t octets[PACKETS * MTU], with[PACKETS * (MTU + 400)];
static size_t ends[PACKETS], n_packets; /* ends[i]: of packet i in octets */
static struct {
    uint64_t offset, octets;
} garbage[PACKETS];
static size_t n_garbage;

static nf9_status keep(void *user, nf9_bytes datagram)
{
    size_t begin = n_packets > 0 ? ends[n_packets - 1] : 0;

    (void)user;
    memcpy(octets + begin, datagram.data, datagram.len);
    ends[n_packets++] = begin + datagram.len;
    return NF9_OK;
}

static void make(void)
{
    static const nf9_field_spec fields[] = { { NF9_FT_IN_BYTES, 8 }, { NF9_FT_IPV4_SRC_ADDR, 4 },
                                             { NF9_FT_L4_SRC_PORT, 2 } };
    static uint8_t room[NF9_PACKER_ROOM(MTU)];
    const nf9_packer_options o = { .mtu = MTU, .refresh_packets = 7, .send = keep };
    uint64_t memory[32];
    const nf9_template *tmpl;
    nf9_packer packer;

    nf9_template_build(memory, sizeof memory, 256, NULL, 0, fields, 3, &tmpl);
    nf9_packer_init(&packer, &o, room, sizeof room);
    nf9_packer_templates(&packer, &tmpl, 1);
    for (uint32_t i = 0; i < RECORDS; i++) {
        const uint64_t values[] = { i, 0xc0000201, i & 0xffff };
        const nf9_clock now = { 60000 + i, 1700000000 + i / 1000 };
        CHECK_STATUS(nf9_packer_add_u64s(&packer, tmpl, values, 3, now), NF9_OK);
    }
    nf9_packer_flush(&packer, (nf9_clock){ 60000 + RECORDS, 1700000000 + RECORDS / 1000 });
}

/* What a stream yields: records that count from 0, and what its collector says. */
typedef struct yield {
    uint32_t records;
    size_t n_garbage, n_cut, n_others;
    uint64_t cut, missing;
} yield;

static void hear(void *user, const nf9_notice *n)
{
    yield *y = user;

    if (n->kind == NF9_NOTICE_GARBAGE && y->n_garbage < n_garbage) {
        CHECK_UINT(n->offset, garbage[y->n_garbage].offset);
        CHECK_UINT(n->octets, garbage[y->n_garbage].octets);
    }
    y->n_garbage += n->kind == NF9_NOTICE_GARBAGE;
    if (n->kind == NF9_NOTICE_CUT) {
        y->n_cut++;
        y->cut = n->offset;
        y->missing = n->octets;
    }
    y->n_others += n->kind != NF9_NOTICE_GARBAGE && n->kind != NF9_NOTICE_CUT;
}

static yield read_all(nf9_input *input, nf9_framing framing)
{
    yield y = { .records = 0 };
    nf9_packet_stream *packets = nf9_packet_stream_new(input, framing, 0, NULL);
    nf9_record_stream *records = nf9_record_stream_new(packets, NULL, NULL);
    nf9_data_record r;
    nf9_status st;

    nf9_collector_on_notice(nf9_record_stream_collector(records), hear, &y);
    while ((st = nf9_record_stream_next(records, &r)) == NF9_OK) {
        CHECK_UINT(nf9_octets_u64(r.record.bytes.data, 8), y.records);
        CHECK_UINT(r.record.bytes.len, RECORD);
        y.records++;
    }
    CHECK_STATUS(st, NF9_END);
    nf9_record_stream_free(records);
    nf9_packet_stream_free(packets);
    return y;
}

static yield read_octets(nf9_bytes b, nf9_framing framing, split_how how)
{
    split s;

    split_init(&s, b, how, 1);
    return read_all(&s.input, framing);
}

static void check_whole(yield y)
{
    CHECK_UINT(y.records, RECORDS);
    CHECK_UINT(y.n_garbage + y.n_cut + y.n_others, 0);
}

/* One packet a read. */
static nf9_status read_datagram(nf9_input *input, uint8_t *buf, size_t cap, size_t *got)
{
    size_t i = (size_t)input->fd++, begin = i > 0 ? ends[i - 1] : 0;

    if (i == n_packets)
        return NF9_END;
    *got = ends[i] - begin;
    CHECK(*got <= cap);
    memcpy(buf, octets + begin, *got);
    return NF9_OK;
}

static void by_every_framing(void)
{
    const nf9_bytes all = { octets, ends[n_packets - 1] };
    nf9_input datagrams = { .read = read_datagram };

    check_case("framing by FlowSets");
    check_whole(read_octets(all, NF9_FRAMING_FLOWSETS, SPLIT_WHOLE));
    check_whole(read_octets(all, NF9_FRAMING_FLOWSETS, SPLIT_EACH));
    check_case("framing by datagrams");
    check_whole(read_all(&datagrams, NF9_FRAMING_DATAGRAM));
    check_case("framing by Count");
    memcpy(with, octets, all.len);
    for (size_t i = 0; i < n_packets; i++) { /* Count is to be of FlowSets: templates, data */
        uint8_t *p = with + (i > 0 ? ends[i - 1] : 0);
        p[2] = 0;
        p[3] = p[20] == 0 && p[21] == 0 ? 2 : 1;
    }
    check_whole(read_octets((nf9_bytes){ with, all.len }, NF9_FRAMING_COUNT, SPLIT_WHOLE));
    check_whole(read_octets((nf9_bytes){ with, all.len }, NF9_FRAMING_COUNT, SPLIT_EACH));
    printf("flowsets, count, datagram: %zu packets and %u records each, whole and one octet at a "
           "time\n", n_packets, RECORDS);
}

/* Stretches of 4 to 300 octets that no FlowSet can be followed through. */
static void garbage_between(void)
{
    uint64_t sum = 0;
    size_t len = 0;

    check_case("garbage");
    srand(9);
    for (size_t i = 0; i < n_packets; i++) {
        size_t begin = i > 0 ? ends[i - 1] : 0;
        if (i % 3 == 1) {
            size_t n = 4 + (size_t)rand() % 297;
            garbage[n_garbage].offset = len;
            garbage[n_garbage++].octets = n;
            for (size_t k = 0; k < n; k++)
                with[len++] = k < 4 ? 0xff : (uint8_t)(0x80 | rand());
            sum += n;
        }
        memcpy(with + len, octets + begin, ends[i] - begin);
        len += ends[i] - begin;
    }
    for (int each = 0; each < 2; each++) {
        yield y = read_octets((nf9_bytes){ with, len }, NF9_FRAMING_FLOWSETS,
                              each ? SPLIT_EACH : SPLIT_WHOLE);
        CHECK_UINT(y.records, RECORDS);
        CHECK_UINT(y.n_garbage, n_garbage);
        CHECK_UINT(y.n_cut + y.n_others, 0);
    }
    printf("garbage: %zu stretches, %llu octets, each told by its offset and length; %u records\n",
           n_garbage, (unsigned long long)sum, RECORDS);
    n_garbage = 0;
}

/* The stream up to each octet of its last packet that has data only. */
static void cut_ends(void)
{
    size_t last = n_packets - 1, told = 0, cuts = 0;

    while (octets[ends[last - 1] + NF9_HEADER_LENGTH] == 0)
        last--;
    size_t begin = ends[last - 1], len = ends[last] - begin;
    uint32_t before = (uint32_t)nf9_octets_u64(octets + begin + HEAD, 8);
    for (size_t cut = 1; cut < len; cut++, cuts++) {
        check_case("cut behind octet %zu of the last packet", cut);
        yield y = read_octets((nf9_bytes){ octets, begin + cut }, NF9_FRAMING_FLOWSETS,
                              SPLIT_WHOLE);
        CHECK_UINT(y.records, before + (cut < HEAD ? 0 : cut - HEAD) / RECORD);
        if (cut == 1 || cut == NF9_HEADER_LENGTH) /* a zero octet; a packet of a header */
            continue;
        if (cut > NF9_HEADER_LENGTH && cut < HEAD) { /* no Length yet: of no FlowSet */
            CHECK(y.n_cut + y.n_garbage + y.n_others > 0);
            continue;
        }
        CHECK_UINT(y.n_cut, 1);
        CHECK_UINT(y.cut, begin + cut);
        CHECK_UINT(y.missing, (cut < NF9_HEADER_LENGTH ? NF9_HEADER_LENGTH : len) - cut);
        told++;
    }
    printf("truncated: %zu ends, %zu told by their offset and the octets missing\n", cuts, told);
}

int main(void)
{
    make();
    by_every_framing();
    garbage_between();
    cut_ends();
    return check_end();
}
