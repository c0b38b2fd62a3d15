/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * records.c: Data FlowSets in the tree.
 */
#include "records.h"
#include "field_hf.h"
#include "flow_tree.h"
#include "flowset_tree.h"
#include "item.h"
#include "padding.h"
#include "state.h"
#include "wanted.h"
#include <wsutil/to_str.h>

static int hf_record = -1, hf_template_frame = -1, hf_records = -1;
static gint ett_record = -1;

void nf9_records_register(int proto)
{
    static hf_register_info hf[] = {
        { &hf_record,
          { "Record", "nf9.record", FT_UINT32, BASE_DEC, NULL, 0,
            "A flow or options record; its number in the packet, from 1", HFILL } },
        { &hf_template_frame,
          { "Template in frame", "nf9.template_frame", FT_FRAMENUM, BASE_NONE, NULL, 0,
            "Where the template that these records are read by was defined", HFILL } },
        { &hf_records,
          { "Records", "nf9.flowset.records", FT_UINT32, BASE_DEC, NULL, 0,
            "How many records the FlowSet holds", HFILL } },
    };
    static gint *ett[] = { &ett_record };

    proto_register_field_array(proto, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
}

bool nf9_records_are_wanted(proto_tree *tree)
{
    const int fields[] = { hf_record, hf_template_frame, hf_records };

    return nf9_any_is_referenced(tree, fields, array_length(fields));
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

/* A Data FlowSet on its way into the tree. */
typedef struct records {
    nf9_pdu *pdu;
    proto_tree *tree;
    nf9_wanted wanted;
    bool wants_flow; /* what is made from several fields: for itself, or for notes on it */
    const nf9_template *tmpl;
    const nf9_flow_plan *plan; /* where wants_flow */
    uint8_t *noted; /* by column: its note was raised; NULL before the first */
} records;

/* Notes on a field that cannot be shown as a value: once a FlowSet for each column. */
static void note_field(records *rs, proto_item *item, const nf9_field *field)
{
    nf9_pdu *pdu = rs->pdu;
    bool known = field->info != NULL;

    if (known && nf9_field_fits(field))
        return;
    if (rs->noted == NULL)
        rs->noted = (uint8_t *)wmem_alloc0(pdu->pinfo->pool, rs->tmpl->field_count);
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
static void columns_add(records *rs, proto_tree *tree, const nf9_record *record, bool cut)
{
    for (size_t i = 0; i < rs->wanted.n; i++) {
        const nf9_shown_column *shown = &rs->wanted.columns[i];
        proto_item *item;
        nf9_field field;
        if ((!cut && nf9_column_add(shown, tree, rs->pdu->tvb, record)) ||
            nf9_record_column(record, shown->column, &field) != NF9_OK)
            continue;
        item = nf9_field_add(tree, rs->pdu->pinfo, rs->pdu->tvb, &field);
        if (rs->wanted.all)
            note_field(rs, item, &field);
    }
}

/* The record's subtree; the FlowSet's where nobody sees or asks for it. */
static proto_tree *record_tree(const records *rs, const nf9_record *record, const char *label)
{
    uint32_t ordinal = rs->pdu->ordinal;
    int offset = (int)record->offset, length = (int)record->bytes.len;
    proto_item *item;

    if (!rs->pdu->asked.records)
        return rs->tree;
    item = proto_tree_add_uint(rs->tree, hf_record, rs->pdu->tvb, offset, length, ordinal);
    if (rs->pdu->asked.visible)
        nf9_item_set_text(item, label);
    return proto_item_add_subtree(item, ett_record);
}

/* Writes what stands before the record's text; the text goes where it ends. */
static char *label_begin(char label[32], uint32_t ordinal, bool cut)
{
    char digits[11];

    nf9_decimal(ordinal, digits, sizeof digits);
    return g_stpcpy(g_stpcpy(g_stpcpy(label, "Record "), digits), cut ? " (cut): " : ": ");
}

static void record_add(records *rs, const nf9_record *record, bool cut)
{
    char label[32 + ITEM_LABEL_LENGTH], *text = NULL;
    proto_tree *tree;
    nf9_flow flow;

    rs->pdu->ordinal++;
    if (rs->wants_flow)
        nf9_flow_read(rs->plan, &rs->pdu->header, record, &flow);
    if (rs->pdu->asked.visible || rs->pdu->asked.flow_text) {
        text = label_begin(label, rs->pdu->ordinal, cut);
        nf9_flow_print(&flow, record, text, ITEM_LABEL_LENGTH);
    }
    tree = record_tree(rs, record, label);
    if (rs->pdu->asked.flow_text)
        nf9_flow_text_add(rs->pdu, tree, record, text);
    if (rs->wanted.columns != NULL)
        columns_add(rs, tree, record, cut);
    else if (rs->wanted.all)
        fields_add(rs, tree, record);
    if (rs->wants_flow)
        nf9_flow_add(rs->pdu, tree, record, &flow);
}

/* The fields alone that a filter asks for: the fast way through a capture. */
static void fields_only_add(records *rs, const nf9_record *record)
{
    rs->pdu->ordinal++;
    columns_add(rs, rs->tree, record, false);
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

    if (!rs->tmpl->odd)
        return;
    while (nf9_record_next(&it, &record) == NF9_OK) {
        fields_add(rs, NULL, &record);
        if (notes_are_the_templates(rs->tmpl))
            return;
    }
}

/* Raises the notes on times where nobody wants a tree, but all notes. */
static void records_note_times(const records *rs, nf9_record_iter it)
{
    nf9_record record;
    nf9_flow flow;

    while (nf9_record_next(&it, &record) == NF9_OK) {
        nf9_flow_read_times(rs->plan, &rs->pdu->header, &record, &flow);
        nf9_flow_note(rs->pdu, NULL, NULL, &flow);
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

    nf9_item_generated(proto_tree_add_uint(tree, hf_template_frame, pdu->tvb, offset, 2,
                                           nf9_state_frame_of(definition->first)));
    nf9_item_generated(proto_tree_add_uint(tree, hf_records, pdu->tvb, offset, 0, n));
}

void nf9_records_tree(nf9_pdu *pdu, proto_tree *tree, proto_item *item,
                      const nf9_flowset *flowset, const nf9_definition *definition,
                      nf9_match match)
{
    const nf9_template *tmpl = definition->tmpl;
    nf9_flow_plan plan;
    records rs = { .pdu = pdu,
                   .tree = tree,
                   .tmpl = tmpl,
                   .plan = &plan };
    nf9_record_iter it;
    nf9_record record;
    uint32_t n;
    size_t offset;
    nf9_bytes rest;
    const char *note;

    nf9_wanted_init(&rs.wanted, &pdu->asked, pdu->pinfo->pool, tree, tmpl);
    rs.wants_flow = rs.wanted.all || pdu->asked.flow;
    if (rs.wants_flow)
        nf9_flow_plan_init(&plan, tmpl);
    nf9_records_open(&it, flowset, tmpl);
    nf9_records_drop(&it, nf9_padding_records(pdu, &it));
    n = nf9_records_count(&it);
    nf9_tap_records(pdu->tap, pdu->pinfo, &it, pdu->ordinal);
    if (pdu->asked.records)
        header_add(pdu, tree, flowset, definition, n);
    if (tree == NULL || !rs.wanted.all)
        records_note(&rs, it);
    if (tree == NULL && rs.wanted.all)
        records_note_times(&rs, it);
    if (tree == NULL ||
        (!rs.wanted.all && rs.wanted.n == 0 && !rs.wants_flow && !pdu->asked.records)) {
        nf9_records_skip(&it, n); /* nobody asks for anything in them */
        pdu->ordinal += n;
    }
    while (has_room(&rs) && nf9_record_next(&it, &record) == NF9_OK)
        if (rs.wants_flow || pdu->asked.records)
            record_add(&rs, &record, false);
        else
            fields_only_add(&rs, &record);
    leave_out(&rs, item, &it);
    if (nf9_record_cut(&it, &record) == NF9_OK)
        record_add(&rs, &record, true);
    rest = nf9_records_rest(&it, &offset);
    nf9_rest_add(pdu, tree, rest, offset, n > 0);
    count(pdu, tmpl, n);
    note = note_match(pdu, item, definition, match);
    if (pdu->asked.visible)
        proto_item_append_text(item, "%s, %stemplate %u (frame %u%s), %u octets",
                               nf9_records_text(pdu->pinfo->pool, tmpl, n),
                               tmpl->options ? "options " : "", tmpl->id,
                               nf9_state_frame_of(definition->first), note, flowset->length);
}
