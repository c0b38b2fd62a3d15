/* SPDX-License-Identifier: MIT
 *
 * Fuzzes the codec's decode side: packets, templates, cache, records, values, texts.
 *
 * An input is packets in a row, each behind 2 octets: 2 bits say of which conversation it is,
 * 14 how long it is.  What is too short for its length is the last.
 *
 * Built with libFuzzer (preset fuzz), or with alone.c to run over given files.
 */
#include "input.h"
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
    nf9_cache *cache = fuzz_cache();
    fuzz_input in = { .data = data, .size = size };

    while (fuzz_next(&in))
        one_packet(cache, in.source, in.number, in.packet);
    nf9_cache_free(cache);
    return 0;
}
