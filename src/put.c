/* SPDX-License-Identifier: MIT
 *
 * put.c: data records, field by field: each in its place, of its kind, and of a length that the
 * template gives.
 */
#include "be.h"
#include "number.h"
#include "writer.h"
#include <float.h>
#include <string.h>

#define BIT(kind) (1u << NF9_KIND_##kind)
#define TIMES (BIT(TIME_S) | BIT(TIME_MS) | BIT(TIME_US) | BIT(TIME_NS))
#define NUMBERS (BIT(UINT) | BIT(BOOL) | TIMES)
#define ALL_KINDS (~0u)

#define SHORT_LENGTHS 255u /* from here on a variable length takes 3 octets, RFC 7011 section 7 */

nf9_status nf9_begin_record(nf9_writer *w)
{
    if (nf9_writer_expect(w, NF9_WRITER_DATA) != NF9_OK)
        return w->error.at.code;
    if (w->tmpl->min_length == 0)
        return nf9_writer_fail(w, NF9_ERR_LENGTH, 1, 0);
    w->column = 0;
    w->state = NF9_WRITER_RECORD;
    return NF9_OK;
}

nf9_status nf9_end_record(nf9_writer *w)
{
    if (nf9_writer_expect(w, NF9_WRITER_RECORD) != NF9_OK)
        return w->error.at.code;
    if (w->column < w->tmpl->field_count)
        return nf9_writer_fail(w, NF9_ERR_MISSING, 0, 0);
    w->state = NF9_WRITER_DATA;
    w->record++;
    w->count++;
    return NF9_OK;
}

/* What is known of the column that is next; NULL for one that takes every kind. */
static const nf9_field_info *info_of(const nf9_writer *w)
{
    const nf9_field_info *info = nf9_column_info(w->tmpl, w->column);
    bool scope = w->column < w->tmpl->scope_count;

    return scope && info != NULL && info->kind == NF9_KIND_OCTETS ? NULL : info;
}

static bool in_template(const nf9_template *t, uint32_t field)
{
    for (size_t i = 0; i < t->field_count; i++)
        if (nf9_column_name(t, i) == field)
            return true;
    return false;
}

/* Whether a value of one of these kinds can stand in the column that is next; else sticks. */
static bool takes(nf9_writer *w, unsigned kinds)
{
    const nf9_field_info *info = info_of(w);
    uint16_t length = nf9_template_columns(w->tmpl)[w->column].length;

    if (kinds == ALL_KINDS || info == NULL)
        return true;
    if ((kinds >> info->kind & 1) == 0) {
        nf9_writer_fail(w, NF9_ERR_KIND, 0, 0);
        return false;
    }
    if (length == NF9_VARIABLE_LENGTH || nf9_length_fits(info, length) ||
        (kinds == BIT(IPV4) && length == 16))
        return true;
    nf9_writer_fail(w, NF9_ERR_WIDTH, info->length, length);
    return false;
}

/* The column that is next, where it is this field and one of these kinds; else sticks. */
static const nf9_column *next_column(nf9_writer *w, uint32_t field, unsigned kinds)
{
    if (w->error.at.code != NF9_OK)
        return NULL;
    if (w->state != NF9_WRITER_RECORD) {
        nf9_writer_blame(w, field, NF9_ERR_STATE, 0, 0);
        return NULL;
    }
    if (w->column >= w->tmpl->field_count ||
        nf9_column_name(w->tmpl, w->column) != field) {
        bool later = w->column < w->tmpl->field_count && in_template(w->tmpl, field);
        nf9_writer_blame(w, field, later ? NF9_ERR_ORDER : NF9_ERR_EXTRA, 0, 0);
        return NULL;
    }
    return takes(w, kinds) ? &nf9_template_columns(w->tmpl)[w->column] : NULL;
}

/* The octets before a value of variable length: its own length. */
static nf9_status put_length(nf9_writer *w, const nf9_column *c, size_t n)
{
    if (c->length != NF9_VARIABLE_LENGTH)
        return NF9_OK;
    if (n < SHORT_LENGTHS)
        return nf9_writer_uint(w, n, 1);
    if (n > UINT16_MAX)
        return nf9_writer_fail(w, NF9_ERR_RANGE, n, UINT16_MAX);
    return nf9_writer_uint(w, (uint64_t)SHORT_LENGTHS << 16 | n, 3);
}

/* A value of just these octets; `code` where the column has another length. */
static nf9_status put_exactly(nf9_writer *w, const nf9_column *c, const void *data, size_t n,
                              nf9_status code)
{
    if (c->length != NF9_VARIABLE_LENGTH && c->length != n)
        return nf9_writer_fail(w, code, n, c->length);
    if (put_length(w, c, n) == NF9_OK && nf9_writer_octets(w, data, n) == NF9_OK)
        w->column++;
    return w->error.at.code;
}

/* A number that needs `least` octets. */
static nf9_status put_number(nf9_writer *w, const nf9_column *c, uint64_t v, size_t least)
{
    size_t n = c->length;

    if (n == NF9_VARIABLE_LENGTH) {
        const nf9_field_info *info = info_of(w);
        n = least;
        if (info != NULL && !nf9_length_fits(info, n))
            return nf9_writer_fail(w, NF9_ERR_WIDTH, least, n);
    }
    if (n == 0 || n > 8)
        return nf9_writer_fail(w, NF9_ERR_WIDTH, least, n);
    if (n < least)
        return nf9_writer_fail(w, NF9_ERR_RANGE, least, n);
    if (put_length(w, c, n) == NF9_OK && nf9_writer_uint(w, v, n) == NF9_OK)
        w->column++;
    return w->error.at.code;
}

/* How many octets a number needs. */
static size_t unsigned_octets(uint64_t v)
{
    size_t n = 1;

    while (n < 8 && v >> (8 * n) != 0)
        n++;
    return n;
}

/* The same of two's complement, which must keep its sign. */
static size_t signed_octets(int64_t v)
{
    uint64_t magnitude = v < 0 ? ~(uint64_t)v : (uint64_t)v;
    size_t n = 1;

    while (n < 8 && magnitude >> (8 * n - 1) != 0)
        n++;
    return n;
}

nf9_status nf9_put_uint(nf9_writer *w, uint32_t field, uint64_t value)
{
    const nf9_column *c = next_column(w, field, NUMBERS);

    return c == NULL ? w->error.at.code : put_number(w, c, value, unsigned_octets(value));
}

nf9_status nf9_put_int(nf9_writer *w, uint32_t field, int64_t value)
{
    const nf9_column *c = next_column(w, field, BIT(INT));

    return c == NULL ? w->error.at.code : put_number(w, c, (uint64_t)value, signed_octets(value));
}

nf9_status nf9_put_bool(nf9_writer *w, uint32_t field, bool value)
{
    const nf9_column *c = next_column(w, field, BIT(BOOL));

    return c == NULL ? w->error.at.code : put_number(w, c, value ? 1 : 2, 1);
}

nf9_status nf9_put_float(nf9_writer *w, uint32_t field, double value)
{
    const nf9_column *c = next_column(w, field, BIT(FLOAT));
    uint8_t octets[8];

    if (c == NULL)
        return w->error.at.code;
    if (c->length == 4) {
        bool finite = value >= -DBL_MAX && value <= DBL_MAX;
        if (finite && !(value >= -(double)FLT_MAX && value <= (double)FLT_MAX))
            return nf9_writer_fail(w, NF9_ERR_RANGE, 8, 4);
        float narrow = (float)value;
        uint32_t v;
        memcpy(&v, &narrow, sizeof v);
        nf9_be_write(octets, v, 4);
        return put_exactly(w, c, octets, 4, NF9_ERR_WIDTH);
    }
    uint64_t v;
    memcpy(&v, &value, sizeof v);
    nf9_be_write(octets, v, 8);
    return put_exactly(w, c, octets, 8, NF9_ERR_WIDTH);
}

nf9_status nf9_put_ipv4(nf9_writer *w, uint32_t field, const uint8_t address[4])
{
    uint8_t mapped[16] = { [10] = 0xff, [11] = 0xff };
    const nf9_column *c = next_column(w, field, BIT(IPV4));

    if (c == NULL)
        return w->error.at.code;
    memcpy(mapped + 12, address, 4);
    return c->length == 16 ? put_exactly(w, c, mapped, 16, NF9_ERR_WIDTH)
                           : put_exactly(w, c, address, 4, NF9_ERR_WIDTH);
}

static nf9_status put_address(nf9_writer *w, uint32_t field, unsigned kinds,
                              const uint8_t *address, size_t n)
{
    const nf9_column *c = next_column(w, field, kinds);

    return c == NULL ? w->error.at.code : put_exactly(w, c, address, n, NF9_ERR_WIDTH);
}

nf9_status nf9_put_ipv6(nf9_writer *w, uint32_t field, const uint8_t address[16])
{
    return put_address(w, field, BIT(IPV6), address, 16);
}

nf9_status nf9_put_mac(nf9_writer *w, uint32_t field, const uint8_t address[6])
{
    return put_address(w, field, BIT(MAC), address, 6);
}

nf9_status nf9_put_text(nf9_writer *w, uint32_t field, const char *text)
{
    const void *data = text;
    return nf9_put_text_bytes(w, field, (nf9_bytes){ data, strlen(text) });
}

nf9_status nf9_put_text_bytes(nf9_writer *w, uint32_t field, nf9_bytes text)
{
    const nf9_column *c = next_column(w, field, BIT(TEXT));

    if (c == NULL)
        return w->error.at.code;
    if (c->length == NF9_VARIABLE_LENGTH)
        return put_exactly(w, c, text.data, text.len, NF9_ERR_RANGE);
    if (text.len > c->length)
        return nf9_writer_fail(w, NF9_ERR_RANGE, text.len, c->length);
    if (nf9_writer_octets(w, text.data, text.len) == NF9_OK &&
        nf9_writer_zeros(w, c->length - text.len) == NF9_OK)
        w->column++;
    return w->error.at.code;
}

nf9_status nf9_put_octets(nf9_writer *w, uint32_t field, const void *data, size_t len)
{
    const nf9_column *c = next_column(w, field, ALL_KINDS);

    return c == NULL ? w->error.at.code : put_exactly(w, c, data, len, NF9_ERR_RANGE);
}

/* A value below 255 octets behind a length of three (RFC 7011 section 7 lets it be so). */
static nf9_status put_long(nf9_writer *w, uint32_t field, unsigned kinds, nf9_bytes octets)
{
    const nf9_column *c = next_column(w, field, kinds);

    if (c == NULL)
        return w->error.at.code;
    if (c->length != NF9_VARIABLE_LENGTH)
        return nf9_writer_fail(w, NF9_ERR_WIDTH, octets.len, c->length);
    if (octets.len >= SHORT_LENGTHS)
        return put_exactly(w, c, octets.data, octets.len, NF9_ERR_RANGE);
    if (nf9_writer_uint(w, (uint64_t)SHORT_LENGTHS << 16 | octets.len, 3) == NF9_OK &&
        nf9_writer_octets(w, octets.data, octets.len) == NF9_OK)
        w->column++;
    return w->error.at.code;
}

nf9_status nf9_put_long_text(nf9_writer *w, uint32_t field, nf9_bytes text)
{
    return put_long(w, field, BIT(TEXT), text);
}

nf9_status nf9_put_long_octets(nf9_writer *w, uint32_t field, nf9_bytes octets)
{
    return put_long(w, field, ALL_KINDS, octets);
}

/* What nf9_field_time reads as this time, where there is such a number. */
static bool time_as_number(unsigned kind, nf9_time t, uint64_t *v)
{
    if (kind == NF9_KIND_TIME_S || kind == NF9_KIND_TIME_MS) {
        uint32_t per_second = kind == NF9_KIND_TIME_S ? 1 : 1000;
        uint32_t nanos = 1000000000u / per_second;
        if (t.secs < 0 || t.nanos % nanos != 0 || (uint64_t)t.secs >= UINT64_MAX / per_second)
            return false;
        *v = (uint64_t)t.secs * per_second + t.nanos / nanos;
        return true;
    }
    /* NTP: with the highest bit clear it would be read as a plain count */
    if (t.secs < (INT64_C(1) << 31) - NF9_NTP_TO_UNIX ||
        t.secs >= (INT64_C(1) << 32) - NF9_NTP_TO_UNIX)
        return false;
    uint64_t fraction = (((uint64_t)t.nanos << 32) + 999999999u) / 1000000000u;
    *v = (uint64_t)(t.secs + NF9_NTP_TO_UNIX) << 32 | fraction;
    return true;
}

nf9_status nf9_put_time(nf9_writer *w, uint32_t field, nf9_time time)
{
    const nf9_column *c = next_column(w, field, TIMES);
    uint64_t v;

    if (c == NULL)
        return w->error.at.code;
    const nf9_field_info *info = info_of(w);
    if (info == NULL) /* whether it counts seconds or what else is not known */
        return nf9_writer_fail(w, NF9_ERR_KIND, 0, 0);
    size_t least = nf9_time_octets(info->kind);
    if (c->length < least)
        return nf9_writer_fail(w, NF9_ERR_WIDTH, least, c->length);
    if (time.nanos > 999999999u || !time_as_number(info->kind, time, &v))
        return nf9_writer_fail(w, NF9_ERR_RANGE, 0, 0);
    size_t octets = unsigned_octets(v);
    return put_number(w, c, v, octets > least ? octets : least);
}

/* Whether the octets are just one record of the open FlowSet's template. */
static bool is_record(const nf9_writer *w, nf9_bytes octets)
{
    const nf9_flowset around = { .id = w->tmpl->id, .body = octets };
    nf9_record_iter it;
    nf9_record record;

    nf9_records_open(&it, &around, w->tmpl);
    return nf9_record_next(&it, &record) == NF9_OK && record.bytes.len == octets.len;
}

nf9_status nf9_put_record(nf9_writer *w, const void *data, size_t len)
{
    if (nf9_writer_expect(w, NF9_WRITER_DATA) != NF9_OK)
        return w->error.at.code;
    if (!is_record(w, (nf9_bytes){ data, len }))
        return nf9_writer_fail(w, NF9_ERR_LENGTH, w->tmpl->min_length, len);
    if (nf9_writer_octets(w, data, len) == NF9_OK) {
        w->record++;
        w->count++;
    }
    return w->error.at.code;
}

/* Into the column that is next. */
static nf9_status put_u64(nf9_writer *w, uint64_t value)
{
    const nf9_column *c = &nf9_template_columns(w->tmpl)[w->column];
    const nf9_field_info *info = info_of(w);

    if (!takes(w, NUMBERS | BIT(INT) | BIT(IPV4)))
        return w->error.at.code;
    if (info != NULL && info->kind == NF9_KIND_INT) {
        int64_t v;
        memcpy(&v, &value, sizeof v);
        return put_number(w, c, value, signed_octets(v));
    }
    size_t least = unsigned_octets(value);
    if (info != NULL && info->kind == NF9_KIND_IPV4 && least < 4)
        least = 4;
    return put_number(w, c, value, least);
}

nf9_status nf9_put_u64s(nf9_writer *w, const uint64_t *values, size_t n)
{
    if (nf9_begin_record(w) != NF9_OK)
        return w->error.at.code;
    if (n > w->tmpl->field_count)
        return nf9_writer_blame(w, NF9_NO_FIELD, NF9_ERR_EXTRA, n, w->tmpl->field_count);
    for (size_t i = 0; i < n; i++)
        if (put_u64(w, values[i]) != NF9_OK)
            return w->error.at.code;
    return nf9_end_record(w);
}
