/* SPDX-License-Identifier: MIT
 *
 * stream.h: Export Packets one after the other: from memory, a file or a file descriptor, found
 * in a stream that does not say where they begin (RFC 3954 has no packet length), and the
 * records in them.
 *
 *   input  ->  packet stream  ->  record stream (a packet stream and a collector)
 *
 * Each borrows the one before it, which must outlive it.  One thread at a time.
 */
#ifndef NF9_STREAM_H
#define NF9_STREAM_H

#include <nf9/collector.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where octets come from.  Made by one of the functions below, or by the caller: a structure of
 * its own that begins with this one, and a `read` that knows it. */
typedef struct nf9_input nf9_input;
struct nf9_input {
    /* Up to cap octets (cap above 0) into buf; NF9_OK with *got of them, which is 0 only for a
     * datagram without an octet.  NF9_END behind the last; NF9_AGAIN where there is nothing yet;
     * NF9_ERR_INPUT. */
    nf9_status (*read)(nf9_input *input, uint8_t *buf, size_t cap, size_t *got);
    nf9_bytes memory; /* what is left of it */
    int fd;
    bool owned;       /* fd is closed by nf9_input_close */
    int system_error; /* errno of what failed last, else 0 */
};

/* Octets in memory, borrowed. */
NF9_API void nf9_input_memory(nf9_input *input, nf9_bytes octets);

/* A file descriptor: file, pipe or socket; it stays the caller's.  A read that a signal
 * interrupts is taken up again; a descriptor that does not block answers NF9_AGAIN. */
NF9_API void nf9_input_fd(nf9_input *input, int fd);

/* A file by its name, to be closed by nf9_input_close.  NF9_ERR_INPUT where it cannot be opened
 * (input->system_error). */
NF9_API nf9_status nf9_input_file(nf9_input *input, const char *path);

/* Closes what nf9_input_file opened; nothing to others. */
NF9_API void nf9_input_close(nf9_input *input);

/* How packets are told from each other. */
typedef enum nf9_framing {
    /* A packet goes on from FlowSet to FlowSet by their Lengths; the word 9 where a FlowSet might
     * begin is the next packet's version, because FlowSet IDs 2 to 255 are reserved (section
     * 5.2).  The Count is not looked at.  A packet is yielded when what follows it was read. */
    NF9_FRAMING_FLOWSETS,
    /* As many FlowSets as Count says, for exporters that count these; but the word 9 ends the
     * packet all the same.  A packet is yielded as soon as it is whole. */
    NF9_FRAMING_COUNT,
    /* What one read gives is one packet, whatever it is: for datagram sockets. */
    NF9_FRAMING_DATAGRAM
} nf9_framing;

/* A packet of a stream. */
typedef struct nf9_stream_packet {
    nf9_bytes bytes;  /* valid until the next call */
    uint64_t offset;  /* in the stream, octets (of datagrams: of all before it) */
    uint64_t garbage; /* octets just before it that belong to no packet */
    size_t missing;   /* octets that it lacks, at least, because the stream ends: of its header,
                       * or of its last FlowSet; of a datagram, what did not fit */
} nf9_stream_packet;

typedef struct nf9_packet_stream nf9_packet_stream;

#define NF9_MAX_PACKET 65535u

/* A new stream, to be freed by nf9_packet_stream_free; NULL where there is no memory.  No packet
 * is longer than max_packet octets (64 to NF9_MAX_PACKET; 0 is the latter); the stream holds
 * twice as much and a little more, once.  `allocator` is copied; NULL means malloc and free. */
NF9_API nf9_packet_stream *nf9_packet_stream_new(nf9_input *input, nf9_framing framing,
                                                 size_t max_packet,
                                                 const nf9_allocator *allocator);

/* Frees the stream, not the input. NULL is fine. */
NF9_API void nf9_packet_stream_free(nf9_packet_stream *stream);

/* The next packet.  How the input splits the octets makes no difference, but for datagrams.
 *
 * Zero octets behind a packet belong to it (NF9_FRAMING_FLOWSETS), or are passed over.  Where
 * neither a FlowSet nor a packet follows a FlowSet, what follows up to the next header that is
 * plausible (nf9_packet_plausible) is garbage; a FlowSet that runs past the end of the stream
 * is yielded as far as it goes.
 *
 * NF9_END at the end: packet->bytes is then empty, offset the length of the stream, and garbage
 * says what at its end belongs to no packet.  NF9_AGAIN where the input has nothing yet, and
 * NF9_ERR_INPUT: *packet is unchanged then, nothing is lost, and the next call goes on. */
NF9_API nf9_status nf9_packet_stream_next(nf9_packet_stream *stream, nf9_stream_packet *packet);

/* Records of a packet stream: what nf9_packet_stream_next yields is given to a collector. */
typedef struct nf9_record_stream nf9_record_stream;

/* A new stream, to be freed by nf9_record_stream_free; NULL where there is no memory.  `limits`
 * NULL means those of nf9_collector_default_limits. */
NF9_API nf9_record_stream *nf9_record_stream_new(nf9_packet_stream *packets,
                                                 const nf9_collector_limits *limits,
                                                 const nf9_allocator *allocator);

/* Frees the stream and its collector, not the packet stream. NULL is fine. */
NF9_API void nf9_record_stream_free(nf9_record_stream *stream);

/* The next record, in the order of the stream; records that waited for their template come when
 * it comes, before those of its packet.  Valid until the next call.  NF9_END, NF9_AGAIN and
 * NF9_ERR_INPUT as nf9_packet_stream_next. */
NF9_API nf9_status nf9_record_stream_next(nf9_record_stream *stream, nf9_data_record *record);

/* As nf9_record_stream_next, but the next Data FlowSet as a whole: what is left of the one that
 * records are being taken from is passed over.  The faster way to many records of one
 * template (rows.h). */
NF9_API nf9_status nf9_record_stream_flowset(nf9_record_stream *stream, nf9_data_flowset *data);

/* Data FlowSets whose template did not come, to be looked at when the stream is at its end:
 * nf9_pending_oldest.  Valid as long as the stream, changed by the calls above. */
NF9_API const nf9_pending *nf9_record_stream_pending(const nf9_record_stream *stream);

/* Its collector, for nf9_collector_on_notice, counters and cache. */
NF9_API nf9_collector *nf9_record_stream_collector(nf9_record_stream *stream);

#ifdef __cplusplus
}
#endif
#endif
