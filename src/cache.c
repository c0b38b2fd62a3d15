/* SPDX-License-Identifier: MIT
 *
 * cache.c: which definition is in force at a place.
 */
#include "alloc.h"
#include "cache_state.h"
#include "hash.h"

/* How far the clocks of one exporter's packets may be apart and still be of one boot: header
 * times are whole seconds, and reordering moves them a little. */
#define SAME_BOOT_MS 5000

/* How many definitions of other conversations are looked at before none is borrowed. */
#define BORROW_FROM 64

int nf9_when_compare(nf9_when a, nf9_when b)
{
    if (a.packet != b.packet)
        return a.packet < b.packet ? -1 : 1;
    return (a.flowset > b.flowset) - (a.flowset < b.flowset);
}

nf9_cache *nf9_cache_new(const nf9_cache_limits *limits, const nf9_allocator *allocator)
{
    static const nf9_cache_limits none = { 0 };
    nf9_allocator a = nf9_allocator_of(allocator);
    nf9_cache *cache = a.alloc(a.user, sizeof *cache);

    if (cache != NULL)
        *cache = (nf9_cache){
            .table = { limits != NULL ? *limits : none, a, .seed = nf9_hash_seed(cache) }
        };
    return cache;
}

void nf9_cache_free(nf9_cache *cache)
{
    if (cache == NULL)
        return;
    nf9_table_clear(&cache->table);
    cache->table.allocator.free(cache->table.allocator.user, cache);
}

size_t nf9_cache_definitions(const nf9_cache *cache)
{
    return cache->n_definitions;
}

size_t nf9_cache_memory(const nf9_cache *cache)
{
    return cache->table.memory;
}

static nf9_key key_of(nf9_source source, uint16_t id, nf9_space space)
{
    uint32_t number = space == NF9_SPACE_EXPORTER ? source.exporter : source.conversation;
    return (nf9_key){ number, source.source_id, id, (uint16_t)space };
}

/* Whether the source restarted behind `from`, at or before `to`. */
static bool restarted(const nf9_cache *cache, nf9_source source, nf9_when from, nf9_when to)
{
    const nf9_history *h;
    size_t n;

    if (nf9_when_compare(cache->last_restart, from) <= 0)
        return false; /* nearly always: nobody did since */
    h = nf9_table_find(&cache->table, key_of(source, 0, NF9_SPACE_SOURCE));
    n = h == NULL ? 0 : nf9_history_rank(h, to);
    return n > 0 && nf9_when_compare(h->events[n - 1].definition.first, from) > 0;
}

/* Whether what was defined at `from` is void at `to`: by nf9_cache_void, or by a restart. */
static bool void_between(const nf9_cache *cache, nf9_source source, const nf9_history *h,
                         nf9_when from, nf9_when to)
{
    return (h->voided && nf9_when_compare(from, h->void_at) < 0 &&
            nf9_when_compare(h->void_at, to) <= 0) ||
           restarted(cache, source, from, to);
}

nf9_status nf9_cache_restart(nf9_cache *cache, nf9_source source, nf9_when when)
{
    nf9_key key = key_of(source, 0, NF9_SPACE_SOURCE);
    nf9_status st = nf9_table_reserve(&cache->table, key, 1);
    nf9_history *h;
    size_t at;

    if (st != NF9_OK)
        return st;
    h = nf9_table_find(&cache->table, key);
    at = nf9_history_rank(h, when);
    if (at == 0 || nf9_when_compare(h->events[at - 1].definition.first, when) != 0)
        nf9_history_insert(h, at, (nf9_event){ .definition = { NULL, when, when } });
    if (nf9_when_compare(when, cache->last_restart) > 0)
        cache->last_restart = when;
    return NF9_OK;
}

static nf9_status compile(nf9_cache *cache, const nf9_template_record *record,
                          const nf9_template **out)
{
    size_t size = nf9_template_size(record);
    nf9_status st;
    void *mem;

    if ((st = nf9_table_take(&cache->table, size, &mem)) != NF9_OK)
        return st;
    return nf9_template_compile(record, mem, size, out);
}

/* Whether a definition that begins at `when` stands between two announcements of `before`. */
static bool splits(const nf9_event *before, nf9_when when)
{
    return before != NULL && nf9_when_compare(before->definition.last, when) > 0;
}

/* A definition that begins at `when`, as the at-th of the conversation's. */
static void define(nf9_cache *cache, nf9_source source, nf9_history *h, size_t at,
                   nf9_event event)
{
    nf9_when when = event.definition.first;
    nf9_event *before = at > 0 ? &h->events[at - 1] : NULL;
    size_t *of_source =
        &nf9_table_find(&cache->table, key_of(source, 0, NF9_SPACE_SOURCE))->n_definitions;

    if (splits(before, when)) {
        /* learnt out of order, between two announcements of the same: it comes back behind */
        nf9_event again = *before;
        again.definition.first = again.definition.last;
        again.borrowed = true;
        before->definition.last = before->definition.first;
        nf9_history_insert(h, at, again);
        cache->n_definitions++;
        ++*of_source;
    }
    nf9_history_insert(h, at, event);
    cache->n_definitions++;
    ++*of_source;
    if (source.exporter != 0) { /* for the exporter's other conversations */
        nf9_history *e = nf9_table_find(&cache->table,
                                        key_of(source, h->key.id, NF9_SPACE_EXPORTER));
        event.borrowed = true;
        nf9_history_insert(e, nf9_history_rank(e, when), event);
    }
}

/* Whether the limits leave room for so many definitions more. */
static bool has_room(const nf9_cache *cache, nf9_source source, size_t more)
{
    const nf9_cache_limits *limits = &cache->table.limits;
    const nf9_history *s =
        nf9_table_find(&cache->table, key_of(source, 0, NF9_SPACE_SOURCE));
    size_t of_source = s == NULL ? 0 : s->n_definitions;

    return (limits->max_definitions == 0 ||
            cache->n_definitions + more <= limits->max_definitions) &&
           (limits->max_source == 0 || of_source + more <= limits->max_source);
}

static nf9_status add(nf9_cache *cache, nf9_source source, nf9_history *h,
                      const nf9_template_record *record, nf9_when when, nf9_cache_event *event)
{
    size_t at = nf9_history_rank(h, when);
    nf9_event *before = at > 0 ? &h->events[at - 1] : NULL;
    nf9_event *after = at < h->n ? &h->events[at] : NULL;
    nf9_event fresh = { .definition = { NULL, when, when },
                        .boot = source.boot,
                        .conversation = source.conversation };
    bool same = before != NULL && nf9_template_equals(before->definition.tmpl, record);
    bool forgotten = before == NULL ||
                     void_between(cache, source, h, before->definition.last, when);
    nf9_status st;

    if (!same && after != NULL && nf9_template_equals(after->definition.tmpl, record) &&
               !void_between(cache, source, h, when, after->definition.first) &&
               (before == NULL || nf9_when_compare(before->definition.last, when) < 0)) {
        after->definition.first = when; /* the same, learnt earlier from a later place */
        *event = forgotten ? NF9_CACHE_NEW : NF9_CACHE_REDEFINED;
        return NF9_OK;
    }
    if (!has_room(cache, source, 1 + splits(before, when)))
        return NF9_ERR_LIMIT;
    if (same) { /* the same again after a restart: it counts from here on */
        fresh.definition.tmpl = before->definition.tmpl;
        fresh.borrowed = true;
    } else if ((st = compile(cache, record, &fresh.definition.tmpl)) != NF9_OK) {
        return st;
    }
    *event = forgotten ? NF9_CACHE_NEW : NF9_CACHE_REDEFINED;
    define(cache, source, h, at, fresh);
    return NF9_OK;
}

/* The same as the definition in force: nothing but its last announcement changes. */
static bool refresh(nf9_cache *cache, nf9_source source, nf9_history *h,
                    const nf9_template_record *record, nf9_when when)
{
    size_t at = h == NULL ? 0 : nf9_history_rank(h, when);
    nf9_definition *before = at > 0 ? &h->events[at - 1].definition : NULL;

    if (before == NULL || !nf9_template_equals(before->tmpl, record) ||
        void_between(cache, source, h, before->last, when))
        return false;
    if (nf9_when_compare(when, before->last) > 0)
        before->last = when;
    return true;
}

static nf9_status try_add(nf9_cache *cache, nf9_source source, const nf9_template_record *record,
                          nf9_when when, nf9_cache_event *event)
{
    const nf9_cache_limits *limits = &cache->table.limits;
    nf9_key key = key_of(source, record->id, NF9_SPACE_CONVERSATION);
    const nf9_history *h = nf9_table_find(&cache->table, key);
    size_t at = h == NULL ? 0 : nf9_history_rank(h, when);
    size_t more = 1 + splits(at > 0 ? &h->events[at - 1] : NULL, when);
    nf9_status st;

    if (limits->max_fields != 0 && record->field_count > limits->max_fields) {
        nf9_table_reserve(&cache->table, key, 0); /* for nf9_cache_void to have a place */
        return NF9_ERR_LIMIT;
    }
    if (h == NULL && !has_room(cache, source, 1))
        return NF9_ERR_LIMIT;
    /* room for all that is inserted, so that nothing is done by halves */
    if ((st = nf9_table_reserve(&cache->table, key_of(source, 0, NF9_SPACE_SOURCE), 0)) !=
            NF9_OK ||
        (st = nf9_table_reserve(&cache->table, key, more)) != NF9_OK)
        return st;
    if (source.exporter != 0 &&
        (st = nf9_table_reserve(&cache->table, key_of(source, record->id, NF9_SPACE_EXPORTER),
                                1)) != NF9_OK)
        return st;
    return add(cache, source, nf9_table_find(&cache->table, key), record, when, event);
}

nf9_status nf9_cache_add(nf9_cache *cache, nf9_source source, const nf9_template_record *record,
                         nf9_when when, nf9_cache_event *event)
{
    const nf9_key key = key_of(source, record->id, NF9_SPACE_CONVERSATION);
    nf9_cache_event ignored;

    if (event == NULL)
        event = &ignored;
    if (record->fault != NF9_OK)
        return record->fault;
    *event = NF9_CACHE_REFRESHED;
    if (refresh(cache, source, nf9_table_find(&cache->table, key), record, when))
        return NF9_OK;
    return try_add(cache, source, record, when, event);
}

void nf9_cache_void(nf9_cache *cache, nf9_source source, uint16_t id, nf9_when when)
{
    nf9_history *h = nf9_table_find(&cache->table, key_of(source, id, NF9_SPACE_CONVERSATION));

    if (h != NULL && (!h->voided || nf9_when_compare(h->void_at, when) < 0)) {
        h->voided = true;
        h->void_at = when;
    }
}

static const nf9_history *history_of(const nf9_cache *cache, nf9_source source, uint16_t id)
{
    return nf9_table_find(&cache->table, key_of(source, id, NF9_SPACE_CONVERSATION));
}

static nf9_status found_at(const nf9_history *h, size_t i, nf9_definition *found)
{
    if (i >= h->n)
        return NF9_NONE;
    *found = h->events[i].definition;
    return NF9_OK;
}

nf9_status nf9_cache_find(const nf9_cache *cache, nf9_source source, uint16_t id, nf9_when when,
                          nf9_definition *found)
{
    const nf9_history *h = history_of(cache, source, id);
    nf9_status st = h == NULL ? NF9_NONE : found_at(h, nf9_history_rank(h, when) - 1, found);

    return st == NF9_OK && void_between(cache, source, h, found->first, when) ? NF9_NONE : st;
}

/* Whether a definition that could not be stored is in force: what comes later is another. */
static bool is_void(const nf9_history *h, nf9_when when)
{
    size_t n = nf9_history_rank(h, when);

    return h->voided && nf9_when_compare(h->void_at, when) <= 0 &&
           (n == 0 || nf9_when_compare(h->events[n - 1].definition.first, h->void_at) < 0);
}

nf9_status nf9_cache_find_after(const nf9_cache *cache, nf9_source source, uint16_t id,
                                nf9_when when, nf9_definition *found)
{
    const nf9_history *h = history_of(cache, source, id);
    nf9_status st = h == NULL || is_void(h, when) ? NF9_NONE
                                                  : found_at(h, nf9_history_rank(h, when), found);

    return st == NF9_OK && void_between(cache, source, h, when, found->first) ? NF9_NONE : st;
}

nf9_status nf9_cache_find_here(const nf9_cache *cache, nf9_source source, uint16_t id,
                               nf9_when when, nf9_definition *found)
{
    source.exporter = 0; /* no borrowing */
    return nf9_cache_lookup(cache, source, id, when, false, found) == NF9_MATCH_NONE ? NF9_NONE
                                                                                    : NF9_OK;
}

nf9_status nf9_cache_find_before(const nf9_cache *cache, nf9_source source, uint16_t id,
                                 nf9_when when, nf9_definition *found)
{
    const nf9_history *h = history_of(cache, source, id);
    nf9_status st;
    size_t n;

    if (h == NULL)
        return NF9_NONE;
    n = nf9_history_rank(h, when);
    while (n > 0 && nf9_when_compare(h->events[n - 1].definition.first, when) == 0)
        n--;
    st = found_at(h, n - 1, found);
    return st == NF9_OK && void_between(cache, source, h, found->first, when) ? NF9_NONE : st;
}

/* Whether two boot times are one, though the uptime wrapped between them. */
static bool same_boot(int64_t a, int64_t b)
{
    int64_t apart = (a - b) % NF9_UPTIME_WRAP_MS;

    if (apart < 0)
        apart += NF9_UPTIME_WRAP_MS;
    return apart <= SAME_BOOT_MS || apart >= NF9_UPTIME_WRAP_MS - SAME_BOOT_MS;
}

static bool lends(const nf9_event *event, nf9_source source)
{
    return event->conversation != source.conversation && same_boot(event->boot, source.boot);
}

/* The newest definition at or before the place by another conversation of the exporter. */
static bool borrow(const nf9_history *h, nf9_source source, nf9_when when, nf9_definition *found)
{
    size_t n = nf9_history_rank(h, when), tries = BORROW_FROM;

    for (; n > 0 && tries > 0; n--, tries--)
        if (lends(&h->events[n - 1], source)) {
            *found = h->events[n - 1].definition;
            return true;
        }
    return false;
}

/* The first one behind the place. */
static bool borrow_after(const nf9_history *h, nf9_source source, nf9_when when,
                         nf9_definition *found)
{
    size_t i = nf9_history_rank(h, when), tries = BORROW_FROM;

    for (; i < h->n && tries > 0; i++, tries--)
        if (lends(&h->events[i], source)) {
            *found = h->events[i].definition;
            return true;
        }
    return false;
}

nf9_match nf9_cache_lookup(const nf9_cache *cache, nf9_source source, uint16_t id, nf9_when when,
                           bool second_look, nf9_definition *found)
{
    const nf9_history *e = NULL;
    bool after;

    if (nf9_cache_find(cache, source, id, when, found) == NF9_OK)
        return NF9_MATCH_BEFORE;
    after = nf9_cache_find_after(cache, source, id, when, found) == NF9_OK;
    if (after && found->first.packet == when.packet)
        return NF9_MATCH_SAME_PACKET;
    if (source.exporter != 0)
        e = nf9_table_find(&cache->table, key_of(source, id, NF9_SPACE_EXPORTER));
    nf9_definition other;
    if (e != NULL && borrow(e, source, when, &other)) {
        *found = other;
        return NF9_MATCH_BORROWED;
    }
    if (!second_look)
        return NF9_MATCH_NONE;
    if (after)
        return NF9_MATCH_AFTER;
    if (e != NULL && borrow_after(e, source, when, &other) &&
        !restarted(cache, source, when, other.first)) {
        *found = other;
        return NF9_MATCH_BORROWED_AFTER;
    }
    return NF9_MATCH_NONE;
}
