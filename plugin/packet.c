/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * packet.c: one Export Packet: header, FlowSets, Info column.
 */
#include "packet.h"
#include "field_hf.h"
#include "flow_tree.h"
#include "flowset_tree.h"
#include "item.h"
#include "proto.h"
#include "records.h"
#include "sequence.h"
#include "state.h"
#include "templates.h"
#include <epan/unit_strings.h>

static int hf_version = -1, hf_count = -1, hf_sys_uptime = -1, hf_unix_secs = -1;
static int hf_export_time = -1, hf_sequence = -1, hf_source_id = -1, hf_rest = -1;
static gint ett_nf9 = -1;

void nf9_packet_register(int proto)
{
    static const unit_name_string ms = { (char *)" ms", (char *)" ms" };
    static hf_register_info hf[] = {
        { &hf_version, { "Version", "nf9.version", FT_UINT16, BASE_DEC, NULL, 0, NULL, HFILL } },
        { &hf_count,
          { "Count", "nf9.count", FT_UINT16, BASE_DEC, NULL, 0,
            "Records in the packet, as the exporter counts them", HFILL } },
        { &hf_sys_uptime,
          { "System uptime", "nf9.sys_uptime", FT_UINT32, BASE_DEC | BASE_UNIT_STRING, &ms, 0,
            "Time since the exporter booted", HFILL } },
        { &hf_unix_secs,
          { "Unix seconds", "nf9.unix_secs", FT_UINT32, BASE_DEC, NULL, 0,
            "Seconds since 1970 when the packet was exported", HFILL } },
        { &hf_export_time,
          { "Export time", "nf9.export_time", FT_ABSOLUTE_TIME, ABSOLUTE_TIME_UTC, NULL, 0,
            "When the packet was exported", HFILL } },
        { &hf_sequence,
          { "Sequence", "nf9.sequence", FT_UINT32, BASE_DEC, NULL, 0,
            "Export Packets sent before by this source", HFILL } },
        { &hf_source_id,
          { "Source ID", "nf9.source_id", FT_UINT32, BASE_DEC, NULL, 0,
            "The exporter's observation domain", HFILL } },
        { &hf_rest,
          { "Undecoded octets", "nf9.undecoded", FT_BYTES, BASE_NONE, NULL, 0,
            "Octets that nf9 could not read", HFILL } },
    };
    static gint *ett[] = { &ett_nf9 };

    proto_register_field_array(proto, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
    nf9_flowset_register(proto);
    nf9_templates_register(proto);
    nf9_records_register(proto);
    nf9_flow_register(proto);
    nf9_sequence_register(proto);
}

void nf9_report(const nf9_pdu *pdu, proto_item *item, expert_field *ei, const char *format, ...)
{
    va_list args;
    char *text;

    if (pdu->pinfo->flags.in_error_pkt)
        return;
    va_start(args, format);
    text = wmem_strdup_vprintf(pdu->pinfo->pool, format, args);
    va_end(args);
    expert_add_info_format(pdu->pinfo, item, ei, "%s", text);
}

/* A capture's clock before this was never set: files made by hand begin at 0. */
#define CLOCK_IS_SET 86400
#define CLOCKS_APART 600 /* s */

/* How many seconds the exporter's clock is ahead of the capture's, 0 where they agree. */
static int64_t clock_ahead(const nf9_pdu *pdu, uint32_t unix_secs)
{
    int64_t now = (int64_t)pdu->pinfo->abs_ts.secs, ahead = (int64_t)unix_secs - now;

    if ((pdu->pinfo->presence_flags & PINFO_HAS_TS) == 0 || now <= CLOCK_IS_SET)
        return 0;
    return ahead > CLOCKS_APART || ahead < -CLOCKS_APART ? ahead : 0;
}

/* In the largest unit of which there are two: a text that many packets share. */
static const char *about(wmem_allocator_t *pool, int64_t seconds)
{
    if (seconds >= 2 * 86400)
        return wmem_strdup_printf(pool, "%" PRId64 " days", seconds / 86400);
    if (seconds >= 2 * 3600)
        return wmem_strdup_printf(pool, "%" PRId64 " hours", seconds / 3600);
    return wmem_strdup_printf(pool, "%" PRId64 " minutes", seconds / 60);
}

static void export_time(const nf9_pdu *pdu, uint32_t unix_secs)
{
    nstime_t time = { (time_t)unix_secs, 0 };
    proto_item *item = nf9_item_generated(
        proto_tree_add_time(pdu->tree, hf_export_time, pdu->tvb, 8, 4, &time));
    int64_t ahead = clock_ahead(pdu, unix_secs);

    if (ahead != 0)
        nf9_report(pdu, item, &ei_nf9_time_implausible,
                   "The exporter's clock is %s %s the capture's",
                   about(pdu->pinfo->pool, ahead < 0 ? -ahead : ahead),
                   ahead < 0 ? "behind" : "ahead of");
}

static void header_tree(const nf9_pdu *pdu)
{
    const struct {
        int hf, offset, length;
    } fields[] = {
        { hf_version, 0, 2 },    { hf_count, 2, 2 },     { hf_sys_uptime, 4, 4 },
        { hf_unix_secs, 8, 4 },  { hf_sequence, 12, 4 }, { hf_source_id, 16, 4 },
    };

    for (size_t i = 0; i < array_length(fields); i++) {
        int end = fields[i].offset + fields[i].length;
        if ((size_t)end > pdu->bytes.len)
            return; /* a header that is cut is shown as far as it goes */
        proto_tree_add_item(pdu->tree, fields[i].hf, pdu->tvb, fields[i].offset,
                            fields[i].length, ENC_BIG_ENDIAN);
        if (fields[i].hf == hf_unix_secs)
            export_time(pdu, tvb_get_ntohl(pdu->tvb, 8));
    }
}

static bool header_is_asked_for(proto_tree *tree)
{
    const int fields[] = { hf_version,  hf_count,    hf_sys_uptime, hf_unix_secs,
                           hf_sequence, hf_source_id, hf_export_time };

    return nf9_any_is_referenced(tree, fields, array_length(fields));
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

static int no_header(nf9_pdu *pdu, proto_item *item, const nf9_packet_iter *it)
{
    col_add_fstr(pdu->pinfo->cinfo, COL_INFO, "[truncated: %zu octets, the header has 20]",
                 it->packet.len);
    header_tree(pdu);
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

int nf9_dissect_packet(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    unsigned captured = tvb_captured_length(tvb), reported = tvb_reported_length(tvb);
    nf9_pdu pdu = { .tvb = tvb,
                    .pinfo = pinfo,
                    .bytes = packet_octets(pinfo, tvb),
                    .tap = nf9_tap_begin(pinfo) };
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
    if (nf9_state_learns(pinfo))
        nf9_state_learn(pdu.bytes, pdu.source, pdu.place);
    if (header_is_asked_for(pdu.tree) || clock_ahead(&pdu, pdu.header.unix_secs) != 0)
        header_tree(&pdu);
    nf9_sequence_tree(&pdu, item, &verdict);
    while (nf9_flowset_next(&it, &flowset) == NF9_OK)
        nf9_flowset_tree(&pdu, &flowset);
    tail_tree(&pdu, &it);
    if (captured < reported) {
        nf9_info_problem(pinfo->pool, &pdu.info, "%u of %u octets captured", captured, reported);
        nf9_report(&pdu, item, &ei_nf9_truncated, "Only %u of %u octets were captured", captured,
                   reported);
    }
    check_count(&pdu, item, &it);
    if (tracker != NULL && pdu.info.undecoded_ids.n == 0 && !pdu.info.incomplete)
        nf9_track_records(tracker, pdu.info.flows + pdu.info.options);
    nf9_info_column(pinfo, &pdu.header, &pdu.info);
    nf9_tap_end(pdu.tap, pinfo, &pdu.header,
                pdu.info.incomplete || captured < reported ||
                    nf9_flowset_error(&it)->code != NF9_OK);
    return (int)captured;
}
