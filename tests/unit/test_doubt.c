/* SPDX-License-Identifier: MIT
 *
 * doubt.c and record.c: records of 1 to 3 octets that may be padding, and what Count says.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"

static nf9_record_iter records(unsigned length, unsigned count, size_t missing)
{
    static const char *const tmpl[] = { "",
                                        "0100 0001 0004 0001",
                                        "0100 0001 0007 0002",
                                        "0100 0001 001f 0003",
                                        "0100 0001 0001 0004" };
    static const uint8_t zero[64];
    nf9_flowset fs = flowset_of(256, guard_copy(zero, count));
    nf9_record_iter it;

    fs.missing = missing;
    nf9_records_open(&it, &fs, template_of(tmpl[length]));
    return it;
}

/* Octets of the body, octets of a record: records, and how many may be padding.  The last 3
 * octets can be padding; a record stands in them whole, and the first never is in doubt. */
static const struct {
    unsigned octets, length;
    uint32_t records, doubtful;
} bodies[] = {
    { 0, 1, 0, 0 }, { 1, 1, 1, 0 }, { 2, 1, 2, 1 }, { 3, 1, 3, 2 }, { 4, 1, 4, 3 },
    { 5, 1, 5, 3 }, { 40, 1, 40, 3 },
    { 1, 2, 0, 0 }, { 2, 2, 1, 0 }, { 3, 2, 1, 0 }, { 4, 2, 2, 1 }, { 5, 2, 2, 1 },
    { 6, 2, 3, 1 }, { 7, 2, 3, 1 },
    { 3, 3, 1, 0 }, { 4, 3, 1, 0 }, { 6, 3, 2, 1 }, { 7, 3, 2, 0 }, { 8, 3, 2, 0 },
    { 9, 3, 3, 1 },
    { 4, 4, 1, 0 }, { 8, 4, 2, 0 }, { 9, 4, 2, 0 },
};

static void doubt_is_about_the_last_3_octets(void)
{
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        nf9_record_iter it = records(bodies[i].length, bodies[i].octets, 0);
        check_case("%u octets, records of %u", bodies[i].octets, bodies[i].length);
        CHECK_UINT(nf9_records_count(&it), bodies[i].records);
        CHECK_UINT(nf9_records_doubtful(&it), bodies[i].doubtful);
        guard_release();
    }
}

static void other_templates_leave_no_doubt(void)
{
    nf9_flowset fs = flowset_of(256, octets("00*4"));
    nf9_record_iter it;

    check_case("variable length");
    nf9_records_open(&it, &fs, template_of("0100 0001 0052 ffff"));
    CHECK_UINT(nf9_records_doubtful(&it), 0);
    check_case("no octets");
    nf9_records_open(&it, &fs, template_of("0100 0001 0052 0000"));
    CHECK_UINT(nf9_records_doubtful(&it), 0);
}

/* Padding stands at a FlowSet's end, and that end is not there. */
static void a_flowset_that_is_cut_leaves_no_doubt(void)
{
    nf9_record_iter it = records(1, 4, 3);

    check_case("cut");
    CHECK_UINT(nf9_records_count(&it), 4);
    CHECK_UINT(nf9_records_doubtful(&it), 0);
}

static void dropped_records_are_padding(void)
{
    for (uint32_t n = 0; n <= 2; n++) {
        nf9_record_iter it = records(1, 3, 0);
        nf9_record r;
        uint32_t seen = 0;
        check_case("drop %u of 3", (unsigned)n);
        nf9_records_drop(&it, n);
        CHECK_UINT(nf9_records_count(&it), 3 - n);
        while (nf9_record_next(&it, &r) == NF9_OK)
            seen++;
        CHECK_UINT(seen, 3 - n);
        CHECK_UINT(nf9_records_rest(&it, NULL).len, n);
    }
    nf9_record_iter it = records(2, 7, 0);
    check_case("drop 1 of 3, and the octet left over with it");
    nf9_records_drop(&it, 1);
    CHECK_UINT(nf9_records_count(&it), 2);
    nf9_record r;
    while (nf9_record_next(&it, &r) == NF9_OK)
        CHECK(r.index < 2);
    CHECK_UINT(nf9_records_rest(&it, NULL).len, 3);
}

/* Whoever drops from a FlowSet that is cut must not be led beyond its end. */
static void drop_then_cut_stays_inside(void)
{
    nf9_record_iter it = records(2, 7, 1);
    nf9_record r;

    check_case("drop, then cut");
    nf9_records_drop(&it, 1);
    while (nf9_record_next(&it, &r) == NF9_OK)
        ;
    while (nf9_record_cut(&it, &r) == NF9_OK)
        ;
    CHECK_STATUS(nf9_record_next(&it, &r), NF9_END);
    CHECK_UINT(nf9_records_count(&it), 0);
    CHECK(nf9_records_rest(&it, NULL).len <= 7);
}

/* records and doubtful of the packet, FlowSets with doubt, Count, and the FlowSet asked for:
 * how many of its records are padding. */
static const struct {
    const char *name;
    nf9_doubt doubt;
    uint16_t count;
    uint32_t doubtful, padding;
} settlements[] = {
    { "Count says all are records", { 5, 3, 1 }, 5, 3, 0 },
    { "Count says none of the doubtful is", { 5, 3, 1 }, 2, 3, 3 },
    { "Count leaves one answer: 1", { 5, 3, 1 }, 4, 3, 1 },
    { "Count leaves one answer: 2", { 5, 3, 1 }, 3, 3, 2 },
    { "Count too low to be believed", { 5, 3, 1 }, 1, 3, 0 },
    { "Count 0", { 5, 3, 1 }, 0, 3, 0 },
    { "Count too high", { 5, 3, 1 }, 6, 3, 0 },
    { "Count counts FlowSets", { 40, 3, 1 }, 2, 3, 0 },
    { "no doubt", { 5, 0, 0 }, 5, 0, 0 },
    { "no doubt, Count wrong", { 5, 0, 0 }, 3, 0, 0 },
    { "a FlowSet without doubt beside one with", { 9, 2, 1 }, 8, 0, 0 },
    { "two FlowSets, all padding", { 9, 3, 2 }, 6, 1, 1 },
    { "two FlowSets, all padding, the other", { 9, 3, 2 }, 6, 2, 2 },
    { "two FlowSets, which of them is not known", { 9, 3, 2 }, 8, 2, 0 },
    { "two FlowSets, all are records", { 9, 3, 2 }, 9, 2, 0 },
    { "more records than Count can say", { 70000, 3, 1 }, 65535, 3, 0 },
};

static void count_settles_where_it_equals_what_was_counted(void)
{
    for (size_t i = 0; i < sizeof settlements / sizeof *settlements; i++) {
        check_case("%s", settlements[i].name);
        CHECK_UINT(nf9_doubt_settle(&settlements[i].doubt, settlements[i].count,
                                    settlements[i].doubtful),
                   settlements[i].padding);
    }
}

static void flowsets_are_added_up(void)
{
    nf9_doubt doubt = { 0, 0, 0 };
    nf9_record_iter it = records(1, 3, 0);

    nf9_doubt_add(&doubt, &it);
    it = records(4, 9, 0);
    nf9_doubt_add(&doubt, &it);
    it = records(2, 4, 0);
    nf9_doubt_add(&doubt, &it);
    check_case("added up");
    CHECK_UINT(doubt.records, 3 + 2 + 2);
    CHECK_UINT(doubt.doubtful, 2 + 0 + 1);
    CHECK_UINT(doubt.flowsets, 2);
}

int main(void)
{
    doubt_is_about_the_last_3_octets();
    other_templates_leave_no_doubt();
    a_flowset_that_is_cut_leaves_no_doubt();
    dropped_records_are_padding();
    drop_then_cut_stays_inside();
    count_settles_where_it_equals_what_was_counted();
    flowsets_are_added_up();
    return check_end();
}
