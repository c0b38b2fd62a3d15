/* SPDX-License-Identifier: MIT
 *
 * packet_row.c: the values of a row by column, type and name, and as fields.
 */
#include "writer.h"
#include <nf9/packet.h>

nf9_row nf9_packet_row(const nf9_packet_flowset *flowset, size_t i)
{
    size_t n = flowset->tmpl->field_count;
    return (nf9_row){ flowset->tmpl, flowset->values + i * n, n };
}

const nf9_value *nf9_row_column(const nf9_row *row, size_t column)
{
    return column < row->n ? &row->values[column] : NULL;
}

const nf9_value *nf9_row_find(const nf9_row *row, uint16_t type, unsigned nth)
{
    for (size_t i = 0; i < row->n; i++)
        if (row->values[i].field == type && nth-- == 0)
            return &row->values[i];
    return NULL;
}

const nf9_value *nf9_row_find_name(const nf9_row *row, const char *name)
{
    return nf9_row_column(row, nf9_column_by_name(row->tmpl, name));
}

nf9_status nf9_row_field(const nf9_row *row, size_t column, uint8_t room[NF9_VALUE_ROOM],
                         nf9_field *field)
{
    const nf9_value *v = nf9_row_column(row, column);
    nf9_bytes octets = { room, 0 };
    nf9_writer w;

    if (v == NULL || column >= row->tmpl->field_count)
        return NF9_NONE;
    const nf9_column c = nf9_template_columns(row->tmpl)[column];
    if (v->kind == NF9_KIND_TEXT || v->kind == NF9_KIND_OCTETS) {
        octets = v->bytes;
        nf9_writer_init_record_at(&w, row->tmpl, (uint16_t)column, NULL, 0);
    } else {
        nf9_writer_init_record_at(&w, row->tmpl, (uint16_t)column, room, NF9_VALUE_ROOM);
    }
    if (nf9_put_value(&w, v) != NF9_OK)
        return nf9_writer_error(&w)->at.code;
    if (octets.data == room) { /* numbers are short: one octet says how long they are */
        size_t head = c.length == NF9_VARIABLE_LENGTH ? 1 : 0;
        octets = (nf9_bytes){ room + head, nf9_writer_length(&w) - head };
    }
    *field = (nf9_field){
        .type = c.type,
        .column = (uint16_t)column,
        .scope = column < row->tmpl->scope_count,
        .info = nf9_value_info(v),
        .bytes = octets,
    };
    return NF9_OK;
}

size_t nf9_row_print(const nf9_row *row, size_t column, char *buf, size_t cap)
{
    uint8_t room[NF9_VALUE_ROOM];
    nf9_field field;

    if (nf9_row_field(row, column, room, &field) == NF9_OK)
        return nf9_field_print(&field, buf, cap);
    if (cap > 0)
        buf[0] = '\0';
    return 0;
}
