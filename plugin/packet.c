/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * packet.c: one Export Packet: header, FlowSets, Info column.
 */
#include "packet.h"
#include "field_hf.h"
#include "flow_tree.h"
#include "flowset_tree.h"
#include "header_tree.h"
#include "item.h"
#include "named.h"
#include "proto.h"
#include "records.h"
#include "sequence.h"
#include "state.h"
#include "templates.h"
#include <epan/exceptions.h>

static int hf_rest = -1, hf_flow_count = -1, hf_options_count = -1;
static gint ett_nf9 = -1;

void nf9_packet_register(int proto)
{
    static hf_register_info hf[] = {
        { &hf_rest,
          { "Undecoded octets", "nf9.undecoded", FT_BYTES, BASE_NONE, NULL, 0,
            "Octets that nf9 could not read", HFILL } },
        { &hf_flow_count,
          { "Flows", "nf9.flow_count", FT_UINT32, BASE_DEC, NULL, 0,
            "How many flows the packet holds", HFILL } },
        { &hf_options_count,
          { "Options", "nf9.options_count", FT_UINT32, BASE_DEC, NULL, 0,
            "How many Options Data Records the packet holds", HFILL } },
    };
    static gint *ett[] = { &ett_nf9 };

    nf9_header_register(proto);
    proto_register_field_array(proto, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
    nf9_flowset_register(proto);
    nf9_templates_register(proto);
    nf9_records_register(proto);
    nf9_flow_register(proto);
    nf9_sequence_register(proto);
}

/* epan hands no more than 5,000 things of a frame to its taps, all in all; what comes behind these
 * is lost to them, and a warning each. */
#define MOST_NOTES 4000

void nf9_report(const nf9_pdu *pdu, proto_item *item, expert_field *ei, const char *format, ...)
{
    va_list args;
    char *text;

    if (pdu->pinfo->flags.in_error_pkt || *pdu->notes > MOST_NOTES)
        return;
    if (++*pdu->notes > MOST_NOTES) {
        expert_add_info_format(pdu->pinfo, item, &ei_nf9_limit,
                               "Nothing more is noted: the packet has %u notes", MOST_NOTES);
        return;
    }
    va_start(args, format);
    text = wmem_strdup_vprintf(pdu->pinfo->pool, format, args);
    va_end(args);
    expert_add_info_format(pdu->pinfo, item, ei, "%s", text);
}

/* What the walk over the FlowSets could not read, and why. */
static void tail_tree(nf9_pdu *pdu, const nf9_packet_iter *it)
{
    const nf9_error *error = nf9_flowset_error(it);
    int offset = (int)(it->packet.len - it->tail.len);
    proto_item *item;

    if (it->tail.len == 0)
        return;
    if (error->code == NF9_OK) {
        nf9_padding_add(pdu, pdu->tree, it->tail, (size_t)offset);
        return;
    }
    item = proto_tree_add_item(pdu->tree, hf_rest, pdu->tvb, offset, (int)it->tail.len, ENC_NA);
    nf9_info_problem(pdu->pinfo->pool, &pdu->info, "%zu octets undecoded", it->tail.len);
    if (error->code == NF9_ERR_LENGTH)
        nf9_report(pdu, item, &ei_nf9_flowset_length,
                   "FlowSet %u has length %u, below 4: %zu octets undecoded",
                   error->flowset_id, tvb_get_ntohs(pdu->tvb, offset + 2), it->tail.len);
    else
        nf9_report(pdu, item, &ei_nf9_leftover, "%zu octets left, too few for a FlowSet",
                   it->tail.len);
}

/* Count means records by RFC 3954, but FlowSets to some exporters: it is compared, not obeyed. */
static void check_count(const nf9_pdu *pdu, proto_item *item, const nf9_packet_iter *it)
{
    const nf9_info *info = &pdu->info;
    uint32_t records = info->flows + info->options + info->template_records;

    if (info->undecoded_ids.n > 0 || info->incomplete || nf9_flowset_error(it)->code != NF9_OK ||
        tvb_captured_length(pdu->tvb) < tvb_reported_length(pdu->tvb))
        return; /* what was not read was not counted */
    if (pdu->header.count != records && pdu->header.count != info->flowsets)
        nf9_report(pdu, item, &ei_nf9_count_mismatch,
                   "Count is %u, but the packet has %u record%s and %u FlowSet%s",
                   pdu->header.count, records, records == 1 ? "" : "s", info->flowsets,
                   info->flowsets == 1 ? "" : "s");
}

/* Hidden, for columns, filters and graphs: the Info column and the FlowSets' lines say it too. */
static void add_count(const nf9_pdu *pdu, int hf, uint32_t n)
{
    if (proto_field_is_referenced(pdu->tree, hf))
        proto_item_set_hidden(
            nf9_item_generated(proto_tree_add_uint(pdu->tree, hf, pdu->tvb, 0, 0, n)));
}

static int no_header(nf9_pdu *pdu, proto_item *item, const nf9_packet_iter *it)
{
    col_add_fstr(pdu->pinfo->cinfo, COL_INFO, "[truncated: %zu octets, the header has 20]",
                 it->packet.len);
    nf9_header_add(pdu);
    nf9_report(pdu, item, &ei_nf9_truncated, "%zu octets are too few for the packet header",
               it->packet.len);
    nf9_tap_end(pdu->tap, pdu->pinfo, &pdu->header, true);
    return (int)it->packet.len;
}

/* Octets that the codec is told of beyond the packet's end: none, but in the build that shows that
 * the sanitizers would see it read one too many. */
#ifndef NF9_OVERREAD
#define NF9_OVERREAD 0
#endif

static nf9_bytes packet_octets(packet_info *pinfo, tvbuff_t *tvb)
{
    unsigned captured = tvb_captured_length(tvb);
#ifdef NF9_SANITIZE
    /* in memory of its own, for the sanitizer to know where it ends */
    const uint8_t *data = (const uint8_t *)tvb_memdup(pinfo->pool, tvb, 0, captured);
#else
    const uint8_t *data = tvb_get_ptr(tvb, 0, (int)captured);
#endif
    return (nf9_bytes){ data, captured + NF9_OVERREAD };
}

/* Whether anybody looks at the tree, or asks for any field or expert info of ours: a field that is
 * asked for marks its protocol.  If not, nothing is put into it. */
static bool is_asked_for(proto_tree *tree)
{
    return proto_field_is_referenced(tree, proto_nf9) || nf9_reports_asked_for(tree);
}

static int dissect_packet(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    unsigned captured = tvb_captured_length(tvb), reported = tvb_reported_length(tvb);
    unsigned notes = 0;
    nf9_pdu pdu = { .tvb = tvb,
                    .pinfo = pinfo,
                    .notes = &notes,
                    .bytes = packet_octets(pinfo, tvb),
                    .tap = nf9_tap_begin(pinfo, tvb) };
    nf9_packet_iter it;
    nf9_flowset flowset;
    nf9_verdict verdict;
    nf9_tracker *tracker;
    proto_item *item;

    col_set_str(pinfo->cinfo, COL_PROTOCOL, "NetFlow v9");
    col_clear(pinfo->cinfo, COL_INFO);
    item = proto_tree_add_item(tree, proto_nf9, tvb, 0, -1, ENC_NA);
    if (is_asked_for(tree))
        pdu.tree = proto_item_add_subtree(item, ett_nf9);
    nf9_asked_init(&pdu.asked, pdu.tree);

    if (nf9_packet_open(&it, pdu.bytes, &pdu.header) != NF9_OK)
        return no_header(&pdu, item, &it);
    pdu.source = nf9_state_source(pinfo, &pdu.header);
    pdu.place = nf9_state_place(pinfo);
    tracker = nf9_state_track(pinfo, &pdu.header, pdu.source, pdu.place, &verdict);
    pdu.verdict = &verdict;
    nf9_tap_source(pdu.tap, pdu.source, &verdict);
    if (nf9_state_learns(pinfo))
        nf9_state_learn(pdu.bytes, pdu.source, pdu.place);
    nf9_header_tree(&pdu);
    nf9_sequence_tree(&pdu, item);
    while (nf9_flowset_next(&it, &flowset) == NF9_OK)
        nf9_flowset_tree(&pdu, &flowset);
    tail_tree(&pdu, &it);
    if (captured < reported) {
        nf9_info_problem(pinfo->pool, &pdu.info, "%u of %u octets captured", captured, reported);
        nf9_report(&pdu, item, &ei_nf9_truncated, "Only %u of %u octets were captured", captured,
                   reported);
    }
    check_count(&pdu, item, &it);
    add_count(&pdu, hf_flow_count, pdu.info.flows);
    add_count(&pdu, hf_options_count, pdu.info.options);
    if (tracker != NULL && pdu.info.undecoded_ids.n == 0 && !pdu.info.incomplete)
        nf9_track_records(tracker, pdu.info.flows + pdu.info.options);
    nf9_info_column(pinfo, &pdu.header, &pdu.info);
    nf9_tap_end(pdu.tap, pinfo, &pdu.header,
                pdu.info.incomplete || captured < reported ||
                    nf9_flowset_error(&it)->code != NF9_OK);
    return (int)captured;
}

int nf9_dissect_packet(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    volatile int length = 0;

    if (!nf9_named_begin(pinfo, tree))
        return dissect_packet(tvb, pinfo, tree);
    TRY
    {
        length = dissect_packet(tvb, pinfo, tree);
    }
    FINALLY
    {
        nf9_named_end(tree);
    }
    ENDTRY;
    return length;
}
