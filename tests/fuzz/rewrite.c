/* SPDX-License-Identifier: MIT
 *
 * Fuzzes the way from a packet to its values and back: what is decoded and written again must be
 * the same octets, and what is measured their number.
 *
 * An input is packets in a row, as decode.c takes them.
 */
#include "input.h"
#include "rewrite.h"
#include "walk.h"
#include <stdlib.h>
#include <string.h>

static void same(bool held)
{
    if (!held)
        abort();
}

static void one_packet(const nf9_cache *cache, nf9_source source, uint64_t number,
                       nf9_bytes packet)
{
    rewritten sum = { 0 };
    size_t need = 0, len = 0;
    nf9_writer w;

    nf9_writer_init(&w, NULL, 0);
    nf9_status st = rewrite(&w, cache, source, number, packet, &sum);
    if (st == NF9_ERR_VERSION || (st == NF9_ERR_TRUNCATED && packet.len < NF9_HEADER_LENGTH))
        return;
    same(st == NF9_OK && nf9_writer_finish(&w, &need) == NF9_OK && need == packet.len);

    uint8_t *room = malloc(packet.len);
    nf9_writer_init(&w, room, packet.len);
    same(room != NULL && rewrite(&w, cache, source, number, packet, &sum) == NF9_OK);
    same(nf9_writer_finish(&w, &len) == NF9_OK && len == packet.len);
    same(memcmp(room, packet.data, len) == 0);

    nf9_writer_init(&w, room, packet.len - 1);
    same(rewrite(&w, cache, source, number, packet, &sum) == NF9_ERR_SPACE);
    free(room);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const walk_handler silent = { .user = NULL };
    nf9_cache *cache = fuzz_cache();
    fuzz_input in = { .data = data, .size = size };

    while (fuzz_next(&in)) {
        walk_learn(cache, in.source, in.number, in.packet, &silent);
        one_packet(cache, in.source, in.number, in.packet);
    }
    nf9_cache_free(cache);
    return 0;
}
