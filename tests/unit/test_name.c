/* SPDX-License-Identifier: MIT
 *
 * name.c: fields of a record by name.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <stdio.h>
#include <string.h>

#define FIELDS "0100 0005 0001 0004 0008 0004 fde8 0002 0052 ffff 0001 0002"
#define RECORD "00000007 c0000201 1234 02 6574 0009"

static const char *name_of(const nf9_field *field)
{
    static char name[100];
    size_t len = nf9_field_name(field, NULL, 0);
    char *exact = guard_room(len + 1);

    if (nf9_field_name(field, exact, len + 1) != len || len >= sizeof name)
        return "(its length is not what it said)";
    memcpy(name, exact, len + 1);
    return name;
}

static void names_are_those_of_display_filters(void)
{
    static const char *const names[] = { "in_bytes", "ipv4_src_addr", "unknown.65000", "if_name",
                                         "in_bytes" };
    static const char *const scopes[] = { "scope.interface", "scope.unknown.77",
                                          "sampling_interval" };
    nf9_record r = record_of(template_of(FIELDS), RECORD);
    nf9_field f;

    for (size_t i = 0; i < 5; i++) {
        check_case("column %zu", i);
        CHECK_STATUS(nf9_record_column(&r, i, &f), NF9_OK);
        CHECK_TEXT(name_of(&f), names[i]);
    }
    r = record_of(options_template_of("0101 0008 0004 0002 0004 004d 0002 0022 0004"),
                  "00000003 0102 00000064");
    for (size_t i = 0; i < 3; i++) {
        check_case("options column %zu", i);
        CHECK_STATUS(nf9_record_column(&r, i, &f), NF9_OK);
        CHECK_TEXT(name_of(&f), scopes[i]);
        CHECK_STATUS(nf9_record_find_name(&r, scopes[i], &f), NF9_OK);
        CHECK_UINT(f.column, i);
    }
    guard_release();
}

/* The column that is found, -1: none. */
static const struct {
    const char *name;
    int column;
} asked[] = {
    { "in_bytes", 0 },      { "IN_BYTES", 0 },      { "octetDeltaCount", 0 },
    { "BYTES", 0 },         { "bytes", 0 },         { "ipv4_src_addr", 1 },
    { "sourceIPv4Address", 1 }, { "unknown.65000", 2 }, { "Unknown.65000", 2 },
    { "if_name", 3 },       { "out_bytes", -1 },    { "", -1 },
    { "in_byte", -1 },      { "in_bytess", -1 },    { "unknown.", -1 },
    { "unknown.1", -1 },    { "unknown.123130", -1 }, { "unknown.65000x", -1 },
    { "scope.in_bytes", -1 }, { "scope.interface", -1 }, { "nonsense", -1 },
};

static void names_find_fields(void)
{
    nf9_record r = record_of(template_of(FIELDS), RECORD);
    nf9_field f;

    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        nf9_status st = nf9_record_find_name(&r, asked[i].name, &f);
        check_case("%s", asked[i].name);
        CHECK_STATUS(st, asked[i].column < 0 ? NF9_NONE : NF9_OK);
        CHECK_UINT(nf9_column_by_name(r.tmpl, asked[i].name),
                   asked[i].column < 0 ? 5 : (uint64_t)asked[i].column);
        if (st == NF9_OK)
            CHECK_UINT(f.column, (uint64_t)asked[i].column);
    }
    guard_release();
}

/* Each row of the table by its names finds the field that nf9_field_by_name means. */
static void every_type_by_each_name(void)
{
    for (size_t i = 0; i < NF9_FIELD_COUNT; i++) {
        const nf9_field_info *info = nf9_field_at(i);
        const char *names[] = { info->name, info->filter, info->iana };
        char hex[40];
        nf9_field f;
        snprintf(hex, sizeof hex, "0100 0001 %04x 0004", (unsigned)info->type);
        nf9_record r = record_of(template_of(hex), "00000001");
        for (size_t k = 0; k < 3; k++) {
            if (names[k][0] == '\0' || nf9_field_by_name(names[k]) != info)
                continue; /* an older row has it */
            check_case("%s", names[k]);
            CHECK_STATUS(nf9_record_find_name(&r, names[k], &f), NF9_OK);
            CHECK_UINT(f.type, info->type);
        }
        CHECK_STATUS(nf9_record_find_name(&r, name_of(&f), &f), NF9_OK);
        guard_release();
    }
}

int main(void)
{
    names_are_those_of_display_filters();
    names_find_fields();
    every_type_by_each_name();
    return check_end();
}
