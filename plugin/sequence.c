/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * sequence.c: what the headers of a source's packets show, in the tree.
 */
#include "sequence.h"
#include "item.h"

static int hf_expected = -1, hf_lost = -1;

void nf9_sequence_register(int proto)
{
    static hf_register_info hf[] = {
        { &hf_expected,
          { "Expected sequence", "nf9.sequence.expected", FT_UINT32, BASE_DEC, NULL, 0,
            "What the source's packets before led to expect", HFILL } },
        { &hf_lost,
          { "Lost", "nf9.sequence.lost", FT_UINT32, BASE_DEC, NULL, 0,
            "Packets missing before this one; records, where the sequence counts these",
            HFILL } },
    };

    proto_register_field_array(proto, hf, array_length(hf));
}

static proto_item *generated(const nf9_pdu *pdu, int hf, uint32_t value)
{
    return nf9_item_generated(proto_tree_add_uint(pdu->tree, hf, pdu->tvb, 12, 0, value));
}

static void lost(nf9_pdu *pdu, const nf9_verdict *verdict, const char *unit)
{
    const char *s = verdict->lost == 1 ? "" : "s";
    proto_item *item = generated(pdu, hf_lost, verdict->lost);

    nf9_info_problem(pdu->pinfo->pool, &pdu->info, "%u %s%s lost", verdict->lost, unit, s);
    nf9_report(pdu, item, &ei_nf9_sequence_lost, "%u %s%s of Source ID %u did not arrive",
               verdict->lost, unit, s, pdu->header.source_id);
}

/* An incident of the sequence, in the Info column too. */
static void incident(nf9_pdu *pdu, proto_item *item, expert_field *ei, const char *brief,
                     const char *text)
{
    nf9_info_problem(pdu->pinfo->pool, &pdu->info, "%s", brief);
    nf9_report(pdu, item, ei, "%s", text);
}

/* The texts say no number where every packet has another one: the expert summary counts equal
 * texts, and slows down by each different one.  The numbers are fields. */
void nf9_sequence_tree(nf9_pdu *pdu, proto_item *item)
{
    const nf9_verdict *verdict = pdu->verdict;
    unsigned what = verdict != NULL ? verdict->what : 0;

    if (what == 0)
        return;
    if ((what & (NF9_TRACK_LOST | NF9_TRACK_DUPLICATE | NF9_TRACK_REORDERED)) != 0)
        generated(pdu, hf_expected, verdict->expected);
    if ((what & NF9_TRACK_LOST) != 0)
        lost(pdu, verdict, verdict->records ? "record" : "packet");
    if ((what & NF9_TRACK_DUPLICATE) != 0)
        incident(pdu, item, &ei_nf9_sequence_duplicate, "duplicate",
                 "The sequence was here before");
    if ((what & NF9_TRACK_REORDERED) != 0)
        incident(pdu, item, &ei_nf9_sequence_reordered, "out of order",
                 (what & NF9_TRACK_FOUND) != 0 ? "The packet comes late: it was called lost"
                                               : "The packet comes late or out of order");
    if ((what & NF9_TRACK_RESTART) != 0)
        incident(pdu, item, &ei_nf9_exporter_restart, "exporter restarted",
                 "The exporter restarted: what it defined before is void");
    if ((what & NF9_TRACK_WRAP) != 0)
        nf9_report(pdu, item, &ei_nf9_uptime_wrap, "The system uptime passed 2^32 ms");
    if ((what & NF9_TRACK_RECORDS) != 0)
        nf9_report(pdu, item, &ei_nf9_sequence_counts_records,
                   "The sequence counts records, not packets");
}
