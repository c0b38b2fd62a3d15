/* SPDX-License-Identifier: MIT
 *
 * packet_stream.c: the packets of an input, through one buffer.
 */
#include "alloc.h"
#include "framing.h"
#include <string.h>

#define SHORTEST_MAX 64u

struct nf9_packet_stream {
    nf9_input *input;
    nf9_allocator allocator;
    nf9_framer framer;
    bool datagrams;
    bool end;         /* of the input */
    size_t pos, len;  /* the window is buf[pos..len] */
    size_t cap;
    uint64_t offset;  /* of buf[pos] in the stream */
    uint64_t garbage; /* just before it */
    uint8_t buf[];
};

/* Room for a window, and for as much again: what is kept is moved once for each of those. */
static size_t room_for(const nf9_framer *framer)
{
    return nf9_framer_window(framer) + framer->max_packet;
}

nf9_packet_stream *nf9_packet_stream_new(nf9_input *input, nf9_framing framing,
                                         size_t max_packet, const nf9_allocator *allocator)
{
    nf9_allocator a = nf9_allocator_of(allocator);
    nf9_framer framer = { .by_count = framing == NF9_FRAMING_COUNT };
    nf9_packet_stream *s;
    size_t cap;

    if (max_packet == 0 || max_packet > NF9_MAX_PACKET)
        max_packet = NF9_MAX_PACKET;
    framer.max_packet = max_packet < SHORTEST_MAX ? SHORTEST_MAX : max_packet;
    cap = room_for(&framer);
    if ((s = a.alloc(a.user, sizeof *s + cap)) == NULL)
        return NULL;
    *s = (nf9_packet_stream){ .input = input,
                              .allocator = a,
                              .framer = framer,
                              .datagrams = framing == NF9_FRAMING_DATAGRAM,
                              .cap = cap };
    return s;
}

void nf9_packet_stream_free(nf9_packet_stream *s)
{
    if (s != NULL)
        s->allocator.free(s->allocator.user, s);
}

static void pass(nf9_packet_stream *s, size_t n)
{
    s->pos += n;
    s->offset += n;
}

/* More octets behind those of the window. */
static nf9_status fill(nf9_packet_stream *s)
{
    nf9_status st;
    size_t got = 0;

    if (s->len == s->cap || s->pos == s->len) {
        memmove(s->buf, s->buf + s->pos, s->len - s->pos);
        s->len -= s->pos;
        s->pos = 0;
    }
    st = s->input->read(s->input, s->buf + s->len, s->cap - s->len, &got);
    if (st == NF9_OK)
        s->len += got;
    s->end = st == NF9_END;
    return s->end ? NF9_OK : st;
}

static void yield(nf9_packet_stream *s, nf9_stream_packet *packet, size_t length, size_t missing)
{
    *packet = (nf9_stream_packet){ .bytes = { s->buf + s->pos, length },
                                   .offset = s->offset,
                                   .garbage = s->garbage,
                                   .missing = missing };
    s->garbage = 0;
    pass(s, length);
}

static nf9_status next_datagram(nf9_packet_stream *s, nf9_stream_packet *packet)
{
    size_t max = s->framer.max_packet, length;
    nf9_status st = NF9_OK;

    s->pos = s->len = 0;
    if (!s->end && (st = fill(s)) != NF9_OK)
        return st;
    length = s->len < max ? s->len : max;
    yield(s, packet, length, s->len - length);
    pass(s, s->len - length);
    return s->end ? NF9_END : NF9_OK;
}

nf9_status nf9_packet_stream_next(nf9_packet_stream *s, nf9_stream_packet *packet)
{
    nf9_status st;

    if (s->datagrams)
        return next_datagram(s, packet);
    for (;;) {
        nf9_bytes window = { s->buf + s->pos, s->len - s->pos };
        nf9_frame f = nf9_framer_next(&s->framer, window, s->end);
        switch (f.what) {
        case NF9_FRAME_MORE:
            if ((st = fill(s)) != NF9_OK)
                return st;
            break;
        case NF9_FRAME_PACKET:
            yield(s, packet, f.length, f.missing);
            return NF9_OK;
        case NF9_FRAME_GARBAGE:
            s->garbage += f.length;
            pass(s, f.length);
            break;
        case NF9_FRAME_ZEROS:
            pass(s, f.length);
            break;
        case NF9_FRAME_END:
            yield(s, packet, 0, 0);
            return NF9_END;
        }
    }
}
