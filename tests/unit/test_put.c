/* SPDX-License-Identifier: MIT
 *
 * put.c: each kind of value into fields of its kind and of others, by octets written by hand.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <float.h>
#include <stdio.h>
#include <string.h>

#define INTEGER 434u /* MIB_OBJECT_VALUE_INTEGER */
#define TRUTH 276u   /* DATA_RECORDS_RELIABILITY */
#define NUMBER 320u  /* ABSOLUTE_ERROR, a float */
#define UNKNOWN 65000u

enum { UINT, INT, FLOAT, BOOL, IPV4, IPV6, MAC, TEXT, OCTETS };

typedef struct value {
    int kind;
    uint64_t u; /* UINT; INT as two's complement; BOOL */
    double d;
    const char *text; /* TEXT; others in hex */
} value;

#define U(v) { .kind = UINT, .u = (v) }
#define I(v) { .kind = INT, .u = (uint64_t)(v) }
#define F(v) { .kind = FLOAT, .d = (v) }
#define B(v) { .kind = BOOL, .u = (v) }
#define A4(hex) { .kind = IPV4, .text = (hex) }
#define A6(hex) { .kind = IPV6, .text = (hex) }
#define M(hex) { .kind = MAC, .text = (hex) }
#define T(s) { .kind = TEXT, .text = (s) }
#define O(hex) { .kind = OCTETS, .text = (hex) }

static nf9_status put(nf9_writer *w, uint32_t field, const value *v)
{
    nf9_bytes b = v->kind >= IPV4 && v->kind != TEXT ? octets(v->text) : (nf9_bytes){ 0 };

    switch (v->kind) {
    case UINT: return nf9_put_uint(w, field, v->u);
    case INT: return nf9_put_int(w, field, (int64_t)v->u);
    case FLOAT: return nf9_put_float(w, field, v->d);
    case BOOL: return nf9_put_bool(w, field, v->u != 0);
    case IPV4: return nf9_put_ipv4(w, field, b.data);
    case IPV6: return nf9_put_ipv6(w, field, b.data);
    case MAC: return nf9_put_mac(w, field, b.data);
    case TEXT: return nf9_put_text(w, field, v->text);
    default: return nf9_put_octets(w, field, b.data, b.len);
    }
}

/* A template of one field of this type and length, behind one that has an octet. */
static const nf9_template *one_field(unsigned type, unsigned length)
{
    char hex[60];

    snprintf(hex, sizeof hex, "0100 0002 0004 0001 %04x %04x", type, length);
    return template_of(hex);
}

static const struct {
    unsigned type, length;
    value v;
    const char *hex; /* NULL where it fails */
    nf9_status status;
    size_t need, have;
} cases[] = {
    /* unsigned, each length to its limit */
    { 1, 1, U(0), "00", NF9_OK, 0, 0 },
    { 1, 1, U(255), "ff", NF9_OK, 0, 0 },
    { 1, 1, U(256), NULL, NF9_ERR_RANGE, 2, 1 },
    { 1, 2, U(0x0102), "0102", NF9_OK, 0, 0 },
    { 1, 2, U(65536), NULL, NF9_ERR_RANGE, 3, 2 },
    { 1, 3, U(0x010203), "010203", NF9_OK, 0, 0 },
    { 1, 3, U(0x01000000), NULL, NF9_ERR_RANGE, 4, 3 },
    { 1, 4, U(0xfffffffe), "fffffffe", NF9_OK, 0, 0 },
    { 1, 4, U(0x100000000), NULL, NF9_ERR_RANGE, 5, 4 },
    { 1, 5, U(0x0102030405), "0102030405", NF9_OK, 0, 0 },
    { 1, 5, U(0x010000000000), NULL, NF9_ERR_RANGE, 6, 5 },
    { 1, 6, U(0x010203040506), "010203040506", NF9_OK, 0, 0 },
    { 1, 6, U(UINT64_MAX), NULL, NF9_ERR_RANGE, 8, 6 },
    { 1, 7, U(0x01020304050607), "01020304050607", NF9_OK, 0, 0 },
    { 1, 7, U(0x0100000000000000), NULL, NF9_ERR_RANGE, 8, 7 },
    { 1, 8, U(UINT64_MAX), "ff*8", NF9_OK, 0, 0 },
    { 1, 8, U(1), "0000000000000001", NF9_OK, 0, 0 },
    { 1, 0, U(0), NULL, NF9_ERR_WIDTH, 4, 0 },
    { 1, 9, U(0), NULL, NF9_ERR_WIDTH, 4, 9 },
    { 1, 65535, U(0), "01 00", NF9_OK, 0, 0 },
    { 1, 65535, U(65536), "03 010000", NF9_OK, 0, 0 },
    { 1, 65535, U(UINT64_MAX), "08 ff*8", NF9_OK, 0, 0 },
    { UNKNOWN, 3, U(0x010203), "010203", NF9_OK, 0, 0 },
    { UNKNOWN, 3, U(0x01020304), NULL, NF9_ERR_RANGE, 4, 3 },
    { UNKNOWN, 0, U(0), NULL, NF9_ERR_WIDTH, 1, 0 },
    { UNKNOWN, 9, U(0), NULL, NF9_ERR_WIDTH, 1, 9 },
    { 150, 4, U(946684800), "386d4380", NF9_OK, 0, 0 }, /* a time as exported */
    { TRUTH, 1, U(7), "07", NF9_OK, 0, 0 },
    { TRUTH, 65535, U(256), NULL, NF9_ERR_WIDTH, 2, 2 },
    /* signed */
    { INTEGER, 1, I(-1), "ff", NF9_OK, 0, 0 },
    { INTEGER, 1, I(127), "7f", NF9_OK, 0, 0 },
    { INTEGER, 1, I(-128), "80", NF9_OK, 0, 0 },
    { INTEGER, 1, I(128), NULL, NF9_ERR_RANGE, 2, 1 },
    { INTEGER, 1, I(-129), NULL, NF9_ERR_RANGE, 2, 1 },
    { INTEGER, 2, I(-2), "fffe", NF9_OK, 0, 0 },
    { INTEGER, 2, I(32768), NULL, NF9_ERR_RANGE, 3, 2 },
    { INTEGER, 3, I(-8388608), "800000", NF9_OK, 0, 0 },
    { INTEGER, 3, I(-8388609), NULL, NF9_ERR_RANGE, 4, 3 },
    { INTEGER, 4, I(INT32_MIN), "80000000", NF9_OK, 0, 0 },
    { INTEGER, 4, I(INT64_C(2147483648)), NULL, NF9_ERR_RANGE, 5, 4 },
    { INTEGER, 5, I(-3), "fffffffffd", NF9_OK, 0, 0 },
    { INTEGER, 6, I(-3), "fffffffffffd", NF9_OK, 0, 0 },
    { INTEGER, 7, I(INT64_MIN), NULL, NF9_ERR_RANGE, 8, 7 },
    { INTEGER, 7, I(-3), "fffffffffffffd", NF9_OK, 0, 0 },
    { INTEGER, 8, I(INT64_MIN), "8000000000000000", NF9_OK, 0, 0 },
    { INTEGER, 8, I(INT64_MAX), "7f ff*7", NF9_OK, 0, 0 },
    { INTEGER, 65535, I(128), "02 0080", NF9_OK, 0, 0 },
    { INTEGER, 65535, I(-128), "01 80", NF9_OK, 0, 0 },
    { INTEGER, 0, I(0), NULL, NF9_ERR_WIDTH, 4, 0 },
    { INTEGER, 4, U(1), NULL, NF9_ERR_KIND, 0, 0 },
    { 1, 4, I(1), NULL, NF9_ERR_KIND, 0, 0 },
    { UNKNOWN, 2, I(-1), "ffff", NF9_OK, 0, 0 },
    /* floats: 1.5 is 1.1 in binary, exponent 127 and 1023 */
    { NUMBER, 4, F(1.5), "3fc00000", NF9_OK, 0, 0 },
    { NUMBER, 4, F(-0.0), "80000000", NF9_OK, 0, 0 },
    { NUMBER, 4, F(0.1), "3dcccccd", NF9_OK, 0, 0 }, /* rounded to the nearest */
    { NUMBER, 4, F((double)FLT_MAX), "7f7fffff", NF9_OK, 0, 0 },
    { NUMBER, 4, F((double)FLT_MAX * 2), NULL, NF9_ERR_RANGE, 8, 4 },
    { NUMBER, 4, F((double)FLT_MAX * -2), NULL, NF9_ERR_RANGE, 8, 4 },
    { NUMBER, 4, F(DBL_MAX * 2), "7f800000", NF9_OK, 0, 0 }, /* infinite */
    { NUMBER, 8, F(1.5), "3ff8000000000000", NF9_OK, 0, 0 },
    { NUMBER, 8, F(DBL_MAX), "7fefffffffffffff", NF9_OK, 0, 0 },
    { NUMBER, 65535, F(1.5), "08 3ff8000000000000", NF9_OK, 0, 0 },
    { NUMBER, 5, F(1.5), NULL, NF9_ERR_WIDTH, 8, 5 },
    { UNKNOWN, 5, F(1.5), NULL, NF9_ERR_WIDTH, 8, 5 },
    { UNKNOWN, 4, F(1.5), "3fc00000", NF9_OK, 0, 0 },
    { 1, 4, F(1.5), NULL, NF9_ERR_KIND, 0, 0 },
    /* truths */
    { TRUTH, 1, B(1), "01", NF9_OK, 0, 0 },
    { TRUTH, 1, B(0), "02", NF9_OK, 0, 0 },
    { TRUTH, 65535, B(0), "01 02", NF9_OK, 0, 0 },
    { TRUTH, 2, B(1), NULL, NF9_ERR_WIDTH, 1, 2 },
    { 4, 1, B(1), NULL, NF9_ERR_KIND, 0, 0 },
    /* addresses */
    { 8, 4, A4("c0000201"), "c0000201", NF9_OK, 0, 0 },
    { 8, 16, A4("c0000201"), "00*10 ffff c0000201", NF9_OK, 0, 0 },
    { 8, 65535, A4("c0000201"), "04 c0000201", NF9_OK, 0, 0 },
    { 8, 5, A4("c0000201"), NULL, NF9_ERR_WIDTH, 4, 5 },
    { 8, 3, A4("c0000201"), NULL, NF9_ERR_WIDTH, 4, 3 },
    { 27, 16, A4("c0000201"), NULL, NF9_ERR_KIND, 0, 0 },
    { 8, 4, U(1), NULL, NF9_ERR_KIND, 0, 0 },
    { UNKNOWN, 4, A4("c0000201"), "c0000201", NF9_OK, 0, 0 },
    { UNKNOWN, 6, A4("c0000201"), NULL, NF9_ERR_WIDTH, 4, 6 },
    { 27, 16, A6("20010db8 00*11 01"), "20010db8 00*11 01", NF9_OK, 0, 0 },
    { 27, 65535, A6("20010db8 00*11 01"), "10 20010db8 00*11 01", NF9_OK, 0, 0 },
    { 27, 15, A6("20010db8 00*11 01"), NULL, NF9_ERR_WIDTH, 16, 15 },
    { 8, 4, A6("20010db8 00*11 01"), NULL, NF9_ERR_KIND, 0, 0 },
    { 56, 6, M("020000000001"), "020000000001", NF9_OK, 0, 0 },
    { 56, 65535, M("020000000001"), "06 020000000001", NF9_OK, 0, 0 },
    { 56, 8, M("020000000001"), NULL, NF9_ERR_WIDTH, 6, 8 },
    { 27, 16, M("020000000001"), NULL, NF9_ERR_KIND, 0, 0 },
    /* text */
    { 82, 4, T("eth0"), "65746830", NF9_OK, 0, 0 },
    { 82, 7, T("eth0"), "65746830 000000", NF9_OK, 0, 0 },
    { 82, 3, T("eth0"), NULL, NF9_ERR_RANGE, 4, 3 },
    { 82, 3, T(""), "000000", NF9_OK, 0, 0 },
    { 82, 0, T(""), "", NF9_OK, 0, 0 },
    { 82, 0, T("e"), NULL, NF9_ERR_RANGE, 1, 0 },
    { 82, 65535, T(""), "00", NF9_OK, 0, 0 },
    { 82, 65535, T("eth0"), "04 65746830", NF9_OK, 0, 0 },
    { 1, 4, T("eth0"), NULL, NF9_ERR_KIND, 0, 0 },
    { 82, 4, U(1), NULL, NF9_ERR_KIND, 0, 0 },
    /* octets, whatever the kind */
    { 95, 4, O("01020304"), "01020304", NF9_OK, 0, 0 },
    { 95, 4, O("010203"), NULL, NF9_ERR_RANGE, 3, 4 },
    { 95, 4, O("0102030405"), NULL, NF9_ERR_RANGE, 5, 4 },
    { 95, 0, O(""), "", NF9_OK, 0, 0 },
    { 8, 5, O("0102030405"), "0102030405", NF9_OK, 0, 0 },
    { 82, 4, O("00000000"), "00000000", NF9_OK, 0, 0 },
    { UNKNOWN, 1, O("07"), "07", NF9_OK, 0, 0 },
    { 95, 65535, O(""), "00", NF9_OK, 0, 0 },
    { 95, 65535, O("aa*254"), "fe aa*254", NF9_OK, 0, 0 },
    { 95, 65535, O("aa*255"), "ff 00ff aa*255", NF9_OK, 0, 0 },
    { 95, 65535, O("aa*256"), "ff 0100 aa*256", NF9_OK, 0, 0 },
    { 95, 65535, O("aa*65535"), NULL, NF9_ERR_LENGTH, 65535, 65527 },
    { 95, 65535, O("aa*65536"), NULL, NF9_ERR_RANGE, 65536, 65535 },
    { 95, 4, U(1), NULL, NF9_ERR_KIND, 0, 0 },
};

static void each_kind_is_written_as_its_length_says(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const nf9_template *t = one_field(cases[i].type, cases[i].length);
        nf9_bytes want = octets(cases[i].hex != NULL ? cases[i].hex : "");
        uint8_t *buf = guard_room(1 + want.len);
        nf9_writer w;
        size_t len = 0;

        check_case("case %zu: type %u of %u octets", i, cases[i].type, cases[i].length);
        nf9_writer_init_records(&w, t, cases[i].hex != NULL ? buf : NULL, 1 + want.len);
        nf9_begin_record(&w);
        nf9_put_uint(&w, NF9_FT_PROTOCOL, 6);
        CHECK_STATUS(put(&w, cases[i].type, &cases[i].v), cases[i].status);
        if (cases[i].hex != NULL) {
            CHECK_STATUS(nf9_end_record(&w), NF9_OK);
            CHECK_STATUS(nf9_writer_finish(&w, &len), NF9_OK);
            CHECK_UINT(len, 1 + want.len);
            CHECK(len == 1 + want.len && memcmp(buf + 1, want.data, want.len) == 0);
        } else {
            const nf9_encode_error *e = nf9_writer_error(&w);
            CHECK_UINT(e->field, cases[i].type);
            CHECK_UINT(e->expected, cases[i].type);
            CHECK_UINT(e->column, 1);
            CHECK_UINT(e->at.need, cases[i].need);
            CHECK_UINT(e->at.have, cases[i].have);
            CHECK(e->at.offset == 1 || cases[i].status == NF9_ERR_LENGTH);
            CHECK_UINT(e->at.flowset_id, 256);
        }
        guard_release();
    }
}

static void text_by_its_octets_may_have_any(void)
{
    const nf9_template *t = template_of("0100 0001 0052 0004");
    nf9_bytes text = octets("ff 00 41");
    uint8_t *buf = guard_room(4);
    nf9_writer w;

    check_case("octets of text");
    nf9_writer_init_records(&w, t, buf, 4);
    nf9_begin_record(&w);
    CHECK_STATUS(nf9_put_text_bytes(&w, NF9_FT_IF_NAME, text), NF9_OK);
    CHECK_OCTETS(((nf9_bytes){ buf, 4 }), "ff004100");
    guard_release();
}

static void scopes_are_put_as_scopes(void)
{
    const nf9_template *t =
        options_template_of("0100 000c 0004 0001 0004 0002 0002 0003 0001 0022 0004");
    const uint8_t address[4] = { 192, 0, 2, 1 };
    uint8_t *buf = guard_room(11);
    nf9_writer w;
    size_t len = 0;

    check_case("scopes");
    nf9_writer_init_records(&w, t, buf, 11);
    nf9_begin_record(&w);
    nf9_put_ipv4(&w, NF9_AS_SCOPE(NF9_SCOPE_SYSTEM), address);
    nf9_put_uint(&w, NF9_AS_SCOPE(NF9_SCOPE_INTERFACE), 7);
    nf9_put_uint(&w, NF9_AS_SCOPE(NF9_SCOPE_LINE_CARD), 3);
    nf9_put_uint(&w, NF9_FT_SAMPLING_INTERVAL, 100);
    nf9_end_record(&w);
    CHECK_STATUS(nf9_writer_finish(&w, &len), NF9_OK);
    CHECK_OCTETS(((nf9_bytes){ buf, len }), "c0000201 0007 03 00000064");

    check_case("a field type is no scope");
    nf9_writer_init_records(&w, t, NULL, 0);
    nf9_begin_record(&w);
    CHECK_STATUS(nf9_put_uint(&w, NF9_FT_IN_BYTES, 1), NF9_ERR_EXTRA);
    guard_release();
}

static void a_field_is_put_as_it_was_decoded(void)
{
    const nf9_template *t = options_template_of("0100 0004 0004 0002 0002 0052 ffff");
    nf9_record record = record_of(t, "0007 03 616263");
    uint8_t *buf = guard_room(record.bytes.len);
    nf9_field_iter it;
    nf9_field field;
    nf9_writer w;

    check_case("copied");
    nf9_writer_init_records(&w, t, buf, record.bytes.len);
    nf9_begin_record(&w);
    nf9_fields_open(&it, &record);
    while (nf9_field_next(&it, &field) == NF9_OK)
        CHECK_STATUS(nf9_put_field(&w, &field), NF9_OK);
    CHECK_STATUS(nf9_end_record(&w), NF9_OK);
    CHECK_OCTETS(((nf9_bytes){ buf, record.bytes.len }), "0007 03 616263");
    guard_release();
}

static void a_row_of_numbers_is_a_record(void)
{
    static const struct {
        const char *tmpl;
        uint64_t values[5];
        size_t n;
        const char *hex;
        nf9_status status;
        uint32_t field;
    } rows[] = {
        { "0100 0004 0008 0004 0001 0003 01b2 0002 0114 0001",
          { 0xc0000201, 0x010203, UINT64_MAX, 2 }, 4, "c0000201 010203 ffff 02", NF9_OK, 0 },
        { "0100 0003 fde8 0002 0008 ffff 0096 0004", { 1, 2, 3 }, 3,
          "0001 04 00000002 00000003", NF9_OK, 0 },
        { "0100 0002 0001 0001 0002 0001", { 1, 256 }, 2, NULL, NF9_ERR_RANGE, 2 },
        { "0100 0002 0001 0001 01b2 0001", { 1, 128 }, 2, NULL, NF9_ERR_RANGE, 434 },
        { "0100 0002 0001 0001 0052 0001", { 1, 2 }, 2, NULL, NF9_ERR_KIND, 82 },
        { "0100 0002 0001 0001 001b 0008", { 1, 2 }, 2, NULL, NF9_ERR_KIND, 27 },
        { "0100 0002 0001 0001 0008 0010", { 1, 2 }, 2, NULL, NF9_ERR_WIDTH, 8 },
        { "0100 0002 0001 0001 0002 0000", { 1, 2 }, 2, NULL, NF9_ERR_WIDTH, 2 },
        { "0100 0002 0001 0001 0002 0001", { 1 }, 1, NULL, NF9_ERR_MISSING, 2 },
        { "0100 0002 0001 0001 0002 0001", { 1 }, 3, NULL, NF9_ERR_EXTRA, NF9_NO_FIELD },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint8_t *buf = guard_room(40);
        nf9_writer w;
        size_t len = 0;

        check_case("row %zu", i);
        nf9_writer_init_records(&w, template_of(rows[i].tmpl), buf, 40);
        CHECK_STATUS(nf9_put_u64s(&w, rows[i].values, rows[i].n), rows[i].status);
        CHECK_STATUS(nf9_writer_finish(&w, &len), rows[i].status);
        if (rows[i].hex != NULL)
            CHECK_OCTETS(((nf9_bytes){ buf, len }), rows[i].hex);
        else
            CHECK_UINT(nf9_writer_error(&w)->field, rows[i].field);
        guard_release();
    }
}

int main(void)
{
    each_kind_is_written_as_its_length_says();
    text_by_its_octets_may_have_any();
    scopes_are_put_as_scopes();
    a_field_is_put_as_it_was_decoded();
    a_row_of_numbers_is_a_record();
    return check_end();
}
