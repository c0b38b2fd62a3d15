/* SPDX-License-Identifier: MIT
 *
 * core_rows.h: the 87 field types that must never be missing, as field_types.csv has them
 * (number, name, kind, usual length), and values of them in each length that exporters send.
 */

/* A value: its octets, what it is as a number (0 where it is none), and as it is printed. */
typedef struct core_value {
    uint16_t type;
    const char *hex;
    uint64_t number;
    const char *text;
} core_value;

static const struct core_row {
    uint16_t type;
    const char *name;
    nf9_kind kind;
    uint16_t length;
} core_rows[] = {
    { 1, "IN_BYTES", NF9_KIND_UINT, 4 },
    { 2, "IN_PKTS", NF9_KIND_UINT, 4 },
    { 3, "FLOWS", NF9_KIND_UINT, 4 },
    { 4, "PROTOCOL", NF9_KIND_UINT, 1 },
    { 5, "SRC_TOS", NF9_KIND_UINT, 1 },
    { 6, "TCP_FLAGS", NF9_KIND_UINT, 1 },
    { 7, "L4_SRC_PORT", NF9_KIND_UINT, 2 },
    { 8, "IPV4_SRC_ADDR", NF9_KIND_IPV4, 4 },
    { 9, "SRC_MASK", NF9_KIND_UINT, 1 },
    { 10, "INPUT_SNMP", NF9_KIND_UINT, 2 },
    { 11, "L4_DST_PORT", NF9_KIND_UINT, 2 },
    { 12, "IPV4_DST_ADDR", NF9_KIND_IPV4, 4 },
    { 13, "DST_MASK", NF9_KIND_UINT, 1 },
    { 14, "OUTPUT_SNMP", NF9_KIND_UINT, 2 },
    { 15, "IPV4_NEXT_HOP", NF9_KIND_IPV4, 4 },
    { 16, "SRC_AS", NF9_KIND_UINT, 2 },
    { 17, "DST_AS", NF9_KIND_UINT, 2 },
    { 18, "BGP_IPV4_NEXT_HOP", NF9_KIND_IPV4, 4 },
    { 19, "MUL_DST_PKTS", NF9_KIND_UINT, 4 },
    { 20, "MUL_DST_BYTES", NF9_KIND_UINT, 4 },
    { 21, "LAST_SWITCHED", NF9_KIND_UINT, 4 },
    { 22, "FIRST_SWITCHED", NF9_KIND_UINT, 4 },
    { 23, "OUT_BYTES", NF9_KIND_UINT, 4 },
    { 24, "OUT_PKTS", NF9_KIND_UINT, 4 },
    { 25, "MIN_PKT_LNGTH", NF9_KIND_UINT, 2 },
    { 26, "MAX_PKT_LNGTH", NF9_KIND_UINT, 2 },
    { 27, "IPV6_SRC_ADDR", NF9_KIND_IPV6, 16 },
    { 28, "IPV6_DST_ADDR", NF9_KIND_IPV6, 16 },
    { 29, "IPV6_SRC_MASK", NF9_KIND_UINT, 1 },
    { 30, "IPV6_DST_MASK", NF9_KIND_UINT, 1 },
    { 31, "IPV6_FLOW_LABEL", NF9_KIND_UINT, 3 },
    { 32, "ICMP_TYPE", NF9_KIND_UINT, 2 },
    { 33, "MUL_IGMP_TYPE", NF9_KIND_UINT, 1 },
    { 34, "SAMPLING_INTERVAL", NF9_KIND_UINT, 4 },
    { 35, "SAMPLING_ALGORITHM", NF9_KIND_UINT, 1 },
    { 36, "FLOW_ACTIVE_TIMEOUT", NF9_KIND_UINT, 2 },
    { 38, "ENGINE_TYPE", NF9_KIND_UINT, 1 },
    { 39, "ENGINE_ID", NF9_KIND_UINT, 1 },
    { 40, "TOTAL_BYTES_EXP", NF9_KIND_UINT, 4 },
    { 41, "TOTAL_PKTS_EXP", NF9_KIND_UINT, 4 },
    { 42, "TOTAL_FLOWS_EXP", NF9_KIND_UINT, 4 },
    { 44, "IPV4_SRC_PREFIX", NF9_KIND_IPV4, 4 },
    { 45, "IPV4_DST_PREFIX", NF9_KIND_IPV4, 4 },
    { 46, "MPLS_TOP_LABEL_TYPE", NF9_KIND_UINT, 1 },
    { 47, "MPLS_TOP_LABEL_IP_ADDR", NF9_KIND_IPV4, 4 },
    { 48, "FLOW_SAMPLER_ID", NF9_KIND_UINT, 1 },
    { 49, "FLOW_SAMPLER_MODE", NF9_KIND_UINT, 1 },
    { 52, "MIN_TTL", NF9_KIND_UINT, 1 },
    { 53, "MAX_TTL", NF9_KIND_UINT, 1 },
    { 54, "IPV4_IDENT", NF9_KIND_UINT, 2 },
    { 55, "DST_TOS", NF9_KIND_UINT, 1 },
    { 56, "IN_SRC_MAC", NF9_KIND_MAC, 6 },
    { 57, "OUT_DST_MAC", NF9_KIND_MAC, 6 },
    { 58, "SRC_VLAN", NF9_KIND_UINT, 2 },
    { 59, "DST_VLAN", NF9_KIND_UINT, 2 },
    { 60, "IP_PROTOCOL_VERSION", NF9_KIND_UINT, 1 },
    { 61, "DIRECTION", NF9_KIND_UINT, 1 },
    { 62, "IPV6_NEXT_HOP", NF9_KIND_IPV6, 16 },
    { 63, "BGP_IPV6_NEXT_HOP", NF9_KIND_IPV6, 16 },
    { 64, "IPV6_OPTION_HEADERS", NF9_KIND_UINT, 4 },
    { 70, "MPLS_LABEL_1", NF9_KIND_OCTETS, 3 },
    { 71, "MPLS_LABEL_2", NF9_KIND_OCTETS, 3 },
    { 72, "MPLS_LABEL_3", NF9_KIND_OCTETS, 3 },
    { 73, "MPLS_LABEL_4", NF9_KIND_OCTETS, 3 },
    { 74, "MPLS_LABEL_5", NF9_KIND_OCTETS, 3 },
    { 75, "MPLS_LABEL_6", NF9_KIND_OCTETS, 3 },
    { 76, "MPLS_LABEL_7", NF9_KIND_OCTETS, 3 },
    { 77, "MPLS_LABEL_8", NF9_KIND_OCTETS, 3 },
    { 78, "MPLS_LABEL_9", NF9_KIND_OCTETS, 3 },
    { 79, "MPLS_LABEL_10", NF9_KIND_OCTETS, 3 },
    { 80, "IN_DST_MAC", NF9_KIND_MAC, 6 },
    { 81, "OUT_SRC_MAC", NF9_KIND_MAC, 6 },
    { 82, "IF_NAME", NF9_KIND_TEXT, 0 },
    { 83, "IF_DESC", NF9_KIND_TEXT, 0 },
    { 84, "SAMPLER_NAME", NF9_KIND_TEXT, 0 },
    { 85, "IN_PERMANENT_BYTES", NF9_KIND_UINT, 4 },
    { 86, "IN_PERMANENT_PKTS", NF9_KIND_UINT, 4 },
    { 88, "FRAGMENT_OFFSET", NF9_KIND_UINT, 2 },
    { 89, "FORWARDING_STATUS", NF9_KIND_UINT, 1 },
    { 90, "MPLS_PAL_RD", NF9_KIND_OCTETS, 8 },
    { 91, "MPLS_PREFIX_LEN", NF9_KIND_UINT, 1 },
    { 92, "SRC_TRAFFIC_INDEX", NF9_KIND_UINT, 4 },
    { 93, "DST_TRAFFIC_INDEX", NF9_KIND_UINT, 4 },
    { 95, "APPLICATION_TAG", NF9_KIND_OCTETS, 0 },
    { 96, "APPLICATION_NAME", NF9_KIND_TEXT, 0 },
    { 99, "REPLICATION_FACTOR", NF9_KIND_UINT, 4 },
    { 104, "LAYER2_PACKET_SECTION_DATA", NF9_KIND_OCTETS, 0 },
};

#define CORE_1(type) { type, "ff", 255, "255" }, { type, "07", 7, "7" }
#define CORE_2(type) { type, "ffff", 65535, "65535" }, { type, "0102", 258, "258" }
#define CORE_4(type) \
    { type, "ffffffff", 4294967295, "4294967295" }, { type, "00010000", 65536, "65536" }
#define CORE_8(type)                                                                          \
    { type, "ffffffffffffffff", UINT64_MAX, "18446744073709551615" }, \
        { type, "0000000100000000", 4294967296, "4294967296" }
#define CORE_COUNTER(type) CORE_1(type), CORE_4(type), CORE_8(type)
#define CORE_ADDRESS(type) \
    { type, "c0000201", 0, "192.0.2.1" }, { type, "00000000", 0, "0.0.0.0" }
#define CORE_ADDRESS6(type)                                                                   \
    { type, "20010db8 00*11 01", 0, "2001:db8::1" }, { type, "00*16", 0, "::" }
#define CORE_MAC(type) { type, "0200 5e00 53ff", 0, "02:00:5e:00:53:ff" }
#define CORE_LABEL(type)                                                                      \
    { type, "05dc21", 0, "24002 exp 0 bottom" }, { type, "fffffe", 0, "1048575 exp 7" }, \
        { type, "00010b ff", 0, "16 exp 5 bottom" }
#define CORE_TEXT(type)                                                                       \
    { type, "65746830 00*12", 0, "eth0" }, { type, "65746830", 0, "eth0" }, \
        { type, "00*8", 0, "" }, { type, "c3a9", 0, "\xc3\xa9" }, { type, "", 0, "" }

static const core_value core_values[] = {
    CORE_COUNTER(1), CORE_COUNTER(2), CORE_COUNTER(3),
    { 4, "06", 6, "TCP (6)" }, { 4, "01", 1, "ICMP (1)" }, { 4, "fc", 252, "252" },
    { 5, "b8", 0xb8, "0xb8" }, { 5, "00", 0, "0x00" },
    { 6, "12", 0x12, "0x12 (SYN ACK)" }, { 6, "00", 0, "0x00" },
    { 6, "ff", 0xff, "0xff (FIN SYN RST PSH ACK URG ECE CWR)" },
    { 6, "5112", 0x112, "0x112 (SYN ACK AE)" }, { 6, "0000 f002", 2, "0x02 (SYN)" },
    CORE_2(7), CORE_4(7), CORE_ADDRESS(8), CORE_1(9), CORE_2(10), CORE_4(10), CORE_2(11),
    CORE_4(11), CORE_ADDRESS(12), CORE_1(13), CORE_2(14), CORE_4(14), CORE_ADDRESS(15),
    CORE_2(16), CORE_4(16), CORE_2(17), CORE_4(17), CORE_ADDRESS(18), CORE_COUNTER(19),
    CORE_COUNTER(20), CORE_4(21), CORE_8(21), CORE_4(22), CORE_8(22), CORE_COUNTER(23),
    CORE_COUNTER(24), CORE_2(25), CORE_8(25), CORE_2(26), CORE_8(26), CORE_ADDRESS6(27),
    CORE_ADDRESS6(28), CORE_1(29), CORE_1(30),
    { 31, "01e240", 123456, "0x1e240" }, { 31, "f00005", 5, "0x00005" },
    { 31, "fff12345", 0x12345, "0x12345" },
    { 32, "0800", 0x0800, "8/0 (Echo request)" }, { 32, "0000", 0, "0/0 (Echo reply)" },
    { 32, "0b02", 0x0b02, "11/2" },
    { 33, "16", 22, "IGMPv2 membership report (22)" }, { 33, "ff", 255, "255" },
    CORE_4(34), CORE_2(34), { 35, "02", 2, "Random (2)" }, { 35, "01", 1, "Deterministic (1)" },
    CORE_2(36), CORE_4(36),
    { 38, "01", 1, "VIP/Linecard (1)" }, { 38, "00", 0, "RP (0)" }, { 38, "09", 9, "9" },
    CORE_1(39), CORE_COUNTER(40), CORE_COUNTER(41), CORE_COUNTER(42), CORE_ADDRESS(44),
    CORE_ADDRESS(45), { 46, "03", 3, "VPN (3)" }, { 46, "05", 5, "LDP (5)" }, CORE_ADDRESS(47),
    CORE_1(48), CORE_2(48), CORE_4(48), { 49, "02", 2, "Random (2)" }, { 49, "00", 0, "0" },
    CORE_1(52), CORE_1(53), CORE_2(54), CORE_4(54),
    { 55, "b8", 0xb8, "0xb8" }, CORE_MAC(56), CORE_MAC(57), CORE_2(58), CORE_2(59),
    { 60, "04", 4, "IPv4 (4)" }, { 60, "06", 6, "IPv6 (6)" },
    { 61, "00", 0, "Ingress (0)" }, { 61, "01", 1, "Egress (1)" }, { 61, "02", 2, "2" },
    CORE_ADDRESS6(62), CORE_ADDRESS6(63),
    { 64, "80000000", 0x80000000, "0x80000000" }, { 64, "8000", 0x8000, "0x8000" },
    { 64, "00000001", 1, "0x00000001" },
    CORE_LABEL(70), CORE_LABEL(71), CORE_LABEL(72), CORE_LABEL(73), CORE_LABEL(74),
    CORE_LABEL(75), CORE_LABEL(76), CORE_LABEL(77), CORE_LABEL(78), CORE_LABEL(79),
    CORE_MAC(80), CORE_MAC(81), CORE_TEXT(82), CORE_TEXT(83), CORE_TEXT(84), CORE_COUNTER(85),
    CORE_COUNTER(86), CORE_2(88),
    { 89, "43", 0x43, "Forwarded: tunneled (67)" }, { 89, "81", 0x81, "Dropped: ACL deny (129)" },
    { 89, "00000042", 0x42, "Forwarded: not fragmented (66)" }, { 89, "7f", 0x7f, "127" },
    { 90, "0000 fde8 00000064", 0, "65000:100" },
    { 90, "0001 c0000201 0064", 0, "192.0.2.1:100" },
    { 90, "0002 00010000 0064", 0, "65536:100" },
    { 90, "0003 00010000 0064", 0, "0003000100000064" },
    CORE_1(91), CORE_4(92), CORE_4(93),
    { 95, "0d0001df", 0, "13:479" }, { 95, "01000008", 0, "1:8" },
    { 95, "14 00003044 0000a2b7", 0, "20:12356:41655" }, { 95, "03 0050", 0, "3:80" },
    CORE_TEXT(96), CORE_4(99), CORE_1(99),
    { 104, "00ff10", 0, "00ff10" }, { 104, "", 0, "" },
};
