/* SPDX-License-Identifier: MIT
 *
 * What a collector makes of a capture's packets, a line a record in the form of dump.c: "late" is
 * one that waited.
 *
 * usage: collect PAYLOADS
 */
#include "payloads.h"
#include "put.h"
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: collect PAYLOADS\n");
        return 2;
    }
    payloads p = payloads_read(argv[1]);
    nf9_collector *c = nf9_collector_new(NULL, NULL);
    uint32_t *frames = calloc(p.n + 1, sizeof *frames);
    nf9_data_record r;

    for (size_t i = 0; i < p.n; i++) {
        const nf9_datagram d = { .bytes = p.all[i].bytes, .conversation = p.all[i].conversation };
        frames[i + 1] = p.all[i].frame; /* packets are numbered from 1 */
        nf9_collector_give(c, &d);
        while (nf9_collector_next(c, &r) == NF9_OK) {
            printf("%s %u %u %u %u %s", r.of->match == NF9_MATCH_AFTER ? "late" : "record",
                   frames[r.of->origin->number], r.of->flowset.index,
                   (unsigned)r.of->flowset.id, r.record.index,
                   r.record.tmpl->options ? "options" : "data");
            put_fields(&r.record);
        }
    }
    free(frames);
    nf9_collector_free(c);
    payloads_free(&p);
    return 0;
}
