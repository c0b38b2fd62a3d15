/* SPDX-License-Identifier: MIT
 *
 * record_stream.c: records of a stream, what waits in it, and what is said of the rest.
 */
#include "check.h"
#include "guard.h"
#include "ledger.h"
#include "split.h"
#include <inttypes.h>
#include <nf9/nf9.h>
#include <stdio.h>
#include <string.h>

#define AT(sequence) "0009 0001 00010000 5c9e1a00 " sequence " 00000007 "
#define T256 "0000 000c 0100 0001 0001 0004 " /* IN_BYTES */
#define D256(value) "0100 0008 " value " "
#define D300 "012c 000a 111111111111 "

/* 28 octets, 6 of garbage, 60, 24 and cut. */
#define STREAM                                                                                  \
    AT("00000001") D256("00000001") "ffff ffff 0000 " AT("00000002") T256 D256("00000002")       \
    "0100 000c 00000003 00000004 " D300 AT("00000005") "0100 0010 00000005 0000"

typedef struct notes {
    char text[300];
} notes;

static void on_notice(void *user, const nf9_notice *n)
{
    static const char letters[NF9_NOTICE_COUNT] = { 'S', 'P', 'O', 'T', 'W', 'D', 'U', 'G', 'C' };
    char *text = ((notes *)user)->text;
    size_t at = strlen(text);

    snprintf(text + at, sizeof(notes) - at, "%c%" PRIu64 "@%" PRIu64 " ", letters[n->kind],
             n->octets, n->offset);
}

static uint64_t value(const nf9_record *r)
{
    uint64_t v = 0;

    CHECK_UINT(nf9_record_u64(r, &v, 1), 1);
    return v;
}

static void records_and_what_is_said(void)
{
    static const uint64_t want[] = { 1, 2, 3, 4, 5 }, packet[] = { 1, 2, 2, 2, 3 },
                          offset[] = { 0, 34, 34, 34, 96 };

    for (int how = SPLIT_WHOLE; how <= SPLIT_SLOWLY; how++) {
        split s;
        nf9_data_record r;
        nf9_status st;
        notes said = { "" };
        size_t n = 0;
        check_case("split %d", how);
        split_init(&s, octets(STREAM), (split_how)how, 5);
        nf9_packet_stream *ps = nf9_packet_stream_new(&s.input, NF9_FRAMING_FLOWSETS, 0, NULL);
        nf9_record_stream *rs = nf9_record_stream_new(ps, NULL, NULL);
        nf9_collector_on_notice(nf9_record_stream_collector(rs), on_notice, &said);
        while ((st = nf9_record_stream_next(rs, &r)) == NF9_OK || st == NF9_AGAIN) {
            if (st == NF9_AGAIN || !CHECK(n < 5))
                continue;
            CHECK_UINT(value(&r.record), want[n]);
            CHECK_UINT(r.of->origin->number, packet[n]);
            CHECK_UINT(r.of->origin->offset, offset[n]);
            CHECK_UINT(r.of->origin->header.source_id, 7);
            CHECK_INT(r.of->match, n == 0 ? NF9_MATCH_AFTER : NF9_MATCH_BEFORE);
            n++;
        }
        CHECK_STATUS(st, NF9_END);
        CHECK_UINT(n, 5);
        CHECK_STATUS(nf9_record_stream_next(rs, &r), NF9_END);
        /* what waited, the garbage, what still waits, the end */
        CHECK_TEXT(said.text, "W4@20 G6@28 W6@86 C6@126 O6@116 ");
        const nf9_waiting *w = nf9_pending_oldest(nf9_record_stream_pending(rs));
        if (CHECK(w != NULL)) {
            CHECK_UINT(w->flowset.id, 300);
            CHECK_UINT(w->flowset.body.len, 6);
            CHECK_UINT(w->origin.offset + w->flowset.offset, 86);
            CHECK(w->next == NULL);
        }
        nf9_record_stream_free(rs);
        nf9_packet_stream_free(ps);
        guard_release();
    }
}

static void flowsets_as_a_whole(void)
{
    static const uint32_t want[] = { 1, 1, 2, 1 };
    nf9_input in;
    nf9_data_flowset d;
    size_t n = 0;

    check_case("FlowSets");
    nf9_input_memory(&in, octets(STREAM));
    nf9_packet_stream *ps = nf9_packet_stream_new(&in, NF9_FRAMING_FLOWSETS, 0, NULL);
    nf9_record_stream *rs = nf9_record_stream_new(ps, NULL, NULL);
    for (; nf9_record_stream_flowset(rs, &d) == NF9_OK && n < 4; n++)
        CHECK_UINT(nf9_records_count(&d.records), want[n]);
    CHECK_UINT(n, 4);
    CHECK_STATUS(nf9_record_stream_flowset(rs, &d), NF9_END);
    nf9_record_stream_free(rs);
    nf9_packet_stream_free(ps);
    guard_release();
}

/* A packet that is followed from a failed read on: nothing is lost. */
static nf9_status read_failing(nf9_input *input, uint8_t *buf, size_t cap, size_t *got)
{
    if ((input->system_error ^= 1) != 0)
        return NF9_ERR_INPUT;
    if (input->memory.len == 0)
        return NF9_END;
    (void)cap;
    *buf = *input->memory.data++;
    input->memory.len--;
    *got = 1;
    return NF9_OK;
}

static void a_failed_read_loses_nothing(void)
{
    nf9_input in = { .read = read_failing, .memory = octets(STREAM) };
    nf9_packet_stream *ps = nf9_packet_stream_new(&in, NF9_FRAMING_FLOWSETS, 0, NULL);
    nf9_record_stream *rs = nf9_record_stream_new(ps, NULL, NULL);
    nf9_data_record r;
    nf9_status st;
    size_t n = 0, failed = 0;

    check_case("failing reads");
    while ((st = nf9_record_stream_next(rs, &r)) != NF9_END) {
        n += st == NF9_OK;
        failed += st == NF9_ERR_INPUT;
    }
    CHECK_UINT(n, 5);
    CHECK(failed > 100);
    nf9_record_stream_free(rs);
    nf9_packet_stream_free(ps);
    guard_release();
}

/* Many sources and much that waits, with the n-th allocation failing. */
static size_t run(size_t fail_at, bool fail_all)
{
    ledger book = { .fail_at = fail_at, .fail_all = fail_all };
    nf9_allocator a = ledger_allocator(&book);
    nf9_collector *c = nf9_collector_new(NULL, &a);
    nf9_data_record r;
    size_t n = 0;

    for (unsigned i = 0; i < 60 && c != NULL; i++) {
        char hex[400];
        snprintf(hex, sizeof hex, "0009 0001 00010000 5c9e1a00 %08x %08x %s", i, i / 2,
                 i % 2 == 0 ? D256("00000001") D256("00000002") : T256 D256("00000003"));
        const nf9_datagram d = { .bytes = octets(hex) };
        CHECK_STATUS(nf9_collector_give(c, &d), NF9_OK);
        while (nf9_collector_next(c, &r) == NF9_OK)
            n++;
        guard_release();
    }
    CHECK(n <= 90);
    CHECK(book.failed > 0 || n == 90);
    nf9_collector_free(c);
    CHECK_UINT(book.blocks, 0);
    CHECK_UINT(book.octets, 0);
    return book.asked;
}

static void the_nth_allocation_fails(void)
{
    check_case("none fails");
    size_t all = run(0, false);

    CHECK(all > 100);
    for (size_t n = 1; n <= all; n++) {
        check_case("allocation %zu of %zu fails", n, all);
        run(n, false);
        run(n, true);
    }
    printf("n-th allocation failing: n from 1 to %zu\n", all);
    check_case("a stream without memory");
    for (size_t n = 1; n <= 4; n++) {
        ledger book = { .fail_at = n };
        nf9_allocator a = ledger_allocator(&book);
        CHECK(nf9_record_stream_new(NULL, NULL, &a) == NULL);
        CHECK_UINT(book.blocks, 0);
    }
    nf9_record_stream_free(NULL);
}

int main(void)
{
    records_and_what_is_said();
    flowsets_as_a_whole();
    a_failed_read_loses_nothing();
    the_nth_allocation_fails();
    return check_end();
}
