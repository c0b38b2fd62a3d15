/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * templates.c: Template and Options Template FlowSets in the tree.
 */
#include "templates.h"
#include "field_hf.h"
#include "flowset_tree.h"
#include "item.h"
#include "state.h"

static int hf_record = -1, hf_id = -1, hf_field_count = -1, hf_option_scope_length = -1;
static int hf_option_length = -1, hf_previous_frame = -1;
static int hf_type = -1, hf_length = -1, hf_scope_type = -1, hf_scope_field_length = -1;
static gint ett_record = -1, ett_field = -1;

static hf_register_info registered[] = {
    { &hf_record,
      { "Template", "nf9.template_record", FT_NONE, BASE_NONE, NULL, 0, NULL, HFILL } },
    { &hf_id,
      { "Template ID", "nf9.template_record.id", FT_UINT16, BASE_DEC, NULL, 0, NULL,
        HFILL } },
    { &hf_field_count,
      { "Field count", "nf9.template_record.field_count", FT_UINT16, BASE_DEC, NULL, 0, NULL,
        HFILL } },
    { &hf_option_scope_length,
      { "Option scope length", "nf9.template_record.option_scope_length", FT_UINT16, BASE_DEC,
        NULL, 0,
        "Octets of the scope fields' definitions", HFILL } },
    { &hf_option_length,
      { "Option length", "nf9.template_record.option_length", FT_UINT16, BASE_DEC, NULL, 0,
        "Octets of the option fields' definitions", HFILL } },
    { &hf_previous_frame,
      { "Replaces the definition in frame", "nf9.template_record.previous_frame",
        FT_FRAMENUM, BASE_NONE, NULL, 0, "Where the ID was defined otherwise before",
        HFILL } },
    { &hf_type,
      { "Type", "nf9.template_record.field.type", FT_UINT16, BASE_DEC, NULL, 0, NULL,
        HFILL } },
    { &hf_length,
      { "Length", "nf9.template_record.field.length", FT_UINT16, BASE_DEC, NULL, 0,
        "Octets of the field in a record; 65535 is variable", HFILL } },
    { &hf_scope_type,
      { "Scope type", "nf9.template_record.scope.type", FT_UINT16, BASE_DEC, NULL, 0, NULL,
        HFILL } },
    { &hf_scope_field_length,
      { "Length", "nf9.template_record.scope.length", FT_UINT16, BASE_DEC, NULL, 0,
        "Octets of the scope field in a record; 65535 is variable", HFILL } },
};

void nf9_templates_register(int proto)
{
    static gint *ett[] = { &ett_record, &ett_field };

    proto_register_field_array(proto, registered, array_length(registered));
    proto_register_subtree_array(ett, array_length(ett));
}

static bool is_wanted(proto_tree *tree)
{
    return nf9_any_is_referenced(tree, registered, array_length(registered));
}

static const char *name_of(nf9_template_field f)
{
    const nf9_field_info *info = nf9_type_info(f.type, f.scope);
    return info == NULL ? "unknown type" : f.scope ? info->label : info->name;
}

static void field_add(const nf9_pdu *pdu, proto_tree *tree, size_t i, nf9_template_field f)
{
    const char *what = f.scope ? "Scope" : "Field";
    int offset = (int)f.offset;
    proto_item *item;

    if (f.length == NF9_VARIABLE_LENGTH)
        item = proto_tree_add_uint_format(tree, f.scope ? hf_scope_type : hf_type, pdu->tvb,
                                          offset, 2, f.type, "%s %zu: %s (%u), variable length",
                                          what, i, name_of(f), f.type);
    else
        item = proto_tree_add_uint_format(tree, f.scope ? hf_scope_type : hf_type, pdu->tvb,
                                          offset, 2, f.type, "%s %zu: %s (%u), %u octet%s", what,
                                          i, name_of(f), f.type, f.length,
                                          f.length == 1 ? "" : "s");
    proto_tree_add_item(proto_item_add_subtree(item, ett_field),
                        f.scope ? hf_scope_field_length : hf_length, pdu->tvb, offset + 2, 2,
                        ENC_BIG_ENDIAN);
}

/* The octets of a record by this definition, "at least" where a field is variable. */
static const char *size_text(const nf9_pdu *pdu, const nf9_template_record *record)
{
    uint32_t length = 0;
    bool variable = false;

    for (size_t i = 0; i < record->present; i++) {
        nf9_template_field f = nf9_template_record_field(record, i);
        variable = variable || f.length == NF9_VARIABLE_LENGTH;
        length += f.length == NF9_VARIABLE_LENGTH ? 1 : f.length;
    }
    return wmem_strdup_printf(pdu->pinfo->pool, "%s%u octet%s", variable ? "at least " : "",
                              length, length == 1 ? "" : "s");
}

static proto_item *record_item(const nf9_pdu *pdu, proto_tree *tree,
                               const nf9_template_record *r)
{
    unsigned fields = r->field_count - r->scope_count;
    const char *s = fields == 1 ? "" : "s";

    if (r->options)
        return proto_tree_add_none_format(
            tree, hf_record, pdu->tvb, (int)r->offset, (int)r->wire.len,
            "Options template %u: %u scope field%s, %u field%s, %s", r->id, r->scope_count,
            r->scope_count == 1 ? "" : "s", fields, s, size_text(pdu, r));
    return proto_tree_add_none_format(tree, hf_record, pdu->tvb, (int)r->offset,
                                      (int)r->wire.len, "Template %u: %u field%s, %s", r->id,
                                      fields, s, size_text(pdu, r));
}

/* Says where another definition of the ID was in force just before. */
static void check_redefined(nf9_pdu *pdu, proto_tree *tree, proto_item *item,
                            const nf9_template_record *record, nf9_when when)
{
    nf9_definition before;
    uint32_t frame;
    char changes[ITEM_LABEL_LENGTH];

    if (nf9_cache_find_before(nf9_state_cache(), pdu->source, record->id, when, &before) !=
            NF9_OK ||
        nf9_template_equals(before.tmpl, record))
        return;
    frame = nf9_state_frame_of(before.first);
    nf9_item_generated(
        proto_tree_add_uint(tree, hf_previous_frame, pdu->tvb, (int)record->offset, 0, frame));
    nf9_template_changes(before.tmpl, record, changes, sizeof changes);
    nf9_ids_add(pdu->pinfo->pool, &pdu->info.redefined_ids, record->id);
    nf9_report(pdu, item, &ei_nf9_template_redefined,
               "Template %u was defined otherwise in frame %u: %s", record->id, frame, changes);
}

/* Says that a definition was not learnt, which can only be for a limit's sake. */
static void check_learnt(const nf9_pdu *pdu, proto_item *item, const nf9_template_record *record,
                         nf9_when when)
{
    nf9_definition found;

    if (nf9_cache_find(nf9_state_cache(), pdu->source, record->id, when, &found) != NF9_OK ||
        !nf9_template_equals(found.tmpl, record))
        /* one text for all: a flood of them is one line in the expert summary */
        nf9_report(pdu, item, &ei_nf9_limit,
                   "The template is not used: one of nf9.max_fields, nf9.max_templates and "
                   "nf9.max_memory is reached");
}

/* The record's line and what is below it; the item. */
static proto_item *record_tree(const nf9_pdu *pdu, proto_tree *parent,
                               const nf9_template_record *r, proto_tree **below)
{
    proto_item *item = record_item(pdu, parent, r);
    proto_tree *tree = proto_item_add_subtree(item, ett_record);
    int offset = (int)r->offset;

    proto_tree_add_item(tree, hf_id, pdu->tvb, offset, 2, ENC_BIG_ENDIAN);
    if (r->options) {
        proto_tree_add_item(tree, hf_option_scope_length, pdu->tvb, offset + 2, 2, ENC_BIG_ENDIAN);
        proto_tree_add_item(tree, hf_option_length, pdu->tvb, offset + 4, 2, ENC_BIG_ENDIAN);
    } else {
        proto_tree_add_item(tree, hf_field_count, pdu->tvb, offset + 2, 2, ENC_BIG_ENDIAN);
    }
    for (size_t i = 0; i < r->present; i++) {
        nf9_template_field f = nf9_template_record_field(r, i);
        field_add(pdu, tree, f.scope ? i + 1 : i + 1 - r->scope_count, f);
    }
    *below = tree;
    return item;
}

static void record_add(nf9_pdu *pdu, proto_tree *parent, bool wanted,
                       const nf9_template_record *r, nf9_when when)
{
    proto_tree *tree = NULL;
    proto_item *item = proto_tree_get_parent(parent);

    if (wanted)
        item = record_tree(pdu, parent, r, &tree);

    if (r->fault == NF9_OK) {
        check_redefined(pdu, tree, item, r, when);
        check_learnt(pdu, item, r, when);
        nf9_tap_template_record(pdu->tap, pdu->pinfo, r, when);
        return;
    }
    nf9_info_problem(pdu->pinfo->pool, &pdu->info, "bad template %u", r->id);
    nf9_report(pdu, item, &ei_nf9_template_bad, "Template %u defines nothing: %s", r->id,
               nf9_status_text(r->fault));
}

void nf9_templates_tree(nf9_pdu *pdu, proto_tree *tree, proto_item *item,
                        const nf9_flowset *flowset)
{
    nf9_template_iter it;
    nf9_template_record record;
    nf9_ids ids = { NULL, 0, 0 };
    bool wanted = is_wanted(tree);
    size_t offset, n = 0;
    nf9_bytes rest;

    nf9_templates_open(&it, flowset);
    while (nf9_template_next(&it, &record) == NF9_OK) {
        record_add(pdu, tree, wanted, &record,
                   nf9_when_in(pdu->place, flowset->index, (uint32_t)n++));
        if (record.fault != NF9_OK)
            continue;
        nf9_ids_add(pdu->pinfo->pool, &ids, record.id);
        nf9_ids_add(pdu->pinfo->pool,
                    it.options ? &pdu->info.options_templates : &pdu->info.templates, record.id);
    }
    pdu->info.template_records += (uint32_t)n;
    if (pdu->asked.visible)
        proto_item_append_text(item, "%s%s%s%s, %u octets",
                               it.options ? "options template" : "template",
                               ids.n == 1 ? "" : "s", ids.n == 0 ? "" : " ",
                               nf9_ids_text(pdu->pinfo->pool, &ids), flowset->length);
    rest = nf9_templates_rest(&it, &offset);
    nf9_rest_add(pdu, tree, rest, offset, n > 0);
}
