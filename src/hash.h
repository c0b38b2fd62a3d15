/* SPDX-License-Identifier: MIT
 *
 * hash.h: the place of a key in a hash table. Private.
 */
#ifndef NF9_HASH_H
#define NF9_HASH_H

#include <stddef.h>
#include <stdint.h>

/* Mixes all bits (the finalizer of MurmurHash3, by Austin Appleby, in the public domain). */
static inline size_t nf9_hash(uint64_t x)
{
    x = (x ^ x >> 33) * UINT64_C(0xff51afd7ed558ccd);
    x = (x ^ x >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return (size_t)(x ^ x >> 33);
}

/* What a sender of packets cannot know: keys that all hash alike by chance of another's are not
 * alike by this one's.  Where memory lies, which systems choose anew for each process. */
static inline uint64_t nf9_hash_seed(const void *memory)
{
    return nf9_hash((uint64_t)(uintptr_t)memory);
}

#endif
