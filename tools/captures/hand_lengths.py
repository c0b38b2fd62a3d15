# SPDX-License-Identifier: MIT
"""Fields of every length, the padding after them, and times."""

from .wire import capture, v9

STRINGS = '''
0000 0018            # FlowSet 0
0150 0004            #  336
  0052 000c          #   IF_NAME, 12 octets
  0060 0008          #   APPLICATION_NAME, 8 octets
  0093 0010          #   WLAN_SSID, 16 octets
  0054 0002          #   SAMPLER_NAME, 2 octets
0150 0104            # 336: six records of 38 octets and padding
  "eth0" 00*8        #  NUL padded
  "webmail" 00
  "Guest network" 00*3
  "s1"
  00*12              #  empty: nothing but NUL
  00*8
  00*16
  00 00
  "twelve chars"     #  full: no NUL
  "8 octets"
  "sixteen octets!!"
  "ab"
  "Zürich" 00*5      #  UTF-8 of two octets a letter
  "日本" 00 00       #  UTF-8 of three
  "naïve ☃ 😀" 00    #  UTF-8 of two, three and four
  "é"
  ff 00*11           #  no UTF-8
  "ab" c3 00*5       #  a letter cut short
  "ok" 80 80 00*12   #  continuation octets alone
  c3 28              #  an overlong pair that is none
  "in" 00 "side" 00*5  # a NUL inside
  " lead " 00 20     #  blanks, also after a NUL
  "tab" 09 "nl" 0a 22 5c "end" 00*4  # a tab, a line feed, a quote, a backslash
  1b "["             #  an escape
  00*28              #  padding, as long as it is: a record would take 38
'''

VARIABLE = '''
0000 0018            # FlowSet 0
0151 0004            #  337
  0008 0004          #   IPV4_SRC_ADDR
  0052 ffff          #   IF_NAME, variable
  0060 ffff          #   APPLICATION_NAME, variable
  0001 0008          #   IN_BYTES
0151 0164            # 337: four records
  10.0.0.1           #
  04 "eth0"          #  short form
  04 "http"
  00000000000005dc
  10.0.0.2
  00                 #  no octets
  ff 0104            #  long form, 260 octets
  61*260
  00000100000000ff
  10.0.0.3
  ff 0003 "lan"      #  long form where the short one would do
  ff 0000            #  long form, no octets
  0000000000000000
  10.0.0.4
  08 "wan0" 00*4     #  NUL padded all the same
  05 "proxy"
  0000000000000001
  00*6               #  padding
'''

VARIABLE_CUT = '''
0000 0010            # FlowSet 0
0152 0002            #  338
  0007 0002          #   L4_SRC_PORT
  0060 ffff          #   APPLICATION_NAME, variable
0152 0010            # 338
  0050 04 "http"     #  a record
  01bb 09 7474       #  says 9 octets, has 2 of them
'''

ZERO = '''
0000 0024            # FlowSet 0
0153 0004            #  339
  0000 0000          #   RESERVED_0 of no octets
  0007 0002          #   L4_SRC_PORT
  0052 0000          #   IF_NAME of no octets
  0001 0000          #   IN_BYTES of no octets
0154 0002            #  340: nothing but fields of no octets
  0001 0000          #   IN_BYTES
  0002 0000          #   IN_PKTS
0153 000c            # 339: four records of two octets
  0001 0002 0003 0004
0154 000c            # 340: no records can be told here
  0102030405060708
'''

MISFIT = '''
0000 0064            # FlowSet 0
0155 0017            #  341: lengths that do not fit the type, then some that do
  0008 0010          #   IPV4_SRC_ADDR, 16 octets
  000c 0002          #   IPV4_DST_ADDR, 2 octets
  001b 0004          #   IPV6_SRC_ADDR, 4 octets
  0038 0008          #   IN_SRC_MAC, 8 octets
  000a 0009          #   INPUT_SNMP, 9 octets
  0137 0003          #   SAMPLING_PROBABILITY (a float), 3 octets
  0114 0002          #   DATA_RECORDS_RELIABILITY (a boolean), 2 octets
  0001 0003          #   IN_BYTES, 3 octets
  0002 0001          #   IN_PKTS, 1 octet
  0007 0004          #   L4_SRC_PORT, 4 octets
  000b 0001          #   L4_DST_PORT, 1 octet
  0004 0002          #   PROTOCOL, 2 octets
  0010 0002          #   SRC_AS, 2 octets
  0011 0008          #   DST_AS, 8 octets
  0046 0004          #   MPLS_LABEL_1, 4 octets
  005a 0004          #   MPLS_PAL_RD, 4 octets
  005f 0001          #   APPLICATION_TAG, 1 octet
  0098 0004          #   FLOW_START_MILLISECONDS, 4 octets
  0016 0008          #   FIRST_SWITCHED, 8 octets
  0137 0004          #   SAMPLING_PROBABILITY, 4 octets
  0137 0008          #   SAMPLING_PROBABILITY, 8 octets
  01b2 0002          #   MIB_OBJECT_VALUE_INTEGER (signed), 2 octets
  000f 0004          #   IPV4_NEXT_HOP: nothing after a misfit is lost
0155 006c            # 341: one record of 104 octets
  000102030405060708090a0b0c0d0e0f
  0a00
  20010db8
  00005e005301ffff
  000000000000000005
  3f8000
  0001
  010000             #  65536
  ff
  000101bb
  35
  0006
  fde8
  00000000fa56ea00
  0005dc21
  00000064
  0d
  6593 7d25
  000000000036ee80   #  equals the header's uptime
  3f000000           #  0.5
  3fe8000000000000   #  0.75
  fffe               #  -2
  192.0.2.254
'''

ALIGNMENT = '''
0000 000e            # FlowSet 0: 2 octets of padding that nobody asked for
0156 0001            #  342
  0007 0002          #   L4_SRC_PORT
  0000
0156 0007            # 342, 7 octets long
  0050
  00                 #  padding of one octet
0000 0014            # FlowSet 0
0157 0003            #  343: records of 11 octets
  0008 0004 0007 0002 0052 0005
0157 0019            # 343, 25 octets long: one record
  10.0.0.1 0050 "http" 00
  deadbeefcafe00112233  # not zero, and one octet less than a record
0157 0010            # 343
  10.0.0.2 0051 "ftp" 00*2
  ff                 #  padding that is not zero
'''

SHORT_RECORDS = '''
0000 000c            # FlowSet 0
0158 0001            #  344
  0004 0001          #   PROTOCOL: records of one octet
0158 000c            # 344
  06 11 01 3a 00     #  five records, the last of them HOPOPT
  000000             #  padding, told from records by the header's Count alone
'''

TAIL = '''
0000 000c            # FlowSet 0
0159 0001            #  345
  0007 0002          #   L4_SRC_PORT
0159 0008            # 345
  0050 01bb
  00*64              # after the last FlowSet, as switches of one maker do
'''

TIMES = '''
0000 0048            # FlowSet 0
0160 0010            #  352
  0016 0004 0015 0004  # FIRST_SWITCHED, LAST_SWITCHED
  0096 0004 0097 0004  # flow start, end in seconds
  0098 0008 0099 0008  # in milliseconds
  009a 0008 009b 0008  # in microseconds
  009c 0008 009d 0008  # in nanoseconds
  009e 0004 009f 0004  # microseconds before the export
  00a0 0008          #   when the exporter booted, in milliseconds
  00a1 0004 00a2 0004  # duration in milliseconds and microseconds
  0143 0008          #   event, in milliseconds
0160 00c4            # 352: two records
  0036eac0 0036eb0b  #  960 ms and 885 ms before the export
  65937d24 65937d25  #  03:04:04 and 03:04:05
  0000018cc820d4c8 0000018cc820d513  # 03:04:04.040 and .115
  e93dfba4 0a3d70a3 e93dfba4 1d70a3d7  # the same in NTP's form
  e93dfba4 0a3d70a3 e93dfba4 1d70a3d7
  000ea600 000d8108  #  960000 and 885000 microseconds before
  0000018cc7e9ea08   #  02:04:05.000
  0000004b 000124f8  #  75 ms, 75000 us
  0000018cc820d888   #  03:04:05.000
  0036ee81 0036f268  #  1 ms and 1000 ms after the export
  00000000 ffffffff  #  the ends of what 32 bits hold
  0000000000000000 000000e8d4a51000  # 1970-01-01, 2001-09-09T01:46:40
  00060dedc03f2d40 00060dedc0405238  # microseconds since 1970, as one exporter has it
  0000000000000000 ffffffffffffffff
  00000000 ffffffff
  0000000000000001
  00000000 ffffffff
  ffffffffffffffff   #  no year that can be written
'''

CAPTURES = [
    ('strings', 'text: NUL padded, empty, full, UTF-8, not UTF-8, control characters, NUL inside',
     capture(v9(STRINGS, 7))),
    ('variable_length', 'variable length (65535): short and long form, empty, cut short',
     capture(v9(VARIABLE, 5), v9(VARIABLE_CUT, 2, sequence=2))),
    ('zero_length', 'fields of no octets; a template of no octets yields no records',
     capture(v9(ZERO, 6))),
    ('field_lengths', 'lengths that do not fit the type, and unusual ones that do',
     capture(v9(MISFIT, 2))),
    ('padding', 'FlowSet lengths that are no multiple of 4, padding that is not zero, a zero '
     'tail, records that only Count tells from padding',
     capture(v9(ALIGNMENT, 5), v9(SHORT_RECORDS, 6, sequence=2), v9(TAIL, 3, sequence=3))),
    ('times', 'every field that says when: 21, 22, 150 to 162, 323; flows that end after export',
     capture(v9(TIMES, 3))),
]
