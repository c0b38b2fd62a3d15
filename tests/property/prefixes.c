/* SPDX-License-Identifier: MIT
 *
 * Every prefix of every packet through the whole codec, each ending at an unmapped page.  What
 * is decoded of a prefix are those records of the whole packet that lie within it, no more, no
 * less, with the same values.
 *
 * usage: prefixes PAYLOADS
 */
#include "check.h"
#include "guard.h"
#include "payloads.h"
#include "walk.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST 65536u

typedef struct found {
    size_t end;  /* of the record, in the packet */
    uint64_t is; /* all that it is: its FlowSet, place, and the values of its fields */
} found;

typedef struct list {
    found *all;
    size_t n, cap;
} list;

static void add(list *l, found f)
{
    if (l->n == l->cap) {
        l->cap = l->cap == 0 ? 64 : l->cap * 2;
        l->all = realloc(l->all, l->cap * sizeof *l->all);
        if (l->all == NULL)
            abort();
    }
    l->all[l->n++] = f;
}

static uint64_t mix(uint64_t hash, uint64_t v)
{
    return (hash ^ v) * UINT64_C(1099511628211) + 1;
}

static uint64_t mix_octets(uint64_t hash, const void *data, size_t len)
{
    const uint8_t *p = data;

    for (size_t i = 0; i < len; i++)
        hash = mix(hash, p[i]);
    return mix(hash, len);
}

static void on_definition(void *user, const nf9_flowset *flowset, const nf9_template_record *r)
{
    list *l = user;
    uint64_t is = mix(flowset->index, r->offset);

    if (r->fault == NF9_OK)
        add(l, (found){ r->offset + r->wire.len, mix_octets(is, r->wire.data, r->wire.len) });
}

static void on_record(void *user, const nf9_header *header, const nf9_flowset *flowset,
                      const nf9_record *record, bool cut)
{
    list *l = user;
    uint64_t is = mix(mix(mix(flowset->index, flowset->id), record->index), record->offset);
    nf9_field_iter it;
    nf9_field field;
    char text[512];

    (void)header;
    if (cut) /* its whole fields only; that they are inside, the page behind them says */
        return;
    nf9_fields_open(&it, record);
    while (nf9_field_next(&it, &field) == NF9_OK) {
        is = mix(mix(mix(is, field.type), field.offset), field.scope);
        is = mix_octets(is, field.bytes.data, field.bytes.len);
        nf9_field_print(&field, text, sizeof text);
        is = mix_octets(is, text, strlen(text));
    }
    add(l, (found){ record->offset + record->bytes.len, is });
}

static void exercise(void *user, const nf9_header *header, const nf9_flowset *flowset,
                     const nf9_record *record, bool cut)
{
    (void)user;
    (void)flowset;
    (void)cut;
    walk_exercise(header, record);
}

/* Those of the whole packet that end within `len`, and no other. */
static void check_list(const char *what, const list *whole, const list *got, size_t len)
{
    size_t n = 0, same = 0;

    for (size_t i = 0; i < whole->n; i++) {
        if (whole->all[i].end > len)
            continue;
        same += n < got->n && got->all[n].is == whole->all[i].is;
        n++;
    }
    if (n != got->n || same != n) {
        check_true(__FILE__, __LINE__, what, false);
        fprintf(stderr, "  prefix of %zu octets: %zu found, %zu of %zu are the same\n", len,
                got->n, same, n);
    }
}

/* The packet's own templates alone decide; nothing is compared, all is asked. */
static void by_itself(nf9_source source, uint64_t number, nf9_bytes prefix, list *definitions)
{
    const walk_handler learning = { .user = definitions, .definition = on_definition };
    const walk_handler all = { .record = exercise };
    nf9_cache *own = nf9_cache_new(NULL, NULL);

    definitions->n = 0;
    walk_learn(own, source, number, prefix, &learning);
    walk_data(own, source, number, prefix, WALK_SETTLED, &all);
    walk_data(own, source, number, prefix, WALK_LATE, &all);
    nf9_cache_free(own);
}

static size_t each_prefix(const payload *one, const nf9_cache *cache, uint8_t *room)
{
    nf9_source source = { .conversation = one->conversation };
    list definitions = { 0 }, records = { 0 }, some = { 0 };
    const walk_handler reading = { .user = &records, .record = on_record };
    const walk_handler reading_some = { .user = &some, .record = on_record };

    by_itself(source, one->frame, one->bytes, &definitions);
    walk_data(cache, source, one->frame, one->bytes, WALK_UNSETTLED, &reading);
    for (size_t len = 0; len <= one->bytes.len; len++) {
        nf9_bytes prefix = { room + LONGEST - len, len };
        memcpy(room + LONGEST - len, one->bytes.data, len);
        check_case("frame %u", (unsigned)one->frame);
        by_itself(source, one->frame, prefix, &some);
        check_list("the prefix defines what is in it", &definitions, &some, len);
        some.n = 0;
        walk_data(cache, source, one->frame, prefix, WALK_UNSETTLED, &reading_some);
        check_list("the prefix has the records that are in it", &records, &some, len);
    }
    CHECK(one->bytes.len <= LONGEST);
    free(definitions.all);
    free(records.all);
    free(some.all);
    return one->bytes.len + 1;
}

int main(int argc, char **argv)
{
    size_t prefixes = 0;
    uint8_t *room = guard_room(LONGEST);

    if (argc != 2) {
        fprintf(stderr, "usage: prefixes PAYLOADS\n");
        return 2;
    }
    payloads p = payloads_read(argv[1]);
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    for (size_t i = 0; i < p.n; i++) {
        const walk_handler silent = { .user = NULL };
        nf9_source source = { .conversation = p.all[i].conversation };
        walk_learn(cache, source, p.all[i].frame, p.all[i].bytes, &silent);
        prefixes += each_prefix(&p.all[i], cache, room);
    }
    nf9_cache_free(cache);
    payloads_free(&p);
    printf("%zu prefixes\n", prefixes);
    return check_end();
}
