/* SPDX-License-Identifier: MIT
 *
 * flow_time.c: when a flow began and ended, from whichever time fields its record has.
 */
#include <nf9/flow.h>

#define NANOS 1000000000
#define READ (1u << 31) /* none of the flow's own bits */

/* t + nanos; false where 64 bits do not take the seconds. */
static bool add(nf9_time t, int64_t nanos, nf9_time *out)
{
    int64_t n = (int64_t)t.nanos + nanos % NANOS;
    int64_t secs = nanos / NANOS + (n >= NANOS) - (n < 0);

    out->nanos = (uint32_t)((n + NANOS) % NANOS);
    return !__builtin_add_overflow(t.secs, secs, &out->secs);
}

/* b - a in ns, held within what 64 bits take. */
static int64_t minus(nf9_time b, nf9_time a)
{
    const int64_t most = INT64_MAX / NANOS - 1;
    int64_t secs;

    if (__builtin_sub_overflow(b.secs, a.secs, &secs))
        secs = b.secs < a.secs ? -most : most;
    secs = secs > most ? most : secs < -most ? -most : secs;
    return secs * NANOS + (int64_t)b.nanos - (int64_t)a.nanos;
}

static bool field_of(const nf9_flow_plan *plan, const nf9_record *record, nf9_role role,
                     nf9_field *field)
{
    uint16_t column = plan->column[role];
    return column != NF9_NO_COLUMN && nf9_record_column(record, column, field) == NF9_OK;
}

/* One end of the flow: from sysUptime, as absolute time, or as us before the export. */
static unsigned read_end(const nf9_flow_plan *plan, const nf9_header *header,
                         const nf9_record *record, const nf9_role role[3], nf9_time *out)
{
    nf9_time export_time = { header->unix_secs, 0 };
    nf9_field field;
    uint64_t v;

    if (nf9_flow_number(plan, record, role[0], &v)) {
        int64_t d = (int32_t)(header->sys_uptime - (uint32_t)v);
        add(export_time, -d * 1000000, out);
        return READ | (d < 0 ? NF9_FLOW_AFTER_EXPORT : 0);
    }
    if (field_of(plan, record, role[1], &field) && nf9_field_time(&field, out) == NF9_OK)
        /* the export time is whole seconds, rounded down */
        return READ | (out->secs > export_time.secs ? NF9_FLOW_AFTER_EXPORT : 0);
    if (nf9_flow_number(plan, record, role[2], &v) && v <= UINT32_MAX) {
        add(export_time, -(int64_t)v * 1000, out);
        return READ;
    }
    return 0;
}

static void read_duration(const nf9_flow_plan *plan, const nf9_record *record, nf9_flow *flow)
{
    uint64_t v;

    if ((flow->has & NF9_FLOW_START) != 0 && (flow->has & NF9_FLOW_END) != 0) {
        flow->duration = minus(flow->end, flow->start);
        flow->has |= NF9_FLOW_DURATION;
    } else if (nf9_flow_number(plan, record, NF9_ROLE_DURATION, &v)) {
        uint16_t column = plan->column[NF9_ROLE_DURATION];
        bool ms = nf9_template_columns(plan->tmpl)[column].type ==
                  NF9_FT_FLOW_DURATION_MILLISECONDS;
        int64_t unit = ms ? 1000000 : 1000;
        if (v > (uint64_t)(INT64_MAX / unit))
            return;
        flow->duration = (int64_t)v * unit;
        flow->has |= NF9_FLOW_DURATION;
        if ((flow->has & NF9_FLOW_START) != 0) {
            if (add(flow->start, flow->duration, &flow->end))
                flow->has |= NF9_FLOW_END;
        } else if ((flow->has & NF9_FLOW_END) != 0) {
            if (add(flow->end, -flow->duration, &flow->start))
                flow->has |= NF9_FLOW_START;
        }
    }
}

/* The firewall's event stands for the flow's end only where it says that the flow ended. */
static void read_event(const nf9_flow_plan *plan, const nf9_record *record, nf9_flow *flow)
{
    const uint64_t deleted = 2;
    nf9_field field;
    uint64_t event;

    if (!field_of(plan, record, NF9_ROLE_EVENT_TIME, &field) ||
        nf9_field_time(&field, &flow->event_time) != NF9_OK)
        return;
    flow->has |= NF9_FLOW_EVENT_TIME;
    if ((flow->has & NF9_FLOW_END) == 0 &&
        nf9_flow_number(plan, record, NF9_ROLE_EVENT, &event) && event == deleted) {
        flow->end = flow->event_time;
        flow->has |= NF9_FLOW_END | NF9_FLOW_END_BY_EVENT;
    }
}

void nf9_flow_read_times(const nf9_flow_plan *plan, const nf9_header *header,
                         const nf9_record *record, nf9_flow *flow)
{
    static const nf9_role start[3] = { NF9_ROLE_START_UPTIME, NF9_ROLE_START_TIME,
                                       NF9_ROLE_START_DELTA };
    static const nf9_role end[3] = { NF9_ROLE_END_UPTIME, NF9_ROLE_END_TIME,
                                     NF9_ROLE_END_DELTA };

    unsigned from, to;

    *flow = (nf9_flow){ 0 };
    from = read_end(plan, header, record, start, &flow->start);
    to = read_end(plan, header, record, end, &flow->end);
    flow->has = ((from | to) & NF9_FLOW_AFTER_EXPORT) |
                ((from & READ) != 0 ? NF9_FLOW_START : 0) |
                ((to & READ) != 0 ? NF9_FLOW_END : 0);
    read_event(plan, record, flow);
    read_duration(plan, record, flow);
}
