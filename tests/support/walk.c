/* SPDX-License-Identifier: MIT
 *
 * walk.c: a packet through the whole codec.
 */
#include "walk.h"

static void learn_templates(nf9_cache *cache, nf9_source source, uint64_t number,
                            const nf9_flowset *flowset, const walk_handler *handler)
{
    nf9_template_iter it;
    nf9_template_record record;

    nf9_templates_open(&it, flowset);
    while (nf9_template_next(&it, &record) == NF9_OK) {
        for (size_t i = 0; i < record.present; i++)
            (void)nf9_template_record_field(&record, i);
        nf9_cache_add(cache, source, &record, nf9_when_at(number, flowset->index), NULL);
        if (handler->definition != NULL)
            handler->definition(handler->user, flowset, &record);
    }
    if (handler->rest != NULL)
        handler->rest(handler->user, flowset, nf9_templates_rest(&it, NULL));
}

nf9_status walk_learn(nf9_cache *cache, nf9_source source, uint64_t number, nf9_bytes packet,
                      const walk_handler *handler)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset flowset;
    nf9_status st = nf9_packet_open(&it, packet, &header);

    source.source_id = st == NF9_OK ? header.source_id : 0;
    while (nf9_flowset_next(&it, &flowset) == NF9_OK) {
        nf9_flowset_kind kind = nf9_flowset_kind_of(flowset.id);
        if (flowset.missing > 0 && handler->missing != NULL)
            handler->missing(handler->user, &flowset);
        if (kind == NF9_FLOWSET_TEMPLATES || kind == NF9_FLOWSET_OPTIONS_TEMPLATES)
            learn_templates(cache, source, number, &flowset, handler);
        else if (kind == NF9_FLOWSET_RESERVED && handler->reserved != NULL)
            handler->reserved(handler->user, &flowset);
    }
    if (st == NF9_OK && handler->end != NULL)
        handler->end(handler->user, &it);
    return st;
}

/* What Count is compared with; false where it says nothing: data is without a definition. */
static bool add_up(const nf9_cache *cache, nf9_source source, uint64_t number, nf9_bytes packet,
                   nf9_doubt *doubt)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset flowset;
    bool all = true;

    nf9_packet_open(&it, packet, &header);
    while (nf9_flowset_next(&it, &flowset) == NF9_OK) {
        nf9_definition d;
        nf9_when when = nf9_when_at(number, flowset.index);
        if (nf9_flowset_kind_of(flowset.id) == NF9_FLOWSET_DATA) {
            nf9_record_iter records;
            if (nf9_cache_find_here(cache, source, flowset.id, when, &d) != NF9_OK) {
                all = false;
                continue;
            }
            nf9_records_open(&records, &flowset, d.tmpl);
            nf9_doubt_add(doubt, &records);
        } else if (flowset.id <= 1) {
            nf9_template_iter templates;
            nf9_template_record record;
            nf9_templates_open(&templates, &flowset);
            while (nf9_template_next(&templates, &record) == NF9_OK)
                doubt->records++;
        }
    }
    return all;
}

static void read_records(const nf9_header *header, const nf9_flowset *flowset,
                         const nf9_template *t, const nf9_doubt *doubt,
                         const walk_handler *handler)
{
    nf9_record_iter it;
    nf9_record record;

    nf9_records_open(&it, flowset, t);
    if (doubt != NULL)
        nf9_records_drop(&it,
                         nf9_doubt_settle(doubt, header->count, nf9_records_doubtful(&it)));
    while (nf9_record_next(&it, &record) == NF9_OK)
        if (handler->record != NULL)
            handler->record(handler->user, header, flowset, &record, false);
    if (nf9_record_cut(&it, &record) == NF9_OK && handler->record != NULL)
        handler->record(handler->user, header, flowset, &record, true);
    if (handler->rest != NULL)
        handler->rest(handler->user, flowset, nf9_records_rest(&it, NULL));
}

void walk_data(const nf9_cache *cache, nf9_source source, uint64_t number, nf9_bytes packet,
               walk_mode mode, const walk_handler *handler)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset flowset;
    nf9_doubt doubt = { 0, 0, 0 };
    bool settle;

    if (nf9_packet_open(&it, packet, &header) != NF9_OK)
        return;
    source.source_id = header.source_id;
    settle = mode != WALK_UNSETTLED && add_up(cache, source, number, packet, &doubt);
    while (nf9_flowset_next(&it, &flowset) == NF9_OK) {
        nf9_when when = nf9_when_at(number, flowset.index);
        nf9_definition d;
        if (nf9_flowset_kind_of(flowset.id) != NF9_FLOWSET_DATA)
            continue;
        nf9_status st = nf9_cache_find_here(cache, source, flowset.id, when, &d);
        if (mode == WALK_LATE)
            st = st == NF9_OK ? NF9_NONE
                              : nf9_cache_find_after(cache, source, flowset.id, when, &d);
        if (st == NF9_OK)
            read_records(&header, &flowset, d.tmpl, settle ? &doubt : NULL, handler);
        else if (handler->undecoded != NULL)
            handler->undecoded(handler->user, &flowset);
    }
}

static void ask_field(const nf9_field *field)
{
    nf9_part_value parts[NF9_PARTS_MAX];
    uint8_t address[16];
    nf9_bytes text;
    nf9_time time;
    uint64_t u;
    int64_t i;
    double d;
    bool b;
    char small[8], whole[256];

    (void)nf9_field_fits(field);
    (void)nf9_field_u64(field, &u);
    (void)nf9_field_i64(field, &i);
    (void)nf9_field_f64(field, &d);
    (void)nf9_field_bool(field, &b);
    (void)nf9_field_ipv4(field, address);
    (void)nf9_field_ipv6(field, address);
    (void)nf9_field_mac(field, address);
    (void)nf9_field_text(field, &text);
    (void)nf9_field_time(field, &time);
    (void)nf9_field_parts(field, parts);
    (void)nf9_field_print(field, NULL, 0);
    (void)nf9_field_print(field, small, sizeof small);
    (void)nf9_field_print(field, whole, sizeof whole);
}

/* Finding a field goes through those before it; of very long records not every field is found. */
#define FOUND 64

void walk_exercise(const nf9_header *header, const nf9_record *record)
{
    nf9_field_iter it;
    nf9_field field, again;
    nf9_flow_plan plan;
    nf9_flow flow;
    char small[16], line[512];

    nf9_fields_open(&it, record);
    while (nf9_field_next(&it, &field) == NF9_OK) {
        ask_field(&field);
        if (field.column >= FOUND)
            continue;
        (void)nf9_record_column(record, field.column, &again);
        (void)nf9_record_find(record, field.type, 0, &again);
    }
    nf9_flow_plan_init(&plan, record->tmpl);
    nf9_flow_read(&plan, header, record, &flow);
    (void)nf9_flow_print(&flow, record, NULL, 0);
    (void)nf9_flow_print(&flow, record, small, sizeof small);
    (void)nf9_flow_print(&flow, record, line, sizeof line);
}
