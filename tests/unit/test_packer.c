/* SPDX-License-Identifier: MIT
 *
 * packer.c: what stands in the datagrams, by octets written by hand, and what is refused.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <string.h>

#define MOST 16u

typedef struct sent {
    nf9_bytes all[MOST];
    size_t n;
    nf9_status answer;
} sent;

static nf9_status keep(void *user, nf9_bytes datagram)
{
    sent *s = user;

    if (s->n == MOST)
        return NF9_ERR_LIMIT;
    s->all[s->n++] = guard_copy(datagram.data, datagram.len);
    return s->answer;
}

static nf9_clock at_ms(uint64_t ms)
{
    return (nf9_clock){ ms, (uint32_t)(946684800 + ms / 1000) };
}

/* A packer with Source ID 0x63, whose first sequence is 0xffffffff. */
static nf9_packer packer_of(sent *s, size_t mtu, uint32_t refresh_packets, uint64_t refresh_ms)
{
    const nf9_packer_options options = { .mtu = mtu,
                                         .source_id = 0x63,
                                         .sequence = UINT32_MAX,
                                         .refresh_packets = refresh_packets,
                                         .refresh_ms = refresh_ms,
                                         .send = keep,
                                         .user = s };
    size_t room = NF9_PACKER_ROOM(mtu);
    nf9_packer p;

    memset(s, 0, sizeof *s);
    CHECK_STATUS(nf9_packer_init(&p, &options, guard_room(room), room), NF9_OK);
    return p;
}

static void templates_come_first_and_records_fill_up(void)
{
    const nf9_template *list[2] = { template_of("0100 0001 0001 0004"),
                                    options_template_of("0101 0004 0004 0001 0000 0022 0001") };
    const uint64_t value = 0x01020304;
    sent s;
    nf9_packer p = packer_of(&s, 63, 0, 0);

    check_case("filled");
    CHECK_STATUS(nf9_packer_templates(&p, list, 2), NF9_OK);
    for (uint64_t i = 0; i < 4; i++)
        CHECK_STATUS(nf9_packer_add_u64s(&p, list[0], &value, 1, at_ms(i * 1000)), NF9_OK);
    CHECK_UINT(s.n, 1);
    nf9_writer *w = nf9_packer_begin(&p, list[1]);
    nf9_put_octets(w, NF9_AS_SCOPE(NF9_SCOPE_SYSTEM), NULL, 0);
    nf9_put_uint(w, NF9_FT_SAMPLING_INTERVAL, 7);
    CHECK_STATUS(nf9_packer_end(&p, at_ms(4000)), NF9_OK);
    CHECK_STATUS(nf9_packer_add(&p, list[0], "abcd", 4, at_ms(5000)), NF9_OK);
    CHECK_STATUS(nf9_packer_flush(&p, at_ms(6000)), NF9_OK);
    CHECK_STATUS(nf9_packer_flush(&p, at_ms(7000)), NF9_OK);
    CHECK_UINT(s.n, 2);
    CHECK_UINT(nf9_packer_sequence(&p), 1);
    /* sent when the second record found no room */
    CHECK_OCTETS(s.all[0], "0009 0003 000003e8 386d4381 ffffffff 00000063"
                           "0000 000c 0100 0001 0001 0004"
                           "0001 0014 0101 0004 0004 0001 0000 0022 0001 0000"
                           "0100 0008 01020304");
    CHECK_OCTETS(s.all[1], "0009 0005 00001770 386d4386 00000000 00000063"
                           "0100 0010 01020304 01020304 01020304"
                           "0101 0005 07"
                           "0100 0008 61626364");
    guard_release();
}

/* Which of the datagrams have templates: an octet each. */
static const char *with_templates(const sent *s)
{
    static char text[MOST + 1];
    size_t n;

    for (n = 0; n < s->n; n++) {
        nf9_packet_iter it;
        nf9_header header;
        nf9_flowset flowset;
        nf9_packet_open(&it, s->all[n], &header);
        text[n] = '.';
        while (nf9_flowset_next(&it, &flowset) == NF9_OK)
            if (flowset.id == 0)
                text[n] = 'T';
    }
    text[n] = '\0';
    return text;
}

static void templates_are_sent_again_as_asked(void)
{
    static const struct {
        const char *what;
        uint32_t packets;
        uint64_t ms;
        const char *with;
    } cases[] = {
        { "never", 0, 0, "T........." },
        { "each", 1, 0, "TTTTTTTTTT" },
        { "every third", 3, 0, "T..T..T..T" },
        { "after a second", 0, 1000, "T...T...T." },
        { "both", 3, 1000, "T..T..T..T" },
    };
    const nf9_template *list[1] = { template_of("0100 0001 0001 0004") };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sent s;
        nf9_packer p = packer_of(&s, 100, cases[i].packets, cases[i].ms);
        check_case("%s", cases[i].what);
        nf9_packer_templates(&p, list, 1);
        for (uint64_t n = 0; n < 10; n++) {
            nf9_packer_add(&p, list[0], "abcd", 4, at_ms(n * 250));
            nf9_packer_flush(&p, at_ms(n * 250));
        }
        CHECK_TEXT(with_templates(&s), cases[i].with);
    }
    guard_release();
}

static void they_are_sent_without_records_too(void)
{
    const nf9_template *list[1] = { template_of("0100 0001 0001 0004") };
    sent s;
    nf9_packer p = packer_of(&s, 100, 0, 1000);

    check_case("tick");
    CHECK_STATUS(nf9_packer_tick(&p, at_ms(0)), NF9_OK); /* none there yet */
    nf9_packer_templates(&p, list, 1);
    for (uint64_t ms = 0; ms <= 2500; ms += 500)
        CHECK_STATUS(nf9_packer_tick(&p, at_ms(ms)), NF9_OK);
    CHECK_TEXT(with_templates(&s), "TTT");
    nf9_packer_add(&p, list[0], "abcd", 4, at_ms(2600));
    nf9_packer_tick(&p, at_ms(2700));
    CHECK_UINT(s.n, 3);
    nf9_packer_resend(&p);
    nf9_packer_tick(&p, at_ms(2800));
    CHECK_TEXT(with_templates(&s), "TTTT");
    CHECK_OCTETS(s.all[3], "0009 0002 00000af0 386d4382 00000002 00000063"
                           "0100 0008 61626364 0000 000c 0100 0001 0001 0004");
    guard_release();
}

static void another_list_is_sent_before_its_records(void)
{
    const nf9_template *one[1] = { template_of("0100 0001 0001 0004") };
    const nf9_template *other[1] = { template_of("0100 0001 0002 0004") };
    sent s;
    nf9_packer p = packer_of(&s, 100, 0, 0);

    check_case("another list");
    nf9_packer_templates(&p, one, 1);
    nf9_packer_add(&p, one[0], "abcd", 4, at_ms(0));
    nf9_packer_templates(&p, other, 1);
    CHECK_STATUS(nf9_packer_add(&p, one[0], "abcd", 4, at_ms(0)), NF9_ERR_STATE);
    CHECK_STATUS(nf9_packer_error(&p)->at.code, NF9_ERR_STATE);
    CHECK_STATUS(nf9_packer_add(&p, other[0], "efgh", 4, at_ms(0)), NF9_OK);
    nf9_packer_flush(&p, at_ms(0));
    CHECK_OCTETS(s.all[0], "0009 0004 00000000 386d4380 ffffffff 00000063"
                           "0000 000c 0100 0001 0001 0004 0100 0008 61626364"
                           "0000 000c 0100 0001 0002 0004 0100 0008 65666768");
    guard_release();
}

static void what_is_too_large_is_refused_and_the_rest_goes_on(void)
{
    const nf9_template *list[2] = { template_of("0100 0002 0001 0004 0052 ffff"),
                                    template_of("0101 0002 0001 0004 0002 0001") };
    const nf9_template *large[1] = { template_of(
        "0102 000a 0001 0004 0001 0004 0001 0004 0001 0004 0001 0004"
        "0001 0004 0001 0004 0001 0004 0001 0004 0001 0004") };
    sent s;
    nf9_packer p = packer_of(&s, 67, 0, 0); /* 43 octets beside the headers, 40 of them padded */
    nf9_writer *w;

    check_case("template");
    CHECK_STATUS(nf9_packer_templates(&p, large, 1), NF9_ERR_SPACE);
    CHECK_STATUS(nf9_packer_templates(&p, list, 2), NF9_OK);

    check_case("record of 41 octets");
    w = nf9_packer_begin(&p, list[0]);
    nf9_put_uint(w, NF9_FT_IN_BYTES, 1);
    nf9_put_text(w, NF9_FT_IF_NAME, "012345678901234567890123456789012345");
    CHECK_STATUS(nf9_packer_end(&p, at_ms(0)), NF9_ERR_SPACE);
    CHECK_UINT(nf9_packer_error(&p)->at.need, 68);
    CHECK_UINT(nf9_packer_error(&p)->at.have, 67);
    check_case("record larger than any");
    w = nf9_packer_begin(&p, list[0]);
    nf9_put_uint(w, NF9_FT_IN_BYTES, 1);
    nf9_put_octets(w, NF9_FT_IF_NAME, "0123456789012345678901234567890123456789"
                                      "0123456789012345678901234567890123456789", 80);
    CHECK_STATUS(nf9_packer_end(&p, at_ms(0)), NF9_ERR_SPACE);
    CHECK_UINT(nf9_packer_error(&p)->field, NF9_FT_IF_NAME);
    CHECK_UINT(s.n, 0);
    check_case("record of 40 octets");
    w = nf9_packer_begin(&p, list[0]);
    nf9_put_uint(w, NF9_FT_IN_BYTES, 1);
    nf9_put_text(w, NF9_FT_IF_NAME, "01234567890123456789012345678901234");
    CHECK_STATUS(nf9_packer_end(&p, at_ms(0)), NF9_OK);

    check_case("a value that does not fit");
    w = nf9_packer_begin(&p, list[1]);
    nf9_put_uint(w, NF9_FT_IN_BYTES, 1);
    nf9_put_uint(w, NF9_FT_IN_PKTS, 256);
    CHECK_STATUS(nf9_packer_end(&p, at_ms(0)), NF9_ERR_RANGE);
    CHECK_UINT(nf9_packer_error(&p)->field, NF9_FT_IN_PKTS);
    CHECK_UINT(nf9_packer_error(&p)->at.offset, 4);
    check_case("no record");
    CHECK_STATUS(nf9_packer_add(&p, list[1], "abcd", 4, at_ms(0)), NF9_ERR_LENGTH);
    CHECK_STATUS(nf9_packer_end(&p, at_ms(0)), NF9_ERR_LENGTH);
    check_case("given up");
    nf9_put_uint(nf9_packer_begin(&p, list[1]), NF9_FT_IN_BYTES, 9);
    CHECK_STATUS(nf9_packer_add(&p, list[1], "abcde", 5, at_ms(0)), NF9_OK);
    CHECK_STATUS(nf9_packer_end(&p, at_ms(0)), NF9_ERR_STATE);
    check_case("the rest");
    CHECK_STATUS(nf9_packer_flush(&p, at_ms(0)), NF9_OK);
    CHECK_UINT(s.n, 3);
    CHECK_OCTETS(s.all[0], "0009 0002 00000000 386d4380 ffffffff 00000063"
                           "0000 001c 0100 0002 0001 0004 0052 ffff 0101 0002 0001 0004 0002 0001");
    CHECK_UINT(s.all[1].len, 64);
    CHECK_OCTETS(s.all[2], "0009 0001 00000000 386d4380 00000001 00000063"
                           "0101 000c 6162636465 000000");
    guard_release();
}

static void what_could_not_be_sent_is_lost(void)
{
    const nf9_template *list[1] = { template_of("0100 0001 0001 0004") };
    sent s;
    nf9_packer p = packer_of(&s, 43, 0, 0);

    check_case("lost");
    s.answer = NF9_ERR_MEMORY;
    nf9_packer_templates(&p, list, 1);
    CHECK_STATUS(nf9_packer_add(&p, list[0], "abcd", 4, at_ms(0)), NF9_OK);
    CHECK_STATUS(nf9_packer_add(&p, list[0], "efgh", 4, at_ms(0)), NF9_ERR_MEMORY);
    s.answer = NF9_OK;
    CHECK_STATUS(nf9_packer_flush(&p, at_ms(0)), NF9_OK);
    CHECK_UINT(s.n, 2);
    CHECK_OCTETS(s.all[1], "0009 0001 00000000 386d4380 00000000 00000063 0100 0008 65666768");
    guard_release();
}

static void room_and_mtu_are_checked(void)
{
    static const struct {
        size_t mtu, cap;
        nf9_status status;
    } cases[] = {
        { 27, 1000, NF9_ERR_LIMIT },
        { 28, 55, NF9_ERR_SPACE },
        { 28, 56, NF9_OK },
        { 65535, 131069, NF9_ERR_SPACE },
        { 65535, 131070, NF9_OK },
        { 65536, 200000, NF9_ERR_LIMIT },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_packer_options options = { .mtu = cases[i].mtu, .send = keep };
        nf9_packer p;
        check_case("MTU %zu in %zu", cases[i].mtu, cases[i].cap);
        CHECK_STATUS(nf9_packer_init(&p, &options, guard_room(cases[i].cap), cases[i].cap),
                     cases[i].status);
        guard_release();
    }
}

/* A list's templates may go when another list comes: what is made of them then is no matter. */
static void the_list_before_is_not_needed(void)
{
    static const nf9_field_spec five[] = { { NF9_FT_IN_BYTES, 5 } };
    static const nf9_field_spec one[] = { { NF9_FT_PROTOCOL, 1 } };
    max_align_t memory[8];
    const nf9_template *before = NULL, *other = NULL, *list[1];
    const nf9_template *next[1] = { template_of("0101 0001 0001 0004") };
    const uint64_t value = 1;
    sent s;
    nf9_packer p = packer_of(&s, 200, 0, 0);

    check_case("another list");
    CHECK_STATUS(nf9_template_build(memory, sizeof memory, 256, NULL, 0, five, 1, &before), NF9_OK);
    list[0] = before;
    CHECK_STATUS(nf9_packer_templates(&p, list, 1), NF9_OK);
    CHECK_STATUS(nf9_packer_add_u64s(&p, before, &value, 1, at_ms(0)), NF9_OK);
    CHECK_STATUS(nf9_packer_templates(&p, next, 1), NF9_OK);
    CHECK_STATUS(nf9_template_build(memory, sizeof memory, 256, NULL, 0, one, 1, &other), NF9_OK);
    CHECK_STATUS(nf9_packer_add_u64s(&p, next[0], &value, 1, at_ms(0)), NF9_OK);
    CHECK_STATUS(nf9_packer_flush(&p, at_ms(0)), NF9_OK);
    CHECK_UINT(s.n, 1);
    CHECK_OCTETS(s.all[0], "0009 0004 00000000 386d4380 ffffffff 00000063"
                           "0000 000c 0100 0001 0001 0005"
                           "0100 000c 0000000001 000000"
                           "0000 000c 0101 0001 0001 0004"
                           "0101 0008 00000001");
}

int main(void)
{
    the_list_before_is_not_needed();
    templates_come_first_and_records_fill_up();
    templates_are_sent_again_as_asked();
    they_are_sent_without_records_too();
    another_list_is_sent_before_its_records();
    what_is_too_large_is_refused_and_the_rest_goes_on();
    what_could_not_be_sent_is_lost();
    room_and_mtu_are_checked();
    return check_end();
}
