/* SPDX-License-Identifier: MIT
 *
 * packet_row.c: the values of a row by column, type and name; as fields, and printed.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <nf9/packet.h>
#include <string.h>

static nf9_value values[8];

static nf9_row row_of(void)
{
    const nf9_template *t = options_template_of("0101 000c 0014 0001 0004 0002 0002 0009 0001"
                                                "0001 0004 0052 0006 fde8 0002 0001 ffff"
                                                "009c 0008");
    nf9_record record =
        record_of(t, "c0000201 0007 01 000005dc 657468300000 0102 02 0100 bc17c20000000016");
    nf9_row row = { t, values, 8 };

    CHECK_STATUS(nf9_record_values(&record, values, 8), NF9_OK);
    return row;
}

static void by_column_and_type(void)
{
    nf9_row row = row_of();

    check_case("column, type");
    CHECK(nf9_row_column(&row, 0) == &values[0] && nf9_row_column(&row, 7) == &values[7]);
    CHECK(nf9_row_column(&row, 8) == NULL);
    CHECK(nf9_row_find(&row, 1, 0) == &values[3]); /* not the scope of this number */
    CHECK(nf9_row_find(&row, 1, 1) == &values[6]);
    CHECK(nf9_row_find(&row, 1, 2) == NULL && nf9_row_find(&row, 2, 0) == NULL);
    CHECK(nf9_row_find(&row, 65000, 0) == &values[5]);
}

static const struct {
    const char *name;
    int column; /* -1: none */
} names[] = {
    { "in_bytes", 3 },        { "IN_BYTES", 3 },       { "octetDeltaCount", 3 },
    { "if_name", 4 },         { "unknown.65000", 5 },  { "flow_start_nanoseconds", 7 },
    { "scope.system", 0 },    { "scope.interface", 1 }, { "scope.unknown.9", 2 },
    { "scope.unknown.2", -1 }, { "unknown.1", -1 },     { "unknown.65001", -1 },
    { "unknown.65536", -1 },  { "unknown.131072", -1 }, { "unknown.", -1 },
    { "unknown.65000x", -1 }, { "unknown.99999999999", -1 }, { "scope.in_bytes", -1 },
    { "scope.template", -1 }, { "scope.", -1 },        { "system", -1 },
    { "out_bytes", -1 },      { "", -1 },              { "no such", -1 },
    { "bytes", 3 },           { "Scope.Interface", 1 }, { "SCOPE.UNKNOWN.9", 2 },
    { "Unknown.65000", 5 },
};

static void by_name(void)
{
    nf9_row row = row_of();

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const nf9_value *v = nf9_row_find_name(&row, names[i].name);
        check_case("\"%s\"", names[i].name);
        CHECK_INT(v == NULL ? -1 : (int)(v - values), names[i].column);
    }
}

static void as_fields_and_printed(void)
{
    static const char *const texts[] = { "c0000201 (192.0.2.1)", "7", "01", "1500", "eth0", "0102",
                                         "256", "2000-01-01T00:00:00.000000005Z" };
    nf9_row row = row_of();
    uint8_t *room = guard_room(NF9_VALUE_ROOM);
    nf9_field field;
    nf9_time time;
    uint64_t u;
    char text[64];

    for (size_t i = 0; i < 8; i++) {
        check_case("column %zu", i);
        CHECK_UINT(nf9_row_print(&row, i, text, sizeof text), strlen(texts[i]));
        CHECK_TEXT(text, texts[i]);
        CHECK_STATUS(nf9_row_field(&row, i, room, &field), NF9_OK);
        CHECK(field.column == i && field.scope == (i < 3));
    }
    check_case("fields");
    CHECK_STATUS(nf9_row_field(&row, 7, room, &field), NF9_OK);
    CHECK(nf9_field_time(&field, &time) == NF9_OK && time.nanos == 5);
    CHECK_STATUS(nf9_row_field(&row, 6, room, &field), NF9_OK);
    CHECK(field.bytes.len == 2 && nf9_field_u64(&field, &u) == NF9_OK && u == 256);
    CHECK_STATUS(nf9_row_field(&row, 8, room, &field), NF9_NONE);
    CHECK_UINT(nf9_row_print(&row, 8, text, sizeof text), 0);
    CHECK_TEXT(text, "");
    CHECK_UINT(nf9_row_print(&row, 8, NULL, 0), 0);
    values[3] = nf9_value_uint(1, UINT64_MAX);
    CHECK_STATUS(nf9_row_field(&row, 3, room, &field), NF9_ERR_RANGE);
}

int main(void)
{
    by_column_and_type();
    by_name();
    as_fields_and_printed();
    return check_end();
}
