/* SPDX-License-Identifier: MIT
 *
 * pending.c: Data FlowSets that wait, within their bounds.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include "ledger.h"
#include <nf9/pending.h>
#include <string.h>

static nf9_status park(nf9_pending *p, uint64_t number, uint16_t id, const char *hex)
{
    const nf9_origin origin = { .source = { .conversation = 5 }, .number = number };
    nf9_flowset fs = flowset_of(id, octets(hex));
    nf9_status st = nf9_pending_park(p, &origin, &fs);

    guard_release(); /* a copy must not need them */
    return st;
}

/* The packets that wait, a digit each. */
static const char *order(const nf9_pending *p)
{
    static char digits[20];
    size_t n = 0, octets_seen = 0;

    for (const nf9_waiting *w = nf9_pending_oldest(p); w != NULL; w = w->next) {
        digits[n++] = (char)('0' + w->origin.number);
        octets_seen += w->flowset.body.len;
    }
    digits[n] = '\0';
    CHECK_UINT(nf9_pending_flowsets(p), n);
    CHECK_UINT(nf9_pending_octets(p), octets_seen);
    return digits;
}

static nf9_waiting *number(const nf9_pending *p, uint64_t n)
{
    nf9_waiting *w = nf9_pending_oldest(p);

    while (w->origin.number != n)
        w = w->next;
    return w;
}

static void they_wait_in_order_and_leave_in_any(void)
{
    nf9_pending *p = nf9_pending_new(NULL, NULL);

    check_case("order");
    CHECK_TEXT(order(p), "");
    CHECK_STATUS(park(p, 1, 256, "0102"), NF9_OK);
    CHECK_STATUS(park(p, 2, 300, ""), NF9_OK);
    CHECK_STATUS(park(p, 3, 256, "03040506"), NF9_OK);
    CHECK_STATUS(park(p, 4, 257, "07"), NF9_OK);
    CHECK_TEXT(order(p), "1234");
    nf9_waiting *w = number(p, 3);
    CHECK_UINT(w->flowset.id, 256);
    CHECK_UINT(w->origin.source.conversation, 5);
    CHECK_OCTETS(w->flowset.body, "03040506");
    nf9_pending_take(p, w);
    CHECK_TEXT(order(p), "124");
    CHECK_OCTETS(w->flowset.body, "03040506");
    CHECK(w->next == NULL && w->prev == NULL);
    nf9_waiting_free(p, w);
    for (uint64_t i = 0; i < 2; i++) {
        w = number(p, i == 0 ? 4 : 1); /* the last, the first */
        nf9_pending_take(p, w);
        nf9_waiting_free(p, w);
    }
    CHECK_TEXT(order(p), "2");
    CHECK_STATUS(park(p, 9, 256, "01"), NF9_OK);
    CHECK_TEXT(order(p), "29");
    nf9_pending_free(p);
    nf9_pending_free(NULL);
}

static void bounds_hold(void)
{
    static const struct {
        const char *name;
        nf9_pending_limits limits;
        const char *order;
    } cases[] = {
        { "three FlowSets", { 3, 0 }, "123" },
        { "eight octets", { 0, 8 }, "124" },   /* 3 + 4, not + 4, + 1 */
        { "two and seven", { 2, 7 }, "12" },
        { "one octet", { 0, 1 }, "4" },
        { "no limit", { 0, 0 }, "1234" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ledger book = { 0 };
        nf9_allocator a = ledger_allocator(&book);
        nf9_pending *p = nf9_pending_new(&cases[i].limits, &a);
        check_case("%s", cases[i].name);
        (void)park(p, 1, 256, "010203");
        (void)park(p, 2, 256, "01020304");
        size_t blocks = book.blocks;
        nf9_status st = park(p, 3, 256, "01020304");
        CHECK(st == NF9_OK || ((st == NF9_ERR_LIMIT || st == NF9_ERR_SPACE) &&
                               book.blocks == blocks));
        (void)park(p, 4, 256, "01");
        CHECK_TEXT(order(p), cases[i].order);
        nf9_pending_free(p);
        CHECK_UINT(book.blocks, 0);
    }
}

static void without_memory_nothing_changes(void)
{
    ledger book = { .fail_at = 1 };
    nf9_allocator a = ledger_allocator(&book);

    check_case("no memory");
    CHECK(nf9_pending_new(NULL, &a) == NULL);
    book = (ledger){ .fail_at = 3 };
    nf9_pending *p = nf9_pending_new(NULL, &a);
    CHECK_STATUS(park(p, 1, 256, "01"), NF9_OK);
    CHECK_STATUS(park(p, 2, 256, "01"), NF9_ERR_MEMORY);
    CHECK_TEXT(order(p), "1");
    CHECK_STATUS(park(p, 3, 256, "01"), NF9_OK);
    CHECK_TEXT(order(p), "13");
    nf9_pending_free(p);
    CHECK_UINT(book.blocks, 0);
}

static void what_never_fits_displaces_nothing(void)
{
    const nf9_pending_limits limits = { .max_octets = 4 };
    nf9_pending *p = nf9_pending_new(&limits, NULL);

    check_case("larger than all room");
    CHECK_STATUS(park(p, 1, 256, "0102"), NF9_OK);
    CHECK_STATUS(park(p, 2, 256, "0102030405"), NF9_ERR_SPACE);
    CHECK_STATUS(park(p, 3, 256, "010203"), NF9_ERR_LIMIT);
    CHECK_TEXT(order(p), "1");
    nf9_pending_free(p);
}

int main(void)
{
    what_never_fits_displaces_nothing();
    they_wait_in_order_and_leave_in_any();
    bounds_hold();
    without_memory_nothing_changes();
    return check_end();
}
