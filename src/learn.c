/* SPDX-License-Identifier: MIT
 *
 * learn.c: what a whole packet means to a cache, and what the cache means to a whole packet.
 */
#include <nf9/cache.h>

static bool is_refused(nf9_status st)
{
    return st == NF9_ERR_LIMIT || st == NF9_ERR_MEMORY;
}

nf9_status nf9_cache_learn_record(nf9_cache *cache, nf9_source source,
                                  const nf9_template_record *record, nf9_when when,
                                  nf9_cache_event *event)
{
    nf9_status st = nf9_cache_add(cache, source, record, when, event);

    if (is_refused(st))
        nf9_cache_void(cache, source, record->id, when);
    return st;
}

static void learn_record(nf9_cache *cache, nf9_source source, const nf9_template_record *record,
                         nf9_when when, nf9_learnt *learnt)
{
    nf9_cache_event event = NF9_CACHE_NEW;
    nf9_status st = nf9_cache_learn_record(cache, source, record, when, &event);

    if (is_refused(st)) {
        learnt->refused++;
    } else if (st != NF9_OK) {
        learnt->faulty++;
    } else if (event == NF9_CACHE_NEW) {
        learnt->fresh++;
    } else if (event == NF9_CACHE_REDEFINED) {
        learnt->redefined++;
    } else {
        learnt->refreshed++;
    }
}

nf9_learnt nf9_cache_learn(nf9_cache *cache, nf9_source source, nf9_bytes packet,
                           uint64_t number)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset flowset;
    nf9_learnt learnt = { 0, 0, 0, 0, 0 };
    nf9_status st = nf9_packet_open(&it, packet, &header);

    while (st == NF9_OK && (st = nf9_flowset_next(&it, &flowset)) == NF9_OK) {
        nf9_template_iter ti;
        nf9_template_record record;
        uint32_t n = 0;
        if (nf9_flowset_kind_of(flowset.id) > NF9_FLOWSET_OPTIONS_TEMPLATES)
            continue;
        nf9_templates_open(&ti, &flowset);
        while (nf9_template_next(&ti, &record) == NF9_OK)
            learn_record(cache, source, &record, nf9_when_in(number, flowset.index, n++),
                         &learnt);
    }
    return learnt;
}

static void add_templates(nf9_doubt *doubt, const nf9_flowset *flowset)
{
    nf9_template_iter it;
    nf9_template_record record;

    nf9_templates_open(&it, flowset);
    while (nf9_template_next(&it, &record) == NF9_OK)
        doubt->records++;
}

bool nf9_doubt_packet(nf9_doubt *doubt, const nf9_cache *cache, nf9_source source,
                      nf9_bytes packet, uint64_t number, bool second_look)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset flowset;
    nf9_status st = nf9_packet_open(&it, packet, &header);

    while (st == NF9_OK && (st = nf9_flowset_next(&it, &flowset)) == NF9_OK) {
        nf9_record_iter records;
        nf9_definition found;
        switch (nf9_flowset_kind_of(flowset.id)) {
        case NF9_FLOWSET_DATA:
            if (nf9_cache_lookup(cache, source, flowset.id,
                                 nf9_when_in(number, flowset.index, 0), second_look,
                                 &found) == NF9_MATCH_NONE)
                return false;
            nf9_records_open(&records, &flowset, found.tmpl);
            nf9_doubt_add(doubt, &records);
            break;
        case NF9_FLOWSET_RESERVED:
            break;
        default:
            add_templates(doubt, &flowset);
        }
    }
    return st == NF9_END;
}
