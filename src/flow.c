/* SPDX-License-Identifier: MIT
 *
 * flow.c: which columns of a template make a flow, and a record read by them.
 */
#include <nf9/flow.h>
#include <string.h>

/* What a type stands for: its role, and its place among the types of that role, the best first.
 * Rank 0: nothing. */
typedef struct meaning {
    uint8_t role, rank;
} meaning;

static const meaning by_type[] = {
    [NF9_FT_IPV4_SRC_ADDR] = { NF9_ROLE_SRC4, 1 },
    [NF9_FT_IPV4_DST_ADDR] = { NF9_ROLE_DST4, 1 },
    [NF9_FT_IPV6_SRC_ADDR] = { NF9_ROLE_SRC6, 1 },
    [NF9_FT_IPV6_DST_ADDR] = { NF9_ROLE_DST6, 1 },
    [NF9_FT_L4_SRC_PORT] = { NF9_ROLE_SRC_PORT, 1 },
    [NF9_FT_L4_DST_PORT] = { NF9_ROLE_DST_PORT, 1 },
    [NF9_FT_PROTOCOL] = { NF9_ROLE_PROTOCOL, 1 },
    [NF9_FT_ICMP_TYPE] = { NF9_ROLE_ICMP4, 1 },
    [NF9_FT_ICMP_TYPE_CODE_IPV6] = { NF9_ROLE_ICMP6, 1 },
    [NF9_FT_ICMP_TYPE_IPV4] = { NF9_ROLE_ICMP4_TYPE, 1 },
    [NF9_FT_ICMP_CODE_IPV4] = { NF9_ROLE_ICMP4_CODE, 1 },
    [NF9_FT_ICMP_TYPE_IPV6] = { NF9_ROLE_ICMP6_TYPE, 1 },
    [NF9_FT_ICMP_CODE_IPV6] = { NF9_ROLE_ICMP6_CODE, 1 },
    [NF9_FT_IN_PKTS] = { NF9_ROLE_PACKETS, 1 },
    [NF9_FT_IN_PERMANENT_PKTS] = { NF9_ROLE_PACKETS, 2 },
    [NF9_FT_INITIATOR_PACKETS] = { NF9_ROLE_PACKETS, 3 },
    [NF9_FT_OUT_PKTS] = { NF9_ROLE_PACKETS, 4 },
    [NF9_FT_RESPONDER_PACKETS] = { NF9_ROLE_PACKETS_BACK, 1 },
    [NF9_FT_IN_BYTES] = { NF9_ROLE_BYTES, 1 },
    [NF9_FT_IN_PERMANENT_BYTES] = { NF9_ROLE_BYTES, 2 },
    [NF9_FT_INITIATOR_OCTETS] = { NF9_ROLE_BYTES, 3 },
    [NF9_FT_OUT_BYTES] = { NF9_ROLE_BYTES, 4 },
    [NF9_FT_RESPONDER_OCTETS] = { NF9_ROLE_BYTES_BACK, 1 },
    [NF9_FT_TCP_FLAGS] = { NF9_ROLE_TCP_FLAGS, 1 },
    [NF9_FT_FIREWALL_EVENT] = { NF9_ROLE_EVENT, 1 },
    [NF9_FT_OBSERVATION_TIME_MILLISECONDS] = { NF9_ROLE_EVENT_TIME, 1 },
    [NF9_FT_FIRST_SWITCHED] = { NF9_ROLE_START_UPTIME, 1 },
    [NF9_FT_LAST_SWITCHED] = { NF9_ROLE_END_UPTIME, 1 },
    [NF9_FT_FLOW_START_MILLISECONDS] = { NF9_ROLE_START_TIME, 1 },
    [NF9_FT_FLOW_START_MICROSECONDS] = { NF9_ROLE_START_TIME, 2 },
    [NF9_FT_FLOW_START_NANOSECONDS] = { NF9_ROLE_START_TIME, 3 },
    [NF9_FT_FLOW_START_SECONDS] = { NF9_ROLE_START_TIME, 4 },
    [NF9_FT_FLOW_END_MILLISECONDS] = { NF9_ROLE_END_TIME, 1 },
    [NF9_FT_FLOW_END_MICROSECONDS] = { NF9_ROLE_END_TIME, 2 },
    [NF9_FT_FLOW_END_NANOSECONDS] = { NF9_ROLE_END_TIME, 3 },
    [NF9_FT_FLOW_END_SECONDS] = { NF9_ROLE_END_TIME, 4 },
    [NF9_FT_FLOW_START_DELTA_MICROSECONDS] = { NF9_ROLE_START_DELTA, 1 },
    [NF9_FT_FLOW_END_DELTA_MICROSECONDS] = { NF9_ROLE_END_DELTA, 1 },
    [NF9_FT_FLOW_DURATION_MILLISECONDS] = { NF9_ROLE_DURATION, 1 },
    [NF9_FT_FLOW_DURATION_MICROSECONDS] = { NF9_ROLE_DURATION, 2 },
};

static meaning meaning_of(uint16_t type)
{
    if (type < sizeof by_type / sizeof *by_type)
        return by_type[type];
    return (meaning){ NF9_ROLE_EVENT, type == NF9_FT_NF_F_FW_EVENT ? 2 : 0 };
}

/* What a responder sent is the way back of what the initiator sent, and of nothing else. */
static void pair_up(nf9_flow_plan *plan, nf9_role there, uint16_t initiator, nf9_role back)
{
    uint16_t column = plan->column[there];

    if (column == NF9_NO_COLUMN || nf9_template_columns(plan->tmpl)[column].type != initiator)
        plan->column[back] = NF9_NO_COLUMN;
}

void nf9_flow_plan_init(nf9_flow_plan *plan, const nf9_template *tmpl)
{
    const nf9_column *columns = nf9_template_columns(tmpl);
    uint8_t rank[NF9_ROLE_COUNT] = { 0 };

    plan->tmpl = tmpl;
    memset(plan->column, 0xff, sizeof plan->column); /* NF9_NO_COLUMN */
    memset(plan->mpls, 0xff, sizeof plan->mpls);
    for (uint16_t i = tmpl->scope_count; i < tmpl->field_count; i++) {
        uint16_t type = columns[i].type;
        meaning m = meaning_of(type);
        unsigned label = (unsigned)type - NF9_FT_MPLS_LABEL_1;
        if (m.rank != 0 && (rank[m.role] == 0 || m.rank < rank[m.role])) {
            rank[m.role] = m.rank;
            plan->column[m.role] = i;
        } else if (label < NF9_MPLS_LABELS && plan->mpls[label] == NF9_NO_COLUMN) {
            plan->mpls[label] = i;
        }
    }
    pair_up(plan, NF9_ROLE_PACKETS, NF9_FT_INITIATOR_PACKETS, NF9_ROLE_PACKETS_BACK);
    pair_up(plan, NF9_ROLE_BYTES, NF9_FT_INITIATOR_OCTETS, NF9_ROLE_BYTES_BACK);
    for (unsigned i = 0; i < NF9_ROLE_COUNT; i++)
        nf9_number_init(&plan->number[i], tmpl, plan->column[i]);
}

typedef struct reader {
    const nf9_flow_plan *plan;
    const nf9_record *record;
    nf9_flow *flow;
} reader;

static bool field_at(const reader *r, uint16_t column, nf9_field *field)
{
    return column != NF9_NO_COLUMN && nf9_record_column(r->record, column, field) == NF9_OK;
}

bool nf9_flow_number(const nf9_flow_plan *plan, const nf9_record *record, nf9_role role,
                     uint64_t *out)
{
    const nf9_number *number = &plan->number[role];
    uint16_t column = plan->column[role];
    nf9_field field;

    if (column == NF9_NO_COLUMN)
        return false;
    if (number->length != 0 && (size_t)number->offset + number->length <= record->bytes.len) {
        *out = nf9_number_read(number, record->bytes.data);
        return true;
    }
    return nf9_record_column(record, column, &field) == NF9_OK &&
           nf9_field_u64(&field, out) == NF9_OK;
}

static bool number(const reader *r, nf9_role role, uint64_t *out)
{
    return nf9_flow_number(r->plan, r->record, role, out);
}

/* As number, and marks the flow as having it. */
static bool take(const reader *r, nf9_role role, unsigned bit, uint64_t *out)
{
    if (!number(r, role, out))
        return false;
    r->flow->has |= bit;
    return true;
}

static bool is_zero(const uint8_t *p, size_t n)
{
    return nf9_bytes_trim((nf9_bytes){ p, n }).len == 0;
}

/* Reads one family's pair, unless one that is not all zero was read before. */
static void read_pair(const reader *r, uint8_t family, nf9_role src, nf9_role dst)
{
    nf9_status (*get)(const nf9_field *, uint8_t *) =
        family == 4 ? nf9_field_ipv4 : nf9_field_ipv6;
    size_t len = family == 4 ? 4 : 16;
    nf9_field s, d;
    uint8_t a[16], b[16];

    if (!field_at(r, r->plan->column[src], &s) || !field_at(r, r->plan->column[dst], &d) ||
        get(&s, a) != NF9_OK || get(&d, b) != NF9_OK)
        return;
    if ((r->flow->has & NF9_FLOW_ADDRESSES) != 0 && is_zero(a, len) && is_zero(b, len))
        return;
    memcpy(r->flow->src, a, len);
    memcpy(r->flow->dst, b, len);
    r->flow->family = family;
    r->flow->has |= NF9_FLOW_ADDRESSES;
}

static void read_addresses(const reader *r)
{
    nf9_flow *f = r->flow;

    read_pair(r, 4, NF9_ROLE_SRC4, NF9_ROLE_DST4);
    if ((f->has & NF9_FLOW_ADDRESSES) == 0 || (is_zero(f->src, 4) && is_zero(f->dst, 4)))
        read_pair(r, 6, NF9_ROLE_SRC6, NF9_ROLE_DST6);
}

#define IP_ICMP 1
#define IP_ICMPV6 58

/* ICMP type and code: from fields of their own, from one packed field, or from the destination
 * port, where Cisco and softflowd put them.  Exporters send the fields of ICMP with every
 * protocol, so the protocol decides first, where there is one. */
static void read_icmp(const reader *r)
{
    static const struct {
        uint8_t protocol, type, code, packed;
    } where[] = {
        { IP_ICMP, NF9_ROLE_ICMP4_TYPE, NF9_ROLE_ICMP4_CODE, NF9_ROLE_ICMP4 },
        { IP_ICMPV6, NF9_ROLE_ICMP6_TYPE, NF9_ROLE_ICMP6_CODE, NF9_ROLE_ICMP6 },
    };
    nf9_flow *f = r->flow;
    uint64_t type, code;

    for (size_t i = 0; i < 2; i++) {
        if ((f->has & NF9_FLOW_PROTOCOL) == 0 || f->protocol != where[i].protocol)
            continue;
        if (number(r, where[i].type, &type)) {
            if (!number(r, where[i].code, &code))
                code = 0;
        } else if (number(r, where[i].packed, &type) || number(r, NF9_ROLE_DST_PORT, &type)) {
            code = type & 255;
            type = type >> 8;
        } else {
            continue;
        }
        f->icmp_type = (uint8_t)type;
        f->icmp_code = (uint8_t)code;
        f->has |= NF9_FLOW_ICMP;
    }
}

static void read_ports(const reader *r)
{
    uint64_t src, dst;

    if ((r->flow->has & NF9_FLOW_ICMP) == 0 && number(r, NF9_ROLE_SRC_PORT, &src) &&
        number(r, NF9_ROLE_DST_PORT, &dst) && src <= UINT16_MAX && dst <= UINT16_MAX) {
        r->flow->src_port = (uint16_t)src;
        r->flow->dst_port = (uint16_t)dst;
        r->flow->has |= NF9_FLOW_PORTS;
    }
}

static void read_labels(const reader *r)
{
    nf9_part_value part[NF9_PARTS_MAX];
    nf9_field field;

    for (unsigned i = 0; i < NF9_MPLS_LABELS; i++) {
        if (!field_at(r, r->plan->mpls[i], &field) || nf9_field_parts(&field, part) != 3)
            return;
        r->flow->label[r->flow->labels] = (uint32_t)part[0].value;
        if (is_zero(field.bytes.data, 3)) /* an unused position of the stack */
            return;
        r->flow->labels++;
        if (part[2].value != 0)
            return;
    }
}

void nf9_flow_read(const nf9_flow_plan *plan, const nf9_header *header, const nf9_record *record,
                   nf9_flow *flow)
{
    reader r = { plan, record, flow };
    uint64_t v;

    nf9_flow_read_times(plan, header, record, flow);
    read_addresses(&r);
    if (take(&r, NF9_ROLE_PROTOCOL, NF9_FLOW_PROTOCOL, &v))
        flow->protocol = (uint8_t)v;
    read_icmp(&r);
    read_ports(&r);
    if (take(&r, NF9_ROLE_PACKETS, NF9_FLOW_PACKETS, &flow->packets))
        take(&r, NF9_ROLE_PACKETS_BACK, NF9_FLOW_PACKETS_BACK, &flow->packets_back);
    if (take(&r, NF9_ROLE_BYTES, NF9_FLOW_BYTES, &flow->bytes))
        take(&r, NF9_ROLE_BYTES_BACK, NF9_FLOW_BYTES_BACK, &flow->bytes_back);
    if (take(&r, NF9_ROLE_TCP_FLAGS, NF9_FLOW_TCP_FLAGS, &v))
        flow->tcp_flags = (uint16_t)v;
    if (take(&r, NF9_ROLE_EVENT, NF9_FLOW_EVENT, &v))
        flow->event = (uint8_t)v;
    read_labels(&r);
}
