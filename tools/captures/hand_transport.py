# SPDX-License-Identifier: MIT
"""What carries NetFlow v9, and what travels beside it on the same ports."""

import struct

from .octets import octets
from .wire import (COLLECTOR, EXPORTER, START, UPTIME, Exporter, capture, checksum, ethernet,
                   ip, udp, v9, with_checksum)

FLOW = '''
0000 0018            # FlowSet 0
0100 0004            #  256
  0008 0004          #   IPV4_SRC_ADDR
  000c 0004          #   IPV4_DST_ADDR
  0007 0002          #   L4_SRC_PORT
  000b 0002          #   L4_DST_PORT
0100 0010            # 256
  10.0.0.1 10.0.0.2 d431 01bb
'''

PORTS = capture(
    (Exporter('192.0.2.1', 40000, COLLECTOR, 2055), v9(FLOW, 2)),
    (Exporter('192.0.2.1', 40000, COLLECTOR, 9995), v9(FLOW, 2)),
    (Exporter('192.0.2.1', 40000, COLLECTOR, 9996), v9(FLOW, 2)),
    (Exporter('192.0.2.1', 2055, COLLECTOR, 2055), v9(FLOW, 2)),
    (Exporter('192.0.2.1', 2055, COLLECTOR, 40002), v9(FLOW, 2)))

# No port preference of anybody has this one.
DECODE_AS = Exporter('192.0.2.1', 40000, COLLECTOR, 20552)

TRANSPORT = capture(
    (Exporter('2001:db8::1', 40000, '2001:db8:ffff::1', 2055), v9(FLOW, 2)),
    (Exporter('2001:db8::1', 40000, '2001:db8:ffff::1', 2055),
     v9('0100 0010 10.0.0.3 10.0.0.4 0035 d432', 1, sequence=2)),
    (EXPORTER._replace(vlan=100), v9(FLOW, 2)),
    (EXPORTER._replace(vlan=100), v9('0100 0010 10.0.0.5 10.0.0.6 0035 d432', 1, sequence=2)))

VERSION5_RECORD = octets('''
10.0.0.1 10.0.0.2 0.0.0.0  # source, destination, next hop
0001 0002            # interfaces
00000003 000005dc    # packets, octets
0036e000 0036e800    # first, last
d431 01bb            # ports
00 1b 06 00          # padding, TCP flags, protocol, TOS
fde8 fde9 18 18 0000 # AS numbers, masks, padding
''')


def version5(records, sequence):
    return struct.pack('>HHIIIIHH', 5, records, UPTIME, START, 0, sequence, 0, 0) + \
        VERSION5_RECORD * records


IPFIX = octets('''
000a 002c 65937d25 00000001 00000000  # version 10, 44 octets, time, sequence, domain
0002 0010 0100 0002 0008 0004 000c 0004  # set 2: template 256
0100 000c 10.0.0.1 10.0.0.2  # set 256
''')

MIXED = capture(
    version5(2, 0),
    v9(FLOW, 2),
    version5(1, 2),
    IPFIX,
    v9('0100 0010 10.0.0.3 10.0.0.4 0035 d432', 1, sequence=2),
    b'\0\x09',                                    # a version and nothing else
    octets('00*64'),
    v9('0100 0010 10.0.0.5 10.0.0.6 0035 d433', 1, sequence=3))


def quote4(payload, kept):
    """The collector says "port unreachable" and quotes `kept` octets of the exporter's packet."""
    inner = ip(EXPORTER.src, EXPORTER.dst, 17,
               udp(EXPORTER.src, EXPORTER.sport, EXPORTER.dst, EXPORTER.dport, payload))
    message = octets('03 03 0000 00000000') + inner[:kept]
    # ICMP's checksum has no pseudo header, ICMPv6's has.
    message = message[:2] + struct.pack('>H', checksum(message)) + message[4:]
    return 'frame', ethernet(ip(EXPORTER.dst, EXPORTER.src, 1, message))


IPV6_EXPORTER = Exporter('2001:db8::1', 40000, '2001:db8:ffff::1', 2055)


def quote6(payload):
    src, sport, dst, dport, _ = IPV6_EXPORTER
    inner = ip(src, dst, 17, udp(src, sport, dst, dport, payload))
    message = with_checksum(dst, src, 58, octets('01 04 0000 00000000') + inner, 2)
    return 'frame', ethernet(ip(dst, src, 58, message))


# The quoted packets say other things than their originals: nothing may be learnt of them.
REDEFINED = v9('0000 000c 0100 0001 0001 0004 0100 0008 000005dc', 2, sequence=9)

ICMP_ERROR = capture(
    (EXPORTER, v9(FLOW, 2)),
    quote4(REDEFINED, 548),
    quote4(v9(FLOW, 2), 28),          # IP and UDP headers alone, as old systems quote
    quote4(v9(FLOW, 2), 28 + 20 + 10),  # cut within the template
    quote4(v9('0100 0010 10.0.0.3 10.0.0.4 0035 d432', 1, sequence=2), 28 + 20 + 10),
    (EXPORTER, v9('0100 0010 10.0.0.3 10.0.0.4 0035 d432', 1, sequence=2)),
    quote6(v9(FLOW, 2)),
    (IPV6_EXPORTER, v9('0100 0010 10.0.0.5 10.0.0.6 0035 d433', 1)))

CAPTURES = [
    ('ports', 'ports 2055, 9995 and 9996, as destination and as source', PORTS),
    ('decode_as', 'a port that nobody listens on: for Decode As',
     capture((DECODE_AS, v9(FLOW, 2)),
             (DECODE_AS, v9('0100 0010 10.0.0.3 10.0.0.4 0035 d432', 1, sequence=2)))),
    ('transport', 'over IPv6, and over IPv4 in a VLAN', TRANSPORT),
    ('version5_mixed', 'versions 5 and 10, and octets that are neither, on the same port', MIXED),
    ('icmp_error', 'ICMP and ICMPv6 errors that quote packets, whole and cut short', ICMP_ERROR),
]
