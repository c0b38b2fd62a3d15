/* SPDX-License-Identifier: MIT
 *
 * error.c: texts of outcomes, and an error with its place in one line.
 */
#include "check.h"
#include "guard.h"
#include <stdio.h>
#include <string.h>

static const struct {
    nf9_status status;
    int value;
    const char *name, *text;
} statuses[] = {
    { NF9_OK, 0, "OK", "done" },
    { NF9_END, 1, "END", "no more" },
    { NF9_NONE, 2, "NONE", "no such field" },
    { NF9_AGAIN, 3, "AGAIN", "nothing yet" },
    { NF9_ERR_TRUNCATED, -1, "ERR_TRUNCATED", "too few octets" },
    { NF9_ERR_VERSION, -2, "ERR_VERSION", "not version 9" },
    { NF9_ERR_LENGTH, -3, "ERR_LENGTH", "a length that cannot be" },
    { NF9_ERR_OVERRUN, -4, "ERR_OVERRUN", "runs past the end of what holds it" },
    { NF9_ERR_TEMPLATE_ID, -5, "ERR_TEMPLATE_ID", "a template ID below 256" },
    { NF9_ERR_NO_FIELD, -6, "ERR_NO_FIELD", "a template without a field" },
    { NF9_ERR_KIND, -7, "ERR_KIND", "the field is of another kind" },
    { NF9_ERR_WIDTH, -8, "ERR_WIDTH", "a length that does not fit the field's kind" },
    { NF9_ERR_SPACE, -9, "ERR_SPACE", "too little room for the result" },
    { NF9_ERR_MEMORY, -10, "ERR_MEMORY", "no memory" },
    { NF9_ERR_LIMIT, -11, "ERR_LIMIT", "a limit is reached" },
    { NF9_ERR_RANGE, -12, "ERR_RANGE", "a value that does not fit its field" },
    { NF9_ERR_MISSING, -13, "ERR_MISSING", "a field of the template is missing" },
    { NF9_ERR_EXTRA, -14, "ERR_EXTRA", "a field that the template does not have" },
    { NF9_ERR_ORDER, -15, "ERR_ORDER", "a field out of the template's order" },
    { NF9_ERR_STATE, -16, "ERR_STATE", "a call out of turn" },
    { NF9_ERR_INPUT, -17, "ERR_INPUT", "the input cannot be read" },
};

static void each_status_has_its_value_name_and_text(void)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        check_case("%s", statuses[i].name);
        CHECK_INT(statuses[i].status, statuses[i].value);
        CHECK_TEXT(nf9_status_name(statuses[i].status), statuses[i].name);
        CHECK_TEXT(nf9_status_text(statuses[i].status), statuses[i].text);
    }
}

static void other_values_are_unknown(void)
{
    static const int values[] = { 4, -18, -128, 1000 };

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        check_case("status %d", values[i]);
        CHECK_TEXT(nf9_status_name((nf9_status)values[i]), "");
        CHECK_TEXT(nf9_status_text((nf9_status)values[i]), "unknown status");
    }
}

static void an_error_is_printed_into_every_room(void)
{
    const nf9_error error = { NF9_ERR_LENGTH, 1234, 4, 2, 65535 };
    const char *whole = "a length that cannot be at octet 1234: need 4, have 2 (FlowSet 65535)";
    size_t length = strlen(whole);

    check_case("no room");
    CHECK_UINT(nf9_error_print(&error, NULL, 0), length);
    for (size_t cap = 1; cap <= length + 2; cap++) {
        char *buf = guard_room(cap), expected[100];
        snprintf(expected, sizeof expected, "%.*s", (int)cap - 1, whole);
        check_case("room for %zu", cap);
        CHECK_UINT(nf9_error_print(&error, buf, cap), length);
        CHECK_TEXT(buf, expected);
    }
}

static void trim_takes_only_zero_octets_at_the_end(void)
{
    static const struct {
        const char *hex, *left;
    } cases[] = {
        { "", "" },           { "00", "" },         { "00*40", "" },  { "01", "01" },
        { "0100 0000", "01" }, { "0001 00", "0001" }, { "ff00ff", "ff00ff" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_case("%s", cases[i].hex);
        CHECK_OCTETS(nf9_bytes_trim(octets(cases[i].hex)), cases[i].left);
        CHECK_OCTETS(nf9_bytes_trim(octets_before(cases[i].hex)), cases[i].left);
    }
}

int main(void)
{
    each_status_has_its_value_name_and_text();
    other_values_are_unknown();
    an_error_is_printed_into_every_room();
    trim_takes_only_zero_octets_at_the_end();
    return check_end();
}
