/* SPDX-License-Identifier: MIT
 *
 * packet_stream.c and framing.c: packets in a stream, by each framing, however it is split.
 */
#include "check.h"
#include "guard.h"
#include "ledger.h"
#include "split.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Packets of Count FlowSets, at the end of March 2019. */
#define HEADER(count) "0009 " count " 00000000 5c9e1a00 00000000 00000007 "
#define TEMPLATE "0000 000c 0100 0001 0001 0004 "
#define DATA "0100 0008 aabbccdd "
#define P32 HEADER("0001") TEMPLATE  /* 32 octets */
#define P40 HEADER("0002") TEMPLATE DATA /* 40 */
#define P28 HEADER("0001") DATA /* 28 */
#define OTHER28 "0009 0001 00000000 5c9e1a00 00000000 00000008 " DATA /* of Source ID 8 */

/* What is found: "OFFSET+LENGTH", before it "(OFFSET+LENGTH)" of garbage, behind it "-MISSING";
 * the end as "end OFFSET". */
static const struct {
    const char *name, *hex, *by_flowsets, *by_count;
} cases[] = {
    { "nothing", "", "end 0", "end 0" },
    { "one", P40, "0+40 end 40", "0+40 end 40" },
    { "three", P32 P40 P28, "0+32 32+40 72+28 end 100", "0+32 32+40 72+28 end 100" },
    { "headers only", HEADER("0000") HEADER("0000"), "0+20 20+20 end 40", "0+20 20+20 end 40" },

    { "Count of records", HEADER("0007") TEMPLATE DATA P28, "0+40 40+28 end 68",
      "0+40 40+28 end 68" },
    { "Count too small", HEADER("0001") TEMPLATE DATA P28, "0+40 40+28 end 68",
      "0+32 (32+8)40+28 end 68" },
    { "Count 0", HEADER("0000") TEMPLATE P28, "0+32 32+28 end 60", "0+20 (20+12)32+28 end 60" },

    { "one zero before a packet", P32 "00 " P28, "0+33 33+28 end 61", "0+32 33+28 end 61" },
    { "one zero, and what it and the header make a FlowSet of leads over the next packet",
      P32 "00 " HEADER("0001") "0100 08eb 55*2279 " P28, "0+33 33+2303 2336+28 end 2364",
      "0+32 33+2303 2336+28 end 2364" },
    { "two zeros", P32 "0000 " P28, "0+34 34+28 end 62", "0+32 34+28 end 62" },
    { "two zeros, then what a FlowSet of 9 octets would lead through",
      P32 "0000 0009 0001 00000001 5c001c00 00000000 00000007 0100 000f 77*11 " P28,
      "0+34 34+35 69+28 end 97", "0+32 34+35 69+28 end 97" },
    { "three zeros", P32 "000000 " P28, "0+35 35+28 end 63", "0+32 35+28 end 63" },
    { "four zeros", P32 "00*4 " P28, "0+36 36+28 end 64", "0+32 36+28 end 64" },
    { "many zeros", P32 "00*1000 " P28 "00*1000 ", "0+1032 1032+1028 end 2060",
      "0+32 1032+28 end 2060" },
    { "more zeros than a packet", P32 "00*70000 " P28, "0+65535 70032+28 end 70060",
      "0+32 70032+28 end 70060" },
    { "zeros before the first", "00*9 " P32, "9+32 end 41", "9+32 end 41" },
    { "zeros only", "00*100000", "end 100000", "end 100000" },
    { "a Template FlowSet of 9 octets", HEADER("0002") "0000 0009 1111111111 " DATA,
      "0+37 end 37", "0+37 end 37" },

    { "garbage first", "deadbeef 55*40 " P32, "(0+44)44+32 end 76", "(0+44)44+32 end 76" },
    { "zeros, then garbage", "00*7 55*3 " P32, "(4+6)10+32 end 42", "(4+6)10+32 end 42" },
    { "garbage between", P32 "deadbeef 55*40 " P28, "0+32 (32+44)76+28 end 104",
      "0+32 (32+44)76+28 end 104" },
    { "an octet between", P32 "55 " P28, "0+32 (32+1)33+28 end 61", "0+32 (32+1)33+28 end 61" },
    { "a Length below 4 between", P32 "0100 0003 " P28, "0+32 (32+4)36+28 end 64",
      "0+32 (32+4)36+28 end 64" },
    { "garbage with a 9 in it", P32 "ffff ffff 0009 0001 ffff " P28, "0+32 (32+10)42+28 end 70",
      "0+32 (32+10)42+28 end 70" },
    { "garbage that is a header with the next one's octets",
      "0009 0001 00000000 5c9e1a00 00000000 01000010 " TEMPLATE "ffff ffff 0009 5a00 "
      "0009 0001 5c9e1a00 5c9e1a00 00000001 01000010 " DATA,
      "0+32 (32+8)40+28 end 68", "0+32 (32+8)40+28 end 68" },
    { "a header of another source in garbage", P32 "ffff ffff " OTHER28 P28,
      "0+32 (32+4)36+28 64+28 end 92", "0+32 (32+4)36+28 64+28 end 92" },
    { "data that is like another source's header", HEADER("0002") TEMPLATE "0100 0050 " OTHER28,
      "0+64-48 end 64", "0+64-48 end 64" },
    { "data that is like another source's header, then garbage",
      HEADER("0002") TEMPLATE "0100 0020 " OTHER28 "ffff ffff 00 " P28,
      "0+64 (64+5)69+28 end 97", "0+64 (64+5)69+28 end 97" },
    { "garbage at the end", P32 "0100 0002 7777", "0+32 (32+6)end 38", "0+32 (32+6)end 38" },
    { "garbage only", "ff*100", "(0+100)end 100", "(0+100)end 100" },
    { "9 and garbage", "0009 ff*98", "(0+100)end 100", "(0+100)end 100" },
    { "much garbage", P32 "ffff ffff 5a*200000 " P28, "0+32 (32+200004)200036+28 end 200064",
      "0+32 (32+200004)200036+28 end 200064" },
    { "a FlowSet cut by the next packet", HEADER("0002") TEMPLATE "0100 0100 66*20 " P28,
      "0+32 (32+24)56+28 end 84", "0+32 (32+24)56+28 end 84" },
    { "zeros, then another octet", P32 "00*6 55 " P28, "0+38 (38+1)39+28 end 67",
      "0+32 (35+4)39+28 end 67" },

    { "cut in the version", P32 "0009", "0+32 32+2-18 end 34", "0+32 32+2-18 end 34" },
    { "cut after an octet", P32 "00", "0+33 end 33", "0+32 end 33" },
    { "cut in the header", P32 "0009 0001 0000", "0+32 32+6-14 end 38", "0+32 32+6-14 end 38" },
    { "cut behind the header", P32 HEADER("0001"), "0+32 32+20 end 52", "0+32 32+20 end 52" },
    { "cut in a FlowSet's header", P32 HEADER("0001") "0100 00", "0+32 32+23-1 end 55",
      "0+32 32+23-1 end 55" },
    { "cut in a FlowSet", P32 HEADER("0001") "0100 0008 aabb", "0+32 32+26-2 end 58",
      "0+32 32+26-2 end 58" },
    { "the only one cut", HEADER("0001") "0100 0010 aabb", "0+26-10 end 26", "0+26-10 end 26" },

    { "a reserved FlowSet", HEADER("0003") TEMPLATE "0003 0008 33*4 " DATA P28,
      "0+48 48+28 end 76", "0+48 48+28 end 76" },
};

static void say(char *text, size_t cap, const nf9_stream_packet *p, nf9_status st)
{
    size_t n = strlen(text);

    if (p->garbage > 0)
        n += (size_t)snprintf(text + n, cap - n, "(%" PRIu64 "+%" PRIu64 ")",
                              p->offset - p->garbage, p->garbage);
    if (st == NF9_END) {
        snprintf(text + n, cap - n, "end %" PRIu64, p->offset);
        return;
    }
    n += (size_t)snprintf(text + n, cap - n, "%" PRIu64 "+%zu", p->offset, p->bytes.len);
    if (p->missing > 0)
        n += (size_t)snprintf(text + n, cap - n, "-%zu", p->missing);
    snprintf(text + n, cap - n, " ");
}

/* What a stream yields, in words; its packets must be the octets that stand there. */
static const char *found(nf9_bytes all, nf9_framing framing, split_how how, uint64_t seed)
{
    static char text[512];
    split s;
    nf9_stream_packet p;
    nf9_status st;

    split_init(&s, all, how, seed);
    nf9_packet_stream *stream = nf9_packet_stream_new(&s.input, framing, 0, NULL);
    text[0] = '\0';
    do {
        st = split_next(stream, &p);
        if (st == NF9_OK)
            CHECK(p.offset + p.bytes.len <= all.len &&
                  memcmp(p.bytes.data, all.data + p.offset, p.bytes.len) == 0);
        say(text, sizeof text, &p, st);
    } while (st == NF9_OK);
    CHECK_STATUS(st, NF9_END);
    CHECK_STATUS(split_next(stream, &p), NF9_END);
    nf9_packet_stream_free(stream);
    return text;
}

static void each_stream_however_split(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_bytes all = octets(cases[i].hex);
        for (int count = 0; count < 2; count++) {
            const char *want = count ? cases[i].by_count : cases[i].by_flowsets;
            nf9_framing framing = count ? NF9_FRAMING_COUNT : NF9_FRAMING_FLOWSETS;
            check_case("%s, by %s", cases[i].name, count ? "Count" : "FlowSets");
            CHECK_TEXT(found(all, framing, SPLIT_WHOLE, 0), want);
            CHECK_TEXT(found(all, framing, SPLIT_EACH, 0), want);
            CHECK_TEXT(found(all, framing, SPLIT_SLOWLY, 3), want);
            for (uint64_t seed = 1; seed < (all.len < 1000 ? 20 : 3); seed++)
                CHECK_TEXT(found(all, framing, SPLIT_RANDOMLY, seed), want);
            for (size_t at = 1; at < all.len && all.len < 200; at++)
                CHECK_TEXT(found(all, framing, SPLIT_ONCE, at), want);
        }
        guard_release();
    }
}

static void no_packet_is_longer_than_the_limit(void)
{
    nf9_bytes all = octets(P32 HEADER("0001") "0100 0064 77*96 " P28);
    nf9_input in;
    nf9_stream_packet p;

    check_case("at most 64 octets");
    nf9_input_memory(&in, all);
    nf9_packet_stream *s = nf9_packet_stream_new(&in, NF9_FRAMING_FLOWSETS, 64, NULL);
    CHECK_STATUS(nf9_packet_stream_next(s, &p), NF9_OK);
    CHECK_UINT(p.bytes.len, 32);
    CHECK_STATUS(nf9_packet_stream_next(s, &p), NF9_OK);
    CHECK_UINT(p.bytes.len, 20); /* its header; the FlowSet is too long for a packet */
    CHECK_STATUS(nf9_packet_stream_next(s, &p), NF9_OK);
    CHECK_UINT(p.offset, 32 + 120);
    CHECK_UINT(p.garbage, 100);
    CHECK_STATUS(nf9_packet_stream_next(s, &p), NF9_END);
    nf9_packet_stream_free(s);
    guard_release();
}

/* Octets that are there, and nothing behind them yet. */
static nf9_status read_some(nf9_input *input, uint8_t *buf, size_t cap, size_t *got)
{
    size_t n = input->memory.len < cap ? input->memory.len : cap;

    if (n == 0)
        return NF9_AGAIN;
    memcpy(buf, input->memory.data, n);
    input->memory.len = 0;
    *got = n;
    return NF9_OK;
}

/* By Count, a packet comes as soon as it is whole; by FlowSets, when it is known what follows. */
static void when_a_packet_is_yielded(void)
{
    nf9_bytes all = octets(P32 "0009 0001");

    for (size_t n = 0; n <= all.len; n++)
        for (int count = 0; count < 2; count++) {
            nf9_input in = { .read = read_some, .memory = { all.data, n } };
            nf9_stream_packet p;
            nf9_packet_stream *s = nf9_packet_stream_new(
                &in, count ? NF9_FRAMING_COUNT : NF9_FRAMING_FLOWSETS, 0, NULL);
            check_case("%zu octets, by %s", n, count ? "Count" : "FlowSets");
            CHECK_STATUS(nf9_packet_stream_next(s, &p),
                         n >= (count ? 32u : 36u) ? NF9_OK : NF9_AGAIN);
            nf9_packet_stream_free(s);
        }
    guard_release();
}

static void one_read_is_one_datagram(void)
{
    static const char *const datagrams[] = { P32, P40, "ff", P28 };
    nf9_stream_packet p;
    uint64_t offset = 0;

    check_case("datagrams");
    for (size_t i = 0; i < sizeof datagrams / sizeof *datagrams; i++) {
        nf9_bytes one = octets(datagrams[i]);
        nf9_input in;
        nf9_input_memory(&in, one);
        nf9_packet_stream *s = nf9_packet_stream_new(&in, NF9_FRAMING_DATAGRAM, 0, NULL);
        CHECK_STATUS(nf9_packet_stream_next(s, &p), NF9_OK);
        CHECK_OCTETS(p.bytes, datagrams[i]);
        CHECK_UINT(p.missing, 0);
        CHECK_STATUS(nf9_packet_stream_next(s, &p), NF9_END);
        CHECK_UINT(p.offset, one.len);
        offset += one.len;
        nf9_packet_stream_free(s);
    }
    CHECK_UINT(offset, 101);
    check_case("a datagram that is too long");
    nf9_input in;
    nf9_input_memory(&in, octets(HEADER("0001") "0100 0050 77*76"));
    nf9_packet_stream *s = nf9_packet_stream_new(&in, NF9_FRAMING_DATAGRAM, 64, NULL);
    CHECK_STATUS(nf9_packet_stream_next(s, &p), NF9_OK);
    CHECK_UINT(p.bytes.len, 64);
    CHECK_UINT(p.missing, 36);
    nf9_packet_stream_free(s);
    guard_release();
}

static void a_stream_allocates_once(void)
{
    ledger book = { 0 };
    nf9_allocator a = ledger_allocator(&book);
    nf9_bytes all = octets(P32 "ff*100000 " P28);
    nf9_input in;
    nf9_stream_packet p;

    check_case("memory");
    nf9_input_memory(&in, all);
    nf9_packet_stream *s = nf9_packet_stream_new(&in, NF9_FRAMING_FLOWSETS, 1500, &a);
    CHECK(book.octets < 2 * 1500 + 3000);
    while (nf9_packet_stream_next(s, &p) == NF9_OK)
        continue;
    CHECK_UINT(p.offset, all.len);
    CHECK_UINT(book.asked, 1);
    nf9_packet_stream_free(s);
    CHECK_UINT(book.blocks, 0);
    book.fail_at = 2;
    CHECK(nf9_packet_stream_new(&in, NF9_FRAMING_COUNT, 0, &a) == NULL);
    nf9_packet_stream_free(NULL);
    guard_release();
}

int main(void)
{
    each_stream_however_split();
    no_packet_is_longer_than_the_limit();
    when_a_packet_is_yielded();
    one_read_is_one_datagram();
    a_stream_allocates_once();
    return check_end();
}
