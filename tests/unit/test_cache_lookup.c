/* SPDX-License-Identifier: MIT
 *
 * cache.c: which definition data is read by: the source's own, one later in the packet, another
 * conversation's of the same exporter and boot, one that came later.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <stdio.h>

typedef struct announcement {
    uint32_t conversation, source_id, exporter;
    int64_t boot;
    unsigned packet, flowset, type; /* type 0: a restart */
} announcement;

#define MOST 4

static const struct {
    const char *name;
    announcement made[MOST]; /* up to the first of packet 0 */
    announcement asked;      /* by whom and where */
    nf9_match first, second; /* on the first and on the second look */
    unsigned type_first, type_second;
} cases[] = {
    { "nothing", { { 0 } }, { 1, 0, 9, 0, 5, 0, 0 }, NF9_MATCH_NONE, NF9_MATCH_NONE, 0, 0 },
    { "its own, before", { { 1, 0, 9, 0, 3, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_BEFORE, NF9_MATCH_BEFORE, 8, 8 },
    { "its own, at the place", { { 1, 0, 9, 0, 5, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_BEFORE, NF9_MATCH_BEFORE, 8, 8 },
    { "its own, later in the packet", { { 1, 0, 9, 0, 5, 1, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_SAME_PACKET, NF9_MATCH_SAME_PACKET, 8, 8 },
    { "its own, in the next packet", { { 1, 0, 9, 0, 6, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_NONE, NF9_MATCH_AFTER, 0, 8 },
    { "before comes before later in the packet",
      { { 1, 0, 9, 0, 3, 0, 8 }, { 1, 0, 9, 0, 5, 1, 12 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_BEFORE, NF9_MATCH_BEFORE, 8, 8 },
    { "another's", { { 2, 0, 9, 0, 3, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_BORROWED, NF9_MATCH_BORROWED, 8, 8 },
    { "another's, the newest", { { 2, 0, 9, 0, 3, 0, 8 }, { 3, 0, 9, 0, 4, 0, 12 } },
      { 1, 0, 9, 0, 5, 0, 0 }, NF9_MATCH_BORROWED, NF9_MATCH_BORROWED, 12, 12 },
    { "its own later in the packet comes before another's",
      { { 2, 0, 9, 0, 3, 0, 8 }, { 1, 0, 9, 0, 5, 1, 12 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_SAME_PACKET, NF9_MATCH_SAME_PACKET, 12, 12 },
    { "another's comes before its own in a later packet",
      { { 2, 0, 9, 0, 3, 0, 8 }, { 1, 0, 9, 0, 6, 0, 12 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_BORROWED, NF9_MATCH_BORROWED, 8, 8 },
    { "another exporter's is not lent", { { 2, 0, 8, 0, 3, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_NONE, NF9_MATCH_NONE, 0, 0 },
    { "exporter 0 neither lends nor borrows", { { 2, 0, 0, 0, 3, 0, 8 } },
      { 1, 0, 0, 0, 5, 0, 0 }, NF9_MATCH_NONE, NF9_MATCH_NONE, 0, 0 },
    { "another Source ID's is not lent", { { 2, 1, 9, 0, 3, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_NONE, NF9_MATCH_NONE, 0, 0 },
    { "booted 5 s before", { { 2, 0, 9, -5000, 3, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_BORROWED, NF9_MATCH_BORROWED, 8, 8 },
    { "booted 5 s after", { { 2, 0, 9, 5000, 3, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_BORROWED, NF9_MATCH_BORROWED, 8, 8 },
    { "2^32 ms and 5 s before: the uptime wrapped",
      { { 2, 0, 9, -4294972296, 3, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_BORROWED, NF9_MATCH_BORROWED, 8, 8 },
    { "2^32 ms less 5 s after", { { 2, 0, 9, 4294962296, 3, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_BORROWED, NF9_MATCH_BORROWED, 8, 8 },
    { "2^32 ms less 5.001 s after: another boot",
      { { 2, 0, 9, 4294962295, 3, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_NONE, NF9_MATCH_NONE, 0, 0 },
    { "another boot, before", { { 2, 0, 9, -5001, 3, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_NONE, NF9_MATCH_NONE, 0, 0 },
    { "another boot, after", { { 2, 0, 9, 5001, 3, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_NONE, NF9_MATCH_NONE, 0, 0 },
    { "the newest of the same boot",
      { { 2, 0, 9, 0, 3, 0, 8 }, { 3, 0, 9, 90000, 4, 0, 12 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_BORROWED, NF9_MATCH_BORROWED, 8, 8 },
    { "another's, later", { { 2, 0, 9, 0, 6, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_NONE, NF9_MATCH_BORROWED_AFTER, 0, 8 },
    { "its own, later, comes before another's, later",
      { { 2, 0, 9, 0, 6, 0, 8 }, { 1, 0, 9, 0, 7, 0, 12 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_NONE, NF9_MATCH_AFTER, 0, 12 },
    { "before a restart", { { 1, 0, 9, 0, 3, 0, 8 }, { 1, 0, 9, 0, 4, 0, 0 } },
      { 1, 0, 9, 0, 5, 0, 0 }, NF9_MATCH_NONE, NF9_MATCH_NONE, 0, 0 },
    { "behind a restart, as seen before it",
      { { 1, 0, 9, 0, 6, 0, 0 }, { 1, 0, 9, 0, 6, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_NONE, NF9_MATCH_NONE, 0, 0 },
    { "another's behind its own restart",
      { { 1, 0, 9, 0, 6, 0, 0 }, { 2, 0, 9, 0, 7, 0, 8 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_NONE, NF9_MATCH_NONE, 0, 0 },
    { "another's restart is not its own",
      { { 1, 0, 9, 0, 3, 0, 8 }, { 2, 0, 9, 0, 4, 0, 0 } }, { 1, 0, 9, 0, 5, 0, 0 },
      NF9_MATCH_BEFORE, NF9_MATCH_BEFORE, 8, 8 },
};

static nf9_source source_of(const announcement *a)
{
    return (nf9_source){ .conversation = a->conversation, .source_id = a->source_id,
                         .exporter = a->exporter, .boot = a->boot };
}

static void make(nf9_cache *cache, const announcement *a)
{
    nf9_when when = nf9_when_at(a->packet, a->flowset);
    char hex[40];

    if (a->type == 0) {
        CHECK_STATUS(nf9_cache_restart(cache, source_of(a), when), NF9_OK);
        return;
    }
    snprintf(hex, sizeof hex, "0100 0001 %04x 0004", a->type);
    nf9_template_record r = template_record_of(false, hex);
    CHECK_STATUS(nf9_cache_add(cache, source_of(a), &r, when, NULL), NF9_OK);
}

static void look(const nf9_cache *cache, const announcement *asked, bool second, nf9_match match,
                 unsigned type)
{
    nf9_when when = nf9_when_at(asked->packet, asked->flowset);
    nf9_definition d;
    nf9_match got = nf9_cache_lookup(cache, source_of(asked), 256, when, second, &d);

    if (CHECK_INT(got, match) && got != NF9_MATCH_NONE)
        CHECK_UINT(nf9_template_columns(d.tmpl)[0].type, type);
}

/* Of two places the one that is learnt first must not matter. */
static void in_order_and_backwards(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int backwards = 0; backwards < 2; backwards++) {
            nf9_cache *cache = nf9_cache_new(NULL, NULL);
            size_t n = 0;
            check_case("%s%s", cases[i].name, backwards ? ", backwards" : "");
            while (n < MOST && cases[i].made[n].packet != 0)
                n++;
            for (size_t k = 0; k < n; k++)
                make(cache, &cases[i].made[backwards ? n - 1 - k : k]);
            look(cache, &cases[i].asked, false, cases[i].first, cases[i].type_first);
            look(cache, &cases[i].asked, true, cases[i].second, cases[i].type_second);
            nf9_cache_free(cache);
        }
}

/* The same definition before and behind a place where the ID was voided, learnt from the later
 * place first: from there on it counts. */
static void a_void_between_two_announcements_parts_them(void)
{
    static const announcement behind = { 1, 0, 9, 0, 10, 0, 8 }, before = { 1, 0, 9, 0, 5, 0, 8 };
    static const announcement between = { 1, 0, 9, 0, 8, 0, 0 }, later = { 1, 0, 9, 0, 12, 0, 0 };
    static const announcement early = { 1, 0, 9, 0, 6, 0, 0 };
    nf9_cache *cache = nf9_cache_new(NULL, NULL);

    make(cache, &behind);
    nf9_cache_void(cache, source_of(&behind), 256, nf9_when_at(7, 0));
    make(cache, &before);
    check_case("before the void");
    look(cache, &early, false, NF9_MATCH_BEFORE, 8);
    check_case("behind the void");
    look(cache, &between, false, NF9_MATCH_NONE, 0);
    check_case("behind the later announcement");
    look(cache, &later, false, NF9_MATCH_BEFORE, 8);
    nf9_cache_free(cache);
}

/* What could not be stored is in force all the same: data before it, and data of it, is not to be
 * read by what came behind. */
static void what_is_behind_a_refused_definition_is_no_help(void)
{
    static const announcement behind = { 1, 0, 9, 0, 6, 0, 8 }, early = { 1, 0, 9, 0, 3, 0, 0 };
    static const announcement of_it = { 1, 0, 9, 0, 5, 0, 0 };
    const nf9_cache_limits limits = { .max_fields = 1 };
    nf9_template_record large = template_record_of(false, "0100 0002 0001 0004 0002 0004");

    for (int stored_before = 0; stored_before < 2; stored_before++) {
        nf9_cache *cache = nf9_cache_new(&limits, NULL);
        if (stored_before)
            make(cache, &behind);
        CHECK_STATUS(nf9_cache_add(cache, source_of(&behind), &large, nf9_when_at(4, 0), NULL),
                     NF9_ERR_LIMIT);
        nf9_cache_void(cache, source_of(&behind), 256, nf9_when_at(4, 0));
        if (!stored_before)
            make(cache, &behind);
        check_case("before the refused one");
        look(cache, &early, true, NF9_MATCH_NONE, 0);
        check_case("of the refused one");
        look(cache, &of_it, true, NF9_MATCH_NONE, 0);
        nf9_cache_free(cache);
    }
}

static void boot_times_follow_from_headers(void)
{
    const nf9_header h = { 9, 0, 3600000, 1553866012, 0, 0 };
    const nf9_header early = { 9, 0, UINT32_MAX, 0, 0, 0 };

    check_case("boot");
    CHECK_INT(nf9_header_boot(&h), INT64_C(1553866012000) - 3600000);
    CHECK_INT(nf9_header_boot(&early), -INT64_C(4294967295));
}

int main(void)
{
    in_order_and_backwards();
    what_is_behind_a_refused_definition_is_no_help();
    a_void_between_two_announcements_parts_them();
    boot_times_follow_from_headers();
    return check_end();
}
