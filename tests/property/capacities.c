/* SPDX-License-Identifier: MIT
 *
 * A packet with everything that a writer writes, into every room from none to what it needs: no
 * octet is written beyond, what is measured is what is needed, and too little is said.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <string.h>

#define LONG_TEXT "0123456789abcdefghijklmnopqrstuvwxyz"

static const nf9_template *data, *options;

static nf9_status write_all(nf9_writer *w)
{
    static const nf9_header header = { 9, 0, 10, 946684800, 7, 99 };
    static const uint8_t address[16] = { 0x20, 1, 0xd, 0xb8, [15] = 1 };
    static const uint64_t row[] = { 1, 2, 3 };
    static const uint8_t octets[300] = { 1 };
    const nf9_flowset undecoded = flowset_of(999, (nf9_bytes){ octets, 7 });

    nf9_write_header(w, &header);
    nf9_begin_templates(w);
    nf9_write_template(w, data);
    nf9_end_flowset(w);
    nf9_begin_options_templates(w);
    nf9_write_template(w, options);
    nf9_end_flowset_as(w, "pad", 3, 0);
    nf9_begin_data(w, data);
    for (int i = 0; i < 2; i++) {
        nf9_begin_record(w);
        nf9_put_uint(w, NF9_FT_IN_BYTES, 1500);
        nf9_put_int(w, 434, -5);
        nf9_put_float(w, 320, 0.5);
        nf9_put_bool(w, 276, true);
        nf9_put_ipv4(w, NF9_FT_IPV4_SRC_ADDR, address);
        nf9_put_ipv4(w, NF9_FT_IPV4_DST_ADDR, address);
        nf9_put_ipv6(w, NF9_FT_IPV6_SRC_ADDR, address);
        nf9_put_mac(w, NF9_FT_IN_SRC_MAC, address);
        nf9_put_text(w, NF9_FT_IF_NAME, "eth0");
        nf9_put_text(w, NF9_FT_IF_DESC, LONG_TEXT);
        nf9_put_octets(w, 95, octets, i == 0 ? sizeof octets : 0);
        nf9_put_time(w, NF9_FT_FLOW_START_NANOSECONDS, (nf9_time){ 946684800, 5 });
        nf9_end_record(w);
    }
    nf9_end_flowset(w);
    nf9_begin_data(w, options);
    nf9_put_u64s(w, row, 3);
    nf9_put_record(w, "abcdefg", 7);
    nf9_end_flowset(w);
    nf9_write_flowset(w, &undecoded);
    return nf9_write_tail(w, octets, 5);
}

static void every_room_from_none_to_enough(void)
{
    nf9_writer w;
    size_t need = 0, len = 0;

    data = template_of("0100 000c 0001 0003 01b2 0002 0140 0004 0114 0001 0008 0004 000c 0010"
                       "001b 0010 0038 0006 0052 0009 0053 ffff 005f ffff 009c 0008");
    options = options_template_of("0101 0004 0008 0001 0004 0022 0002 0023 0001");
    check_case("measured");
    nf9_writer_init(&w, NULL, 0);
    CHECK_STATUS(write_all(&w), NF9_OK);
    CHECK_STATUS(nf9_writer_finish(&w, &need), NF9_OK);
    CHECK_UINT(need, 20 + 56 + 25 + (4 + 61 + 37 + 303 + 8 + 61 + 37 + 1 + 8) + 20 + 11 + 5);

    uint8_t *whole = guard_room(need);
    nf9_writer_init(&w, whole, need);
    write_all(&w);
    CHECK_STATUS(nf9_writer_finish(&w, &len), NF9_OK);
    CHECK_UINT(len, need);
    for (size_t cap = 0; cap <= need + 1; cap++) {
        uint8_t *room = guard_room(cap);
        size_t unchanged = 12345;
        check_case("room for %zu", cap);
        nf9_writer_init(&w, room, cap);
        write_all(&w);
        if (cap < need) {
            const nf9_encode_error *e = nf9_writer_error(&w);
            CHECK_STATUS(nf9_writer_finish(&w, &unchanged), NF9_ERR_SPACE);
            CHECK_UINT(unchanged, 12345);
            CHECK(e->at.offset <= cap && e->at.have == cap - e->at.offset &&
                  e->at.need > e->at.have && e->at.offset + e->at.need <= need);
        } else {
            CHECK_STATUS(nf9_writer_finish(&w, &len), NF9_OK);
            CHECK_UINT(len, need);
            CHECK(memcmp(room, whole, need) == 0);
            CHECK(cap == need || room[need] == 0xaa);
        }
    }
    guard_release();
}

/* The capacity that is said to be there is not the writer's to exceed either. */
static void what_lies_behind_stays_as_it_is(void)
{
    nf9_writer w;

    data = template_of("0100 0002 0001 0004 0052 0010");
    for (size_t cap = 0; cap < 60; cap++) {
        uint8_t *room = guard_room(100);
        bool same = true;
        check_case("%zu of 100", cap);
        nf9_writer_init(&w, room, cap);
        nf9_write_header(&w, &(nf9_header){ .version = 9 });
        nf9_begin_data(&w, data);
        nf9_begin_record(&w);
        nf9_put_uint(&w, NF9_FT_IN_BYTES, 1);
        nf9_put_text(&w, NF9_FT_IF_NAME, "eth0");
        nf9_end_record(&w);
        nf9_end_flowset(&w);
        CHECK_STATUS(nf9_writer_finish(&w, NULL), cap < 44 ? NF9_ERR_SPACE : NF9_OK);
        for (size_t i = cap; i < 100; i++)
            same = same && room[i] == 0xaa;
        CHECK(same);
        guard_release();
        data = template_of("0100 0002 0001 0004 0052 0010");
    }
    guard_release();
}

int main(void)
{
    every_room_from_none_to_enough();
    what_lies_behind_stays_as_it_is();
    return check_end();
}
