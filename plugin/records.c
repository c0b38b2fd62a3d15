/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * records.c: Data FlowSets in the tree.
 */
#include "records.h"
#include "field_hf.h"
#include "flowset_tree.h"
#include "item.h"
#include "padding.h"
#include "record_filters.h"
#include "state.h"

static int hf_template_frame = -1, hf_records = -1;

static hf_register_info registered[] = {
    { &hf_template_frame,
      { "Template in frame", "nf9.template_frame", FT_FRAMENUM, BASE_NONE, NULL, 0,
        "Where the template that these records are read by was defined", HFILL } },
    { &hf_records,
      { "Records", "nf9.flowset.records", FT_UINT32, BASE_DEC, NULL, 0,
        "How many records the FlowSet holds", HFILL } },
};

void nf9_records_register(int proto)
{
    nf9_record_register(proto);
    proto_register_field_array(proto, registered, array_length(registered));
}

bool nf9_records_are_wanted(proto_tree *tree)
{
    return nf9_record_is_wanted(tree) ||
           nf9_any_is_referenced(tree, registered, array_length(registered));
}

nf9_match nf9_template_in_force(const nf9_pdu *pdu, const nf9_flowset *flowset,
                                nf9_definition *found)
{
    return nf9_cache_lookup(nf9_state_cache(), pdu->source, flowset->id,
                            nf9_when_in(pdu->place, flowset->index, 0),
                            nf9_state_second_look(pdu->pinfo), found);
}

/* Notes on a definition that was not the source's own before this place. */
static const char *note_match(nf9_pdu *pdu, proto_item *item, const nf9_definition *definition,
                              nf9_match match)
{
    bool late = match == NF9_MATCH_AFTER || match == NF9_MATCH_BORROWED_AFTER;
    bool borrowed = match == NF9_MATCH_BORROWED || match == NF9_MATCH_BORROWED_AFTER;
    uint32_t frame = nf9_state_frame_of(definition->first);

    if (late)
        nf9_report(pdu, item, &ei_nf9_template_late,
                   "Template %u was received after this frame, in frame %u",
                   definition->tmpl->id, frame);
    if (borrowed)
        nf9_report(pdu, item, &ei_nf9_template_borrowed,
                   "Template %u is borrowed from frame %u, another conversation of the exporter",
                   definition->tmpl->id, frame);
    if (late || borrowed)
        pdu->info.elsewhere = frame;
    return late && borrowed ? ", borrowed, received after this frame"
           : late           ? ", received after this frame"
           : borrowed       ? ", borrowed"
                            : "";
}

unsigned nf9_pref_max_items = 500000;

/* Of the packet, so far; those too that a record filter looked at. */
static uint64_t item_count(const nf9_pdu *pdu, const proto_tree *tree)
{
    return (unsigned)PTREE_DATA(tree)->count + pdu->sieved;
}

static bool has_room(const nf9_pdu *pdu, const proto_tree *tree)
{
    return tree == NULL || nf9_pref_max_items == 0 || item_count(pdu, tree) < nf9_pref_max_items;
}

/* How many more records have room, of as many items each; a last one that begins has it. */
static uint32_t room_for(const nf9_pdu *pdu, const proto_tree *tree, size_t items)
{
    uint64_t count = item_count(pdu, tree);

    if (nf9_pref_max_items == 0)
        return UINT32_MAX;
    return count < nf9_pref_max_items ? (uint32_t)((nf9_pref_max_items - count - 1) / items) + 1
                                      : 0;
}

/* Says how many records have no room in the tree. */
static void leave_out(nf9_pdu *pdu, proto_tree *tree, proto_item *item, nf9_record_iter *it)
{
    uint32_t n = nf9_records_count(it);

    if (n == 0)
        return;
    nf9_records_skip(it, n);
    pdu->ordinal += n;
    nf9_report(pdu, item, &ei_nf9_limit,
               "%u more records are not shown: the packet has %" PRIu64 " items (nf9.max_items)",
               n, item_count(pdu, tree));
}

static void count(nf9_pdu *pdu, const nf9_template *tmpl, uint32_t n)
{
    nf9_ids_add(pdu->pinfo->pool,
                tmpl->options ? &pdu->info.options_ids : &pdu->info.flow_ids, tmpl->id);
    *(tmpl->options ? &pdu->info.options : &pdu->info.flows) += n;
}

void nf9_records_header_add(const nf9_pdu *pdu, proto_tree *tree, const nf9_flowset *flowset,
                            uint32_t template_frame, uint32_t n)
{
    int offset = (int)flowset->offset;

    if (!pdu->asked.records)
        return;
    nf9_item_generated(
        proto_tree_add_uint(tree, hf_template_frame, pdu->tvb, offset, 2, template_frame));
    nf9_item_generated(proto_tree_add_uint(tree, hf_records, pdu->tvb, offset, 0, n));
}

/* Records on their way into the tree, where a record filter may hold some of them up. */
typedef struct passing {
    nf9_record_adder adder;
    bool filtered; /* somebody asks which records match, or those that do not are hidden */
    nf9_sieve sieve;
    uint32_t matched, hidden;
} passing;

static void passing_begin(passing *p, nf9_pdu *pdu, proto_tree *tree, const nf9_sieve_flowset *in)
{
    p->matched = p->hidden = 0; /* the rest is large, and mostly not needed */
    nf9_record_adder_init(&p->adder, pdu, tree, in->tmpl);
    p->filtered = !nf9_record_adder_is_idle(&p->adder) &&
                  (pdu->asked.match || nf9_record_filters_hide());
    if (p->filtered)
        nf9_sieve_open(&p->sieve, nf9_record_filters(), pdu, in, &pdu->sieved);
}

static void pass(passing *p, const nf9_record *record, bool cut)
{
    if (p->filtered) {
        p->adder.match =
            nf9_sieve_test(&p->sieve, record, p->adder.pdu->ordinal + 1, cut);
        p->matched += p->adder.match > 0;
    }
    if (p->filtered && p->adder.match == 0 && nf9_record_filters_hide()) {
        nf9_record_hide(&p->adder, record);
        p->adder.pdu->sieved += p->adder.tmpl->field_count;
        p->hidden++;
    } else {
        nf9_record_add(&p->adder, record, cut);
    }
}

/* What the filters did, at the end of the FlowSet's line. */
static void passing_end(passing *p, proto_item *item)
{
    if (!p->filtered)
        return;
    nf9_sieve_close(&p->sieve);
    if (!p->adder.pdu->asked.visible)
        return;
    proto_item_append_text(item, ", %u match", p->matched);
    if (p->hidden > 0)
        proto_item_append_text(item, ", %u hidden", p->hidden);
}

/* Puts the records into the tree, with what is noted of them. */
static void records_add(passing *p, nf9_pdu *pdu, proto_tree *tree, proto_item *item,
                        const nf9_sieve_flowset *in, nf9_record_iter *it)
{
    uint32_t left = has_room(pdu, tree) ? in->records : 0;
    nf9_record record;

    if (left < in->records)
        leave_out(pdu, tree, item, it);
    /* nothing is made ready for records that there are not */
    passing_begin(p, pdu, left > 0 || it->cut ? tree : NULL, in);
    nf9_records_note(&p->adder, *it);
    if (nf9_record_adder_is_idle(&p->adder)) {
        nf9_records_skip(it, left);
        pdu->ordinal += left;
    } else if (!p->filtered && nf9_record_adder_is_plain(&p->adder))
        nf9_records_add_plain(&p->adder, it,
                              MIN(left, room_for(pdu, tree, p->adder.wanted.n)));
    while (has_room(pdu, tree) && nf9_record_next(it, &record) == NF9_OK)
        pass(p, &record, false);
    leave_out(pdu, tree, item, it);
    if (nf9_record_cut(it, &record) == NF9_OK)
        pass(p, &record, true);
}

/* Without a tree, and without a note on any of the records. */
static void records_skip(passing *p, nf9_pdu *pdu, uint32_t n, nf9_record_iter *it)
{
    nf9_record record;

    p->filtered = false;
    nf9_records_skip(it, n);
    pdu->ordinal += n;
    nf9_record_cut(it, &record);
}

void nf9_records_tree(nf9_pdu *pdu, proto_tree *tree, proto_item *item,
                      const nf9_flowset *flowset, const nf9_definition *definition,
                      nf9_match match)
{
    const nf9_template *tmpl = definition->tmpl;
    nf9_sieve_flowset in = { flowset, tmpl, nf9_state_frame_of(definition->first), 0 };
    passing passage;
    nf9_record_iter it;
    uint32_t n;
    size_t offset;
    nf9_bytes rest;
    const char *note;

    nf9_records_open(&it, flowset, tmpl);
    nf9_records_drop(&it, nf9_padding_records(pdu, &it));
    n = in.records = nf9_records_count(&it);
    nf9_tap_records(pdu->tap, pdu->pinfo,
                    &(nf9_tap_flowset){ *flowset, it, pdu->ordinal, n, definition->first });
    nf9_records_header_add(pdu, tree, flowset, in.template_frame, n);
    if (tree != NULL || pdu->asked.notes || tmpl->odd)
        records_add(&passage, pdu, tree, item, &in, &it);
    else
        records_skip(&passage, pdu, n, &it);
    rest = nf9_records_rest(&it, &offset);
    nf9_rest_add(pdu, tree, rest, offset, n > 0);
    count(pdu, tmpl, n);
    note = note_match(pdu, item, definition, match);
    if (pdu->asked.visible)
        proto_item_append_text(item, "%s, %stemplate %u (frame %u%s), %u octets",
                               nf9_records_text(pdu->pinfo->pool, tmpl, n),
                               tmpl->options ? "options " : "", tmpl->id,
                               in.template_frame, note, flowset->length);
    passing_end(&passage, item);
}
