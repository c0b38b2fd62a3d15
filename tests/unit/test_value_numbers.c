/* SPDX-License-Identifier: MIT
 *
 * value.c: numbers, truths, addresses and text: what the octets mean.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <string.h>

static void unsigned_numbers(void)
{
    static const struct {
        uint16_t type;
        const char *hex;
        uint64_t value;
    } cases[] = {
        { NF9_FT_IN_BYTES, "00", 0 },
        { NF9_FT_IN_BYTES, "ff", 255 },
        { NF9_FT_IN_BYTES, "0102", 0x0102 },
        { NF9_FT_IN_BYTES, "010203", 0x010203 },
        { NF9_FT_IN_BYTES, "80000000", 0x80000000 },
        { NF9_FT_IN_BYTES, "0102030405", UINT64_C(0x0102030405) },
        { NF9_FT_IN_BYTES, "010203040506", UINT64_C(0x010203040506) },
        { NF9_FT_IN_BYTES, "01020304050607", UINT64_C(0x01020304050607) },
        { NF9_FT_IN_BYTES, "ffffffffffffffff", UINT64_MAX },
        /* the data offset is no flag; AE is, in the second octet from the end */
        { NF9_FT_TCP_FLAGS, "ff", 0xff },
        { NF9_FT_TCP_FLAGS, "f1ff", 0x1ff },
        { NF9_FT_TCP_FLAGS, "000050ff", 0xff },
        { NF9_FT_IPV6_FLOW_LABEL, "ffffff", 0xfffff },
        { NF9_FT_IPV6_FLOW_LABEL, "fff00001", 1 },
        { NF9_FT_IPV6_FLOW_LABEL, "ff", 0xff },
        { NF9_FT_FORWARDING_STATUS, "40", 0x40 },
        { NF9_FT_FORWARDING_STATUS, "ffffff40", 0x40 },
        { NF9_FT_DATA_RECORDS_RELIABILITY, "02", 2 },
        { NF9_FT_FLOW_START_MICROSECONDS, "e0000000 80000000", UINT64_C(0xe000000080000000) },
        { NF9_FT_FLOW_START_MILLISECONDS, "01", 1 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_field f = field_of(cases[i].type, octets(cases[i].hex));
        uint64_t v = 0;
        check_case("%u = %s", (unsigned)cases[i].type, cases[i].hex);
        CHECK_STATUS(nf9_field_u64(&f, &v), NF9_OK);
        CHECK_UINT(v, cases[i].value);
    }
}

/* Columns made ready once; length 0: none. */
static void numbers_at_their_place(void)
{
    static const struct {
        const char *name, *tmpl, *record;
        size_t column;
        unsigned length;
        uint64_t value;
    } cases[] = {
        { "the first", "0100 0002 0001 0004 0004 0001", "80000001 06", 0, 4, 0x80000001 },
        { "behind another", "0100 0002 0001 0004 0004 0001", "80000001 06", 1, 1, 6 },
        { "odd lengths", "0100 0002 0001 0003 0002 0005", "010203 0405060708", 1, 5,
          UINT64_C(0x0405060708) },
        { "masked", "0100 0002 0004 0001 0006 0002", "06 f1ff", 1, 2, 0x1ff },
        { "a time", "0100 0001 0098 0008", "0000018be5a3c400", 0, 8,
          UINT64_C(0x018be5a3c400) },
        { "no such column", "0100 0001 0001 0004", "00000001", 1, 0, 0 },
        { "an address", "0100 0001 0008 0004", "c0000201", 0, 0, 0 },
        { "signed", "0100 0001 0142 0004", "00000001", 0, 4, 1 },
        { "a length that no number has", "0100 0001 0001 0009", "00*9", 0, 0, 0 },
        { "an unknown type", "0100 0001 fde8 0004", "00000001", 0, 0, 0 },
        { "behind a variable length", "0100 0002 0052 ffff 0001 0004", "01 61 00000001", 1, 0,
          0 },
        { "of variable length", "0100 0001 0001 ffff", "01 61", 0, 0, 0 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const nf9_template *t = template_of(cases[i].tmpl);
        nf9_record r = record_of(t, cases[i].record);
        nf9_number number = { 1, 1, 1 };

        check_case("%s", cases[i].name);
        CHECK_INT(nf9_number_init(&number, t, cases[i].column), cases[i].length != 0);
        CHECK_UINT(number.length, cases[i].length);
        if (number.length != 0)
            CHECK_UINT(nf9_number_read(&number, r.bytes.data), cases[i].value);
        guard_release();
    }
}

static void signed_numbers(void)
{
    static const struct {
        const char *hex;
        int64_t value;
    } cases[] = {
        { "00", 0 },
        { "7f", 127 },
        { "80", -128 },
        { "ff", -1 },
        { "8000", -32768 },
        { "7fff", 32767 },
        { "ff00ff", -65281 },
        { "ffffffff", -1 },
        { "80000000", INT32_MIN },
        { "00ffffffff", INT64_C(4294967295) },
        { "80ffffffffffff", INT64_C(-35747322042253313) },
        { "8000000000000000", INT64_MIN },
        { "7fffffffffffffff", INT64_MAX },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_field f = field_of(NF9_FT_MIB_OBJECT_VALUE_INTEGER, octets(cases[i].hex));
        int64_t v = 0;
        check_case("%s", cases[i].hex);
        CHECK_STATUS(nf9_field_i64(&f, &v), NF9_OK);
        CHECK_INT(v, cases[i].value);
    }
}

static void floats(void)
{
    static const struct {
        const char *hex;
        double value;
    } cases[] = {
        { "00000000", 0.0 },
        { "80000000", -0.0 },
        { "3f800000", 1.0 },
        { "be200000", -0.15625 },
        { "7f7fffff", 0x1.fffffep127 },
        { "00000001", 0x1p-149 },
        { "3ff0000000000000", 1.0 },
        { "bfb999999999999a", -0.1 },
        { "7fefffffffffffff", 0x1.fffffffffffffp1023 },
        { "0000000000000001", 0x1p-1074 },
    };
    double v = 0;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_field f = field_of(NF9_FT_SAMPLING_PROBABILITY, octets(cases[i].hex));
        check_case("%s", cases[i].hex);
        CHECK_STATUS(nf9_field_f64(&f, &v), NF9_OK);
        CHECK_DOUBLE(v, cases[i].value);
    }
    check_case("infinity, no number");
    nf9_field f = field_of(NF9_FT_SAMPLING_PROBABILITY, octets("ff800000"));
    CHECK_STATUS(nf9_field_f64(&f, &v), NF9_OK);
    CHECK(v < -0x1.fffffffffffffp1023);
    f = field_of(NF9_FT_SAMPLING_PROBABILITY, octets("7fc00000"));
    CHECK_STATUS(nf9_field_f64(&f, &v), NF9_OK);
    CHECK(v != v);
}

static void truths(void)
{
    static const struct {
        const char *hex;
        bool value;
    } cases[] = { { "01", true }, { "02", false }, { "00", false }, { "03", false },
                  { "ff", false }, { "81", false } };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_field f = field_of(NF9_FT_DATA_RECORDS_RELIABILITY, octets(cases[i].hex));
        bool v = !cases[i].value;
        check_case("%s", cases[i].hex);
        CHECK_STATUS(nf9_field_bool(&f, &v), NF9_OK);
        CHECK(v == cases[i].value);
    }
}

/* An IPv4 address may stand in 16 octets, where they are an IPv4-mapped IPv6 address. */
static void mapped_addresses(void)
{
    static const struct {
        const char *hex;
        nf9_status status;
    } cases[] = {
        { "c0000201", NF9_OK },
        { "00*10 ffff c0000201", NF9_OK },
        { "00*12 c0000201", NF9_ERR_WIDTH },
        { "00*9 01 ffff c0000201", NF9_ERR_WIDTH },
        { "00*10 fffe c0000201", NF9_ERR_WIDTH },
        { "20010db8 00*8 c0000201", NF9_ERR_WIDTH },
        { "00*9 ffff c0000201", NF9_ERR_WIDTH },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_field f = field_of(NF9_FT_IPV4_SRC_ADDR, octets(cases[i].hex));
        uint8_t out[4] = { 0 };
        check_case("%s", cases[i].hex);
        CHECK(nf9_field_fits(&f) == (cases[i].status == NF9_OK));
        if (CHECK_STATUS(nf9_field_ipv4(&f, out), cases[i].status) && cases[i].status == NF9_OK)
            CHECK_OCTETS(((nf9_bytes){ out, 4 }), "c0000201");
    }
}

static void text_loses_its_nuls_at_the_end_only(void)
{
    static const struct {
        const char *hex, *left;
    } cases[] = {
        { "", "" },           { "00", "" },           { "00*65", "" }, { "61", "61" },
        { "6100", "61" },     { "61006200", "610062" }, { "0061", "0061" },
        { "61*20", "61*20" }, { "20 00", "20" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_field f = field_of(NF9_FT_IF_NAME, octets(cases[i].hex));
        nf9_bytes text = { NULL, 0 };
        check_case("%s", cases[i].hex);
        CHECK_STATUS(nf9_field_text(&f, &text), NF9_OK);
        CHECK_OCTETS(text, cases[i].left);
    }
}

int main(void)
{
    unsigned_numbers();
    numbers_at_their_place();
    signed_numbers();
    floats();
    truths();
    mapped_addresses();
    text_loses_its_nuls_at_the_end_only();
    return check_end();
}
