/* SPDX-License-Identifier: MIT
 *
 * value.c: the value of a field, by kind and length.
 */
#include "be.h"
#include "number.h"
#include <nf9/value.h>
#include <string.h>

static const uint8_t ipv4_mapped[12] = { [10] = 0xff, [11] = 0xff };

bool nf9_field_fits(const nf9_field *field)
{
    nf9_bytes b = field->bytes;

    if (field->info == NULL || nf9_length_fits(field->info, b.len))
        return true;
    return field->info->kind == NF9_KIND_IPV4 && b.len == 16 &&
           memcmp(b.data, ipv4_mapped, sizeof ipv4_mapped) == 0;
}

static nf9_status of_kind(const nf9_field *field, nf9_kind kind)
{
    if (field->info == NULL || field->info->kind != kind)
        return NF9_ERR_KIND;
    return nf9_field_fits(field) ? NF9_OK : NF9_ERR_WIDTH;
}

nf9_status nf9_field_u64(const nf9_field *field, uint64_t *out)
{
    if (field->info == NULL || !nf9_is_number(field->info->kind))
        return NF9_ERR_KIND;
    if (!nf9_field_fits(field))
        return NF9_ERR_WIDTH;
    *out = nf9_octets_u64(field->bytes.data, field->bytes.len) &
           nf9_number_mask(field->info->form);
    return NF9_OK;
}

bool nf9_number_init(nf9_number *number, const nf9_template *tmpl, size_t column)
{
    const nf9_field_info *info;
    nf9_column c;

    number->length = 0;
    if (column >= tmpl->field_count)
        return false;
    c = nf9_template_columns(tmpl)[column];
    info = nf9_column_info(tmpl, column);
    if (c.offset == NF9_OFFSET_VARIES || info == NULL || !nf9_is_number(info->kind) ||
        !nf9_length_fits(info, c.length))
        return false;
    *number = (nf9_number){ nf9_number_mask(info->form), c.offset, c.length };
    return true;
}

nf9_status nf9_field_i64(const nf9_field *field, int64_t *out)
{
    nf9_status st = of_kind(field, NF9_KIND_INT);

    if (st == NF9_OK) {
        nf9_bytes b = field->bytes;
        uint64_t v = nf9_sign_extend(nf9_octets_u64(b.data, b.len), b.len);
        memcpy(out, &v, sizeof v); /* two's complement, as on the wire */
    }
    return st;
}

nf9_status nf9_field_f64(const nf9_field *field, double *out)
{
    size_t len = field->bytes.len;
    nf9_status st = of_kind(field, NF9_KIND_FLOAT);

    if (st == NF9_OK && len == 4) {
        uint32_t v = nf9_be32(field->bytes.data);
        float f;
        memcpy(&f, &v, sizeof f);
        *out = (double)f;
    } else if (st == NF9_OK) {
        uint64_t v = nf9_octets_u64(field->bytes.data, 8);
        memcpy(out, &v, sizeof v);
    }
    return st;
}

nf9_status nf9_field_bool(const nf9_field *field, bool *out)
{
    nf9_status st = of_kind(field, NF9_KIND_BOOL);

    if (st == NF9_OK)
        *out = field->bytes.data[0] == 1;
    return st;
}

nf9_status nf9_field_ipv4(const nf9_field *field, uint8_t out[4])
{
    nf9_status st = of_kind(field, NF9_KIND_IPV4);

    if (st == NF9_OK)
        memcpy(out, field->bytes.data + (field->bytes.len - 4), 4);
    return st;
}

nf9_status nf9_field_ipv6(const nf9_field *field, uint8_t out[16])
{
    nf9_status st = of_kind(field, NF9_KIND_IPV6);

    if (st == NF9_OK)
        memcpy(out, field->bytes.data, 16);
    return st;
}

nf9_status nf9_field_mac(const nf9_field *field, uint8_t out[6])
{
    nf9_status st = of_kind(field, NF9_KIND_MAC);

    if (st == NF9_OK)
        memcpy(out, field->bytes.data, 6);
    return st;
}

nf9_status nf9_field_text(const nf9_field *field, nf9_bytes *out)
{
    nf9_status st = of_kind(field, NF9_KIND_TEXT);

    if (st == NF9_OK)
        *out = nf9_bytes_trim(field->bytes);
    return st;
}

static nf9_time since_1970(uint64_t count, uint32_t per_second)
{
    uint32_t to_nanos = 1000000000u / per_second;
    return (nf9_time){ (int64_t)(count / per_second), (uint32_t)(count % per_second) * to_nanos };
}

static nf9_time ntp(uint64_t v)
{
    uint64_t nanos = (v & 0xffffffffu) * 1000000000u >> 32;
    return (nf9_time){ (int64_t)(v >> 32) - (int64_t)NF9_NTP_TO_UNIX, (uint32_t)nanos };
}

nf9_status nf9_field_time(const nf9_field *field, nf9_time *out)
{
    size_t len = field->bytes.len;
    uint64_t v;

    if (field->info == NULL || !nf9_is_time(field->info->kind))
        return NF9_ERR_KIND;
    if (len < nf9_time_octets(field->info->kind) || len > 8)
        return NF9_ERR_WIDTH;
    v = nf9_octets_u64(field->bytes.data, len);
    if (field->info->kind == NF9_KIND_TIME_S) {
        if (v > INT64_MAX)
            return NF9_ERR_WIDTH;
        *out = since_1970(v, 1);
    } else if (field->info->kind == NF9_KIND_TIME_MS) {
        *out = since_1970(v, 1000);
    } else if (v >> 63 != 0) {
        *out = ntp(v);
    } else {
        *out = since_1970(v, field->info->kind == NF9_KIND_TIME_US ? 1000000u : 1000000000u);
    }
    return NF9_OK;
}
