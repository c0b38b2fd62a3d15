/* SPDX-License-Identifier: MIT
 *
 * encode_error.c: what was wrong with a record, by the field's name.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <string.h>

static const nf9_header header = { 9, 0, 10, 946684800, 7, 99 };

static void check_error(const nf9_writer *w, const char *text)
{
    size_t length = strlen(text);
    char whole[300];

    CHECK_UINT(nf9_encode_error_print(nf9_writer_error(w), NULL, 0), length);
    nf9_encode_error_print(nf9_writer_error(w), whole, sizeof whole);
    CHECK_TEXT(whole, text);
    for (size_t cap = 1; cap <= length + 2; cap++) {
        char *buf = guard_room(cap);
        CHECK_UINT(nf9_encode_error_print(nf9_writer_error(w), buf, cap), length);
        CHECK_UINT(strlen(buf), cap - 1 < length ? cap - 1 : length);
        CHECK(memcmp(buf, text, strlen(buf)) == 0);
    }
    guard_release();
}

/* In the second record of a FlowSet of IN_BYTES, IN_PKTS, IF_NAME, type 65000. */
static nf9_writer in_second_record(void)
{
    nf9_writer w;

    nf9_writer_init(&w, NULL, 0);
    nf9_write_header(&w, &header);
    nf9_begin_data(&w, template_of("0100 0004 0001 0004 0002 0001 0052 0003 fde8 0002"));
    nf9_put_record(&w, "0123456789", 10);
    nf9_begin_record(&w);
    CHECK_STATUS(nf9_writer_error(&w)->at.code, NF9_OK);
    return w;
}

static void an_error_names_the_field(void)
{
    nf9_writer w = in_second_record();

    check_case("number");
    nf9_put_uint(&w, NF9_FT_IN_BYTES, 1);
    nf9_put_uint(&w, NF9_FT_IN_PKTS, 256);
    check_error(&w, "a value that does not fit its field: IN_PKTS (record 1, column 1) "
                    "at octet 38: need 2, have 1 (FlowSet 256)");

    check_case("text");
    w = in_second_record();
    nf9_put_uint(&w, NF9_FT_IN_BYTES, 1);
    nf9_put_uint(&w, NF9_FT_IN_PKTS, 1);
    nf9_put_text(&w, NF9_FT_IF_NAME, "eth0");
    nf9_put_uint(&w, NF9_FT_IN_PKTS, 256); /* the first failure is the one that is told */
    check_error(&w, "a value that does not fit its field: IF_NAME (record 1, column 2) "
                    "at octet 39: need 4, have 3 (FlowSet 256)");

    check_case("order");
    w = in_second_record();
    nf9_put_uint(&w, NF9_FT_IN_PKTS, 1);
    check_error(&w, "a field out of the template's order: IN_PKTS instead of IN_BYTES "
                    "(record 1, column 0) at octet 34 (FlowSet 256)");

    check_case("twice");
    w = in_second_record();
    nf9_put_uint(&w, NF9_FT_IN_BYTES, 1);
    nf9_put_uint(&w, NF9_FT_IN_BYTES, 1);
    check_error(&w, "a field out of the template's order: IN_BYTES instead of IN_PKTS "
                    "(record 1, column 1) at octet 38 (FlowSet 256)");

    check_case("extra");
    w = in_second_record();
    nf9_put_uint(&w, NF9_FT_OUT_BYTES, 1);
    check_error(&w, "a field that the template does not have: OUT_BYTES instead of IN_BYTES "
                    "(record 1, column 0) at octet 34 (FlowSet 256)");

    check_case("extra scope");
    w = in_second_record();
    nf9_put_uint(&w, NF9_AS_SCOPE(NF9_SCOPE_SYSTEM), 1);
    check_error(&w, "a field that the template does not have: scope SYSTEM instead of IN_BYTES "
                    "(record 1, column 0) at octet 34 (FlowSet 256)");

    check_case("more than all");
    w = in_second_record();
    nf9_put_uint(&w, NF9_FT_IN_BYTES, 1);
    nf9_put_uint(&w, NF9_FT_IN_PKTS, 1);
    nf9_put_text(&w, NF9_FT_IF_NAME, "eth");
    nf9_put_uint(&w, 65000, 1);
    nf9_put_uint(&w, 65000, 1);
    check_error(&w, "a field that the template does not have: type 65000 "
                    "(record 1, column 4) at octet 44 (FlowSet 256)");

    check_case("missing");
    w = in_second_record();
    nf9_put_uint(&w, NF9_FT_IN_BYTES, 1);
    nf9_end_record(&w);
    check_error(&w, "a field of the template is missing: IN_PKTS (record 1, column 1) "
                    "at octet 38 (FlowSet 256)");

    check_case("kind");
    w = in_second_record();
    nf9_put_text(&w, NF9_FT_IN_BYTES, "1");
    check_error(&w, "the field is of another kind: IN_BYTES (record 1, column 0) "
                    "at octet 34 (FlowSet 256)");
}

static void room_is_told_too(void)
{
    const nf9_template *t = template_of("0100 0001 0001 0004");
    nf9_writer w;

    check_case("record");
    nf9_writer_init(&w, guard_room(26), 26);
    nf9_write_header(&w, &header);
    nf9_begin_data(&w, t);
    nf9_begin_record(&w);
    nf9_put_uint(&w, NF9_FT_IN_BYTES, 1);
    check_error(&w, "too little room for the result: IN_BYTES (record 0, column 0) "
                    "at octet 24: need 4, have 2 (FlowSet 256)");

    check_case("header");
    nf9_writer_init(&w, guard_room(10), 10);
    nf9_write_header(&w, &header);
    check_error(&w, "too little room for the result at octet 0: need 20, have 10 (FlowSet 0)");

    check_case("state");
    nf9_writer_init(&w, NULL, 0);
    nf9_put_uint(&w, NF9_FT_IN_BYTES, 1);
    check_error(&w, "a call out of turn: IN_BYTES at octet 0 (FlowSet 0)");
}

int main(void)
{
    an_error_names_the_field();
    room_is_told_too();
    return check_end();
}
