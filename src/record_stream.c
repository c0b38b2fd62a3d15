/* SPDX-License-Identifier: MIT
 *
 * record_stream.c: a packet stream into a collector, until there is a record.
 */
#include "alloc.h"
#include "collector_note.h"
#include <nf9/stream.h>

struct nf9_record_stream {
    nf9_packet_stream *packets;
    nf9_collector *collector;
    nf9_allocator allocator;
    bool ended;
};

nf9_record_stream *nf9_record_stream_new(nf9_packet_stream *packets,
                                         const nf9_collector_limits *limits,
                                         const nf9_allocator *allocator)
{
    nf9_allocator a = nf9_allocator_of(allocator);
    nf9_record_stream *s = a.alloc(a.user, sizeof *s);

    if (s == NULL)
        return NULL;
    *s = (nf9_record_stream){ .packets = packets,
                              .collector = nf9_collector_new(limits, &a),
                              .allocator = a };
    if (s->collector == NULL) {
        nf9_record_stream_free(s);
        return NULL;
    }
    return s;
}

void nf9_record_stream_free(nf9_record_stream *s)
{
    if (s == NULL)
        return;
    nf9_collector_free(s->collector);
    s->allocator.free(s->allocator.user, s);
}

/* What the stream has beside packets. */
static void note(nf9_record_stream *s, const nf9_stream_packet *p)
{
    nf9_notice notice = { .kind = NF9_NOTICE_GARBAGE,
                          .offset = p->offset - p->garbage,
                          .octets = p->garbage };

    if (p->garbage > 0)
        nf9_collector_note(s->collector, &notice);
    notice.kind = NF9_NOTICE_CUT;
    notice.status = NF9_ERR_TRUNCATED;
    notice.offset = p->offset + p->bytes.len;
    notice.octets = p->missing;
    if (p->missing > 0)
        nf9_collector_note(s->collector, &notice);
}

/* The next packet into the collector, which says itself where it is none. */
static nf9_status next_packet(nf9_record_stream *s)
{
    nf9_stream_packet packet;
    nf9_status st = s->ended ? NF9_END : nf9_packet_stream_next(s->packets, &packet);

    if (s->ended || (st != NF9_OK && st != NF9_END))
        return st;
    note(s, &packet);
    s->ended = st == NF9_END;
    if (s->ended)
        return st;
    const nf9_datagram datagram = { .bytes = packet.bytes, .offset = packet.offset };
    nf9_collector_give(s->collector, &datagram);
    return NF9_OK;
}

nf9_status nf9_record_stream_next(nf9_record_stream *s, nf9_data_record *record)
{
    nf9_status st;

    while (nf9_collector_next(s->collector, record) != NF9_OK)
        if ((st = next_packet(s)) != NF9_OK)
            return st;
    return NF9_OK;
}

nf9_status nf9_record_stream_flowset(nf9_record_stream *s, nf9_data_flowset *data)
{
    nf9_status st;

    while (nf9_collector_flowset(s->collector, data) != NF9_OK)
        if ((st = next_packet(s)) != NF9_OK)
            return st;
    return NF9_OK;
}

const nf9_pending *nf9_record_stream_pending(const nf9_record_stream *s)
{
    return nf9_collector_pending(s->collector);
}

nf9_collector *nf9_record_stream_collector(nf9_record_stream *s)
{
    return s->collector;
}
