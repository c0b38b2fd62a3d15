/* SPDX-License-Identifier: MIT
 *
 * Fuzzes the codec's decode side: packets, templates, cache, records, values, texts.
 *
 * An input is packets in a row, each behind 2 octets: 2 bits say of which conversation it is,
 * 14 how long it is.  What is too short for its length is the last.
 *
 * Built with libFuzzer (preset fuzz), or with alone.c to run over given files.
 */
#include "walk.h"
#include <stdlib.h>
#include <string.h>

/* Items of one input that are asked everything; enough for any packet that an exporter sends. */
#define MOST_RECORDS 3000u

typedef struct budget {
    unsigned records;
} budget;

static void on_record(void *user, const nf9_header *header, const nf9_flowset *flowset,
                      const nf9_record *record, bool cut)
{
    budget *b = user;

    (void)cut;
    if (record->offset < flowset->offset || record->bytes.len > flowset->body.len)
        abort();
    if (b->records > 0) {
        b->records--;
        walk_exercise(header, record);
    }
}

static void one_packet(nf9_cache *cache, nf9_source source, uint64_t number, nf9_bytes packet)
{
    budget b = { MOST_RECORDS };
    const walk_handler silent = { .user = NULL };
    const walk_handler asking = { .user = &b, .record = on_record };

    walk_learn(cache, source, number, packet, &silent);
    walk_data(cache, source, number, packet, WALK_SETTLED, &asking);
    walk_data(cache, source, number, packet, WALK_LATE, &asking);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const nf9_cache_limits limits = { .max_definitions = 500, .max_memory = 1 << 20 };
    nf9_cache *cache = nf9_cache_new(&limits, NULL);
    uint64_t number = 0;

    while (size >= 2) {
        nf9_source source = { .conversation = data[0] >> 6, .exporter = 1 };
        size_t length = (size_t)(data[0] & 0x3f) << 8 | data[1];
        data += 2;
        size -= 2;
        if (length > size)
            length = size;
        one_packet(cache, source, ++number, (nf9_bytes){ data, length });
        data += length;
        size -= length;
    }
    nf9_cache_free(cache);
    return 0;
}
