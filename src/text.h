/* SPDX-License-Identifier: MIT
 *
 * text.h: text into a bounded buffer that counts what would not fit, as snprintf does. Private.
 */
#ifndef NF9_TEXT_H
#define NF9_TEXT_H

#include <nf9/value.h>

typedef struct nf9_text {
    char *buf;
    size_t cap;
    size_t len; /* of the whole text, without the NUL */
} nf9_text;

static inline void nf9_text_char(nf9_text *t, char c)
{
    if (t->len < t->cap)
        t->buf[t->len] = c;
    t->len++;
}

void nf9_text_add(nf9_text *t, const char *text);
void nf9_text_u64(nf9_text *t, uint64_t v);
void nf9_text_hex(nf9_text *t, uint64_t v, int digits); /* at least that many digits, no 0x */
void nf9_text_octets(nf9_text *t, nf9_bytes octets);    /* hex, no separators */
void nf9_text_address(nf9_text *t, const uint8_t *address, size_t len); /* 4 or 16 octets */
void nf9_text_type(nf9_text *t, bool scope, uint16_t type); /* "IN_BYTES", "scope type 9" */
void nf9_text_field(nf9_text *t, const nf9_field *field);
size_t nf9_text_end(nf9_text *t); /* ends it by a NUL; the length of the whole text */

#endif
