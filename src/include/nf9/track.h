/* SPDX-License-Identifier: MIT
 *
 * track.h: what the headers of a source's packets say, one after the other: packets lost, twice
 * or out of order, the exporter restarted (RFC 3954 section 5.1, Sequence Number and
 * sysUpTime).  No template is needed.
 *
 * A tracker belongs to one conversation and Source ID, and is the caller's memory: zeroed, it has
 * seen nothing.  Packets are given in the order in which they arrived.
 */
#ifndef NF9_TRACK_H
#define NF9_TRACK_H

#include <nf9/decode.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a packet shows; several may come together. */
enum {
    NF9_TRACK_LOST = 1 << 0,      /* packets before it did not arrive */
    NF9_TRACK_DUPLICATE = 1 << 1, /* it arrived before */
    NF9_TRACK_REORDERED = 1 << 2, /* it arrived later than its successor, or very late */
    NF9_TRACK_RESTART = 1 << 3,   /* the exporter booted since the last packet */
    NF9_TRACK_WRAP = 1 << 4,      /* sys_uptime passed 2^32 ms */
    NF9_TRACK_RECORDS = 1 << 5,   /* the sequence counts records: said once */
    NF9_TRACK_FOUND = 1 << 6      /* with NF9_TRACK_REORDERED: it had been called lost */
};

/* How many missing packets may still come: a gap up to this is not called a loss at once, but
 * when two more packets came, or one that was exported a second later. */
#define NF9_TRACK_PATIENCE 3u

typedef struct nf9_verdict {
    unsigned what;     /* of NF9_TRACK_*; 0: nothing of these */
    uint32_t expected; /* the sequence that was expected of the packet */
    uint32_t lost;     /* packets, or records where the sequence counts these */
    bool records;      /* it does */
} nf9_verdict;

typedef struct nf9_tracker {
    bool seen;
    bool current; /* the packet seen last is the newest */
    bool counts_records;
    uint32_t sequence;   /* the newest packet's */
    uint32_t sys_uptime;
    uint32_t unix_secs;
    uint32_t count;      /* its Count, and its records where they are known, else Count */
    uint32_t records;
    uint64_t arrived;    /* bit i: the packet with sequence - i arrived */
    uint32_t reach;      /* how far back the first packet is, 64 at most: before it none is lost */
    uint32_t steps;      /* steps by records in a row */
    bool by_count;       /* all of them were steps by Count */
    bool by_records;     /* all of them were steps by records */
    uint32_t gap_from;   /* the sequence before a gap that is not settled yet */
    uint32_t gap;        /* packets missing in it, 0: no such gap */
    uint32_t gap_uptime; /* of the packet behind it */
    uint32_t gap_age;    /* packets since */
    uint32_t behind;     /* packets in a row of an earlier boot than the newest's */
    bool restarted;      /* once at least */
    int64_t boot_before; /* the boot before the last restart */
    uint32_t suspect;    /* missing, unless the sequence turns out to count records */
    uint32_t suspect_from; /* the sequence behind which these are missing */
} nf9_tracker;

/* Looks at the next packet's header. */
NF9_API void nf9_track(nf9_tracker *tracker, const nf9_header *header, nf9_verdict *verdict);

/* How many Data and Options Data Records the packet held that nf9_track saw last, where all of
 * it could be decoded. */
NF9_API void nf9_track_records(nf9_tracker *tracker, uint32_t records);

#ifdef __cplusplus
}
#endif
#endif
