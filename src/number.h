/* SPDX-License-Identifier: MIT
 *
 * number.h: which kinds are numbers, and which of their bits. Private.
 */
#ifndef NF9_NUMBER_H
#define NF9_NUMBER_H

#include <nf9/field.h>

/* Unsigned, in 1 to 8 octets. */
static inline bool nf9_is_number(unsigned kind)
{
    switch (kind) {
    case NF9_KIND_UINT:
    case NF9_KIND_BOOL:
    case NF9_KIND_TIME_S:
    case NF9_KIND_TIME_MS:
    case NF9_KIND_TIME_US:
    case NF9_KIND_TIME_NS:
        return true;
    default:
        return false;
    }
}

/* Seconds from 1900, where NTP begins, to 1970. */
#define NF9_NTP_TO_UNIX 2208988800u

static inline bool nf9_is_time(unsigned kind)
{
    return kind >= NF9_KIND_TIME_S && kind <= NF9_KIND_TIME_NS;
}

/* The least octets from which such a number is a point in time. */
static inline size_t nf9_time_octets(unsigned kind)
{
    return kind == NF9_KIND_TIME_S ? 1 : kind == NF9_KIND_TIME_MS ? 5 : 8;
}

/* What is part of the number. */
static inline uint64_t nf9_number_mask(unsigned form)
{
    switch (form) {
    case NF9_FORM_TCP_FLAGS:
        return 0x0fff;
    case NF9_FORM_FLOW_LABEL:
        return 0xfffff;
    case NF9_FORM_FORWARDING:
        return 0xff;
    default:
        return UINT64_MAX;
    }
}

/* A number of `length` octets (1 to 8) extended by its sign. */
static inline uint64_t nf9_sign_extend(uint64_t v, size_t length)
{
    if (length < 8 && (v >> (8 * length - 1) & 1) != 0)
        v |= UINT64_MAX << (8 * length);
    return v;
}

#endif
