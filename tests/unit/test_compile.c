/* SPDX-License-Identifier: MIT
 *
 * template.c: the compiled form of a template.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <string.h>

static void columns_know_offset_and_row(void)
{
    const nf9_template *t =
        template_of("0100 0005 0008 0004 0001 0008 fffe 0003 0052 0000 0004 0001");
    static const nf9_column want[] = {
        { 8, 4, 0, NF9_IX_IPV4_SRC_ADDR },
        { 1, 8, 4, NF9_IX_IN_BYTES },
        { 65534, 3, 12, NF9_ROW_UNKNOWN },
        { 82, 0, 15, NF9_IX_IF_NAME },
        { 4, 1, 15, NF9_IX_PROTOCOL },
    };

    check_case("data");
    CHECK_UINT(t->id, 256);
    CHECK_UINT(t->field_count, 5);
    CHECK_UINT(t->scope_count, 0);
    CHECK_UINT(t->options, 0);
    CHECK_UINT(t->variable, 0);
    CHECK_UINT(t->min_length, 16);
    CHECK_UINT(t->wire_length, 24);
    for (size_t i = 0; i < 5; i++) {
        const nf9_column *c = &nf9_template_columns(t)[i];
        check_case("column %zu", i);
        CHECK_UINT(c->type, want[i].type);
        CHECK_UINT(c->length, want[i].length);
        CHECK_UINT(c->offset, want[i].offset);
        CHECK_UINT(c->row, want[i].row);
    }
    CHECK_OCTETS(nf9_template_wire(t),
                 "0100 0005 0008 0004 0001 0008 fffe 0003 0052 0000 0004 0001");
}

static void scopes_are_rows_of_their_own_table(void)
{
    const nf9_template *t =
        options_template_of("0100 000c 0008 0001 0004 0005 0002 0009 0001 0001 0004 0005 0001");
    const nf9_column *c = nf9_template_columns(t);

    check_case("options");
    CHECK_UINT(t->options, 1);
    CHECK_UINT(t->scope_count, 3);
    CHECK_UINT(t->field_count, 5);
    CHECK_UINT(t->min_length, 12);
    CHECK_UINT(c[0].row, NF9_SX_SYSTEM);
    CHECK_UINT(c[1].row, NF9_SX_TEMPLATE);
    CHECK_UINT(c[2].row, NF9_ROW_UNKNOWN); /* field type 9 is known, scope type 9 is not */
    CHECK_UINT(c[3].row, NF9_IX_IN_BYTES);
    CHECK_UINT(c[4].row, NF9_IX_SRC_TOS);
}

static void behind_a_variable_field_offsets_vary(void)
{
    const nf9_template *t = template_of("0100 0004 0008 0004 0052 ffff 0001 0004 0053 ffff");
    const nf9_column *c = nf9_template_columns(t);

    check_case("variable");
    CHECK_UINT(t->variable, 1);
    CHECK_UINT(t->min_length, 4 + 1 + 4 + 1);
    CHECK_UINT(c[0].offset, 0);
    CHECK_UINT(c[1].offset, 4);
    CHECK_UINT(c[2].offset, NF9_OFFSET_VARIES);
    CHECK_UINT(c[3].offset, NF9_OFFSET_VARIES);
}

/* 65534 octets are the most that a field can have; such a record cannot be in a packet. */
static void offsets_beyond_16_bits_vary_and_the_length_is_right(void)
{
    const nf9_template *t =
        template_of("0100 0005 0052 fffe 0053 0000 0001 0001 0002 0004 0060 fffe");
    const nf9_column *c = nf9_template_columns(t);

    check_case("long");
    CHECK_UINT(c[1].offset, 65534);
    CHECK_UINT(c[2].offset, 65534);
    CHECK_UINT(c[3].offset, NF9_OFFSET_VARIES);
    CHECK_UINT(c[4].offset, NF9_OFFSET_VARIES);
    CHECK_UINT(t->variable, 0);
    CHECK_UINT(t->min_length, 2 * 65534 + 5);
}

/* As many fields as a FlowSet can hold. */
static void a_template_of_16382_fields(void)
{
    nf9_template_record r = template_record_of(false, "0100 3ffe 0f*65528");
    size_t size = nf9_template_size(&r);
    const nf9_template *t = NULL;

    check_case("16382 fields");
    CHECK_STATUS(r.fault, NF9_OK);
    CHECK_UINT(r.field_count, 16382);
    CHECK_UINT(r.present, 16382);
    CHECK_STATUS(nf9_template_compile(&r, guard_aligned(size), size, &t), NF9_OK);
    CHECK_UINT(t->min_length, 16382u * 0x0f0f);
    CHECK_UINT(nf9_template_columns(t)[16381].type, 0x0f0f);
    CHECK_UINT(nf9_template_columns(t)[17].offset, NF9_OFFSET_VARIES); /* 17 * 3855 = 65535 */
    CHECK_UINT(nf9_template_columns(t)[16].offset, 16 * 3855);
    CHECK(nf9_template_equals(t, &r));
    CHECK_STATUS(template_record_of(false, "0100 3fff 0f*65528").fault, NF9_ERR_OVERRUN);
}

static void the_size_is_exact_and_less_is_refused(void)
{
    nf9_template_record r = template_record_of(true, "0100 0004 0004 0001 0004 0022 0004");
    const nf9_template *t = NULL;
    size_t size = nf9_template_size(&r);

    check_case("size");
    CHECK_UINT(size, sizeof(nf9_template) + 2 * sizeof(nf9_column) + 14);
    for (size_t cap = 0; cap < size; cap++)
        CHECK_STATUS(nf9_template_compile(&r, NULL, cap, &t), NF9_ERR_SPACE);
    CHECK(t == NULL);
    CHECK_STATUS(nf9_template_compile(&r, guard_aligned(size), size, &t), NF9_OK);
    CHECK(t != NULL);
    guard_release();

    check_case("size with fields of variable length");
    r = template_record_of(false, "0100 0003 0052 ffff 0001 0004 0053 ffff");
    size = nf9_template_size(&r);
    CHECK_UINT(size, sizeof(nf9_template) + 3 * sizeof(nf9_column) + 16 + (3 + 2) * 2 + 1);
    CHECK_STATUS(nf9_template_compile(&r, NULL, size - 1, &t), NF9_ERR_SPACE);
    CHECK_STATUS(nf9_template_compile(&r, guard_aligned(size), size, &t), NF9_OK);
    CHECK_UINT(t->variable_count, 2);
}

static void faults_are_not_compiled(void)
{
    static const struct {
        const char *hex;
        bool options;
        nf9_status fault;
    } cases[] = {
        { "00ff 0001 0001 0004", false, NF9_ERR_TEMPLATE_ID },
        { "0100 0000", false, NF9_ERR_NO_FIELD },
        { "0100 0002 0001 0004", false, NF9_ERR_OVERRUN },
        { "0100 0006 0002 0001 0004 0002 0004", true, NF9_ERR_LENGTH },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_template_record r = template_record_of(cases[i].options, cases[i].hex);
        const nf9_template *t = NULL;
        check_case("%s", cases[i].hex);
        CHECK_STATUS(nf9_template_compile(&r, guard_aligned(400), 400, &t), cases[i].fault);
        CHECK(t == NULL);
    }
}

static void equality_is_of_the_wire(void)
{
    const nf9_template *t = template_of("0100 0002 0008 0004 000c 0004");
    static const struct {
        const char *hex;
        bool options, same;
    } cases[] = {
        { "0100 0002 0008 0004 000c 0004", false, true },
        { "0101 0002 0008 0004 000c 0004", false, false },
        { "0100 0001 0008 0004", false, false },
        { "0100 0003 0008 0004 000c 0004 0001 0004", false, false },
        { "0100 0002 000c 0004 0008 0004", false, false },
        { "0100 0002 0008 0004 000c 0005", false, false },
        { "0100 0000 0004 0008 0004", true, false },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_template_record r = template_record_of(cases[i].options, cases[i].hex);
        check_case("%s", cases[i].hex);
        CHECK(nf9_template_equals(t, &r) == cases[i].same);
    }
}

int main(void)
{
    columns_know_offset_and_row();
    scopes_are_rows_of_their_own_table();
    behind_a_variable_field_offsets_vary();
    offsets_beyond_16_bits_vary_and_the_length_is_right();
    a_template_of_16382_fields();
    the_size_is_exact_and_less_is_refused();
    faults_are_not_compiled();
    equality_is_of_the_wire();
    return check_end();
}
