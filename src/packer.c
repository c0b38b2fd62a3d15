/* SPDX-License-Identifier: MIT
 *
 * packer.c: records into datagrams.  Everything that is written has been measured before.
 */
#include "writer.h"
#include <nf9/packer.h>
#include <string.h>

#define LEAST_MTU 28u /* header, FlowSet header, a record of up to 4 octets */
#define MOST_MTU 65535u

nf9_status nf9_packer_init(nf9_packer *p, const nf9_packer_options *options, void *buf, size_t cap)
{
    if (options->mtu < LEAST_MTU || options->mtu > MOST_MTU)
        return NF9_ERR_LIMIT;
    if (cap < NF9_PACKER_ROOM(options->mtu))
        return NF9_ERR_SPACE;
    *p = (nf9_packer){ .options = *options, .buf = buf, .sequence = options->sequence };
    nf9_writer_init(&p->record, NULL, 0);
    return NF9_OK;
}

/* The octets of a datagram with nothing but these in a FlowSet. */
static size_t alone(size_t len, const nf9_template *data)
{
    size_t flowset = NF9_FLOWSET_HEADER_LENGTH + len;
    return NF9_HEADER_LENGTH + flowset + nf9_flowset_padding(flowset, data);
}

nf9_status nf9_packer_templates(nf9_packer *p, const nf9_template *const *templates, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (alone(templates[i]->wire_length, NULL) > p->options.mtu)
            return NF9_ERR_SPACE;
    if (p->begun && p->datagram.state == NF9_WRITER_DATA)
        nf9_end_flowset(&p->datagram); /* while its template is still there */
    nf9_writer_init(&p->record, NULL, 0);
    p->templates = templates;
    p->n_templates = n;
    p->known = NULL;
    p->next = 0;
    return NF9_OK;
}

void nf9_packer_resend(nf9_packer *p)
{
    p->next = 0;
}

/* Sends the datagram; its header is of this moment. */
static void deliver(nf9_packer *p, nf9_clock now)
{
    nf9_header header;
    nf9_writer head;
    size_t len = 0;

    if (p->datagram.state != NF9_WRITER_PACKET)
        nf9_end_flowset(&p->datagram);
    nf9_writer_finish(&p->datagram, &len);
    nf9_header_init(&header, now);
    header.count = (uint16_t)nf9_writer_count(&p->datagram);
    header.sequence = p->sequence++;
    header.source_id = p->options.source_id;
    nf9_writer_init(&head, p->buf, len);
    nf9_write_header(&head, &header);
    p->begun = false;
    p->since++;
    nf9_status st = p->options.send(p->options.user, (nf9_bytes){ p->buf, len });
    if (st < 0 && p->lost == NF9_OK)
        p->lost = st;
}

/* What is to be written: a template, or a record of it. */
typedef struct item {
    const nf9_template *tmpl;
    bool definition;
    nf9_bytes octets;
} item;

/* Whether it can go into the FlowSet that is open. */
static bool continues(const nf9_writer *w, const item *it)
{
    if (!it->definition)
        return w->state == NF9_WRITER_DATA && w->tmpl == it->tmpl;
    return w->state == (it->tmpl->options ? NF9_WRITER_OPTIONS_TEMPLATES : NF9_WRITER_TEMPLATES);
}

/* Whether it has room in the datagram, with the padding behind it. */
static bool fits(const nf9_packer *p, const item *it)
{
    const nf9_template *data = it->definition ? NULL : it->tmpl;
    const nf9_writer *w = &p->datagram;
    size_t pos = w->pos, begin = w->flowset;

    if (!p->begun)
        return alone(it->octets.len, data) <= p->options.mtu;
    if (!continues(w, it)) {
        if (w->state != NF9_WRITER_PACKET)
            pos += nf9_flowset_padding(pos - begin,
                                       w->state == NF9_WRITER_DATA ? w->tmpl : NULL);
        begin = pos;
        pos += NF9_FLOWSET_HEADER_LENGTH;
    }
    pos += it->octets.len;
    return pos + nf9_flowset_padding(pos - begin, data) <= p->options.mtu;
}

/* Writes it, into the next datagram where this one has no room; it fits into an empty one. */
static void place(nf9_packer *p, const item *it, nf9_clock now)
{
    const nf9_header later = { .version = NF9_VERSION_9 };
    nf9_writer *w = &p->datagram;

    if (!fits(p, it))
        deliver(p, now);
    if (!p->begun) {
        nf9_writer_init(w, p->buf, p->options.mtu);
        nf9_write_header(w, &later);
        p->begun = true;
    }
    if (!continues(w, it)) {
        if (w->state != NF9_WRITER_PACKET)
            nf9_end_flowset(w);
        if (!it->definition)
            nf9_begin_data(w, it->tmpl);
        else if (it->tmpl->options)
            nf9_begin_options_templates(w);
        else
            nf9_begin_templates(w);
    }
    if (it->definition)
        nf9_write_template(w, it->tmpl);
    else
        nf9_put_record(w, it->octets.data, it->octets.len);
}

static bool due(const nf9_packer *p, nf9_clock now)
{
    const nf9_packer_options *o = &p->options;

    return p->n_templates > 0 &&
           (p->next < p->n_templates ||
            (o->refresh_packets > 0 && p->since >= o->refresh_packets) ||
            (o->refresh_ms > 0 && now.uptime_ms - p->announced >= o->refresh_ms));
}

/* Writes the templates, where they are due. */
static void announce(nf9_packer *p, nf9_clock now)
{
    if (!due(p, now))
        return;
    if (p->next == p->n_templates)
        p->next = 0;
    while (p->next < p->n_templates) {
        const nf9_template *t = p->templates[p->next++];
        const item definition = { t, true, nf9_template_wire(t) };
        place(p, &definition, now);
    }
    p->announced = now.uptime_ms;
    p->since = 0;
}

/* Packs the record that was made. */
static nf9_status pack(nf9_packer *p, nf9_clock now)
{
    item record = { p->record.tmpl, false, { p->record.buf, 0 } };
    nf9_status st = nf9_writer_finish(&p->record, &record.octets.len);
    size_t need = alone(record.octets.len, record.tmpl);

    if (st == NF9_OK && need > p->options.mtu)
        st = nf9_writer_fail(&p->record, NF9_ERR_SPACE, need, p->options.mtu);
    if (st != NF9_OK)
        return st;
    p->lost = NF9_OK;
    announce(p, now);
    if (!fits(p, &record)) {
        deliver(p, now);
        announce(p, now); /* a new datagram may be one of those that have them */
    }
    place(p, &record, now);
    return p->lost;
}

static bool is_listed(nf9_packer *p, const nf9_template *tmpl)
{
    for (size_t i = 0; i < p->n_templates && p->known != tmpl; i++)
        if (p->templates[i] == tmpl)
            p->known = tmpl;
    return p->known == tmpl;
}

/* Makes the record's writer ready, behind the datagram. */
static nf9_writer *prepare(nf9_packer *p, const nf9_template *tmpl)
{
    size_t mtu = p->options.mtu;

    nf9_writer_init_records(&p->record, tmpl, p->buf + mtu, mtu);
    if (!is_listed(p, tmpl))
        nf9_writer_fail(&p->record, NF9_ERR_STATE, 0, 0);
    return &p->record;
}

nf9_writer *nf9_packer_begin(nf9_packer *p, const nf9_template *tmpl)
{
    nf9_begin_record(prepare(p, tmpl));
    return &p->record;
}

nf9_status nf9_packer_end(nf9_packer *p, nf9_clock now)
{
    nf9_status st = nf9_end_record(&p->record);

    return st == NF9_OK ? pack(p, now) : st;
}

nf9_status nf9_packer_add(nf9_packer *p, const nf9_template *tmpl, const void *data, size_t len,
                          nf9_clock now)
{
    nf9_status st = nf9_put_record(prepare(p, tmpl), data, len);

    return st == NF9_OK ? pack(p, now) : st;
}

nf9_status nf9_packer_add_u64s(nf9_packer *p, const nf9_template *tmpl, const uint64_t *values,
                               size_t n, nf9_clock now)
{
    nf9_status st = nf9_put_u64s(prepare(p, tmpl), values, n);

    return st == NF9_OK ? pack(p, now) : st;
}

nf9_status nf9_packer_flush(nf9_packer *p, nf9_clock now)
{
    p->lost = NF9_OK;
    if (p->begun)
        deliver(p, now);
    return p->lost;
}

nf9_status nf9_packer_tick(nf9_packer *p, nf9_clock now)
{
    p->lost = NF9_OK;
    if (due(p, now)) {
        announce(p, now);
        deliver(p, now);
    }
    return p->lost;
}

const nf9_encode_error *nf9_packer_error(const nf9_packer *p)
{
    return &p->record.error;
}

uint32_t nf9_packer_sequence(const nf9_packer *p)
{
    return p->sequence;
}
