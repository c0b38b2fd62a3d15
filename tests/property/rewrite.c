/* SPDX-License-Identifier: MIT
 *
 * Each packet of a capture decoded and written again, octet for octet, into just its room; what
 * is measured is its length.  Prints how many octets were written from what.
 *
 * usage: rewrite PAYLOADS
 */
#include "rewrite.h"
#include "check.h"
#include "guard.h"
#include "payloads.h"
#include "walk.h"
#include <stdio.h>
#include <string.h>

static void check_packet(const nf9_cache *cache, const payload *p, rewritten *sum)
{
    nf9_source source = { .conversation = p->conversation };
    uint8_t *room = guard_room(p->bytes.len);
    rewritten measured = { 0 };
    size_t need = 0, len = 0;
    nf9_writer w;

    check_case("frame %u", (unsigned)p->frame);
    nf9_writer_init(&w, NULL, 0);
    nf9_status st = rewrite(&w, cache, source, p->frame, p->bytes, &measured);
    if (st == NF9_ERR_TRUNCATED && p->bytes.len < NF9_HEADER_LENGTH)
        return;
    CHECK_STATUS(st, NF9_OK);
    CHECK_STATUS(nf9_writer_finish(&w, &need), NF9_OK);
    CHECK_UINT(need, p->bytes.len);
    nf9_writer_init(&w, room, p->bytes.len);
    CHECK_STATUS(rewrite(&w, cache, source, p->frame, p->bytes, sum), NF9_OK);
    CHECK_STATUS(nf9_writer_finish(&w, &len), NF9_OK);
    CHECK(len == p->bytes.len && memcmp(room, p->bytes.data, len) == 0);
    guard_release();
}

int main(int argc, char **argv)
{
    const walk_handler silent = { .user = NULL };
    rewritten sum = { 0 };

    if (argc != 2) {
        fprintf(stderr, "usage: rewrite PAYLOADS\n");
        return 2;
    }
    payloads p = payloads_read(argv[1]);
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    for (size_t i = 0; i < p.n; i++) {
        nf9_source source = { .conversation = p.all[i].conversation };
        walk_learn(cache, source, p.all[i].frame, p.all[i].bytes, &silent);
    }
    for (size_t i = 0; i < p.n; i++)
        check_packet(cache, &p.all[i], &sum);
    printf("%zu packets: structure %zu values %zu octets %zu padding %zu undecoded %zu\n", p.n,
           sum.structure, sum.values, sum.octets, sum.padding, sum.undecoded);
    nf9_cache_free(cache);
    payloads_free(&p);
    return check_end();
}
