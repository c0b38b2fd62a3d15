/* SPDX-License-Identifier: MIT
 *
 * text.c: text into a bounded buffer (private to the codec).
 */
#include "check.h"
#include "guard.h"
#include "text.h"
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

static void numbers_and_hex(void)
{
    static const struct {
        uint64_t v;
        int digits;
        const char *decimal, *hex;
    } cases[] = {
        { 0, 1, "0", "0" },
        { 0, 0, "0", "0" },
        { 0, 2, "0", "00" },
        { 9, 2, "9", "09" },
        { 10, 1, "10", "a" },
        { 255, 1, "255", "ff" },
        { 256, 2, "256", "100" },
        { 0x0fffff, 5, "1048575", "fffff" },
        { UINT64_C(1) << 32, 8, "4294967296", "100000000" },
        { UINT64_MAX, 1, "18446744073709551615", "ffffffffffffffff" },
        { 1, 16, "1", "0000000000000001" },
        { UINT64_C(0x8000000000000000), 16, "9223372036854775808", "8000000000000000" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char buf[40];
        nf9_text t = { buf, sizeof buf, 0 };

        check_case("%s", cases[i].decimal);
        nf9_text_u64(&t, cases[i].v);
        CHECK_UINT(nf9_text_end(&t), strlen(cases[i].decimal));
        CHECK_TEXT(buf, cases[i].decimal);
        t.len = 0;
        nf9_text_hex(&t, cases[i].v, cases[i].digits);
        nf9_text_end(&t);
        CHECK_TEXT(buf, cases[i].hex);
    }
}

static void addresses_are_written_as_rfc_5952_says(void)
{
    static const struct {
        const char *hex, *text;
    } cases[] = {
        { "c0000201", "192.0.2.1" },
        { "00000000", "0.0.0.0" },
        { "ffffffff", "255.255.255.255" },
        { "00*16", "::" },
        { "00*15 01", "::1" },
        { "20010db8 00*12", "2001:db8::" },
        { "20010db8 0000 0001 0000 0000 0000 0001", "2001:db8:0:1::1" },
        { "20010db8 00*10 0001", "2001:db8::1" },
        { "00*10 ffff c0000201", "::ffff:192.0.2.1" },
        { "ff*16", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_bytes address = octets(cases[i].hex);
        char buf[64];
        nf9_text t = { buf, sizeof buf, 0 };

        check_case("%s", cases[i].text);
        nf9_text_address(&t, address.data, address.len);
        nf9_text_end(&t);
        CHECK_TEXT(buf, cases[i].text);
    }
}

/* Every pattern of zero words, with words of one to four digits between: as libc writes it. */
static void addresses_are_written_as_libc_does(void)
{
    static const uint16_t words[] = { 0x1, 0x20, 0x300, 0xffff };

    for (unsigned i = 0; i < 256 * 4; i++) {
        uint8_t address[16] = { 0 };
        char expected[INET6_ADDRSTRLEN], buf[64];
        nf9_text t = { buf, sizeof buf, 0 };

        for (unsigned w = 0; w < 8; w++) {
            uint16_t word = (i >> w & 1) != 0 ? words[(w + (i >> 8)) % 4] : 0;
            address[2 * w] = (uint8_t)(word >> 8);
            address[2 * w + 1] = (uint8_t)word;
        }
        CHECK(inet_ntop(AF_INET6, address, expected, sizeof expected) != NULL);
        check_case("%s", expected);
        nf9_text_address(&t, address, sizeof address);
        nf9_text_end(&t);
        CHECK_TEXT(buf, expected);
    }
}

static void what_does_not_fit_is_counted_and_not_written(void)
{
    for (size_t cap = 1; cap <= 12; cap++) {
        char *buf = guard_room(cap);
        nf9_text t = { buf, cap, 0 };

        check_case("room for %zu", cap);
        nf9_text_add(&t, "ab");
        nf9_text_char(&t, ' ');
        nf9_text_octets(&t, octets("00 0f ff"));
        CHECK_UINT(nf9_text_end(&t), 9);
        CHECK_UINT(strlen(buf), cap - 1 < 9 ? cap - 1 : 9);
        CHECK(memcmp(buf, "ab 000fff", strlen(buf)) == 0);
    }
    nf9_text none = { NULL, 0, 0 };
    check_case("no room");
    nf9_text_u64(&none, 1234);
    CHECK_UINT(nf9_text_end(&none), 4);
}

int main(void)
{
    numbers_and_hex();
    addresses_are_written_as_rfc_5952_says();
    addresses_are_written_as_libc_does();
    what_does_not_fit_is_counted_and_not_written();
    return check_end();
}
