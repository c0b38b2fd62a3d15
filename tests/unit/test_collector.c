/* SPDX-License-Identifier: MIT
 *
 * collector.c: datagrams in, records and notices out.
 */
#include "check.h"
#include "guard.h"
#include <inttypes.h>
#include <nf9/nf9.h>
#include <stdio.h>
#include <string.h>

/* Headers by uptime, seconds, sequence and Source ID. */
#define H(uptime, secs, sequence, source) "0009 0001 " uptime " " secs " " sequence " " source " "
#define AT(sequence) H("00010000", "5c9e1a00", sequence, "00000007")
#define T256 "0000 000c 0100 0001 0001 0004 "       /* IN_BYTES */
#define T256B "0000 000c 0100 0001 0002 0002 "      /* IN_PKTS, 2 octets */
#define T257 "0000 000c 0101 0001 0001 0004 "
#define T256SHORT "0000 000c 0100 0001 0004 0001 "  /* PROTOCOL, 1 octet */
#define D256(value) "0100 0008 " value " "
#define D257(value) "0101 0008 " value " "

static char said[1024];

static void add(const char *format, uint64_t a, uint64_t b)
{
    size_t n = strlen(said);

    snprintf(said + n, sizeof said - n, format, a, b);
}

/* Notices as a letter and what is to be known of each. */
static void on_notice(void *user, const nf9_notice *n)
{
    (void)user;
    switch (n->kind) {
    case NF9_NOTICE_SEQUENCE:
        add("S%" PRIx64 "/%" PRIu64 " ", n->verdict.what, n->verdict.lost);
        break;
    case NF9_NOTICE_PACKET:
        add("P%" PRIu64 " ", n->octets, 0);
        break;
    case NF9_NOTICE_OVERRUN:
        add("O%" PRIu64 "@%" PRIu64 " ", n->octets, n->offset);
        break;
    case NF9_NOTICE_TEMPLATES:
        add(n->status == NF9_ERR_LIMIT ? "L%" PRIu64 " " : "T%" PRIu64 " ", n->octets, 0);
        break;
    case NF9_NOTICE_WAITING:
        add("W%" PRIu64 "@%" PRIu64 " ", n->flowset_id, n->offset);
        break;
    case NF9_NOTICE_DROPPED:
        add("D%" PRIu64 "@%" PRIu64 " ", n->flowset_id, n->offset);
        break;
    case NF9_NOTICE_UNTRACKED:
        add("U ", 0, 0);
        break;
    case NF9_NOTICE_GARBAGE:
        add("G%" PRIu64 "@%" PRIu64 " ", n->octets, n->offset);
        break;
    case NF9_NOTICE_CUT:
        add("C%" PRIu64 "@%" PRIu64 " ", n->octets, n->offset);
        break;
    case NF9_NOTICE_COUNT:
        CHECK(false);
    }
}

/* A record as TYPE=VALUE, the packet that it came in, and "!" where it waited. */
static void say_record(const nf9_data_record *r)
{
    nf9_field f;
    uint64_t v = 0;

    CHECK_STATUS(nf9_record_column(&r->record, 0, &f), NF9_OK);
    CHECK_STATUS(nf9_field_u64(&f, &v), NF9_OK);
    CHECK(r->of->tmpl == r->record.tmpl);
    add("%" PRIu64 "=%" PRIu64 "", f.type, v);
    add("#%" PRIu64 "", r->of->origin->number, 0);
    if (r->of->match == NF9_MATCH_BORROWED || r->of->match == NF9_MATCH_BORROWED_AFTER)
        add("b", 0, 0);
    if (r->of->match == NF9_MATCH_AFTER || r->of->match == NF9_MATCH_BORROWED_AFTER)
        add("!", 0, 0);
    add(" ", 0, 0);
}

typedef struct step {
    uint32_t conversation, exporter;
    const char *hex; /* NULL: the last */
} step;

typedef struct story {
    const char *name;
    step steps[8];
    const char *said;   /* notices and records, a packet's between bars */
    const char *waiting; /* at the end: ID+OCTETS@OFFSET */
    nf9_collector_limits limits;
} story;

static const story stories[] = {
    { "template, then data", { { 0, 0, AT("00000001") T256 },
        { 0, 0, AT("00000002") D256("00000005") } },
      "|1=5#2 |", "", { .max_sources = 0 } },
    { "data and its template in one packet", { { 0, 0, AT("00000001") D256("00000005") T256 } },
      "1=5#1 |", "", { .max_sources = 0 } },
    { "data waits",
      { { 0, 0, AT("00000001") D256("00000005") D257("00000006") },
        { 0, 0, AT("00000002") D257("00000007") T256 D256("00000008") },
        { 0, 0, AT("00000003") T257 } },
      "W256@20 W257@28 |W257@120 1=5#1! 1=8#2 |1=6#1! 1=7#2! |", "", { .max_sources = 0 } },
    { "data waits in vain", { { 0, 0, AT("00000001") D256("00000005") },
        { 0, 0, AT("00000002") T257 } },
      "W256@20 ||", "256+4@0 ", { .max_sources = 0 } },
    { "other Source ID, other conversation",
      { { 1, 0, AT("00000001") D256("00000005") },
        { 1, 0, H("00010000", "5c9e1a00", "00000001", "00000008") T256 },
        { 2, 0, AT("00000001") T256 } },
      "W256@20 |||", "256+4@0 ", { .max_sources = 0 } },
    { "another conversation of the exporter",
      { { 1, 9, AT("00000001") D256("00000005") }, { 2, 9, AT("00000001") T256 },
        { 1, 9, AT("00000002") D256("00000006") } },
      "W256@20 |1=5#1b! |1=6#3b |", "", { .max_sources = 0 } },
    { "a redefinition",
      { { 0, 0, AT("00000001") T256 D256("00000005") T256B "0100 0006 0009 " },
        { 0, 0, AT("00000002") "0100 0006 000a" } },
      "1=5#1 2=9#1 |2=10#2 |", "", { .max_sources = 0 } },
    { "a restart voids",
      { { 0, 0, AT("00000001") T256 D256("00000005") },
        { 0, 0, H("00000010", "5c9e2000", "00000000", "00000007") D256("00000006") },
        { 0, 0, H("00000020", "5c9e2000", "00000001", "00000007") T256 D256("00000007") } },
      "1=5#1 |S8/0 W256@120 |1=6#2! 1=7#3 |", "", { .max_sources = 0 } },
    { "what waited before a restart stays undecoded",
      { { 0, 0, AT("00000001") D256("00000005") },
        { 0, 0, H("00000010", "5c9e2000", "00000000", "00000007") T256 } },
      "W256@20 |S8/0 |", "256+4@0 ", { .max_sources = 0 } },
    { "lost packets", { { 0, 0, AT("00000001") T256 }, { 0, 0, AT("00000009") D256("00000005") } },
      "|S1/7 1=5#2 |", "", { .max_sources = 0 } },
    { "a packet twice", { { 0, 0, AT("00000001") T256 }, { 0, 0, AT("00000002") D256("00000005") },
                          { 0, 0, AT("00000002") D256("00000005") } },
      "|1=5#2 |S2/0 1=5#3 |", "", { .max_sources = 0 } },
    { "padding by Count",
      { { 0, 0, "0009 0006 00010000 5c9e1a00 00000001 00000007 " T256SHORT
                "0100 000c 01 02 03 04 05 00 00 00" } },
      "4=1#1 4=2#1 4=3#1 4=4#1 4=5#1 |", "", { .max_sources = 0 } },
    { "no padding by another Count",
      { { 0, 0, "0009 0001 00010000 5c9e1a00 00000001 00000007 " T256SHORT
                "0100 0008 01 02 03 00" } },
      "4=1#1 4=2#1 4=3#1 4=0#1 |", "", { .max_sources = 0 } },
    { "no packet", { { 0, 0, "0005 0001" }, { 0, 0, "0009" }, { 0, 0, "" } }, "P4 |P2 |P0 |", "",
      { .max_sources = 0 } },
    { "octets left over", { { 0, 0, AT("00000001") T256 "0100 0002 1111" } }, "P6 |", "",
      { .max_sources = 0 } },
    { "a FlowSet that overruns", { { 0, 0, AT("00000001") T256 "0100 0010 00000005 00" } },
      "O7@32 1=5#1 |", "", { .max_sources = 0 } },
    { "templates at fault",
        { { 0, 0, AT("00000001") "0000 000c 00ff 0001 0001 0004 " T256 } }, "T1 |",
      "", { .max_sources = 0 } },
    { "a template beyond the limit voids its ID",
      { { 0, 0, AT("00000001") T256 }, { 0, 0, AT("00000002") T256B D256("00000005") } },
      "|L1 W256@132 |", "256+4@100 ", { .cache = { .max_definitions = 1 } } },
    { "a second source beyond the limit",
      { { 1, 0, AT("00000001") T256 }, { 2, 0, AT("00000001") T256 D256("00000005") },
        { 2, 0, AT("00000009") D256("00000006") } },
      "|U 1=5#2 |U 1=6#3 |", "", { .max_sources = 1 } },
    { "the oldest gives way",
      { { 0, 0, AT("00000001") D256("00000005") D257("00000006") },
        { 0, 0, AT("00000002") D256("00000007") },
        { 0, 0, AT("00000003") T256 T257 } },
      "W256@20 W257@28 |D256@20 W256@120 |1=6#1! 1=7#2! |", "",
      { .pending = { .max_flowsets = 2 } } },
    { "by octets",
      { { 0, 0, AT("00000001") D256("00000005") "0101 000c 00000006 00000007" },
        { 0, 0, AT("00000002") D256("00000008") },
        { 0, 0, AT("00000003") "0102 0014 11*16" } },
      "W256@20 W257@28 |D256@20 W256@120 |D258@220 |", "257+8@0 256+4@100 ",
      { .pending = { .max_octets = 12 } } },
};

static void tell(const story *s, bool by_flowset)
{
    nf9_collector *c = nf9_collector_new(&s->limits, NULL);
    nf9_data_record r;
    nf9_data_flowset d;
    size_t n = 0;

    check_case("%s%s", s->name, by_flowset ? ", by FlowSets" : "");
    said[0] = '\0';
    nf9_collector_on_notice(c, on_notice, NULL);
    for (const step *at = s->steps; at->hex != NULL; at++, n++) {
        nf9_datagram datagram = { octets(at->hex), at->conversation, at->exporter, n * 100 };
        nf9_status st = nf9_collector_give(c, &datagram);
        CHECK((st == NF9_OK) == (nf9_collector_origin(c) != NULL));
        while (!by_flowset && nf9_collector_next(c, &r) == NF9_OK)
            say_record(&r);
        while (by_flowset && nf9_collector_flowset(c, &d) == NF9_OK) {
            r.of = &d;
            while (nf9_record_next(&d.records, &r.record) == NF9_OK)
                say_record(&r);
        }
        CHECK_STATUS(nf9_collector_next(c, &r), NF9_END);
        CHECK_STATUS(nf9_collector_flowset(c, &d), NF9_END);
        add("|", 0, 0);
    }
    CHECK_TEXT(said, s->said);
    said[0] = '\0';
    const nf9_waiting *w = nf9_pending_oldest(nf9_collector_pending(c));
    for (; w != NULL; w = w->next) {
        add("%" PRIu64 "+%" PRIu64 "", w->flowset.id, w->flowset.body.len);
        add("@%" PRIu64 " ", w->origin.offset, 0);
    }
    CHECK_TEXT(said, s->waiting);
    nf9_collector_free(c);
    guard_release();
}

static void stories_by_records_and_by_flowsets(void)
{
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        tell(&stories[i], false);
        tell(&stories[i], true);
    }
}

static void counters_count(void)
{
    static const char *const packets[] = {
        AT("00000001") D256("00000005") D257("00000001"), AT("00000002")
        T256 D256("00000006"), "0005",
        AT("00000009") D256("00000007"), AT("0000000a") T256B "0100 0008 00080009 ",
    };
    nf9_collector *c = nf9_collector_new(NULL, NULL);
    const nf9_counters *n = nf9_collector_counters(c);

    check_case("counters");
    for (size_t i = 0; i < sizeof packets / sizeof *packets; i++) {
        const nf9_datagram d = { .bytes = octets(packets[i]) };
        nf9_collector_give(c, &d); /* they count whether records are taken or not */
    }
    CHECK_UINT(n->packets, 4);
    CHECK_UINT(n->templates, 2);
    CHECK_UINT(n->records, 5);
    CHECK_UINT(n->waited, 1);
    CHECK_UINT(n->lost_packets, 6);
    CHECK_UINT(n->lost_records, 0);
    CHECK_UINT(n->notices[NF9_NOTICE_PACKET], 1);
    CHECK_UINT(n->notices[NF9_NOTICE_SEQUENCE], 1);
    CHECK_UINT(n->notices[NF9_NOTICE_WAITING], 2);
    CHECK_UINT(nf9_cache_definitions(nf9_collector_cache(c)), 2);
    CHECK_UINT(nf9_pending_octets(nf9_collector_pending(c)), 4);
    nf9_collector_free(c);
    nf9_collector_free(NULL);
    guard_release();
}

/* The rest of a FlowSet is passed over where the next one is asked for, or a packet is given. */
static void flowsets_and_records_by_turns(void)
{
    const nf9_datagram d = {
        .bytes = octets(AT("00000001") T256 "0100 000c 00000001 00000002" D256("00000003"))
    };
    nf9_collector *c = nf9_collector_new(NULL, NULL);
    nf9_data_record r;
    nf9_data_flowset fs;

    check_case("by turns");
    for (int i = 0; i < 2; i++) {
        said[0] = '\0';
        CHECK_STATUS(nf9_collector_give(c, &d), NF9_OK);
        CHECK_STATUS(nf9_collector_next(c, &r), NF9_OK);
        say_record(&r);
        if (i == 0)
            continue;
        CHECK_STATUS(nf9_collector_flowset(c, &fs), NF9_OK);
        CHECK_UINT(nf9_records_count(&fs.records), 1);
        CHECK_STATUS(nf9_collector_next(c, &r), NF9_END);
        CHECK_TEXT(said, "1=1#2 ");
    }
    nf9_collector_free(c);
    guard_release();
}

/* Gives a packet and says what comes of it. */
static void give(nf9_collector *c, uint32_t conversation, const char *hex)
{
    const nf9_datagram d = { .bytes = octets(hex), .conversation = conversation };
    nf9_data_record r;

    nf9_collector_give(c, &d);
    while (nf9_collector_next(c, &r) == NF9_OK)
        say_record(&r);
    add("|", 0, 0);
}

/* Templates and sources of the last packets stay; a packet that is being read is passed over. */
static void what_is_old_is_forgotten(void)
{
    const nf9_datagram d = { .bytes = octets(AT("00000003") D256("00000007") D257("00000008")),
                             .conversation = 1 };
    const nf9_collector_limits limits = nf9_collector_default_limits();
    nf9_collector_limits one = limits;
    nf9_data_record r;

    one.max_sources = 1;
    nf9_collector *c = nf9_collector_new(&one, NULL);
    check_case("what is old");
    said[0] = '\0';
    nf9_collector_on_notice(c, on_notice, NULL);
    give(c, 1, AT("00000001") T256);
    give(c, 1, AT("00000002") T257);
    CHECK_STATUS(nf9_collector_give(c, &d), NF9_OK);
    CHECK_STATUS(nf9_collector_next(c, &r), NF9_OK);
    CHECK_UINT(nf9_collector_forget(c, 10), 0);
    CHECK_UINT(nf9_collector_forget(c, 2), 1);
    CHECK_STATUS(nf9_collector_next(c, &r), NF9_END);
    CHECK(nf9_collector_origin(c) == NULL);
    give(c, 1, AT("00000004") D256("00000009") D257("0000000a"));
    give(c, 2, AT("00000001") T257); /* there is room for one source */
    give(c, 1, AT("00000005") T256);
    CHECK_TEXT(said, "||W256@20 1=10#4 |U |1=9#4! |");
    said[0] = '\0';
    give(c, 2, AT("00000002") D257("0000000b"));
    CHECK_UINT(nf9_collector_forget(c, 1), 3);
    give(c, 2, AT("00000003") D257("0000000c"));
    CHECK_TEXT(said, "U 1=11#7 |W257@20 |");
    CHECK_UINT(nf9_cache_definitions(nf9_collector_cache(c)), 0);
    nf9_collector_free(c);
    guard_release();
}

int main(void)
{
    what_is_old_is_forgotten();
    stories_by_records_and_by_flowsets();
    counters_count();
    flowsets_and_records_by_turns();
    return check_end();
}
