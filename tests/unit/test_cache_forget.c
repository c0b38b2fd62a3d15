/* SPDX-License-Identifier: MIT
 *
 * forget.c: definitions that expire, and what stays.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include "ledger.h"
#include <stdio.h>

static nf9_template_record definition(unsigned id, unsigned type)
{
    char hex[40];

    snprintf(hex, sizeof hex, "%04x 0001 %04x 0004", id, type);
    return template_record_of(false, hex);
}

static void add(nf9_cache *cache, nf9_source source, unsigned id, unsigned type, unsigned packet)
{
    nf9_template_record record = definition(id, type);

    CHECK_STATUS(nf9_cache_add(cache, source, &record, nf9_when_at(packet, 0), NULL), NF9_OK);
}

/* The type that a look-up finds; 0: none. */
static unsigned look(const nf9_cache *cache, nf9_source source, unsigned id, unsigned packet)
{
    nf9_definition d;

    return nf9_cache_lookup(cache, source, (uint16_t)id, nf9_when_at(packet, 1), false, &d) ==
                   NF9_MATCH_NONE
               ? 0
               : nf9_template_columns(d.tmpl)[0].type;
}

static const nf9_source one = { .conversation = 1, .source_id = 2, .exporter = 9 };
static const nf9_source two = { .conversation = 2, .source_id = 2, .exporter = 9 };

static void what_is_refreshed_stays(void)
{
    nf9_cache *cache = nf9_cache_new(NULL, NULL);

    check_case("what is refreshed stays");
    add(cache, one, 256, 1, 10); /* refreshed at 50 */
    add(cache, one, 257, 2, 10); /* not */
    add(cache, one, 258, 3, 10); /* redefined at 20, refreshed at 50 */
    add(cache, one, 258, 4, 20);
    add(cache, one, 256, 1, 50);
    add(cache, one, 258, 4, 50);
    CHECK_UINT(nf9_cache_forget(cache, 10), 0);
    CHECK_UINT(nf9_cache_definitions(cache), 4);
    CHECK_UINT(nf9_cache_forget(cache, 50), 2);
    CHECK_UINT(nf9_cache_definitions(cache), 2);
    CHECK_UINT(look(cache, one, 256, 60), 1);
    CHECK_UINT(look(cache, one, 257, 60), 0);
    CHECK_UINT(look(cache, one, 258, 60), 4);
    add(cache, one, 257, 5, 70);
    CHECK_UINT(look(cache, one, 257, 71), 5);
    nf9_cache_free(cache);
}

/* The template of a definition that is announced again behind a restart is the first one's. */
static void shared_templates(void)
{
    ledger book = { 0 };
    nf9_allocator a = ledger_allocator(&book);
    nf9_cache *cache = nf9_cache_new(NULL, &a);

    check_case("a template that two definitions share");
    add(cache, one, 256, 1, 10);
    CHECK_STATUS(nf9_cache_restart(cache, one, nf9_when_at(20, 0)), NF9_OK);
    add(cache, one, 256, 1, 30);
    CHECK_UINT(nf9_cache_definitions(cache), 2);
    CHECK_UINT(nf9_cache_forget(cache, 25), 1);
    CHECK_UINT(look(cache, one, 256, 40), 1);
    CHECK_UINT(look(cache, two, 256, 40), 1); /* lent */
    CHECK_UINT(nf9_cache_forget(cache, 31), 1);
    CHECK_UINT(look(cache, one, 256, 40), 0);
    CHECK_UINT(look(cache, two, 256, 40), 0);
    nf9_cache_free(cache);
    CHECK_UINT(book.blocks, 0);
}

static void what_is_lent_is_forgotten_with_its_owner(void)
{
    nf9_cache *cache = nf9_cache_new(NULL, NULL);

    check_case("what is lent");
    add(cache, one, 256, 1, 10);
    add(cache, two, 256, 2, 20);
    add(cache, one, 256, 1, 30); /* a refresh, of which what is lent knows nothing */
    CHECK_UINT(nf9_cache_forget(cache, 25), 1);
    CHECK_UINT(look(cache, one, 256, 40), 1);
    CHECK_UINT(look(cache, two, 256, 40), 1); /* its own is gone: the other's */
    nf9_cache_free(cache);
}

static void a_void_id_is_as_new(void)
{
    nf9_cache *cache = nf9_cache_new(NULL, NULL);

    check_case("a void ID");
    add(cache, one, 256, 1, 10);
    nf9_cache_void(cache, one, 256, nf9_when_at(20, 0));
    CHECK_UINT(look(cache, one, 256, 30), 0);
    CHECK_UINT(nf9_cache_forget(cache, 30), 1);
    add(cache, one, 256, 1, 40);
    CHECK_UINT(look(cache, one, 256, 40), 1);
    nf9_cache_free(cache);
}

/* A flood of sources and IDs: the limit is reached, and after it was forgotten there is room. */
static void a_flood_passes(void)
{
    const nf9_cache_limits limits = { .max_memory = 1 << 20, .max_source = 3 };
    ledger book = { 0 };
    nf9_allocator a = ledger_allocator(&book);
    nf9_cache *cache = nf9_cache_new(&limits, &a);
    nf9_status st = NF9_OK;
    unsigned n = 0;

    check_case("a flood");
    for (; st == NF9_OK && n < 100000; n++) {
        nf9_template_record record = definition(256 + n % 3, 1 + n % 2);
        nf9_source source = { .conversation = 1 + n / 3, .exporter = 1 + n % 7 };
        st = nf9_cache_add(cache, source, &record, nf9_when_at(n, 0), NULL);
    }
    CHECK_STATUS(st, NF9_ERR_LIMIT);
    CHECK(n > 1000);
    CHECK_UINT(nf9_cache_forget(cache, n - 10), n - 10);
    CHECK_UINT(nf9_cache_definitions(cache), 9);
    CHECK(nf9_cache_memory(cache) < 64 << 10);
    CHECK_UINT(look(cache, (nf9_source){ .conversation = 1 + (n - 2) / 3, .exporter = 99 },
                    256 + (n - 2) % 3, n),
               1 + (n - 2) % 2);
    add(cache, one, 300, 7, n + 1);
    CHECK_UINT(look(cache, one, 300, n + 1), 7);
    CHECK_UINT(nf9_cache_forget(cache, UINT64_MAX), 10);
    CHECK_UINT(nf9_cache_definitions(cache), 0);
    nf9_cache_free(cache);
    CHECK_UINT(book.blocks, 0);
    CHECK_UINT(book.octets, 0);
    guard_release();
}

/* Definitions, restarts and forgetting at random: what was in force and stays is found as before,
 * and the memory of all is given back, whichever allocation fails. */
static void at_random(unsigned seed, size_t fail_at)
{
    ledger book = { .fail_at = fail_at };
    nf9_allocator a = ledger_allocator(&book);
    nf9_cache *cache = nf9_cache_new(NULL, &a);
    unsigned random = seed;

    check_case("seed %u, allocation %zu fails", seed, fail_at);
    for (unsigned packet = 1; cache != NULL && packet < 200; packet++) {
        random = random * 1103515245u + 12345u;
        unsigned r = random >> 16;
        nf9_source source = { .conversation = 1 + r % 3,
                              .source_id = r / 3 % 2,
                              .exporter = r / 6 % 2 };
        nf9_when now = nf9_when_at(packet, 0);
        if (r % 17 == 0) {
            nf9_cache_restart(cache, source, now);
        } else if (r % 13 == 0) {
            nf9_definition before[6], after;
            bool found[6];
            uint64_t first = packet > 20 ? packet - 20 : 0;
            for (unsigned i = 0; i < 6; i++) {
                source.conversation = 1 + i % 3;
                source.source_id = i / 3;
                found[i] = nf9_cache_find(cache, source, 256, now, &before[i]) == NF9_OK &&
                           before[i].last.packet >= first;
            }
            nf9_cache_forget(cache, first);
            for (unsigned i = 0; i < 6; i++) {
                source.conversation = 1 + i % 3;
                source.source_id = i / 3;
                CHECK_INT(nf9_cache_find(cache, source, 256, now, &after) == NF9_OK, found[i]);
                if (found[i])
                    CHECK(after.tmpl == before[i].tmpl);
            }
        } else {
            nf9_template_record record = definition(256, 1 + r / 12 % 2);
            nf9_cache_add(cache, source, &record, now, NULL);
        }
    }
    nf9_cache_free(cache);
    CHECK_UINT(book.blocks, 0);
    guard_release();
}

int main(void)
{
    what_is_refreshed_stays();
    shared_templates();
    what_is_lent_is_forgotten_with_its_owner();
    a_void_id_is_as_new();
    a_flood_passes();
    for (unsigned seed = 1; seed <= 200; seed++)
        at_random(seed, seed % 4 == 0 ? seed / 4 : 0);
    return check_end();
}
