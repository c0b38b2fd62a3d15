/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_value.c: the value of a field as a row has it.
 */
#include "row_value.h"

/* As the codec prints it: a string, or in JSON a word that stands for itself. */
static void printed(nf9_row_out *out, const nf9_field *field, bool string)
{
    char small[256], *text = small;
    size_t n = nf9_field_print(field, small, sizeof small);

    if (n >= sizeof small) {
        text = (char *)g_malloc(n + 1);
        nf9_field_print(field, text, n + 1);
    }
    if (string)
        nf9_row_out_string(out, text, n);
    else
        nf9_row_out_octets(out, text, n);
    if (text != small)
        g_free(text);
}

static void hex(nf9_row_out *out, nf9_bytes octets)
{
    static const char digits[] = "0123456789abcdef";
    char *to = nf9_row_out_room(out, 2 * octets.len + 2);
    char *p = to;

    if (out->json)
        *p++ = '"';
    for (size_t i = 0; i < octets.len; i++) {
        *p++ = digits[octets.data[i] >> 4];
        *p++ = digits[octets.data[i] & 15];
    }
    if (out->json)
        *p++ = '"';
    out->len += (size_t)(p - to);
}

/* g_utf8_validate takes no NUL for text. */
static bool is_utf8(nf9_bytes text)
{
    const char *p = (const char *)text.data, *end = p + text.len;

    while (p < end && !g_utf8_validate(p, end - p, &p))
        if (p == end || *p++ != '\0')
            return false;
    return true;
}

/* A CSV row is one line, whatever the text has: the codec escapes control characters.  JSON has
 * escapes of its own. */
static void text_value(nf9_row_out *out, const nf9_field *field)
{
    nf9_bytes octets;

    if (out->json && nf9_field_text(field, &octets) == NF9_OK && is_utf8(octets))
        nf9_row_out_string(out, (const char *)octets.data, octets.len);
    else
        printed(out, field, true);
}

/* JSON has no infinity, and what is not a number is none. */
static void real(nf9_row_out *out, const nf9_field *field)
{
    double v = 0;

    nf9_field_f64(field, &v);
    printed(out, field, !(v - v >= 0));
}

static void ipv4(nf9_row_out *out, const nf9_field *field)
{
    uint8_t address[4];

    nf9_field_ipv4(field, address);
    if (out->json)
        nf9_row_out_char(out, '"');
    for (int i = 0; i < 4; i++) {
        if (i > 0)
            nf9_row_out_char(out, '.');
        nf9_row_out_u64(out, address[i]);
    }
    if (out->json)
        nf9_row_out_char(out, '"');
}

static void number(nf9_row_out *out, const nf9_field *field)
{
    uint64_t v = 0;

    nf9_field_u64(field, &v);
    nf9_row_out_u64(out, v);
}

void nf9_row_value(nf9_row_out *out, const nf9_field *field)
{
    nf9_time time;

    if (field->info == NULL || !nf9_field_fits(field) ||
        field->info->form == NF9_FORM_SYSTEM) {
        hex(out, field->bytes);
        return;
    }
    switch (field->info->kind) {
    case NF9_KIND_UINT:
        number(out, field);
        break;
    case NF9_KIND_IPV4:
        ipv4(out, field);
        break;
    case NF9_KIND_TEXT:
        text_value(out, field);
        break;
    case NF9_KIND_FLOAT:
        real(out, field);
        break;
    case NF9_KIND_INT:
    case NF9_KIND_BOOL:
        printed(out, field, false);
        break;
    case NF9_KIND_TIME_S:
    case NF9_KIND_TIME_MS:
    case NF9_KIND_TIME_US:
    case NF9_KIND_TIME_NS:
        if (nf9_field_time(field, &time) == NF9_OK)
            printed(out, field, true);
        else
            number(out, field);
        break;
    default:
        printed(out, field, true);
    }
}
