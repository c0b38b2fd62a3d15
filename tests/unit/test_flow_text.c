/* SPDX-License-Identifier: MIT
 *
 * flow_text.c: one line about a record.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <string.h>

#define UPTIME 3600000u
static const nf9_header header = { 9, 1, UPTIME, 1553866012, 1, 0 };

/* The line from a buffer that has just the room. */
static const char *line_of(const nf9_template *t, const char *hex, nf9_flow *flow)
{
    static char text[1024];
    nf9_record r = record_of(t, hex);
    nf9_flow_plan plan;

    nf9_flow_plan_init(&plan, t);
    nf9_flow_read(&plan, &header, &r, flow);
    size_t len = nf9_flow_print(flow, &r, NULL, 0);
    char *exact = guard_room(len + 1);
    if (nf9_flow_print(flow, &r, exact, len + 1) != len || len >= sizeof text)
        return "(its length is not what it said)";
    for (size_t cap = 1; cap <= len; cap++) { /* every room that is too small */
        char *less = guard_room(cap);
        CHECK_UINT(nf9_flow_print(flow, &r, less, cap), len);
        CHECK(memcmp(less, exact, cap - 1) == 0 && less[cap - 1] == '\0');
    }
    memcpy(text, exact, len + 1);
    return text;
}

typedef struct line {
    const char *name, *tmpl, *record, *text;
} line;

static void check_lines(const line *lines, size_t n, bool options)
{
    for (size_t i = 0; i < n; i++) {
        const char *tmpl = lines[i].tmpl;
        nf9_flow flow;
        check_case("%s", lines[i].name);
        CHECK_TEXT(line_of(options ? options_template_of(tmpl) : template_of(tmpl),
                           lines[i].record, &flow),
                   lines[i].text);
        guard_release();
    }
}

#define PAIR "0008 0004 000c 0004 "
#define PORTS "0007 0002 000b 0002 "
#define A_B "c0000201 c0000202 " /* 192.0.2.1, 192.0.2.2 */

/* The lines of real captures that the project's output was designed by; then the rules. */
static const line flows[] = {
    { "TCP", "0100 000a " PAIR PORTS "0004 0001 0002 0004 0001 0004 0016 0004 0015 0004 0006 0001",
      "7f000001 7f000001 0050 942c 06 0000004b 00019010 0036ea00 0036ebad 1b",
      "127.0.0.1:80 -> 127.0.0.1:37932 TCP 75 packets 102416 bytes 0.429 s FIN SYN PSH ACK" },
    { "ICMP of a firewall", "0100 0008 " PAIR PORTS "0004 0001 00b0 0001 00b1 0001 0055 0004",
      "c0a80e01 0202020b 0000 448d 01 00 00 00000038",
      "192.168.14.1 -> 2.2.2.11 ICMP 0/0 (Echo reply) 56 bytes" },
    { "ICMP of a firewall, deleted",
      "0100 0009 " PAIR PORTS "0004 0001 00b0 0001 00b1 0001 0055 0004 00e9 0001",
      "c0a80e01 0202020b 0000 448d 01 00 00 00000038 02",
      "192.168.14.1 -> 2.2.2.11 ICMP 0/0 (Echo reply) 56 bytes, flow deleted" },
    { "ICMPv6", "0100 0006 001b 0010 001c 0010 0004 0001 008b 0002 0002 0004 0001 0004",
      "20010db8 00*12 20010db8 00*11 01 3a 8000 00000001 00000068",
      "2001:db8:: -> 2001:db8::1 ICMPv6 128/0 (Echo request) 1 packet 104 bytes" },
    { "MPLS", "0100 0007 " PAIR "0004 0001 0020 0002 0002 0004 0001 0004 0046 0003",
      "c0a82064 ac102002 01 0800 00000001 00000058 05dc21",
      "192.168.32.100 -> 172.16.32.2 ICMP 8/0 (Echo request) 1 packet 88 bytes, MPLS 24002" },
    { "created", "0100 0009 " PAIR PORTS "0004 0001 0002 0004 0001 0004 0006 0001 00e9 0001",
      "1723ab1b 0a205bcd 0050 c16f 06 00000001 00000046 12 01",
      "23.35.171.27:80 -> 10.32.91.205:49519 TCP 1 packet 70 bytes SYN ACK, flow created" },
    { "no address pair", "0100 0005 016d 0006 016e 0004 005f 0004 0002 0004 0001 0004",
      "34028675c051 c0a81479 0d0001df 00000053 00000cf8",
      "sta_mac_address=34:02:86:75:c0:51 sta_ipv4_address=192.168.20.121 "
      "application_tag=13:479 83 packets 3320 bytes" },

    { "addresses alone", "0100 0002 " PAIR, A_B, "192.0.2.1 -> 192.0.2.2" },
    { "IPv6 with ports has brackets", "0100 0004 001b 0010 001c 0010 " PORTS,
      "20010db8 00*12 20010db8 00*11 01 0050 c16f", "[2001:db8::]:80 -> [2001:db8::1]:49519" },
    { "one port is no pair", "0100 0003 " PAIR "0007 0002", A_B "0050", "192.0.2.1 -> 192.0.2.2" },
    { "no counter is not 0", "0100 0004 " PAIR "0004 0001 0002 0004", A_B "11 00000000",
      "192.0.2.1 -> 192.0.2.2 UDP 0 packets" },
    { "one byte", "0100 0003 " PAIR "0001 0004", A_B "00000001", "192.0.2.1 -> 192.0.2.2 1 byte" },
    { "no label", "0100 0003 " PAIR "0004 0001", A_B "fc", "192.0.2.1 -> 192.0.2.2 protocol 252" },
    { "both ways", "0100 0004 " PAIR "00e7 0004 00e8 0004", A_B "00000001 00000002",
      "192.0.2.1 -> 192.0.2.2 1/2 bytes" },
    { "packets both ways", "0100 0006 " PAIR "012a 0004 012b 0004 00e7 0004 00e8 0004",
      A_B "00000001 00000000 00000028 00000000", "192.0.2.1 -> 192.0.2.2 1/0 packets 40/0 bytes" },
    { "no duration of 0", "0100 0004 " PAIR "0016 0004 0015 0004", A_B "00000064 00000064",
      "192.0.2.1 -> 192.0.2.2" },
    { "negative duration", "0100 0004 " PAIR "0016 0004 0015 0004", A_B "00000064 0000002a",
      "192.0.2.1 -> 192.0.2.2 -0.058 s" },
    { "duration in us", "0100 0003 " PAIR "00a2 0004", A_B "0010c8e1",
      "192.0.2.1 -> 192.0.2.2 1.100001 s" },
    { "flags only with TCP", "0100 0004 " PAIR "0004 0001 0006 0001", A_B "11 12",
      "192.0.2.1 -> 192.0.2.2 UDP" },
    { "flags where there is no protocol", "0100 0003 " PAIR "0006 0002", A_B "f102",
      "192.0.2.1 -> 192.0.2.2 SYN AE" },
    { "event 0 is to be ignored", "0100 0003 " PAIR "00e9 0001", A_B "00",
      "192.0.2.1 -> 192.0.2.2" },
    { "event 5", "0100 0003 " PAIR "9c45 0001", A_B "05", "192.0.2.1 -> 192.0.2.2, flow update" },
    { "event without a label", "0100 0003 " PAIR "00e9 0001", A_B "63",
      "192.0.2.1 -> 192.0.2.2, firewall event 99" },
    { "labels up to the bottom", "0100 0005 " PAIR "0046 0003 0047 0003 0048 0003",
      A_B "000100 000111 000120", "192.0.2.1 -> 192.0.2.2, MPLS 16/17" },
    { "ICMP from the destination port", "0100 0005 " PAIR PORTS "0004 0001", A_B "0000 0303 01",
      "192.0.2.1 -> 192.0.2.2 ICMP 3/3 (Destination unreachable: port)" },
    { "ICMP without a type", "0100 0003 " PAIR "0004 0001", A_B "01",
      "192.0.2.1 -> 192.0.2.2 ICMP" },
    { "ICMP type 252 has no name", "0100 0004 " PAIR "0004 0001 0020 0002", A_B "01 fc00",
      "192.0.2.1 -> 192.0.2.2 ICMP 252/0" },
    { "a code without a name has its type's", "0100 0004 " PAIR "0004 0001 0020 0002",
      A_B "01 0bff", "192.0.2.1 -> 192.0.2.2 ICMP 11/255 (Time exceeded)" },

    { "three fields that are no counters",
      "0100 0006 000a 0002 0001 0004 000e 0002 0016 0004 0004 0001 0010 0002",
      "0001 00000007 0002 00000001 06 0003",
      "input_snmp=1 output_snmp=2 protocol=TCP (6) 7 bytes" },
    { "no flags, labels and times behind fields without an address pair",
      "0100 0006 0004 0001 0006 0001 0046 0003 0001 0004 0016 0004 0015 0004",
      "06 12 000111 00000007 00000064 00000065",
      "protocol=TCP (6) tcp_flags=0x12 (SYN ACK) mpls_label_1=17 exp 0 bottom 7 bytes" },
    { "padding is no field", "0100 0004 0000 0002 00d2 0002 0052 0000 000a 0002",
      "0000 0000 0001", "input_snmp=1" },
    { "unknown type", "0100 0001 fffe 0002", "00ff", "type_65534=00ff" },
    { "text with a blank is in quotes", "0100 0002 0052 0003 0053 0003", "612062 616263",
      "if_name=\"a b\" if_desc=abc" },
    { "empty text is in quotes", "0100 0001 0052 0003", "000000", "if_name=\"\"" },
    { "only times: the duration alone", "0100 0002 0016 0004 0015 0004", "00000064 00000065",
      "0.001 s" },
    { "only counters", "0100 0002 0002 0004 0001 0004", "00000001 00000002",
      "1 packet 2 bytes" },
    { "nothing to say", "0100 0001 0000 0002", "0000", "" },
};

static const line options[] = {
    { "application", "0100 0004 000c 0001 0004 005f 0004 0060 0018 005e 0037",
      "0a0f0173 01000008 656770 00*21 45787465 72696f72 20476174 65776179 2050726f 746f636f 6c "
      "00*30",
      "System 10.15.1.115: application_tag=1:8 application_name=egp "
      "application_description=\"Exterior Gateway Protocol\"" },
    { "interface", "0100 0004 0008 0001 0004 000a 0004 0053 0010",
      "c1c4be43 0000004a 54656e47 69674530 5f305f31 5f300000",
      "System 193.196.190.67: input_snmp=74 if_desc=TenGigE0_0_1_0" },
    { "interface scope", "0100 0004 0004 0002 0004 0052 0004", "00000005 65746830",
      "Interface 5: if_name=eth0" },
    { "System of 2 octets", "0100 0004 0004 0001 0002 0022 0004", "0001 00000064",
      "System 0001: sampling_interval=100" },
    { "System of no octets", "0100 0004 0004 0001 0000 0022 0004", "00000064",
      "System: sampling_interval=100" },
    { "two scopes", "0100 0008 0004 0002 0002 0005 0002 0022 0004", "0001 0100 00000064",
      "Interface 1, Template 256: sampling_interval=100" },
    { "no scope", "0100 0000 0004 0022 0004", "00000064", "sampling_interval=100" },
    { "a scope alone", "0100 0004 0000 0002 0002", "0001", "Interface 1" },
    { "unknown scope", "0100 0004 0004 0009 0002 0022 0004", "00ff 00000064",
      "Scope 9 00ff: sampling_interval=100" },
    { "padding is not shown", "0100 0004 0008 0002 0002 0022 0004 00d2 0002",
      "0001 00000064 0000", "Interface 1: sampling_interval=100" },
    { "addresses are no flow", "0100 0004 0008 0002 0002 " PAIR, "0001 " A_B,
      "Interface 1: ipv4_src_addr=192.0.2.1 ipv4_dst_addr=192.0.2.2" },
};

/* A line is made of 64 fields at most: 60 of type 0 and no octets do not count as shown. */
static void many_fields_are_cut(void)
{
    nf9_flow flow;

    check_case("64 fields of options");
    CHECK_TEXT(line_of(options_template_of("0100 0004 0100 0002 0002 00*248 000a 0001 0022 0001"),
                       "0001 07 64", &flow),
               "Interface 1: input_snmp=7 ...");
    check_case("63 and the scope");
    CHECK_TEXT(line_of(options_template_of("0100 0004 00fc 0002 0002 00*248 000a 0001"),
                       "0001 07", &flow),
               "Interface 1: input_snmp=7");
    check_case("64 fields of data");
    CHECK_TEXT(line_of(template_of("0100 0041 00*252 000a 0001 000e 0001"), "07 08", &flow),
               "input_snmp=7");
    guard_release();
}

int main(void)
{
    many_fields_are_cut();
    check_lines(flows, sizeof flows / sizeof *flows, false);
    check_lines(options, sizeof options / sizeof *options, true);
    return check_end();
}
