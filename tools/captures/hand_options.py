# SPDX-License-Identifier: MIT
"""Options Templates with each scope, and what routers tell by options data."""

from .wire import capture, v9

SCOPE_TEMPLATES = '''
0001 0084            # FlowSet 1: Options Templates, 132 octets
0100 0004 0004       #  256: one scope, one option
  0001 0000          #   scope System, 0 octets (as Juniper sends it)
  0022 0004          #   SAMPLING_INTERVAL
0101 0004 0004       #  257
  0001 0002          #   scope System, 2 octets (as FortiGate sends it)
  0023 0001          #   SAMPLING_ALGORITHM
0102 0004 0008       #  258
  0001 0004          #   scope System, 4 octets (as Cisco sends it)
  0024 0002          #   FLOW_ACTIVE_TIMEOUT
  0025 0002          #   FLOW_INACTIVE_TIMEOUT
0103 0004 0008       #  259
  0002 0004          #   scope Interface
  0052 0008          #   IF_NAME
  0053 000c          #   IF_DESC
0104 0004 0004       #  260
  0003 0002          #   scope Line Card
  0029 0004          #   TOTAL_PKTS_EXP
0105 0004 0004       #  261
  0004 0001          #   scope Cache
  002a 0004          #   TOTAL_FLOWS_EXP
0106 0004 0004       #  262
  0005 0002          #   scope Template
  002a 0008          #   TOTAL_FLOWS_EXP, 8 octets
0107 0008 0008       #  263: two scopes, two options
  0001 0004          #   scope System
  0002 0002          #   scope Interface, 2 octets
  0030 0002          #   FLOW_SAMPLER_ID
  0031 0001          #   FLOW_SAMPLER_MODE
'''

SCOPE_DATA = '''
0100 0008 00000064   # 256: interval 100
0101 000c            # 257: two records and padding
  0007 01            #  System 7, deterministic
  0008 02            #  System 8, random
  0000               #  padding
0102 000c            # 258
  192.0.2.1          #  System 192.0.2.1
  003c 000f          #  active 60 s, inactive 15 s
0103 0034            # 259: two records
  0000000a           #  Interface 10
  "ge-0/0/0"
  "uplink" 00*6
  0000000b           #  Interface 11
  "lo" 00*6
  00*12              #  no description
0104 000c            # 260
  0003 00003039 0000 #  Line Card 3: 12345 packets, padding
0105 000c            # 261
  02 00000007        #  Cache 2: 7 flows
  000000             #  padding
0106 0010            # 262
  0100               #  Template 256
  00000000000003e8   #  1000 flows
  0000               #  padding
0107 0010            # 263
  c0000201 000a      #  System 192.0.2.1, Interface 10
  0005 02            #  sampler 5, random
  000000             #  padding
'''

UNKNOWN_SCOPE = '''
0001 0018            # FlowSet 1
0100 0008 0004       #  256: two scopes that RFC 3954 does not know
  0006 0004          #   scope type 6
  0200 000a          #   scope type 512, 10 octets
  0022 0004          #   SAMPLING_INTERVAL
  0000               #  padding
0100 0018            # 256
  00000006           #  scope 6
  000102030405060708ff  # scope 512
  00000001           #  interval 1
  0000               #  padding
0001 0010            # FlowSet 1
0101 0000 0004       #  257: no scope at all
  0029 0002          #   TOTAL_PKTS_EXP
  0000               #  padding
0101 0006 0007       # 257: 7 packets
0001 0018            # FlowSet 1
0102 0008 0004       #  258: the same scope twice
  0002 0002          #   scope Interface
  0002 0002          #   scope Interface again
  0029 0002          #   TOTAL_PKTS_EXP
  0000               #  padding
0102 000a 0001 0002 0009  # 258: Interface 1, Interface 2: 9 packets
'''

NBAR_TEMPLATES = '''
0001 002c            # FlowSet 1: Options Templates
0104 0004 000c       #  260
  0001 0004          #   scope System
  005f 0004          #   APPLICATION_TAG, 4 octets
  0060 0010          #   APPLICATION_NAME, 16 octets
  005e 0018          #   APPLICATION_DESCRIPTION, 24 octets
0105 0004 0008       #  261: FortiGate's form of the tag
  0001 0002          #   scope System
  005f 0009          #   APPLICATION_TAG, 9 octets
  0060 000f          #   APPLICATION_NAME, 15 octets
0000 0018            # FlowSet 0: Templates
0106 0004            #  262: flows that use the tags
  0008 0004          #   IPV4_SRC_ADDR
  000c 0004          #   IPV4_DST_ADDR
  005f 0004          #   APPLICATION_TAG
  0001 0004          #   IN_BYTES
'''

NBAR_DATA = '''
0104 0154            # 260: seven records
  192.0.2.1          #  System
  01000008           #  engine 1 (IANA layer 3), selector 8
  "egp" 00*13        #  name
  "Exterior Gateway Proto" 00*2
  192.0.2.1
  03000050           #  engine 3 (IANA layer 4), selector 80
  "http" 00*12
  "World Wide Web traffic" 00*2
  192.0.2.1
  0d0001df           #  engine 13 (NBAR), selector 479
  "ssl" 00*13
  "Secure Socket Layer" 00*5
  192.0.2.1
  06000101           #  engine 6 (user defined), selector 257
  "our-tool" 00*8
  00*24              #  no description
  192.0.2.1
  05000048           #  engine 5 (reserved, seen from routers), selector 72
  "unassigned" 00*6
  "Sixteen ASCII octets" 00*4
  192.0.2.1
  0200000a           #  engine 2 (private layer 3), selector 10
  "exactly sixteen!" #  no NUL at all
  "and twenty-four of these"
  192.0.2.1
  00000000           #  engine 0, selector 0
  "unknown" 00*9
  "Unknown" 00*17
0105 0038            # 261: two records
  0001               #  System 1
  14 00003044 00003d2b  # engine 20, PEN 12356, selector 15659
  "HTTP.BROWSER" 00*3
  0001
  14 00003044 0000400a  # engine 20, PEN 12356, selector 16394
  "QUIC" 00*11
'''

NBAR_FLOWS = '''
0106 0034            # 262: three records
  10.0.0.1 10.0.0.2 03000050 000005dc   # http, 1500 octets
  10.0.0.1 10.0.0.3 0d0001df 00010000   # ssl, 65536 octets
  10.0.0.1 10.0.0.4 14000064 00000040   # engine 20 in 4 octets: no PEN fits
'''

CAPTURES = [
    ('options_scopes',
     'Options Templates with each of the five scopes, System with 0, 2 and 4 octets, two scopes',
     capture(v9(SCOPE_TEMPLATES, 8), v9(SCOPE_DATA, 10, sequence=2))),
    ('options_unusual',
     'scope types that RFC 3954 does not know, no scope, the same scope twice',
     capture(v9(UNKNOWN_SCOPE, 6))),
    ('nbar',
     'application tags, names and descriptions: engines 0 to 20, tags of 4 and 9 octets, PEN',
     capture(v9(NBAR_TEMPLATES, 3), v9(NBAR_DATA, 9, sequence=2),
             v9(NBAR_FLOWS, 3, sequence=3))),
]
