/* SPDX-License-Identifier: MIT
 *
 * sources.h: a tracker for each source, bounded in number. Private.
 */
#ifndef NF9_SOURCES_H
#define NF9_SOURCES_H

#include <nf9/cache.h>
#include <nf9/track.h>

typedef struct nf9_source_slot {
    bool used;
    uint32_t conversation, source_id;
    nf9_tracker tracker;
} nf9_source_slot;

/* Zeroed but for the first two, it is empty. */
typedef struct nf9_sources {
    nf9_allocator allocator;
    size_t max; /* 0: no limit */
    nf9_source_slot *slots; /* a power of two, at most three quarters full */
    size_t n_slots, n_used;
} nf9_sources;

/* The source's tracker, a new one where it is seen for the first time; NULL where there is no
 * room or no memory.  Valid until the next call. */
nf9_tracker *nf9_sources_tracker(nf9_sources *sources, nf9_source source);

void nf9_sources_clear(nf9_sources *sources);

#endif
