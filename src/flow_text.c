/* SPDX-License-Identifier: MIT
 *
 * flow_text.c: one line about a record.
 */
#include "text.h"
#include <nf9/flow.h>
#include <string.h>

static void put_end_point(nf9_text *t, const nf9_flow *flow, const uint8_t *address,
                          uint16_t port)
{
    bool with_port = (flow->has & NF9_FLOW_PORTS) != 0;
    bool brackets = with_port && flow->family == 6;

    nf9_text_add(t, brackets ? "[" : "");
    nf9_text_address(t, address, flow->family == 4 ? 4 : 16);
    nf9_text_add(t, brackets ? "]" : "");
    if (with_port) {
        nf9_text_char(t, ':');
        nf9_text_u64(t, port);
    }
}

static void put_protocol(nf9_text *t, uint8_t protocol)
{
    const char *label = nf9_enum_label(NF9_ENUM_IP_PROTOCOL, protocol);

    nf9_text_char(t, ' ');
    nf9_text_add(t, label != NULL ? label : "protocol ");
    if (label == NULL)
        nf9_text_u64(t, protocol);
}

static void put_icmp(nf9_text *t, const nf9_flow *flow)
{
    bool v6 = flow->protocol != 1;
    const char *label = nf9_enum_label(
        v6 ? NF9_ENUM_ICMP_TYPE_CODE_IPV6 : NF9_ENUM_ICMP_TYPE_CODE_IPV4,
        (uint64_t)flow->icmp_type << 8 | flow->icmp_code);

    if (label == NULL)
        label = nf9_enum_label(v6 ? NF9_ENUM_ICMP_TYPE_IPV6 : NF9_ENUM_ICMP_TYPE_IPV4,
                               flow->icmp_type);
    nf9_text_char(t, ' ');
    nf9_text_u64(t, flow->icmp_type);
    nf9_text_char(t, '/');
    nf9_text_u64(t, flow->icmp_code);
    if (label != NULL) {
        nf9_text_add(t, " (");
        nf9_text_add(t, label);
        nf9_text_char(t, ')');
    }
}

/* "1 packet", "75 packets", "75/60 packets" where there is a way back. */
static void put_counter(nf9_text *t, uint64_t n, const uint64_t *back, const char *what)
{
    if (t->len > 0)
        nf9_text_char(t, ' ');
    nf9_text_u64(t, n);
    if (back != NULL) {
        nf9_text_char(t, '/');
        nf9_text_u64(t, *back);
    }
    nf9_text_char(t, ' ');
    nf9_text_add(t, what);
    if (n != 1 || back != NULL)
        nf9_text_char(t, 's');
}

static void put_counters(nf9_text *t, const nf9_flow *flow)
{
    bool packets_back = (flow->has & NF9_FLOW_PACKETS_BACK) != 0;
    bool bytes_back = (flow->has & NF9_FLOW_BYTES_BACK) != 0;

    if ((flow->has & NF9_FLOW_PACKETS) != 0)
        put_counter(t, flow->packets, packets_back ? &flow->packets_back : NULL, "packet");
    if ((flow->has & NF9_FLOW_BYTES) != 0)
        put_counter(t, flow->bytes, bytes_back ? &flow->bytes_back : NULL, "byte");
}

/* "0.429 s", to the ms where that is all there is. */
static void put_duration(nf9_text *t, int64_t nanos)
{
    uint64_t n = nanos < 0 ? 0 - (uint64_t)nanos : (uint64_t)nanos;
    uint32_t fraction = (uint32_t)(n % 1000000000u);
    int digits = fraction % 1000000u == 0 ? 3 : fraction % 1000u == 0 ? 6 : 9;
    char text[9];

    nf9_text_add(t, t->len > 0 ? " " : "");
    nf9_text_add(t, nanos < 0 ? "-" : "");
    nf9_text_u64(t, n / 1000000000u);
    nf9_text_char(t, '.');
    for (int i = 9; i-- > 0; fraction /= 10)
        text[i] = (char)('0' + fraction % 10);
    for (int i = 0; i < digits; i++)
        nf9_text_char(t, text[i]);
    nf9_text_add(t, " s");
}

static void put_tcp_flags(nf9_text *t, uint16_t flags)
{
    size_t n;
    const nf9_enum_value *v = nf9_enum_values(NF9_ENUM_TCP_FLAGS, &n);

    for (size_t i = 0; i < n; i++)
        if ((flags & v[i].value) != 0) {
            nf9_text_char(t, ' ');
            nf9_text_add(t, v[i].label);
        }
}

static void put_event(nf9_text *t, uint8_t event)
{
    const char *label = nf9_enum_label(NF9_ENUM_FIREWALL_EVENT, event);

    if (label == NULL) {
        nf9_text_add(t, ", firewall event ");
        nf9_text_u64(t, event);
    } else if (event != 0) { /* 0: to be ignored */
        nf9_text_add(t, ", f"); /* the labels are "Flow created" and so on */
        nf9_text_add(t, label + 1);
    }
}

static void put_extras(nf9_text *t, const nf9_flow *flow)
{
    /* how long a firewall kept a connection is no duration of traffic */
    if ((flow->has & (NF9_FLOW_DURATION | NF9_FLOW_END_BY_EVENT)) == NF9_FLOW_DURATION &&
        flow->duration != 0)
        put_duration(t, flow->duration);
    if ((flow->has & NF9_FLOW_TCP_FLAGS) != 0 &&
        ((flow->has & NF9_FLOW_PROTOCOL) == 0 || flow->protocol == 6))
        put_tcp_flags(t, flow->tcp_flags);
    if ((flow->has & NF9_FLOW_EVENT) != 0)
        put_event(t, flow->event);
    for (unsigned i = 0; i < flow->labels; i++) {
        nf9_text_add(t, i == 0 ? ", MPLS " : "/");
        nf9_text_u64(t, flow->label[i]);
    }
}

/* The value, in quotes where it has a blank. */
static void put_value(nf9_text *t, const nf9_field *field)
{
    nf9_bytes text;
    bool quotes = nf9_field_text(field, &text) == NF9_OK &&
                  (text.len == 0 || memchr(text.data, ' ', text.len) != NULL);

    nf9_text_add(t, quotes ? "\"" : "");
    nf9_text_field(t, field);
    nf9_text_add(t, quotes ? "\"" : "");
}

static void put_named(nf9_text *t, const nf9_field *field)
{
    if (t->len > 0)
        nf9_text_char(t, ' ');
    if (field->info != NULL) {
        nf9_text_add(t, field->info->filter);
    } else {
        nf9_text_add(t, "type_");
        nf9_text_u64(t, field->type);
    }
    nf9_text_char(t, '=');
    put_value(t, field);
}

/* Counters and times say nothing of what the record is about. */
static bool is_counter(const nf9_field *field)
{
    if (field->info == NULL)
        return false;
    switch (field->info->unit) {
    case NF9_UNIT_NONE:
    case NF9_UNIT_BITS:
        return field->info->kind >= NF9_KIND_TIME_S;
    default:
        return true;
    }
}

static bool is_padding(const nf9_field *field)
{
    return field->type == NF9_FT_RESERVED_0 || field->type == NF9_FT_PADDING_OCTETS;
}

/* Fields of a record that are looked at for its line.  No exporter sends so many that a line is
 * made of, but a packet may have 65,000 records of thousands of fields without any octet. */
#define MOST_FIELDS 64

static void put_first_fields(nf9_text *t, const nf9_record *record, unsigned most)
{
    nf9_field_iter it;
    nf9_field field;

    nf9_fields_open(&it, record);
    while (most > 0 && it.column < MOST_FIELDS && nf9_field_next(&it, &field) == NF9_OK)
        if (!is_counter(&field) && !is_padding(&field) && field.bytes.len > 0) {
            put_named(t, &field);
            most--;
        }
}

static void put_scope(nf9_text *t, const nf9_field *field)
{
    if (t->len > 0)
        nf9_text_add(t, ", ");
    if (field->info != NULL) {
        nf9_text_add(t, field->info->label);
    } else {
        nf9_text_add(t, "Scope ");
        nf9_text_u64(t, field->type);
    }
    if (field->bytes.len == 0)
        return;
    nf9_text_char(t, ' ');
    if (field->info != NULL && field->info->form == NF9_FORM_SYSTEM && field->bytes.len == 4)
        nf9_text_address(t, field->bytes.data, 4);
    else
        nf9_text_field(t, field);
}

static void put_options(nf9_text *t, const nf9_record *record)
{
    nf9_field_iter it;
    nf9_field field;
    bool scopes = false;

    nf9_fields_open(&it, record);
    while (nf9_field_next(&it, &field) == NF9_OK) {
        if (field.column == MOST_FIELDS) {
            nf9_text_add(t, " ...");
            break;
        }
        if (field.scope) {
            put_scope(t, &field);
            scopes = true;
            continue;
        }
        if (is_padding(&field))
            continue;
        if (scopes)
            nf9_text_char(t, ':');
        scopes = false;
        put_named(t, &field);
    }
}

size_t nf9_flow_print(const nf9_flow *flow, const nf9_record *record, char *buf, size_t cap)
{
    nf9_text t = { buf, cap, 0 };

    if (record->tmpl->options) {
        put_options(&t, record);
    } else if ((flow->has & NF9_FLOW_ADDRESSES) != 0) {
        put_end_point(&t, flow, flow->src, flow->src_port);
        nf9_text_add(&t, " -> ");
        put_end_point(&t, flow, flow->dst, flow->dst_port);
        if ((flow->has & NF9_FLOW_PROTOCOL) != 0)
            put_protocol(&t, flow->protocol);
        if ((flow->has & NF9_FLOW_ICMP) != 0)
            put_icmp(&t, flow);
        put_counters(&t, flow);
        put_extras(&t, flow);
    } else {
        put_first_fields(&t, record, 3);
        put_counters(&t, flow);
        if (t.len == 0) /* times alone, say: better than nothing */
            put_extras(&t, flow);
    }
    return nf9_text_end(&t);
}
