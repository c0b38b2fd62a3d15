/* SPDX-License-Identifier: MIT
 *
 * flowset.c: the packet header, and the walk over FlowSets by their length (RFC 3954, section 5).
 */
#include "check.h"
#include "guard.h"
#include <nf9/nf9.h>
#include <stdio.h>
#include <string.h>

/* Count 7, sysUptime 0x01020304, unix_secs 0x11121314, sequence 0x21222324, source 0x31323334 */
#define HEADER "0009 0007 01020304 11121314 21222324 31323334 "

/* A row says how the walk goes as text, a word a step: "ID@OFFSET+BODY" a FlowSet, "-MISSING"
 * behind it where the packet ends inside; then how it ends, and what is left over. */
static const struct {
    const char *name, *hex, *walk, *tail;
    nf9_error error;
} walks[] = {
    { "no FlowSet", HEADER, " END", "", { 0 } },
    { "one without a body", HEADER "0000 0004", " 0@20+0 END", "", { 0 } },
    { "two", HEADER "0100 0006 abcd 0101 0005 ef", " 256@20+2 257@26+1 END", "", { 0 } },
    { "length 7 is no multiple of 4 and rules", HEADER "0100 0007 aabbcc 0001 0004",
      " 256@20+3 1@27+0 END", "", { 0 } },
    { "IDs 0, 1, 2, 255, 256, 65535",
      HEADER "0000 0004 0001 0004 0002 0004 00ff 0004 0100 0004 ffff 0004",
      " 0@20+0 1@24+0 2@28+0 255@32+0 256@36+0 65535@40+0 END", "", { 0 } },
    { "zero tail of 1", HEADER "0100 0004 00", " 256@20+0 END", "00", { 0 } },
    { "zero tail of 3", HEADER "0100 0004 00*3", " 256@20+0 END", "00*3", { 0 } },
    { "zero tail of 4", HEADER "0100 0004 00*4", " 256@20+0 END", "00*4", { 0 } },
    { "zero tail of 1220", HEADER "0100 0004 00*1220", " 256@20+0 END", "00*1220", { 0 } },
    { "zero tail alone", HEADER "00*20", " END", "00*20", { 0 } },
    { "zero octets and then others are no tail", HEADER "00*8 01", " ERR_LENGTH", "00*8 01",
      { NF9_ERR_LENGTH, 20, 4, 9, 0 } },
    { "ID 0 and length 256 begin with zero octets", HEADER "0000 0100 00*252",
      " 0@20+252 END", "", { 0 } },
    { "length 512 of ID 0, cut behind its header", HEADER "0000 0200", " 0@20+0-508 END", "",
      { 0 } },
    { "length 0", HEADER "0100 0000 aabb", " ERR_LENGTH", "0100 0000 aabb",
      { NF9_ERR_LENGTH, 20, 4, 6, 256 } },
    { "length 3 is shorter than the FlowSet header", HEADER "0100 0003", " ERR_LENGTH",
      "0100 0003", { NF9_ERR_LENGTH, 20, 4, 4, 256 } },
    { "a bad length behind a good FlowSet", HEADER "0100 0005 ff 0101 0002", " 256@20+1 ERR_LENGTH",
      "0101 0002", { NF9_ERR_LENGTH, 25, 4, 4, 257 } },
    { "1 octet left", HEADER "0100 0004 01", " 256@20+0 ERR_TRUNCATED", "01",
      { NF9_ERR_TRUNCATED, 24, 4, 1, 0 } },
    { "3 octets left, the last not zero", HEADER "0000 01", " ERR_TRUNCATED", "000001",
      { NF9_ERR_TRUNCATED, 20, 4, 3, 0 } },
    { "3 octets left, the middle not zero", HEADER "0001 00", " ERR_TRUNCATED", "000100",
      { NF9_ERR_TRUNCATED, 20, 4, 3, 0 } },
    { "longer than the packet by 1", HEADER "0100 0006 aa", " 256@20+1-1 END", "", { 0 } },
    { "longer than any packet", HEADER "0100 ffff", " 256@20+0-65531 END", "", { 0 } },
    { "Count is 7 and 9 FlowSets are there",
      HEADER "0100 0004 0100 0004 0100 0004 0100 0004 0100 0004 0100 0004 0100 0004 0100 0004 "
             "0100 0004",
      " 256@20+0 256@24+0 256@28+0 256@32+0 256@36+0 256@40+0 256@44+0 256@48+0 256@52+0 END",
      "", { 0 } },
};

static void walk(nf9_packet_iter *it, char *said, size_t cap)
{
    nf9_flowset flowset;
    nf9_status st;
    size_t n = 0;

    for (uint32_t i = 0; (st = nf9_flowset_next(it, &flowset)) == NF9_OK; i++) {
        CHECK_UINT(flowset.index, i);
        CHECK_UINT(flowset.body.len + flowset.missing + 4, flowset.length);
        n += (size_t)snprintf(said + n, cap - n, " %u@%zu+%zu", (unsigned)flowset.id,
                              flowset.offset, flowset.body.len);
        if (flowset.missing > 0)
            n += (size_t)snprintf(said + n, cap - n, "-%zu", flowset.missing);
    }
    snprintf(said + n, cap - n, " %s", nf9_status_name(st));
    CHECK_STATUS(nf9_flowset_next(it, &flowset), st); /* how it ended stays */
}

static void packets_are_walked_by_length(void)
{
    for (size_t i = 0; i < sizeof walks / sizeof *walks; i++) {
        nf9_packet_iter it;
        nf9_header header;
        char said[300];

        check_case("%s", walks[i].name);
        if (CHECK_STATUS(nf9_packet_open(&it, octets(walks[i].hex), &header), NF9_OK)) {
            walk(&it, said, sizeof said);
            CHECK_TEXT(said, walks[i].walk);
            CHECK_OCTETS(it.tail, walks[i].tail);
            const nf9_error *error = nf9_flowset_error(&it), *want = &walks[i].error;
            CHECK_STATUS(error->code, want->code);
            CHECK_UINT(error->offset, want->offset);
            CHECK_UINT(error->need, want->need);
            CHECK_UINT(error->have, want->have);
            CHECK_UINT(error->flowset_id, want->flowset_id);
        }
        guard_release();
    }
}

static void the_header_is_read(void)
{
    nf9_packet_iter it;
    nf9_header h;

    check_case("header");
    CHECK_STATUS(nf9_packet_open(&it, octets(HEADER), &h), NF9_OK);
    CHECK_UINT(h.version, 9);
    CHECK_UINT(h.count, 7);
    CHECK_UINT(h.sys_uptime, 0x01020304);
    CHECK_UINT(h.unix_secs, 0x11121314);
    CHECK_UINT(h.sequence, 0x21222324);
    CHECK_UINT(h.source_id, 0x31323334);
    CHECK_STATUS(nf9_packet_open(&it, octets("0009 ff*18"), &h), NF9_OK);
    CHECK_UINT(h.count, 65535);
    CHECK_UINT(h.sys_uptime, UINT32_MAX);
    CHECK_UINT(h.source_id, UINT32_MAX);
}

static void a_failed_open_stays_and_leaves_the_header(void)
{
    static const struct {
        const char *name, *hex;
        nf9_status status;
        size_t have;
    } cases[] = {
        { "nothing", "", NF9_ERR_TRUNCATED, 0 },
        { "1 octet", "00", NF9_ERR_TRUNCATED, 1 },
        { "the version alone", "0009", NF9_ERR_TRUNCATED, 2 },
        { "19 octets", "0009 00*17", NF9_ERR_TRUNCATED, 19 },
        { "version 5", "0005 00*22", NF9_ERR_VERSION, 24 },
        { "version 10", "000a 00*22", NF9_ERR_VERSION, 24 },
        { "version 0x0900", "0900 00*22", NF9_ERR_VERSION, 24 },
        { "version 0x0109", "0109 00*22", NF9_ERR_VERSION, 24 },
        { "version 5, 2 octets", "0005", NF9_ERR_VERSION, 2 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_packet_iter it;
        nf9_header header = { 1, 2, 3, 4, 5, 6 };
        nf9_flowset flowset = { .id = 77 };

        check_case("%s", cases[i].name);
        CHECK_STATUS(nf9_packet_open(&it, octets(cases[i].hex), &header), cases[i].status);
        CHECK(header.version == 1 && header.count == 2 && header.sys_uptime == 3 &&
              header.unix_secs == 4 && header.sequence == 5 && header.source_id == 6);
        CHECK_STATUS(nf9_flowset_next(&it, &flowset), cases[i].status);
        CHECK_UINT(flowset.id, 77);
        CHECK_STATUS(nf9_flowset_error(&it)->code, cases[i].status);
        CHECK_UINT(nf9_flowset_error(&it)->offset, 0);
        CHECK_UINT(nf9_flowset_error(&it)->need, 20);
        CHECK_UINT(nf9_flowset_error(&it)->have, cases[i].have);
        CHECK_OCTETS(it.tail, cases[i].hex);
    }
}

static void no_octets_at_all_may_be_a_null_pointer(void)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset flowset;

    check_case("NULL");
    CHECK_STATUS(nf9_packet_open(&it, (nf9_bytes){ NULL, 0 }, &header), NF9_ERR_TRUNCATED);
    CHECK_STATUS(nf9_flowset_next(&it, &flowset), NF9_ERR_TRUNCATED);
}

static void kinds_follow_from_ids(void)
{
    check_case("kinds");
    CHECK_INT(nf9_flowset_kind_of(0), NF9_FLOWSET_TEMPLATES);
    CHECK_INT(nf9_flowset_kind_of(1), NF9_FLOWSET_OPTIONS_TEMPLATES);
    CHECK_INT(nf9_flowset_kind_of(2), NF9_FLOWSET_RESERVED);
    CHECK_INT(nf9_flowset_kind_of(255), NF9_FLOWSET_RESERVED);
    CHECK_INT(nf9_flowset_kind_of(256), NF9_FLOWSET_DATA);
    CHECK_INT(nf9_flowset_kind_of(65535), NF9_FLOWSET_DATA);
}

/* Every cut of a packet: what is there of each FlowSet is there, and nothing is read beyond. */
static void every_prefix_ends_where_it_ends(void)
{
    nf9_bytes whole = octets(HEADER "0000 000c 0100 0001 0001 0004 0100 0008 00000001 0102 0005 "
                                    "01 0103 0104 ff*256");

    for (size_t len = 0; len <= whole.len; len++) {
        nf9_bytes packet = guard_copy(whole.data, len);
        nf9_packet_iter it;
        nf9_header header;
        nf9_flowset flowset;
        size_t seen = NF9_HEADER_LENGTH;

        check_case("prefix of %zu", len);
        nf9_status st = nf9_packet_open(&it, packet, &header);
        CHECK_STATUS(st, len < 20 ? NF9_ERR_TRUNCATED : NF9_OK);
        while (nf9_flowset_next(&it, &flowset) == NF9_OK) {
            CHECK(flowset.body.data + flowset.body.len <= packet.data + len);
            CHECK(flowset.missing == 0 || flowset.offset + 4 + flowset.body.len == len);
            seen = flowset.offset + 4 + flowset.body.len;
        }
        if (st == NF9_OK)
            CHECK_UINT(seen + it.tail.len, len);
    }
}

/* A stream may move what it gave, once a packet is read to its end. */
static void a_tail_is_not_read_again(void)
{
    uint8_t octets_here[28] = { 0, 9 };
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset flowset;

    check_case("a tail of zeros that is overwritten");
    CHECK_STATUS(nf9_packet_open(&it, (nf9_bytes){ octets_here, sizeof octets_here }, &header),
                 NF9_OK);
    CHECK_STATUS(nf9_flowset_next(&it, &flowset), NF9_END);
    CHECK_UINT(it.tail.len, 8);
    memset(octets_here + 20, 1, 8);
    CHECK_STATUS(nf9_flowset_next(&it, &flowset), NF9_END);
}

int main(void)
{
    a_tail_is_not_read_again();
    packets_are_walked_by_length();
    the_header_is_read();
    a_failed_open_stays_and_leaves_the_header();
    no_octets_at_all_may_be_a_null_pointer();
    kinds_follow_from_ids();
    every_prefix_ends_where_it_ends();
    return check_end();
}
