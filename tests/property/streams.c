/* SPDX-License-Identifier: MIT
 *
 * The packets of a capture as streams, one for each conversation: by every framing, in pieces, with
 * garbage between them, cut at every octet, and with every allocation failing.  What comes is
 * held against the records of a collector that was given the packets one by one.
 *
 * usage: streams PAYLOADS
 */
#include "check.h"
#include "ledger.h"
#include "payloads.h"
#include "split.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So much of a stream, at most, is cut at every octet, and so many allocations fail. */
#define PREFIX 100000u
#define ALLOCATIONS 1000u

typedef struct found {
    uint64_t end; /* of the record in the stream */
    uint64_t is;  /* all that it is, but for its place */
} found;

typedef struct list {
    found *all;
    size_t n, cap;
    bool sure; /* by octets alone it is known which records a prefix has */
} list;

/* A stream, and what it is made of. */
typedef struct chain {
    nf9_bytes *packets;
    size_t n;
    uint8_t *octets;
    size_t len;
    bool clean; /* each packet is followed by its FlowSets to its end */
    bool plausible; /* each is known for a packet, whatever stands before it */
} chain;

static uint64_t prefixes, allocations, exact, packets_seen;

static void *room(size_t size)
{
    void *mem = malloc(size + 1);

    if (mem == NULL)
        abort();
    return mem;
}

static uint64_t mix(uint64_t hash, uint64_t v)
{
    return (hash ^ v) * UINT64_C(1099511628211) + 1;
}

static uint64_t mix_octets(uint64_t hash, nf9_bytes b)
{
    for (size_t i = 0; i < b.len; i++)
        hash = mix(hash, b.data[i]);
    return mix(hash, b.len);
}

static void add(list *l, const nf9_data_record *r)
{
    const nf9_origin *o = r->of->origin;
    uint64_t is = mix(mix(o->header.sequence, o->header.source_id), o->verdict.what);

    if (l->n == l->cap) {
        l->cap = l->cap == 0 ? 64 : l->cap * 2;
        l->all = realloc(l->all, l->cap * sizeof *l->all);
        if (l->all == NULL)
            abort();
    }
    is = mix(mix(mix(is, r->of->flowset.id), r->record.index), r->of->match);
    is = mix_octets(mix_octets(is, nf9_template_wire(r->record.tmpl)), r->record.bytes);
    l->all[l->n++] = (found){ o->offset + r->record.offset + r->record.bytes.len, is };
    l->sure = l->sure && r->of->match == NF9_MATCH_BEFORE && r->record.tmpl->min_length > 3;
}

static bool same(const list *a, const list *b, bool places)
{
    if (!CHECK_UINT(a->n, b->n))
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (!CHECK_UINT(a->all[i].is, b->all[i].is) ||
            (places && !CHECK_UINT(a->all[i].end, b->all[i].end)))
            return false;
    return true;
}

/* One by one into a collector. */
static list by_packets(const chain *s)
{
    nf9_collector *c = nf9_collector_new(NULL, NULL);
    list l = { .sure = true };
    nf9_data_record r;
    uint64_t offset = 0;

    for (size_t i = 0; i < s->n; i++) {
        const nf9_datagram d = { .bytes = s->packets[i], .offset = offset };
        offset += s->packets[i].len;
        nf9_collector_give(c, &d);
        while (nf9_collector_next(c, &r) == NF9_OK)
            add(&l, &r);
    }
    CHECK_UINT(nf9_collector_counters(c)->records, l.n);
    nf9_collector_free(c);
    return l;
}

/* From an input; what the stream yields must be all of its octets. */
static list by_input(nf9_input *in, nf9_framing framing, const nf9_allocator *a)
{
    nf9_packet_stream *packets = nf9_packet_stream_new(in, framing, 0, a);
    nf9_record_stream *records =
        packets != NULL ? nf9_record_stream_new(packets, NULL, a) : NULL;
    list l = { .sure = true };
    nf9_data_record r;
    nf9_status st = NF9_OK;

    while (records != NULL && st != NF9_END) {
        st = nf9_record_stream_next(records, &r);
        if (st == NF9_OK)
            add(&l, &r);
        else
            CHECK(st == NF9_END || st == NF9_AGAIN);
    }
    nf9_record_stream_free(records);
    nf9_packet_stream_free(packets);
    return l;
}

static list by_octets(nf9_bytes octets, nf9_framing framing, split_how how, uint64_t seed)
{
    split s;

    split_init(&s, octets, how, seed);
    return by_input(&s.input, framing, NULL);
}

/* One packet a read. */
typedef struct each {
    nf9_input input;
    const chain *of;
    size_t next;
} each;

static nf9_status read_each(nf9_input *input, uint8_t *buf, size_t cap, size_t *got)
{
    each *e = (each *)input;

    if (e->next == e->of->n)
        return NF9_END;
    nf9_bytes b = e->of->packets[e->next++];
    *got = b.len < cap ? b.len : cap;
    memcpy(buf, b.data, *got);
    return NF9_OK;
}

static void datagrams(const chain *s, const list *want)
{
    each e = { .input = { .read = read_each }, .of = s };
    list got = by_input(&e.input, NF9_FRAMING_DATAGRAM, NULL);

    same(&got, want, true);
    free(got.all);
}

/* The packets are found again; how many of them exactly. */
static size_t boundaries(const chain *s, nf9_framing framing)
{
    nf9_input in;
    nf9_stream_packet p;
    nf9_status st;
    uint64_t at = 0, sum = 0;
    size_t i = 0, same_as = 0;

    nf9_input_memory(&in, (nf9_bytes){ s->octets, s->len });
    nf9_packet_stream *stream = nf9_packet_stream_new(&in, framing, 0, NULL);
    while ((st = nf9_packet_stream_next(stream, &p)) == NF9_OK) {
        CHECK(p.offset >= sum + p.garbage);
        CHECK(memcmp(p.bytes.data, s->octets + p.offset, p.bytes.len) == 0);
        sum = p.offset + p.bytes.len;
        for (; i < s->n && at < p.offset; i++)
            at += s->packets[i].len;
        size_t len = i < s->n ? s->packets[i].len : 0;
        if (framing == NF9_FRAMING_COUNT && i < s->n) /* it passes over zeros */
            len = nf9_bytes_trim(s->packets[i]).len <= p.bytes.len ? p.bytes.len : len;
        same_as += i < s->n && at == p.offset && p.bytes.len == len;
    }
    CHECK_STATUS(st, NF9_END);
    CHECK_UINT(p.offset, s->len);
    nf9_packet_stream_free(stream);
    return same_as;
}

static void each_split(const chain *s, nf9_framing framing, const list *want)
{
    nf9_bytes all = { s->octets, s->len };
    list whole = by_octets(all, framing, SPLIT_WHOLE, 0);

    if (s->clean)
        same(&whole, want, true);
    for (uint64_t seed = 0; seed < 5; seed++) {
        list got = by_octets(all, framing,
                             seed == 0   ? SPLIT_EACH
                             : seed == 1 ? SPLIT_SLOWLY
                                         : SPLIT_RANDOMLY,
                             seed + 1);
        same(&got, &whole, true);
        free(got.all);
    }
    free(whole.all);
}

/* Garbage before each packet but the first, which no FlowSet can be followed through. */
static void garbage_between(const chain *s, const list *want)
{
    static const uint8_t garbage[] = { 0xff, 0xff, 0xff, 0xff, 0x00, 0x09, 0x5a, 0x00 };
    uint8_t *with = room(s->len + s->n * sizeof garbage);
    nf9_stream_packet p;
    nf9_input in;
    size_t len = 0, i = 0;

    for (; i < s->n; i++) {
        if (i > 0) {
            memcpy(with + len, garbage, sizeof garbage);
            len += sizeof garbage;
        }
        memcpy(with + len, s->packets[i].data, s->packets[i].len);
        len += s->packets[i].len;
    }
    list got = by_octets((nf9_bytes){ with, len }, NF9_FRAMING_FLOWSETS, SPLIT_RANDOMLY, 7);
    same(&got, want, false);
    free(got.all);
    nf9_input_memory(&in, (nf9_bytes){ with, len });
    nf9_packet_stream *stream = nf9_packet_stream_new(&in, NF9_FRAMING_FLOWSETS, 0, NULL);
    uint64_t at = 0;
    for (i = 0; nf9_packet_stream_next(stream, &p) == NF9_OK && i < s->n; i++) {
        CHECK_UINT(p.garbage, i > 0 ? sizeof garbage : 0);
        at += p.garbage;
        CHECK_UINT(p.offset, at);
        at += p.bytes.len;
    }
    CHECK_UINT(i, s->n);
    nf9_packet_stream_free(stream);
    free(with);
}

/* A prefix has the records that end in it, and no others. */
static void each_prefix(const chain *s, const list *want)
{
    size_t len = s->len < PREFIX ? s->len : PREFIX;

    for (size_t n = 0; n <= len; n++) {
        uint8_t *exact_room = room(n); /* for the sanitizer to know where it ends */
        memcpy(exact_room, s->octets, n);
        list got = by_octets((nf9_bytes){ exact_room, n }, NF9_FRAMING_FLOWSETS, SPLIT_WHOLE, 0);
        size_t inside = 0;
        while (inside < want->n && want->all[inside].end <= n)
            inside++;
        if (s->clean && want->sure) {
            list expected = { .all = want->all, .n = inside };
            same(&got, &expected, true);
        }
        prefixes++;
        free(got.all);
        free(exact_room);
    }
}

/* The n-th allocation fails, for every n: the stream comes to its end, and all memory is given
 * back. */
static void each_allocation_fails(const chain *s)
{
    nf9_bytes all = { s->octets, s->len };

    for (size_t n = 1; n <= ALLOCATIONS; n++) {
        ledger book = { .fail_at = n };
        nf9_allocator a = ledger_allocator(&book);
        nf9_input in;
        nf9_input_memory(&in, all);
        list got = by_input(&in, NF9_FRAMING_FLOWSETS, &a);
        CHECK_UINT(book.blocks, 0);
        CHECK_UINT(book.octets, 0);
        free(got.all);
        if (book.failed == 0)
            break;
        allocations++;
    }
}

static bool is_clean(nf9_bytes packet)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset fs;
    nf9_status st = nf9_packet_open(&it, packet, &header);

    while (st == NF9_OK && (st = nf9_flowset_next(&it, &fs)) == NF9_OK)
        if (fs.missing > 0 || fs.id == NF9_VERSION_9)
            return false;
    /* fewer zeros than a FlowSet's header has octets may be the next packet's begin */
    return st == NF9_END && (it.tail.len == 0 || it.tail.len >= NF9_FLOWSET_HEADER_LENGTH);
}

static chain chain_of(const payloads *p, uint32_t conversation)
{
    chain s = { .packets = room(p->n * sizeof *s.packets), .clean = true,
                .plausible = true };

    for (size_t i = 0; i < p->n; i++)
        if (p->all[i].conversation == conversation) {
            s.packets[s.n++] = p->all[i].bytes;
            s.len += p->all[i].bytes.len;
        }
    s.octets = room(s.len);
    size_t at = 0;
    for (size_t i = 0; i < s.n; i++) {
        memcpy(s.octets + at, s.packets[i].data, s.packets[i].len);
        s.packets[i].data = s.octets + at;
        at += s.packets[i].len;
        s.clean = s.clean && is_clean(s.packets[i]);
        s.plausible = s.plausible && nf9_packet_plausible(s.packets[i], s.packets[i].len);
    }
    return s;
}

/* The Count of each packet becomes the number of its FlowSets. */
static void count_flowsets(const chain *s)
{
    for (size_t i = 0; i < s->n; i++) {
        nf9_packet_iter it;
        nf9_header header;
        nf9_flowset fs;
        uint8_t *p = s->octets + (s->packets[i].data - s->octets);
        unsigned n = 0;
        if (nf9_packet_open(&it, s->packets[i], &header) != NF9_OK)
            continue;
        while (nf9_flowset_next(&it, &fs) == NF9_OK)
            n++;
        p[2] = (uint8_t)(n >> 8);
        p[3] = (uint8_t)n;
    }
}

static void try_chain(chain *s)
{
    list want = by_packets(s);
    size_t recovered = boundaries(s, NF9_FRAMING_FLOWSETS);

    packets_seen += s->n;
    exact += recovered;
    if (s->clean)
        CHECK_UINT(recovered, s->n);
    datagrams(s, &want);
    each_split(s, NF9_FRAMING_FLOWSETS, &want);
    if (s->clean && s->plausible)
        garbage_between(s, &want);
    each_prefix(s, &want);
    each_allocation_fails(s);
    free(want.all);
    count_flowsets(s);
    want = by_packets(s);
    if (s->clean)
        CHECK_UINT(boundaries(s, NF9_FRAMING_COUNT), s->n);
    each_split(s, NF9_FRAMING_COUNT, &want);
    free(want.all);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: streams PAYLOADS\n");
        return 2;
    }
    payloads p = payloads_read(argv[1]);
    uint32_t conversations = 0;
    for (size_t i = 0; i < p.n; i++)
        if (p.all[i].conversation >= conversations)
            conversations = p.all[i].conversation + 1;
    for (uint32_t i = 0; i < conversations; i++) {
        chain s = chain_of(&p, i);
        check_case("conversation %u%s", (unsigned)i, s.clean ? "" : ", not clean");
        try_chain(&s);
        free(s.packets);
        free(s.octets);
    }
    payloads_free(&p);
    printf("%" PRIu64 " packets, %" PRIu64 " exact, %" PRIu64 " prefixes, %" PRIu64
           " allocations\n",
           packets_seen, exact, prefixes, allocations);
    return check_end();
}
