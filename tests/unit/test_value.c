/* SPDX-License-Identifier: MIT
 *
 * value.c: every getter on every kind at every length, and the values themselves.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <string.h>

/* A type of each kind, and the lengths that the kind has. */
static const struct kind {
    nf9_kind kind;
    uint16_t type;
    const char *lengths; /* a digit or letter each: '0' to '9', 'g' is 16; NULL all */
} kinds[] = {
    { NF9_KIND_OCTETS, NF9_FT_LAYER2_PACKET_SECTION_DATA, NULL },
    { NF9_KIND_UINT, NF9_FT_IN_BYTES, "12345678" },
    { NF9_KIND_INT, NF9_FT_MIB_OBJECT_VALUE_INTEGER, "12345678" },
    { NF9_KIND_FLOAT, NF9_FT_SAMPLING_PROBABILITY, "48" },
    { NF9_KIND_BOOL, NF9_FT_DATA_RECORDS_RELIABILITY, "1" },
    { NF9_KIND_IPV4, NF9_FT_IPV4_SRC_ADDR, "4" },
    { NF9_KIND_IPV6, NF9_FT_IPV6_SRC_ADDR, "g" },
    { NF9_KIND_MAC, NF9_FT_IN_SRC_MAC, "6" },
    { NF9_KIND_TEXT, NF9_FT_IF_NAME, NULL },
    { NF9_KIND_TIME_S, NF9_FT_FLOW_START_SECONDS, "12345678" },
    { NF9_KIND_TIME_MS, NF9_FT_FLOW_START_MILLISECONDS, "12345678" },
    { NF9_KIND_TIME_US, NF9_FT_FLOW_START_MICROSECONDS, "12345678" },
    { NF9_KIND_TIME_NS, NF9_FT_FLOW_START_NANOSECONDS, "12345678" },
};

static const size_t lengths[] = { 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,   10,  11,
                                  12, 13, 14, 15, 16, 17, 18, 19, 20, 255, 256 };

static bool has(const char *of, size_t length)
{
    return of == NULL || (length <= 16 && strchr(of, "0123456789abcdefg"[length]) != NULL);
}

static nf9_status expected(bool of_kind, const char *of, size_t length)
{
    return !of_kind ? NF9_ERR_KIND : has(of, length) ? NF9_OK : NF9_ERR_WIDTH;
}

static bool is_time(nf9_kind kind)
{
    return kind >= NF9_KIND_TIME_S;
}

static const char *time_lengths(nf9_kind kind)
{
    return kind == NF9_KIND_TIME_S ? "12345678" : kind == NF9_KIND_TIME_MS ? "5678" : "8";
}

/* What a getter that fails must leave as it was. */
#define LEFT_ALONE(out) check_untouched(__LINE__, &(out), sizeof(out))

static void check_untouched(int line, const void *out, size_t size)
{
    const uint8_t *p = out;

    for (size_t i = 0; i < size; i++)
        if (!check_true(__FILE__, line, "*out is unchanged", p[i] == 0x5a))
            return;
}

static void check_numbers(const nf9_field *f, const struct kind *k, size_t len)
{
    bool number = k->kind == NF9_KIND_UINT || k->kind == NF9_KIND_BOOL || is_time(k->kind);
    uint64_t u;
    int64_t i;
    double d;
    bool b;

    memset(&u, 0x5a, sizeof u);
    memset(&i, 0x5a, sizeof i);
    memset(&d, 0x5a, sizeof d);
    memset(&b, 0x5a, sizeof b);
    nf9_status st = nf9_field_u64(f, &u);
    CHECK_STATUS(st, expected(number, k->lengths, len));
    if (st != NF9_OK)
        LEFT_ALONE(u);
    st = nf9_field_i64(f, &i);
    CHECK_STATUS(st, expected(k->kind == NF9_KIND_INT, k->lengths, len));
    if (st != NF9_OK)
        LEFT_ALONE(i);
    st = nf9_field_f64(f, &d);
    CHECK_STATUS(st, expected(k->kind == NF9_KIND_FLOAT, k->lengths, len));
    if (st != NF9_OK)
        LEFT_ALONE(d);
    st = nf9_field_bool(f, &b);
    CHECK_STATUS(st, expected(k->kind == NF9_KIND_BOOL, k->lengths, len));
    if (st != NF9_OK)
        LEFT_ALONE(b);
}

static void check_octets_of(const nf9_field *f, const struct kind *k, size_t len)
{
    uint8_t out[16];
    nf9_bytes text;
    nf9_time time;

    memset(out, 0x5a, sizeof out);
    memset(&text, 0x5a, sizeof text);
    memset(&time, 0x5a, sizeof time);
    CHECK_STATUS(nf9_field_ipv4(f, out), expected(k->kind == NF9_KIND_IPV4, k->lengths, len));
    if (k->kind != NF9_KIND_IPV4 || len != 4)
        LEFT_ALONE(out);
    memset(out, 0x5a, sizeof out);
    CHECK_STATUS(nf9_field_ipv6(f, out), expected(k->kind == NF9_KIND_IPV6, k->lengths, len));
    if (k->kind != NF9_KIND_IPV6 || len != 16)
        LEFT_ALONE(out);
    memset(out, 0x5a, sizeof out);
    CHECK_STATUS(nf9_field_mac(f, out), expected(k->kind == NF9_KIND_MAC, k->lengths, len));
    if (k->kind != NF9_KIND_MAC || len != 6)
        LEFT_ALONE(out);
    nf9_status st = nf9_field_text(f, &text);
    CHECK_STATUS(st, expected(k->kind == NF9_KIND_TEXT, k->lengths, len));
    if (st != NF9_OK)
        LEFT_ALONE(text);
    st = nf9_field_time(f, &time);
    CHECK_STATUS(st, expected(is_time(k->kind), time_lengths(k->kind), len));
    if (st != NF9_OK)
        LEFT_ALONE(time);
}

static void check_unknown(size_t len, nf9_bytes bytes)
{
    const struct kind none = { NF9_KIND_OCTETS, 65534, NULL };
    nf9_field f = field_of(none.type, bytes);
    nf9_part_value parts[NF9_PARTS_MAX];

    check_case("unknown type, %zu octets", len);
    CHECK(f.info == NULL && nf9_field_fits(&f));
    nf9_time time;
    CHECK_STATUS(nf9_field_time(&f, &time), NF9_ERR_KIND);
    CHECK_UINT(nf9_field_parts(&f, parts), 0);
    check_numbers(&f, &none, len);
}

static void each_getter_at_each_length(void)
{
    for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        uint8_t data[256];
        memset(data, 0x11, sizeof data);
        nf9_bytes bytes = guard_copy(data, lengths[l]);
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            nf9_field f = field_of(kinds[i].type, bytes);
            check_case("%s, %zu octets", f.info->name, lengths[l]);
            CHECK_UINT(f.info->kind, kinds[i].kind);
            CHECK(nf9_field_fits(&f) == has(kinds[i].lengths, lengths[l]));
            check_numbers(&f, &kinds[i], lengths[l]);
            check_octets_of(&f, &kinds[i], lengths[l]);
        }
        check_unknown(lengths[l], bytes);
    }
    guard_release();
}

int main(void)
{
    each_getter_at_each_length();
    return check_end();
}
