/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * flowset_tree.c: a FlowSet's own line, header and padding.
 */
#include "flowset_tree.h"
#include "field_hf.h"
#include "records.h"
#include "templates.h"

static int hf_flowset = -1, hf_id = -1, hf_length = -1, hf_padding = -1, hf_octets = -1;
static gint ett_flowset = -1;

static hf_register_info registered[] = {
    { &hf_flowset, { "FlowSet", "nf9.flowset", FT_NONE, BASE_NONE, NULL, 0, NULL, HFILL } },
    { &hf_id,
      { "FlowSet ID", "nf9.flowset.id", FT_UINT16, BASE_DEC, NULL, 0,
        "0 templates, 1 options templates, from 256 the data's template ID", HFILL } },
    { &hf_length,
      { "Length", "nf9.flowset.length", FT_UINT16, BASE_DEC, NULL, 0,
        "Octets of the FlowSet, this header included", HFILL } },
    { &hf_padding,
      { "Padding", "nf9.flowset.padding", FT_BYTES, BASE_NONE, NULL, 0,
        "Octets after the last record", HFILL } },
};

void nf9_flowset_register(int proto)
{
    static hf_register_info octets[] = {
        { &hf_octets,
          { "Data", "nf9.flowset.data", FT_BYTES, BASE_NONE, NULL, 0,
            "Octets of a FlowSet that could not be decoded", HFILL } },
    };
    static gint *ett[] = { &ett_flowset };

    proto_register_field_array(proto, registered, array_length(registered));
    proto_register_field_array(proto, octets, array_length(octets));
    proto_register_subtree_array(ett, array_length(ett));
}

bool nf9_flowsets_are_wanted(proto_tree *tree)
{
    return nf9_any_is_referenced(tree, registered, array_length(registered));
}

void nf9_padding_add(const nf9_pdu *pdu, proto_tree *tree, nf9_bytes padding, size_t offset)
{
    if (padding.len > 0 && pdu->asked.flowsets)
        proto_tree_add_item(tree, hf_padding, pdu->tvb, (int)offset, (int)padding.len, ENC_NA);
}

void nf9_rest_add(const nf9_pdu *pdu, proto_tree *tree, nf9_bytes rest, size_t offset,
                  bool has_records)
{
    proto_item *item;

    if (has_records || nf9_bytes_trim(rest).len == 0) {
        nf9_padding_add(pdu, tree, rest, offset);
        return;
    }
    item = proto_tree_add_item(tree, hf_octets, pdu->tvb, (int)offset, (int)rest.len, ENC_NA);
    nf9_report(pdu, item, &ei_nf9_leftover, "%zu octets are too few for a record", rest.len);
}

/* Octets that nothing says how to read. */
static void octets_add(const nf9_pdu *pdu, proto_tree *tree, const nf9_flowset *flowset)
{
    if (flowset->body.len > 0)
        proto_tree_add_item(tree, hf_octets, pdu->tvb,
                            (int)(flowset->offset + NF9_FLOWSET_HEADER_LENGTH),
                            (int)flowset->body.len, ENC_NA);
}

static void no_template(nf9_pdu *pdu, proto_tree *tree, proto_item *item,
                        const nf9_flowset *flowset)
{
    proto_item_append_text(item, "Data without a template, ID %u, %u octets", flowset->id,
                           flowset->length);
    octets_add(pdu, tree, flowset);
    nf9_ids_add(pdu->pinfo->pool, &pdu->info.undecoded_ids, flowset->id);
    pdu->info.undecoded += flowset->body.len;
    nf9_tap_undecoded(pdu->tap, pdu->pinfo,
                      (nf9_tap_unknown){ nf9_when_in(pdu->place, flowset->index, 0), flowset->id,
                                         flowset->body.len });
    nf9_report(pdu, item, &ei_nf9_no_template,
               "No template %u of Source ID %u: %zu octets undecoded", flowset->id,
               pdu->header.source_id, flowset->body.len);
}

static void reserved(nf9_pdu *pdu, proto_tree *tree, proto_item *item,
                     const nf9_flowset *flowset)
{
    proto_item_append_text(item, "Reserved ID %u, %u octets", flowset->id, flowset->length);
    pdu->info.incomplete = true;
    octets_add(pdu, tree, flowset);
    nf9_report(pdu, item, &ei_nf9_flowset_reserved,
               "FlowSet ID %u is reserved%s: %zu octets undecoded", flowset->id,
               flowset->id == 2 || flowset->id == 3 ? " (IPFIX uses it for templates)" : "",
               flowset->body.len);
}

static void check_length(nf9_pdu *pdu, proto_item *item, const nf9_flowset *flowset)
{
    size_t end = flowset->offset + flowset->length;

    pdu->info.incomplete = pdu->info.incomplete || flowset->missing > 0;
    if (flowset->missing > 0 && end <= tvb_reported_length(pdu->tvb)) {
        nf9_report(pdu, item, &ei_nf9_truncated,
                   "%zu of the FlowSet's %u octets were not captured", flowset->missing,
                   flowset->length);
    } else if (flowset->missing > 0) {
        nf9_info_problem(pdu->pinfo->pool, &pdu->info, "FlowSet %u overruns", flowset->id);
        nf9_report(pdu, item, &ei_nf9_flowset_overrun,
                   "Length %u runs %zu octets past the end of the packet", flowset->length,
                   end - tvb_reported_length(pdu->tvb));
    }
    if (flowset->length == NF9_FLOWSET_HEADER_LENGTH)
        nf9_report(pdu, item, &ei_nf9_flowset_empty, "The FlowSet has a header only");
}

proto_tree *nf9_flowset_header_add(const nf9_pdu *pdu, const nf9_flowset *flowset)
{
    int offset = (int)flowset->offset;
    int length = (int)(NF9_FLOWSET_HEADER_LENGTH + flowset->body.len);
    proto_item *item;
    proto_tree *tree;

    if (!pdu->asked.flowsets)
        return pdu->tree;
    item = proto_tree_add_none_format(pdu->tree, hf_flowset, pdu->tvb, offset, length,
                                      "FlowSet %u: ", flowset->index + 1);
    tree = proto_item_add_subtree(item, ett_flowset);
    proto_tree_add_item(tree, hf_id, pdu->tvb, offset, 2, ENC_BIG_ENDIAN);
    proto_tree_add_item(tree, hf_length, pdu->tvb, offset + 2, 2, ENC_BIG_ENDIAN);
    return tree;
}

void nf9_flowset_tree(nf9_pdu *pdu, const nf9_flowset *flowset)
{
    proto_tree *tree = nf9_flowset_header_add(pdu, flowset);
    proto_item *item = proto_tree_get_parent(tree);
    nf9_definition found;
    nf9_match match;

    pdu->info.flowsets++;
    nf9_tap_flowset_kind(pdu->tap, flowset->id);
    check_length(pdu, item, flowset);
    switch (nf9_flowset_kind_of(flowset->id)) {
    case NF9_FLOWSET_TEMPLATES:
    case NF9_FLOWSET_OPTIONS_TEMPLATES:
        nf9_templates_tree(pdu, tree, item, flowset);
        break;
    case NF9_FLOWSET_RESERVED:
        reserved(pdu, tree, item, flowset);
        break;
    case NF9_FLOWSET_DATA:
        match = nf9_template_in_force(pdu, flowset, &found);
        if (match != NF9_MATCH_NONE)
            nf9_records_tree(pdu, tree, item, flowset, &found, match);
        else
            no_template(pdu, tree, item, flowset);
        break;
    }
}
