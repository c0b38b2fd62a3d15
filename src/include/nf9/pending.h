/* SPDX-License-Identifier: MIT
 *
 * pending.h: Data FlowSets that wait for their template, which over UDP may come after the data
 * (RFC 3954 section 9: a collector may keep them); bounded in number and in octets.
 *
 * Nothing is dropped unasked: what does not fit is refused, and its owner may take out the
 * oldest to make room.
 */
#ifndef NF9_PENDING_H
#define NF9_PENDING_H

#include <nf9/cache.h>
#include <nf9/track.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A packet, as its data remembers it. */
typedef struct nf9_origin {
    nf9_header header;
    nf9_source source;
    nf9_verdict verdict; /* what its header showed when it arrived */
    uint64_t number;     /* of the packet, from 1: nf9_when.packet */
    uint64_t offset;     /* of the packet in its stream, octets */
} nf9_origin;

typedef struct nf9_pending_limits {
    size_t max_flowsets; /* 0: no limit */
    size_t max_octets;   /* of their bodies, 0: no limit */
} nf9_pending_limits;

/* A Data FlowSet with a copy of its octets. */
typedef struct nf9_waiting nf9_waiting;
struct nf9_waiting {
    nf9_origin origin;
    nf9_flowset flowset;      /* id: of the template it waits for; offset: in its packet */
    nf9_waiting *next, *prev; /* the one that came after, before it; NULL; once it is taken out,
                               * its owner's to use */
};

typedef struct nf9_pending nf9_pending;

/* A new, empty one, to be freed by nf9_pending_free; NULL where there is no memory.  `limits` and
 * `allocator` are copied; NULL means no limits, malloc and free. */
NF9_API nf9_pending *nf9_pending_new(const nf9_pending_limits *limits,
                                     const nf9_allocator *allocator);

/* Frees it and all that waits in it. NULL is fine. */
NF9_API void nf9_pending_free(nf9_pending *pending);

/* Copies a FlowSet to the end.  NF9_ERR_LIMIT where it would pass a limit, NF9_ERR_SPACE where it
 * would do so alone, NF9_ERR_MEMORY; nothing is changed then. */
NF9_API nf9_status nf9_pending_park(nf9_pending *pending, const nf9_origin *origin,
                                    const nf9_flowset *flowset);

/* The one that waits longest, whose `next` leads to the others; NULL where none waits.  Valid
 * until it is freed. */
NF9_API nf9_waiting *nf9_pending_oldest(const nf9_pending *pending);

/* Takes one out: it is then the caller's, to be freed by nf9_waiting_free before the pending it
 * comes from is. */
NF9_API void nf9_pending_take(nf9_pending *pending, nf9_waiting *waiting);

/* Frees one that was taken out. */
NF9_API void nf9_waiting_free(nf9_pending *pending, nf9_waiting *waiting);

/* How many wait, and the octets of their bodies. */
NF9_API size_t nf9_pending_flowsets(const nf9_pending *pending);
NF9_API size_t nf9_pending_octets(const nf9_pending *pending);

#ifdef __cplusplus
}
#endif
#endif
