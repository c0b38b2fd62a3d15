/* SPDX-License-Identifier: MIT
 *
 * collector.c: a datagram at a time: learnt, counted and, where it has no template, parked when
 * it is given; its records are read when they are asked for.
 */
#include "alloc.h"
#include "collector_note.h"
#include "sources.h"

struct nf9_collector {
    nf9_allocator allocator;
    nf9_cache *cache;
    nf9_pending *pending;
    nf9_sources sources;
    nf9_notice_handler *handler;
    void *user;
    nf9_counters counters;
    uint64_t number;
    /* the packet given last */
    bool open;         /* it is an Export Packet */
    nf9_origin origin;
    nf9_packet_iter it; /* at its next FlowSet */
    nf9_doubt doubt;
    bool settled;      /* the doubt is about the whole packet */
    nf9_waiting *ready; /* what came out with it, oldest first */
    nf9_waiting *taken; /* whose records are being read */
    nf9_data_flowset data;
    bool reading;      /* records are taken from data */
};

nf9_collector_limits nf9_collector_default_limits(void)
{
    return (nf9_collector_limits){
        .cache = { .max_memory = (size_t)64 << 20, .max_fields = 4096 },
        .pending = { .max_flowsets = 1024, .max_octets = (size_t)4 << 20 },
        .max_sources = 65536,
    };
}

nf9_collector *nf9_collector_new(const nf9_collector_limits *limits,
                                 const nf9_allocator *allocator)
{
    nf9_collector_limits l = limits != NULL ? *limits : nf9_collector_default_limits();
    nf9_allocator a = nf9_allocator_of(allocator);
    nf9_collector *c = a.alloc(a.user, sizeof *c);

    if (c == NULL)
        return NULL;
    *c = (nf9_collector){ .allocator = a, .sources = { .allocator = a, .max = l.max_sources } };
    c->cache = nf9_cache_new(&l.cache, &a);
    c->pending = nf9_pending_new(&l.pending, &a);
    if (c->cache == NULL || c->pending == NULL) {
        nf9_collector_free(c);
        return NULL;
    }
    return c;
}

/* Frees what came out with the packet before. */
static void forget_ready(nf9_collector *c)
{
    nf9_waiting *next;

    for (nf9_waiting *w = c->ready; w != NULL; w = next) {
        next = w->next;
        nf9_waiting_free(c->pending, w);
    }
    if (c->taken != NULL)
        nf9_waiting_free(c->pending, c->taken);
    c->ready = c->taken = NULL;
}

void nf9_collector_free(nf9_collector *c)
{
    if (c == NULL)
        return;
    forget_ready(c);
    nf9_sources_clear(&c->sources);
    nf9_pending_free(c->pending);
    nf9_cache_free(c->cache);
    c->allocator.free(c->allocator.user, c);
}

void nf9_collector_on_notice(nf9_collector *c, nf9_notice_handler *handler, void *user)
{
    c->handler = handler;
    c->user = user;
}

void nf9_collector_note(nf9_collector *c, const nf9_notice *notice)
{
    c->counters.notices[notice->kind]++;
    if (c->handler != NULL)
        c->handler(c->user, notice);
}

static nf9_notice about(const nf9_origin *origin, nf9_notice_kind kind, nf9_status status)
{
    return (nf9_notice){ .kind = kind,
                         .status = status,
                         .number = origin->number,
                         .offset = origin->offset,
                         .source = origin->source };
}

static void note(nf9_collector *c, nf9_notice_kind kind, nf9_status status, uint64_t octets)
{
    nf9_notice notice = about(&c->origin, kind, status);

    notice.octets = octets;
    nf9_collector_note(c, &notice);
}

static void note_flowset(nf9_collector *c, const nf9_origin *origin, const nf9_flowset *flowset,
                         nf9_notice_kind kind, nf9_status status)
{
    nf9_notice notice = about(origin, kind, status);

    notice.offset += flowset->offset;
    notice.octets = kind == NF9_NOTICE_OVERRUN ? flowset->missing : flowset->body.len;
    notice.flowset_id = flowset->id;
    nf9_collector_note(c, &notice);
}

/* The tracker, where there is one. */
static nf9_tracker *track(nf9_collector *c)
{
    nf9_origin *o = &c->origin;
    nf9_tracker *tracker = nf9_sources_tracker(&c->sources, o->source, o->number);

    if (tracker == NULL) {
        o->verdict = (nf9_verdict){ .expected = o->header.sequence };
        note(c, NF9_NOTICE_UNTRACKED, NF9_ERR_LIMIT, 0);
        return NULL;
    }
    nf9_track(tracker, &o->header, &o->verdict);
    *(o->verdict.records ? &c->counters.lost_records : &c->counters.lost_packets) +=
        o->verdict.lost;
    if ((o->verdict.what & NF9_TRACK_FOUND) != 0)
        c->counters.lost_packets--;
    if (o->verdict.what != 0) {
        nf9_notice notice = about(o, NF9_NOTICE_SEQUENCE, NF9_OK);
        notice.verdict = o->verdict;
        nf9_collector_note(c, &notice);
    }
    if ((o->verdict.what & NF9_TRACK_RESTART) != 0 &&
        nf9_cache_restart(c->cache, o->source, nf9_when_at(o->number, 0)) != NF9_OK)
        note(c, NF9_NOTICE_UNTRACKED, NF9_ERR_LIMIT, 0);
    return tracker;
}

static nf9_match look_up(const nf9_collector *c, const nf9_origin *origin,
                         const nf9_flowset *flowset, bool later, nf9_definition *found)
{
    return nf9_cache_lookup(c->cache, origin->source, flowset->id,
                            nf9_when_in(origin->number, flowset->index, 0), later, found);
}

static uint32_t count_of(const nf9_flowset *flowset, const nf9_template *tmpl)
{
    nf9_record_iter it;

    nf9_records_open(&it, flowset, tmpl);
    return nf9_records_count(&it);
}

/* Whether a template of one source may be what data of the other waits for. */
static bool concerns(nf9_source a, nf9_source b)
{
    return a.source_id == b.source_id &&
           (a.conversation == b.conversation || (a.exporter != 0 && a.exporter == b.exporter));
}

/* Takes out what the packet's templates decode, in the order in which it came. */
static void come_out(nf9_collector *c)
{
    nf9_waiting **last = &c->ready, *next;

    for (nf9_waiting *w = nf9_pending_oldest(c->pending); w != NULL; w = next) {
        nf9_definition found;
        next = w->next;
        if (!concerns(c->origin.source, w->origin.source) ||
            look_up(c, &w->origin, &w->flowset, true, &found) == NF9_MATCH_NONE)
            continue;
        nf9_pending_take(c->pending, w);
        *last = w;
        last = &w->next;
        uint32_t n = count_of(&w->flowset, found.tmpl);
        c->counters.records += n;
        c->counters.waited += n;
    }
}

/* Learns the templates; how many there are, also those at fault. */
static uint32_t learn(nf9_collector *c, nf9_bytes packet)
{
    nf9_learnt l = nf9_cache_learn(c->cache, c->origin.source, packet, c->origin.number);

    c->counters.templates += l.fresh + l.redefined;
    if (l.faulty > 0)
        note(c, NF9_NOTICE_TEMPLATES, NF9_OK, l.faulty);
    if (l.refused > 0)
        note(c, NF9_NOTICE_TEMPLATES, NF9_ERR_LIMIT, l.refused);
    if (l.fresh + l.redefined > 0)
        come_out(c);
    return l.fresh + l.refreshed + l.redefined + l.faulty + l.refused;
}

/* Keeps a copy; the oldest ones give way. */
static void park(nf9_collector *c, const nf9_flowset *flowset)
{
    nf9_status st;
    nf9_waiting *oldest;

    while ((st = nf9_pending_park(c->pending, &c->origin, flowset)) == NF9_ERR_LIMIT &&
           (oldest = nf9_pending_oldest(c->pending)) != NULL) {
        note_flowset(c, &oldest->origin, &oldest->flowset, NF9_NOTICE_DROPPED, NF9_ERR_LIMIT);
        nf9_pending_take(c->pending, oldest);
        nf9_waiting_free(c->pending, oldest);
    }
    if (st == NF9_ERR_SPACE) /* larger than all that may wait */
        st = NF9_ERR_LIMIT;
    note_flowset(c, &c->origin, flowset,
                 st == NF9_OK ? NF9_NOTICE_WAITING : NF9_NOTICE_DROPPED, st);
}

/* Parks what has no template, says what is odd; how many records the others hold.  *whole: no
 * octet is missing. */
static uint64_t look_through(nf9_collector *c, bool *whole)
{
    nf9_packet_iter it = c->it;
    nf9_flowset flowset;
    nf9_definition found;
    uint64_t records = 0;
    nf9_status st;

    *whole = true;
    while ((st = nf9_flowset_next(&it, &flowset)) == NF9_OK) {
        if (flowset.missing > 0) {
            note_flowset(c, &c->origin, &flowset, NF9_NOTICE_OVERRUN, NF9_ERR_OVERRUN);
            *whole = false;
        }
        if (c->settled || nf9_flowset_kind_of(flowset.id) != NF9_FLOWSET_DATA)
            continue;
        if (look_up(c, &c->origin, &flowset, false, &found) == NF9_MATCH_NONE)
            park(c, &flowset);
        else
            records += count_of(&flowset, found.tmpl);
    }
    if (st != NF9_END)
        note(c, NF9_NOTICE_PACKET, st, it.tail.len);
    return records;
}

nf9_status nf9_collector_give(nf9_collector *c, const nf9_datagram *d)
{
    nf9_origin *o = &c->origin;
    nf9_status st;

    forget_ready(c);
    c->reading = false;
    *o = (nf9_origin){ .source = { .conversation = d->conversation, .exporter = d->exporter },
                       .number = ++c->number,
                       .offset = d->offset };
    st = nf9_packet_open(&c->it, d->bytes, &o->header);
    c->open = st == NF9_OK;
    if (!c->open) {
        note(c, NF9_NOTICE_PACKET, st, d->bytes.len);
        return st;
    }
    c->counters.packets++;
    o->source.source_id = o->header.source_id;
    o->source.boot = nf9_header_boot(&o->header);
    nf9_tracker *tracker = track(c);
    uint32_t templates = learn(c, d->bytes);
    c->doubt = (nf9_doubt){ 0, 0, 0 };
    c->settled = nf9_doubt_packet(&c->doubt, c->cache, o->source, d->bytes, o->number, false);
    bool whole;
    uint64_t records = look_through(c, &whole);
    if (c->settled) {
        records = c->doubt.records - templates -
                  nf9_doubt_settle(&c->doubt, o->header.count, (uint32_t)c->doubt.doubtful);
        if (tracker != NULL && whole)
            nf9_track_records(tracker, (uint32_t)records);
    }
    c->counters.records += records;
    return NF9_OK;
}

size_t nf9_collector_forget(nf9_collector *c, uint64_t packets)
{
    uint64_t first = c->number > packets ? c->number - packets + 1 : 0;

    forget_ready(c); /* what they are read by may be forgotten */
    c->open = c->reading = false;
    nf9_sources_forget(&c->sources, first);
    return nf9_cache_forget(c->cache, first);
}

const nf9_origin *nf9_collector_origin(const nf9_collector *c)
{
    return c->open ? &c->origin : NULL;
}

static void read_flowset(nf9_collector *c, const nf9_origin *origin, const nf9_flowset *flowset,
                         const nf9_definition *found, nf9_match match)
{
    nf9_data_flowset *d = &c->data;

    *d = (nf9_data_flowset){
        .origin = origin, .flowset = *flowset, .tmpl = found->tmpl, .match = match
    };
    nf9_records_open(&d->records, flowset, found->tmpl);
    if (c->settled && origin == &c->origin)
        nf9_records_drop(&d->records,
                         nf9_doubt_settle(&c->doubt, origin->header.count,
                                          nf9_records_doubtful(&d->records)));
}

/* What came out first, then the packet's own. */
static nf9_status next_flowset(nf9_collector *c)
{
    nf9_flowset flowset;
    nf9_definition found;
    nf9_match match;

    if (c->taken != NULL)
        nf9_waiting_free(c->pending, c->taken);
    if ((c->taken = c->ready) != NULL) {
        const nf9_waiting *w = c->taken;
        c->ready = w->next;
        match = look_up(c, &w->origin, &w->flowset, true, &found);
        read_flowset(c, &w->origin, &w->flowset, &found, match);
        return NF9_OK;
    }
    while (c->open && nf9_flowset_next(&c->it, &flowset) == NF9_OK) {
        if (nf9_flowset_kind_of(flowset.id) != NF9_FLOWSET_DATA)
            continue;
        match = look_up(c, &c->origin, &flowset, false, &found);
        if (match == NF9_MATCH_NONE)
            continue;
        read_flowset(c, &c->origin, &flowset, &found, match);
        return NF9_OK;
    }
    return NF9_END;
}

nf9_status nf9_collector_flowset(nf9_collector *c, nf9_data_flowset *data)
{
    nf9_status st = next_flowset(c);

    c->reading = false;
    if (st == NF9_OK)
        *data = c->data;
    return st;
}

nf9_status nf9_collector_next(nf9_collector *c, nf9_data_record *record)
{
    while (!c->reading || nf9_record_next(&c->data.records, &record->record) != NF9_OK) {
        c->reading = next_flowset(c) == NF9_OK;
        if (!c->reading)
            return NF9_END;
    }
    record->of = &c->data;
    return NF9_OK;
}

const nf9_counters *nf9_collector_counters(const nf9_collector *c)
{
    return &c->counters;
}

const nf9_pending *nf9_collector_pending(const nf9_collector *c)
{
    return c->pending;
}

const nf9_cache *nf9_collector_cache(const nf9_collector *c)
{
    return c->cache;
}
