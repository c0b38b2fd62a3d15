/* SPDX-License-Identifier: MIT
 *
 * packet_value.c: fields to values and back.  A field is a value of its kind only where that, put
 * again, gives the same octets; so it is tried.
 */
#include "number.h"
#include "writer.h"
#include <nf9/packet.h>
#include <string.h>

static nf9_value value_of(uint32_t field, nf9_kind kind)
{
    nf9_value v;

    memset(&v, 0, sizeof v);
    v.field = field;
    v.kind = kind;
    return v;
}

nf9_value nf9_value_uint(uint32_t field, uint64_t value)
{
    nf9_value v = value_of(field, NF9_KIND_UINT);
    v.u64 = value;
    return v;
}

nf9_value nf9_value_int(uint32_t field, int64_t value)
{
    nf9_value v = value_of(field, NF9_KIND_INT);
    v.i64 = value;
    return v;
}

nf9_value nf9_value_float(uint32_t field, double value)
{
    nf9_value v = value_of(field, NF9_KIND_FLOAT);
    v.f64 = value;
    return v;
}

nf9_value nf9_value_bool(uint32_t field, bool value)
{
    nf9_value v = value_of(field, NF9_KIND_BOOL);
    v.truth = value;
    return v;
}

nf9_value nf9_value_ipv4(uint32_t field, const uint8_t address[4])
{
    nf9_value v = value_of(field, NF9_KIND_IPV4);
    memcpy(v.ipv4, address, sizeof v.ipv4);
    return v;
}

nf9_value nf9_value_ipv6(uint32_t field, const uint8_t address[16])
{
    nf9_value v = value_of(field, NF9_KIND_IPV6);
    memcpy(v.ipv6, address, sizeof v.ipv6);
    return v;
}

nf9_value nf9_value_mac(uint32_t field, const uint8_t address[6])
{
    nf9_value v = value_of(field, NF9_KIND_MAC);
    memcpy(v.mac, address, sizeof v.mac);
    return v;
}

nf9_value nf9_value_text(uint32_t field, const char *text)
{
    nf9_value v = value_of(field, NF9_KIND_TEXT);
    const void *data = text;
    v.bytes = (nf9_bytes){ data, strlen(text) };
    return v;
}

nf9_value nf9_value_octets(uint32_t field, const void *data, size_t len)
{
    nf9_value v = value_of(field, NF9_KIND_OCTETS);
    v.bytes = (nf9_bytes){ data, len };
    return v;
}

nf9_value nf9_value_time(uint32_t field, nf9_time time)
{
    nf9_value v = value_of(field, NF9_KIND_TIME_NS);
    const nf9_field_info *info = nf9_value_info(&v);
    if (info != NULL && nf9_is_time(info->kind))
        v.kind = (nf9_kind)info->kind;
    v.time = time;
    return v;
}

const nf9_field_info *nf9_value_info(const nf9_value *value)
{
    return nf9_type_info((uint16_t)value->field, value->field >= NF9_AS_SCOPE(0u));
}

/* Whether the next column holds 64-bit NTP times, whatever the value's own kind is. */
static bool is_ntp_next(const nf9_writer *w)
{
    const nf9_field_info *info = w->tmpl != NULL && w->column < w->tmpl->field_count
                                     ? nf9_column_info(w->tmpl, w->column)
                                     : NULL;
    return info != NULL && info->kind >= NF9_KIND_TIME_US && info->kind <= NF9_KIND_TIME_NS;
}

static nf9_status put_time(nf9_writer *w, const nf9_value *v)
{
    bool ntp = is_ntp_next(w);
    nf9_status st = nf9_put_time(w, v->field, v->time);

    /* the same nanoseconds, as nf9_field_time rounds them: the fraction as it was exported */
    if (st == NF9_OK && ntp && v->kind >= NF9_KIND_TIME_US &&
        (uint64_t)v->fraction * 1000000000u >> 32 == v->time.nanos)
        nf9_writer_patch(w, v->fraction, 4);
    return st;
}

nf9_status nf9_put_value(nf9_writer *w, const nf9_value *v)
{
    switch (v->kind) {
    case NF9_KIND_UINT: return nf9_put_uint(w, v->field, v->u64);
    case NF9_KIND_INT: return nf9_put_int(w, v->field, v->i64);
    case NF9_KIND_FLOAT: return nf9_put_float(w, v->field, v->f64);
    case NF9_KIND_BOOL: return nf9_put_bool(w, v->field, v->truth);
    case NF9_KIND_IPV4: return nf9_put_ipv4(w, v->field, v->ipv4);
    case NF9_KIND_IPV6: return nf9_put_ipv6(w, v->field, v->ipv6);
    case NF9_KIND_MAC: return nf9_put_mac(w, v->field, v->mac);
    case NF9_KIND_TIME_S:
    case NF9_KIND_TIME_MS:
    case NF9_KIND_TIME_US:
    case NF9_KIND_TIME_NS: return put_time(w, v);
    case NF9_KIND_TEXT:
        return v->long_length ? nf9_put_long_text(w, v->field, v->bytes)
                              : nf9_put_text_bytes(w, v->field, v->bytes);
    case NF9_KIND_OCTETS:
        return v->long_length ? nf9_put_long_octets(w, v->field, v->bytes)
                              : nf9_put_octets(w, v->field, v->bytes.data, v->bytes.len);
    default: return nf9_writer_blame(w, v->field, NF9_ERR_KIND, 0, 0);
    }
}

nf9_status nf9_put_values(nf9_writer *w, const nf9_value *values, size_t n)
{
    nf9_begin_record(w);
    for (size_t i = 0; i < n && nf9_writer_error(w)->at.code == NF9_OK; i++)
        nf9_put_value(w, &values[i]);
    return nf9_end_record(w);
}

/* A field and how it stands in its record. */
typedef struct wire {
    const nf9_template *tmpl;
    const nf9_field *field;
    size_t head; /* octets before the value that say how long it is */
} wire;

/* Whether the value, put again, gives the octets of the field. */
static bool says_all(const wire *f, const nf9_value *v)
{
    nf9_bytes b = { f->field->bytes.data - f->head, f->head + f->field->bytes.len };
    uint8_t room[NF9_VALUE_ROOM];
    nf9_writer w;

    nf9_writer_init_record_at(&w, f->tmpl, f->field->column, room, sizeof room);
    return nf9_put_value(&w, v) == NF9_OK && nf9_writer_length(&w) == b.len &&
           memcmp(room, b.data, b.len) == 0;
}

/* The value by the kind of its type; false where there is none. */
static bool by_kind(const nf9_field *f, nf9_value *v)
{
    uint64_t number;

    v->kind = (nf9_kind)f->info->kind;
    switch (f->info->kind) {
    case NF9_KIND_UINT: return nf9_field_u64(f, &v->u64) == NF9_OK;
    case NF9_KIND_INT: return nf9_field_i64(f, &v->i64) == NF9_OK;
    case NF9_KIND_FLOAT: return nf9_field_f64(f, &v->f64) == NF9_OK;
    case NF9_KIND_BOOL: return nf9_field_bool(f, &v->truth) == NF9_OK;
    case NF9_KIND_IPV4: return nf9_field_ipv4(f, v->ipv4) == NF9_OK;
    case NF9_KIND_IPV6: return nf9_field_ipv6(f, v->ipv6) == NF9_OK;
    case NF9_KIND_MAC: return nf9_field_mac(f, v->mac) == NF9_OK;
    default:
        if (!nf9_is_time(f->info->kind) || nf9_field_time(f, &v->time) != NF9_OK ||
            nf9_field_u64(f, &number) != NF9_OK)
            return false;
        v->fraction = v->kind >= NF9_KIND_TIME_US ? (uint32_t)number : 0;
        return true;
    }
}

/* Text without a NUL inside; of variable length none at its end either. */
static bool read_text(const wire *f, nf9_value *v)
{
    bool varies = nf9_template_columns(f->tmpl)[f->field->column].length == NF9_VARIABLE_LENGTH;

    v->kind = NF9_KIND_TEXT;
    return nf9_field_text(f->field, &v->bytes) == NF9_OK &&
           (v->bytes.len == 0 || memchr(v->bytes.data, 0, v->bytes.len) == NULL) &&
           (!varies || v->bytes.len == f->field->bytes.len);
}

static nf9_value read_value(const wire *f)
{
    const nf9_field *field = f->field;
    uint32_t name = nf9_column_name(f->tmpl, field->column);
    nf9_value v = value_of(name, NF9_KIND_OCTETS);
    bool read = false;

    if (field->info != NULL && field->info->kind == NF9_KIND_TEXT)
        read = read_text(f, &v);
    else if (field->info != NULL && field->info->kind != NF9_KIND_OCTETS)
        read = by_kind(field, &v) && says_all(f, &v);
    if (!read && (v.kind == NF9_KIND_BOOL || nf9_is_time(v.kind))) {
        v = value_of(name, NF9_KIND_UINT);
        read = nf9_field_u64(field, &v.u64) == NF9_OK && says_all(f, &v);
    }
    if (!read) {
        v = value_of(name, NF9_KIND_OCTETS);
        v.bytes = field->bytes;
    }
    v.long_length = f->head == 3 && field->bytes.len < 255;
    return v;
}

nf9_status nf9_record_values(const nf9_record *record, nf9_value *out, size_t n)
{
    const nf9_column *columns = nf9_template_columns(record->tmpl);
    nf9_field_iter it;
    nf9_field field;
    nf9_status st;

    if (n < record->tmpl->field_count)
        return NF9_ERR_SPACE;
    nf9_fields_open(&it, record);
    for (size_t at = 0; (st = nf9_field_next(&it, &field)) == NF9_OK; at = it.pos) {
        bool varies = columns[field.column].length == NF9_VARIABLE_LENGTH;
        wire f = { record->tmpl, &field, varies ? it.pos - at - field.bytes.len : 0 };
        out[field.column] = read_value(&f);
    }
    return st == NF9_END ? NF9_OK : st;
}
