/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * talk.c: a record as tables of conversations see it.
 */
#include "talk.h"

#define IP_TCP 6
#define IP_UDP 17

/* Wireshark puts the ports of four types into filters, and offers to follow a stream of two of
 * these, which a flow has not.  Of the others, this one's ports are numbers. */
#define WITH_PORTS CONVERSATION_NCP

/* The pair of one side of the exporter, else one that the packets came in and went out with. */
static void find_macs(nf9_talk_plan *plan, const nf9_template *tmpl)
{
    static const struct {
        nf9_sides sides;
        uint16_t src, dst;
    } pairs[] = {
        { NF9_SIDES_MAC_IN, NF9_FT_IN_SRC_MAC, NF9_FT_IN_DST_MAC },
        { NF9_SIDES_MAC_OUT, NF9_FT_OUT_SRC_MAC, NF9_FT_OUT_DST_MAC },
        { NF9_SIDES_MAC_THROUGH, NF9_FT_IN_SRC_MAC, NF9_FT_OUT_DST_MAC },
        { NF9_SIDES_MAC_BACK, NF9_FT_OUT_SRC_MAC, NF9_FT_IN_DST_MAC },
    };

    plan->src_mac = plan->dst_mac = NF9_NO_COLUMN;
    for (size_t i = 0; i < array_length(pairs); i++) {
        size_t src = nf9_template_find(tmpl, pairs[i].src, false, 0);
        size_t dst = nf9_template_find(tmpl, pairs[i].dst, false, 0);
        if (src == tmpl->field_count || dst == tmpl->field_count)
            continue;
        plan->macs = pairs[i].sides;
        plan->src_mac = (uint16_t)src;
        plan->dst_mac = (uint16_t)dst;
        return;
    }
}

void nf9_talk_plan_init(nf9_talk_plan *plan, nf9_view view, const nf9_template *tmpl)
{
    plan->view = view;
    nf9_flow_plan_init(&plan->flow, tmpl);
    if (view == NF9_VIEW_ETHERNET)
        find_macs(plan, tmpl);
}

/* MAC addresses take the place of the flow's own: the two are never shown together. */
static bool read_macs(nf9_talk *talk, const nf9_talk_plan *plan, const nf9_record *record)
{
    nf9_field src, dst;

    if (plan->src_mac == NF9_NO_COLUMN ||
        nf9_record_column(record, plan->src_mac, &src) != NF9_OK ||
        nf9_record_column(record, plan->dst_mac, &dst) != NF9_OK ||
        nf9_field_mac(&src, talk->flow.src) != NF9_OK ||
        nf9_field_mac(&dst, talk->flow.dst) != NF9_OK)
        return false;
    talk->sides = plan->macs;
    set_address(&talk->src, AT_ETHER, 6, talk->flow.src);
    set_address(&talk->dst, AT_ETHER, 6, talk->flow.dst);
    return true;
}

static bool read_addresses(nf9_talk *talk)
{
    bool four = talk->flow.family == 4;

    if ((talk->flow.has & NF9_FLOW_ADDRESSES) == 0)
        return false;
    talk->sides = four ? NF9_SIDES_IPV4 : NF9_SIDES_IPV6;
    set_address(&talk->src, four ? AT_IPv4 : AT_IPv6, four ? 4 : 16, talk->flow.src);
    set_address(&talk->dst, four ? AT_IPv4 : AT_IPv6, four ? 4 : 16, talk->flow.dst);
    return true;
}

static bool is_shown(const nf9_flow *flow, nf9_view view)
{
    if (view != NF9_VIEW_TCP && view != NF9_VIEW_UDP)
        return true;
    return (flow->has & NF9_FLOW_PROTOCOL) != 0 &&
           flow->protocol == (view == NF9_VIEW_TCP ? IP_TCP : IP_UDP);
}

static void read_ports(nf9_talk *talk)
{
    if ((talk->flow.has & NF9_FLOW_PORTS) == 0)
        return;
    talk->src_port = talk->flow.src_port;
    talk->dst_port = talk->flow.dst_port;
    talk->type = WITH_PORTS;
}

static bool read_sides(nf9_talk *talk, const nf9_talk_plan *plan, const nf9_record *record)
{
    if (plan->view == NF9_VIEW_ETHERNET)
        return read_macs(talk, plan, record);
    if (!is_shown(&talk->flow, plan->view) || !read_addresses(talk))
        return false;
    if (plan->view != NF9_VIEW_IP)
        read_ports(talk);
    return true;
}

/* Far more than any calendar has, and differences of such do not overflow. */
#define MOST_SECONDS (INT64_C(1) << 60)

static bool is_usable(unsigned has, unsigned bit, nf9_time time)
{
    return (has & bit) != 0 && time.secs < MOST_SECONDS && time.secs > -MOST_SECONDS;
}

/* The flow's own start and end, whichever there is, else its event's time. */
static bool find_times(const nf9_flow *flow, nf9_time *start, nf9_time *end)
{
    bool starts = is_usable(flow->has, NF9_FLOW_START, flow->start);
    bool ends = is_usable(flow->has, NF9_FLOW_END, flow->end);

    *start = starts ? flow->start : ends ? flow->end : flow->event_time;
    *end = ends ? flow->end : *start;
    return starts || ends || is_usable(flow->has, NF9_FLOW_EVENT_TIME, flow->event_time);
}

/* Some flows end before they start: a row lasts from the first time to the last. */
static void read_times(nf9_talk *talk, const packet_info *pinfo)
{
    nf9_time start, end;
    nstime_t begin, from = pinfo->abs_ts, to = pinfo->abs_ts;

    if (find_times(&talk->flow, &start, &end)) {
        from = (nstime_t){ (time_t)start.secs, (int)start.nanos };
        to = (nstime_t){ (time_t)end.secs, (int)end.nanos };
    }
    talk->start_time = nstime_cmp(&from, &to) <= 0 ? from : to;
    nstime_delta(&begin, &pinfo->abs_ts, &pinfo->rel_ts);
    nstime_delta(&talk->start, &talk->start_time, &begin);
    nstime_delta(&talk->stop, nstime_cmp(&from, &to) <= 0 ? &to : &from, &begin);
}

bool nf9_talk_read(nf9_talk *talk, const nf9_talk_plan *plan, const packet_info *pinfo,
                   const nf9_header *header, const nf9_record *record)
{
    nf9_flow_read(&plan->flow, header, record, &talk->flow);
    talk->src_port = talk->dst_port = 0;
    talk->type = CONVERSATION_NONE;
    if (!read_sides(talk, plan, record))
        return false;
    read_times(talk, pinfo);
    return true;
}

void nf9_talk_print_ports(nf9_talk *talk, nf9_view view)
{
    /* the ports of several protocols in a row have no names */
    conversation_type names = view == NF9_VIEW_TCP   ? CONVERSATION_TCP
                              : view == NF9_VIEW_UDP ? CONVERSATION_UDP
                                                     : CONVERSATION_NONE;

    if (talk->src_port == 0 && talk->dst_port == 0)
        return;
    nf9_socket_address(&talk->src, &talk->sockets[0], talk->src_port, names);
    nf9_socket_address(&talk->dst, &talk->sockets[1], talk->dst_port, names);
}
