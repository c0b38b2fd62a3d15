/* SPDX-License-Identifier: MIT
 *
 * The core field types, one by one: name, number, kind, and a value in each usual length taken
 * out of a record, decoded and printed.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include "core_rows.h"
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void each_row_is_what_it_was(void)
{
    CHECK_UINT(COUNT(core_rows), 87);
    for (size_t i = 0; i < COUNT(core_rows); i++) {
        const struct core_row *row = &core_rows[i];
        const nf9_field_info *info = nf9_field_info_of(row->type);
        check_case("%s", row->name);
        if (!CHECK(info != NULL))
            continue;
        CHECK_UINT(info->type, row->type);
        CHECK_TEXT(info->name, row->name);
        CHECK_UINT(info->kind, row->kind);
        CHECK_UINT(info->length, row->length);
        CHECK(nf9_field_by_name(row->name) == info);
    }
}

/* The value as a record holds it: behind another field, at the record's end. */
static nf9_field taken_from_a_record(const core_value *value, nf9_record *record)
{
    char tmpl[64], data[200];
    nf9_field field = { 0 };

    snprintf(tmpl, sizeof tmpl, "0100 0002 ffff 0001 %04x %04x", value->type,
             (unsigned)octets(value->hex).len);
    snprintf(data, sizeof data, "99 %s", value->hex);
    *record = record_of(template_of(tmpl), data);
    CHECK_STATUS(nf9_record_find(record, value->type, 0, &field), NF9_OK);
    return field;
}

static void check_number(const core_value *value, const nf9_field *field)
{
    uint64_t number = 0;

    CHECK_STATUS(nf9_field_u64(field, &number), NF9_OK);
    CHECK_UINT(number, value->number);
}

static void check_decoded(const core_value *value, const nf9_field *field)
{
    uint8_t address[16];
    nf9_bytes got = { address, 0 };

    switch (field->info->kind) {
    case NF9_KIND_UINT:
        check_number(value, field);
        return;
    case NF9_KIND_IPV4:
        got.len = 4;
        CHECK_STATUS(nf9_field_ipv4(field, address), NF9_OK);
        break;
    case NF9_KIND_IPV6:
        got.len = 16;
        CHECK_STATUS(nf9_field_ipv6(field, address), NF9_OK);
        break;
    case NF9_KIND_MAC:
        got.len = 6;
        CHECK_STATUS(nf9_field_mac(field, address), NF9_OK);
        break;
    case NF9_KIND_TEXT:
        CHECK_STATUS(nf9_field_text(field, &got), NF9_OK);
        CHECK_UINT(got.len, strlen(value->text));
        CHECK(got.len == 0 || memcmp(got.data, value->text, got.len) == 0);
        return;
    default:
        got = field->bytes;
    }
    CHECK_OCTETS(got, value->hex);
}

static void each_value_is_decoded_and_printed(void)
{
    for (size_t i = 0; i < COUNT(core_values); i++) {
        const core_value *value = &core_values[i];
        nf9_record record;

        check_case("%u = %s", (unsigned)value->type, value->hex);
        nf9_field field = taken_from_a_record(value, &record);
        if (CHECK(field.info != NULL)) {
            CHECK_UINT(field.type, value->type);
            CHECK_UINT(field.column, 1);
            CHECK_UINT(field.offset, 20 + 4 + 1);
            CHECK(nf9_field_fits(&field));
            check_decoded(value, &field);
            CHECK_TEXT(printed(&field), value->text);
        }
        guard_release();
    }
}

static void each_row_has_a_value_in_its_usual_length(void)
{
    for (size_t i = 0; i < COUNT(core_rows); i++) {
        size_t found = 0;
        for (size_t k = 0; k < COUNT(core_values); k++)
            if (core_values[k].type == core_rows[i].type &&
                (core_rows[i].length == 0 ||
                 octets(core_values[k].hex).len == core_rows[i].length))
                found++;
        check_case("%s", core_rows[i].name);
        CHECK(found > 0);
        guard_release();
    }
}

int main(void)
{
    each_row_is_what_it_was();
    each_value_is_decoded_and_printed();
    each_row_has_a_value_in_its_usual_length();
    return check_end();
}
