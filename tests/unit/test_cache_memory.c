/* SPDX-License-Identifier: MIT
 *
 * cache.c and history.c: limits, failing allocations, and nothing left behind.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include "ledger.h"
#include <stdio.h>
#include <string.h>

static nf9_template_record definition(unsigned id, unsigned type)
{
    char hex[40];

    snprintf(hex, sizeof hex, "%04x 0001 %04x 0004", id, type);
    return template_record_of(false, hex);
}

/* Some of everything: many keys, redefinitions, refreshes, restarts, loans, out of order too. */
typedef struct step {
    nf9_source source;
    unsigned id, type; /* type 0: a restart */
    unsigned packet;
} step;

#define STEPS 120

static step step_at(unsigned i)
{
    step s = {
        .source = { .conversation = i % 5, .source_id = i % 2, .exporter = i % 3, .boot = 0 },
        .id = 256 + i % 7 * (i % 4),
        .type = i % 11 == 10 ? 0 : 1 + i % 3,
        .packet = i % 13 == 12 ? 1000 - i : 1000 + i,
    };
    return s;
}

static nf9_status do_step(nf9_cache *cache, unsigned i)
{
    step s = step_at(i);
    nf9_when when = nf9_when_at(s.packet, 0);

    if (s.type == 0)
        return nf9_cache_restart(cache, s.source, when);
    nf9_template_record r = definition(s.id, s.type);
    return nf9_cache_add(cache, s.source, &r, when, NULL);
}

/* What a cache answers at every place that the steps name, as one number. */
static uint64_t answers(const nf9_cache *cache)
{
    uint64_t sum = 14695981039346656037u;
    nf9_definition d;

    for (unsigned i = 0; i < STEPS; i++)
        for (unsigned k = 0; k < 4; k++) {
            step s = step_at(i);
            nf9_when when = nf9_when_at(s.packet + k - 1, k == 3);
            nf9_match m =
                nf9_cache_lookup(cache, s.source, (uint16_t)s.id, when, k % 2 == 0, &d);
            unsigned type = m == NF9_MATCH_NONE ? 0 : nf9_template_columns(d.tmpl)[0].type;
            sum = (sum ^ (m * 1000u + type)) * 1099511628211u;
        }
    return sum;
}

/* How many allocations all steps ask for, none failing; what the cache then answers. */
static size_t undisturbed(uint64_t *sum)
{
    ledger book = { 0 };
    nf9_allocator a = ledger_allocator(&book);
    nf9_cache *cache = nf9_cache_new(NULL, &a);

    for (unsigned i = 0; i < STEPS; i++)
        CHECK_STATUS(do_step(cache, i), NF9_OK);
    CHECK(nf9_cache_memory(cache) > 0 && nf9_cache_memory(cache) <= book.octets);
    *sum = answers(cache);
    nf9_cache_free(cache);
    CHECK_UINT(book.blocks, 0);
    CHECK_UINT(book.octets, 0);
    guard_release();
    return book.asked;
}

/* The n-th allocation fails: that step fails and changes nothing; done again, it is as if
 * nothing had failed. */
static void the_nth_allocation_fails(void)
{
    uint64_t sum;
    size_t all = undisturbed(&sum);

    CHECK(all > 40);
    for (size_t n = 1; n <= all; n++) {
        ledger book = { .fail_at = n };
        nf9_allocator a = ledger_allocator(&book);
        nf9_cache *cache = nf9_cache_new(NULL, &a);

        check_case("allocation %zu of %zu fails", n, all);
        if (n == 1) {
            CHECK(cache == NULL);
            continue;
        }
        for (unsigned i = 0; i < STEPS; i++) {
            /* a step asks for less than 16 allocations: the failing one is still far, or over */
            bool near = book.failed == 0 && book.asked + 16 > n;
            uint64_t before = near ? answers(cache) : 0;
            size_t held = nf9_cache_definitions(cache);
            nf9_status st = do_step(cache, i);
            if (st == NF9_OK)
                continue;
            CHECK_STATUS(st, NF9_ERR_MEMORY);
            CHECK_UINT(answers(cache), before);
            CHECK_UINT(nf9_cache_definitions(cache), held);
            CHECK_STATUS(do_step(cache, i), NF9_OK);
        }
        CHECK_UINT(book.failed, 1);
        CHECK_UINT(answers(cache), sum);
        nf9_cache_free(cache);
        CHECK_UINT(book.blocks, 0);
        guard_release();
    }
}

/* All allocations fail from the n-th on: the cache keeps what it has, and frees it. */
static void memory_is_gone_for_good(void)
{
    for (size_t n = 2; n <= 60; n++) {
        ledger book = { .fail_at = n, .fail_all = true };
        nf9_allocator a = ledger_allocator(&book);
        nf9_cache *cache = nf9_cache_new(NULL, &a);

        check_case("none from allocation %zu on", n);
        for (unsigned i = 0; i < STEPS; i++) {
            nf9_status st = do_step(cache, i);
            CHECK(st == NF9_OK || st == NF9_ERR_MEMORY);
        }
        answers(cache);
        nf9_cache_free(cache);
        CHECK_UINT(book.blocks, 0);
        guard_release();
    }
}

static void no_more_definitions_than_the_limit(void)
{
    for (size_t most = 1; most <= 30; most += most / 3 + 1) {
        const nf9_cache_limits limits = { .max_definitions = most };
        nf9_cache *cache = nf9_cache_new(&limits, NULL);
        bool refused = false;

        check_case("at most %zu definitions", most);
        for (unsigned i = 0; i < STEPS; i++) {
            uint64_t before = answers(cache);
            nf9_status st = do_step(cache, i);
            CHECK(nf9_cache_definitions(cache) <= most);
            if (st == NF9_OK)
                continue;
            CHECK_STATUS(st, NF9_ERR_LIMIT);
            CHECK_UINT(answers(cache), before);
            refused = true;
        }
        CHECK(refused);
        nf9_cache_free(cache);
        guard_release();
    }
}

/* A definition between two announcements of one splits it: both halves count. */
static void a_split_does_not_pass_the_limit(void)
{
    const nf9_cache_limits limits = { .max_definitions = 2 };
    const nf9_source s = { .conversation = 1 };
    nf9_cache *cache = nf9_cache_new(&limits, NULL);
    nf9_template_record a = definition(256, 1), b = definition(256, 2);

    check_case("split");
    CHECK_STATUS(nf9_cache_add(cache, s, &a, nf9_when_at(1, 0), NULL), NF9_OK);
    CHECK_STATUS(nf9_cache_add(cache, s, &a, nf9_when_at(9, 0), NULL), NF9_OK);
    nf9_status st = nf9_cache_add(cache, s, &b, nf9_when_at(5, 0), NULL);
    CHECK_STATUS(st, NF9_ERR_LIMIT);
    CHECK(nf9_cache_definitions(cache) <= 2);
    nf9_cache_free(cache);
}

/* The same again after each restart is a definition too. */
static void restarts_do_not_pass_the_limit(void)
{
    const nf9_cache_limits limits = { .max_definitions = 3 };
    const nf9_source s = { .conversation = 1 };
    nf9_cache *cache = nf9_cache_new(&limits, NULL);
    nf9_template_record a = definition(256, 1);

    for (unsigned i = 0; i < 10; i++) {
        check_case("restart %u", i);
        CHECK_STATUS(nf9_cache_add(cache, s, &a, nf9_when_at(2 * i, 0), NULL),
                     i < 3 ? NF9_OK : NF9_ERR_LIMIT);
        CHECK_STATUS(nf9_cache_restart(cache, s, nf9_when_at(2 * i + 1, 0)), NF9_OK);
        CHECK(nf9_cache_definitions(cache) <= 3);
    }
    nf9_cache_free(cache);
}

static void no_more_memory_than_the_limit(void)
{
    bool ran_whole = false;

    for (size_t most = 1; most < 100000 && !ran_whole; most += most / 6 + 1) {
        const nf9_cache_limits limits = { .max_memory = most };
        ledger book = { 0 };
        nf9_allocator a = ledger_allocator(&book);
        nf9_cache *cache = nf9_cache_new(&limits, &a);
        size_t itself = book.octets;

        check_case("at most %zu octets", most);
        ran_whole = true;
        for (unsigned i = 0; i < STEPS; i++) {
            nf9_status st = do_step(cache, i);
            CHECK(st == NF9_OK || st == NF9_ERR_LIMIT);
            ran_whole = ran_whole && st == NF9_OK;
            CHECK(nf9_cache_memory(cache) <= most);
            CHECK_UINT(book.octets - itself, nf9_cache_memory(cache));
        }
        nf9_cache_free(cache);
        CHECK_UINT(book.blocks, 0);
        guard_release();
    }
    check_case("enough memory");
    CHECK(ran_whole);
}

static void no_longer_templates_than_the_limit(void)
{
    const nf9_cache_limits limits = { .max_fields = 2 };
    const nf9_source s = { .conversation = 1 };
    nf9_cache *cache = nf9_cache_new(&limits, NULL);
    nf9_template_record two = template_record_of(false, "0100 0002 0008 0004 000c 0004");
    nf9_template_record three =
        template_record_of(true, "0101 0004 0008 0001 0004 0008 0004 000c 0004");

    check_case("fields");
    CHECK_STATUS(nf9_cache_add(cache, s, &two, nf9_when_at(1, 0), NULL), NF9_OK);
    CHECK_STATUS(nf9_cache_add(cache, s, &three, nf9_when_at(1, 0), NULL), NF9_ERR_LIMIT);
    CHECK_UINT(nf9_cache_definitions(cache), 1);
    nf9_cache_free(cache);
}

/* A definition that was turned away must not leave the one before in force. */
static void what_is_void_is_not_found(void)
{
    const nf9_source s = { .conversation = 1 };
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    nf9_template_record a = definition(256, 1);
    nf9_cache_event event;
    nf9_definition found;

    check_case("void");
    CHECK_STATUS(nf9_cache_add(cache, s, &a, nf9_when_at(1, 0), NULL), NF9_OK);
    nf9_cache_void(cache, s, 256, nf9_when_at(5, 0));
    nf9_cache_void(cache, s, 257, nf9_when_at(5, 0));
    CHECK_STATUS(nf9_cache_find(cache, s, 256, nf9_when_at(4, 0), &found), NF9_OK);
    CHECK_STATUS(nf9_cache_find(cache, s, 256, nf9_when_at(5, 0), &found), NF9_NONE);
    CHECK_STATUS(nf9_cache_find(cache, s, 256, nf9_when_at(6, 0), &found), NF9_NONE);
    CHECK_STATUS(nf9_cache_add(cache, s, &a, nf9_when_at(7, 0), &event), NF9_OK);
    check_case("what comes behind the void is another");
    CHECK_STATUS(nf9_cache_find_after(cache, s, 256, nf9_when_at(4, 0), &found), NF9_NONE);
    CHECK_STATUS(nf9_cache_find_after(cache, s, 256, nf9_when_at(5, 0), &found), NF9_NONE);
    CHECK_STATUS(nf9_cache_find_after(cache, s, 256, nf9_when_at(6, 0), &found), NF9_NONE);
    CHECK(event == NF9_CACHE_NEW);
    CHECK_STATUS(nf9_cache_find(cache, s, 256, nf9_when_at(7, 0), &found), NF9_OK);
    CHECK_STATUS(nf9_cache_find(cache, s, 256, nf9_when_at(6, 0), &found), NF9_NONE);
    nf9_cache_free(cache);
}

int main(void)
{
    the_nth_allocation_fails();
    memory_is_gone_for_good();
    no_more_definitions_than_the_limit();
    a_split_does_not_pass_the_limit();
    restarts_do_not_pass_the_limit();
    no_more_memory_than_the_limit();
    no_longer_templates_than_the_limit();
    what_is_void_is_not_found();
    return check_end();
}
