/* SPDX-License-Identifier: MIT
 *
 * record.c: the fields of a record, one after the other, by column, by type.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <string.h>

static const char *const FIXED = "0100 0005 0007 0002 0052 0000 0008 0004 0007 0002 fffe 0001";
static const char *const FIXED_DATA = "0050 c0000201 0051 aa";

/* Each way to a field gives the same field. */
static void check_each_way(const nf9_record *record, size_t column, const nf9_field *want)
{
    nf9_field f = { 0 };

    CHECK_STATUS(nf9_record_column(record, column, &f), NF9_OK);
    CHECK_UINT(f.type, want->type);
    CHECK_UINT(f.column, column);
    CHECK_UINT(f.offset, want->offset);
    CHECK(f.scope == want->scope && f.info == want->info);
    CHECK(f.bytes.data == want->bytes.data && f.bytes.len == want->bytes.len);
}

static void walk(const nf9_record *record, const char *const want[], size_t n)
{
    nf9_field_iter it;
    nf9_field f;
    size_t i = 0;

    nf9_fields_open(&it, record);
    for (; nf9_field_next(&it, &f) == NF9_OK && i < n; i++) {
        check_case("column %zu", i);
        CHECK_UINT(f.column, i);
        CHECK_OCTETS(f.bytes, want[i]);
        CHECK_UINT(f.offset, record->offset + (size_t)(f.bytes.data - record->bytes.data));
        check_each_way(record, i, &f);
    }
    CHECK_UINT(i, n);
    CHECK_STATUS(nf9_field_next(&it, &f), NF9_END);
    CHECK_STATUS(nf9_field_next(&it, &f), NF9_END);
    CHECK_STATUS(nf9_record_column(record, n, &f), NF9_NONE);
    CHECK_STATUS(nf9_record_column(record, SIZE_MAX, &f), NF9_NONE);
}

static void fields_come_in_the_templates_order(void)
{
    static const char *const fixed[] = { "0050", "", "c0000201", "0051", "aa" };
    nf9_record r = record_of(template_of(FIXED), FIXED_DATA);

    walk(&r, fixed, 5);
    static const char *const variable[] = { "06", "", "6162", "00000001", "", "63*300" };
    r = record_of(template_of("0100 0006 0004 0001 0052 ffff 0053 ffff 0001 0004 0054 ffff "
                              "0060 ffff"),
                  "06 00 026162 00000001 ff0000 ff012c 63*300");
    walk(&r, variable, 6);
    guard_release();

    /* 256 fields of type 0 and no octets, on both sides of one of variable length */
    static const char *const few[] = { "6162", "00000001", "07" };
    static const uint16_t columns[] = { 256, 513, 514 };
    nf9_field f;
    r = record_of(template_of("0100 0203 00*1024 0052 ffff 00*1024 0001 0004 0004 0001"),
                  "026162 00000001 07");
    for (size_t i = 0; i < 3; i++) {
        check_case("among empty ones, %zu", i);
        CHECK_STATUS(nf9_record_column(&r, columns[i], &f), NF9_OK);
        CHECK_OCTETS(f.bytes, few[i]);
        CHECK_UINT(f.column, columns[i]);
    }
    CHECK_STATUS(nf9_record_column(&r, 512, &f), NF9_OK);
    CHECK(f.bytes.len == 0 && f.bytes.data == r.bytes.data + 3);
}

/* More octets than any record has lie between the two: a number of 16 bits does not wrap. */
static void what_lies_too_far_behind_is_not_found(void)
{
    const nf9_template *t = template_of("0100 0004 0052 ffff 0001 fffe 0002 0003 0004 0001");
    nf9_record r = { .tmpl = t, .bytes = octets("00 0102030405060708") };
    nf9_field f;

    check_case("far");
    CHECK_STATUS(nf9_record_column(&r, 0, &f), NF9_OK);
    for (size_t i = 1; i < 4; i++)
        CHECK_STATUS(nf9_record_column(&r, i, &f), NF9_ERR_TRUNCATED);
    CHECK_UINT(nf9_template_columns(t)[3].offset, NF9_OFFSET_VARIES);
}

static void fields_are_found_by_type(void)
{
    nf9_record r = record_of(template_of(FIXED), FIXED_DATA);
    nf9_field f;

    check_case("by type");
    CHECK_STATUS(nf9_record_find(&r, 7, 0, &f), NF9_OK);
    CHECK_OCTETS(f.bytes, "0050");
    CHECK_STATUS(nf9_record_find(&r, 7, 1, &f), NF9_OK);
    CHECK_OCTETS(f.bytes, "0051");
    CHECK_UINT(f.column, 3);
    CHECK_STATUS(nf9_record_find(&r, 7, 2, &f), NF9_NONE);
    CHECK_STATUS(nf9_record_find(&r, 7, UINT32_MAX, &f), NF9_NONE);
    CHECK_STATUS(nf9_record_find(&r, 82, 0, &f), NF9_OK);
    CHECK_UINT(f.bytes.len, 0);
    CHECK_STATUS(nf9_record_find(&r, 65534, 0, &f), NF9_OK);
    CHECK(f.info == NULL);
    CHECK_STATUS(nf9_record_find(&r, 1, 0, &f), NF9_NONE);
}

static void a_scope_is_no_field_of_that_type(void)
{
    const nf9_template *t =
        options_template_of("0100 0008 0008 0001 0004 0007 0002 0007 0002 0008 0004");
    nf9_record r = record_of(t, "c0000201 aaaa 0050 c0000202");
    nf9_field f;

    check_case("scope");
    CHECK_STATUS(nf9_record_find(&r, 1, 0, &f), NF9_NONE);
    CHECK_STATUS(nf9_record_find(&r, 7, 0, &f), NF9_OK);
    CHECK_OCTETS(f.bytes, "0050");
    CHECK_STATUS(nf9_record_find(&r, 7, 1, &f), NF9_NONE);
    CHECK_STATUS(nf9_record_column(&r, 0, &f), NF9_OK);
    CHECK(f.scope && f.info == nf9_scope_info_of(1));
    CHECK_STATUS(nf9_record_column(&r, 1, &f), NF9_OK);
    CHECK(f.scope && f.info == NULL); /* scope type 7 is unknown, field type 7 is not */
    CHECK_STATUS(nf9_record_column(&r, 3, &f), NF9_OK);
    CHECK(!f.scope && f.info == nf9_field_info_of(8));
}

/* A record that is cut at each of its octets: whole fields are there, the others are not. */
static void check_cut(const nf9_template *t, const char *data, const size_t *ends, size_t n)
{
    nf9_bytes whole = octets(data);

    for (size_t len = 0; len < whole.len; len++) {
        nf9_record r = { .tmpl = t, .bytes = guard_copy(whole.data, len) };
        nf9_field_iter it;
        nf9_field f;
        nf9_status st;
        size_t i = 0;

        nf9_fields_open(&it, &r);
        while ((st = nf9_field_next(&it, &f)) == NF9_OK)
            i++;
        check_case("cut at %zu", len);
        CHECK_STATUS(st, NF9_ERR_TRUNCATED);
        CHECK_STATUS(nf9_field_next(&it, &f), NF9_ERR_TRUNCATED);
        for (size_t k = 0; k < n; k++) {
            check_case("cut at %zu, column %zu", len, k);
            CHECK((ends[k] <= len) == (k < i));
            CHECK_STATUS(nf9_record_column(&r, k, &f), k < i ? NF9_OK : NF9_ERR_TRUNCATED);
        }
    }
}

static void what_is_cut_is_not_read(void)
{
    static const size_t fixed[] = { 2, 2, 6, 8, 9 };
    static const size_t variable[] = { 1, 4, 8, 13 };

    check_cut(template_of(FIXED), FIXED_DATA, fixed, 5);
    check_cut(template_of("0100 0004 0004 0001 0052 ffff 0001 0004 0053 ffff"),
              "06 026162 00000001 ff0002 6364", variable, 4);
}

static void a_failed_look_leaves_the_field(void)
{
    nf9_record r = { .tmpl = template_of(FIXED), .bytes = octets("0050 c0") };
    nf9_field f = { .type = 77, .column = 78 };

    check_case("unchanged");
    CHECK_STATUS(nf9_record_find(&r, 1, 0, &f), NF9_NONE);
    CHECK_STATUS(nf9_record_column(&r, 5, &f), NF9_NONE);
    CHECK(f.type == 77 && f.column == 78);
}

int main(void)
{
    fields_come_in_the_templates_order();
    what_lies_too_far_behind_is_not_found();
    fields_are_found_by_type();
    a_scope_is_no_field_of_that_type();
    what_is_cut_is_not_read();
    a_failed_look_leaves_the_field();
    return check_end();
}
