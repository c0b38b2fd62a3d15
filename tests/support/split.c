/* SPDX-License-Identifier: MIT
 *
 * split.c: an input in pieces.
 */
#include "split.h"
#include <string.h>

static size_t piece(split *s)
{
    switch (s->how) {
    case SPLIT_WHOLE:
        return s->left.len;
    case SPLIT_EACH:
        return 1;
    case SPLIT_ONCE: {
        size_t n = (size_t)s->state;
        s->how = SPLIT_WHOLE;
        return n > 0 ? n : s->left.len;
    }
    default: /* xorshift64 */
        s->state ^= s->state << 13;
        s->state ^= s->state >> 7;
        s->state ^= s->state << 17;
        return 1 + (size_t)(s->state >> 33) % 40;
    }
}

static nf9_status read_split(nf9_input *input, uint8_t *buf, size_t cap, size_t *got)
{
    split *s = (split *)input;
    size_t n;

    if (s->left.len == 0)
        return NF9_END;
    if (s->how == SPLIT_SLOWLY && (s->waited = !s->waited))
        return NF9_AGAIN;
    n = piece(s);
    n = n < s->left.len ? n : s->left.len;
    n = n < cap ? n : cap;
    memcpy(buf, s->left.data, n);
    s->left.data += n;
    s->left.len -= n;
    *got = n;
    return NF9_OK;
}

void split_init(split *s, nf9_bytes octets, split_how how, uint64_t seed)
{
    *s = (split){ .input = { .read = read_split }, .left = octets, .how = how };
    s->state = how == SPLIT_ONCE ? seed : seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
}

nf9_status split_next(nf9_packet_stream *stream, nf9_stream_packet *packet)
{
    nf9_status st;

    do
        st = nf9_packet_stream_next(stream, packet);
    while (st == NF9_AGAIN);
    return st;
}
