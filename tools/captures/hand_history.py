# SPDX-License-Identifier: MIT
"""Templates over time: late, redefined, and the same ID by several exporters."""

from .wire import EXPORTER, START, Exporter, capture, v9

# Template 256 in four forms.
ADDRESS = ' 0000 000c 0100 0001 0008 0004'                    # IPV4_SRC_ADDR
ADDRESS_PORT = ' 0000 0010 0100 0002 0008 0004 0007 0002'     # and L4_SRC_PORT
BYTES = ' 0000 000c 0100 0001 0001 0004'                      # IN_BYTES
AS_OPTIONS = ' 0001 0012 0100 0004 0004 0001 0004 0022 0004'  # System; SAMPLING_INTERVAL

REDEFINITION = capture(
    v9(ADDRESS + ' 0100 0008 10.0.0.1', 2),
    v9(ADDRESS + ' 0100 0008 10.0.0.2', 2, sequence=2),       # announced again, the same
    v9('0100 0008 10.0.0.3', 1, sequence=3),
    v9(ADDRESS_PORT + ' 0100 000c 10.0.0.4 0050 0000', 2, sequence=4),
    v9('0100 0010 10.0.0.5 0050 10.0.0.6 01bb', 2, sequence=5),
    v9('0100 000c 10.0.0.7 0035 0000' + BYTES + ' 0100 0008 000005dc', 3, sequence=6),
    v9('0100 0008 000005dd' + AS_OPTIONS + ' 0100 000c 192.0.2.1 00000064', 3, sequence=7),
    v9('0100 000c 192.0.2.1 00000065', 1, sequence=8),
    v9(ADDRESS, 1, sequence=9),
    v9('0100 000c 10.0.0.8 10.0.0.9', 2, sequence=10))

BEFORE = capture(
    v9('0101 000c 10.0.1.1 10.0.1.2', 2, source=5),          # its template comes in frame 3
    v9('0100 0008 10.0.0.1' + ADDRESS + ' 0100 0008 10.0.0.2', 3, sequence=2, source=5),
    v9('0102 0010 000102030405060708090a0b'                  # nobody ever defines 258
       '0000 000c 0101 0001 0008 0004', 2, sequence=3, source=5),
    v9('0101 0008 10.0.1.3', 1, sequence=4, source=5),
    v9('0101 0008 10.0.1.4', 1, sequence=1, source=6))       # another Source ID: not its

# Two exporters behind one address (other ports), one at another address, and Source IDs.
SAME_ADDRESS = Exporter('192.0.2.1', 40001)
OTHER = Exporter('192.0.2.2', 40000)
OTHER_COLLECTOR = Exporter('192.0.2.1', 40000, '198.51.100.2', 2055)

EXPORTERS = capture(
    (EXPORTER, v9(ADDRESS, 1)),
    (EXPORTER, v9(BYTES, 1, source=1)),
    (OTHER, v9(ADDRESS_PORT, 1, sequence=100)),
    (SAME_ADDRESS, v9(AS_OPTIONS, 1, sequence=200)),
    (EXPORTER, v9('0100 0008 0a000001', 1, sequence=2)),              # 10.0.0.1
    (EXPORTER, v9('0100 0008 0a000001', 1, sequence=2, source=1)),    # 167772161 octets
    (OTHER, v9('0100 000a 0a000001 0050', 1, sequence=101)),          # 10.0.0.1, port 80
    (SAME_ADDRESS, v9('0100 000c 0a000001 00000064', 1, sequence=201)),
    (OTHER_COLLECTOR, v9(ADDRESS + ' 0100 0008 0a000002', 2)),
    (OTHER, v9('0100 0008 0a000001', 1, sequence=1, source=4294967295)))  # never defined

SEVERAL = '''
0000 0038            # FlowSet 0: three Template Records
0100 0003            #  256
  0008 0004          #   IPV4_SRC_ADDR
  000c 0004          #   IPV4_DST_ADDR
  0001 0004          #   IN_BYTES
0101 0002            #  257
  001b 0010          #   IPV6_SRC_ADDR
  001c 0010          #   IPV6_DST_ADDR
ffff 0005            #  65535: the highest ID
  0004 0001          #   PROTOCOL
  0007 0002          #   L4_SRC_PORT
  000b 0002          #   L4_DST_PORT
  0006 0001          #   TCP_FLAGS
  0005 0001          #   SRC_TOS
0001 0020            # FlowSet 1: two Options Template Records
0200 0004 0004       #  512
  0001 0004          #   scope System
  0029 0004          #   TOTAL_PKTS_EXP
0201 0004 0004       #  513
  0002 0004          #   scope Interface
  0052 0004          #   IF_NAME
ffff 0014            # 65535: two records
  06 d431 01bb 1b 00
  11 0035 d432 00 b8
  0000               #  padding
0100 0010            # 256
  10.0.0.1 10.0.0.2 000005dc
0200 000c            # 512
  192.0.2.1 00003039
0101 0024            # 257
  20010db8 00*11 01
  20010db8 00*11 02
0100 0010            # 256 again
  10.0.0.3 10.0.0.4 00000040
0201 0014            # 513: two records
  00000001 "eth0"
  00000002 "eth1"
'''

# Uptime counts milliseconds in 32 bits: 49.7 days.
CLOCK = '0000 0014 0100 0003 0016 0004 0015 0004 0001 0001'
WRAP = capture(
    v9(CLOCK + '0100 0010 ffffe890 ffffec78 01 000000', 2, uptime=0xFFFFF060),
    v9('0100 0010 fffff448 fffffc18 02 000000', 1, sequence=2, uptime=0xFFFFFC18, secs=START + 3),
    v9('0100 0010 ffffffff 00000001 03 000000', 1, sequence=3, uptime=0x00000BB8, secs=START + 7),
    v9('0100 0010 00000bb8 00000fa0 04 000000', 1, sequence=4, uptime=0x00000FA0, secs=START + 8))

# One exporter whose every packet says another thing in Count.
COUNT = '0000 000c 0100 0001 0008 0004 0100 000c 10.0.0.1 10.0.0.2'
COUNTS = capture(*(v9(COUNT, count, sequence=i + 1)
                   for i, count in enumerate((3, 2, 1, 0, 4, 65535))))

CAPTURES = [
    ('redefinition', 'template 256 announced again, redefined four times, once as options',
     REDEFINITION),
    ('data_before_template', 'data before its template: in the same packet, in a later one, never',
     BEFORE),
    ('exporters', 'the same template ID by exporters at other addresses, ports, Source IDs',
     EXPORTERS),
    ('many_templates', 'several Template Records a FlowSet, both kinds, eight FlowSets a packet',
     capture(v9(SEVERAL, 13))),
    ('uptime_wrap', 'sysUptime passes 2^32 ms between two packets', WRAP),
    ('count', 'Count as records, as FlowSets, too low, 0, too high', COUNTS),
]

