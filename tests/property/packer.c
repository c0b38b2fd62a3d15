/* SPDX-License-Identifier: MIT
 *
 * 10^5 random records of several templates, alternately, through the packer.  Each datagram is
 * read as a collector reads it, by the templates that came with earlier ones: none is above the
 * MTU, the sequence has no gap, uptime and Source ID are right, templates come as often as asked,
 * and the records are those that were given, in their order.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RECORDS 100000u
#define TEMPLATES 5u
#define LONGEST 300u

/* xorshift: the same records in every run. */
static uint64_t state = 9;

static uint64_t random_u64(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static uint32_t below(uint32_t n)
{
    return (uint32_t)((random_u64() >> 33) % n);
}

/* A record as it was given; the collector takes them in the same order. */
typedef struct given {
    uint64_t at; /* uptime */
    uint16_t id;
    uint16_t len;
    uint8_t octets[LONGEST];
} given;

typedef struct collector {
    const nf9_packer_options *options;
    nf9_cache *cache;
    given *all;
    size_t n, taken;
    nf9_clock now;
    uint64_t datagrams, restarts, defined;
    uint32_t sequence;
    uint64_t elapsed;      /* ms of all boots */
    uint64_t announced_at; /* uptime when the templates came last */
    uint32_t without;      /* datagrams since then */
    size_t most_room;      /* octets left over in a datagram that was sent because it was full */
    bool flushing;
} collector;

static void take_record(collector *c, const nf9_record *record)
{
    const given *g = &c->all[c->taken];

    if (c->taken >= c->n || g->id != record->tmpl->id || g->len != record->bytes.len ||
        memcmp(g->octets, record->bytes.data, g->len) != 0)
        check_true(__FILE__, __LINE__, "the record is the one that was given", false);
    if (c->options->refresh_ms > 0 && g->at > c->announced_at)
        CHECK(g->at - c->announced_at < c->options->refresh_ms);
    c->taken++;
}

static unsigned take_templates(collector *c, nf9_source source, nf9_when when,
                               const nf9_flowset *flowset)
{
    nf9_template_iter templates;
    nf9_template_record definition;
    unsigned n = 0;

    nf9_templates_open(&templates, flowset);
    while (nf9_template_next(&templates, &definition) == NF9_OK) {
        CHECK_STATUS(nf9_cache_add(c->cache, source, &definition, when, NULL), NF9_OK);
        n++;
    }
    c->announced_at = c->now.uptime_ms;
    c->without = 0;
    c->defined += n;
    return n;
}

static unsigned take_data(collector *c, nf9_source source, nf9_when when,
                          const nf9_flowset *flowset)
{
    nf9_record_iter records;
    nf9_record record;
    nf9_definition found;
    unsigned n = 0;

    /* at or before the place: no data comes before its template */
    if (!CHECK(nf9_cache_find(c->cache, source, flowset->id, when, &found) == NF9_OK))
        return 0;
    nf9_records_open(&records, flowset, found.tmpl);
    while (nf9_record_next(&records, &record) == NF9_OK) {
        take_record(c, &record);
        n++;
    }
    nf9_bytes rest = nf9_records_rest(&records, NULL);
    CHECK(rest.len <= 3 && nf9_bytes_trim(rest).len == 0);
    return n;
}

static nf9_status take(void *user, nf9_bytes datagram)
{
    collector *c = user;
    const nf9_packer_options *o = c->options;
    nf9_source source = { .conversation = (uint32_t)c->restarts };
    unsigned records = 0;
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset flowset;

    check_case("datagram %u", (unsigned)c->datagrams);
    c->datagrams++;
    CHECK(datagram.len <= o->mtu);
    CHECK_STATUS(nf9_packet_open(&it, datagram, &header), NF9_OK);
    CHECK_UINT(header.sequence, c->sequence++);
    CHECK_UINT(header.source_id, o->source_id);
    CHECK_UINT(header.sys_uptime, (uint32_t)c->now.uptime_ms);
    CHECK_UINT(header.unix_secs, c->now.unix_secs);
    c->without++;
    while (nf9_flowset_next(&it, &flowset) == NF9_OK) {
        CHECK_UINT(flowset.missing, 0);
        nf9_when when = nf9_when_at(c->datagrams, flowset.index);
        records += flowset.id < NF9_MIN_TEMPLATE_ID ? take_templates(c, source, when, &flowset)
                                                    : take_data(c, source, when, &flowset);
    }
    CHECK_STATUS(nf9_flowset_error(&it)->code, NF9_OK);
    CHECK_UINT(header.count, records);
    if (o->refresh_packets > 0) /* one more where the last record had no room beside them */
        CHECK(c->without <= o->refresh_packets);
    if (!c->flushing && o->mtu - datagram.len > c->most_room)
        c->most_room = o->mtu - datagram.len;
    return NF9_OK;
}

/* A record of random octets, of the length that its template gives. */
static void make(given *g, const nf9_template *t)
{
    const nf9_column *columns = nf9_template_columns(t);
    size_t len = 0;

    for (size_t i = 0; i < t->field_count; i++) {
        size_t n = columns[i].length;
        if (n == NF9_VARIABLE_LENGTH) {
            n = below(40);
            g->octets[len++] = (uint8_t)n;
        }
        for (; n > 0; n--)
            g->octets[len++] = (uint8_t)random_u64();
    }
    g->id = t->id;
    g->len = (uint16_t)len;
}

static void run(const nf9_packer_options *o, collector *c, const nf9_template *const *list)
{
    size_t room = NF9_PACKER_ROOM(o->mtu);
    void *buf = guard_room(room);
    nf9_packer p;

    c->options = o;
    CHECK_STATUS(nf9_packer_init(&p, o, buf, room), NF9_OK);
    CHECK_STATUS(nf9_packer_templates(&p, list, TEMPLATES), NF9_OK);
    for (c->n = 0; c->n < RECORDS;) {
        /* in runs of one template, and now and then one by one */
        unsigned which = below(TEMPLATES), times = 1 + below(below(3) == 0 ? 40 : 3);
        for (; times > 0 && c->n < RECORDS; times--) {
            given *g = &c->all[c->n];
            make(g, list[which]);
            c->n++;
            uint64_t step = below(20);
            c->elapsed += step;
            c->now.uptime_ms += step;
            g->at = c->now.uptime_ms;
            c->now.unix_secs = (uint32_t)(1700000000 + c->now.uptime_ms / 1000);
            if (nf9_packer_add(&p, list[which], g->octets, g->len, c->now) != NF9_OK)
                check_true(__FILE__, __LINE__, "the record was taken", false);
        }
        c->flushing = true;
        if (below(500) == 0)
            CHECK_STATUS(nf9_packer_flush(&p, c->now), NF9_OK);
        if (below(3000) == 0) { /* a restart */
            CHECK_STATUS(nf9_packer_flush(&p, c->now), NF9_OK);
            c->restarts++;
            c->sequence = o->sequence;
            c->now.uptime_ms = below(1000);
            CHECK_STATUS(nf9_packer_init(&p, o, buf, room), NF9_OK);
            CHECK_STATUS(nf9_packer_templates(&p, list, TEMPLATES), NF9_OK);
        }
        c->flushing = false;
    }
    c->flushing = true;
    CHECK_STATUS(nf9_packer_flush(&p, c->now), NF9_OK);
}

static void records_arrive_as_they_were_given(void)
{
    static const struct {
        size_t mtu;
        uint32_t packets;
        uint64_t ms;
    } cases[] = { { 1472, 20, 0 }, { 1232, 0, 60000 }, { 333, 7, 5000 }, { 65535, 1, 0 } };
    const nf9_template *list[TEMPLATES] = {
        template_of("0100 0005 0008 0004 000c 0004 0001 0008 0007 0002 0004 0001"),
        template_of("0101 0004 001b 0010 001c 0010 0001 0004 0098 0008"),
        template_of("0102 0003 0004 0001 0052 ffff 0053 ffff"),
        template_of("0103 0001 0004 0001"),
        options_template_of("0104 0008 0008 0001 0004 0002 0002 0022 0003 0054 0018"),
    };
    given *all = calloc(RECORDS, sizeof *all);

    if (all == NULL)
        abort();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        collector c = { .all = all, .cache = nf9_cache_new(NULL, NULL), .sequence = 77 };
        const nf9_packer_options o = { .mtu = cases[i].mtu,
                                       .source_id = 99,
                                       .sequence = 77,
                                       .refresh_packets = cases[i].packets,
                                       .refresh_ms = cases[i].ms,
                                       .send = take,
                                       .user = &c };
        run(&o, &c, list);
        check_case("MTU %zu", cases[i].mtu);
        CHECK_UINT(c.taken, RECORDS);
        CHECK(c.restarts > 0 && c.datagrams > RECORDS / 5000);
        /* no more often than asked */
        uint64_t most = 1 + c.restarts + (o.refresh_ms > 0 ? c.elapsed / o.refresh_ms : 0) +
                        (o.refresh_packets > 0 ? c.datagrams / o.refresh_packets : 0);
        CHECK(c.defined >= TEMPLATES * (1 + c.restarts) && c.defined <= TEMPLATES * most);
        CHECK(c.most_room < 100); /* no more than the longest record and its FlowSet */
        printf("MTU %zu: %zu records in %u datagrams, %u restarts, templates %u times\n", o.mtu,
               c.taken, (unsigned)c.datagrams, (unsigned)c.restarts,
               (unsigned)(c.defined / TEMPLATES));
        nf9_cache_free(c.cache);
    }
    free(all);
    guard_release();
}

int main(void)
{
    records_arrive_as_they_were_given();
    return check_end();
}
