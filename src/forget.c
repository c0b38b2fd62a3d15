/* SPDX-License-Identifier: MIT
 *
 * forget.c: definitions that expire (RFC 3954 section 9).
 */
#include "cache_state.h"

static bool has_expired(const nf9_event *event, nf9_when before)
{
    return nf9_when_compare(event->definition.last, before) < 0;
}

/* Whether a definition of this template stays. */
static bool stays(const nf9_history *h, const nf9_template *tmpl, nf9_when before)
{
    for (size_t i = 0; i < h->n; i++)
        if (h->events[i].definition.tmpl == tmpl && !has_expired(&h->events[i], before))
            return true;
    return false;
}

/* Of what an exporter lends: what its conversation forgets, and only its event knows when. */
static void forget_lent(const nf9_cache *cache, nf9_history *h, nf9_when before)
{
    size_t kept = 0;

    for (size_t i = 0; i < h->n; i++) {
        const nf9_key key = { h->events[i].conversation, h->key.source_id, h->key.id,
                              NF9_SPACE_CONVERSATION };
        const nf9_history *own = nf9_table_find(&cache->table, key);
        if (own != NULL && stays(own, h->events[i].definition.tmpl, before))
            h->events[kept++] = h->events[i];
    }
    h->n = kept;
}

/* The template belongs to the first that stays of the events that have it; to none, it is freed. */
static void hand_on(nf9_table *table, nf9_history *h, size_t at, nf9_when before)
{
    const nf9_template *tmpl = h->events[at].definition.tmpl;

    if (h->events[at].borrowed)
        return;
    for (size_t i = 0; i < h->n; i++)
        if (h->events[i].definition.tmpl == tmpl && !has_expired(&h->events[i], before)) {
            h->events[i].borrowed = false;
            return;
        }
    nf9_table_give_template(table, tmpl);
}

static size_t forget_own(nf9_table *table, nf9_history *h, nf9_when before)
{
    nf9_history *s = nf9_table_find(
        table, (nf9_key){ h->key.number, h->key.source_id, 0, NF9_SPACE_SOURCE });
    size_t kept = 0, n = h->n;

    for (size_t i = 0; i < n; i++)
        if (has_expired(&h->events[i], before))
            hand_on(table, h, i, before);
    for (size_t i = 0; i < n; i++)
        if (!has_expired(&h->events[i], before))
            h->events[kept++] = h->events[i];
    h->n = kept;
    if (kept == 0)
        h->voided = false; /* there is nothing left to be void */
    if (s != NULL)
        s->n_definitions -= n - kept;
    return n - kept;
}

/* Restarts void what came before them; behind the newest of those, nothing did. */
static void forget_restarts(nf9_history *h, nf9_when before)
{
    size_t kept = 0;

    for (size_t i = 0; i < h->n; i++)
        if (!has_expired(&h->events[i], before))
            h->events[kept++] = h->events[i];
    h->n = kept;
}

size_t nf9_cache_forget(nf9_cache *cache, uint64_t packet)
{
    const nf9_when before = nf9_when_at(packet, 0);
    nf9_table *table = &cache->table;
    size_t forgotten = 0;

    /* what is lent first, while it can be asked whose it is */
    for (size_t i = 0; i < table->n_slots; i++)
        if (table->slots[i].used && table->slots[i].key.space == NF9_SPACE_EXPORTER)
            forget_lent(cache, &table->slots[i], before);
    for (size_t i = 0; i < table->n_slots; i++) {
        nf9_history *h = &table->slots[i];
        if (h->used && h->key.space == NF9_SPACE_CONVERSATION)
            forgotten += forget_own(table, h, before);
        else if (h->used && h->key.space == NF9_SPACE_SOURCE)
            forget_restarts(h, before);
    }
    cache->n_definitions -= forgotten;
    nf9_table_shrink(table);
    return forgotten;
}
