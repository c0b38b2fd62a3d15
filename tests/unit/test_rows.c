/* SPDX-License-Identifier: MIT
 *
 * rows.c: records as rows of numbers, against values written by hand and against the fields'
 * own getters.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <string.h>

#define MOST 40u

/* A template, records of it, and by column what is to be read; -1 stands for no number. */
static const struct {
    const char *name, *tmpl, *record;
    size_t n, numbers;
    uint64_t want[8];
} cases[] = {
    { "one octet", "0100 0001 0004 0001", "11", 1, 1, { 17 } },
    { "seven octets", "0100 0003 0004 0001 0007 0002 0001 0004", "11 1234 89abcdef", 3, 3,
      { 17, 0x1234, 0x89abcdef } },
    { "eight octets", "0100 0001 0001 0008", "0123456789abcdef", 1, 1, { 0x0123456789abcdef } },
    { "odd lengths", "0100 0004 0001 0003 0002 0005 0001 0006 0002 0007",
      "010203 0102030405 010203040506 01020304050607", 4, 4,
      { 0x010203, 0x0102030405, 0x010203040506, 0x01020304050607 } },
    { "addresses", "0100 0004 0008 0004 0038 0006 001b 0010 0007 0002",
      "c0000201 0200deadbeef 20010db8 00*11 01 1f90", 4, 3,
      { 0xc0000201, 0x0200deadbeef, 0, 8080 } },
    { "an address of 16 octets", "0100 0002 0008 0010 0004 0001", "00*10 ffff c0000201 06", 2, 1,
      { 0, 6 } },
    { "masked", "0100 0003 0006 0002 001f 0004 0059 0004", "f012 fffabcde 01020380", 3, 3,
      { 0x012, 0xabcde, 0x80 } },
    { "lengths that do not fit", "0100 0004 0004 0000 0001 0009 0008 0003 0007 0002",
      "11*9 222222 0050", 4, 1, { 0, 0, 0, 80 } },
    { "text, octets, unknown", "0100 0004 0052 0004 005f 0004 fde8 0004 0004 0001",
      "65746830 0d000001 00000001 06", 4, 1, { 0, 0, 0, 6 } },
    { "behind a variable length", "0100 0004 0001 0004 0052 ffff 0007 0002 0004 0001",
      "00000009 03 616263 01bb 11", 4, 3, { 9, 0, 443, 17 } },
    { "numbers of variable length", "0100 0003 0001 ffff 0002 ffff 0008 ffff",
      "02 0102 08 0102030405060708 04 c0000201", 3, 3,
      { 0x0102, 0x0102030405060708, 0xc0000201 } },
    { "more columns asked for than there are", "0100 0002 0001 0004 0002 0004",
      "00000001 00000002", 4, 2, { 1, 2, 0, 0 } },
    { "fewer", "0100 0003 0001 0004 0002 0004 0004 0001", "00000001 00000002 06", 2, 2,
      { 1, 2 } },
};

static void each_way_to_the_numbers(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const nf9_template *t = template_of(cases[i].tmpl);
        nf9_record r = record_of(t, cases[i].record);
        size_t n = cases[i].n;
        uint64_t *out = guard_aligned(n * sizeof *out);
        nf9_load *loads = guard_aligned(n * sizeof *loads);
        nf9_rows rows;
        check_case("%s", cases[i].name);
        CHECK_UINT(nf9_record_u64(&r, out, n), cases[i].numbers);
        for (size_t c = 0; c < n; c++)
            CHECK_UINT(out[c], cases[i].want[c]);
        memset(out, 0xee, n * sizeof *out);
        CHECK_UINT(nf9_rows_init(&rows, t, loads, NULL, n), cases[i].numbers);
        nf9_rows_record(&rows, &r, out);
        for (size_t c = 0; c < n; c++)
            CHECK_UINT(out[c], cases[i].want[c]);
        guard_release();
    }
}

/* -5 and -1 in 1, 3 and 8 octets, and what is positive. */
static void signed_numbers_are_extended(void)
{
    const nf9_template *t = template_of("0100 0003 01b2 0001 01b2 0003 01b2 0008");
    const int64_t want[] = { -5, -1, 127 };
    nf9_record r = record_of(t, "fb ffffff 000000000000007f");
    uint64_t out[3];
    nf9_load loads[3];
    nf9_rows rows;
    nf9_field field;

    check_case("signed");
    CHECK(nf9_record_column(&r, 0, &field) == NF9_OK && field.info != NULL);
    CHECK_INT(field.info->kind, NF9_KIND_INT);
    CHECK_UINT(nf9_record_u64(&r, out, 3), 3);
    for (size_t i = 0; i < 3; i++)
        CHECK_INT((int64_t)out[i], want[i]);
    CHECK_UINT(nf9_rows_init(&rows, t, loads, NULL, 3), 3);
    memset(out, 0, sizeof out);
    nf9_rows_record(&rows, &r, out);
    for (size_t i = 0; i < 3; i++)
        CHECK_INT((int64_t)out[i], want[i]);
    guard_release();
}

/* By types, in the order of the caller; the second mention is the second field. */
static void types_choose_the_columns(void)
{
    static const uint16_t types[] = { NF9_FT_L4_DST_PORT, NF9_FT_IN_BYTES, NF9_FT_PROTOCOL,
                                      NF9_FT_IN_BYTES, NF9_FT_IN_BYTES };
    const nf9_template *t =
        template_of("0100 0005 0001 0004 0052 0003 000b 0002 0001 0008 0004 0001");
    nf9_record r = record_of(t, "00000007 616263 01bb 0000000000000009 06");
    const uint64_t want[] = { 443, 7, 6, 9, 0 };
    uint64_t out[5];
    nf9_load loads[5];
    nf9_rows rows;

    check_case("types");
    CHECK_UINT(nf9_rows_init(&rows, t, loads, types, 5), 4);
    nf9_rows_record(&rows, &r, out);
    for (size_t i = 0; i < 5; i++)
        CHECK_UINT(out[i], want[i]);
    guard_release();
}

/* A few columns of many, behind fields of variable length; of cut records too. */
static void few_of_many(void)
{
    static const uint16_t types[] = { NF9_FT_PROTOCOL, NF9_FT_IN_BYTES };
    const nf9_template *t = template_of("0100 000f 0052 ffff 00*40 0001 0004 0053 ffff "
                                        "0004 0001 0005 0001");
    static const struct {
        const char *record;
        uint64_t want[2];
    } records[] = {
        { "03616263 01020304 00 06 00", { 6, 0x01020304 } },
        { "00 00000007 ff000261 62 11 00", { 17, 7 } },
        { "00 00000007 0261", { 0, 7 } },
        { "00 000000", { 0, 0 } },
    };
    uint64_t out[2];
    nf9_load loads[2];
    nf9_rows rows;

    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        nf9_record r = { .tmpl = t, .bytes = octets(records[i].record) };
        check_case("few of many, %zu", i);
        CHECK_UINT(nf9_rows_init(&rows, t, loads, types, 2), 2);
        nf9_rows_record(&rows, &r, out);
        CHECK_UINT(out[0], records[i].want[0]);
        CHECK_UINT(out[1], records[i].want[1]);
    }
    guard_release();
}

/* A scope is a column, but no field of a type. */
static void scopes_are_columns(void)
{
    static const uint16_t types[] = { 2 };
    const nf9_template *t = options_template_of("0101 0004 0004 0002 0004 0022 0004");
    nf9_record r = record_of(t, "00000003 00000064");
    uint64_t out[2];
    nf9_load loads[2];
    nf9_rows rows;

    check_case("scopes");
    CHECK_UINT(nf9_rows_init(&rows, t, loads, NULL, 2), 2);
    nf9_rows_record(&rows, &r, out);
    CHECK_UINT(out[0], 3);
    CHECK_UINT(out[1], 100);
    CHECK_UINT(nf9_rows_init(&rows, t, loads, types, 1), 0);
    nf9_rows_record(&rows, &r, out);
    CHECK_UINT(out[0], 0);
    guard_release();
}

/* Row after row, in batches of every size, from records that end and begin at unmapped pages. */
static void batches(void)
{
    static const struct {
        const char *tmpl, *records;
        size_t n;
    } sets[] = {
        { "0100 0002 0004 0001 0001 0004", "01 00000001 02 00000002 03 00000003 0000", 2 },
        { "0100 0003 0004 0001 0001 0008 0007 0002",
          "01 0000000000000001 0011 02 0000000000000002 0012 03 0000000000000003 0013", 3 },
        { "0100 0002 0052 ffff 0004 0001", "01 61 01 00 02 04 62626262 03", 2 },
    };

    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        for (size_t most = 1; most <= 4; most++)
            for (int before = 0; before < 2; before++) {
                const nf9_template *t = template_of(sets[i].tmpl);
                nf9_flowset fs = flowset_of(256, before ? octets_before(sets[i].records)
                                                        : octets(sets[i].records));
                nf9_record_iter it;
                nf9_load loads[3];
                nf9_rows rows;
                uint64_t out[12];
                size_t read = 0, got, column = i == 2 ? 1 : 0;
                check_case("set %zu, batches of %zu", i, most);
                nf9_rows_init(&rows, t, loads, NULL, sets[i].n);
                nf9_records_open(&it, &fs, t);
                while ((got = nf9_rows_next(&rows, &it, out + read * sets[i].n, most)) > 0) {
                    CHECK(got <= most);
                    read += got;
                }
                CHECK_UINT(read, 3);
                CHECK_UINT(nf9_records_count(&it), 0);
                for (size_t k = 0; k < read; k++)
                    CHECK_UINT(out[k * sets[i].n + column], k + 1);
                CHECK_UINT(nf9_records_rest(&it, NULL).len, i == 0 ? 2 : 0);
                guard_release();
            }
}

/* What is padding by Count is no row. */
static void padding_is_no_row(void)
{
    const nf9_template *t = template_of("0100 0001 0007 0002");
    nf9_flowset fs = flowset_of(256, octets("0001 0002 0003 0000"));
    nf9_record_iter it;
    nf9_load load;
    nf9_rows rows;
    uint64_t out[4];

    check_case("padding");
    nf9_rows_init(&rows, t, &load, NULL, 1);
    nf9_records_open(&it, &fs, t);
    nf9_records_drop(&it, 1);
    CHECK_UINT(nf9_rows_next(&rows, &it, out, 4), 3);
    CHECK_UINT(out[2], 3);
    guard_release();
}

/* Of a record that is cut, the whole fields. */
static void a_cut_record_has_its_whole_fields(void)
{
    const nf9_template *t = template_of("0100 0003 0001 0004 0002 0004 0001 0008");
    nf9_flowset fs = flowset_of(256, octets("00000001 00000002 0000"));
    nf9_record_iter it;
    nf9_record r;
    nf9_load loads[3];
    nf9_rows rows;
    uint64_t out[3];

    check_case("cut");
    fs.missing = 6;
    nf9_records_open(&it, &fs, t);
    CHECK_STATUS(nf9_record_next(&it, &r), NF9_END);
    CHECK_STATUS(nf9_record_cut(&it, &r), NF9_OK);
    CHECK_UINT(nf9_record_u64(&r, out, 3), 2);
    CHECK_UINT(out[1], 2);
    CHECK_UINT(out[2], 0);
    nf9_rows_init(&rows, t, loads, NULL, 3);
    nf9_rows_record(&rows, &r, out);
    CHECK_UINT(out[0], 1);
    CHECK_UINT(out[1], 2);
    CHECK_UINT(out[2], 0);
    guard_release();
}

static uint64_t state = 88172645463325252u;

static unsigned below(unsigned n) /* xorshift64 */
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 33) % n;
}

/* What nf9_field_u64, _i64, _ipv4 and _mac say of a field. */
static bool by_getters(const nf9_field *f, uint64_t *v)
{
    uint8_t a[16];
    int64_t i;

    *v = 0;
    if (nf9_field_u64(f, v) == NF9_OK)
        return true;
    if (nf9_field_i64(f, &i) == NF9_OK) {
        *v = (uint64_t)i;
        return true;
    }
    size_t len = f->bytes.len == 4 && nf9_field_ipv4(f, a) == NF9_OK ? 4
                 : nf9_field_mac(f, a) == NF9_OK                     ? 6
                                                                     : 0;
    for (size_t k = 0; k < len; k++)
        *v = *v << 8 | a[k];
    return len > 0;
}

/* Random templates and records: each way gives what the getters give. */
static void as_the_getters_say(void)
{
    for (unsigned round = 0; round < 3000; round++) {
        unsigned n = 1 + below(MOST);
        uint8_t wire[4 + 4 * MOST] = { 1, 0, 0, (uint8_t)n }, body[2000];
        nf9_flowset templates = flowset_of(0, (nf9_bytes){ wire, 4 + 4 * n });
        for (unsigned i = 0; i < n; i++) {
            const nf9_field_info *info = nf9_field_at(below(NF9_FIELD_COUNT));
            unsigned type = below(20) == 0 ? 50000 + below(9) : info->type;
            unsigned length = below(12) == 0  ? 65535
                              : below(3) == 0 ? below(20)
                                              : (info->length > 40 ? 4u : info->length);
            uint8_t *p = wire + 4 + 4 * i;
            p[0] = (uint8_t)(type >> 8), p[1] = (uint8_t)type;
            p[2] = (uint8_t)(length >> 8), p[3] = (uint8_t)length;
        }
        for (size_t i = 0; i < sizeof body; i++)
            body[i] = (uint8_t)below(below(3) == 0 ? 256 : 9);
        nf9_template_iter ti;
        nf9_template_record tr;
        const nf9_template *t;
        nf9_templates_open(&ti, &templates);
        check_case("round %u", round);
        if (!CHECK_STATUS(nf9_template_next(&ti, &tr), NF9_OK))
            continue;
        size_t size = nf9_template_size(&tr);
        CHECK_STATUS(nf9_template_compile(&tr, guard_aligned(size), size, &t), NF9_OK);
        nf9_flowset fs = flowset_of(256, guard_copy(body, sizeof body - below(1500)));
        nf9_record_iter it;
        nf9_record r;
        nf9_load loads[MOST];
        nf9_rows rows;
        uint64_t by_record[MOST], by_rows[MOST];
        nf9_rows_init(&rows, t, loads, NULL, n);
        nf9_records_open(&it, &fs, t);
        nf9_record_iter ahead = it;
        while (nf9_record_next(&it, &r) == NF9_OK) {
            nf9_field_iter fi;
            nf9_field f;
            size_t numbers = nf9_record_u64(&r, by_record, n), expected = 0;
            CHECK_UINT(nf9_rows_next(&rows, &ahead, by_rows, 1), 1);
            nf9_fields_open(&fi, &r);
            while (nf9_field_next(&fi, &f) == NF9_OK) {
                uint64_t v;
                expected += by_getters(&f, &v);
                CHECK_UINT(by_record[f.column], v);
                CHECK_UINT(by_rows[f.column], v);
            }
            CHECK_UINT(numbers, expected);
        }
        CHECK_UINT(nf9_rows_next(&rows, &ahead, by_rows, 1), 0);
        guard_release();
    }
}

int main(void)
{
    each_way_to_the_numbers();
    signed_numbers_are_extended();
    types_choose_the_columns();
    few_of_many();
    scopes_are_columns();
    batches();
    padding_is_no_row();
    a_cut_record_has_its_whole_fields();
    as_the_getters_say();
    return check_end();
}
