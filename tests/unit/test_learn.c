/* SPDX-License-Identifier: MIT
 *
 * learn.c: the templates of a whole packet, and its records added up by a cache.
 */
#include "check.h"
#include "guard.h"
#include <nf9/nf9.h>

#define HEADER "0009 0001 00000000 5c9e1a00 00000000 00000007 "
#define TEMPLATE_256 "0000 000c 0100 0001 0004 0001 " /* PROTOCOL: records of an octet */
#define OTHER_256 "0000 000c 0100 0001 0001 0004 "
#define OPTIONS_257 "0001 0012 0101 0004 0004 0001 0004 0001 0004 "

static const nf9_source source = { .conversation = 1, .source_id = 7 };

static void templates_are_counted_by_what_they_mean(void)
{
    static const struct {
        const char *name, *packet;
        nf9_learnt want;
    } cases[] = {
        { "none", HEADER "0100 0008 00*4", { 0, 0, 0, 0, 0 } },
        { "no header", "0009 0001", { 0, 0, 0, 0, 0 } },
        { "one", HEADER TEMPLATE_256, { 1, 0, 0, 0, 0 } },
        { "both kinds", HEADER TEMPLATE_256 OPTIONS_257, { 2, 0, 0, 0, 0 } },
        { "again", HEADER TEMPLATE_256 TEMPLATE_256, { 1, 1, 0, 0, 0 } },
        { "otherwise", HEADER TEMPLATE_256 OTHER_256, { 1, 0, 1, 0, 0 } },
        { "an ID below 256", HEADER "0000 000c 00ff 0001 0004 0001", { 0, 0, 0, 1, 0 } },
        { "more fields than allowed", HEADER "0000 0014 0102 0003 0004 0001 0004 0001 0004 0001",
          { 0, 0, 0, 0, 1 } },
        { "before a bad length", HEADER TEMPLATE_256 "0100 0001", { 1, 0, 0, 0, 0 } },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const nf9_cache_limits limits = { .max_fields = 2 };
        nf9_cache *cache = nf9_cache_new(&limits, NULL);
        nf9_learnt got = nf9_cache_learn(cache, source, octets(cases[i].packet), 1);
        check_case("%s", cases[i].name);
        CHECK_UINT(got.fresh, cases[i].want.fresh);
        CHECK_UINT(got.refreshed, cases[i].want.refreshed);
        CHECK_UINT(got.redefined, cases[i].want.redefined);
        CHECK_UINT(got.faulty, cases[i].want.faulty);
        CHECK_UINT(got.refused, cases[i].want.refused);
        nf9_cache_free(cache);
        guard_release();
    }
}

/* Of two in one FlowSet the later counts behind it; both have a place. */
static void records_of_a_flowset_follow_each_other(void)
{
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    nf9_definition found;

    check_case("two in a FlowSet");
    nf9_cache_learn(cache, source,
                    octets(HEADER "0000 0014 0100 0001 0004 0001 0100 0001 0001 0004"), 3);
    CHECK_STATUS(nf9_cache_find(cache, source, 256, nf9_when_in(3, 0, 0), &found), NF9_OK);
    CHECK_UINT(nf9_template_columns(found.tmpl)[0].type, 4);
    CHECK_STATUS(nf9_cache_find(cache, source, 256, nf9_when_in(3, 1, 0), &found), NF9_OK);
    CHECK_UINT(nf9_template_columns(found.tmpl)[0].type, 1);
    nf9_cache_free(cache);
    guard_release();
}

/* What could not be stored must not leave the definition before in force. */
static void what_is_refused_is_void(void)
{
    const nf9_cache_limits limits = { .max_definitions = 1 };
    nf9_cache *cache = nf9_cache_new(&limits, NULL);
    nf9_definition found;

    check_case("refused");
    CHECK_UINT(nf9_cache_learn(cache, source, octets(HEADER TEMPLATE_256), 1).fresh, 1);
    CHECK_UINT(nf9_cache_learn(cache, source, octets(HEADER OTHER_256), 2).refused, 1);
    CHECK_STATUS(nf9_cache_find(cache, source, 256, nf9_when_in(1, 1, 0), &found), NF9_OK);
    CHECK_STATUS(nf9_cache_find(cache, source, 256, nf9_when_in(2, 1, 0), &found), NF9_NONE);
    nf9_cache_free(cache);
    guard_release();
}

static void a_packet_is_added_up(void)
{
    static const struct {
        const char *name, *packet;
        bool whole;
        uint64_t records, doubtful;
    } cases[] = {
        { "a template and five octets", HEADER TEMPLATE_256 "0100 0009 11*5", true, 6, 3 },
        { "data first", HEADER "0100 0009 11*5 " TEMPLATE_256, true, 6, 3 },
        { "a reserved FlowSet", HEADER TEMPLATE_256 "0003 0006 1111", true, 1, 0 },
        { "a zero tail", HEADER TEMPLATE_256 "00*40", true, 1, 0 },
        { "no template", HEADER TEMPLATE_256 "0101 0009 11*5", false, 0, 0 },
        { "a bad length", HEADER TEMPLATE_256 "0100 0003", false, 0, 0 },
        { "no header", "0009", false, 0, 0 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_cache *cache = nf9_cache_new(NULL, NULL);
        nf9_doubt doubt = { 0, 0, 0 };
        nf9_bytes packet = octets(cases[i].packet);
        check_case("%s", cases[i].name);
        nf9_cache_learn(cache, source, packet, 1);
        CHECK_INT(nf9_doubt_packet(&doubt, cache, source, packet, 1, false), cases[i].whole);
        if (cases[i].whole) {
            CHECK_UINT(doubt.records, cases[i].records);
            CHECK_UINT(doubt.doubtful, cases[i].doubtful);
        }
        nf9_cache_free(cache);
        guard_release();
    }
}

int main(void)
{
    templates_are_counted_by_what_they_mean();
    records_of_a_flowset_follow_each_other();
    what_is_refused_is_void();
    a_packet_is_added_up();
    return check_end();
}
