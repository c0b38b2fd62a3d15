/* SPDX-License-Identifier: MIT
 *
 * packet_value.c: which value a field is, and that it gives the same octets again.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <nf9/packet.h>
#include <stdio.h>
#include <string.h>

#define MOST 8u

/* A record's values, put into a room of just its length. */
static void check_written(const nf9_record *record, const nf9_value *values)
{
    uint8_t *room = guard_room(record->bytes.len);
    nf9_writer w;
    size_t len = 0;

    nf9_writer_init_records(&w, record->tmpl, room, record->bytes.len);
    CHECK_STATUS(nf9_put_values(&w, values, record->tmpl->field_count), NF9_OK);
    CHECK_STATUS(nf9_writer_finish(&w, &len), NF9_OK);
    CHECK(len == record->bytes.len && memcmp(room, record->bytes.data, len) == 0);
}

/* The only field of a record. */
static nf9_value read_one(unsigned type, unsigned length, const char *hex)
{
    nf9_value values[MOST];
    char text[64];

    snprintf(text, sizeof text, "0100 0001 %04x %04x", type, length);
    nf9_record record = record_of(template_of(text), hex);
    memset(values, 0x5a, sizeof values);
    CHECK_STATUS(nf9_record_values(&record, values, 1), NF9_OK);
    CHECK_UINT(values[0].field, type);
    check_written(&record, values);
    return values[0];
}

static const struct {
    const char *name;
    unsigned type, length;
    const char *hex;
    uint64_t value;
} numbers[] = {
    { "IN_BYTES of 4", NF9_FT_IN_BYTES, 4, "000005dc", 1500 },
    { "IN_BYTES of 8", NF9_FT_IN_BYTES, 8, "ffffffffffffffff", UINT64_MAX },
    { "of variable length", NF9_FT_IN_BYTES, 65535, "02 05dc", 1500 },
    { "TCP flags", NF9_FT_TCP_FLAGS, 2, "0112", 0x112 },
    { "flow label", 31, 4, "000abcde", 0xabcde },
    { "forwarding status", 89, 4, "00000040", 0x40 },
    { "a truth that is none", 276, 1, "03", 3 },
    { "nanoseconds as a plain count", NF9_FT_FLOW_START_NANOSECONDS, 8, "0000000000000007", 7 },
    { "milliseconds of 4 octets", 152, 4, "00000007", 7 },
    { "milliseconds beyond what a time says", 152, 8, "ffffffffffffffff", UINT64_MAX },
};

static void each_number(void)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        check_case("%s", numbers[i].name);
        nf9_value v = read_one(numbers[i].type, numbers[i].length, numbers[i].hex);
        CHECK_INT(v.kind, NF9_KIND_UINT);
        CHECK_UINT(v.u64, numbers[i].value);
    }
}

static const struct {
    const char *name;
    unsigned type, length;
    const char *hex;
    const char *octets;
    bool long_length;
} octet_values[] = {
    { "octets", 95, 4, "0d000050", "0d000050", false },
    { "octets of none", 95, 65535, "00", "", false },
    { "an unknown type", 65000, 3, "010203", "010203", false },
    { "a number of 9 octets", NF9_FT_IN_BYTES, 9, "000000000000000001", "000000000000000001",
      false },
    { "an address of 3", NF9_FT_IPV4_SRC_ADDR, 3, "0a0b0c", "0a0b0c", false },
    { "an IPv6 address as an IPv4 one", NF9_FT_IPV4_SRC_ADDR, 16,
      "20010db8000000000000000000000001", "20010db8000000000000000000000001", false },
    { "bits beside the flags", NF9_FT_TCP_FLAGS, 2, "5112", "5112", false },
    { "bits beside the label", 31, 4, "f00abcde", "f00abcde", false },
    { "octets before the status", 89, 2, "0140", "0140", false },
    { "a NaN that a wider one would change", 320, 4, "7fa00001", "7fa00001", false },
    { "text behind a NUL", NF9_FT_IF_NAME, 8, "6500740000000000", "6500740000000000", false },
    { "a NUL at the end of variable length", NF9_FT_IF_NAME, 65535, "02 6500", "6500", false },
    { "a number that is longer than it need be", NF9_FT_IN_BYTES, 65535, "02 0001", "0001",
      false },
    { "a length of three octets", 95, 65535, "ff0002 0102", "0102", true },
    { "a number behind such a length", NF9_FT_IN_BYTES, 65535, "ff0001 05", "05", true },
    { "such a length of nothing", 95, 65535, "ff0000", "", true },
};

static void each_that_is_octets(void)
{
    for (size_t i = 0; i < sizeof octet_values / sizeof *octet_values; i++) {
        check_case("%s", octet_values[i].name);
        nf9_value v =
            read_one(octet_values[i].type, octet_values[i].length, octet_values[i].hex);
        CHECK_INT(v.kind, NF9_KIND_OCTETS);
        CHECK_OCTETS(v.bytes, octet_values[i].octets);
        CHECK_INT(v.long_length, octet_values[i].long_length);
    }
}

static void other_kinds(void)
{
    check_case("kinds");
    nf9_value v = read_one(434, 2, "fffb");
    CHECK(v.kind == NF9_KIND_INT && v.i64 == -5);
    v = read_one(320, 4, "3fc00000");
    CHECK(v.kind == NF9_KIND_FLOAT && v.f64 == 1.5);
    v = read_one(320, 8, "7ff8000000000001");
    CHECK(v.kind == NF9_KIND_FLOAT && v.f64 != v.f64);
    v = read_one(276, 1, "01");
    CHECK(v.kind == NF9_KIND_BOOL && v.truth);
    v = read_one(276, 1, "02");
    CHECK(v.kind == NF9_KIND_BOOL && !v.truth);
    v = read_one(NF9_FT_IPV4_SRC_ADDR, 4, "c0000201");
    CHECK_INT(v.kind, NF9_KIND_IPV4);
    CHECK_OCTETS(((nf9_bytes){ v.ipv4, 4 }), "c0000201");
    v = read_one(NF9_FT_IPV4_SRC_ADDR, 16, "00000000000000000000ffffc0000201");
    CHECK_INT(v.kind, NF9_KIND_IPV4);
    CHECK_OCTETS(((nf9_bytes){ v.ipv4, 4 }), "c0000201");
    v = read_one(NF9_FT_IPV6_SRC_ADDR, 16, "20010db8000000000000000000000001");
    CHECK_INT(v.kind, NF9_KIND_IPV6);
    CHECK_OCTETS(((nf9_bytes){ v.ipv6, 16 }), "20010db8000000000000000000000001");
    v = read_one(NF9_FT_IN_SRC_MAC, 6, "020000000001");
    CHECK_INT(v.kind, NF9_KIND_MAC);
    CHECK_OCTETS(((nf9_bytes){ v.mac, 6 }), "020000000001");
    v = read_one(NF9_FT_IF_NAME, 8, "6574683000000000");
    CHECK_INT(v.kind, NF9_KIND_TEXT);
    CHECK_OCTETS(v.bytes, "65746830");
    v = read_one(NF9_FT_IF_NAME, 2, "0000");
    CHECK(v.kind == NF9_KIND_TEXT && v.bytes.len == 0);
    v = read_one(NF9_FT_IF_NAME, 65535, "04 65746830");
    CHECK(v.kind == NF9_KIND_TEXT && v.bytes.len == 4 && !v.long_length);
    v = read_one(NF9_FT_IF_NAME, 65535, "ff0004 65746830");
    CHECK(v.kind == NF9_KIND_TEXT && v.bytes.len == 4 && v.long_length);
    v = read_one(NF9_FT_IF_NAME, 65535, "ff00ff 61*255");
    CHECK(v.kind == NF9_KIND_TEXT && v.bytes.len == 255 && !v.long_length);
}

static void times(void)
{
    check_case("times");
    nf9_value v = read_one(150, 4, "386d4380");
    CHECK(v.kind == NF9_KIND_TIME_S && v.time.secs == 946684800 && v.time.nanos == 0);
    v = read_one(152, 8, "000000dc6acfac05");
    CHECK(v.kind == NF9_KIND_TIME_MS && v.time.secs == 946684800 && v.time.nanos == 5000000);
    /* 2^-32 s is finer than a nanosecond: two fractions that are the same one */
    v = read_one(NF9_FT_FLOW_START_NANOSECONDS, 8, "bc17c20000000016");
    CHECK(v.kind == NF9_KIND_TIME_NS && v.time.secs == 946684800 && v.time.nanos == 5);
    CHECK_UINT(v.fraction, 0x16);
    v = read_one(NF9_FT_FLOW_START_NANOSECONDS, 8, "bc17c20000000017");
    CHECK(v.kind == NF9_KIND_TIME_NS && v.time.secs == 946684800 && v.time.nanos == 5);
    CHECK_UINT(v.fraction, 0x17);
    v = read_one(NF9_FT_FLOW_START_NANOSECONDS, 8, "bc17c20000000000");
    CHECK(v.time.nanos == 0);
}

/* The nanoseconds are what counts, where they were changed. */
static void a_changed_time_is_written(void)
{
    const nf9_template *t = template_of("0100 0001 009c 0008");
    nf9_record record = record_of(t, "bc17c20000000017");
    uint8_t *room = guard_room(8);
    nf9_value v;
    nf9_writer w;

    check_case("changed time");
    CHECK_STATUS(nf9_record_values(&record, &v, 1), NF9_OK);
    v.time.nanos = 1;
    nf9_writer_init_records(&w, t, room, 8);
    CHECK_STATUS(nf9_put_values(&w, &v, 1), NF9_OK);
    CHECK_OCTETS(((nf9_bytes){ room, 8 }), "bc17c20000000005");
}

static void made_values(void)
{
    static const uint8_t address[16] = { 0x20, 1, 0xd, 0xb8, [15] = 1 };
    const nf9_template *t = template_of("0100 000b 0001 0003 01b2 0002 0140 0004 0114 0001"
                                        "0008 0004 001b 0010 0038 0006 0052 0006 005f ffff"
                                        "0096 0004 009c 0008");
    const nf9_value values[] = {
        nf9_value_uint(NF9_FT_IN_BYTES, 1500),
        nf9_value_int(434, -5),
        nf9_value_float(320, 0.5),
        nf9_value_bool(276, true),
        nf9_value_ipv4(NF9_FT_IPV4_SRC_ADDR, address),
        nf9_value_ipv6(NF9_FT_IPV6_SRC_ADDR, address),
        nf9_value_mac(NF9_FT_IN_SRC_MAC, address),
        nf9_value_text(NF9_FT_IF_NAME, "eth0"),
        nf9_value_octets(95, address, 3),
        nf9_value_time(150, (nf9_time){ 946684800, 0 }),
        nf9_value_time(NF9_FT_FLOW_START_NANOSECONDS, (nf9_time){ 946684800, 5 }),
    };
    const size_t n = sizeof values / sizeof *values, need = 3 + 2 + 4 + 1 + 4 + 16 + 6 + 6 + 4 +
                                                            4 + 8;
    uint8_t *room = guard_room(need);
    nf9_writer w;
    size_t len = 0;

    check_case("made");
    nf9_writer_init_records(&w, t, room, need);
    CHECK_STATUS(nf9_put_values(&w, values, n), NF9_OK);
    CHECK_STATUS(nf9_writer_finish(&w, &len), NF9_OK);
    CHECK_OCTETS(((nf9_bytes){ room, len }),
                 "0005dc fffb 3f000000 01 20010db8 20010db8000000000000000000000001"
                 "20010db80000 657468300000 0320010d 386d4380 bc17c20000000016");
    CHECK_TEXT(nf9_value_info(&values[0])->filter, "in_bytes");
    nf9_value scope = nf9_value_uint(NF9_AS_SCOPE(NF9_SCOPE_INTERFACE), 1);
    CHECK_TEXT(nf9_value_info(&scope)->name, "INTERFACE");
    nf9_value unknown = nf9_value_uint(65000, 1);
    CHECK(nf9_value_info(&unknown) == NULL);
}

static void scopes(void)
{
    const nf9_template *t = options_template_of("0101 000c 0004 0001 0004 0002 0004 0009 0002"
                                                "0022 0001");
    nf9_record record = record_of(t, "c0000201 00000007 0102 05");
    nf9_value v[4];

    check_case("scopes");
    CHECK_STATUS(nf9_record_values(&record, v, 3), NF9_ERR_SPACE);
    CHECK_STATUS(nf9_record_values(&record, v, 4), NF9_OK);
    check_written(&record, v);
    CHECK(v[0].field == NF9_AS_SCOPE(1u) && v[0].kind == NF9_KIND_OCTETS);
    CHECK(v[1].field == NF9_AS_SCOPE(2u) && v[1].kind == NF9_KIND_UINT && v[1].u64 == 7);
    CHECK(v[2].field == NF9_AS_SCOPE(9u) && v[2].kind == NF9_KIND_OCTETS);
    CHECK(v[3].field == 34 && v[3].kind == NF9_KIND_UINT && v[3].u64 == 5);
}

static void what_is_refused(void)
{
    const nf9_template *t = template_of("0100 0002 0001 0002 0002 0002");
    const nf9_template *varies = template_of("0100 0001 0001 ffff");
    static const uint8_t many[255];
    nf9_value v[3] = { nf9_value_uint(1, 1), nf9_value_uint(2, 2), nf9_value_uint(2, 2) };
    nf9_value none = nf9_value_uint(1, 1), lengthy = nf9_value_octets(1, "ab", 2);
    nf9_writer w;

    check_case("refused");
    nf9_writer_init_records(&w, t, NULL, 0);
    CHECK_STATUS(nf9_put_values(&w, v, 1), NF9_ERR_MISSING);
    CHECK_UINT(nf9_writer_error(&w)->expected, 2);
    nf9_writer_init_records(&w, t, NULL, 0);
    CHECK_STATUS(nf9_put_values(&w, v, 3), NF9_ERR_EXTRA);
    CHECK_UINT(nf9_writer_error(&w)->field, 2);
    nf9_writer_init_records(&w, t, NULL, 0);
    CHECK_STATUS(nf9_put_values(&w, v + 1, 2), NF9_ERR_ORDER);
    CHECK_UINT(nf9_writer_error(&w)->field, 2);
    nf9_writer_init_records(&w, t, NULL, 0);
    v[0].u64 = 65536;
    CHECK_STATUS(nf9_put_values(&w, v, 2), NF9_ERR_RANGE);
    CHECK_UINT(nf9_writer_error(&w)->field, 1);
    none.kind = (nf9_kind)99;
    nf9_writer_init_records(&w, t, NULL, 0);
    nf9_begin_record(&w);
    CHECK_STATUS(nf9_put_value(&w, &none), NF9_ERR_KIND);
    lengthy.long_length = true; /* a length of its own, in a field of fixed length */
    nf9_writer_init_records(&w, t, NULL, 0);
    nf9_begin_record(&w);
    CHECK_STATUS(nf9_put_value(&w, &lengthy), NF9_ERR_WIDTH);
    lengthy.bytes = (nf9_bytes){ many, sizeof many }; /* as long as it says anyhow */
    nf9_writer_init_records(&w, varies, NULL, 0);
    CHECK_STATUS(nf9_put_values(&w, &lengthy, 1), NF9_OK);
    CHECK_UINT(nf9_writer_length(&w), 258);
    lengthy.kind = NF9_KIND_TEXT; /* of a number */
    nf9_writer_init_records(&w, varies, NULL, 0);
    CHECK_STATUS(nf9_put_values(&w, &lengthy, 1), NF9_ERR_KIND);
    nf9_value cut[2];
    nf9_record record = record_of(t, "00010002");
    record.bytes.len = 3;
    CHECK_STATUS(nf9_record_values(&record, cut, 2), NF9_ERR_TRUNCATED);
}

/* A time's kind need not be its column's: 64-bit fractions are only for columns that have them. */
static void times_of_other_columns(void)
{
    static const struct {
        unsigned type, length;
        const char *hex;
    } cases[] = {
        { NF9_FT_FLOW_START_SECONDS, 4, "6553f100" },
        { NF9_FT_FLOW_START_SECONDS, 8, "000000006553f100" },
        { NF9_FT_FLOW_START_MILLISECONDS, 8, "0000018bcfe56800" },
        { NF9_FT_FLOW_START_MICROSECONDS, 8, "e8fe6f8000000000" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_value value = { .field = cases[i].type, .kind = NF9_KIND_TIME_NS };
        nf9_bytes want = octets(cases[i].hex);
        uint8_t *room = guard_room(want.len);
        char text[64];
        nf9_writer w;
        size_t len = 0;

        value.time = (nf9_time){ 1700000000, 0 };
        check_case("type %u of %u", cases[i].type, cases[i].length);
        snprintf(text, sizeof text, "0100 0001 %04x %04x", cases[i].type, cases[i].length);
        nf9_writer_init_records(&w, template_of(text), room, want.len);
        CHECK_STATUS(nf9_put_values(&w, &value, 1), NF9_OK);
        CHECK_STATUS(nf9_writer_finish(&w, &len), NF9_OK);
        CHECK(len == want.len && memcmp(room, want.data, len) == 0);
    }
}

int main(void)
{
    times_of_other_columns();
    each_number();
    each_that_is_octets();
    other_kinds();
    times();
    a_changed_time_is_written();
    made_values();
    scopes();
    what_is_refused();
    return check_end();
}
