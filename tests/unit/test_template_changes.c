/* SPDX-License-Identifier: MIT
 *
 * template_diff.c: what a redefinition changed, in words.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <string.h>

static const struct {
    const char *name;
    bool options_was;
    const char *was;
    bool options_is;
    const char *is, *changes;
} cases[] = {
    { "nothing", false, "0100 0002 0001 0004 0002 0004", false, "0100 0002 0001 0004 0002 0004",
      "" },
    { "another ID is no change of fields", false, "0100 0001 0001 0004", false,
      "0101 0001 0001 0004", "" },
    { "added", false, "0100 0001 0001 0004", false, "0100 0002 0001 0004 0017 0004",
      "added OUT_BYTES" },
    { "removed", false, "0100 0002 0001 0004 0002 0004", false, "0100 0001 0001 0004",
      "removed IN_PKTS" },
    { "resized", false, "0100 0001 0001 0004", false, "0100 0001 0001 0008",
      "resized IN_BYTES from 4 to 8" },
    { "reordered", false, "0100 0002 0001 0004 0002 0004", false,
      "0100 0002 0002 0004 0001 0004", "reordered" },
    { "all", false, "0100 0003 0001 0004 0002 0004 0004 0001", false,
      "0100 0003 0004 0001 0017 0004 0001 0008",
      "added OUT_BYTES, resized IN_BYTES from 4 to 8, removed IN_PKTS, reordered" },
    { "inserted in front is not reordered", false, "0100 0001 0001 0004", false,
      "0100 0002 0002 0004 0001 0004", "added IN_PKTS" },
    { "removed in front is not reordered", false, "0100 0003 0004 0001 0001 0004 0002 0004",
      false, "0100 0002 0001 0004 0002 0004", "removed PROTOCOL" },
    { "the second of a type", false, "0100 0001 0001 0004", false,
      "0100 0002 0001 0004 0001 0004", "added IN_BYTES" },
    { "the second of a type is gone", false, "0100 0002 0001 0004 0001 0008", false,
      "0100 0001 0001 0004", "removed IN_BYTES" },
    { "unknown type", false, "0100 0001 0001 0004", false, "0100 0001 fffe 0004",
      "added type 65534, removed IN_BYTES" },
    { "now options", false, "0100 0001 0001 0004", true, "0100 0000 0004 0001 0004",
      "now an options template" },
    { "now data, a scope is not the field of its number", true, "0100 0004 0000 0001 0004", false,
      "0100 0001 0001 0004", "now a data template, added IN_BYTES, removed scope SYSTEM" },
    { "unknown scope", true, "0100 0004 0000 0001 0004", true, "0100 0004 0000 0009 0004",
      "added scope type 9, removed scope SYSTEM" },
};

static void changes_are_said(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const nf9_template *was = cases[i].options_was ? options_template_of(cases[i].was)
                                                       : template_of(cases[i].was);
        nf9_template_record is = template_record_of(cases[i].options_is, cases[i].is);
        size_t length = strlen(cases[i].changes);
        check_case("%s", cases[i].name);
        CHECK_UINT(nf9_template_changes(was, &is, NULL, 0), length);
        for (size_t cap = 1; cap <= length + 1; cap++) {
            char *buf = guard_room(cap);
            CHECK_UINT(nf9_template_changes(was, &is, buf, cap), length);
            CHECK(memcmp(buf, cases[i].changes, cap - 1) == 0 && buf[cap - 1] == '\0');
        }
        guard_release();
    }
}

/* Nobody waits for 16,382 fields to be compared with as many. */
static void long_templates_are_not_compared(void)
{
    const nf9_template *was = template_of("0100 3ffe 0f*65528");
    nf9_template_record is = template_record_of(false, "0100 3ffe 0e*65528");
    char text[100];

    check_case("long");
    nf9_template_changes(was, &is, text, sizeof text);
    CHECK_TEXT(text, "other fields");
}

int main(void)
{
    changes_are_said();
    long_templates_are_not_compared();
    return check_end();
}
