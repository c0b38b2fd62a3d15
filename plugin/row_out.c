/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_out.c: rows on their way into a file.
 */
#include "row_out.h"
#include <errno.h>

#define MUCH 65536

static void open_file(nf9_row_out *out)
{
    out->file = out->name != NULL ? fopen(out->name, "wb") : stdout;
    out->error = out->file == NULL ? errno : 0;
}

static void close_file(nf9_row_out *out)
{
    if (out->name != NULL && out->file != NULL)
        fclose(out->file);
    out->file = NULL;
}

/* Whether a file begins as captures do: pcap in both orders and units, or pcapng. */
static bool is_capture(const char *name)
{
    static const uint32_t magic[] = { 0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1, 0x0a0d0d0a };
    FILE *file = fopen(name, "rb");
    uint32_t first = 0;

    if (file == NULL)
        return false;
    if (fread(&first, sizeof first, 1, file) != 1)
        first = 0;
    fclose(file);
    for (size_t i = 0; i < G_N_ELEMENTS(magic); i++)
        if (first == magic[i])
            return true;
    return false;
}

bool nf9_row_out_open(nf9_row_out *out, const char *name, bool json)
{
    *out = (nf9_row_out){ .name = name, .json = json };
    if (name != NULL && is_capture(name)) {
        out->error = EEXIST;
        out->spared = true;
        return false;
    }
    open_file(out);
    return out->error == 0;
}

bool nf9_row_out_empty(nf9_row_out *out)
{
    out->len = 0;
    if (out->name == NULL)
        return true;
    close_file(out);
    open_file(out);
    return out->error == 0;
}

void nf9_row_out_close(nf9_row_out *out)
{
    close_file(out);
    g_free(out->text);
    out->text = NULL;
    out->len = out->cap = 0;
}

char *nf9_row_out_failure(const nf9_row_out *out)
{
    return g_strdup_printf("cannot write %s: %s",
                           out->name != NULL ? out->name : "standard output",
                           out->spared ? "it is a capture file" : g_strerror(out->error));
}

bool nf9_row_out_write(nf9_row_out *out)
{
    errno = 0;
    if (out->error == 0 &&
        ((out->len > 0 && fwrite(out->text, 1, out->len, out->file) != out->len) ||
         fflush(out->file) != 0))
        out->error = errno != 0 ? errno : EIO;
    out->len = 0;
    return out->error == 0;
}

bool nf9_row_out_row_end(nf9_row_out *out)
{
    return out->len < MUCH || nf9_row_out_write(out);
}

char *nf9_row_out_room(nf9_row_out *out, size_t n)
{
    if (out->cap - out->len < n) {
        out->cap = MAX(2 * MUCH, 2 * (out->len + n));
        out->text = (char *)g_realloc(out->text, out->cap);
    }
    return out->text + out->len;
}

void nf9_row_out_octets(nf9_row_out *out, const void *text, size_t n)
{
    if (n > 0)
        memcpy(nf9_row_out_room(out, n), text, n);
    out->len += n;
}

void nf9_row_out_char(nf9_row_out *out, char c)
{
    *nf9_row_out_room(out, 1) = c;
    out->len++;
}

void nf9_row_out_u64(nf9_row_out *out, uint64_t v)
{
    char digits[20];
    size_t n = sizeof digits;

    do
        digits[--n] = (char)('0' + v % 10);
    while ((v /= 10) != 0);
    nf9_row_out_octets(out, digits + n, sizeof digits - n);
}

static void json_string(nf9_row_out *out, const char *text, size_t n)
{
    nf9_row_out_char(out, '"');
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x20 || c == 0x7f) {
            out->len += (size_t)snprintf(nf9_row_out_room(out, 8), 8, "\\u%04x", c);
            continue;
        }
        if (c == '"' || c == '\\')
            nf9_row_out_char(out, '\\');
        nf9_row_out_char(out, (char)c);
    }
    nf9_row_out_char(out, '"');
}

static bool needs_quotes(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] == ',' || text[i] == '"' || text[i] == '\r' || text[i] == '\n')
            return true;
    return false;
}

static void csv_string(nf9_row_out *out, const char *text, size_t n)
{
    if (!needs_quotes(text, n)) {
        nf9_row_out_octets(out, text, n);
        return;
    }
    nf9_row_out_char(out, '"');
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '"')
            nf9_row_out_char(out, '"');
        nf9_row_out_char(out, text[i]);
    }
    nf9_row_out_char(out, '"');
}

void nf9_row_out_string(nf9_row_out *out, const char *text, size_t n)
{
    if (out->json)
        json_string(out, text, n);
    else
        csv_string(out, text, n);
}

static int decimals_of(uint32_t nanos, int least)
{
    int decimals = nanos % 1000000 == 0 ? 3 : nanos % 1000 == 0 ? 6 : 9;

    return nanos == 0 ? least : MAX(decimals, least);
}

void nf9_row_out_time(nf9_row_out *out, nf9_time time, int decimals)
{
    char text[48];
    size_t n = nf9_time_print(time, decimals_of(time.nanos, decimals), text, sizeof text);

    nf9_row_out_string(out, text, n);
}

void nf9_row_out_seconds(nf9_row_out *out, int64_t nanos)
{
    uint64_t n = nanos < 0 ? 0 - (uint64_t)nanos : (uint64_t)nanos;
    uint32_t fraction = (uint32_t)(n % 1000000000);
    int decimals = decimals_of(fraction, 3);
    char digits[10];

    if (nanos < 0)
        nf9_row_out_char(out, '-');
    nf9_row_out_u64(out, n / 1000000000);
    nf9_row_out_char(out, '.');
    snprintf(digits, sizeof digits, "%09u", fraction);
    nf9_row_out_octets(out, digits, (size_t)decimals);
}
