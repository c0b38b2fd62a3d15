/* SPDX-License-Identifier: MIT
 *
 * record.c: the walk over Data Records, and their fields.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <stdio.h>
#include <string.h>

/* A row says what is found, a word a record: its octets; then, where the packet ends inside the
 * FlowSet, "cut:" and those of the record that is cut; then what is left over. */
static const struct {
    const char *name, *tmpl, *body;
    size_t missing;
    const char *records, *rest;
} flowsets[] = {
    { "nothing", "0100 0001 0001 0004", "", 0, "", "" },
    { "one record", "0100 0001 0001 0004", "01020304", 0, " 01020304", "" },
    { "two records and padding of 3", "0100 0001 0001 0004", "01020304 05060708 090a0b", 0,
      " 01020304 05060708", "090a0b" },
    { "too short for one", "0100 0001 0001 0004", "010203", 0, "", "010203" },
    { "padding is not looked at", "0100 0001 0001 0003", "010203 ffff", 0, " 010203", "ffff" },
    { "records of one octet", "0100 0001 0004 0001", "06 11 01", 0, " 06 11 01", "" },
    { "zero octets are records too", "0100 0001 0007 0002", "0000 0000", 0, " 0000 0000", "" },
    { "fields of no octets between", "0100 0003 0052 0000 0007 0002 0053 0000", "0050 0051 aa",
      0, " 0050 0051", "aa" },
    { "only fields of no octets: no record", "0100 0002 0052 0000 0053 0000", "0102", 0, "",
      "0102" },
    { "only a field of no octets, no octet", "0100 0001 0052 0000", "", 0, "", "" },
    { "longer than any FlowSet", "0100 0002 0001 fffe 0002 0004", "00*65531", 0, "",
      "00*65531" },

    { "variable, short form", "0100 0001 0052 ffff", "0161 0262 62 00 03636363", 0,
      " 0161 026262 00 03636363", "" },
    { "variable, 254 octets in short form", "0100 0001 0052 ffff", "fe 61*254", 0,
      " fe61*254", "" },
    { "variable, long form", "0100 0001 0052 ffff", "ff0002 6161 ff0000 01 62", 0,
      " ff00026161 ff0000 0162", "" },
    { "variable, 256 octets in long form", "0100 0002 0004 0001 0052 ffff", "06 ff0100 61*256",
      0, " 06ff010061*256", "" },
    { "variable, length octet alone", "0100 0001 0052 ffff", "05", 0, "", "05" },
    { "variable, cut by one", "0100 0001 0052 ffff", "0161 0361 61", 0, " 0161", "036161" },
    { "variable, long form's length cut", "0100 0001 0052 ffff", "0161 ff00", 0, " 0161",
      "ff00" },
    { "variable, long form's length missing", "0100 0001 0052 ffff", "ff", 0, "", "ff" },
    { "variable, longest length", "0100 0001 0052 ffff", "ffffff 00*9", 0, "", "ffffff 00*9" },
    { "variable, the fixed field behind it cut", "0100 0002 0052 ffff 0001 0004",
      "0161 00000001 0161 000000", 0, " 016100000001", "0161000000" },
    { "variable twice", "0100 0003 0052 ffff 0004 0001 0053 ffff", "0161 06 0162 00 11 00 06",
      0, " 0161060162 001100", "06" },

    { "cut in the second field", "0100 0002 0007 0002 0001 0004", "0050 00000001 0051 0000", 2,
      " 005000000001 cut:00510000", "" },
    { "cut in the first field: nothing to show", "0100 0002 0007 0002 0001 0004",
      "0050 00000001 00", 5, " 005000000001", "00" },
    { "cut between records", "0100 0001 0007 0002", "0050 0051", 2, " 0050 0051", "" },
    { "cut, variable field whole", "0100 0002 0052 ffff 0001 0004", "0261 62 0000", 2,
      " cut:0261620000", "" },
    { "cut, variable field too", "0100 0002 0052 ffff 0001 0004", "0561 62", 9, "", "056162" },
    { "cut behind the FlowSet's header", "0100 0001 0007 0002", "", 4, "", "" },
    { "cut, fields of no octets alone are nothing to show", "0100 0002 0052 0000 0001 0004",
      "000000", 1, "", "000000" },
};

static size_t say(char *said, size_t cap, size_t n, const char *before, nf9_bytes b)
{
    n += (size_t)snprintf(said + n, cap - n, " %s", before);
    for (size_t i = 0; i < b.len; i++) {
        size_t times = 1;
        while (i + 1 < b.len && b.data[i + 1] == b.data[i] && b.len > 100)
            i++, times++;
        n += (size_t)snprintf(said + n, cap - n, "%02x", b.data[i]);
        if (times > 1)
            n += (size_t)snprintf(said + n, cap - n, "*%zu", times);
    }
    return n;
}

static void walk(nf9_record_iter *it, char *said, size_t cap)
{
    nf9_record r;
    size_t n = 0, offset = 24, rest;
    uint32_t index = 0;
    nf9_status st;

    said[0] = '\0';
    while ((st = nf9_record_next(it, &r)) == NF9_OK) {
        CHECK_UINT(r.offset, offset);
        CHECK_UINT(r.index, index++);
        offset += r.bytes.len;
        n = say(said, cap, n, "", r.bytes);
    }
    CHECK_STATUS(st, NF9_END);
    CHECK_STATUS(nf9_record_next(it, &r), NF9_END);
    if (nf9_record_cut(it, &r) == NF9_OK) {
        CHECK_UINT(r.offset, offset);
        CHECK_UINT(r.index, index);
        offset += r.bytes.len;
        n = say(said, cap, n, "cut:", r.bytes);
    }
    CHECK_STATUS(nf9_record_cut(it, &r), NF9_END);
    CHECK_STATUS(nf9_record_next(it, &r), NF9_END);
    CHECK_UINT(nf9_records_count(it), 0);
    nf9_records_rest(it, &rest);
    CHECK_UINT(rest, offset);
}

static void flowsets_are_walked(void)
{
    for (size_t i = 0; i < sizeof flowsets / sizeof *flowsets; i++) {
        nf9_flowset fs = flowset_of(256, octets(flowsets[i].body));
        nf9_record_iter it;
        nf9_record r;
        char said[300];
        uint32_t n = 0;

        check_case("%s", flowsets[i].name);
        fs.missing = flowsets[i].missing;
        nf9_records_open(&it, &fs, template_of(flowsets[i].tmpl));
        nf9_record_iter ahead = it;
        while (nf9_record_next(&ahead, &r) == NF9_OK)
            n++;
        CHECK_UINT(nf9_records_count(&it), n);
        walk(&it, said, sizeof said);
        CHECK_TEXT(said, flowsets[i].records);
        CHECK_OCTETS(nf9_records_rest(&it, NULL), flowsets[i].rest);
        guard_release();
    }
}

static void count_counts_what_is_still_to_come(void)
{
    nf9_flowset fs = flowset_of(256, octets("0161 0262 62 00 ff0001 63 09"));
    nf9_record_iter it;
    nf9_record r;

    nf9_records_open(&it, &fs, template_of("0100 0001 0052 ffff"));
    for (uint32_t left = 4; left > 0; left--) {
        check_case("%u to come", (unsigned)left);
        CHECK_UINT(nf9_records_count(&it), left);
        CHECK_STATUS(nf9_record_next(&it, &r), NF9_OK);
        CHECK_UINT(r.index, 4 - left);
    }
    CHECK_UINT(nf9_records_count(&it), 0);
}

/* Behind n records that are skipped stands the one that n calls of next would have left next. */
static void records_are_skipped(void)
{
    static const struct {
        const char *tmpl, *body;
    } cases[] = { { "0100 0001 0007 0002", "0001 0002 0003 0004 05" },
                  { "0100 0001 0052 ffff", "0161 0262 62 00 ff0001 63 09" } };

    for (size_t i = 0; i < 2; i++)
        for (uint32_t n = 0; n <= 4; n++) {
            nf9_flowset fs = flowset_of(256, octets(cases[i].body));
            nf9_record_iter skipping, stepping;
            nf9_record a = { 0 }, b = { 0 };
            check_case("skip %u of %s", (unsigned)n, cases[i].body);
            nf9_records_open(&skipping, &fs, template_of(cases[i].tmpl));
            stepping = skipping;
            nf9_records_skip(&skipping, n);
            for (uint32_t k = 0; k < n; k++)
                CHECK_STATUS(nf9_record_next(&stepping, &b), NF9_OK);
            CHECK_UINT(nf9_records_count(&skipping), 4 - n);
            CHECK_STATUS(nf9_record_next(&skipping, &a), n < 4 ? NF9_OK : NF9_END);
            if (nf9_record_next(&stepping, &b) == NF9_OK)
                CHECK(a.offset == b.offset && a.index == b.index && a.bytes.len == b.bytes.len);
        }
}

/* As many records as octets: the counter must hold them. */
static void a_flowset_full_of_records_of_one_octet(void)
{
    nf9_flowset fs = flowset_of(256, octets("ff*65531"));
    nf9_record_iter it;
    nf9_record r;
    uint32_t n = 0;

    check_case("full");
    nf9_records_open(&it, &fs, template_of("0100 0001 0004 0001"));
    CHECK_UINT(nf9_records_count(&it), 65531);
    while (nf9_record_next(&it, &r) == NF9_OK)
        n++;
    CHECK_UINT(n, 65531);
    CHECK_UINT(r.index, 65530);
}

int main(void)
{
    flowsets_are_walked();
    count_counts_what_is_still_to_come();
    records_are_skipped();
    a_flowset_full_of_records_of_one_octet();
    return check_end();
}
