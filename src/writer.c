/* SPDX-License-Identifier: MIT
 *
 * writer.c: packets and FlowSets into a bounded buffer; the first failure sticks.
 */
#include "writer.h"
#include "be.h"
#include <string.h>

#define MAX_FLOWSET 65535u
#define MAX_COUNT 65535u
#define COUNT_OFFSET 2u

void nf9_header_init(nf9_header *header, nf9_clock now)
{
    *header = (nf9_header){
        .version = NF9_VERSION_9,
        .sys_uptime = (uint32_t)now.uptime_ms,
        .unix_secs = now.unix_secs,
    };
}

void nf9_writer_init(nf9_writer *w, void *buf, size_t cap)
{
    *w = (nf9_writer){
        .buf = buf,
        .cap = buf != NULL ? cap : SIZE_MAX,
        .error.field = NF9_NO_FIELD,
        .error.expected = NF9_NO_FIELD,
        .state = NF9_WRITER_START,
    };
}

void nf9_writer_init_records(nf9_writer *w, const nf9_template *tmpl, void *buf, size_t cap)
{
    nf9_writer_init(w, buf, cap);
    w->tmpl = tmpl;
    w->flowset_id = tmpl->id;
    w->state = NF9_WRITER_DATA;
    w->alone = true;
}

void nf9_writer_init_record_at(nf9_writer *w, const nf9_template *tmpl, uint16_t column, void *buf,
                               size_t cap)
{
    nf9_writer_init_records(w, tmpl, buf, cap);
    w->state = NF9_WRITER_RECORD;
    w->column = column;
}

nf9_status nf9_writer_blame(nf9_writer *w, uint32_t field, nf9_status code, size_t need,
                            size_t have)
{
    nf9_encode_error *e = &w->error;

    if (e->at.code != NF9_OK)
        return e->at.code;
    e->at = (nf9_error){ code, w->pos, need, have, w->flowset_id };
    e->field = field;
    if (w->state == NF9_WRITER_RECORD && w->column < w->tmpl->field_count)
        e->expected = nf9_column_name(w->tmpl, w->column);
    e->column = w->column;
    e->record = w->record;
    return code;
}

nf9_status nf9_writer_fail(nf9_writer *w, nf9_status code, size_t need, size_t have)
{
    bool in_field = w->state == NF9_WRITER_RECORD && w->column < w->tmpl->field_count;
    uint32_t field = in_field ? nf9_column_name(w->tmpl, w->column) : NF9_NO_FIELD;

    return nf9_writer_blame(w, field, code, need, have);
}

nf9_status nf9_writer_expect(nf9_writer *w, unsigned state)
{
    if (w->error.at.code != NF9_OK || w->state == state)
        return w->error.at.code;
    return nf9_writer_fail(w, NF9_ERR_STATE, 0, 0);
}

static bool in_flowset(const nf9_writer *w)
{
    return w->state >= NF9_WRITER_TEMPLATES && w->state <= NF9_WRITER_RECORD;
}

/* Octets of the open FlowSet. */
static size_t flowset_length(const nf9_writer *w)
{
    return w->pos - w->flowset + (w->alone ? NF9_FLOWSET_HEADER_LENGTH : 0);
}

bool nf9_writer_room(nf9_writer *w, size_t n)
{
    if (w->error.at.code != NF9_OK)
        return false;
    if (in_flowset(w) && n > MAX_FLOWSET - flowset_length(w)) {
        nf9_writer_fail(w, NF9_ERR_LENGTH, n, MAX_FLOWSET - flowset_length(w));
        return false;
    }
    if (n > w->cap - w->pos) {
        nf9_writer_fail(w, NF9_ERR_SPACE, n, w->cap - w->pos);
        return false;
    }
    return true;
}

nf9_status nf9_writer_octets(nf9_writer *w, const void *data, size_t n)
{
    if (nf9_writer_room(w, n)) {
        if (w->buf != NULL && n > 0)
            memcpy(w->buf + w->pos, data, n);
        w->pos += n;
    }
    return w->error.at.code;
}

nf9_status nf9_writer_zeros(nf9_writer *w, size_t n)
{
    if (nf9_writer_room(w, n)) {
        if (w->buf != NULL)
            memset(w->buf + w->pos, 0, n);
        w->pos += n;
    }
    return w->error.at.code;
}

nf9_status nf9_writer_uint(nf9_writer *w, uint64_t v, size_t n)
{
    if (nf9_writer_room(w, n)) {
        if (w->buf != NULL)
            nf9_be_write(w->buf + w->pos, v, n);
        w->pos += n;
    }
    return w->error.at.code;
}

void nf9_writer_patch(nf9_writer *w, uint64_t v, size_t n)
{
    if (w->buf != NULL)
        nf9_be_write(w->buf + w->pos - n, v, n);
}

nf9_status nf9_write_header(nf9_writer *w, const nf9_header *header)
{
    uint8_t octets[NF9_HEADER_LENGTH];

    if (nf9_writer_expect(w, NF9_WRITER_START) != NF9_OK)
        return w->error.at.code;
    if (header->version != NF9_VERSION_9)
        return nf9_writer_fail(w, NF9_ERR_VERSION, 0, 0);
    nf9_be_write(octets, header->version, 2);
    nf9_be_write(octets + COUNT_OFFSET, header->count, 2);
    nf9_be_write(octets + 4, header->sys_uptime, 4);
    nf9_be_write(octets + 8, header->unix_secs, 4);
    nf9_be_write(octets + 12, header->sequence, 4);
    nf9_be_write(octets + 16, header->source_id, 4);
    w->state = NF9_WRITER_PACKET;
    return nf9_writer_octets(w, octets, sizeof octets);
}

void nf9_writer_keep_count(nf9_writer *w)
{
    w->keep_count = true;
}

/* ID and Length, as they stand on the wire. */
static nf9_status flowset_header(nf9_writer *w, uint16_t id, uint16_t length)
{
    w->flowset = w->pos;
    w->flowset_id = id;
    w->record = 0;
    return nf9_writer_uint(w, (uint64_t)id << 16 | length, NF9_FLOWSET_HEADER_LENGTH);
}

/* Its Length is known at its end. */
static nf9_status begin(nf9_writer *w, uint16_t id, uint8_t state)
{
    if (nf9_writer_expect(w, NF9_WRITER_PACKET) == NF9_OK &&
        flowset_header(w, id, 0) == NF9_OK)
        w->state = state;
    return w->error.at.code;
}

nf9_status nf9_begin_templates(nf9_writer *w)
{
    return begin(w, 0, NF9_WRITER_TEMPLATES);
}

nf9_status nf9_begin_options_templates(nf9_writer *w)
{
    return begin(w, 1, NF9_WRITER_OPTIONS_TEMPLATES);
}

nf9_status nf9_begin_data(nf9_writer *w, const nf9_template *tmpl)
{
    w->tmpl = tmpl;
    return begin(w, tmpl->id, NF9_WRITER_DATA);
}

static nf9_status template_octets(nf9_writer *w, bool options, nf9_bytes wire)
{
    unsigned state = options ? NF9_WRITER_OPTIONS_TEMPLATES : NF9_WRITER_TEMPLATES;

    if (nf9_writer_expect(w, state) == NF9_OK &&
        nf9_writer_octets(w, wire.data, wire.len) == NF9_OK) {
        w->count++;
        w->record++;
    }
    return w->error.at.code;
}

nf9_status nf9_write_template(nf9_writer *w, const nf9_template *tmpl)
{
    return template_octets(w, tmpl->options != 0, nf9_template_wire(tmpl));
}

nf9_status nf9_write_template_record(nf9_writer *w, const nf9_template_record *record)
{
    return template_octets(w, record->options, record->wire);
}

nf9_status nf9_end_flowset(nf9_writer *w)
{
    static const uint8_t zeros[3];
    const nf9_template *data = w->state == NF9_WRITER_DATA ? w->tmpl : NULL;

    return nf9_end_flowset_as(w, zeros, nf9_flowset_padding(flowset_length(w), data), 0);
}

nf9_status nf9_end_flowset_as(nf9_writer *w, const void *padding, size_t len, size_t missing)
{
    if (w->error.at.code != NF9_OK)
        return w->error.at.code;
    if (!in_flowset(w) || w->state == NF9_WRITER_RECORD || w->alone)
        return nf9_writer_fail(w, NF9_ERR_STATE, 0, 0);
    if (nf9_writer_octets(w, padding, len) != NF9_OK)
        return w->error.at.code;
    size_t length = flowset_length(w);
    if (missing > MAX_FLOWSET - length)
        return nf9_writer_fail(w, NF9_ERR_LENGTH, missing, MAX_FLOWSET - length);
    if (w->buf != NULL)
        nf9_be_write(w->buf + w->flowset + 2, length + missing, 2);
    w->state = missing > 0 ? NF9_WRITER_END : NF9_WRITER_PACKET;
    return NF9_OK;
}

nf9_status nf9_write_flowset(nf9_writer *w, const nf9_flowset *flowset)
{
    size_t there = NF9_FLOWSET_HEADER_LENGTH + flowset->body.len;

    if (nf9_writer_expect(w, NF9_WRITER_PACKET) != NF9_OK)
        return w->error.at.code;
    if (flowset->length < there) {
        w->flowset_id = flowset->id;
        return nf9_writer_fail(w, NF9_ERR_LENGTH, there, flowset->length);
    }
    flowset_header(w, flowset->id, flowset->length);
    if (flowset->length > there)
        w->state = NF9_WRITER_END;
    return nf9_writer_octets(w, flowset->body.data, flowset->body.len);
}

nf9_status nf9_write_tail(nf9_writer *w, const void *data, size_t len)
{
    if (nf9_writer_expect(w, NF9_WRITER_PACKET) != NF9_OK)
        return w->error.at.code;
    w->state = NF9_WRITER_END;
    return nf9_writer_octets(w, data, len);
}

nf9_status nf9_writer_finish(nf9_writer *w, size_t *len)
{
    if (w->error.at.code != NF9_OK)
        return w->error.at.code;
    if (!(w->alone ? w->state == NF9_WRITER_DATA
                   : w->state == NF9_WRITER_PACKET || w->state == NF9_WRITER_END))
        return nf9_writer_fail(w, NF9_ERR_STATE, 0, 0);
    if (!w->alone && !w->keep_count) {
        if (w->count > MAX_COUNT)
            return nf9_writer_fail(w, NF9_ERR_LIMIT, 0, 0);
        if (w->buf != NULL)
            nf9_be_write(w->buf + COUNT_OFFSET, w->count, 2);
    }
    if (!w->alone)
        w->state = NF9_WRITER_END;
    if (len != NULL)
        *len = w->pos;
    return NF9_OK;
}

const nf9_encode_error *nf9_writer_error(const nf9_writer *w)
{
    return &w->error;
}

size_t nf9_writer_length(const nf9_writer *w)
{
    return w->pos;
}

uint32_t nf9_writer_count(const nf9_writer *w)
{
    return w->count;
}
