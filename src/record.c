/* SPDX-License-Identifier: MIT
 *
 * record.c: Data Records and Options Data Records (RFC 3954 sections 5.3 and 6.2).
 */
#include "be.h"
#include "places.h"
#include <nf9/decode.h>

void nf9_records_open(nf9_record_iter *it, const nf9_flowset *flowset, const nf9_template *tmpl)
{
    it->tmpl = tmpl;
    it->body = flowset->body;
    it->end = flowset->body.len;
    it->pos = 0;
    it->offset = flowset->offset + NF9_FLOWSET_HEADER_LENGTH;
    it->index = 0;
    it->cut = flowset->missing > 0;
}

/* Where the value of a column begins and how long it is; *pos moves behind it. */
static nf9_status value_at(nf9_bytes record, nf9_column column, size_t *pos, nf9_bytes *value)
{
    const uint8_t *p = record.data + *pos;
    size_t left = record.len - *pos, head = 0, length = column.length;

    if (length == NF9_VARIABLE_LENGTH) { /* RFC 7011 section 7 */
        if (left < 1)
            return NF9_ERR_TRUNCATED;
        head = p[0] == 255 ? 3 : 1;
        if (left < head)
            return NF9_ERR_TRUNCATED;
        length = head == 1 ? p[0] : nf9_be16(p + 1);
    }
    if (left - head < length)
        return NF9_ERR_TRUNCATED;
    *value = (nf9_bytes){ p + head, length };
    *pos += head + length;
    return NF9_OK;
}

/* Moves *pos from the end of a variable field, or from 0, to a column before the next such; false
 * where the record ends before it. */
static bool go_to(nf9_bytes record, const nf9_template *t, size_t column, size_t *pos)
{
    *pos += nf9_places_behind(t)[column];
    return *pos <= record.len;
}

/* Where a column of a template begins that has fields of variable length; false where the record
 * ends before it. */
static bool place_of(nf9_bytes record, const nf9_template *t, size_t column, size_t *pos)
{
    const nf9_column *columns = nf9_template_columns(t);
    const uint16_t *variable = nf9_places_variable(t);
    nf9_bytes value;

    *pos = 0;
    for (size_t i = 0; i < t->variable_count && variable[i] < column; i++)
        if (!go_to(record, t, variable[i], pos) ||
            value_at(record, columns[variable[i]], pos, &value) != NF9_OK)
            return false;
    return go_to(record, t, column, pos);
}

/* The octets of the next record; 0 where it is not whole. */
static size_t record_length(const nf9_template *t, nf9_bytes left)
{
    size_t pos, last = (size_t)t->field_count - 1;
    nf9_bytes value;

    if (left.len < t->min_length)
        return 0;
    if (!t->variable)
        return t->min_length;
    if (!place_of(left, t, last, &pos) ||
        value_at(left, nf9_template_columns(t)[last], &pos, &value) != NF9_OK)
        return 0;
    return pos;
}

nf9_status nf9_record_next(nf9_record_iter *it, nf9_record *record)
{
    nf9_bytes left = { it->body.data + it->pos, it->end - it->pos };
    size_t length = record_length(it->tmpl, left);

    if (length == 0)
        return NF9_END;
    record->tmpl = it->tmpl;
    record->bytes = (nf9_bytes){ left.data, length };
    record->offset = it->offset + it->pos;
    record->index = it->index++;
    it->pos += length;
    return NF9_OK;
}

/* The octets of those fields of a cut record that are whole. */
static size_t whole_octets(const nf9_template *t, nf9_bytes left)
{
    const nf9_column *columns = nf9_template_columns(t);
    nf9_bytes value;
    size_t pos = 0;

    for (size_t i = 0; i < t->field_count; i++)
        if (value_at(left, columns[i], &pos, &value) != NF9_OK)
            break;
    return pos;
}

nf9_status nf9_record_cut(nf9_record_iter *it, nf9_record *record)
{
    nf9_bytes left = { it->body.data + it->pos, it->body.len - it->pos };

    if (!it->cut || whole_octets(it->tmpl, left) == 0)
        return NF9_END;
    record->tmpl = it->tmpl;
    record->bytes = left;
    record->offset = it->offset + it->pos;
    record->index = it->index++;
    it->pos = it->end = it->body.len;
    return NF9_OK;
}

uint32_t nf9_records_count(const nf9_record_iter *it)
{
    nf9_record_iter ahead = *it;
    nf9_record record;
    uint32_t n = 0;

    if (it->tmpl->min_length == 0)
        return 0;
    if (!it->tmpl->variable)
        return (uint32_t)((it->end - it->pos) / it->tmpl->min_length);
    while (nf9_record_next(&ahead, &record) == NF9_OK)
        n++;
    return n;
}

void nf9_records_skip(nf9_record_iter *it, uint32_t n)
{
    nf9_record record;

    if (it->tmpl->variable) {
        while (n-- > 0 && nf9_record_next(it, &record) == NF9_OK)
            continue;
        return;
    }
    it->pos += (size_t)n * it->tmpl->min_length;
    it->index += n;
}

uint32_t nf9_records_doubtful(const nf9_record_iter *it)
{
    const uint32_t padding = 3; /* RFC 3954 section 5.3: up to a boundary of 4 octets */
    uint32_t length = it->tmpl->min_length;

    if (it->tmpl->variable || length == 0 || length > padding || it->cut)
        return 0; /* where the FlowSet is cut, its end is not there */
    uint32_t n = nf9_records_count(it);
    uint32_t rest = (uint32_t)(it->end - it->pos) - n * length;
    uint32_t doubtful = rest < padding ? (padding - rest) / length : 0;
    return n == 0 ? 0 : doubtful < n ? doubtful : n - 1;
}

void nf9_records_drop(nf9_record_iter *it, uint32_t n)
{
    if (n > 0)
        it->end = it->pos + (size_t)(nf9_records_count(it) - n) * it->tmpl->min_length;
}

nf9_bytes nf9_records_rest(const nf9_record_iter *it, size_t *offset)
{
    if (offset != NULL)
        *offset = it->offset + it->pos;
    return (nf9_bytes){ it->body.data + it->pos, it->body.len - it->pos };
}

nf9_status nf9_field_next(nf9_field_iter *it, nf9_field *field)
{
    const nf9_record *record = it->record;
    const nf9_template *t = record->tmpl;

    if (it->column >= t->field_count)
        return NF9_END;
    nf9_column column = nf9_template_columns(t)[it->column];
    nf9_status st = value_at(record->bytes, column, &it->pos, &field->bytes);
    if (st != NF9_OK)
        return st;
    field->type = column.type;
    field->column = it->column;
    field->scope = it->column < t->scope_count;
    field->info = nf9_row_info(column.row, field->scope);
    field->offset = record->offset + (size_t)(field->bytes.data - record->bytes.data);
    it->column++;
    return NF9_OK;
}

nf9_status nf9_record_column(const nf9_record *record, size_t column, nf9_field *field)
{
    const nf9_template *t = record->tmpl;
    nf9_field_iter it;

    if (column >= t->field_count)
        return NF9_NONE;
    nf9_fields_open(&it, record);
    it.pos = nf9_template_columns(t)[column].offset;
    it.column = (uint16_t)column;
    if (it.pos == NF9_OFFSET_VARIES && t->variable) {
        if (!place_of(record->bytes, t, column, &it.pos))
            return NF9_ERR_TRUNCATED;
    } else if (it.pos > record->bytes.len) { /* or behind all that a FlowSet has room for */
        return NF9_ERR_TRUNCATED;
    }
    return nf9_field_next(&it, field);
}

nf9_status nf9_record_find(const nf9_record *record, uint16_t type, unsigned nth,
                           nf9_field *field)
{
    return nf9_record_column(record, nf9_template_find(record->tmpl, type, false, nth), field);
}
