/* SPDX-License-Identifier: MIT
 *
 * cache.c: definitions by place: events, what is in force, restarts, limits.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include "ledger.h"
#include <stdio.h>
#include <string.h>

static const nf9_source source = { .conversation = 1, .source_id = 2 };

/* A definition of Template 256 whose only field is of this type. */
static nf9_template_record definition(unsigned type)
{
    char hex[40];

    snprintf(hex, sizeof hex, "0100 0001 %04x 0004", type);
    return template_record_of(false, hex);
}

static unsigned type_of(const nf9_definition *d)
{
    return nf9_template_columns(d->tmpl)[0].type;
}

typedef struct step {
    unsigned packet, flowset;
    unsigned type; /* 0: the exporter restarts */
    int event;
} step;

static void take(nf9_cache *cache, const step *s)
{
    nf9_when when = nf9_when_at(s->packet, s->flowset);
    nf9_cache_event event = (nf9_cache_event)-1;

    if (s->type == 0) {
        CHECK_STATUS(nf9_cache_restart(cache, source, when), NF9_OK);
        return;
    }
    nf9_template_record record = definition(s->type);
    check_case("type %u at %u.%u", s->type, s->packet, s->flowset);
    CHECK_STATUS(nf9_cache_add(cache, source, &record, when, &event), NF9_OK);
    CHECK_INT(event, s->event);
}

/* Which definition is found, as its type; 0 none. */
static unsigned found(nf9_status st, const nf9_definition *d)
{
    return st == NF9_OK ? type_of(d) : 0;
}

typedef struct look {
    unsigned packet, flowset;
    unsigned find, after, here, before;
} look;

static void check_look(const nf9_cache *cache, const look *l)
{
    nf9_when when = nf9_when_at(l->packet, l->flowset);
    nf9_definition d;

    check_case("at %u.%u", l->packet, l->flowset);
    CHECK_UINT(found(nf9_cache_find(cache, source, 256, when, &d), &d), l->find);
    CHECK_UINT(found(nf9_cache_find_after(cache, source, 256, when, &d), &d), l->after);
    CHECK_UINT(found(nf9_cache_find_here(cache, source, 256, when, &d), &d), l->here);
    CHECK_UINT(found(nf9_cache_find_before(cache, source, 256, when, &d), &d), l->before);
}

static void a_definition_is_in_force_from_its_place_on(void)
{
    static const step steps[] = {
        { 3, 1, 8, NF9_CACHE_NEW },        { 3, 4, 8, NF9_CACHE_REFRESHED },
        { 5, 0, 12, NF9_CACHE_REDEFINED }, { 7, 2, 12, NF9_CACHE_REFRESHED },
        { 9, 0, 8, NF9_CACHE_REDEFINED },  { 9, 3, 27, NF9_CACHE_REDEFINED },
    };
    static const look looks[] = {
        { 0, 0, 0, 8, 0, 0 },     { 2, 99, 0, 8, 0, 0 },    { 3, 0, 0, 8, 8, 0 },
        { 3, 1, 8, 12, 8, 0 },    { 3, 2, 8, 12, 8, 8 },    { 4, 0, 8, 12, 8, 8 },
        { 5, 0, 12, 8, 12, 8 },   { 5, 1, 12, 8, 12, 12 },  { 8, 9, 12, 8, 12, 12 },
        { 9, 0, 8, 27, 8, 12 },   { 9, 2, 8, 27, 8, 8 },    { 9, 3, 27, 0, 27, 8 },
        { 9, 4, 27, 0, 27, 27 },  { 100, 0, 27, 0, 27, 27 },
    };
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    nf9_definition d;

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        take(cache, &steps[i]);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        check_look(cache, &looks[i]);
    check_case("first and last");
    CHECK_STATUS(nf9_cache_find(cache, source, 256, nf9_when_at(6, 0), &d), NF9_OK);
    CHECK_INT(nf9_when_compare(d.first, nf9_when_at(5, 0)), 0);
    CHECK_INT(nf9_when_compare(d.last, nf9_when_at(7, 2)), 0);
    CHECK_UINT(nf9_cache_definitions(cache), 4);
    nf9_cache_free(cache);
}

static void of_two_at_the_same_place_the_later_call_counts(void)
{
    static const step steps[] = {
        { 3, 1, 8, NF9_CACHE_NEW },
        { 3, 1, 12, NF9_CACHE_REDEFINED },
        { 3, 1, 12, NF9_CACHE_REFRESHED },
    };
    static const look looks[] = { { 3, 0, 0, 8, 8, 0 }, { 3, 1, 12, 0, 12, 0 },
                                  { 3, 2, 12, 0, 12, 12 } };
    nf9_cache *cache = nf9_cache_new(NULL, NULL);

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        take(cache, &steps[i]);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        check_look(cache, &looks[i]);
    nf9_cache_free(cache);
}

static void a_restart_voids_what_came_before(void)
{
    static const step steps[] = {
        { 3, 0, 8, NF9_CACHE_NEW }, { 5, 0, 0, 0 },  { 7, 0, 8, NF9_CACHE_NEW },
        { 8, 0, 12, NF9_CACHE_REDEFINED }, { 9, 1, 0, 0 }, { 9, 1, 0, 0 },
        { 9, 1, 27, NF9_CACHE_NEW }, { 11, 0, 27, NF9_CACHE_REFRESHED },
    };
    static const look looks[] = {
        { 2, 0, 0, 8, 0, 0 },    { 4, 9, 8, 0, 8, 8 },  { 5, 0, 0, 8, 0, 0 },
        { 6, 0, 0, 8, 0, 0 },    { 7, 0, 8, 12, 8, 0 }, { 9, 0, 12, 0, 12, 12 },
        { 9, 1, 27, 0, 27, 0 },  { 12, 0, 27, 0, 27, 27 },
    };
    nf9_cache *cache = nf9_cache_new(NULL, NULL);

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        take(cache, &steps[i]);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        check_look(cache, &looks[i]);
    nf9_cache_free(cache);
}

static void keys_are_kept_apart(void)
{
    static const nf9_source sources[] = { { .conversation = 1, .source_id = 2 },
                                          { .conversation = 2, .source_id = 1 },
                                          { .conversation = 1, .source_id = 3 },
                                          { .conversation = 0, .source_id = 0 },
                                          { .conversation = UINT32_MAX, .source_id = UINT32_MAX } };
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    nf9_definition d;

    for (unsigned i = 0; i < 5; i++)
        for (unsigned id = 256; id < 556; id++) {
            char hex[40];
            snprintf(hex, sizeof hex, "%04x 0001 %04x 0004", id, 1000 * i + id);
            nf9_template_record r = template_record_of(false, hex);
            nf9_cache_event event;
            CHECK_STATUS(nf9_cache_add(cache, sources[i], &r, nf9_when_at(i, 0), &event), NF9_OK);
            CHECK_INT(event, NF9_CACHE_NEW);
            guard_release();
        }
    CHECK_STATUS(nf9_cache_restart(cache, sources[1], nf9_when_at(50, 0)), NF9_OK);
    for (unsigned i = 0; i < 5; i++)
        for (unsigned id = 256; id < 556; id++) {
            nf9_status st = nf9_cache_find(cache, sources[i], (uint16_t)id, nf9_when_at(99, 0), &d);
            check_case("source %u, template %u", i, id);
            CHECK_UINT(found(st, &d), i == 1 ? 0 : 1000 * i + id);
        }
    CHECK_STATUS(nf9_cache_find(cache, sources[0], 556, nf9_when_at(99, 0), &d), NF9_NONE);
    CHECK_UINT(nf9_cache_definitions(cache), 1500);
    nf9_cache_free(cache);
}

static void faults_are_answered_and_nothing_is_kept(void)
{
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    nf9_template_record r = template_record_of(false, "0100 0002 0008 0004");
    nf9_cache_event event = (nf9_cache_event)77;
    nf9_definition d;

    check_case("fault");
    CHECK_STATUS(nf9_cache_add(cache, source, &r, nf9_when_at(1, 0), &event), NF9_ERR_OVERRUN);
    CHECK_INT((int)event, 77);
    r = template_record_of(false, "00ff 0001 0008 0004");
    CHECK_STATUS(nf9_cache_add(cache, source, &r, nf9_when_at(1, 0), NULL), NF9_ERR_TEMPLATE_ID);
    CHECK_STATUS(nf9_cache_find(cache, source, 256, nf9_when_at(9, 0), &d), NF9_NONE);
    CHECK_STATUS(nf9_cache_find_after(cache, source, 256, nf9_when_at(0, 0), &d), NF9_NONE);
    CHECK_STATUS(nf9_cache_find_here(cache, source, 256, nf9_when_at(1, 0), &d), NF9_NONE);
    CHECK_STATUS(nf9_cache_find_before(cache, source, 256, nf9_when_at(9, 0), &d), NF9_NONE);
    CHECK_UINT(nf9_cache_definitions(cache), 0);
    nf9_cache_free(cache);
    nf9_cache_free(NULL);
}

static void places_are_ordered(void)
{
    static const nf9_when sorted[] = { { 0, 0 }, { 0, 1 }, { 0, UINT32_MAX }, { 1, 0 },
                                       { UINT64_MAX, 0 }, { UINT64_MAX, UINT32_MAX } };

    for (int a = 0; a < 6; a++)
        for (int b = 0; b < 6; b++) {
            int order = nf9_when_compare(sorted[a], sorted[b]);
            check_case("%d and %d", a, b);
            CHECK_INT((order > 0) - (order < 0), (a > b) - (a < b));
        }
}

int main(void)
{
    a_definition_is_in_force_from_its_place_on();
    of_two_at_the_same_place_the_later_call_counts();
    a_restart_voids_what_came_before();
    keys_are_kept_apart();
    faults_are_answered_and_nothing_is_kept();
    places_are_ordered();
    return check_end();
}
