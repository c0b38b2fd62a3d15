/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * header_tree.c: the packet's header in the tree, and whether its clock can be right.
 */
#include "header_tree.h"
#include "field_hf.h"
#include "item.h"
#include <epan/unit_strings.h>

static int hf_version = -1, hf_count = -1, hf_sys_uptime = -1, hf_unix_secs = -1;
static int hf_export_time = -1, hf_sequence = -1, hf_source_id = -1;

static const unit_name_string ms = { (char *)" ms", (char *)" ms" };

static hf_register_info registered[] = {
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
};

void nf9_header_register(int proto)
{
    proto_register_field_array(proto, registered, array_length(registered));
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

void nf9_header_add(const nf9_pdu *pdu)
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
    return nf9_any_is_referenced(tree, registered, array_length(registered));
}

void nf9_header_tree(const nf9_pdu *pdu)
{
    if (header_is_asked_for(pdu->tree) || clock_ahead(pdu, pdu->header.unix_secs) != 0)
        nf9_header_add(pdu);
}
