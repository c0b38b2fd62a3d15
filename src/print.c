/* SPDX-License-Identifier: MIT
 *
 * print.c: values as a person reads them.
 */
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The civil date of a day counted from 1970-01-01 (proleptic Gregorian, years from 0). */
static void date_of(int64_t day, unsigned *y, unsigned *m, unsigned *d)
{
    /* counted from March 1st, in eras of 400 years, so that leap days end a year; one era more,
     * so that January and February of year 0 are not before the first */
    uint64_t z = (uint64_t)(day + 719468 + 146097);
    unsigned era_day = (unsigned)(z % 146097);
    unsigned year = (era_day - era_day / 1460 + era_day / 36524 - era_day / 146096) / 365;
    unsigned year_day = era_day - (365 * year + year / 4 - year / 100);
    unsigned month = (5 * year_day + 2) / 153; /* March is 0 */

    *d = year_day - (153 * month + 2) / 5 + 1;
    *m = month < 10 ? month + 3 : month - 9;
    *y = year + (unsigned)(z / 146097) * 400 - 400 + (*m <= 2);
}

static void put_padded(nf9_text *t, uint64_t v, int digits)
{
    uint64_t least = 1;

    while (--digits > 0)
        least *= 10;
    for (; least > 1 && v < least; least /= 10)
        nf9_text_char(t, '0');
    nf9_text_u64(t, v);
}

static void put_time(nf9_text *t, nf9_time time, int decimals)
{
    const int64_t last = 253402300799; /* 9999-12-31T23:59:59 */
    const int64_t first = -62167219200; /* 0000-01-01 */
    uint32_t fraction = time.nanos;

    if (time.secs < first) { /* the fraction counts upwards from the seconds */
        nf9_text_char(t, '-');
        nf9_text_u64(t, 0 - (uint64_t)time.secs - (fraction > 0));
        fraction = fraction > 0 ? 1000000000 - fraction : 0;
    } else if (time.secs > last) {
        nf9_text_u64(t, (uint64_t)time.secs);
    } else {
        int64_t day = time.secs / 86400 - (time.secs % 86400 < 0);
        unsigned s = (unsigned)(time.secs - day * 86400), y, m, d;
        date_of(day, &y, &m, &d);
        put_padded(t, y, 4);
        nf9_text_char(t, '-');
        put_padded(t, m, 2);
        nf9_text_char(t, '-');
        put_padded(t, d, 2);
        nf9_text_char(t, 'T');
        put_padded(t, s / 3600, 2);
        nf9_text_char(t, ':');
        put_padded(t, s / 60 % 60, 2);
        nf9_text_char(t, ':');
        put_padded(t, s % 60, 2);
    }
    if (decimals > 0) {
        for (int i = decimals; i < 9; i++)
            fraction /= 10;
        nf9_text_char(t, '.');
        put_padded(t, fraction, decimals);
    }
    nf9_text_char(t, 'Z');
}

size_t nf9_time_print(nf9_time time, int decimals, char *buf, size_t cap)
{
    nf9_text t = { buf, cap, 0 };

    put_time(&t, time, decimals);
    return nf9_text_end(&t);
}

/* The length of the UTF-8 character at p, 0 where there is none (RFC 3629). */
static size_t utf8(const uint8_t *p, size_t left)
{
    size_t n = p[0] < 0x80   ? 1
               : p[0] < 0xc2 ? 0
               : p[0] < 0xe0 ? 2
               : p[0] < 0xf0 ? 3
               : p[0] < 0xf5 ? 4
                             : 0;
    if (n == 0 || n > left)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
        (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
        return 0; /* too long a form, a surrogate, beyond U+10FFFF */
    return n;
}

static bool is_utf8(nf9_bytes b)
{
    size_t n;

    for (size_t i = 0; i < b.len; i += n)
        if ((n = utf8(b.data + i, b.len - i)) == 0)
            return false;
    return true;
}

static void put_string(nf9_text *t, nf9_bytes b)
{
    if (!is_utf8(b)) {
        nf9_text_add(t, "0x");
        nf9_text_octets(t, b);
        return;
    }
    for (size_t i = 0; i < b.len; i++) {
        if (b.data[i] == 0xc2 && b.data[i + 1] < 0xa0)
            i++; /* U+0080 to U+009F, which terminals obey too */
        else if (b.data[i] >= 0x20 && b.data[i] != 0x7f) {
            nf9_text_char(t, (char)b.data[i]);
            continue;
        }
        nf9_text_add(t, "\\x");
        nf9_text_hex(t, b.data[i], 2);
    }
}

/* The labels of the bits that are set, by the enumeration of masks. */
static void put_flags(nf9_text *t, nf9_enum enumeration, uint64_t v)
{
    size_t n, shown = 0;
    const nf9_enum_value *mask = nf9_enum_values(enumeration, &n);

    for (size_t i = 0; i < n; i++) {
        uint64_t low = mask[i].value & (0 - mask[i].value);
        if ((v & mask[i].value) == 0)
            continue;
        nf9_text_add(t, shown++ == 0 ? " (" : " ");
        nf9_text_add(t, mask[i].label);
        if (low != mask[i].value) { /* more than one bit: a number */
            nf9_text_char(t, ' ');
            nf9_text_u64(t, (v & mask[i].value) / low);
        }
    }
    if (shown > 0)
        nf9_text_char(t, ')');
}

static void put_icmp(nf9_text *t, nf9_enum enumeration, uint64_t v)
{
    const char *label = nf9_enum_label(enumeration, v);

    nf9_text_u64(t, v >> 8);
    nf9_text_char(t, '/');
    nf9_text_u64(t, v & 255);
    if (label != NULL) {
        nf9_text_add(t, " (");
        nf9_text_add(t, label);
        nf9_text_char(t, ')');
    }
}

static void put_number(nf9_text *t, const nf9_field *field, uint64_t v)
{
    nf9_enum enumeration = (nf9_enum)field->info->enumeration;
    const char *label;

    switch (field->info->form) {
    case NF9_FORM_ENUM:
    case NF9_FORM_FORWARDING:
        label = nf9_enum_label(enumeration, v);
        if (label != NULL) {
            nf9_text_add(t, label);
            nf9_text_add(t, " (");
        }
        nf9_text_u64(t, v);
        if (label != NULL)
            nf9_text_char(t, ')');
        break;
    case NF9_FORM_FLAGS:
    case NF9_FORM_TCP_FLAGS:
    case NF9_FORM_FRAGMENT:
    case NF9_FORM_MULTICAST:
    case NF9_FORM_ANONYMIZATION:
        nf9_text_add(t, "0x");
        nf9_text_hex(t, v, 2);
        put_flags(t, enumeration, v);
        break;
    case NF9_FORM_ICMP:
        put_icmp(t, enumeration, v);
        break;
    case NF9_FORM_HEX:
        nf9_text_add(t, "0x");
        nf9_text_hex(t, v, (int)(2 * field->bytes.len));
        break;
    case NF9_FORM_FLOW_LABEL:
        nf9_text_add(t, "0x");
        nf9_text_hex(t, v, 5);
        break;
    default:
        nf9_text_u64(t, v);
    }
}

/* As few digits as give the value back. */
static void put_float(nf9_text *t, double v, bool is_double)
{
    char text[32];
    int digits = is_double ? 15 : 6, most = is_double ? 17 : 9, n;

    do {
        n = snprintf(text, sizeof text, "%.*g", digits, v);
        double back = is_double ? strtod(text, NULL) : (double)strtof(text, NULL);
        if (!(back < v) && !(back > v))
            break;
    } while (++digits <= most);

    for (int i = 0; i < n; i++) /* whatever the locale's decimal point is */
        nf9_text_char(t, strchr("0123456789+-einfa", text[i]) != NULL ? text[i] : '.');
}

static void put_mac(nf9_text *t, const uint8_t *mac)
{
    for (int i = 0; i < 6; i++) {
        if (i > 0)
            nf9_text_char(t, ':');
        nf9_text_hex(t, mac[i], 2);
    }
}

/* Octets with a form of their own; false where they are to be shown as hex. */
static bool put_packed(nf9_text *t, const nf9_field *field)
{
    nf9_part_value part[NF9_PARTS_MAX];
    size_t n = nf9_field_parts(field, part);

    switch (field->info->form) {
    case NF9_FORM_MPLS:
        if (n != 3)
            return false;
        nf9_text_u64(t, part[0].value);
        nf9_text_add(t, " exp ");
        nf9_text_u64(t, part[1].value);
        nf9_text_add(t, part[2].value != 0 ? " bottom" : "");
        return true;
    case NF9_FORM_APPLICATION:
        if (n < 2)
            return false;
        for (size_t i = 0; i < n; i++) {
            nf9_text_add(t, i == 0 ? "" : ":");
            nf9_text_u64(t, part[i].value);
        }
        return true;
    case NF9_FORM_RD:
        if (n != 3)
            return false;
        if (part[0].value == 1)
            nf9_text_address(t, field->bytes.data + 2, 4);
        else
            nf9_text_u64(t, part[1].value);
        nf9_text_char(t, ':');
        nf9_text_u64(t, part[2].value);
        return true;
    case NF9_FORM_ACL:
        for (size_t i = 0; i < n; i++) {
            nf9_text_add(t, i == 0 ? "0x" : " 0x");
            nf9_text_hex(t, part[i].value, 8);
        }
        return n == 3;
    case NF9_FORM_SYSTEM:
        if (field->bytes.len != 4)
            return false;
        nf9_text_octets(t, field->bytes);
        nf9_text_add(t, " (");
        nf9_text_address(t, field->bytes.data, 4);
        nf9_text_char(t, ')');
        return true;
    default:
        return false;
    }
}

static void put_bool(nf9_text *t, uint64_t v)
{
    if (v == 1 || v == 2)
        nf9_text_add(t, v == 1 ? "true" : "false");
    else
        nf9_text_u64(t, v);
}

static void put_signed(nf9_text *t, int64_t v)
{
    nf9_text_add(t, v < 0 ? "-" : "");
    nf9_text_u64(t, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}

/* A number, or a time of so many octets as make a point in time. */
static void put_unsigned(nf9_text *t, const nf9_field *field)
{
    unsigned kind = field->info->kind;
    nf9_time time;
    uint64_t v = 0;

    nf9_field_u64(field, &v);
    if (kind == NF9_KIND_BOOL)
        put_bool(t, v);
    else if (kind >= NF9_KIND_TIME_S && nf9_field_time(field, &time) == NF9_OK)
        put_time(t, time, 3 * (int)(kind - NF9_KIND_TIME_S));
    else
        put_number(t, field, v);
}

/* A value of a known type whose length fits. */
static void put_known(nf9_text *t, const nf9_field *field)
{
    uint8_t address[4];
    int64_t i = 0;
    double f = 0;

    switch (field->info->kind) {
    case NF9_KIND_OCTETS:
        if (!put_packed(t, field))
            nf9_text_octets(t, field->bytes);
        break;
    case NF9_KIND_TEXT:
        put_string(t, nf9_bytes_trim(field->bytes));
        break;
    case NF9_KIND_IPV4:
        nf9_field_ipv4(field, address);
        nf9_text_address(t, address, 4);
        break;
    case NF9_KIND_IPV6:
        nf9_text_address(t, field->bytes.data, 16);
        break;
    case NF9_KIND_MAC:
        put_mac(t, field->bytes.data);
        break;
    case NF9_KIND_FLOAT:
        nf9_field_f64(field, &f);
        put_float(t, f, field->bytes.len == 8);
        break;
    case NF9_KIND_INT:
        nf9_field_i64(field, &i);
        put_signed(t, i);
        break;
    default:
        put_unsigned(t, field);
    }
}

void nf9_text_field(nf9_text *t, const nf9_field *field)
{
    if (field->info == NULL || !nf9_field_fits(field))
        nf9_text_octets(t, field->bytes);
    else
        put_known(t, field);
}

size_t nf9_field_print(const nf9_field *field, char *buf, size_t cap)
{
    nf9_text t = { buf, cap, 0 };

    nf9_text_field(&t, field);
    return nf9_text_end(&t);
}
