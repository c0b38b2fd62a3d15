/* SPDX-License-Identifier: MIT
 *
 * rewrite.c: a packet decoded and written again.
 */
#include "rewrite.h"

/* Whether it was put by its value; where that would lose something, it is not. */
static bool put_number(nf9_writer *w, const nf9_field *f, uint32_t name)
{
    uint64_t u;
    int64_t i;
    double d;

    switch (f->info->kind) {
    case NF9_KIND_UINT:
        /* these forms have octets that are no part of the number */
        return f->info->form != NF9_FORM_TCP_FLAGS && f->info->form != NF9_FORM_FLOW_LABEL &&
               f->info->form != NF9_FORM_FORWARDING && nf9_field_u64(f, &u) == NF9_OK &&
               nf9_put_uint(w, name, u) == NF9_OK;
    case NF9_KIND_INT:
        return nf9_field_i64(f, &i) == NF9_OK && nf9_put_int(w, name, i) == NF9_OK;
    case NF9_KIND_FLOAT: /* which NaN it is gets lost on the way through a wider one */
        return nf9_field_f64(f, &d) == NF9_OK && d <= d && nf9_put_float(w, name, d) == NF9_OK;
    case NF9_KIND_BOOL:
        return nf9_field_u64(f, &u) == NF9_OK && (u == 1 || u == 2) &&
               nf9_put_bool(w, name, u == 1) == NF9_OK;
    default:
        return false;
    }
}

static bool put_value(nf9_writer *w, const nf9_field *f, uint32_t name)
{
    uint8_t address[16];
    nf9_bytes text;
    nf9_time time;

    if (f->info == NULL)
        return false;
    switch (f->info->kind) {
    case NF9_KIND_IPV4:
        return nf9_field_ipv4(f, address) == NF9_OK && nf9_put_ipv4(w, name, address) == NF9_OK;
    case NF9_KIND_IPV6:
        return nf9_field_ipv6(f, address) == NF9_OK && nf9_put_ipv6(w, name, address) == NF9_OK;
    case NF9_KIND_MAC:
        return nf9_field_mac(f, address) == NF9_OK && nf9_put_mac(w, name, address) == NF9_OK;
    case NF9_KIND_TEXT:
        return nf9_field_text(f, &text) == NF9_OK && nf9_put_text_bytes(w, name, text) == NF9_OK;
    case NF9_KIND_TIME_S:
    case NF9_KIND_TIME_MS:
        return nf9_field_time(f, &time) == NF9_OK && nf9_put_time(w, name, time) == NF9_OK;
    case NF9_KIND_TIME_US:
    case NF9_KIND_TIME_NS: { /* as exported: NTP's fraction is finer than a nanosecond */
        uint64_t u;
        return nf9_field_u64(f, &u) == NF9_OK && nf9_put_uint(w, name, u) == NF9_OK;
    }
    default:
        return put_number(w, f, name);
    }
}

static void put_field(nf9_writer *w, const nf9_record *record, const nf9_field *f, rewritten *sum)
{
    bool varies = nf9_template_columns(record->tmpl)[f->column].length == NF9_VARIABLE_LENGTH;
    nf9_writer before = *w;

    /* of variable length, a value may have more octets than it needs */
    if (!varies && put_value(w, f, f->scope ? NF9_AS_SCOPE(f->type) : f->type)) {
        sum->values += f->bytes.len;
        return;
    }
    *w = before;
    nf9_put_field(w, f);
    sum->octets += nf9_writer_length(w) - nf9_writer_length(&before);
}

static void put_record(nf9_writer *w, const nf9_record *record, rewritten *sum)
{
    nf9_writer before = *w;
    rewritten sum_before = *sum;
    nf9_field_iter it;
    nf9_field field;

    nf9_begin_record(w);
    nf9_fields_open(&it, record);
    while (nf9_field_next(&it, &field) == NF9_OK)
        put_field(w, record, &field, sum);
    nf9_end_record(w);
    if (nf9_writer_length(w) - nf9_writer_length(&before) == record->bytes.len)
        return;
    *w = before; /* a short value behind a length of 3 octets */
    *sum = sum_before;
    nf9_put_record(w, record->bytes.data, record->bytes.len);
    sum->octets += record->bytes.len;
}

static void end_flowset(nf9_writer *w, const nf9_flowset *flowset, nf9_bytes rest, rewritten *sum)
{
    nf9_end_flowset_as(w, rest.data, rest.len, flowset->missing);
    sum->padding += rest.len;
}

static void write_templates(nf9_writer *w, const nf9_flowset *flowset, rewritten *sum)
{
    nf9_template_iter it;
    nf9_template_record record;

    if (flowset->id == 0)
        nf9_begin_templates(w);
    else
        nf9_begin_options_templates(w);
    nf9_templates_open(&it, flowset);
    while (nf9_template_next(&it, &record) == NF9_OK) {
        nf9_write_template_record(w, &record);
        sum->structure += record.wire.len;
    }
    end_flowset(w, flowset, nf9_templates_rest(&it, NULL), sum);
}

static void write_data(nf9_writer *w, const nf9_flowset *flowset, const nf9_template *tmpl,
                       rewritten *sum)
{
    nf9_record_iter it;
    nf9_record record;

    nf9_begin_data(w, tmpl);
    nf9_records_open(&it, flowset, tmpl);
    while (nf9_record_next(&it, &record) == NF9_OK)
        put_record(w, &record, sum);
    end_flowset(w, flowset, nf9_records_rest(&it, NULL), sum);
}

nf9_status rewrite(nf9_writer *w, const nf9_cache *cache, nf9_source source, uint64_t number,
                   nf9_bytes packet, rewritten *sum)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset flowset;
    nf9_definition found;
    nf9_status st = nf9_packet_open(&it, packet, &header);

    if (st != NF9_OK)
        return st;
    source.source_id = header.source_id;
    nf9_write_header(w, &header);
    nf9_writer_keep_count(w);
    sum->structure += NF9_HEADER_LENGTH;
    while (nf9_flowset_next(&it, &flowset) == NF9_OK) {
        sum->structure += NF9_FLOWSET_HEADER_LENGTH;
        if (flowset.id < 2) {
            write_templates(w, &flowset, sum);
        } else if (nf9_cache_lookup(cache, source, flowset.id,
                                    nf9_when_at(number, flowset.index), true,
                                    &found) != NF9_MATCH_NONE) {
            write_data(w, &flowset, found.tmpl, sum);
        } else {
            nf9_write_flowset(w, &flowset);
            sum->undecoded += flowset.body.len;
        }
    }
    if (it.tail.len > 0)
        nf9_write_tail(w, it.tail.data, it.tail.len);
    sum->padding += it.tail.len;
    return nf9_writer_error(w)->at.code;
}
