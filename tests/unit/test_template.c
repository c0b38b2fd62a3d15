/* SPDX-License-Identifier: MIT
 *
 * template.c: Template and Options Template Records (RFC 3954, sections 5.2 and 6.1).
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <stdio.h>
#include <string.h>

/* A row says what is found, a word a record: "ID:PRESENT/FIELDS(SCOPES)" and its fault where it
 * has one; then the octets that are left. */
static const struct {
    const char *name;
    bool options;
    const char *hex, *records, *rest;
} flowsets[] = {
    { "nothing", false, "", "", "" },
    { "3 octets are padding", false, "010000", "", "010000" },
    { "one field", false, "0100 0001 0001 0004", " 256:1/1(0)", "" },
    { "two records", false, "0100 0001 0001 0004 0101 0002 0008 0004 000c 0004",
      " 256:1/1(0) 257:2/2(0)", "" },
    { "zero padding of 4", false, "0100 0001 0001 0004 00*4", " 256:1/1(0)", "00*4" },
    { "zero padding of 200", false, "0100 0001 0001 0004 00*200", " 256:1/1(0)", "00*200" },
    { "padding too short for a record", false, "0100 0001 0001 0004 aabbcc", " 256:1/1(0)",
      "aabbcc" },
    { "a field 0 of no octets at the end is no padding", false, "0100 0001 0000 0000",
      " 256:1/1(0)", "" },
    { "no field", false, "0100 0000", " 256:0/0(0)ERR_NO_FIELD", "" },
    { "no field, then a good one", false, "0100 0000 0101 0001 0001 0004",
      " 256:0/0(0)ERR_NO_FIELD 257:1/1(0)", "" },
    { "ID 255", false, "00ff 0001 0001 0004", " 255:1/1(0)ERR_TEMPLATE_ID", "" },
    { "ID 0, then a good one", false, "0000 0001 0001 0004 0101 0001 0001 0004",
      " 0:1/1(0)ERR_TEMPLATE_ID 257:1/1(0)", "" },
    { "ID 255 without a field", false, "00ff 0000", " 255:0/0(0)ERR_TEMPLATE_ID", "" },
    { "ID 65535", false, "ffff 0001 0001 0004", " 65535:1/1(0)", "" },
    { "overruns by a field", false, "0100 0002 0001 0004", " 256:1/2(0)ERR_OVERRUN", "" },
    { "overruns by an octet", false, "0100 0002 0001 0004 0002 00", " 256:1/2(0)ERR_OVERRUN",
      "" },
    { "the most fields a count can say", false, "0100 ffff 0001 0004",
      " 256:1/65535(0)ERR_OVERRUN", "" },
    { "overruns with an ID below 256", false, "00ff 0002 0001 0004",
      " 255:1/2(0)ERR_TEMPLATE_ID", "" },
    { "header only", false, "0100 0001", " 256:0/1(0)ERR_OVERRUN", "" },

    { "options: nothing", true, "", "", "" },
    { "options: 5 octets are padding", true, "0100 0004 00", "", "0100 0004 00" },
    { "options: scope and field", true, "0100 0004 0004 0001 0004 0022 0004", " 256:2/2(1)", "" },
    { "options: no scope", true, "0100 0000 0004 0022 0004", " 256:1/1(0)", "" },
    { "options: a scope alone", true, "0100 0004 0000 0001 0004", " 256:1/1(1)", "" },
    { "options: padding of 2", true, "0100 0004 0004 0001 0004 0022 0004 0000", " 256:2/2(1)",
      "0000" },
    { "options: nothing in it", true, "0100 0000 0000", " 256:0/0(0)ERR_NO_FIELD", "" },
    { "options: scope length 6", true, "0100 0006 0004 0001 0004 aaaa 0022 0004",
      " 256:2/2(1)ERR_LENGTH", "" },
    { "options: option length 3", true, "0100 0004 0003 0001 0004 002200",
      " 256:1/1(1)ERR_LENGTH", "" },
    { "options: lengths 2 and 2 make no field of 4", true, "0100 0002 0002 0001 0004",
      " 256:0/0(0)ERR_LENGTH", "" },
    { "options: scope length 1, then a good one", true,
      "0100 0001 0000 aa 0101 0004 0000 0001 0004", " 256:0/0(0)ERR_LENGTH 257:1/1(1)", "" },
    { "options: scopes overrun", true, "0100 0008 0000 0001 0004", " 256:1/2(2)ERR_OVERRUN", "" },
    { "options: fields overrun", true, "0100 0004 0008 0001 0004 0022 0004",
      " 256:2/3(1)ERR_OVERRUN", "" },
    { "options: the longest lengths", true, "0100 fffc fffc 0001 0004",
      " 256:1/32766(16383)ERR_OVERRUN", "" },
    { "options: the longest odd lengths", true, "0100 ffff ffff 0001 0004",
      " 256:1/32766(16383)ERR_OVERRUN", "" },
    { "options: ID 1", true, "0001 0004 0000 0001 0004", " 1:1/1(1)ERR_TEMPLATE_ID", "" },
};

static void walk(nf9_template_iter *it, char *said, size_t cap)
{
    nf9_template_record r;
    size_t n = 0, offset = 24;
    nf9_status st;

    said[0] = '\0';
    while ((st = nf9_template_next(it, &r)) == NF9_OK) {
        CHECK_UINT(r.offset, offset);
        offset += r.wire.len;
        n += (size_t)snprintf(said + n, cap - n, " %u:%u/%u(%u)", r.id, r.present, r.field_count,
                              r.scope_count);
        if (r.fault != NF9_OK)
            n += (size_t)snprintf(said + n, cap - n, "%s", nf9_status_name(r.fault));
        for (size_t i = 0; i < r.present; i++) { /* each that is said to be there is */
            nf9_template_field f = nf9_template_record_field(&r, i);
            CHECK(f.scope == (i < r.scope_count));
            CHECK(f.offset >= r.offset + 4 && f.offset + 4 <= r.offset + r.wire.len);
        }
    }
    CHECK_STATUS(st, NF9_END);
    CHECK_STATUS(nf9_template_next(it, &r), NF9_END);
    size_t rest;
    nf9_templates_rest(it, &rest);
    CHECK_UINT(rest, offset);
}

static void flowsets_are_walked(void)
{
    for (size_t i = 0; i < sizeof flowsets / sizeof *flowsets; i++) {
        nf9_flowset fs = flowset_of(flowsets[i].options ? 1 : 0, octets(flowsets[i].hex));
        nf9_template_iter it;
        char said[200];

        check_case("%s", flowsets[i].name);
        nf9_templates_open(&it, &fs);
        walk(&it, said, sizeof said);
        CHECK_TEXT(said, flowsets[i].records);
        CHECK_OCTETS(nf9_templates_rest(&it, NULL), flowsets[i].rest);
        guard_release();
    }
}

static void fields_are_read_where_they_stand(void)
{
    nf9_template_record r =
        template_record_of(true, "0102 0008 0008 0001 0004 fffe 0000 8001 ffff 0022 0004");

    check_case("fields");
    CHECK_UINT(r.id, 258);
    CHECK(r.options);
    CHECK_UINT(r.scope_length, 8);
    CHECK_UINT(r.option_length, 8);
    static const struct {
        uint16_t type, length;
        bool scope;
    } want[] = { { 1, 4, true }, { 65534, 0, true }, { 32769, 65535, false }, { 34, 4, false } };
    for (size_t i = 0; i < 4; i++) {
        nf9_template_field f = nf9_template_record_field(&r, i);
        check_case("field %zu", i);
        CHECK_UINT(f.type, want[i].type);
        CHECK_UINT(f.length, want[i].length);
        CHECK(f.scope == want[i].scope);
        CHECK_UINT(f.offset, 24 + 6 + 4 * i);
    }
}

/* Behind scopes of a length that is no multiple of 4, fields begin where that length says. */
static void fields_behind_odd_scopes_are_read_where_they_stand(void)
{
    nf9_template_record r =
        template_record_of(true, "0100 0006 0008 0001 0004 aaaa 0022 0004 0023 0001");

    check_case("odd scope length");
    CHECK_STATUS(r.fault, NF9_ERR_LENGTH);
    CHECK_UINT(r.present, 3);
    nf9_template_field f = nf9_template_record_field(&r, 1);
    CHECK_UINT(f.type, 34);
    CHECK_UINT(f.length, 4);
    CHECK_UINT(f.offset, 24 + 6 + 6);
    f = nf9_template_record_field(&r, 2);
    CHECK_UINT(f.type, 35);
    CHECK_UINT(f.offset, 24 + 6 + 10);
}

/* Every cut of FlowSets with good and bad records. */
static void every_prefix_ends_where_it_ends(void)
{
    nf9_bytes whole[2] = {
        octets("0100 0002 0008 0004 000c 0004 0101 0001 0001 0008 00ff 0001 0001 0004 00*6"),
        octets("0100 0004 0008 0001 0004 0022 0004 0023 0001 0101 0006 0003 00*9 0102 0000 0000"),
    };

    for (unsigned options = 0; options < 2; options++)
        for (size_t len = 0; len <= whole[options].len; len++) {
            nf9_flowset fs = flowset_of((uint16_t)options, guard_copy(whole[options].data, len));
            nf9_template_iter it;
            nf9_template_record r;
            size_t seen = 0;

            check_case("options %u, prefix of %zu", options, len);
            nf9_templates_open(&it, &fs);
            while (nf9_template_next(&it, &r) == NF9_OK) {
                seen += r.wire.len;
                for (size_t i = 0; i < r.present; i++)
                    CHECK(nf9_template_record_field(&r, i).length < 9);
            }
            CHECK_UINT(seen + nf9_templates_rest(&it, NULL).len, len);
        }
}

int main(void)
{
    flowsets_are_walked();
    fields_are_read_where_they_stand();
    fields_behind_odd_scopes_are_read_where_they_stand();
    every_prefix_ends_where_it_ends();
    return check_end();
}
