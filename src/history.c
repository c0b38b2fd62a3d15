/* SPDX-License-Identifier: MIT
 *
 * history.c: what happened to a key, sorted by place.
 *
 * A history is one event nearly always, and is searched by halves.
 */
#include "history.h"
#include "places.h"
#include "hash.h"
#include <string.h>

nf9_status nf9_table_take(nf9_table *table, size_t size, void **mem)
{
    if (table->limits.max_memory != 0 && table->memory + size > table->limits.max_memory)
        return NF9_ERR_LIMIT;
    *mem = table->allocator.alloc(table->allocator.user, size);
    if (*mem == NULL)
        return NF9_ERR_MEMORY;
    table->memory += size;
    return NF9_OK;
}

void nf9_table_give(nf9_table *table, void *mem, size_t size)
{
    if (mem == NULL)
        return;
    table->allocator.free(table->allocator.user, mem);
    table->memory -= size;
}

void nf9_table_give_template(nf9_table *table, const nf9_template *tmpl)
{
    nf9_table_give(table, (void *)(uintptr_t)tmpl, nf9_template_octets(tmpl));
}

void nf9_table_clear(nf9_table *table)
{
    for (size_t i = 0; i < table->n_slots; i++) {
        nf9_history *h = &table->slots[i];
        for (size_t k = 0; k < h->n; k++) {
            const nf9_template *t = h->events[k].definition.tmpl;
            if (t != NULL && !h->events[k].borrowed)
                nf9_table_give_template(table, t);
        }
        nf9_table_give(table, h->events, h->cap * sizeof *h->events);
    }
    nf9_table_give(table, table->slots, table->n_slots * sizeof *table->slots);
}

/* A packet has data of a few templates with IDs in a row: up to eight of them stand together, in
 * fewer cache lines.  Not more, so that sources with many do not stand in each other's way. */
static size_t hash(uint64_t seed, nf9_key key)
{
    uint64_t eight = (uint64_t)key.space << 16 | key.id >> 3;

    return nf9_hash(((uint64_t)key.number << 32 | key.source_id) ^
                    eight * UINT64_C(0x9e3779b97f4a7c15) ^ seed) +
           (key.id & 7);
}

static bool same_key(nf9_key a, nf9_key b)
{
    return a.number == b.number && a.source_id == b.source_id && a.id == b.id &&
           a.space == b.space;
}

/* From a slot that is taken to the next to try: behind those that stand together with it, which
 * would be tried one by one; and odd, so that each slot comes up. */
#define STEP 9u

/* The slot of a key, or the free one where it belongs. There is always a free one. */
static nf9_history *slot_of(nf9_history *slots, size_t n, uint64_t seed, nf9_key key)
{
    size_t i = hash(seed, key) & (n - 1);

    while (slots[i].used && !same_key(slots[i].key, key))
        i = (i + STEP) & (n - 1);
    return &slots[i];
}

nf9_history *nf9_table_find(const nf9_table *table, nf9_key key)
{
    nf9_history *h;

    if (table->n_slots == 0)
        return NULL;
    h = slot_of(table->slots, table->n_slots, table->seed, key);
    return h->used ? h : NULL;
}

static bool is_empty(const nf9_history *h)
{
    return h->n == 0 && h->n_definitions == 0 && !h->voided;
}

/* Moves the histories into n slots, a power of two. */
static nf9_status resize(nf9_table *table, size_t n, bool with_empty)
{
    nf9_history *slots;
    void *mem;
    nf9_status st = nf9_table_take(table, n * sizeof *slots, &mem);

    if (st != NF9_OK)
        return st;
    slots = mem;
    memset(slots, 0, n * sizeof *slots);
    for (size_t i = 0; i < table->n_slots; i++)
        if (table->slots[i].used && (with_empty || !is_empty(&table->slots[i])))
            *slot_of(slots, n, table->seed, table->slots[i].key) = table->slots[i];
    nf9_table_give(table, table->slots, table->n_slots * sizeof *slots);
    table->slots = slots;
    table->n_slots = n;
    return NF9_OK;
}

/* Makes room for one more key. */
static nf9_status grow_slots(nf9_table *table)
{
    if (table->n_used + 1 <= table->n_slots / 4 * 3)
        return NF9_OK;
    return resize(table, table->n_slots == 0 ? 16 : table->n_slots * 2, true);
}

/* Moves the events to where there is room for `cap` of them, not less than there are. */
static nf9_status move_events(nf9_table *table, nf9_history *h, size_t cap)
{
    nf9_event *events;
    void *mem;
    nf9_status st = nf9_table_take(table, cap * sizeof *events, &mem);

    if (st != NF9_OK)
        return st;
    events = mem;
    if (h->n > 0)
        memcpy(events, h->events, h->n * sizeof *events);
    nf9_table_give(table, h->events, h->cap * sizeof *events);
    h->events = events;
    h->cap = cap;
    return NF9_OK;
}

static nf9_status grow_events(nf9_table *table, nf9_history *h, size_t more)
{
    size_t cap = h->cap == 0 ? 1 : h->cap;

    if (h->n + more <= h->cap)
        return NF9_OK;
    while (cap < h->n + more)
        cap *= 2;
    return move_events(table, h, cap);
}

/* Gives back what the events of a history do not need. */
static void shrink_events(nf9_table *table, nf9_history *h)
{
    if (h->n == 0) {
        nf9_table_give(table, h->events, h->cap * sizeof *h->events);
        h->events = NULL;
        h->cap = 0;
    } else if (h->cap / 4 > h->n) {
        move_events(table, h, h->n); /* or it stays where it is */
    }
}

void nf9_table_shrink(nf9_table *table)
{
    size_t used = 0, n = 16;

    for (size_t i = 0; i < table->n_slots; i++) {
        nf9_history *h = &table->slots[i];
        if (!h->used)
            continue;
        shrink_events(table, h);
        used += !is_empty(h);
    }
    while (used + 1 > n / 4 * 3)
        n *= 2;
    if (used < table->n_used && resize(table, n, false) == NF9_OK)
        table->n_used = used;
}

nf9_status nf9_table_reserve(nf9_table *table, nf9_key key, size_t more)
{
    nf9_history *h = nf9_table_find(table, key);
    nf9_status st;

    if (h != NULL)
        return grow_events(table, h, more);
    nf9_history fresh = { .key = key, .used = true };
    if ((st = grow_slots(table)) != NF9_OK || (st = grow_events(table, &fresh, more)) != NF9_OK)
        return st;
    *slot_of(table->slots, table->n_slots, table->seed, key) = fresh;
    table->n_used++;
    return NF9_OK;
}

size_t nf9_history_rank(const nf9_history *history, nf9_when when)
{
    size_t low = 0, n = history->n;

    while (n > 0) {
        size_t half = n / 2;
        if (nf9_when_compare(history->events[low + half].definition.first, when) <= 0) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return low;
}

void nf9_history_insert(nf9_history *history, size_t at, nf9_event event)
{
    memmove(&history->events[at + 1], &history->events[at],
            (history->n - at) * sizeof *history->events);
    history->events[at] = event;
    history->n++;
}
