/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * flow_tree.c: what is made from several fields of a record.
 */
#include "flow_tree.h"
#include "field_hf.h"
#include "item.h"

static int hf_flow = -1, hf_icmp_type = -1, hf_icmp_code = -1;
static int hf_flow_start = -1, hf_flow_end = -1, hf_flow_duration = -1, hf_event_time = -1;

static hf_register_info registered[] = {
    { &hf_flow,
      { "Flow", "nf9.flow", FT_STRING, BASE_NONE, NULL, 0,
        "The record in one line of text: nf9.flow matches \"...\" speaks of one flow",
        HFILL } },
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

void nf9_flow_register(int proto)
{
    proto_register_field_array(proto, registered, array_length(registered));
}

bool nf9_flow_is_wanted(proto_tree *tree)
{
    return nf9_any_is_referenced(tree, registered, array_length(registered));
}

bool nf9_flow_text_is_wanted(proto_tree *tree)
{
    return nf9_asked_for(tree, hf_flow);
}

void nf9_flow_text_add(const nf9_pdu *pdu, proto_tree *tree, const nf9_record *record,
                       const char *text)
{
    proto_item_set_hidden(nf9_item_generated(proto_tree_add_string(
        tree, hf_flow, pdu->tvb, (int)record->offset, 0, text)));
}

static proto_item *time_add(const nf9_pdu *pdu, proto_tree *tree, int hf,
                            const nf9_record *record, nf9_time time)
{
    nstime_t ns = { (time_t)time.secs, (int)time.nanos };
    return nf9_item_generated(
        proto_tree_add_time(tree, hf, pdu->tvb, (int)record->offset, 0, &ns));
}

void nf9_flow_note(const nf9_pdu *pdu, proto_item *end, proto_item *duration,
                       const nf9_flow *flow)
{
    if ((flow->has & NF9_FLOW_AFTER_EXPORT) != 0)
        nf9_report(pdu, end, &ei_nf9_time_implausible,
                   "The flow was exported before it ended");
    if ((flow->has & NF9_FLOW_DURATION) != 0 && flow->duration < 0)
        nf9_report(pdu, duration, &ei_nf9_time_implausible,
                   "The flow ends before it starts");
}

static void times_add(const nf9_pdu *pdu, proto_tree *tree, const nf9_record *record,
                      const nf9_flow *flow)
{
    proto_item *end = NULL, *duration = NULL;

    if ((flow->has & NF9_FLOW_START) != 0)
        time_add(pdu, tree, hf_flow_start, record, flow->start);
    if ((flow->has & NF9_FLOW_END) != 0)
        end = time_add(pdu, tree, hf_flow_end, record, flow->end);
    if ((flow->has & NF9_FLOW_DURATION) != 0) {
        /* C truncates towards 0, and so does nstime_t: both parts have the sign */
        nstime_t ns = { (time_t)(flow->duration / 1000000000),
                        (int)(flow->duration % 1000000000) };
        duration = nf9_item_generated(proto_tree_add_time(tree, hf_flow_duration, pdu->tvb,
                                                     (int)record->offset, 0, &ns));
    }
    if ((flow->has & NF9_FLOW_EVENT_TIME) != 0)
        time_add(pdu, tree, hf_event_time, record, flow->event_time);
    nf9_flow_note(pdu, end, duration, flow);
}

static void icmp_add(const nf9_pdu *pdu, proto_tree *tree, const nf9_record *record,
                     const nf9_flow *flow)
{
    int offset = (int)record->offset;

    if ((flow->has & NF9_FLOW_ICMP) == 0)
        return;
    nf9_item_generated(
        proto_tree_add_uint(tree, hf_icmp_type, pdu->tvb, offset, 0, flow->icmp_type));
    nf9_item_generated(
        proto_tree_add_uint(tree, hf_icmp_code, pdu->tvb, offset, 0, flow->icmp_code));
}

void nf9_flow_add(const nf9_pdu *pdu, proto_tree *tree, const nf9_record *record,
                  const nf9_flow *flow)
{
    times_add(pdu, tree, record, flow);
    icmp_add(pdu, tree, record, flow);
}
