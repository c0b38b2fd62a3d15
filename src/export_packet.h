/* SPDX-License-Identifier: MIT
 *
 * export_packet.h: what a packet holds, and the memory that it holds it in. Private.
 */
#ifndef NF9_EXPORT_PACKET_H
#define NF9_EXPORT_PACKET_H

#include <nf9/packet.h>

/* Allocated memory; mem NULL and size 0 where there is none. */
typedef struct nf9_held {
    void *mem;
    size_t size;
} nf9_held;

/* A FlowSet and its memory. */
typedef struct nf9_slot {
    nf9_packet_flowset flowset;
    nf9_held values; /* or templates */
    nf9_held octets; /* of text and octets among the values, the body or the padding */
    bool built;      /* not decoded: it is padded when it is written */
    uint32_t doubtful; /* rows at the end that may be padding; their octets stand before it */
} nf9_slot;

#define NF9_PACKET_BUCKETS 64u /* of templates, by their ID */

/* A template of rows, which several FlowSets may have; behind it, the template. */
typedef struct nf9_owned {
    struct nf9_owned *next;
    size_t size;
    const nf9_template *tmpl;
} nf9_owned;

struct nf9_export_packet {
    nf9_allocator allocator;
    size_t max_memory, memory;
    nf9_header header;
    bool keep_count;
    size_t length; /* when encoded, whatever is decoded of it */
    nf9_slot *slots;
    size_t n, cap;
    nf9_owned *templates[NF9_PACKET_BUCKETS];
    nf9_held tail;
    nf9_bytes tail_bytes;
    nf9_error error;
};

/* Memory within the limits, counted; NF9_ERR_LIMIT, NF9_ERR_MEMORY. */
nf9_status nf9_packet_take(nf9_export_packet *packet, uint64_t size, nf9_held *held);
void nf9_packet_give(nf9_export_packet *packet, nf9_held *held);

/* A copy; *bytes is the held one. */
nf9_status nf9_packet_copy(nf9_export_packet *packet, nf9_held *held, nf9_bytes *bytes);

/* Room for so many FlowSets. */
nf9_status nf9_packet_reserve(nf9_export_packet *packet, size_t n);

/* What the slot holds, given back. */
void nf9_packet_empty(nf9_export_packet *packet, nf9_slot *slot);

/* The packet's own copy of a template for rows. */
nf9_status nf9_packet_own_template(nf9_export_packet *packet, const nf9_template *tmpl,
                                   const nf9_template **own);

/* Copies the octets that n values borrow into the slot, and `more` behind them; the values and
 * *more are of the slot then.  What the slot held before is given back. */
nf9_status nf9_packet_own_octets(nf9_export_packet *packet, nf9_slot *slot, nf9_value *values,
                                 size_t n, nf9_bytes *more);

#endif
