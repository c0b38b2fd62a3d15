# SPDX-License-Identifier: MIT
"""Link and network layer fields: MPLS, IPv6, Ethernet, ICMP and packed values."""

from .wire import capture, v9

MPLS_TEMPLATES = '''
0000 0058            # FlowSet 0: Templates
0120 0009            #  288: three labels and what they stand for
  0046 0003          #   MPLS_LABEL_1
  0047 0003          #   MPLS_LABEL_2
  0048 0003          #   MPLS_LABEL_3
  002e 0001          #   MPLS_TOP_LABEL_TYPE
  002f 0004          #   MPLS_TOP_LABEL_IP_ADDR
  005a 0008          #   MPLS_PAL_RD
  005b 0001          #   MPLS_PREFIX_LEN
  0008 0004          #   IPV4_SRC_ADDR
  000c 0004          #   IPV4_DST_ADDR
0121 000a            #  289: the whole stack
  0046 0003 0047 0003 0048 0003 0049 0003 004a 0003   # MPLS_LABEL_1 to 5
  004b 0003 004c 0003 004d 0003 004e 0003 004f 0003   # MPLS_LABEL_6 to 10
'''

MPLS_DATA = '''
0120 0064            # 288: three records of 31 octets
  05dc21             #  label 24002, exp 0, bottom
  000000 000000      #  nothing below
  05 192.0.2.99      #  by LDP, towards 192.0.2.99
  0000 fde8 00000064 #  route distinguisher 65000:100
  18                 #  /24
  10.0.0.1 10.0.1.1
  3e8008             #  label 256000, exp 4, not the bottom
  00064a             #  label 100, exp 5, not the bottom
  000031             #  label 3 (implicit null), exp 0, bottom
  03 192.0.2.98      #  BGP
  0001 c0000201 0007 #  route distinguisher 192.0.2.1:7
  20                 #  /32
  10.0.0.2 10.0.1.2
  ffffff             #  label 1048575, exp 7, bottom
  000000 000000
  01 192.0.2.97      #  TE-MIDPT
  0002 fa56ea00 0001 #  route distinguisher 4200000000:1 (AS of 4 octets)
  00
  10.0.0.3 10.0.1.3
  000000             #  padding
0121 0024            # 289: one record
  000100 000200 000300 000400 000500  # labels 16, 32, 48, 64, 80
  000600 000700 000800 000900 000a01  # labels 96, 112, 128, 144, 160: the bottom
  0000               #  padding
'''

IPV6_TEMPLATES = '''
0000 0068            # FlowSet 0: Templates
012c 000a            #  300: flow label of 3 octets
  001b 0010          #   IPV6_SRC_ADDR
  001c 0010          #   IPV6_DST_ADDR
  003e 0010          #   IPV6_NEXT_HOP
  001d 0001          #   IPV6_SRC_MASK
  001e 0001          #   IPV6_DST_MASK
  001f 0003          #   IPV6_FLOW_LABEL, 3 octets
  0040 0004          #   IPV6_OPTION_HEADERS
  0004 0001          #   PROTOCOL
  0007 0002          #   L4_SRC_PORT
  000b 0002          #   L4_DST_PORT
012d 000d            #  301: flow label of 4 octets, both families
  001b 0010          #   IPV6_SRC_ADDR
  001c 0010          #   IPV6_DST_ADDR
  0008 0004          #   IPV4_SRC_ADDR
  000c 0004          #   IPV4_DST_ADDR
  003f 0010          #   BGP_IPV6_NEXT_HOP
  001f 0004          #   IPV6_FLOW_LABEL, 4 octets
  0004 0001          #   PROTOCOL
  008b 0002          #   ICMP_IPV6_TYPE_CODE
  00b2 0001          #   ICMP_IPV6_TYPE
  00b3 0001          #   ICMP_IPV6_CODE
  003c 0001          #   IP_PROTOCOL_VERSION
  0001 0008          #   IN_BYTES, 8 octets
  0002 0008          #   IN_PKTS, 8 octets
'''

IPV6_DATA = '''
012c 0044            # 300: one record of 62 octets
  20010db8 0000 0000 0000 0000 0000 0001  # 2001:db8::1
  20010db8 000a 0000 0000 0000 0000 0035  # 2001:db8:a::35
  fe80 0000 0000 0000 0200 5eff fe00 5301 # fe80::200:5eff:fe00:5301
  40 30              #  /64, /48
  0abcde             #  flow label 0xabcde
  00000001           #  option headers
  11 d431 0035       #  UDP, ports 54321 and 53
  0000               #  padding
012d 00a8            # 301: two records of 82 octets
  20010db8 00*11 01  #  2001:db8::1
  ff02 00*11 000001  #  ff02::1
  0.0.0.0 0.0.0.0    #  the other family is all zero
  20010db8 00*11 fe  #  2001:db8::fe
  f00abcde           #  20 bits of flow label; the rest is not ours
  3a                 #  ICMPv6
  8000 80 00         #  echo request, in both ways of saying it
  06
  0000000000000068 0000000000000001
  00*16 00*16        #  now IPv4 in the same template
  192.0.2.10 198.51.100.10
  00*16
  00000000
  06 0000 00 00 04   #  TCP over IPv4
  00000100000005dc 0000000100000001  # counters above 32 bits
'''

MAC_VLAN = '''
0000 0034            # FlowSet 0
0136 000b            #  310
  0038 0006          #   IN_SRC_MAC
  0050 0006          #   IN_DST_MAC
  0051 0006          #   OUT_SRC_MAC
  0039 0006          #   OUT_DST_MAC
  003a 0002          #   SRC_VLAN
  003b 0002          #   DST_VLAN
  00f3 0002          #   DOT1Q_VLAN_ID
  00f4 0001          #   DOT1Q_PRIORITY
  00f5 0002          #   DOT1Q_CUSTOMER_VLAN_ID
  0100 0002          #   ETHERNET_TYPE
  0001 0004          #   IN_BYTES
0136 0054            # 310: two records of 39 octets
  00005e005301 00005e005302 00005e005303 00005e005304
  000a 0014          #  VLAN 10 to VLAN 20
  0fff 07 0001       #  802.1Q 4095, priority 7, customer 1
  0800 00000040      #  IPv4, 64 octets
  000000000000 ffffffffffff 01005e000001 0180c2000000
  0000 0fff
  0000 00 0000
  86dd ffffffff      #  IPv6
  0000               #  padding
'''

ICMP = '''
0000 0048            # FlowSet 0
0140 0004            #  320: ICMP in field 32
  0008 0004 000c 0004 0004 0001 0020 0002
0141 0004            #  321: ICMP in the destination port
  0008 0004 000c 0004 0004 0001 000b 0002
0142 0006            #  322: ICMP in 176 and 177, beside ports
  0008 0004 000c 0004 0004 0001 00b0 0001 00b1 0001 000b 0002
0140 0010            # 320
  10.0.0.1 10.0.0.2 01 0301  # ICMP, destination unreachable: host
  00
0141 001c            # 321
  10.0.0.1 10.0.0.2 01 0800  # ICMP, echo request
  10.0.0.1 10.0.0.2 06 0050  # TCP: this is a port
  0000
0142 0014            # 322
  10.0.0.1 10.0.0.2 01 0b 00 0303  # ICMP, time exceeded; the port says otherwise
  000000
'''

PACKED = '''
0000 0048            # FlowSet 0
014a 0010            #  330
  0006 0001          #   TCP_FLAGS, 1 octet
  0006 0002          #   TCP_FLAGS again, 2 octets
  0059 0001          #   FORWARDING_STATUS, 1 octet
  0059 0004          #   FORWARDING_STATUS again, 4 octets
  003d 0001          #   DIRECTION
  0005 0001          #   SRC_TOS
  0022 0004          #   SAMPLING_INTERVAL
  0023 0001          #   SAMPLING_ALGORITHM
  0030 0004          #   FLOW_SAMPLER_ID, 4 octets
  0031 0001          #   FLOW_SAMPLER_MODE
  0032 0004          #   FLOW_SAMPLER_RANDOM_INTERVAL
  00c5 0001          #   FRAGMENT_FLAGS
  00ce 0001          #   IS_MULTICAST
  0088 0001          #   FLOW_END_REASON
  0021 0001          #   MUL_IGMP_TYPE
  0040 0002          #   IPV6_OPTION_HEADERS, 2 octets
014a 0040            # 330: two records of 30 octets
  1b 5112            #  FIN SYN PSH ACK; data offset 5, AE, SYN ACK
  40 00000082        #  forwarded; dropped by an ACL
  00 b8              #  ingress, DSCP EF
  000003e8 01        #  1 in 1000, deterministic
  00000001 02 00000064  # sampler 1, random, 1 in 100
  60 01 03           #  DF and MF; IPv4 multicast; end of flow detected
  16 8000            #  IGMPv2 report
  ff ffff
  c1 00000043        #  consumed, punt; tunneled
  01 00              #  egress
  00000000 02
  ffffffff 01 00000000
  80 f8 05
  11 0001
'''

CAPTURES = [
    ('mpls',
     'MPLS: labels, exp and bottom of the stack, three kinds of route distinguisher, ten labels',
     capture(v9(MPLS_TEMPLATES, 2), v9(MPLS_DATA, 4, sequence=2))),
    ('ipv6',
     'IPv6: flow labels of 3 and 4 octets, next hops, ICMPv6, a template with both families',
     capture(v9(IPV6_TEMPLATES, 2), v9(IPV6_DATA, 3, sequence=2))),
    ('mac_vlan', 'MAC addresses, VLANs, Ethernet types', capture(v9(MAC_VLAN, 3))),
    ('icmp', 'ICMP type and code in field 32, in the destination port, in 176 and 177',
     capture(v9(ICMP, 7))),
    ('packed', 'flags, forwarding status, samplers and other packed octets in several lengths',
     capture(v9(PACKED, 3))),
]
