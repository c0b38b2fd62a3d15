/* SPDX-License-Identifier: MIT
 *
 * export_packet_apply.c: what a packet tells a cache, and what the cache tells of its data.
 */
#include "export_packet.h"

/* The source as the packet says itself. */
static nf9_source source_of(const nf9_export_packet *packet, nf9_source source)
{
    source.source_id = packet->header.source_id;
    source.boot = nf9_header_boot(&packet->header);
    return source;
}

nf9_status nf9_export_packet_update_cache(const nf9_export_packet *packet, nf9_cache *cache,
                                          nf9_source source, uint64_t number)
{
    nf9_status first = NF9_OK;

    source = source_of(packet, source);
    for (size_t i = 0; i < packet->n; i++) {
        const nf9_packet_flowset *f = &packet->slots[i].flowset;
        for (size_t k = 0; k < f->n_templates; k++) {
            const nf9_template_record *record = &f->templates[k].record;
            nf9_when when = nf9_when_in(number, (uint32_t)i, (uint32_t)k);
            nf9_status st = nf9_cache_learn_record(cache, source, record, when, NULL);
            if (first == NF9_OK && (st == NF9_ERR_LIMIT || st == NF9_ERR_MEMORY))
                first = st;
        }
    }
    return first;
}

/* How many rows of values fit into the limit: more need not be counted. */
static nf9_status count_rows(const nf9_export_packet *packet, nf9_record_iter it, uint64_t *n)
{
    uint64_t row = it.tmpl->field_count * (uint64_t)sizeof(nf9_value);
    uint64_t most = (packet->max_memory - packet->memory) / row;
    nf9_record record;

    *n = 0;
    if (!it.tmpl->variable) {
        *n = nf9_records_count(&it);
        return *n <= most ? NF9_OK : NF9_ERR_LIMIT;
    }
    while (nf9_record_next(&it, &record) == NF9_OK)
        if (++*n > most)
            return NF9_ERR_LIMIT;
    return NF9_OK;
}

/* Reads the records of a FlowSet into `values`, which is room for them.  What lies behind the
 * octets of the values is padding, with the rows before it that may be padding too. */
static nf9_status read_rows(nf9_export_packet *packet, nf9_slot *slot, nf9_value *values,
                            nf9_record_iter it)
{
    nf9_packet_flowset *f = &slot->flowset;
    const size_t columns = it.tmpl->field_count;
    uint32_t doubtful = nf9_records_doubtful(&it);
    size_t n = 0;
    nf9_record record;

    for (; nf9_record_next(&it, &record) == NF9_OK; n++)
        nf9_record_values(&record, values + n * columns, columns);
    nf9_bytes rest = nf9_records_rest(&it, NULL);
    size_t kept = doubtful * (size_t)it.tmpl->min_length;
    nf9_bytes more = { rest.data - kept, rest.len + kept };
    nf9_status st = nf9_packet_own_octets(packet, slot, values, n * columns, &more);
    if (st != NF9_OK)
        return st;
    f->values = values;
    f->n_rows = n;
    f->octets = (nf9_bytes){ NULL, 0 };
    f->padding = kept > 0 ? (nf9_bytes){ more.data + kept, rest.len } : more;
    slot->doubtful = doubtful;
    return NF9_OK;
}

static nf9_status decode(nf9_export_packet *packet, nf9_slot *slot, const nf9_template *tmpl)
{
    const nf9_flowset from = { .id = slot->flowset.id,
                               .body = slot->flowset.octets,
                               .missing = slot->flowset.missing };
    const nf9_template *own;
    nf9_record_iter it;
    nf9_held held;
    uint64_t n;

    nf9_records_open(&it, &from, tmpl);
    nf9_status st = count_rows(packet, it, &n);
    if (st == NF9_OK)
        st = nf9_packet_own_template(packet, tmpl, &own);
    if (st == NF9_OK)
        st = nf9_packet_take(packet, n * tmpl->field_count * sizeof(nf9_value), &held);
    if (st != NF9_OK)
        return st;
    if ((st = read_rows(packet, slot, held.mem, it)) != NF9_OK) {
        nf9_packet_give(packet, &held);
        return st;
    }
    slot->values = held;
    slot->flowset.tmpl = own;
    return NF9_OK;
}

/* The last rows that are padding, where Count tells; asked once, when all is decoded. */
static void settle(nf9_export_packet *packet)
{
    nf9_doubt doubt = { 0, 0, 0 };

    if (packet->error.code != NF9_OK)
        return;
    for (size_t i = 0; i < packet->n; i++) {
        const nf9_slot *slot = &packet->slots[i];
        doubt.records += slot->flowset.n_templates + slot->flowset.n_rows;
        doubt.doubtful += slot->doubtful;
        doubt.flowsets += slot->doubtful > 0;
    }
    for (size_t i = 0; i < packet->n; i++) {
        nf9_slot *slot = &packet->slots[i];
        if (slot->doubtful == 0)
            continue;
        nf9_packet_flowset *f = &slot->flowset;
        uint32_t n = nf9_doubt_settle(&doubt, packet->header.count, slot->doubtful);
        f->n_rows -= n;
        f->padding.data -= n * (size_t)f->tmpl->min_length;
        f->padding.len += n * (size_t)f->tmpl->min_length;
        slot->doubtful = 0;
    }
}

nf9_status nf9_export_packet_apply(nf9_export_packet *packet, const nf9_cache *cache,
                                   nf9_source source, uint64_t number, bool second_look)
{
    nf9_status first = NF9_OK;
    nf9_definition found;

    source = source_of(packet, source);
    for (size_t i = 0; i < packet->n; i++) {
        nf9_slot *slot = &packet->slots[i];
        if (slot->flowset.kind != NF9_FLOWSET_DATA || slot->flowset.tmpl != NULL)
            continue;
        nf9_status st = NF9_NONE;
        if (nf9_cache_lookup(cache, source, slot->flowset.id,
                             nf9_when_in(number, (uint32_t)i, 0), second_look,
                             &found) != NF9_MATCH_NONE)
            st = decode(packet, slot, found.tmpl);
        if (st < 0 ? first >= 0 : first == NF9_OK)
            first = st; /* a failure rather than what is only not known */
    }
    if (nf9_export_packet_undecoded(packet) == 0)
        settle(packet);
    return first;
}
