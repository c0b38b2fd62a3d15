/* SPDX-License-Identifier: MIT
 *
 * sources.c: a tracker for each source, in a hash table with open addressing.
 */
#include "sources.h"
#include "hash.h"
#include <string.h>

/* The slot of a source, or the free one where it belongs. There is always a free one. */
static nf9_source_slot *slot_of(const nf9_sources *s, nf9_source_slot *slots, size_t n,
                                uint32_t conversation, uint32_t source_id)
{
    size_t i = nf9_hash(((uint64_t)conversation << 32 | source_id) ^ nf9_hash_seed(s)) & (n - 1);

    while (slots[i].used &&
           (slots[i].conversation != conversation || slots[i].source_id != source_id))
        i = (i + 1) & (n - 1);
    return &slots[i];
}

/* Moves those that sent since a packet into n slots. */
static bool resize(nf9_sources *s, size_t n, uint64_t since)
{
    nf9_source_slot *slots;

    if ((slots = s->allocator.alloc(s->allocator.user, n * sizeof *slots)) == NULL)
        return false;
    memset(slots, 0, n * sizeof *slots);
    for (size_t i = 0; i < s->n_slots; i++) {
        const nf9_source_slot *old = &s->slots[i];
        if (old->used && old->last >= since)
            *slot_of(s, slots, n, old->conversation, old->source_id) = *old;
    }
    nf9_sources_clear(s);
    s->slots = slots;
    s->n_slots = n;
    return true;
}

/* Makes room for one more. */
static bool grow(nf9_sources *s)
{
    return s->n_used + 1 <= s->n_slots / 4 * 3 ||
           resize(s, s->n_slots == 0 ? 16 : s->n_slots * 2, 0);
}

void nf9_sources_forget(nf9_sources *s, uint64_t packet)
{
    size_t used = 0, n = 16;

    for (size_t i = 0; i < s->n_slots; i++)
        used += s->slots[i].used && s->slots[i].last >= packet;
    while (used + 1 > n / 4 * 3)
        n *= 2;
    if (used < s->n_used && resize(s, n, packet))
        s->n_used = used;
}

nf9_tracker *nf9_sources_tracker(nf9_sources *s, nf9_source source, uint64_t packet)
{
    nf9_source_slot *slot;

    if (s->n_slots > 0) {
        slot = slot_of(s, s->slots, s->n_slots, source.conversation, source.source_id);
        if (slot->used) {
            slot->last = packet;
            return &slot->tracker;
        }
    }
    if ((s->max != 0 && s->n_used >= s->max) || !grow(s))
        return NULL;
    slot = slot_of(s, s->slots, s->n_slots, source.conversation, source.source_id);
    *slot = (nf9_source_slot){ .used = true,
                               .conversation = source.conversation,
                               .source_id = source.source_id,
                               .last = packet };
    s->n_used++;
    return &slot->tracker;
}

void nf9_sources_clear(nf9_sources *s)
{
    if (s->slots != NULL)
        s->allocator.free(s->allocator.user, s->slots);
    s->slots = NULL;
    s->n_slots = 0;
}
