/* SPDX-License-Identifier: MIT
 *
 * text.c: text into a bounded buffer.
 */
#include "text.h"
#include <arpa/inet.h>
#include <sys/socket.h>

void nf9_put_char(nf9_text *t, char c)
{
    if (t->len < t->cap)
        t->buf[t->len] = c;
    t->len++;
}

void nf9_put_text(nf9_text *t, const char *text)
{
    while (*text != '\0')
        nf9_put_char(t, *text++);
}

void nf9_put_u64(nf9_text *t, uint64_t v)
{
    char digits[20];
    int n = 0;

    do
        digits[n++] = (char)('0' + v % 10);
    while ((v /= 10) != 0);
    while (n > 0)
        nf9_put_char(t, digits[--n]);
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

void nf9_put_address(nf9_text *t, const uint8_t *address, size_t len)
{
    char text[INET6_ADDRSTRLEN];

    if (inet_ntop(len == 4 ? AF_INET : AF_INET6, address, text, sizeof text) != NULL)
        nf9_put_text(t, text);
}

size_t nf9_put_end(nf9_text *t)
{
    if (t->cap > 0)
        t->buf[t->len < t->cap ? t->len : t->cap - 1] = '\0';
    return t->len;
}
