/* SPDX-License-Identifier: MIT
 *
 * What the codec makes of a capture's packets, a line each, for test_codec.py to compare:
 *
 *   packet FRAME
 *   template FRAME SET ID data|options KEY:LENGTH...
 *   bad FRAME SET                      a Template Record that defines nothing
 *   record FRAME SET ID INDEX data|options KEY=VALUE...
 *   late ...                           as record, on a second look
 *   padding FRAME SET HEX      undecoded|reserved FRAME SET ID OCTETS
 *   overrun FRAME OCTETS       short FRAME OCTETS       zero FRAME OCTETS
 *
 * KEY is a type, "s" before a scope's, "#2" behind the second of its kind in a record.  VALUE is
 * a letter for the getter that gave it, ":" and the value, octets and text in hex.
 *
 * usage: dump PAYLOADS
 */
#include "payloads.h"
#include "put.h"
#include "walk.h"
#include <stdio.h>

typedef struct dump {
    uint32_t frame;
    const char *record; /* the word for a record */
} dump;

static void on_definition(void *user, const nf9_flowset *flowset, const nf9_template_record *r)
{
    const dump *d = user;

    if (r->fault != NF9_OK) {
        printf("bad %u %u\n", d->frame, flowset->index);
        return;
    }
    printf("template %u %u %u %s", d->frame, flowset->index, (unsigned)r->id,
           r->options ? "options" : "data");
    for (size_t i = 0; i < r->present; i++) {
        nf9_template_field f = nf9_template_record_field(r, i);
        unsigned same = 0;
        for (size_t k = f.scope ? 0 : r->scope_count; k < i; k++)
            same += nf9_template_record_field(r, k).type == f.type;
        put_key(f.type, f.scope, same);
        printf(":%u", (unsigned)f.length);
    }
    printf("\n");
}

static void on_record(void *user, const nf9_header *header, const nf9_flowset *flowset,
                      const nf9_record *record, bool cut)
{
    const dump *d = user;

    (void)header;
    if (cut) { /* the other decoder knows no record that is cut */
        printf("padding %u %u ", d->frame, flowset->index);
        put_hex(record->bytes);
        printf("\n");
        return;
    }
    printf("%s %u %u %u %u %s", d->record, d->frame, flowset->index, (unsigned)flowset->id,
           record->index, record->tmpl->options ? "options" : "data");
    put_fields(record);
}

static void on_rest(void *user, const nf9_flowset *flowset, nf9_bytes padding)
{
    const dump *d = user;

    if (padding.len == 0)
        return;
    printf("padding %u %u ", d->frame, flowset->index);
    put_hex(padding);
    printf("\n");
}

static void on_undecoded(void *user, const nf9_flowset *flowset)
{
    const dump *d = user;
    printf("undecoded %u %u %u %zu\n", d->frame, flowset->index, (unsigned)flowset->id,
           flowset->body.len);
}

static void on_reserved(void *user, const nf9_flowset *flowset)
{
    const dump *d = user;
    printf("reserved %u %u %u %zu\n", d->frame, flowset->index, (unsigned)flowset->id,
           flowset->body.len);
}

static void on_missing(void *user, const nf9_flowset *flowset)
{
    const dump *d = user;
    printf("overrun %u %zu\n", d->frame, flowset->missing);
}

static void on_end(void *user, const nf9_packet_iter *it)
{
    const dump *d = user;

    if (it->tail.len > 0)
        printf("%s %u %zu\n", it->error.code == NF9_OK ? "zero" : "short", d->frame,
               it->tail.len);
}

int main(int argc, char **argv)
{
    dump d = { 0, "record" };
    const walk_handler learning = { .user = &d, .definition = on_definition, .rest = on_rest,
                                    .reserved = on_reserved, .missing = on_missing,
                                    .end = on_end };
    const walk_handler reading = { .user = &d, .record = on_record, .rest = on_rest,
                                   .undecoded = on_undecoded };
    const walk_handler late = { .user = &d, .record = on_record };

    if (argc != 2) {
        fprintf(stderr, "usage: dump PAYLOADS\n");
        return 2;
    }
    payloads p = payloads_read(argv[1]);
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    for (size_t i = 0; i < p.n; i++) {
        nf9_source source = { .conversation = p.all[i].conversation };
        d.frame = p.all[i].frame;
        if (walk_learn(cache, source, d.frame, p.all[i].bytes, &learning) != NF9_OK)
            continue;
        printf("packet %u\n", d.frame);
        walk_data(cache, source, d.frame, p.all[i].bytes, WALK_SETTLED, &reading);
    }
    d.record = "late";
    for (size_t i = 0; i < p.n; i++) {
        nf9_source source = { .conversation = p.all[i].conversation };
        d.frame = p.all[i].frame;
        walk_data(cache, source, d.frame, p.all[i].bytes, WALK_LATE, &late);
    }
    nf9_cache_free(cache);
    payloads_free(&p);
    return 0;
}
