/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_plan.c: chosen columns of records.
 */
#include "row_plan.h"
#include "row_value.h"

/* A record while its row is written. */
typedef struct reading {
    const nf9_row_plan *plan;
    nf9_row_out *out;
    const nf9_row_packet *packet;
    const nf9_record *record;
    uint32_t ordinal;
    nf9_flow flow;
    const char *key; /* JSON: to be written before a value; NULL once it is */
    bool first;
} reading;

void nf9_row_plan_new(nf9_row_plan *plan, const GArray *cells)
{
    *plan = (nf9_row_plan){ .cells = (const nf9_cell *)(const void *)cells->data,
                            .n = cells->len };
    plan->places = g_new(nf9_row_place, cells->len);
    for (size_t i = 0; i < plan->n; i++)
        plan->most = MAX(plan->most, plan->cells[i].kind);
}

void nf9_row_plan_free(nf9_row_plan *plan)
{
    g_free(plan->places);
}

void nf9_row_plan_forget(nf9_row_plan *plan)
{
    plan->tmpl = NULL;
}

static uint16_t column_of(const nf9_template *tmpl, const nf9_cell *cell)
{
    size_t column = nf9_template_find(tmpl, cell->type, cell->scope, cell->nth);

    return column < tmpl->field_count ? (uint16_t)column : NF9_NO_COLUMN;
}

/* Whether a row has the number as it is: times and truths are printed otherwise. */
static bool is_plain(const nf9_template *tmpl, const nf9_cell *cell, uint16_t column)
{
    const nf9_field_info *info;

    if (column == NF9_NO_COLUMN || cell->scope || cell->part != NULL)
        return false;
    info = nf9_column_info(tmpl, column);
    return info != NULL && info->kind == NF9_KIND_UINT;
}

void nf9_row_plan_set(nf9_row_plan *plan, const nf9_template *tmpl)
{
    if (plan->tmpl == tmpl)
        return;
    plan->tmpl = tmpl;
    if (plan->most >= NF9_CELL_PROTO)
        nf9_flow_plan_init(&plan->flow, tmpl);
    for (size_t i = 0; i < plan->n; i++) {
        nf9_row_place *place = &plan->places[i];
        *place = (nf9_row_place){ .column = NF9_NO_COLUMN };
        if (plan->cells[i].kind != NF9_CELL_FIELD)
            continue;
        place->column = column_of(tmpl, &plan->cells[i]);
        if (is_plain(tmpl, &plan->cells[i], place->column))
            nf9_number_init(&place->number, tmpl, place->column);
    }
}

/* Says the key before a value, in JSON. */
static nf9_row_out *begin(reading *r)
{
    if (r->key != NULL) {
        if (!r->first)
            nf9_row_out_char(r->out, ',');
        nf9_row_out_string(r->out, r->key, strlen(r->key));
        nf9_row_out_char(r->out, ':');
        r->first = false;
        r->key = NULL;
    }
    return r->out;
}

static void put_number(reading *r, uint64_t v)
{
    nf9_row_out_u64(begin(r), v);
}

static void put_role(reading *r, nf9_role role)
{
    uint64_t v;

    if (nf9_flow_number(&r->plan->flow, r->record, role, &v))
        put_number(r, v);
}

static void put_column(reading *r, uint16_t column)
{
    nf9_field field;

    if (column != NF9_NO_COLUMN && nf9_record_column(r->record, column, &field) == NF9_OK)
        nf9_row_value(begin(r), &field);
}

static void put_part(reading *r, const nf9_cell *cell, uint16_t column)
{
    nf9_part_value part[NF9_PARTS_MAX];
    nf9_field field;
    size_t n;

    if (column == NF9_NO_COLUMN || nf9_record_column(r->record, column, &field) != NF9_OK)
        return;
    n = nf9_field_parts(&field, part);
    for (size_t i = 0; i < n; i++)
        if (part[i].info == cell->part)
            put_number(r, part[i].value);
}

static void put_field(reading *r, size_t i)
{
    const nf9_row_place *place = &r->plan->places[i];

    if (r->plan->cells[i].part != NULL)
        put_part(r, &r->plan->cells[i], place->column);
    else if (place->number.length != 0)
        put_number(r, nf9_number_read(&place->number, r->record->bytes.data));
    else
        put_column(r, place->column);
}

/* One side of the address pair; an address that has no other side stands alone. */
static void put_address(reading *r, const uint8_t *address, uint16_t column4, uint16_t column6)
{
    const nf9_field_info *info = nf9_field_info_of(
        r->flow.family == 4 ? NF9_FT_IPV4_SRC_ADDR : NF9_FT_IPV6_SRC_ADDR);
    uint16_t column = column4 != NF9_NO_COLUMN ? column4 : column6;
    nf9_field field = { .info = info,
                        .type = info->type,
                        .bytes = { address, r->flow.family == 4 ? 4 : 16 } };

    if ((r->flow.has & NF9_FLOW_ADDRESSES) != 0 ||
        (column != NF9_NO_COLUMN && nf9_record_column(r->record, column, &field) == NF9_OK &&
         nf9_field_fits(&field)))
        nf9_row_value(begin(r), &field);
}

static void put_time(reading *r, unsigned bit, nf9_time time)
{
    if ((r->flow.has & bit) != 0)
        nf9_row_out_time(begin(r), time, 3);
}

static void put_text(reading *r)
{
    size_t n = nf9_flow_print(&r->flow, r->record, NULL, 0);
    char *text = (char *)g_malloc(n + 1);

    nf9_flow_print(&r->flow, r->record, text, n + 1);
    nf9_row_out_string(begin(r), text, n);
    g_free(text);
}

static void put_flow(reading *r, nf9_cell_kind kind)
{
    const uint16_t *column = r->plan->flow.column;
    const nf9_flow *flow = &r->flow;

    switch (kind) {
    case NF9_CELL_FLOW_START:
        put_time(r, NF9_FLOW_START, flow->start);
        break;
    case NF9_CELL_FLOW_END:
        put_time(r, NF9_FLOW_END, flow->end);
        break;
    case NF9_CELL_EVENT_TIME:
        put_time(r, NF9_FLOW_EVENT_TIME, flow->event_time);
        break;
    case NF9_CELL_FLOW_DURATION:
        if ((flow->has & NF9_FLOW_DURATION) != 0)
            nf9_row_out_seconds(begin(r), flow->duration);
        break;
    case NF9_CELL_SRC:
        put_address(r, flow->src, column[NF9_ROLE_SRC4], column[NF9_ROLE_SRC6]);
        break;
    case NF9_CELL_DST:
        put_address(r, flow->dst, column[NF9_ROLE_DST4], column[NF9_ROLE_DST6]);
        break;
    case NF9_CELL_ICMP_TYPE:
    case NF9_CELL_ICMP_CODE:
        if ((flow->has & NF9_FLOW_ICMP) != 0)
            put_number(r, kind == NF9_CELL_ICMP_TYPE ? flow->icmp_type : flow->icmp_code);
        break;
    default:
        put_text(r);
    }
}

static void put_packet(reading *r, nf9_cell_kind kind)
{
    const nf9_header *header = r->packet->header;
    nf9_time exported = { header->unix_secs, 0 };

    switch (kind) {
    case NF9_CELL_FRAME:
        put_number(r, r->packet->frame);
        break;
    case NF9_CELL_RECORD:
        put_number(r, r->ordinal);
        break;
    case NF9_CELL_TIME:
        nf9_row_out_time(begin(r), r->packet->time, 6);
        break;
    case NF9_CELL_EXPORTER:
        nf9_row_out_string(begin(r), r->packet->exporter, strlen(r->packet->exporter));
        break;
    case NF9_CELL_SOURCE_ID:
        put_number(r, header->source_id);
        break;
    case NF9_CELL_TEMPLATE:
        put_number(r, r->record->tmpl->id);
        break;
    case NF9_CELL_VERSION:
        put_number(r, header->version);
        break;
    case NF9_CELL_COUNT:
        put_number(r, header->count);
        break;
    case NF9_CELL_SYS_UPTIME:
        put_number(r, header->sys_uptime);
        break;
    case NF9_CELL_UNIX_SECS:
        put_number(r, header->unix_secs);
        break;
    case NF9_CELL_SEQUENCE:
        put_number(r, header->sequence);
        break;
    default:
        nf9_row_out_time(begin(r), exported, 0);
    }
}

static void put_cell(reading *r, size_t i)
{
    nf9_cell_kind kind = r->plan->cells[i].kind;

    switch (kind) {
    case NF9_CELL_FIELD:
        put_field(r, i);
        break;
    case NF9_CELL_PROTO:
        put_role(r, NF9_ROLE_PROTOCOL);
        break;
    case NF9_CELL_SPORT:
        put_role(r, NF9_ROLE_SRC_PORT);
        break;
    case NF9_CELL_DPORT:
        put_role(r, NF9_ROLE_DST_PORT);
        break;
    case NF9_CELL_PACKETS:
        put_role(r, NF9_ROLE_PACKETS);
        break;
    case NF9_CELL_BYTES:
        put_role(r, NF9_ROLE_BYTES);
        break;
    case NF9_CELL_TCP_FLAGS:
        put_role(r, NF9_ROLE_TCP_FLAGS);
        break;
    default:
        if (kind >= NF9_CELL_FLOW_START)
            put_flow(r, kind);
        else
            put_packet(r, kind);
    }
}

void nf9_row_plan_write(const nf9_row_plan *plan, nf9_row_out *out, const nf9_row_packet *packet,
                        const nf9_record *record, uint32_t ordinal)
{
    reading r = { .plan = plan,
                  .out = out,
                  .packet = packet,
                  .record = record,
                  .ordinal = ordinal,
                  .first = true };

    if (plan->most >= NF9_CELL_SRC)
        nf9_flow_read(&plan->flow, packet->header, record, &r.flow);
    else if (plan->most >= NF9_CELL_FLOW_START)
        nf9_flow_read_times(&plan->flow, packet->header, record, &r.flow);
    for (size_t i = 0; i < plan->n; i++) {
        if (out->json)
            r.key = plan->cells[i].name;
        else if (i > 0)
            nf9_row_out_char(out, ',');
        put_cell(&r, i);
    }
}
