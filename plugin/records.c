/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * records.c: Data FlowSets in the tree.
 */
#include "records.h"
#include "field_hf.h"
#include "flowset_tree.h"
#include "padding.h"
#include "state.h"
#include "wanted.h"
#include <nf9/flow.h>

static int hf_record = -1, hf_template_frame = -1, hf_records = -1, hf_flow = -1;
static int hf_flow_start = -1, hf_flow_end = -1, hf_flow_duration = -1, hf_event_time = -1;
static int hf_icmp_type = -1, hf_icmp_code = -1;
static gint ett_record = -1;

void nf9_records_register(int proto)
{
    static hf_register_info hf[] = {
        { &hf_record,
          { "Record", "nf9.record", FT_UINT32, BASE_DEC, NULL, 0,
            "A flow or options record; its number in the packet, from 1", HFILL } },
        { &hf_flow,
          { "Flow", "nf9.flow", FT_STRING, BASE_NONE, NULL, 0,
            "The record in one line of text: nf9.flow matches \"...\" speaks of one flow",
            HFILL } },
        { &hf_template_frame,
          { "Template in frame", "nf9.template_frame", FT_FRAMENUM, BASE_NONE, NULL, 0,
            "Where the template that these records are read by was defined", HFILL } },
        { &hf_records,
          { "Records", "nf9.flowset.records", FT_UINT32, BASE_DEC, NULL, 0,
            "How many records the FlowSet holds", HFILL } },
        { &hf_flow_start,
          { "Flow start", "nf9.flow_start", FT_ABSOLUTE_TIME, ABSOLUTE_TIME_UTC, NULL, 0,
            "When the flow began, from whichever time field the record has", HFILL } },
        { &hf_flow_end,
          { "Flow end", "nf9.flow_end", FT_ABSOLUTE_TIME, ABSOLUTE_TIME_UTC, NULL, 0,
            "When the flow ended, from whichever time field the record has", HFILL } },
        { &hf_flow_duration,
          { "Flow duration", "nf9.flow_duration", FT_RELATIVE_TIME, BASE_NONE, NULL, 0,
            "From the flow's start to its end", HFILL } },
        { &hf_event_time,
          { "Event time", "nf9.event_time", FT_ABSOLUTE_TIME, ABSOLUTE_TIME_UTC, NULL, 0,
            "When the firewall's event happened", HFILL } },
        { &hf_icmp_type,
          { "ICMP type", "nf9.icmp.msg_type", FT_UINT8, BASE_DEC, NULL, 0,
            "ICMP type, from wherever the record has it", HFILL } },
        { &hf_icmp_code,
          { "ICMP code", "nf9.icmp.msg_code", FT_UINT8, BASE_DEC, NULL, 0,
            "ICMP code, from wherever the record has it", HFILL } },
    };
    static gint *ett[] = { &ett_record };

    proto_register_field_array(proto, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
}

nf9_match nf9_template_in_force(const nf9_pdu *pdu, const nf9_flowset *flowset,
                                nf9_definition *found)
{
    return nf9_cache_lookup(nf9_state_cache(), pdu->source, flowset->id,
                            nf9_state_when(pdu->place, flowset->index, 0),
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

/* A Data FlowSet on its way into the tree. */
typedef struct records {
    nf9_pdu *pdu;
    proto_tree *tree;
    bool visible;     /* somebody looks: texts are worth their making */
    bool wants_flow;  /* somebody asks for what is made from several fields */
    bool wants_text;  /* somebody asks for nf9.flow */
    nf9_wanted wanted;
    nf9_flow_plan plan;
    uint8_t *noted; /* by column: its note was raised; NULL before the first */
} records;

/* Something generated from a record, which stands nowhere in its octets. */
static proto_item *add_generated(proto_item *item)
{
    proto_item_set_generated(item);
    return item;
}

static proto_item *time_add(const records *rs, proto_tree *tree, int hf,
                            const nf9_record *record, nf9_time time)
{
    nstime_t ns = { (time_t)time.secs, (int)time.nanos };
    return add_generated(
        proto_tree_add_time(tree, hf, rs->pdu->tvb, (int)record->offset, 0, &ns));
}

/* Notes on times that cannot be, on the items that show them (may be NULL). */
static void note_times(const records *rs, proto_item *end, proto_item *duration,
                       const nf9_flow *flow)
{
    if ((flow->has & NF9_FLOW_AFTER_EXPORT) != 0)
        nf9_report(rs->pdu, end, &ei_nf9_time_implausible,
                   "The flow was exported before it ended");
    if ((flow->has & NF9_FLOW_DURATION) != 0 && flow->duration < 0)
        nf9_report(rs->pdu, duration, &ei_nf9_time_implausible,
                   "The flow ends before it starts");
}

static void times_add(const records *rs, proto_tree *tree, const nf9_record *record,
                      const nf9_flow *flow)
{
    proto_item *end = NULL, *duration = NULL;

    if ((flow->has & NF9_FLOW_START) != 0)
        time_add(rs, tree, hf_flow_start, record, flow->start);
    if ((flow->has & NF9_FLOW_END) != 0)
        end = time_add(rs, tree, hf_flow_end, record, flow->end);
    if ((flow->has & NF9_FLOW_DURATION) != 0) {
        /* C truncates towards 0, and so does nstime_t: both parts have the sign */
        nstime_t ns = { (time_t)(flow->duration / 1000000000),
                        (int)(flow->duration % 1000000000) };
        duration = add_generated(proto_tree_add_time(tree, hf_flow_duration, rs->pdu->tvb,
                                                     (int)record->offset, 0, &ns));
    }
    if ((flow->has & NF9_FLOW_EVENT_TIME) != 0)
        time_add(rs, tree, hf_event_time, record, flow->event_time);
    note_times(rs, end, duration, flow);
}

static void icmp_add(const records *rs, proto_tree *tree, const nf9_record *record,
                     const nf9_flow *flow)
{
    int offset = (int)record->offset;

    if ((flow->has & NF9_FLOW_ICMP) == 0)
        return;
    add_generated(
        proto_tree_add_uint(tree, hf_icmp_type, rs->pdu->tvb, offset, 0, flow->icmp_type));
    add_generated(
        proto_tree_add_uint(tree, hf_icmp_code, rs->pdu->tvb, offset, 0, flow->icmp_code));
}

/* Notes on a field that cannot be shown as a value: once a FlowSet for each column. */
static void note_field(records *rs, proto_item *item, const nf9_field *field)
{
    nf9_pdu *pdu = rs->pdu;
    bool known = field->info != NULL;

    if (known && nf9_field_fits(field))
        return;
    if (rs->noted == NULL)
        rs->noted = (uint8_t *)wmem_alloc0(pdu->pinfo->pool, rs->plan.tmpl->field_count);
    if (rs->noted[field->column])
        return;
    rs->noted[field->column] = 1;
    if (known)
        nf9_report(pdu, item, &ei_nf9_field_length,
                   "%s (type %u) cannot have a length of %zu: shown as octets",
                   field->info->name, field->type, field->bytes.len);
    else
        nf9_report(pdu, item, &ei_nf9_unknown_field, "%s %u is not known",
                   field->scope ? "Scope type" : "Type", field->type);
}

static void fields_add(records *rs, proto_tree *tree, const nf9_record *record)
{
    nf9_field_iter it;
    nf9_field field;

    nf9_fields_open(&it, record);
    while (nf9_field_next(&it, &field) == NF9_OK)
        note_field(rs, nf9_field_add(tree, rs->pdu->pinfo, rs->pdu->tvb, &field), &field);
}

/* Those fields that somebody asks for. */
static void wanted_add(const records *rs, proto_tree *tree, const nf9_record *record)
{
    nf9_field field;

    for (size_t i = 0; i < rs->wanted.n; i++)
        if (nf9_record_column(record, rs->wanted.columns[i], &field) == NF9_OK)
            nf9_field_add(tree, rs->pdu->pinfo, rs->pdu->tvb, &field);
}

static proto_item *record_item(const records *rs, const nf9_record *record, const char *text,
                               bool cut)
{
    uint32_t ordinal = rs->pdu->ordinal;
    int offset = (int)record->offset, length = (int)record->bytes.len;

    if (!rs->visible)
        return proto_tree_add_uint(rs->tree, hf_record, rs->pdu->tvb, offset, length, ordinal);
    return proto_tree_add_uint_format(rs->tree, hf_record, rs->pdu->tvb, offset, length, ordinal,
                                      "Record %u%s: %s", ordinal, cut ? " (cut)" : "", text);
}

static void record_add(records *rs, const nf9_record *record, bool cut)
{
    proto_tree *tree;
    nf9_flow flow;
    char text[ITEM_LABEL_LENGTH] = "";

    rs->pdu->ordinal++;
    if (rs->wants_flow)
        nf9_flow_read(&rs->plan, &rs->pdu->header, record, &flow);
    if (rs->wants_flow && (rs->visible || rs->wants_text))
        nf9_flow_print(&flow, record, text, sizeof text);
    tree = proto_item_add_subtree(record_item(rs, record, text, cut), ett_record);
    if (rs->wants_text)
        proto_item_set_hidden(add_generated(proto_tree_add_string(
            tree, hf_flow, rs->pdu->tvb, (int)record->offset, 0, text)));
    if (rs->wanted.all)
        fields_add(rs, tree, record);
    else
        wanted_add(rs, tree, record);
    if (rs->wants_flow) {
        times_add(rs, tree, record, &flow);
        icmp_add(rs, tree, record, &flow);
    }
}

/* Whether every record has the same notes: lengths are the template's, but for a variable one
 * and an IPv4 address of 16 octets, which depends on the address. */
static bool notes_are_the_templates(const nf9_template *tmpl)
{
    const nf9_column *columns = nf9_template_columns(tmpl);

    for (size_t i = tmpl->scope_count; i < tmpl->field_count; i++) {
        const nf9_field_info *info = nf9_field_at(columns[i].row);
        if (info != NULL && info->kind == NF9_KIND_IPV4 && columns[i].length == 16)
            return false;
    }
    return !tmpl->variable;
}

/* Raises the notes on fields without adding any: looks at no record but where there may be one. */
static void records_note(records *rs, nf9_record_iter it)
{
    nf9_record record;

    if (!rs->plan.tmpl->odd)
        return;
    while (nf9_record_next(&it, &record) == NF9_OK) {
        fields_add(rs, NULL, &record);
        if (notes_are_the_templates(rs->plan.tmpl))
            return;
    }
}

/* Raises the notes on times where nobody wants a tree, but all notes. */
static void records_note_times(const records *rs, nf9_record_iter it)
{
    nf9_record record;
    nf9_flow flow;

    while (nf9_record_next(&it, &record) == NF9_OK) {
        nf9_flow_read_times(&rs->plan, &rs->pdu->header, &record, &flow);
        note_times(rs, NULL, NULL, &flow);
    }
}

static bool has_room(const records *rs)
{
    return rs->tree == NULL || nf9_pref_max_items == 0 ||
           (unsigned)PTREE_DATA(rs->tree)->count < nf9_pref_max_items;
}

/* Says how many records have no room in the tree. */
static void leave_out(records *rs, proto_item *item, nf9_record_iter *it)
{
    uint32_t n = nf9_records_count(it);

    if (n == 0)
        return;
    nf9_records_skip(it, n);
    rs->pdu->ordinal += n;
    nf9_report(rs->pdu, item, &ei_nf9_limit,
               "%u more records are not shown: the packet has %u items (nf9.max_items)", n,
               (unsigned)PTREE_DATA(rs->tree)->count);
}

static bool wants_flow(proto_tree *tree)
{
    const int generated[] = { hf_flow_start, hf_flow_end,  hf_flow_duration, hf_event_time,
                              hf_icmp_type,  hf_icmp_code, hf_flow };

    for (size_t i = 0; i < array_length(generated); i++)
        if (proto_field_is_referenced(tree, generated[i]))
            return true;
    return false;
}

static void count(nf9_pdu *pdu, const nf9_template *tmpl, uint32_t n)
{
    nf9_ids_add(pdu->pinfo->pool,
                tmpl->options ? &pdu->info.options_ids : &pdu->info.flow_ids, tmpl->id);
    *(tmpl->options ? &pdu->info.options : &pdu->info.flows) += n;
}

static void header_add(const nf9_pdu *pdu, proto_tree *tree, const nf9_flowset *flowset,
                       const nf9_definition *definition, uint32_t n)
{
    int offset = (int)flowset->offset;

    proto_item_set_generated(proto_tree_add_uint(tree, hf_template_frame, pdu->tvb, offset, 2,
                                                 nf9_state_frame_of(definition->first)));
    proto_item_set_generated(proto_tree_add_uint(tree, hf_records, pdu->tvb, offset, 0, n));
}

void nf9_records_tree(nf9_pdu *pdu, proto_tree *tree, proto_item *item,
                      const nf9_flowset *flowset, const nf9_definition *definition,
                      nf9_match match)
{
    const nf9_template *tmpl = definition->tmpl;
    records rs = { .pdu = pdu,
                   .tree = tree,
                   .visible = tree != NULL && PTREE_DATA(tree)->visible,
                   .wants_text = nf9_asked_for(tree, hf_flow) };
    nf9_record_iter it;
    nf9_record record;
    uint32_t n;
    size_t offset;
    nf9_bytes rest;
    const char *note;

    rs.plan.tmpl = tmpl;
    nf9_wanted_init(&rs.wanted, pdu->pinfo->pool, tree, tmpl);
    rs.wants_flow = rs.wanted.all || wants_flow(tree);
    if (rs.wants_flow)
        nf9_flow_plan_init(&rs.plan, tmpl);
    nf9_records_open(&it, flowset, tmpl);
    nf9_records_drop(&it, nf9_padding_records(pdu, &it));
    n = nf9_records_count(&it);
    header_add(pdu, tree, flowset, definition, n);
    if (tree == NULL || !rs.wanted.all)
        records_note(&rs, it);
    if (tree == NULL && rs.wanted.all)
        records_note_times(&rs, it);
    if (tree == NULL || (!rs.wanted.all && rs.wanted.n == 0 && !rs.wants_flow &&
                         !proto_field_is_referenced(tree, hf_record))) {
        nf9_records_skip(&it, n); /* nobody asks for anything in them */
        pdu->ordinal += n;
    }
    while (has_room(&rs) && nf9_record_next(&it, &record) == NF9_OK)
        record_add(&rs, &record, false);
    leave_out(&rs, item, &it);
    if (nf9_record_cut(&it, &record) == NF9_OK)
        record_add(&rs, &record, true);
    rest = nf9_records_rest(&it, &offset);
    nf9_rest_add(pdu, tree, rest, offset, n > 0);
    count(pdu, tmpl, n);
    note = note_match(pdu, item, definition, match);
    if (rs.visible)
        proto_item_append_text(item, "%s, %stemplate %u (frame %u%s), %u octets",
                               nf9_records_text(pdu->pinfo->pool, tmpl, n),
                               tmpl->options ? "options " : "", tmpl->id,
                               nf9_state_frame_of(definition->first), note, flowset->length);
}
