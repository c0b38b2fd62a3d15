/* SPDX-License-Identifier: MIT
 *
 * track.c: what the headers of a source's packets say, one after the other.
 */
#include "check.h"
#include <nf9/nf9.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 8
#define NONE UINT32_MAX
#define START 1553866012u

/* A packet: sequence, ms and s since the first, Count, records where they are known; what it
 * shows, as words: "lost=N dup reord restart wrap records". */
typedef struct packet {
    uint32_t sequence, uptime, secs, count, records;
    const char *says;
} packet;

static const struct {
    const char *name;
    uint32_t uptime; /* of the first */
    packet packets[MOST]; /* up to the first whose text is NULL */
} cases[] = {
    { "one after the other", 1000,
      { { 1, 0, 0, 5, NONE, "" }, { 2, 10, 0, 5, NONE, "" }, { 3, 20, 0, 5, NONE, "" } } },
    { "the sequence wraps", 1000,
      { { UINT32_MAX, 0, 0, 5, NONE, "" }, { 0, 10, 0, 5, NONE, "" }, { 1, 20, 0, 5, NONE, "" } } },
    { "a small gap is a loss when two more came", 1000,
      { { 10, 0, 0, 9, NONE, "" }, { 13, 10, 0, 9, NONE, "" }, { 14, 20, 0, 9, NONE, "" },
        { 15, 30, 0, 9, NONE, "lost=2" }, { 16, 40, 0, 9, NONE, "" } } },
    { "a small gap is a loss a second later", 1000,
      { { 10, 0, 0, 9, NONE, "" }, { 13, 10, 0, 9, NONE, "" },
        { 14, 1010, 1, 9, NONE, "lost=2" }, { 15, 1020, 1, 9, NONE, "" } } },
    { "what comes late is no loss", 1000,
      { { 10, 0, 0, 9, NONE, "" }, { 12, 20, 0, 9, NONE, "" }, { 11, 10, 0, 9, NONE, "reord" },
        { 13, 30, 0, 9, NONE, "" }, { 14, 40, 0, 9, NONE, "" }, { 15, 50, 0, 9, NONE, "" } } },
    { "half of a gap comes late", 1000,
      { { 10, 0, 0, 9, NONE, "" }, { 13, 30, 0, 9, NONE, "" }, { 11, 10, 0, 9, NONE, "reord" },
        { 14, 40, 0, 9, NONE, "" }, { 15, 50, 0, 9, NONE, "lost=1" } } },
    { "a gap of 3 may be reordering, one of 4 is a loss", 1000,
      { { 10, 0, 0, 9, NONE, "" }, { 14, 10, 0, 9, NONE, "" }, { 15, 20, 0, 9, NONE, "" },
        { 16, 30, 0, 9, NONE, "lost=3" }, { 21, 40, 0, 9, NONE, "lost=4" } } },
    { "twice", 1000,
      { { 10, 0, 0, 9, NONE, "" }, { 11, 10, 0, 9, NONE, "" }, { 11, 10, 0, 9, NONE, "dup" },
        { 10, 0, 0, 9, NONE, "dup" }, { 12, 20, 0, 9, NONE, "" } } },
    { "restart", 9000000,
      { { 500, 0, 0, 9, NONE, "" }, { 501, 10, 0, 9, NONE, "" },
        { 1, 0u - 8999000u, 60, 9, NONE, "restart" }, { 2, 0u - 8998990u, 60, 9, NONE, "" } } },
    { "a packet of the boot before comes late: one restart, not two", 9000000,
      { { 500, 0, 0, 9, NONE, "" }, { 1, 0u - 8999000u, 60, 9, NONE, "restart" },
        { 501, 100, 0, 9, NONE, "reord" }, { 2, 0u - 8998000u, 61, 9, NONE, "" } } },
    { "late packets of a boot that was not seen", 1000,
      { { 1, 0, 60, 9, NONE, "" }, { 500, 9000000, 0, 9, NONE, "reord" },
        { 2, 10, 60, 9, NONE, "" }, { 501, 9000010, 0, 9, NONE, "reord" },
        { 3, 20, 60, 9, NONE, "" } } },
    { "the clock is set back", 9000000,
      { { 10, 0, 3600, 9, NONE, "" }, { 11, 10, 0, 9, NONE, "" }, { 12, 20, 0, 9, NONE, "" } } },
    { "the clock is set back in a gap", 9000000,
      { { 10, 0, 3600, 9, NONE, "" }, { 21, 10, 0, 9, NONE, "reord" },
        { 22, 20, 0, 9, NONE, "reord" }, { 23, 30, 0, 9, NONE, "reord" },
        { 24, 40, 0, 9, NONE, "reord" }, { 25, 50, 0, 9, NONE, "reord" },
        { 26, 60, 0, 9, NONE, "reord" }, { 27, 70, 0, 9, NONE, "" } } },
    { "uptime falls within the wobble of a second", 9000000,
      { { 500, 0, 0, 9, NONE, "" }, { 501, 0u - 900u, 1, 9, NONE, "" },
        { 502, 100, 1, 9, NONE, "" } } },
    { "uptime wraps", UINT32_MAX - 999,
      { { 500, 0, 0, 9, NONE, "" }, { 501, 2000, 2, 9, NONE, "wrap" },
        { 502, 3000, 3, 9, NONE, "" } } },
    { "uptime is frozen and the clock goes on", 9000000,
      { { 500, 0, 0, 9, NONE, "" }, { 501, 0, 30, 9, NONE, "" }, { 502, 0, 60, 9, NONE, "" } } },
    { "uptime is frozen and the sequence begins again", 9000000,
      { { 500, 0, 0, 9, NONE, "" }, { 1, 0, 30, 9, NONE, "restart" },
        { 2, 0, 60, 9, NONE, "" } } },
    { "the sequence counts records", 1000,
      { { 100, 0, 0, 5, NONE, "" }, { 105, 10, 0, 6, NONE, "" }, { 111, 20, 0, 7, NONE, "" },
        { 118, 30, 0, 8, NONE, "records" }, { 126, 40, 0, 8, NONE, "" },
        { 144, 50, 0, 8, NONE, "lost=10" }, { 152, 60, 0, 8, NONE, "" } } },
    { "the sequence counts records, Count is something else", 1000,
      { { 100, 0, 0, 1, 5, "" }, { 105, 10, 0, 1, 6, "" }, { 111, 20, 0, 1, 7, "" },
        { 118, 30, 0, 1, 8, "records" }, { 126, 40, 0, 1, 8, "" },
        { 135, 50, 0, 1, 8, "lost=1" } } },
    { "two steps by Count are no proof", 1000,
      { { 100, 0, 0, 5, NONE, "" }, { 105, 10, 0, 6, NONE, "" }, { 111, 20, 0, 7, NONE, "" },
        { 112, 30, 0, 7, NONE, "lost=9" }, { 113, 40, 0, 7, NONE, "" } } },
    { "what comes late behind a step by Count is no loss", 1000,
      { { 100, 0, 0, 2, NONE, "" }, { 102, 20, 0, 1, NONE, "" }, { 101, 10, 0, 2, NONE, "reord" },
        { 103, 30, 0, 2, NONE, "" }, { 104, 40, 0, 2, NONE, "" } } },
    { "what was lost before a step by Count and comes late says nothing of it", 1000,
      { { 100, 0, 0, 9, NONE, "" }, { 105, 10, 0, 2, NONE, "lost=4" },
        { 107, 20, 0, 9, NONE, "" }, { 102, 30, 0, 9, NONE, "reord found" },
        { 108, 40, 0, 9, NONE, "lost=1" } } },
    { "what was called lost and comes is found, once", 1000,
      { { 10, 0, 0, 9, NONE, "" }, { 15, 50, 0, 9, NONE, "lost=4" },
        { 12, 20, 0, 9, NONE, "reord found" }, { 12, 20, 0, 9, NONE, "dup" },
        { 13, 30, 0, 9, NONE, "reord found" }, { 9, 0, 0, 9, NONE, "reord" },
        { 16, 60, 0, 9, NONE, "" } } },
    { "what was called lost two packets later is found", 1000,
      { { 10, 0, 0, 9, NONE, "" }, { 12, 20, 0, 9, NONE, "" }, { 13, 30, 0, 9, NONE, "" },
        { 14, 40, 0, 9, NONE, "lost=1" }, { 11, 10, 0, 9, NONE, "reord found" } } },
    { "what was before the first packet fills no gap", 1000,
      { { 1, 0, 0, 9, NONE, "" }, { 3, 20, 0, 9, NONE, "" }, { 0, 0, 0, 9, NONE, "reord" },
        { 2, 10, 0, 9, NONE, "reord" }, { 4, 30, 0, 9, NONE, "" }, { 5, 40, 0, 9, NONE, "" },
        { 6, 50, 0, 9, NONE, "" } } },
    { "nor does what was called lost before it", 1000,
      { { 0, 0, 0, 9, NONE, "" }, { 5, 10, 0, 9, NONE, "lost=4" }, { 7, 20, 0, 9, NONE, "" },
        { 4, 5, 0, 9, NONE, "reord found" }, { 8, 30, 0, 9, NONE, "" },
        { 9, 40, 0, 9, NONE, "lost=1" }, { 6, 15, 0, 9, NONE, "reord found" } } },
    { "what is missing where the sequence is set back is lost", 1000,
      { { 100, 0, 0, 2, NONE, "" }, { 102, 20, 0, 3, NONE, "" },
        { 18, 30, 0, 2, NONE, "lost=1 reord" }, { 20, 40, 0, 2, NONE, "" },
        { 19, 35, 0, 9, NONE, "reord" }, { 21, 50, 0, 9, NONE, "" } } },
    { "what was before the first packet was not lost, nor what was before a jump back", 1000,
      { { 100, 0, 0, 9, NONE, "" }, { 98, 0, 0, 9, NONE, "reord" },
        { 200, 10, 0, 9, NONE, "lost=99" }, { 140, 5, 0, 9, NONE, "reord found" },
        { 20, 20, 0, 9, NONE, "reord" }, { 18, 20, 0, 9, NONE, "reord" } } },
    { "behind the newest, where the sequence counts records", 1000,
      { { 100, 0, 0, 5, NONE, "" }, { 105, 10, 0, 6, NONE, "" }, { 111, 20, 0, 7, NONE, "" },
        { 118, 30, 0, 8, NONE, "records" }, { 118, 30, 0, 8, NONE, "dup" },
        { 111, 20, 0, 7, NONE, "reord" }, { 126, 40, 0, 8, NONE, "" } } },
    { "a packet without a data record, where the sequence counts these", 1000,
      { { 100, 0, 0, 1, 0, "" }, { 100, 10, 0, 5, NONE, "" }, { 101, 20, 0, 5, NONE, "" } } },
    { "the sequence is set far back and goes on from there", 1000,
      { { 500, 0, 0, 9, NONE, "" }, { 501, 10, 0, 9, NONE, "" }, { 400, 20, 0, 9, NONE, "reord" },
        { 401, 30, 0, 9, NONE, "" }, { 402, 40, 0, 9, NONE, "" } } },
};

static void say(const nf9_verdict *v, char *said, size_t cap)
{
    static const struct {
        unsigned bit;
        const char *word;
    } words[] = { { NF9_TRACK_DUPLICATE, "dup" }, { NF9_TRACK_REORDERED, "reord" },
                  { NF9_TRACK_RESTART, "restart" }, { NF9_TRACK_WRAP, "wrap" },
                  { NF9_TRACK_RECORDS, "records" },
                  { NF9_TRACK_FOUND, "found" } };
    size_t n = 0;

    said[0] = '\0';
    if ((v->what & NF9_TRACK_LOST) != 0)
        n += (size_t)snprintf(said, cap, "lost=%u", (unsigned)v->lost);
    else
        CHECK_UINT(v->lost, 0);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if ((v->what & words[i].bit) != 0)
            n += (size_t)snprintf(said + n, cap - n, "%s%s", n > 0 ? " " : "", words[i].word);
}

static void packets_are_tracked(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_tracker tracker = { 0 };
        for (size_t k = 0; k < MOST && cases[i].packets[k].says != NULL; k++) {
            const packet *p = &cases[i].packets[k];
            const nf9_header h = { 9, (uint16_t)p->count, cases[i].uptime + p->uptime,
                                   START + p->secs, p->sequence, 0 };
            nf9_verdict v;
            char said[100];
            nf9_track(&tracker, &h, &v);
            if (p->records != NONE)
                nf9_track_records(&tracker, p->records);
            say(&v, said, sizeof said);
            check_case("%s, packet %zu", cases[i].name, k + 1);
            CHECK_TEXT(said, p->says);
        }
    }
}

static void the_expected_sequence_is_said(void)
{
    nf9_tracker tracker = { 0 };
    nf9_header h = { 9, 5, 1000, START, 42, 0 };
    nf9_verdict v;

    nf9_track(&tracker, &h, &v);
    check_case("of the first its own");
    CHECK_UINT(v.expected, 42);
    h.sequence = 50;
    nf9_track(&tracker, &h, &v);
    check_case("of the second the next");
    CHECK_UINT(v.expected, 43);
    CHECK(!v.records);
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

#define PACKETS 60

typedef struct arrival {
    uint32_t n, when; /* the n-th that was sent */
} arrival;

static int earlier(const void *a, const void *b)
{
    const arrival *one = a, *other = b;
    return one->when != other->when ? (one->when > other->when) - (one->when < other->when)
                                    : (one->n > other->n) - (one->n < other->n);
}

/* Some packets in the order in which they arrive: up to 20 places late, some never, some twice. */
static size_t arrivals(uint32_t *state, arrival *arrived)
{
    uint32_t late = next_random(state) % 160 + 1, lost = next_random(state) % 40;
    size_t n = 0;

    for (uint32_t i = 0; i < PACKETS; i++)
        for (int twice = 0; twice < 2; twice++)
            if (next_random(state) % 100 >= (twice ? 90 : lost))
                arrived[n++] = (arrival){ i, 8 * i + next_random(state) % late };
    qsort(arrived, n, sizeof *arrived, earlier);
    return n;
}

/* In whatever order: what was called lost and not found, or is still waited for, is what is missing
 * behind the first. */
static void lost_is_what_is_missing(void)
{
    static arrival arrived[2 * PACKETS];

    for (uint32_t run = 0; run < 20000; run++) {
        uint32_t state = run, base = run % 2 == 0 ? UINT32_MAX - 20 : 7;
        size_t n = arrivals(&state, arrived);
        nf9_tracker tracker = { 0 };
        bool came[PACKETS] = { false };
        uint32_t newest = 0, called = 0;
        for (size_t k = 0; k < n; k++) {
            uint32_t sent = arrived[k].n, missing = 0;
            nf9_header h = { 9, 30, 1000 + sent, START, base + sent, 0 };
            nf9_verdict v;
            nf9_track(&tracker, &h, &v);
            came[sent] = true;
            newest = k == 0 || sent > newest ? sent : newest;
            for (uint32_t i = arrived[0].n; i < newest; i++)
                missing += !came[i];
            called += v.lost - ((v.what & NF9_TRACK_FOUND) != 0);
            check_case("order %u, packet %zu", (unsigned)run, k + 1);
            CHECK_UINT(called + tracker.gap + tracker.suspect, missing);
        }
    }
}

int main(void)
{
    packets_are_tracked();
    the_expected_sequence_is_said();
    lost_is_what_is_missing();
    return check_end();
}
