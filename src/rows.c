/* SPDX-License-Identifier: MIT
 *
 * rows.c: records as rows of numbers.
 *
 * A number is read by a load of 8 octets that lies inside the record, shifted down to the
 * number's end; what stands before it is masked away.
 */
#include "be.h"
#include "number.h"
#include <nf9/rows.h>

#define LOAD 8u /* octets */

enum { HOW_LOAD, HOW_SIGNED = 1 << 0, HOW_WALK = 1 << 1 };

/* Whether a value of this type and length is a number here. */
static bool is_number(const nf9_field_info *info, size_t length)
{
    if (info == NULL || !nf9_length_fits(info, length))
        return false;
    return nf9_is_number(info->kind) || info->kind == NF9_KIND_INT ||
           info->kind == NF9_KIND_IPV4 || info->kind == NF9_KIND_MAC;
}

/* The number in so many octets. */
static uint64_t finished(const nf9_field_info *info, uint64_t v, size_t length)
{
    return info->kind == NF9_KIND_INT ? nf9_sign_extend(v, length)
                                      : v & nf9_number_mask(info->form);
}

static uint64_t value_of(const nf9_field_info *info, nf9_bytes b)
{
    return finished(info, nf9_octets_u64(b.data, b.len), b.len);
}

/* Whether a column may be a number in some record. */
static bool may_be_number(const nf9_field_info *info, size_t length)
{
    if (length == NF9_VARIABLE_LENGTH)
        return is_number(info, 1) || is_number(info, 4) || is_number(info, 6);
    return is_number(info, length);
}

/* The load of a number from its octets, which are inside the shortest record. */
static nf9_load load_at(const nf9_template *t, nf9_column c, const nf9_field_info *info)
{
    size_t last = t->min_length < LOAD ? 0 : t->min_length - LOAD;
    size_t at = c.offset < last ? c.offset : last, end = (size_t)c.offset + c.length;
    bool is_signed = info->kind == NF9_KIND_INT;

    return (nf9_load){
        .mask = UINT64_MAX >> (64 - 8 * c.length) &
                (is_signed ? UINT64_MAX : nf9_number_mask(info->form)),
        .at = (uint16_t)at,
        .shift = (uint8_t)(8 * (LOAD - (end - at))),
        .length = (uint8_t)c.length,
        .how = is_signed ? HOW_SIGNED : HOW_LOAD,
    };
}

/* The load of a column; false where it is no number, and then the load gives 0. */
static bool load_of(const nf9_template *t, size_t column, nf9_load *load)
{
    const nf9_field_info *info = column < t->field_count ? nf9_column_info(t, column) : NULL;
    nf9_column c;

    *load = (nf9_load){ .column = UINT16_MAX };
    if (info == NULL)
        return false;
    c = nf9_template_columns(t)[column];
    if (!may_be_number(info, c.length))
        return false;
    if (c.length == NF9_VARIABLE_LENGTH || c.offset == NF9_OFFSET_VARIES)
        load->how = HOW_WALK; /* where it is, each record says */
    else
        *load = load_at(t, c, info);
    load->column = (uint16_t)column;
    return true;
}

static inline uint64_t number_at(const uint8_t *p, const nf9_load *load)
{
    return nf9_be64(p + load->at) >> load->shift & load->mask;
}

/* Whether each load of the template lies inside this record. */
static bool has_room(const nf9_template *t, const nf9_record *record)
{
    return record->bytes.len >= LOAD && record->bytes.len >= t->min_length;
}

static size_t numbers_by_field(const nf9_record *record, uint64_t *out, size_t n)
{
    nf9_field_iter it;
    nf9_field field;
    size_t i = 0, numbers = 0;

    nf9_fields_open(&it, record);
    for (; i < n && nf9_field_next(&it, &field) == NF9_OK; i++) {
        bool number = is_number(field.info, field.bytes.len);
        out[i] = number ? value_of(field.info, field.bytes) : 0;
        numbers += number;
    }
    while (i < n)
        out[i++] = 0;
    return numbers;
}

size_t nf9_record_u64(const nf9_record *record, uint64_t *out, size_t n)
{
    const nf9_template *t = record->tmpl;
    size_t numbers = 0;

    if (t->variable || t->min_length >= NF9_OFFSET_VARIES || !has_room(t, record))
        return numbers_by_field(record, out, n);
    const nf9_column *column = nf9_template_columns(t);
    const uint8_t *p = record->bytes.data;
    size_t i = 0, last = t->min_length - LOAD;
    for (; i < n && i < t->field_count; i++, column++) {
        const nf9_field_info *info = nf9_column_info(t, i);
        size_t at = column->offset < last ? column->offset : last;
        out[i] = 0;
        if (!is_number(info, column->length))
            continue;
        out[i] = nf9_be64(p + at) << 8 * (column->offset - at) >> 8 * (LOAD - column->length);
        out[i] = finished(info, out[i], column->length);
        numbers++;
    }
    while (i < n)
        out[i++] = 0;
    return numbers;
}

/* The column of the i-th type's next field that is no scope; field_count where there is none. */
static size_t column_of(const nf9_template *t, const uint16_t *types, size_t i)
{
    unsigned nth = 0;

    for (size_t k = 0; k < i; k++)
        nth += types[k] == types[i];
    return nf9_template_find(t, types[i], false, nth);
}

size_t nf9_rows_init(nf9_rows *rows, const nf9_template *tmpl, nf9_load *loads,
                     const uint16_t *types, size_t n)
{
    size_t numbers = 0;

    *rows = (nf9_rows){ .tmpl = tmpl, .loads = loads, .n = n };
    rows->plain = !tmpl->variable && tmpl->min_length >= LOAD;
    for (size_t i = 0; i < n; i++) {
        numbers += load_of(tmpl, types != NULL ? column_of(tmpl, types, i) : i, &loads[i]);
        rows->plain = rows->plain && loads[i].how == HOW_LOAD;
        rows->varies = rows->varies || (loads[i].how & HOW_WALK) != 0;
    }
    return numbers;
}

static inline void load_row(const nf9_rows *rows, const uint8_t *p, uint64_t *out)
{
    const nf9_load *load = rows->loads;
    size_t left = rows->n;

    for (; left >= 4; left -= 4, load += 4, out += 4) { /* a third less to do than one by one */
        out[0] = number_at(p, load);
        out[1] = number_at(p, load + 1);
        out[2] = number_at(p, load + 2);
        out[3] = number_at(p, load + 3);
    }
    while (left-- > 0)
        *out++ = number_at(p, load++);
}

/* All numbers, through the fields, once. */
static void walk_fields(const nf9_rows *rows, const nf9_record *record, uint64_t *out)
{
    nf9_field_iter it;
    nf9_field field;

    nf9_fields_open(&it, record);
    while (nf9_field_next(&it, &field) == NF9_OK) {
        size_t i = field.column;
        if (!is_number(field.info, field.bytes.len))
            continue;
        if (i >= rows->n || rows->loads[i].column != i)
            for (i = 0; i < rows->n && rows->loads[i].column != field.column; i++)
                continue;
        if (i < rows->n)
            out[i] = value_of(field.info, field.bytes);
    }
}

/* The numbers behind a field of variable length: each by itself, or all, where that is less. */
static void walk_row(const nf9_rows *rows, const nf9_record *record, uint64_t *out)
{
    nf9_field field;

    if (rows->n * (rows->tmpl->variable_count + 1u) >= rows->tmpl->field_count) {
        walk_fields(rows, record, out);
        return;
    }
    for (size_t i = 0; i < rows->n; i++)
        if (nf9_record_column(record, rows->loads[i].column, &field) == NF9_OK &&
            is_number(field.info, field.bytes.len))
            out[i] = value_of(field.info, field.bytes);
}

void nf9_rows_record(const nf9_rows *rows, const nf9_record *record, uint64_t *out)
{
    if (!has_room(rows->tmpl, record)) {
        for (size_t i = 0; i < rows->n; i++)
            out[i] = 0;
        walk_row(rows, record, out); /* too short for a load, or cut */
        return;
    }
    load_row(rows, record->bytes.data, out);
    if (rows->plain)
        return;
    for (size_t i = 0; i < rows->n; i++)
        if ((rows->loads[i].how & HOW_SIGNED) != 0)
            out[i] = nf9_sign_extend(out[i], rows->loads[i].length);
    if (rows->varies)
        walk_row(rows, record, out);
}

size_t nf9_rows_next(const nf9_rows *rows, nf9_record_iter *it, uint64_t *out, size_t max_rows)
{
    nf9_record record;
    size_t read = 0;

    if (!rows->plain) {
        for (; read < max_rows && nf9_record_next(it, &record) == NF9_OK; read++)
            nf9_rows_record(rows, &record, out + read * rows->n);
        return read;
    }
    size_t there = nf9_records_count(it), length = rows->tmpl->min_length;
    const uint8_t *p = it->body.data + it->pos;
    read = there < max_rows ? there : max_rows;
    for (size_t i = 0; i < read; i++, p += length, out += rows->n)
        load_row(rows, p, out);
    nf9_records_skip(it, (uint32_t)read);
    return read;
}
