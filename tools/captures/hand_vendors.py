# SPDX-License-Identifier: MIT
"""Types above 32767, which in v9 are plain numbers, and types that no table knows."""

from .wire import capture, v9

VENDORS = '''
0000 0044            # FlowSet 0
0170 0007            #  368: a firewall's applications and users
  0008 0004          #   IPV4_SRC_ADDR
  000c 0004          #   IPV4_DST_ADDR
  015a 0004          #   PRIVATE_ENTERPRISE_NUMBER
  dd7d 0020          #   APP_ID (56701), 32 octets
  dd7e 0040          #   USER_ID (56702), 64 octets
  0094 0008          #   FLOW_ID, 8 octets
  00d2 0003          #   PADDING_OCTETS
0171 0007            #  369: what a probe and a router add
  e0f6 0002          #   L7_PROTO (57590)
  e0f7 0010          #   L7_PROTO_NAME (57591)
  a424 0001          #   SERVICES_WAAS_SEGMENT (42020)
  afcb 000d          #   APPLICATION_HTTP_HOST (45003): ids of 4 and 2 octets, then text
  84d0 0002          #   CTS_SRC_GROUP_TAG (34000)
  908b 0004          #   BYTE_RATE (37003)
  ffdd 0008          #   TIMESTAMP_ABSOLUTE_MONITORING_INTERVAL_END (65501)
0170 00f4            # 368: two records of 119 octets
  10.0.0.1 203.0.113.80
  00006375           #  25461
  "web-browsing" 00*20
  "branch\\alice" 00*52
  00000000075bcd15   #  flow 123456789
  000000
  10.0.0.2 203.0.113.53
  00006375
  "dns" 00*29
  00*64              #  no user
  ffffffffffffffff
  ffffff
  0000               #  padding
0171 0034            # 369: one record of 46 octets
  0007 "HTTP" 00*12  #  protocol 7
  02                 #  segment 2
  03000050 3401 "example"
  0064 0003d090      #  tag 100, 250000 octets a second
  0000018cc820d888   #  03:04:05.000
  0000               #  padding
'''

UNKNOWN = '''
0000 0024            # FlowSet 0
0172 0007            #  370
  0008 0004          #   IPV4_SRC_ADDR
  270f 0003          #   9999: unknown
  7fff 0001          #   32767: unknown, the last below IPFIX's enterprise bit
  c000 0004          #   49152: unknown
  ffff 0008          #   65535: unknown
  270f 0002          #   9999 again, in another length
  000c 0004          #   IPV4_DST_ADDR: nothing after them is lost
0172 0038            # 370: two records of 26 octets
  10.0.0.1 010203 ff deadbeef 0011223344556677 abcd 10.0.0.2
  10.0.0.3 000000 00 00000000 0000000000000000 0000 10.0.0.4
'''

CAPTURES = [
    ('vendor_types', 'types above 32767 as firewalls, probes and routers send them, padding '
     'fields', capture(v9(VENDORS, 5))),
    ('unknown_types', 'types that no table knows, one of them twice', capture(v9(UNKNOWN, 3))),
]
