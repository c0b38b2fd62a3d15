/* SPDX-License-Identifier: MIT
 *
 * input.h: the input of the fuzz targets that take packets (decode_seeds.py writes it): before
 * each packet two octets, two bits of which conversation and 14 of how long.
 */
#ifndef NF9_FUZZ_INPUT_H
#define NF9_FUZZ_INPUT_H

#include <nf9/cache.h>

typedef struct fuzz_input {
    const uint8_t *data;
    size_t size;
    uint64_t number; /* of the packet, from 1 */
    nf9_source source;
    nf9_bytes packet;
} fuzz_input;

/* The next packet, as far as it is there; false at the end. */
static inline bool fuzz_next(fuzz_input *in)
{
    size_t length;

    if (in->size < 2)
        return false;
    in->source = (nf9_source){ .conversation = in->data[0] >> 6, .exporter = 1 };
    length = (size_t)(in->data[0] & 0x3f) << 8 | in->data[1];
    in->data += 2;
    in->size -= 2;
    if (length > in->size)
        length = in->size;
    in->packet = (nf9_bytes){ in->data, length };
    in->number++;
    in->data += length;
    in->size -= length;
    return true;
}

/* A cache that a fuzzer fills quickly. */
static inline nf9_cache *fuzz_cache(void)
{
    const nf9_cache_limits limits = { .max_definitions = 500, .max_memory = 1 << 20 };
    return nf9_cache_new(&limits, NULL);
}

#endif
