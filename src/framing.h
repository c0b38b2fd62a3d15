/* SPDX-License-Identifier: MIT
 *
 * framing.h: where a packet ends in a window of a stream's octets. Private.
 *
 * The answer follows from the octets alone: with fewer of them it is NF9_FRAME_MORE, never
 * another, so that it does not matter how they came.
 */
#ifndef NF9_FRAMING_H
#define NF9_FRAMING_H

#include <nf9/stream.h>

typedef enum nf9_frame_what {
    NF9_FRAME_MORE,    /* to be called again with more octets behind those of this window */
    NF9_FRAME_PACKET,  /* the first `length` octets are a packet */
    NF9_FRAME_ZEROS,   /* ... are filling between packets */
    NF9_FRAME_GARBAGE, /* ... belong to no packet */
    NF9_FRAME_END      /* the window is empty, and the stream at its end */
} nf9_frame_what;

typedef struct nf9_frame {
    nf9_frame_what what;
    size_t length;
    size_t missing; /* of a packet that the stream's end cuts */
} nf9_frame;

typedef enum nf9_framer_state {
    NF9_FRAMER_START,  /* a packet should begin here */
    NF9_FRAMER_WALK,   /* from FlowSet to FlowSet */
    NF9_FRAMER_SEARCH, /* no FlowSet follows: for a header behind this packet's */
    NF9_FRAMER_HUNT    /* no packet begins here: for a header */
} nf9_framer_state;

/* Zeroed but for by_count and max_packet; positions are from the window's begin. */
typedef struct nf9_framer {
    bool by_count;
    size_t max_packet;
    nf9_framer_state state;
    size_t pos;      /* the next FlowSet, or the next octet at which a header may begin */
    size_t broken;   /* the FlowSet that none follows */
    size_t missing;  /* what it lacks, where it runs past the end of the stream */
    uint32_t left;   /* FlowSets to come, by count */
    bool known;      /* of the packet before, or this one: */
    uint32_t source_id, unix_secs;
} nf9_framer;

/* How many octets a window must be able to hold: at most as many are asked for. */
size_t nf9_framer_window(const nf9_framer *framer);

/* Looks at the window.  `end`: nothing follows it.  Unless it is NF9_FRAME_MORE, the next window
 * begins behind frame.length. */
nf9_frame nf9_framer_next(nf9_framer *framer, nf9_bytes window, bool end);

#endif
