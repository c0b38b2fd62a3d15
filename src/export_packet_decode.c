/* SPDX-License-Identifier: MIT
 *
 * export_packet_decode.c: a packet's FlowSets from octets, or from templates and rows.
 */
#include "export_packet.h"
#include "writer.h"
#include <string.h>

/* Octets of a record in the block of its FlowSet, so that a template can stand behind it. */
static size_t block_size(const nf9_template_record *record)
{
    size_t size = record->fault == NF9_OK ? nf9_template_size(record) : record->wire.len;
    return (size + 7) / 8 * 8;
}

/* Copies a record into `mem`, compiled where it defines something. */
static nf9_packet_template keep_record(nf9_template_record record, void *mem, size_t size)
{
    nf9_packet_template t = { record, NULL };

    if (record.fault == NF9_OK) {
        nf9_template_compile(&record, mem, size, &t.tmpl);
        t.record.wire = nf9_template_wire(t.tmpl);
    } else {
        t.record.wire.data = memcpy(mem, record.wire.data, record.wire.len);
    }
    return t;
}

static nf9_status read_templates(nf9_export_packet *packet, nf9_slot *slot,
                                 const nf9_flowset *from)
{
    nf9_packet_flowset *f = &slot->flowset;
    nf9_template_iter it, again;
    nf9_template_record record;
    uint64_t size = 0;
    size_t n = 0;

    nf9_templates_open(&it, from);
    again = it;
    for (; nf9_template_next(&it, &record) == NF9_OK; n++)
        size += sizeof *f->templates + block_size(&record);
    nf9_status st = nf9_packet_take(packet, size, &slot->values);
    if (st != NF9_OK)
        return st;
    nf9_packet_template *templates = slot->values.mem;
    uint8_t *mem = n > 0 ? (uint8_t *)(templates + n) : NULL;
    for (size_t i = 0; nf9_template_next(&again, &record) == NF9_OK; i++) {
        templates[i] = keep_record(record, mem, block_size(&record));
        mem += block_size(&record);
    }
    f->templates = templates;
    f->n_templates = n;
    f->padding = nf9_templates_rest(&it, NULL);
    return nf9_packet_copy(packet, &slot->octets, &f->padding);
}

/* Fills the next slot; there is room. */
static nf9_status read_flowset(nf9_export_packet *packet, const nf9_flowset *from)
{
    nf9_slot *slot = &packet->slots[packet->n];
    nf9_status st;

    *slot = (nf9_slot){ .flowset = { .id = from->id,
                                     .kind = nf9_flowset_kind_of(from->id),
                                     .missing = from->missing } };
    if (slot->flowset.kind <= NF9_FLOWSET_OPTIONS_TEMPLATES) {
        st = read_templates(packet, slot, from);
    } else {
        slot->flowset.octets = from->body;
        st = nf9_packet_copy(packet, &slot->octets, &slot->flowset.octets);
    }
    if (st != NF9_OK) {
        nf9_packet_empty(packet, slot);
        return st;
    }
    packet->n++;
    packet->length += NF9_FLOWSET_HEADER_LENGTH + from->body.len;
    return NF9_OK;
}

static nf9_status read_flowsets(nf9_export_packet *packet, nf9_packet_iter it)
{
    nf9_packet_iter ahead = it;
    nf9_flowset flowset;
    size_t n = 0;

    while (nf9_flowset_next(&ahead, &flowset) == NF9_OK)
        n++;
    nf9_status st = nf9_packet_reserve(packet, n);
    while (st == NF9_OK && nf9_flowset_next(&it, &flowset) == NF9_OK)
        st = read_flowset(packet, &flowset);
    if (st != NF9_OK)
        return st;
    packet->error = *nf9_flowset_error(&it);
    packet->tail_bytes = it.tail;
    packet->length += it.tail.len;
    return nf9_packet_copy(packet, &packet->tail, &packet->tail_bytes);
}

nf9_status nf9_export_packet_decode(nf9_bytes octets, const nf9_packet_limits *limits,
                                    const nf9_allocator *allocator, nf9_export_packet **out)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_status st = nf9_packet_open(&it, octets, &header);

    if (st != NF9_OK)
        return st;
    nf9_export_packet *packet = nf9_export_packet_new(&header, limits, allocator);
    if (packet == NULL)
        return NF9_ERR_MEMORY;
    packet->keep_count = true;
    if ((st = read_flowsets(packet, it)) == NF9_OK)
        *out = packet;
    else
        nf9_export_packet_free(packet);
    return st;
}

/* A writer behind the packet, for a FlowSet that is to be checked and measured. */
static nf9_status writer_behind(const nf9_export_packet *packet, nf9_writer *w)
{
    bool ended = packet->tail_bytes.len > 0 ||
                 (packet->n > 0 && packet->slots[packet->n - 1].flowset.missing > 0);

    nf9_writer_init(w, NULL, 0);
    w->pos = packet->length;
    w->state = ended ? NF9_WRITER_END : NF9_WRITER_PACKET;
    return nf9_writer_expect(w, NF9_WRITER_PACKET);
}

nf9_status nf9_export_packet_add_flowset(nf9_export_packet *packet, const nf9_flowset *flowset)
{
    size_t there = NF9_FLOWSET_HEADER_LENGTH + flowset->body.len;
    nf9_flowset from = *flowset;
    nf9_writer w;

    writer_behind(packet, &w);
    nf9_status st = nf9_write_flowset(&w, flowset);
    if (st == NF9_OK)
        st = nf9_packet_reserve(packet, packet->n + 1);
    if (st != NF9_OK)
        return st;
    from.missing = flowset->length - there;
    return read_flowset(packet, &from);
}

/* The template's octets as a record of a FlowSet. */
static nf9_template_record record_of(const nf9_template *tmpl)
{
    const nf9_flowset around = { .id = tmpl->options, .body = nf9_template_wire(tmpl) };
    nf9_template_record record = { .fault = NF9_ERR_OVERRUN };
    nf9_template_iter it;

    nf9_templates_open(&it, &around);
    nf9_template_next(&it, &record);
    return record;
}

static void keep_templates(nf9_slot *slot, const nf9_template *const *templates, size_t n)
{
    nf9_packet_template *kept = slot->values.mem;
    uint8_t *mem = (uint8_t *)(kept + n);

    for (size_t i = 0; i < n; i++) {
        nf9_template_record record = record_of(templates[i]);
        size_t size = block_size(&record);
        kept[i] = keep_record(record, mem, size);
        mem += size;
    }
    slot->flowset.templates = kept;
    slot->flowset.n_templates = n;
}

nf9_status nf9_export_packet_add_templates(nf9_export_packet *packet,
                                           const nf9_template *const *templates, size_t n)
{
    bool options = templates[0]->options != 0;
    uint64_t size = 0;
    nf9_writer w;

    writer_behind(packet, &w);
    if (options)
        nf9_begin_options_templates(&w);
    else
        nf9_begin_templates(&w);
    for (size_t i = 0; i < n; i++) {
        nf9_template_record record = record_of(templates[i]);
        size += sizeof(nf9_packet_template) + block_size(&record);
        nf9_write_template(&w, templates[i]);
    }
    nf9_status st = nf9_end_flowset(&w);
    if (st == NF9_OK)
        st = nf9_packet_reserve(packet, packet->n + 1);
    if (st != NF9_OK)
        return st;
    nf9_slot *slot = &packet->slots[packet->n];
    *slot = (nf9_slot){ .flowset = { .id = options, .kind = nf9_flowset_kind_of(options) },
                        .built = true };
    if ((st = nf9_packet_take(packet, size, &slot->values)) != NF9_OK)
        return st;
    keep_templates(slot, templates, n);
    packet->n++;
    packet->length = nf9_writer_length(&w);
    return NF9_OK;
}

/* The rows' values, one behind the other; there is room. */
static nf9_status keep_rows(nf9_export_packet *packet, nf9_slot *slot, const nf9_template *tmpl,
                            const nf9_row *rows, size_t n)
{
    const size_t columns = tmpl->field_count;
    nf9_bytes nothing = { NULL, 0 };

    *slot = (nf9_slot){ .flowset = { .id = tmpl->id, .kind = NF9_FLOWSET_DATA, .n_rows = n },
                        .built = true };
    nf9_status st = nf9_packet_own_template(packet, tmpl, &slot->flowset.tmpl);
    if (st == NF9_OK)
        st = nf9_packet_take(packet, (uint64_t)n * columns * sizeof(nf9_value), &slot->values);
    if (st != NF9_OK)
        return st;
    nf9_value *values = slot->values.mem;
    for (size_t i = 0; i < n; i++)
        memcpy(values + i * columns, rows[i].values, columns * sizeof *values);
    slot->flowset.values = values;
    st = nf9_packet_own_octets(packet, slot, values, n * columns, &nothing);
    if (st != NF9_OK)
        nf9_packet_empty(packet, slot);
    return st;
}

nf9_status nf9_export_packet_add_rows(nf9_export_packet *packet, const nf9_template *tmpl,
                                      const nf9_row *rows, size_t n, nf9_encode_error *error)
{
    nf9_writer w;

    writer_behind(packet, &w);
    nf9_begin_data(&w, tmpl);
    for (size_t i = 0; i < n && nf9_writer_error(&w)->at.code == NF9_OK; i++)
        nf9_put_values(&w, rows[i].values, rows[i].n);
    nf9_status st = nf9_end_flowset(&w);
    if (error != NULL)
        *error = *nf9_writer_error(&w);
    if (st == NF9_OK)
        st = nf9_packet_reserve(packet, packet->n + 1);
    if (st == NF9_OK)
        st = keep_rows(packet, &packet->slots[packet->n], tmpl, rows, n);
    if (st == NF9_OK) {
        packet->n++;
        packet->length = nf9_writer_length(&w);
    }
    return st;
}
