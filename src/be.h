/* SPDX-License-Identifier: MIT
 *
 * be.h: big-endian numbers, octet by octet: no alignment, no aliasing. Private.
 */
#ifndef NF9_BE_H
#define NF9_BE_H

#include <stddef.h>
#include <nf9/base.h>

static inline uint16_t nf9_be16(const uint8_t *p)
{
    return (uint16_t)((unsigned)p[0] << 8 | p[1]);
}

static inline uint32_t nf9_be32(const uint8_t *p)
{
    return nf9_octets_u32(p);
}

/* One load and one swap, as compilers see it. */
static inline uint64_t nf9_be64(const uint8_t *p)
{
    return (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 |
           (uint64_t)p[3] << 32 | (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 |
           (uint64_t)p[6] << 8 | p[7];
}

/* The last n octets of a number, up to 8. */
static inline void nf9_be_write(uint8_t *p, uint64_t v, size_t n)
{
    if (n == 4) { /* the usual one, which a compiler makes one step of */
        p[0] = (uint8_t)(v >> 24);
        p[1] = (uint8_t)(v >> 16);
        p[2] = (uint8_t)(v >> 8);
        p[3] = (uint8_t)v;
        return;
    }
    for (size_t i = n; i > 0; i--, v >>= 8)
        p[i - 1] = (uint8_t)v;
}

#endif
