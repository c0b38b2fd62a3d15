/* SPDX-License-Identifier: MIT
 *
 * print.c: values as a person reads them.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <string.h>

static const struct {
    uint16_t type;
    const char *hex, *text;
} values[] = {
    /* lengths that do not fit fall back to octets */
    { NF9_FT_IN_BYTES, "", "" },
    { NF9_FT_IN_BYTES, "000102030405060708", "000102030405060708" },
    { NF9_FT_IPV4_SRC_ADDR, "c00002", "c00002" },
    { NF9_FT_IPV4_SRC_ADDR, "c0000201*2", "c000020101" },
    { NF9_FT_IPV6_SRC_ADDR, "c0000201", "c0000201" },
    { NF9_FT_IN_SRC_MAC, "020000000000 01", "02000000000001" },
    { NF9_FT_SAMPLING_PROBABILITY, "3f80", "3f80" },
    { NF9_FT_DATA_RECORDS_RELIABILITY, "0001", "0001" },
    { NF9_FT_MPLS_LABEL_1, "05dc", "05dc" },
    { NF9_FT_APPLICATION_TAG, "0d", "0d" },
    { NF9_FT_NF_F_INGRESS_ACL_ID, "0f8e", "0f8e" },
    { 65534, "00ff", "00ff" },
    { 65534, "", "" },
    /* numbers, truths, floats */
    { NF9_FT_IN_BYTES, "ffffffffffffffff", "18446744073709551615" },
    { NF9_FT_MIB_OBJECT_VALUE_INTEGER, "8000000000000000", "-9223372036854775808" },
    { NF9_FT_MIB_OBJECT_VALUE_INTEGER, "ff", "-1" },
    { NF9_FT_MIB_OBJECT_VALUE_INTEGER, "00", "0" },
    { NF9_FT_DATA_RECORDS_RELIABILITY, "01", "true" },
    { NF9_FT_DATA_RECORDS_RELIABILITY, "02", "false" },
    { NF9_FT_DATA_RECORDS_RELIABILITY, "00", "0" },
    { NF9_FT_SAMPLING_PROBABILITY, "3fe0000000000000", "0.5" },
    { NF9_FT_SAMPLING_PROBABILITY, "bf000000", "-0.5" },
    { NF9_FT_SAMPLING_PROBABILITY, "00000000", "0" },
    { NF9_FT_SAMPLING_PROBABILITY, "7f800000", "inf" },
    { NF9_FT_SAMPLING_PROBABILITY, "ff800000", "-inf" },
    { NF9_FT_SAMPLING_PROBABILITY, "7fc00000", "nan" },
    /* as few digits as give the value back, in 4 and in 8 octets */
    { NF9_FT_SAMPLING_PROBABILITY, "7e967699", "1e+38" },
    { NF9_FT_SAMPLING_PROBABILITY, "3dcccccd", "0.1" },
    { NF9_FT_SAMPLING_PROBABILITY, "3eaaaaab", "0.33333334" },
    { NF9_FT_SAMPLING_PROBABILITY, "3fb999999999999a", "0.1" },
    { NF9_FT_SAMPLING_PROBABILITY, "3fd5555555555555", "0.3333333333333333" },
    { NF9_FT_SAMPLING_PROBABILITY, "41d26580b487df3b", "1234567890.123" },
    { NF9_FT_SAMPLING_PROBABILITY, "3fefffffffffffff", "0.9999999999999999" },
    /* enumerations and flags */
    { NF9_FT_FIREWALL_EVENT, "02", "Flow deleted (2)" },
    { NF9_FT_FIREWALL_EVENT, "00000002", "Flow deleted (2)" },
    { NF9_FT_FIREWALL_EVENT, "63", "99" },
    { NF9_FT_IS_MULTICAST, "e1", "0xe1 (IPv4 multicast IPv6 multicast scope 14)" },
    { NF9_FT_FRAGMENT_FLAGS, "40", "0x40 (Don't fragment)" },
    { NF9_FT_DATA_LINK_FRAME_TYPE, "0003", "0x03 (IEEE 802.3 Ethernet IEEE 802.11 MAC)" },
    /* packed values */
    { NF9_FT_ICMP_TYPE_CODE_IPV6, "8000", "128/0 (Echo request)" },
    { NF9_FT_APPLICATION_TAG, "14 00003044", "20:12356" },
    { NF9_FT_NF_F_INGRESS_ACL_ID, "0f8e7ff3 fc1a030f 00000000",
      "0x0f8e7ff3 0xfc1a030f 0x00000000" },
    { NF9_FT_IPV4_SRC_ADDR, "00*10 ffff c0000201", "192.0.2.1" },
    /* text */
    { NF9_FT_IF_NAME, "", "" },
    { NF9_FT_IF_NAME, "65746830 0000", "eth0" },
    { NF9_FT_IF_NAME, "61 00 62", "a\\x00b" },
    { NF9_FT_IF_NAME, "61 0a 1b 7f 62", "a\\x0a\\x1b\\x7fb" },
    { NF9_FT_IF_NAME, "20 7e", " ~" },
    { NF9_FT_IF_NAME, "5a c3bc", "Z\xc3\xbc" },
    { NF9_FT_IF_NAME, "e282ac", "\xe2\x82\xac" },
    { NF9_FT_IF_NAME, "f09f9880", "\xf0\x9f\x98\x80" },
    { NF9_FT_IF_NAME, "f48fbfbf", "\xf4\x8f\xbf\xbf" },
    /* a control character is one in two octets too */
    { NF9_FT_IF_NAME, "61 c280 c29b c29f c2a0", "a\\x80\\x9b\\x9f\xc2\xa0" },
    /* what is not UTF-8 is hex after 0x, without the NULs at the end */
    { NF9_FT_IF_NAME, "fc", "0xfc" },
    { NF9_FT_IF_NAME, "61 80 0000", "0x6180" },
    { NF9_FT_IF_NAME, "c0af", "0xc0af" },
    { NF9_FT_IF_NAME, "c1bf", "0xc1bf" },
    { NF9_FT_IF_NAME, "e09fbf", "0xe09fbf" },
    { NF9_FT_IF_NAME, "eda080", "0xeda080" },
    { NF9_FT_IF_NAME, "f08fbfbf", "0xf08fbfbf" },
    { NF9_FT_IF_NAME, "f4908080", "0xf4908080" },
    { NF9_FT_IF_NAME, "f5808080", "0xf5808080" },
    { NF9_FT_IF_NAME, "c3", "0xc3" },
    { NF9_FT_IF_NAME, "e282", "0xe282" },
    { NF9_FT_IF_NAME, "f09f98", "0xf09f98" },
    { NF9_FT_IF_NAME, "c328", "0xc328" },
    { NF9_FT_IF_NAME, "e28228", "0xe28228" },
};

static void values_are_printed(void)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        nf9_field f = field_of(values[i].type, octets(values[i].hex));
        check_case("%u = %s", (unsigned)values[i].type, values[i].hex);
        CHECK_TEXT(printed(&f), values[i].text);
        guard_release();
    }
}

static void scopes_are_printed(void)
{
    static const struct {
        uint16_t type;
        const char *hex, *text;
    } scopes[] = {
        { NF9_SCOPE_SYSTEM, "0a0f0173", "0a0f0173 (10.15.1.115)" },
        { NF9_SCOPE_SYSTEM, "", "" },
        { NF9_SCOPE_SYSTEM, "0001", "0001" },
        { NF9_SCOPE_SYSTEM, "00*16", "00000000000000000000000000000000" },
        { NF9_SCOPE_INTERFACE, "0000004a", "74" },
        { NF9_SCOPE_INTERFACE, "4a", "74" },
        { NF9_SCOPE_LINE_CARD, "0001", "0001" },
        { NF9_SCOPE_CACHE, "aabb", "aabb" },
        { NF9_SCOPE_TEMPLATE, "0100", "256" },
        { 9, "0100", "0100" },
    };

    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        nf9_field f = scope_field_of(scopes[i].type, octets(scopes[i].hex));
        check_case("scope %u = %s", (unsigned)scopes[i].type, scopes[i].hex);
        CHECK_TEXT(printed(&f), scopes[i].text);
    }
}

/* Every room there is for each value above: what fits is there, ended by a NUL, and no more. */
static void every_room(void)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        nf9_field f = field_of(values[i].type, octets(values[i].hex));
        size_t whole = strlen(values[i].text);
        check_case("%u = %s, no room", (unsigned)values[i].type, values[i].hex);
        CHECK_UINT(nf9_field_print(&f, NULL, 0), whole);
        for (size_t cap = 1; cap <= whole + 2; cap++) {
            char *buf = guard_room(cap);
            size_t there = cap - 1 < whole ? cap - 1 : whole;
            check_case("%u = %s, room for %zu", (unsigned)values[i].type, values[i].hex, cap);
            CHECK_UINT(nf9_field_print(&f, buf, cap), whole);
            CHECK(memcmp(buf, values[i].text, there) == 0 && buf[there] == '\0');
        }
        guard_release();
    }
}

/* Every type at every length, its octets all 0, all ff, and mixed, to find what reads too far. */
static void every_type_at_every_length(void)
{
    static const uint8_t fill[] = { 0x00, 0xff, 0x14, 0x61, 0x80 };

    for (size_t len = 0; len <= 20; len++)
        for (size_t k = 0; k < sizeof fill; k++) {
            uint8_t data[20];
            memset(data, fill[k], sizeof data);
            nf9_bytes bytes = guard_copy(data, len);
            for (size_t i = 0; i <= NF9_FIELD_COUNT; i++) {
                const nf9_field_info *info = nf9_field_at(i);
                nf9_field f = { .info = info, .bytes = bytes };
                char buf[256];
                check_case("row %zu, %zu octets of %02x", i, len, fill[k]);
                size_t n = nf9_field_print(&f, buf, sizeof buf);
                CHECK(n < sizeof buf && strlen(buf) == n);
            }
            guard_release();
        }
}

int main(void)
{
    values_are_printed();
    scopes_are_printed();
    every_room();
    every_type_at_every_length();
    return check_end();
}
