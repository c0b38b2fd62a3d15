/* SPDX-License-Identifier: MIT
 *
 * split.h: an input that gives octets in pieces of chosen lengths.
 */
#ifndef NF9_TEST_SPLIT_H
#define NF9_TEST_SPLIT_H

#include <nf9/stream.h>

typedef enum split_how {
    SPLIT_WHOLE,    /* as much as is asked for */
    SPLIT_EACH,     /* one octet at a time */
    SPLIT_ONCE,     /* two pieces: `seed` octets, and the rest */
    SPLIT_RANDOMLY, /* pieces of 1 to 40 octets, by `seed` */
    SPLIT_SLOWLY    /* as randomly, and nothing yet (NF9_AGAIN) before each */
} split_how;

/* An input of its own: give &split.input to a packet stream. */
typedef struct split {
    nf9_input input;
    nf9_bytes left;
    split_how how;
    uint64_t state;
    bool waited;
} split;

void split_init(split *s, nf9_bytes octets, split_how how, uint64_t seed);

/* The next packet; a split that answers NF9_AGAIN is asked again. */
nf9_status split_next(nf9_packet_stream *stream, nf9_stream_packet *packet);

#endif
