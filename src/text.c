/* SPDX-License-Identifier: MIT
 *
 * text.c: text into a bounded buffer.
 */
#include "text.h"
#include "be.h"
#include <string.h>

static void put_chars(nf9_text *t, const char *chars, size_t n)
{
    size_t room = t->len < t->cap ? t->cap - t->len : 0;

    if (room > 0)
        memcpy(t->buf + t->len, chars, n < room ? n : room);
    t->len += n;
}

void nf9_text_add(nf9_text *t, const char *text)
{
    put_chars(t, text, strlen(text));
}

void nf9_text_u64(nf9_text *t, uint64_t v)
{
    char digits[20];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + v % 10);
    while ((v /= 10) != 0);
    put_chars(t, digits + at, sizeof digits - at);
}

void nf9_text_hex(nf9_text *t, uint64_t v, int digits)
{
    char hex[16];
    size_t at = sizeof hex, most = sizeof hex - (size_t)(digits < 16 ? digits : 16);

    do
        hex[--at] = "0123456789abcdef"[v & 15];
    while ((v >>= 4) != 0 || at > most);
    put_chars(t, hex + at, sizeof hex - at);
}

void nf9_text_octets(nf9_text *t, nf9_bytes octets)
{
    for (size_t i = 0; i < octets.len; i++)
        nf9_text_hex(t, octets.data[i], 2);
}

/* inet_ntop prints as well, but takes many times as long: most of the flow text's time. */
static void put_ipv4(nf9_text *t, const uint8_t *address)
{
    for (size_t i = 0; i < 4; i++) {
        if (i > 0)
            nf9_text_char(t, '.');
        nf9_text_u64(t, address[i]);
    }
}

/* The longest run of two zero words or more, the first of several; its length. */
static size_t longest_run(const uint16_t word[8], size_t *first)
{
    size_t longest = 1;

    *first = 8;
    for (size_t i = 0, run = 0; i < 8; i++) {
        run = word[i] == 0 ? run + 1 : 0;
        if (run > longest) {
            longest = run;
            *first = i + 1 - run;
        }
    }
    return longest;
}

/* RFC 5952, with the last two words as an IPv4 address where they are one (section 5). */
static void put_ipv6(nf9_text *t, const uint8_t *address)
{
    uint16_t word[8];
    size_t first, run;

    for (size_t i = 0; i < 8; i++)
        word[i] = nf9_be16(address + 2 * i);
    run = longest_run(word, &first);
    for (size_t i = 0; i < 8; i++) {
        if (i == first) {
            nf9_text_add(t, "::");
            i += run - 1;
            continue;
        }
        if (i > 0 && i != first + run)
            nf9_text_char(t, ':');
        if (i == 6 && first == 0 && (run == 6 || (run == 5 && word[5] == 0xffff))) {
            put_ipv4(t, address + 12);
            return;
        }
        nf9_text_hex(t, word[i], 1);
    }
}

void nf9_text_address(nf9_text *t, const uint8_t *address, size_t len)
{
    if (len == 4)
        put_ipv4(t, address);
    else
        put_ipv6(t, address);
}

void nf9_text_type(nf9_text *t, bool scope, uint16_t type)
{
    const nf9_field_info *info = nf9_type_info(type, scope);

    nf9_text_add(t, scope ? "scope " : "");
    if (info != NULL) {
        nf9_text_add(t, info->name);
    } else {
        nf9_text_add(t, "type ");
        nf9_text_u64(t, type);
    }
}

size_t nf9_text_end(nf9_text *t)
{
    if (t->cap > 0)
        t->buf[t->len < t->cap ? t->len : t->cap - 1] = '\0';
    return t->len;
}
