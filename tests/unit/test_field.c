/* SPDX-License-Identifier: MIT
 *
 * field.c: rows by type, by index and by name.
 */
#include "check.h"
#include <ctype.h>
#include <nf9/nf9.h>
#include <stdio.h>
#include <string.h>

static void rows_are_sorted_and_found_by_type(void)
{
    size_t known = 0;

    for (unsigned type = 0; type <= UINT16_MAX; type++) {
        const nf9_field_info *info = nf9_field_info_of((uint16_t)type);
        int index = nf9_field_index((uint16_t)type);
        check_case("type %u", type);
        if (info == NULL) {
            CHECK_INT(index, -1);
            continue;
        }
        CHECK_UINT(info->type, type);
        CHECK_INT(index, (int64_t)known++); /* dense, in the order of types */
        CHECK(nf9_field_at((size_t)index) == info);
    }
    check_case("all types");
    CHECK_UINT(known, 1062); /* as many as field_types.csv has */
    CHECK_UINT(NF9_FIELD_COUNT, 1062);
    CHECK(nf9_field_at(NF9_FIELD_COUNT) == NULL);
    CHECK(nf9_field_at(SIZE_MAX) == NULL);
}

static void the_enums_agree_with_the_rows(void)
{
    check_case("identifiers");
    CHECK_UINT(NF9_FT_IN_BYTES, 1);
    CHECK_UINT(NF9_FT_APPLICATION_TAG, 95);
    CHECK_UINT(NF9_FT_FIREWALL_EVENT, 233);
    CHECK_TEXT(nf9_field_at(NF9_IX_IPV4_SRC_ADDR)->name, "IPV4_SRC_ADDR");
    CHECK_UINT(nf9_field_at(NF9_IX_IPV4_SRC_ADDR)->type, NF9_FT_IPV4_SRC_ADDR);
    CHECK_UINT(nf9_scope_at(NF9_SX_LINE_CARD)->type, NF9_SCOPE_LINE_CARD);
}

static void rows_are_whole(void)
{
    for (size_t i = 0; i < NF9_FIELD_COUNT; i++) {
        const nf9_field_info *f = nf9_field_at(i);
        check_case("%s", f->name);
        CHECK(f->kind <= NF9_KIND_TIME_NS);
        CHECK(f->form <= NF9_FORM_SYSTEM);
        CHECK(f->unit < NF9_UNIT_COUNT);
        CHECK(f->enumeration < NF9_ENUM_COUNT);
        CHECK(f->label[0] != '\0' && f->meaning[0] != '\0' && f->iana != NULL);
        /* a row's own length must be one that its kind has, or printing would fall back */
        if (f->length != 0) {
            uint8_t zero[256] = { 0 };
            nf9_field field = { .type = f->type, .info = f, .bytes = { zero, f->length } };
            CHECK(f->length <= sizeof zero && nf9_field_fits(&field));
        }
    }
}

static void every_name_finds_its_row(void)
{
    for (size_t i = 0; i < NF9_FIELD_COUNT; i++) {
        const nf9_field_info *f = nf9_field_at(i);
        const char *names[3] = { f->name, f->filter, f->iana };
        for (size_t k = 0; k < 3; k++) {
            char upper[120], lower[120];
            size_t n = strlen(names[k]);
            check_case("%s of type %u", names[k], (unsigned)f->type);
            if (n == 0 || !CHECK(n < sizeof upper))
                continue;
            for (size_t c = 0; c <= n; c++) {
                upper[c] = (char)toupper((unsigned char)names[k][c]);
                lower[c] = (char)tolower((unsigned char)names[k][c]);
            }
            CHECK(nf9_field_by_name(names[k]) == f);
            CHECK(nf9_field_by_name(upper) == f);
            CHECK(nf9_field_by_name(lower) == f);
        }
    }
}

static void every_alias_finds_its_row(void)
{
    static const struct {
        const char *alias;
        uint16_t type;
    } aliases[] = {
#define NF9_ALIAS(alias, NAME) { alias, NF9_FT_##NAME },
#include <nf9/aliases.def>
#undef NF9_ALIAS
    };

    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        char lower[120];
        size_t n = strlen(aliases[i].alias);
        const nf9_field_info *f = nf9_field_by_name(aliases[i].alias);
        check_case("alias %s", aliases[i].alias);
        if (CHECK(f != NULL))
            CHECK_UINT(f->type, aliases[i].type);
        for (size_t c = 0; c <= n && n < sizeof lower; c++)
            lower[c] = (char)tolower((unsigned char)aliases[i].alias[c]);
        CHECK(nf9_field_by_name(lower) == f);
    }
}

/* Written by hand from aliases.csv, so that a table gone wrong as a whole is seen. */
static void users_names_find_what_they_mean(void)
{
    static const struct {
        const char *name;
        uint16_t type;
    } names[] = {
        { "IN_BYTES", 1 },          { "in_bytes", 1 },          { "In_Bytes", 1 },
        { "octetDeltaCount", 1 },   { "OCTETDELTACOUNT", 1 },   { "BYTES", 1 },
        { "PKTS", 2 },              { "NF_F_PROTOCOL", 4 },     { "IP_TOS", 5 },
        { "ip_tos", 5 },            { "sourceIPv4Address", 8 }, { "applicationId", 95 },
        { "APPLICATION_ID", 95 },   { "reserved_0", 0 },        { "flowStartSysUpTime", 22 },
        { "firewallEvent", 233 },
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const nf9_field_info *f = nf9_field_by_name(names[i].name);
        check_case("%s", names[i].name);
        if (CHECK(f != NULL))
            CHECK_UINT(f->type, names[i].type);
    }
}

static void other_names_find_nothing(void)
{
    static const char *const names[] = { "",          " ",         "IN_BYTE",  "IN_BYTES ",
                                         " IN_BYTES", "IN_BYTESS", "nf9.in_bytes", "1",
                                         "IN-BYTES",  "\xc9N_BYTES" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_case("\"%s\"", names[i]);
        CHECK(nf9_field_by_name(names[i]) == NULL);
    }
}

static void scopes_are_a_number_space_of_their_own(void)
{
    static const char *const names[] = { "SYSTEM", "INTERFACE", "LINE_CARD", "CACHE", "TEMPLATE" };

    CHECK_UINT(NF9_SCOPE_COUNT, 5);
    for (unsigned type = 0; type <= UINT16_MAX; type++) {
        const nf9_field_info *info = nf9_scope_info_of((uint16_t)type);
        check_case("scope %u", type);
        if (type < 1 || type > 5) {
            CHECK(info == NULL);
            CHECK_INT(nf9_scope_index((uint16_t)type), -1);
        } else if (CHECK(info != NULL)) {
            CHECK_UINT(info->type, type);
            CHECK_TEXT(info->name, names[type - 1]);
            CHECK_INT(nf9_scope_index((uint16_t)type), (int)type - 1);
            CHECK(nf9_scope_at(type - 1) == info);
        }
    }
    CHECK(nf9_scope_at(5) == NULL);
}

static void parts_and_units_end_where_they_end(void)
{
    check_case("parts");
    CHECK(nf9_part_at(NF9_PART_COUNT) == NULL);
    CHECK_TEXT(nf9_part_at(NF9_PART_TCP_FLAGS_SYN)->filter, "syn");
    CHECK_TEXT(nf9_part_at(NF9_PART_RD_ASSIGNED)->filter, "assigned");
    check_case("units");
    CHECK_TEXT(nf9_unit_text(NF9_UNIT_NONE, false), "");
    CHECK_TEXT(nf9_unit_text(NF9_UNIT_NONE, true), "");
    CHECK_TEXT(nf9_unit_text(NF9_UNIT_OCTETS, false), "octet");
    CHECK_TEXT(nf9_unit_text(NF9_UNIT_OCTETS, true), "octets");
    CHECK_TEXT(nf9_unit_text(NF9_UNIT_ENTRIES, false), "entry");
    CHECK_TEXT(nf9_unit_text(NF9_UNIT_MILLISECONDS, true), "ms");
    CHECK_TEXT(nf9_unit_text(NF9_UNIT_COUNT, true), "");
    for (unsigned i = 1; i < NF9_UNIT_COUNT; i++) {
        check_case("unit %u", i);
        CHECK(nf9_unit_text((nf9_unit)i, false)[0] != '\0');
        CHECK(nf9_unit_text((nf9_unit)i, true)[0] != '\0');
    }
}

int main(void)
{
    rows_are_sorted_and_found_by_type();
    the_enums_agree_with_the_rows();
    rows_are_whole();
    every_name_finds_its_row();
    every_alias_finds_its_row();
    users_names_find_what_they_mean();
    other_names_find_nothing();
    scopes_are_a_number_space_of_their_own();
    parts_and_units_end_where_they_end();
    return check_end();
}
