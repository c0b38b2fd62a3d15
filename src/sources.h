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
    uint64_t last; /* the packet that asked for it last */
    nf9_tracker tracker;
} nf9_source_slot;

/* Zeroed but for the first two, it is empty. */
typedef struct nf9_sources {
    nf9_allocator allocator;
    size_t max; /* 0: no limit */
    nf9_source_slot *slots; /* a power of two, at most three quarters full */
    size_t n_slots, n_used;
} nf9_sources;

/* The tracker of the source that sent this packet, a new one where it is seen for the first time;
 * NULL where there is no room or no memory.  Valid until the next call. */
nf9_tracker *nf9_sources_tracker(nf9_sources *sources, nf9_source source, uint64_t packet);

/* Forgets the sources that sent nothing since the packet of this number; without memory to do so,
 * none. */
void nf9_sources_forget(nf9_sources *sources, uint64_t packet);

void nf9_sources_clear(nf9_sources *sources);

#endif
