/* SPDX-License-Identifier: MIT
 *
 * export_packet_encode.c: a packet written from its values.
 */
#include "export_packet.h"

static void write_templates(nf9_writer *w, const nf9_packet_flowset *f)
{
    if (f->kind == NF9_FLOWSET_TEMPLATES)
        nf9_begin_templates(w);
    else
        nf9_begin_options_templates(w);
    for (size_t i = 0; i < f->n_templates; i++)
        nf9_write_template_record(w, &f->templates[i].record);
}

/* Whether the type of a value says other than that it is octets. */
static bool is_odd(const nf9_value *v)
{
    const nf9_field_info *info = v->kind == NF9_KIND_OCTETS ? nf9_value_info(v) : NULL;
    return v->kind == NF9_KIND_OCTETS && (info == NULL || info->kind != NF9_KIND_OCTETS);
}

static void write_row(nf9_writer *w, nf9_row row, nf9_packet_octets *sum)
{
    nf9_begin_record(w);
    for (size_t i = 0; i < row.n; i++) {
        size_t before = nf9_writer_length(w);
        nf9_put_value(w, &row.values[i]);
        *(is_odd(&row.values[i]) ? &sum->odd : &sum->values) += nf9_writer_length(w) - before;
    }
    nf9_end_record(w);
}

static void write_flowset(nf9_writer *w, const nf9_slot *slot, nf9_packet_octets *sum)
{
    const nf9_packet_flowset *f = &slot->flowset;
    bool data = f->tmpl != NULL;
    size_t before = nf9_writer_length(w);

    if (data) {
        nf9_begin_data(w, f->tmpl);
        for (size_t i = 0; i < f->n_rows; i++)
            write_row(w, nf9_packet_row(f, i), sum);
    } else if (f->kind <= NF9_FLOWSET_OPTIONS_TEMPLATES) {
        write_templates(w, f);
    } else {
        const nf9_flowset whole = {
            .id = f->id,
            .length = (uint16_t)(NF9_FLOWSET_HEADER_LENGTH + f->octets.len + f->missing),
            .body = f->octets,
        };
        nf9_write_flowset(w, &whole);
        sum->structure += NF9_FLOWSET_HEADER_LENGTH;
        sum->undecoded += f->octets.len;
        return;
    }
    sum->structure += data ? NF9_FLOWSET_HEADER_LENGTH : nf9_writer_length(w) - before;
    before = nf9_writer_length(w);
    if (slot->built)
        nf9_end_flowset(w);
    else
        nf9_end_flowset_as(w, f->padding.data, f->padding.len, f->missing);
    sum->padding += nf9_writer_length(w) - before;
}

/* Writes it all, and says what from. */
static void write_packet(const nf9_export_packet *packet, nf9_writer *w, nf9_packet_octets *sum)
{
    nf9_bytes tail = packet->tail_bytes;

    *sum = (nf9_packet_octets){ .structure = NF9_HEADER_LENGTH };
    nf9_write_header(w, &packet->header);
    if (packet->keep_count)
        nf9_writer_keep_count(w);
    for (size_t i = 0; i < packet->n && nf9_writer_error(w)->at.code == NF9_OK; i++)
        write_flowset(w, &packet->slots[i], sum);
    if (tail.len > 0)
        nf9_write_tail(w, tail.data, tail.len);
    sum->padding += tail.len;
}

nf9_status nf9_export_packet_encode(const nf9_export_packet *packet, void *buf, size_t cap,
                                    size_t *len, nf9_encode_error *error)
{
    nf9_packet_octets sum;
    nf9_writer w;

    nf9_writer_init(&w, buf, cap);
    write_packet(packet, &w, &sum);
    nf9_status st = nf9_writer_finish(&w, len);
    if (error != NULL)
        *error = *nf9_writer_error(&w);
    return st;
}

nf9_packet_octets nf9_export_packet_octets(const nf9_export_packet *packet)
{
    nf9_packet_octets sum;
    nf9_writer w;

    nf9_writer_init(&w, NULL, 0);
    write_packet(packet, &w, &sum);
    return sum;
}
