/* SPDX-License-Identifier: MIT
 *
 * flow.c: which fields make a flow, and which of several count.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <stdio.h>
#include <string.h>

static const nf9_header header = { 9, 1, 3600000, 1553866012, 1, 0 };

static nf9_flow flow_of(const nf9_template *t, const char *hex)
{
    nf9_record r = record_of(t, hex);
    nf9_flow_plan plan;
    nf9_flow flow;

    memset(&flow, 0x5a, sizeof flow); /* what is read must not depend on what was there */
    nf9_flow_plan_init(&plan, t);
    nf9_flow_read(&plan, &header, &r, &flow);
    return flow;
}

#define V4 "0008 0004 000c 0004 "
#define V6 "001b 0010 001c 0010 "
#define ICMP "0004 0001 0020 0002 008b 0002 00b0 0001 00b1 0001 00b2 0001 00b3 0001 000b 0002 "

static void of_two_families_the_one_that_is_not_zero_counts(void)
{
    static const struct {
        const char *name, *tmpl, *record;
        unsigned family;
        const char *src;
    } cases[] = {
        { "IPv4 alone", "0100 0002 " V4, "c0000201 c0000202", 4, "c0000201" },
        { "IPv6 alone", "0100 0002 " V6, "20010db8 00*12 00*15 01", 6, "20010db8 00*12" },
        { "both, IPv6 zero", "0100 0004 " V4 V6, "c0000201 c0000202 00*32", 4, "c0000201" },
        { "both, IPv4 zero", "0100 0004 " V4 V6, "00*8 20010db8 00*12 00*15 01", 6,
          "20010db8 00*12" },
        { "both, IPv6 before IPv4", "0100 0004 " V6 V4, "20010db8 00*12 00*15 01 00*8", 6,
          "20010db8 00*12" },
        { "both zero", "0100 0004 " V4 V6, "00*40", 4, "00000000" },
        { "only the source is zero", "0100 0004 " V4 V6, "00000000 c0000202 00*32", 4, "00000000" },
        { "both not zero", "0100 0004 " V4 V6, "c0000201 c0000202 20010db8 00*12 00*15 01", 4,
          "c0000201" },
        { "IPv4 zero alone", "0100 0002 " V4, "00*8", 4, "00000000" },
        { "a source alone is no pair", "0100 0001 0008 0004", "c0000201", 0, "" },
        { "an IPv4 length that is none", "0100 0004 0008 0003 000c 0004 " V6,
          "c00002 c0000202 20010db8 00*12 00*16", 6, "20010db8 00*12" },
        { "IPv4 mapped", "0100 0002 0008 0010 000c 0010",
          "00*10 ffff c0000201 00*10 ffff c0000202", 4, "c0000201" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_flow f = flow_of(template_of(cases[i].tmpl), cases[i].record);
        check_case("%s", cases[i].name);
        CHECK_UINT(f.has & NF9_FLOW_ADDRESSES, cases[i].family ? NF9_FLOW_ADDRESSES : 0u);
        CHECK_UINT(f.family, cases[i].family);
        if (cases[i].family)
            CHECK_OCTETS(((nf9_bytes){ f.src, cases[i].family == 4 ? 4 : 16 }), cases[i].src);
        guard_release();
    }
}

/* "-" none, else type and code. */
static void icmp_comes_from_wherever_it_stands(void)
{
    static const struct {
        const char *name, *tmpl, *record, *icmp;
    } cases[] = {
        /* protocol, 32, 139, 176, 177, 178, 179, destination port */
        { "fields of their own before all", "0100 0008 " ICMP, "01 0000 8100 08 01 80 02 0303",
          "8/1" },
        { "ICMPv6: fields of their own", "0100 0008 " ICMP, "3a 0000 8100 08 01 80 02 0303",
          "128/2" },
        { "neither ICMP nor ICMPv6", "0100 0008 " ICMP, "06 0000 8100 08 01 80 02 0303", "-" },
        { "32", "0100 0003 0004 0001 0020 0002 000b 0002", "01 0800 0303", "8/0" },
        { "139", "0100 0003 0004 0001 008b 0002 000b 0002", "3a 8000 0303", "128/0" },
        { "32 is not ICMPv6's", "0100 0002 0004 0001 0020 0002", "3a 0800", "-" },
        { "139 is not ICMP's", "0100 0002 0004 0001 008b 0002", "01 8000", "-" },
        { "destination port", "0100 0002 0004 0001 000b 0002", "01 0303", "3/3" },
        { "destination port, ICMPv6", "0100 0002 0004 0001 000b 0002", "3a 8100", "129/0" },
        { "a type without its code", "0100 0002 0004 0001 00b0 0001", "01 08", "8/0" },
        { "a code without its type", "0100 0002 0004 0001 00b1 0001", "01 08", "-" },
        { "nothing", "0100 0001 0004 0001", "01", "-" },
        { "32 of 3 octets: the last two", "0100 0002 0004 0001 0020 0003", "01 000803", "8/3" },
        { "32 of no octets: the port", "0100 0003 0004 0001 0020 0000 000b 0002", "01 0303",
          "3/3" },
        { "protocol of no octets", "0100 0002 0004 0000 000b 0002", "0303", "-" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_flow f = flow_of(template_of(cases[i].tmpl), cases[i].record);
        char said[16] = "-";
        check_case("%s", cases[i].name);
        if ((f.has & NF9_FLOW_ICMP) != 0) {
            snprintf(said, sizeof said, "%u/%u", (unsigned)f.icmp_type, (unsigned)f.icmp_code);
            CHECK((f.has & NF9_FLOW_PORTS) == 0);
        }
        CHECK_TEXT(said, cases[i].icmp);
        guard_release();
    }
}

static void counters_have_an_order(void)
{
    static const struct {
        const char *name, *tmpl, *record, *counters;
    } cases[] = {
        { "2 and 1", "0100 0008 0018 0001 0017 0001 0056 0001 0055 0001 0002 0001 0001 0001 "
                     "00e7 0001 00e8 0001", "01 02 03 04 05 06 07 08", "5 6 -" },
        { "86 and 85", "0100 0006 0018 0001 0017 0001 0056 0001 0055 0001 00e7 0001 00e8 0001",
          "01 02 03 04 07 08", "3 4 -" },
        { "231 and 232", "0100 0004 0018 0001 0017 0001 00e7 0001 00e8 0001", "01 02 07 08",
          "1 7 8" },
        { "24 and 23", "0100 0002 0018 0001 0017 0001", "01 02", "1 2 -" },
        { "298 and 299", "0100 0004 0018 0001 0017 0001 012a 0001 012b 0001", "01 02 07 08",
          "7/8 2 -" },
        { "2 before 298: the way back of nothing", "0100 0003 0002 0001 012a 0001 012b 0001",
          "01 07 08", "1 - -" },
        { "a 298 that is no number: the way back of nothing",
          "0100 0002 012a 0009 012b 0001", "00*9 08", "- - -" },
        { "a 231 that is none", "0100 0002 00e7 0009 00e8 0001", "00*9 08", "- - -" },
        { "299 alone", "0100 0001 012b 0001", "08", "- - -" },
        { "232 alone", "0100 0001 00e8 0001", "08", "- - -" },
        { "232 before 23: the way back of nothing", "0100 0002 00e8 0001 0017 0001", "08 02",
          "- 2 -" },
        { "64 bits", "0100 0002 0002 0008 0001 0008", "ff*8 8000000000000000",
          "18446744073709551615 9223372036854775808 -" },
        { "of a length that is none", "0100 0002 0002 0009 0001 0001", "00*9 01", "- 1 -" },
        { "the first of two", "0100 0002 0001 0001 0001 0001", "01 02", "- 1 -" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_flow f = flow_of(template_of(cases[i].tmpl), cases[i].record);
        char said[160], part[3][48] = { "-", "-", "-" };
        check_case("%s", cases[i].name);
        if ((f.has & NF9_FLOW_PACKETS) != 0)
            snprintf(part[0], sizeof part[0], "%llu", (unsigned long long)f.packets);
        if ((f.has & NF9_FLOW_PACKETS_BACK) != 0)
            snprintf(part[0], sizeof part[0], "%llu/%llu", (unsigned long long)f.packets,
                     (unsigned long long)f.packets_back);
        if ((f.has & NF9_FLOW_BYTES) != 0)
            snprintf(part[1], sizeof part[1], "%llu", (unsigned long long)f.bytes);
        if ((f.has & NF9_FLOW_BYTES_BACK) != 0)
            snprintf(part[2], sizeof part[2], "%llu", (unsigned long long)f.bytes_back);
        snprintf(said, sizeof said, "%s %s %s", part[0], part[1], part[2]);
        CHECK_TEXT(said, cases[i].counters);
        guard_release();
    }
}

static void ports_have_two_octets(void)
{
    static const struct {
        const char *name, *tmpl, *record, *ports;
    } cases[] = {
        { "2 octets", "0100 0002 0007 0002 000b 0002", "ffff 0050", "65535 80" },
        { "4 octets", "0100 0002 0007 0004 000b 0004", "0000ffff 00000050", "65535 80" },
        { "1 octet", "0100 0002 0007 0001 000b 0001", "35 50", "53 80" },
        { "one alone", "0100 0001 0007 0002", "0035", "-" },
        { "a source that is none", "0100 0002 0007 0004 000b 0002", "00010000 0050", "-" },
        { "a destination that is none", "0100 0002 0007 0002 000b 0003", "0050 010050", "-" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_flow f = flow_of(template_of(cases[i].tmpl), cases[i].record);
        char said[16] = "-";
        check_case("%s", cases[i].name);
        if ((f.has & NF9_FLOW_PORTS) != 0)
            snprintf(said, sizeof said, "%u %u", (unsigned)f.src_port, (unsigned)f.dst_port);
        CHECK_TEXT(said, cases[i].ports);
        guard_release();
    }
}

static void labels_end_at_the_bottom(void)
{
    static const struct {
        const char *name, *record;
        unsigned labels;
    } cases[] = {
        { "bottom first", "000101 000200 000300", 1 },
        { "bottom second", "000100 000201 000300", 2 },
        { "no bottom", "000100 000200 000300", 3 },
        { "unused positions", "000100 000000 000000", 1 },
        { "all unused", "000000 000000 000000", 0 },
        { "explicit null at the bottom", "000001 000000 000000", 1 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_flow f = flow_of(template_of("0100 0003 0046 0003 0047 0003 0048 0003"),
                             cases[i].record);
        check_case("%s", cases[i].name);
        CHECK_UINT(f.labels, cases[i].labels);
    }
    check_case("all ten");
    nf9_flow f = flow_of(template_of("0100 000a 0046 0003 0047 0003 0048 0003 0049 0003 004a 0003 "
                            "004b 0003 004c 0003 004d 0003 004e 0003 004f 0003"),
                "10*30");
    CHECK_UINT(f.labels, NF9_MPLS_LABELS);
    CHECK_UINT(f.label[9], 0x10101);
    f = flow_of(template_of("0100 0002 0046 0003 0048 0003"), "000100 000300");
    check_case("the second is missing");
    CHECK_UINT(f.labels, 1);
}

static void plans_leave_scopes_out(void)
{
    nf9_flow f = flow_of(options_template_of("0100 0008 0004 0001 0004 0002 0004 0003 0004"),
                         "00000007 00000008 00000009");
    check_case("scope 1 is not field 1");
    CHECK_UINT(f.has, 0);
}

/* A record that is cut: the flow has what is there. */
static void cut_records_say_what_they_have(void)
{
    const nf9_template *t = template_of("0100 0004 " V4 "0002 0004 0001 0004");
    nf9_bytes whole = octets("c0000201 c0000202 00000003 00000004");
    nf9_flow_plan plan;

    nf9_flow_plan_init(&plan, t);
    for (size_t len = 0; len <= whole.len; len++) {
        nf9_record r = { .tmpl = t, .bytes = guard_copy(whole.data, len) };
        nf9_flow f;
        nf9_flow_read(&plan, &header, &r, &f);
        check_case("cut at %zu", len);
        CHECK_UINT(f.has, (len >= 8 ? NF9_FLOW_ADDRESSES : 0u) |
                              (len >= 12 ? NF9_FLOW_PACKETS : 0u) |
                              (len >= 16 ? NF9_FLOW_BYTES : 0u));
    }
}

int main(void)
{
    of_two_families_the_one_that_is_not_zero_counts();
    icmp_comes_from_wherever_it_stands();
    counters_have_an_order();
    ports_have_two_octets();
    labels_end_at_the_bottom();
    plans_leave_scopes_out();
    cut_records_say_what_they_have();
    return check_end();
}
