/* SPDX-License-Identifier: MIT
 *
 * export_packet.c: the packet, its memory, and what can be asked of it.
 */
#include "export_packet.h"
#include "alloc.h"
#include "places.h"
#include <string.h>

#define DEFAULT_MEMORY ((size_t)16 << 20)

nf9_status nf9_packet_take(nf9_export_packet *packet, uint64_t size, nf9_held *held)
{
    *held = (nf9_held){ NULL, 0 };
    if (size == 0)
        return NF9_OK;
    if (size > packet->max_memory - packet->memory)
        return NF9_ERR_LIMIT;
    held->mem = packet->allocator.alloc(packet->allocator.user, (size_t)size);
    if (held->mem == NULL)
        return NF9_ERR_MEMORY;
    held->size = (size_t)size;
    packet->memory += held->size;
    return NF9_OK;
}

void nf9_packet_give(nf9_export_packet *packet, nf9_held *held)
{
    if (held->mem != NULL)
        packet->allocator.free(packet->allocator.user, held->mem);
    packet->memory -= held->size;
    *held = (nf9_held){ NULL, 0 };
}

nf9_status nf9_packet_copy(nf9_export_packet *packet, nf9_held *held, nf9_bytes *bytes)
{
    nf9_status st = nf9_packet_take(packet, bytes->len, held);

    if (st == NF9_OK && bytes->len > 0) {
        memcpy(held->mem, bytes->data, bytes->len);
        bytes->data = held->mem;
    }
    return st;
}

nf9_status nf9_packet_reserve(nf9_export_packet *packet, size_t n)
{
    nf9_held old = { packet->slots, packet->cap * sizeof *packet->slots }, held;

    if (n <= packet->cap)
        return NF9_OK;
    size_t cap = packet->cap == 0 || n > 2 * packet->cap ? n : 2 * packet->cap;
    nf9_status st = nf9_packet_take(packet, (uint64_t)cap * sizeof *packet->slots, &held);
    if (st != NF9_OK)
        return st;
    if (packet->n > 0)
        memcpy(held.mem, packet->slots, packet->n * sizeof *packet->slots);
    nf9_packet_give(packet, &old);
    packet->slots = held.mem;
    packet->cap = cap;
    return NF9_OK;
}

void nf9_packet_empty(nf9_export_packet *packet, nf9_slot *slot)
{
    nf9_packet_give(packet, &slot->values);
    nf9_packet_give(packet, &slot->octets);
}

nf9_status nf9_packet_own_template(nf9_export_packet *packet, const nf9_template *tmpl,
                                   const nf9_template **own)
{
    nf9_owned **bucket = &packet->templates[tmpl->id % NF9_PACKET_BUCKETS];
    size_t size = nf9_template_octets(tmpl);
    nf9_held held;

    for (const nf9_owned *o = *bucket; o != NULL; o = o->next)
        if (o->tmpl->id == tmpl->id && nf9_template_same(o->tmpl, tmpl)) {
            *own = o->tmpl;
            return NF9_OK;
        }
    nf9_status st = nf9_packet_take(packet, sizeof(nf9_owned) + size, &held);
    if (st != NF9_OK)
        return st;
    nf9_owned *fresh = held.mem;
    *own = memcpy(fresh + 1, tmpl, size);
    *fresh = (nf9_owned){ *bucket, held.size, *own };
    *bucket = fresh;
    return NF9_OK;
}

static bool borrows(const nf9_value *v)
{
    return v->kind == NF9_KIND_TEXT || v->kind == NF9_KIND_OCTETS;
}

/* Moves the octets to *to, and *to behind them. */
static void move(nf9_bytes *bytes, uint8_t **to)
{
    const uint8_t *from = bytes->data;

    bytes->data = *to;
    if (bytes->len > 0)
        *to = (uint8_t *)memcpy(*to, from, bytes->len) + bytes->len;
}

nf9_status nf9_packet_own_octets(nf9_export_packet *packet, nf9_slot *slot, nf9_value *values,
                                 size_t n, nf9_bytes *more)
{
    uint64_t size = more->len;
    nf9_held held;

    for (size_t i = 0; i < n; i++)
        size += borrows(&values[i]) ? values[i].bytes.len : 0;
    nf9_status st = nf9_packet_take(packet, size, &held);
    if (st != NF9_OK)
        return st;
    uint8_t *to = held.mem;
    for (size_t i = 0; i < n; i++)
        if (borrows(&values[i]))
            move(&values[i].bytes, &to);
    move(more, &to);
    nf9_packet_give(packet, &slot->octets);
    slot->octets = held;
    return NF9_OK;
}

nf9_export_packet *nf9_export_packet_new(const nf9_header *header,
                                         const nf9_packet_limits *limits,
                                         const nf9_allocator *allocator)
{
    size_t most = limits != NULL && limits->max_memory != 0 ? limits->max_memory : DEFAULT_MEMORY;
    nf9_allocator a = nf9_allocator_of(allocator);
    nf9_export_packet *packet = most < sizeof *packet ? NULL : a.alloc(a.user, sizeof *packet);

    if (packet != NULL)
        *packet = (nf9_export_packet){ .allocator = a,
                                       .max_memory = most,
                                       .memory = sizeof *packet,
                                       .header = *header,
                                       .length = NF9_HEADER_LENGTH };
    return packet;
}

void nf9_export_packet_free(nf9_export_packet *packet)
{
    if (packet == NULL)
        return;
    for (size_t i = 0; i < packet->n; i++)
        nf9_packet_empty(packet, &packet->slots[i]);
    for (size_t i = 0; i < NF9_PACKET_BUCKETS; i++)
        for (nf9_owned *o = packet->templates[i], *next; o != NULL; o = next) {
            nf9_held held = { o, o->size };
            next = o->next;
            nf9_packet_give(packet, &held);
        }
    nf9_held slots = { packet->slots, packet->cap * sizeof *packet->slots };
    nf9_packet_give(packet, &slots);
    nf9_packet_give(packet, &packet->tail);
    packet->allocator.free(packet->allocator.user, packet);
}

const nf9_header *nf9_export_packet_header(const nf9_export_packet *packet)
{
    return &packet->header;
}

void nf9_export_packet_set_header(nf9_export_packet *packet, const nf9_header *header,
                                  bool keep_count)
{
    packet->header = *header;
    packet->keep_count = keep_count;
}

size_t nf9_export_packet_flowsets(const nf9_export_packet *packet)
{
    return packet->n;
}

const nf9_packet_flowset *nf9_export_packet_flowset(const nf9_export_packet *packet, size_t i)
{
    return i < packet->n ? &packet->slots[i].flowset : NULL;
}

const nf9_template *nf9_export_packet_template(const nf9_export_packet *packet, uint16_t id)
{
    for (size_t i = packet->n; i > 0; i--) {
        const nf9_packet_flowset *f = &packet->slots[i - 1].flowset;
        for (size_t k = f->n_templates; k > 0; k--)
            if (f->templates[k - 1].tmpl != NULL && f->templates[k - 1].record.id == id)
                return f->templates[k - 1].tmpl;
    }
    return NULL;
}

size_t nf9_export_packet_undecoded(const nf9_export_packet *packet)
{
    size_t n = 0;

    for (size_t i = 0; i < packet->n; i++) {
        const nf9_packet_flowset *f = &packet->slots[i].flowset;
        n += f->kind == NF9_FLOWSET_DATA && f->tmpl == NULL;
    }
    return n;
}

nf9_bytes nf9_export_packet_tail(const nf9_export_packet *packet)
{
    return packet->tail_bytes;
}

const nf9_error *nf9_export_packet_error(const nf9_export_packet *packet)
{
    return &packet->error;
}

size_t nf9_export_packet_length(const nf9_export_packet *packet)
{
    return packet->length;
}

size_t nf9_export_packet_memory(const nf9_export_packet *packet)
{
    return packet->memory;
}
