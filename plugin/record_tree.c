/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * record_tree.c: a flow or options record in the tree.
 */
#include "record_tree.h"
#include "field_hf.h"
#include "flow_tree.h"
#include "item.h"
#include "record_filters.h"
#include "records.h"
#include <wsutil/to_str.h>

static int hf_record = -1;
static gint ett_record = -1;

static hf_register_info registered[] = {
    { &hf_record,
      { "Record", "nf9.record", FT_UINT32, BASE_DEC, NULL, 0,
        "A flow or options record; its number in the packet, from 1", HFILL } },
};

void nf9_record_register(int proto)
{
    static gint *ett[] = { &ett_record };

    proto_register_field_array(proto, registered, array_length(registered));
    proto_register_subtree_array(ett, array_length(ett));
}

bool nf9_record_is_wanted(proto_tree *tree)
{
    return nf9_any_is_referenced(tree, registered, array_length(registered));
}

void nf9_record_adder_init(nf9_record_adder *adder, nf9_pdu *pdu, proto_tree *tree,
                           const nf9_template *tmpl)
{
    adder->pdu = pdu;
    adder->tree = tree;
    adder->tmpl = tmpl;
    adder->noted = NULL;
    adder->match = 0;
    nf9_wanted_init(&adder->wanted, &pdu->asked, pdu->pinfo->pool, tree, tmpl);
    adder->wants_flow = adder->wanted.all || pdu->asked.flow;
    if (adder->wants_flow)
        nf9_flow_plan_init(&adder->plan, tmpl);
}

bool nf9_record_adder_is_idle(const nf9_record_adder *adder)
{
    return adder->tree == NULL || (!adder->wanted.all && adder->wanted.n == 0 &&
                                   !adder->wants_flow && !adder->pdu->asked.records &&
                                   !adder->pdu->asked.match);
}

/* Notes on a field that cannot be shown as a value: once a FlowSet for each column. */
static void note_field(nf9_record_adder *adder, proto_item *item, const nf9_field *field)
{
    nf9_pdu *pdu = adder->pdu;
    bool known = field->info != NULL;

    if (known && nf9_field_fits(field))
        return;
    if (adder->noted == NULL)
        adder->noted = (uint8_t *)wmem_alloc0(pdu->pinfo->pool, adder->tmpl->field_count);
    if (adder->noted[field->column])
        return;
    adder->noted[field->column] = 1;
    if (known)
        nf9_report(pdu, item, &ei_nf9_field_length,
                   "%s (type %u) cannot have a length of %zu: shown as octets",
                   field->info->name, field->type, field->bytes.len);
    else
        nf9_report(pdu, item, &ei_nf9_unknown_field, "%s %u is not known",
                   field->scope ? "Scope type" : "Type", field->type);
}

static void fields_add(nf9_record_adder *adder, proto_tree *tree, const nf9_record *record)
{
    nf9_field_iter it;
    nf9_field field;

    nf9_fields_open(&it, record);
    while (nf9_field_next(&it, &field) == NF9_OK)
        note_field(adder, nf9_field_add(tree, adder->pdu->pinfo, adder->pdu->tvb, &field),
                   &field);
}

/* Those fields that somebody asks for. */
static void columns_add(nf9_record_adder *adder, proto_tree *tree, const nf9_record *record,
                        bool cut)
{
    for (size_t i = 0; i < adder->wanted.n; i++) {
        const nf9_shown_column *shown = &adder->wanted.columns[i];
        proto_item *item;
        nf9_field field;
        if ((!cut && nf9_column_add(shown, tree, adder->pdu->tvb, record->bytes.data,
                                    (int)record->offset, (nf9_run){ .records = 1 })) ||
            nf9_record_column(record, shown->column, &field) != NF9_OK)
            continue;
        item = nf9_field_add(tree, adder->pdu->pinfo, adder->pdu->tvb, &field);
        if (adder->wanted.all)
            note_field(adder, item, &field);
    }
}

/* The record's subtree; the FlowSet's where nobody sees or asks for it. */
static proto_tree *record_tree(const nf9_record_adder *adder, const nf9_record *record,
                               const char *label)
{
    uint32_t ordinal = adder->pdu->ordinal;
    int offset = (int)record->offset, length = (int)record->bytes.len;
    proto_item *item;

    if (!adder->pdu->asked.records)
        return adder->tree;
    item = proto_tree_add_uint(adder->tree, hf_record, adder->pdu->tvb, offset, length, ordinal);
    if (adder->pdu->asked.visible)
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

/* With what is made of several fields, and the record's own line. */
static void whole_add(nf9_record_adder *adder, const nf9_record *record, bool cut)
{
    char label[32 + ITEM_LABEL_LENGTH], *text = NULL;
    proto_tree *tree;
    nf9_flow flow;

    if (adder->wants_flow)
        nf9_flow_read(&adder->plan, &adder->pdu->header, record, &flow);
    if (adder->pdu->asked.visible || adder->pdu->asked.flow_text) {
        text = label_begin(label, adder->pdu->ordinal, cut);
        nf9_flow_print(&flow, record, text, ITEM_LABEL_LENGTH);
    }
    tree = record_tree(adder, record, label);
    nf9_record_match_add(adder->pdu, tree, record, adder->match);
    if (adder->pdu->asked.flow_text)
        nf9_flow_text_add(adder->pdu, tree, record, text);
    if (adder->wanted.columns != NULL)
        columns_add(adder, tree, record, cut);
    else if (adder->wanted.all)
        fields_add(adder, tree, record);
    if (adder->wants_flow)
        nf9_flow_add(adder->pdu, tree, record, &flow);
}

void nf9_record_add(nf9_record_adder *adder, const nf9_record *record, bool cut)
{
    adder->pdu->ordinal++;
    if (adder->wants_flow || adder->pdu->asked.records || adder->match > 0)
        whole_add(adder, record, cut);
    else
        columns_add(adder, adder->tree, record, cut);
}

bool nf9_record_adder_is_plain(const nf9_record_adder *adder)
{
    for (size_t i = 0; i < adder->wanted.n; i++)
        if (adder->wanted.columns[i].way == NF9_WAY_FIELD)
            return false;
    return adder->tree != NULL && !adder->wants_flow && !adder->pdu->asked.records &&
           !adder->pdu->asked.match;
}

void nf9_records_add_plain(const nf9_record_adder *adder, nf9_record_iter *it, uint32_t n)
{
    const nf9_wanted *wanted = &adder->wanted;
    const uint8_t *record = it->body.data + it->pos;
    const uint32_t length = adder->tmpl->min_length;
    const int offset = (int)(it->offset + it->pos);
    /* one column at once; of several, a record's fields stand together */
    const nf9_run run = { wanted->n == 1 ? n : 1, length };

    for (uint32_t i = 0; i < n; i += run.records)
        for (size_t k = 0; k < wanted->n; k++)
            nf9_column_add(&wanted->columns[k], adder->tree, adder->pdu->tvb,
                           record + (size_t)i * length, offset + (int)(i * length), run);
    nf9_records_skip(it, n);
    adder->pdu->ordinal += n;
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

/* Whether one more record may be looked at for notes alone.  Records, or FlowSets, of one octet and
 * thousands of empty fields would have millions of notes: of one packet, so many fields are looked
 * at as it may have items. */
static bool may_look(nf9_record_adder *adder)
{
    nf9_pdu *pdu = adder->pdu;

    if (nf9_pref_max_items != 0 && pdu->looked >= nf9_pref_max_items) {
        if (!pdu->looked_enough)
            nf9_report(pdu, NULL, &ei_nf9_limit,
                       "Nothing is noted on more fields: the packet has %" PRIu64
                       " (nf9.max_items)", pdu->looked);
        pdu->looked_enough = true;
        return false;
    }
    pdu->looked += adder->tmpl->field_count;
    return true;
}

/* Looks at no record but where there may be a note. */
static void note_fields(nf9_record_adder *adder, nf9_record_iter it)
{
    nf9_record record;

    if (!adder->tmpl->odd)
        return;
    while (nf9_record_next(&it, &record) == NF9_OK && may_look(adder)) {
        fields_add(adder, NULL, &record);
        if (notes_are_the_templates(adder->tmpl))
            return;
    }
}

static void note_times(const nf9_record_adder *adder, const nf9_record *record)
{
    nf9_flow flow;

    nf9_flow_read_times(&adder->plan, &adder->pdu->header, record, &flow);
    nf9_flow_note(adder->pdu, NULL, NULL, &flow);
}

void nf9_record_hide(nf9_record_adder *adder, const nf9_record *record)
{
    adder->pdu->ordinal++;
    if (!adder->wanted.all || !may_look(adder))
        return;
    fields_add(adder, NULL, record);
    note_times(adder, record);
}

void nf9_records_note(nf9_record_adder *adder, nf9_record_iter it)
{
    nf9_record record;

    if (adder->tree == NULL || !adder->wanted.all)
        note_fields(adder, it);
    if (adder->tree == NULL && adder->wanted.all)
        while (nf9_record_next(&it, &record) == NF9_OK && may_look(adder))
            note_times(adder, &record);
}
