/* SPDX-License-Identifier: MIT
 *
 * build.c: templates made of lists of fields, and compared.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"

static void a_template_is_as_one_that_was_decoded(void)
{
    static const nf9_field_spec fields[] = {
        { NF9_FT_IPV4_SRC_ADDR, NF9_DEFAULT_LENGTH },
        { NF9_FT_IN_BYTES, 8 },
        { NF9_FT_IF_NAME, NF9_VARIABLE_LENGTH },
        { NF9_FT_IF_DESC, 0 },
        { 65000, 3 },
        { NF9_FT_IF_NAME, 65534 },
    };
    size_t size = nf9_template_build_size(false, 0, 6);
    const nf9_template *t = NULL;

    check_case("data");
    CHECK_STATUS(nf9_template_build(guard_aligned(size), size, 256, NULL, 0, fields, 6, &t),
                 NF9_OK);
    CHECK_OCTETS(nf9_template_wire(t), "0100 0006 0008 0004 0001 0008 0052 ffff 0053 0000"
                                       "fde8 0003 0052 fffe");
    const nf9_template *same = template_of("0100 0006 0008 0004 0001 0008 0052 ffff 0053 0000"
                                           "fde8 0003 0052 fffe");
    CHECK_UINT(t->min_length, same->min_length);
    CHECK_UINT(t->variable, 1);
    CHECK_UINT(t->options, 0);
    CHECK_UINT(t->odd, same->odd);
    /* all of them might be of variable length, which takes 4 octets each, and one to be even */
    CHECK_UINT(size, sizeof *t + 6 * sizeof(nf9_column) + 28 + 6 * 4 + 1);
    for (size_t i = 0; i < 6; i++) {
        nf9_column got = nf9_template_columns(t)[i], want = nf9_template_columns(same)[i];
        check_case("column %zu", i);
        CHECK_UINT(got.type, want.type);
        CHECK_UINT(got.length, want.length);
        CHECK_UINT(got.offset, want.offset);
        CHECK_UINT(got.row, want.row);
    }
    guard_release();
}

static void scopes_make_an_options_template(void)
{
    static const nf9_field_spec scopes[] = { { NF9_SCOPE_SYSTEM, NF9_DEFAULT_LENGTH },
                                             { NF9_SCOPE_TEMPLATE, NF9_DEFAULT_LENGTH },
                                             { NF9_SCOPE_LINE_CARD, 1 },
                                             { 9, 0 } };
    static const nf9_field_spec fields[] = { { NF9_FT_SAMPLING_INTERVAL, 4 } };
    size_t size = nf9_template_build_size(true, 4, 1);
    const nf9_template *t = NULL;

    check_case("options");
    CHECK_STATUS(nf9_template_build(guard_aligned(size), size, 65535, scopes, 4, fields, 1, &t),
                 NF9_OK);
    CHECK_OCTETS(nf9_template_wire(t),
                 "ffff 0010 0004 0001 0004 0005 0002 0003 0001 0009 0000 0022 0004");
    CHECK_UINT(t->options, 1);
    CHECK_UINT(t->scope_count, 4);
    CHECK_UINT(t->field_count, 5);
    CHECK_UINT(nf9_template_columns(t)[0].row, NF9_SX_SYSTEM);
    CHECK_UINT(nf9_template_columns(t)[4].row, NF9_IX_SAMPLING_INTERVAL);

    check_case("no scope");
    size = nf9_template_build_size(true, 0, 1);
    CHECK_STATUS(nf9_template_build(guard_aligned(size), size, 256, scopes, 0, fields, 1, &t),
                 NF9_OK);
    CHECK_OCTETS(nf9_template_wire(t), "0100 0000 0004 0022 0004");
    CHECK_UINT(t->options, 1);

    check_case("scopes only");
    size = nf9_template_build_size(true, 1, 0);
    CHECK_STATUS(nf9_template_build(guard_aligned(size), size, 256, scopes, 1, NULL, 0, &t),
                 NF9_OK);
    CHECK_OCTETS(nf9_template_wire(t), "0100 0004 0000 0001 0004");
    guard_release();
}

static void what_is_no_template_is_refused(void)
{
    static const nf9_field_spec good[] = { { NF9_FT_IN_BYTES, 4 } };
    static const nf9_field_spec text[] = { { NF9_FT_IF_NAME, NF9_DEFAULT_LENGTH } };
    static const nf9_field_spec unknown[] = { { 65000, NF9_DEFAULT_LENGTH } };
    static const nf9_field_spec scope[] = { { NF9_SCOPE_CACHE, NF9_DEFAULT_LENGTH } };
    static const nf9_field_spec long_one[] = { { NF9_FT_IN_BYTES, 65537 } };
    static const struct {
        const char *what;
        uint16_t id;
        const nf9_field_spec *scopes;
        size_t n_scopes;
        const nf9_field_spec *fields;
        size_t n_fields;
        nf9_status status;
    } cases[] = {
        { "ID 255", 255, NULL, 0, good, 1, NF9_ERR_TEMPLATE_ID },
        { "ID 0", 0, NULL, 0, good, 1, NF9_ERR_TEMPLATE_ID },
        { "no field", 256, NULL, 0, good, 0, NF9_ERR_NO_FIELD },
        { "no field, no scope", 256, good, 0, good, 0, NF9_ERR_NO_FIELD },
        { "scopes without a list", 256, NULL, 5, good, 0, NF9_ERR_NO_FIELD },
        { "too many", 256, NULL, 0, good, 16382, NF9_ERR_LIMIT },
        { "too many by far", 256, NULL, 0, good, SIZE_MAX, NF9_ERR_LIMIT },
        { "too many scopes", 256, good, SIZE_MAX / 2 + 1, good, SIZE_MAX / 2, NF9_ERR_LIMIT },
        { "too many together", 256, good, 8191, good, 8191, NF9_ERR_LIMIT },
        { "text has no usual length", 256, NULL, 0, text, 1, NF9_ERR_LENGTH },
        { "unknown has no usual length", 256, NULL, 0, unknown, 1, NF9_ERR_LENGTH },
        { "scope has no usual length", 256, scope, 1, good, 1, NF9_ERR_LENGTH },
        { "length 65537", 256, NULL, 0, long_one, 1, NF9_ERR_LENGTH },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const nf9_template *t = NULL;
        check_case("%s", cases[i].what);
        CHECK_STATUS(nf9_template_build(guard_aligned(200), 200, cases[i].id, cases[i].scopes,
                                        cases[i].n_scopes, cases[i].fields, cases[i].n_fields,
                                        &t),
                     cases[i].status);
        CHECK(t == NULL);
        guard_release();
    }
    check_case("size of too many");
    CHECK_UINT(nf9_template_build_size(false, 0, 16382), 0);
    CHECK_UINT(nf9_template_build_size(true, 0, 16382), 0);
    CHECK_UINT(nf9_template_build_size(false, 0, 16381),
               sizeof(nf9_template) + 16381 * (sizeof(nf9_column) + 4 + 4) + 4 + 1);
}

static void less_room_is_refused(void)
{
    static const nf9_field_spec fields[] = { { 1, 4 }, { 2, 4 } };
    size_t size = nf9_template_build_size(true, 1, 2);
    const nf9_template *t = NULL;

    check_case("room");
    for (size_t cap = 0; cap < size; cap++)
        CHECK_STATUS(nf9_template_build(NULL, cap, 256, fields, 1, fields, 2, &t),
                     NF9_ERR_SPACE);
    CHECK(t == NULL);
    CHECK_STATUS(nf9_template_build(guard_aligned(size), size, 256, fields, 1, fields, 2, &t),
                 NF9_OK);
    guard_release();
}

static void templates_are_compared_by_wire_and_by_fields(void)
{
    static const struct {
        bool options;
        const char *a, *b;
        bool same, same_fields;
    } cases[] = {
        { false, "0100 0002 0008 0004 000c 0004", "0100 0002 0008 0004 000c 0004", true, true },
        { false, "0100 0002 0008 0004 000c 0004", "0100 0002 000c 0004 0008 0004", false, true },
        { false, "0100 0002 0008 0004 000c 0004", "0101 0002 0008 0004 000c 0004", false, false },
        { false, "0100 0002 0008 0004 000c 0004", "0100 0001 0008 0004", false, false },
        { false, "0100 0002 0008 0004 000c 0004", "0100 0002 0008 0004 000c 0005", false, false },
        { false, "0100 0002 0008 0004 000c 0008", "0100 0002 0008 0008 000c 0004", false, false },
        /* as many octets, as many fields, and yet others */
        { false, "0100 0003 0001 0004 0001 0004 0002 0004",
          "0100 0003 0001 0004 0002 0004 0002 0004", false, false },
        { false, "0100 0003 0001 0004 0001 0004 0002 0004",
          "0100 0003 0002 0004 0001 0004 0001 0004", false, true },
        /* of one sum: 1 * 1 + 7 * 7 = 5 * 5 + 5 * 5, lengths 0 */
        { false, "0100 0002 0001 0000 0007 0000", "0100 0002 0005 0000 0005 0000", false, false },
        { true, "0100 0008 0004 0001 0004 0002 0004 0022 0004",
          "0100 0008 0004 0002 0004 0001 0004 0022 0004", false, true },
        { true, "0100 0004 0008 0001 0004 0002 0004 0022 0004",
          "0100 0004 0008 0002 0004 0001 0004 0022 0004", false, false },
        { true, "0100 0004 0008 0001 0004 0002 0004 0022 0004",
          "0100 0008 0004 0001 0004 0002 0004 0022 0004", false, false },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const nf9_template *a =
            cases[i].options ? options_template_of(cases[i].a) : template_of(cases[i].a);
        const nf9_template *b =
            cases[i].options ? options_template_of(cases[i].b) : template_of(cases[i].b);
        check_case("%s, %s", cases[i].a, cases[i].b);
        CHECK(nf9_template_same(a, b) == cases[i].same);
        CHECK(nf9_template_same(b, a) == cases[i].same);
        CHECK(nf9_template_same_fields(a, b) == cases[i].same_fields);
        CHECK(nf9_template_same_fields(b, a) == cases[i].same_fields);
        guard_release();
    }
    check_case("data and options");
    const nf9_template *data = template_of("0100 0001 0008 0004");
    const nf9_template *options = options_template_of("0100 0000 0004 0008 0004");
    CHECK(!nf9_template_same(data, options));
    CHECK(!nf9_template_same_fields(data, options));
    guard_release();
}

int main(void)
{
    a_template_is_as_one_that_was_decoded();
    scopes_make_an_options_template();
    what_is_no_template_is_refused();
    less_room_is_refused();
    templates_are_compared_by_wire_and_by_fields();
    return check_end();
}
