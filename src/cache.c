/* SPDX-License-Identifier: MIT
 *
 * cache.c: definitions by source, Template ID and place.
 *
 * A hash table with open addressing leads from source and ID to a history: its definitions,
 * sorted by place.  A history is one definition nearly always, and is searched by halves.
 */
#include <nf9/cache.h>
#include <stdlib.h>
#include <string.h>

typedef struct entry {
    nf9_definition definition;
    bool borrowed; /* the template belongs to an earlier entry */
} entry;

typedef struct history {
    nf9_source source;
    uint16_t id;
    bool used;
    size_t n, cap;
    entry *entries;
} history;

struct nf9_cache {
    nf9_cache_limits limits;
    nf9_allocator allocator;
    history *slots; /* a power of two, at most three quarters full */
    size_t n_slots, n_used;
    size_t n_definitions, memory;
};

static void *default_alloc(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void default_free(void *user, void *mem)
{
    (void)user;
    free(mem);
}

int nf9_when_compare(nf9_when a, nf9_when b)
{
    if (a.packet != b.packet)
        return a.packet < b.packet ? -1 : 1;
    return (a.flowset > b.flowset) - (a.flowset < b.flowset);
}

nf9_cache *nf9_cache_new(const nf9_cache_limits *limits, const nf9_allocator *allocator)
{
    static const nf9_allocator standard = { default_alloc, default_free, NULL };
    static const nf9_cache_limits none = { 0, 0, 0 };
    const nf9_allocator *a = allocator != NULL ? allocator : &standard;
    nf9_cache *cache = a->alloc(a->user, sizeof *cache);

    if (cache != NULL)
        *cache = (nf9_cache){ .limits = limits != NULL ? *limits : none, .allocator = *a };
    return cache;
}

static void *take(nf9_cache *cache, size_t size)
{
    void *mem = cache->allocator.alloc(cache->allocator.user, size);

    if (mem != NULL)
        cache->memory += size;
    return mem;
}

static void give(nf9_cache *cache, void *mem, size_t size)
{
    if (mem == NULL)
        return;
    cache->allocator.free(cache->allocator.user, mem);
    cache->memory -= size;
}

static size_t template_octets(const nf9_template *t)
{
    return sizeof *t + t->field_count * sizeof(nf9_column) + t->wire_length;
}

void nf9_cache_free(nf9_cache *cache)
{
    if (cache == NULL)
        return;
    for (size_t i = 0; i < cache->n_slots; i++) {
        history *h = &cache->slots[i];
        for (size_t k = 0; k < h->n; k++) {
            const nf9_template *t = h->entries[k].definition.tmpl;
            if (!h->entries[k].borrowed)
                give(cache, (void *)(uintptr_t)t, template_octets(t));
        }
        give(cache, h->entries, h->cap * sizeof *h->entries);
    }
    give(cache, cache->slots, cache->n_slots * sizeof *cache->slots);
    cache->allocator.free(cache->allocator.user, cache);
}

/* Mixes all bits (the finalizer of MurmurHash3, by Austin Appleby, in the public domain). */
static size_t hash(nf9_source source, uint16_t id)
{
    uint64_t x = ((uint64_t)source.conversation << 32 | source.source_id) ^
                 (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);

    x = (x ^ x >> 33) * UINT64_C(0xff51afd7ed558ccd);
    x = (x ^ x >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return (size_t)(x ^ x >> 33);
}

/* The slot of a key, or the free one where it belongs. There is always a free one. */
static history *slot_of(history *slots, size_t n, nf9_source source, uint16_t id)
{
    size_t i = hash(source, id) & (n - 1);

    while (slots[i].used &&
           (slots[i].id != id || slots[i].source.conversation != source.conversation ||
            slots[i].source.source_id != source.source_id))
        i = (i + 1) & (n - 1);
    return &slots[i];
}

static const history *history_of(const nf9_cache *cache, nf9_source source, uint16_t id)
{
    const history *h;

    if (cache->n_slots == 0)
        return NULL;
    h = slot_of(cache->slots, cache->n_slots, source, id);
    return h->used ? h : NULL;
}

static bool over_limit(const nf9_cache *cache, size_t more)
{
    return cache->limits.max_memory != 0 && cache->memory + more > cache->limits.max_memory;
}

/* Makes room for one more key. */
static nf9_status grow_slots(nf9_cache *cache)
{
    size_t n = cache->n_slots == 0 ? 16 : cache->n_slots * 2;
    history *slots;

    if (cache->n_used + 1 <= cache->n_slots / 4 * 3)
        return NF9_OK;
    if (over_limit(cache, n * sizeof *slots))
        return NF9_ERR_LIMIT;
    slots = take(cache, n * sizeof *slots);
    if (slots == NULL)
        return NF9_ERR_MEMORY;
    memset(slots, 0, n * sizeof *slots);
    for (size_t i = 0; i < cache->n_slots; i++) {
        const history *old = &cache->slots[i];
        if (old->used)
            *slot_of(slots, n, old->source, old->id) = *old;
    }
    give(cache, cache->slots, cache->n_slots * sizeof *slots);
    cache->slots = slots;
    cache->n_slots = n;
    return NF9_OK;
}

/* Makes room for two more definitions: one may split another. */
static nf9_status grow_history(nf9_cache *cache, history *h)
{
    size_t cap = h->cap == 0 ? 2 : h->cap * 2;
    entry *entries;

    if (h->n + 2 <= h->cap)
        return NF9_OK;
    if (over_limit(cache, cap * sizeof *entries))
        return NF9_ERR_LIMIT;
    entries = take(cache, cap * sizeof *entries);
    if (entries == NULL)
        return NF9_ERR_MEMORY;
    if (h->n > 0)
        memcpy(entries, h->entries, h->n * sizeof *entries);
    give(cache, h->entries, h->cap * sizeof *entries);
    h->entries = entries;
    h->cap = cap;
    return NF9_OK;
}

/* How many definitions begin at or before the place. */
static size_t rank(const history *h, nf9_when when)
{
    size_t low = 0, n = h->n;

    while (n > 0) {
        size_t half = n / 2;
        if (nf9_when_compare(h->entries[low + half].definition.first, when) <= 0) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return low;
}

static nf9_status compile(nf9_cache *cache, const nf9_template_record *record,
                          const nf9_template **out)
{
    size_t size = nf9_template_size(record);
    void *mem;

    if (cache->limits.max_definitions != 0 &&
        cache->n_definitions >= cache->limits.max_definitions)
        return NF9_ERR_LIMIT;
    if (over_limit(cache, size))
        return NF9_ERR_LIMIT;
    mem = take(cache, size);
    if (mem == NULL)
        return NF9_ERR_MEMORY;
    return nf9_template_compile(record, mem, size, out);
}

static void insert(nf9_cache *cache, history *h, size_t at, entry e)
{
    memmove(&h->entries[at + 1], &h->entries[at], (h->n - at) * sizeof *h->entries);
    h->entries[at] = e;
    h->n++;
    cache->n_definitions++;
}

/* Another definition than the ones around it, which begins at `when`, as the at-th. */
static nf9_status define(nf9_cache *cache, history *h, size_t at, nf9_when when,
                         const nf9_template_record *record)
{
    nf9_definition *before = at > 0 ? &h->entries[at - 1].definition : NULL;
    const nf9_template *t;
    nf9_status st = compile(cache, record, &t);

    if (st != NF9_OK)
        return st;
    if (before != NULL && nf9_when_compare(before->last, when) > 0) {
        /* learnt out of order, between two announcements of the same: it comes back behind */
        entry again = { { before->tmpl, before->last, before->last }, true };
        before->last = before->first;
        insert(cache, h, at, again);
    }
    insert(cache, h, at, (entry){ { t, when, when }, false });
    return NF9_OK;
}

static nf9_status add(nf9_cache *cache, history *h, const nf9_template_record *record,
                      nf9_when when, nf9_cache_event *event)
{
    size_t at = rank(h, when);
    nf9_definition *before = at > 0 ? &h->entries[at - 1].definition : NULL;
    nf9_definition *after = at < h->n ? &h->entries[at].definition : NULL;

    if (before != NULL && nf9_template_equals(before->tmpl, record)) {
        if (nf9_when_compare(when, before->last) > 0)
            before->last = when;
        *event = NF9_CACHE_REFRESHED;
        return NF9_OK;
    }
    *event = before == NULL ? NF9_CACHE_NEW : NF9_CACHE_REDEFINED;
    if (after != NULL && nf9_template_equals(after->tmpl, record) &&
        (before == NULL || nf9_when_compare(before->last, when) < 0)) {
        after->first = when; /* the same, learnt earlier from a later place */
        return NF9_OK;
    }
    return define(cache, h, at, when, record);
}

nf9_status nf9_cache_add(nf9_cache *cache, nf9_source source, const nf9_template_record *record,
                         nf9_when when, nf9_cache_event *event)
{
    nf9_cache_event ignored;
    nf9_status st;

    if (record->fault != NF9_OK)
        return record->fault;
    if (cache->limits.max_fields != 0 && record->field_count > cache->limits.max_fields)
        return NF9_ERR_LIMIT;
    if ((st = grow_slots(cache)) != NF9_OK)
        return st;
    history *h = slot_of(cache->slots, cache->n_slots, source, record->id);
    history fresh = { .source = source, .id = record->id, .used = true };
    history *use = h->used ? h : &fresh;
    if ((st = grow_history(cache, use)) != NF9_OK)
        return st;
    st = add(cache, use, record, when, event != NULL ? event : &ignored);
    if (use == &fresh) {
        if (st != NF9_OK) {
            give(cache, fresh.entries, fresh.cap * sizeof *fresh.entries);
            return st;
        }
        *h = fresh;
        cache->n_used++;
    }
    return st;
}

static nf9_status found_at(const history *h, size_t i, nf9_definition *found)
{
    if (h == NULL || i >= h->n)
        return NF9_NONE;
    *found = h->entries[i].definition;
    return NF9_OK;
}

nf9_status nf9_cache_find(const nf9_cache *cache, nf9_source source, uint16_t id, nf9_when when,
                          nf9_definition *found)
{
    const history *h = history_of(cache, source, id);

    return h == NULL ? NF9_NONE : found_at(h, rank(h, when) - 1, found);
}

nf9_status nf9_cache_find_after(const nf9_cache *cache, nf9_source source, uint16_t id,
                                nf9_when when, nf9_definition *found)
{
    const history *h = history_of(cache, source, id);

    return h == NULL ? NF9_NONE : found_at(h, rank(h, when), found);
}

nf9_status nf9_cache_find_here(const nf9_cache *cache, nf9_source source, uint16_t id,
                               nf9_when when, nf9_definition *found)
{
    nf9_definition after;

    if (nf9_cache_find(cache, source, id, when, found) == NF9_OK)
        return NF9_OK;
    if (nf9_cache_find_after(cache, source, id, when, &after) != NF9_OK ||
        after.first.packet != when.packet)
        return NF9_NONE;
    *found = after;
    return NF9_OK;
}

nf9_status nf9_cache_find_before(const nf9_cache *cache, nf9_source source, uint16_t id,
                                 nf9_when when, nf9_definition *found)
{
    const history *h = history_of(cache, source, id);
    size_t n;

    if (h == NULL)
        return NF9_NONE;
    n = rank(h, when);
    while (n > 0 && nf9_when_compare(h->entries[n - 1].definition.first, when) == 0)
        n--;
    return found_at(h, n - 1, found);
}

size_t nf9_cache_definitions(const nf9_cache *cache)
{
    return cache->n_definitions;
}

size_t nf9_cache_memory(const nf9_cache *cache)
{
    return cache->memory;
}
