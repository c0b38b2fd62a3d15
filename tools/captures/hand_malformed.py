# SPDX-License-Identifier: MIT
"""What exporters should not send, and what networks and captures do to packets."""

from .wire import EXPORTER, capture, datagram, v9

PORTS = '0000 0010 0100 0002 0007 0002 000b 0002 '   # 256: L4_SRC_PORT, L4_DST_PORT

BAD_TEMPLATES = '''
0000 0028            # FlowSet 0
00ff 0001            #  255: an ID that is a FlowSet's, not a template's
  0001 0004          #   IN_BYTES
0000 0001            #  0: likewise
  0002 0004          #   IN_PKTS
0101 0001            #  257: good all the same
  0007 0002          #   L4_SRC_PORT
0102 0000            #  258: no field
0103 0001            #  259: good, after a bad one
  000b 0002          #   L4_DST_PORT
0000 0010            # FlowSet 0
0101 0003            #  257: three fields promised, two here
  0001 0004          #   IN_BYTES
  0002 0004          #   IN_PKTS
0001 0012            # FlowSet 1
0104 0004 0008       #  260: one scope, two options promised, one here
  0001 0004          #   scope System
  0022 0004          #   SAMPLING_INTERVAL
0001 000a            # FlowSet 1
0105 0000 0000       #  261: neither scope nor option
0001 0018            # FlowSet 1
0106 0006 0008       #  262: a scope and a half
  0001 0004 0002
  0022 0004 0023 0004
0001 0010            # FlowSet 1
0003 0004 0000       #  3: an ID that is a FlowSet's
  0001 0004
0000                 #  padding
0101 0008            # 257: by the first definition
  0050 01bb
0103 0008            # 259
  0035 d431
0102 0008 00000000   # 258: undefined
0104 0008 00000000   # 260: undefined
0106 0008 00000000   # 262: undefined
'''

RESERVED = PORTS + '''
0002 000c 0102030405060708  # FlowSet 2: reserved (IPFIX sends templates so)
0100 0008            # 256
  0050 01bb
0003 0008 01020304   # FlowSet 3: reserved
00ff 0004            # FlowSet 255: reserved, empty
0100 0008            # 256
  0035 d431
0100 0004            # 256: no records at all
0000 0004            # FlowSet 0: no templates
0001 0004            # FlowSet 1: no options templates
'''

LENGTHS = capture(
    v9(PORTS + '0100 0008 0050 01bb', 2),
    v9('0100 0003 0050 01bb', 1, sequence=2),             # a FlowSet of length 3
    v9('0100 0008 0051 01bb 0100 0000 0052 01bb', 2, sequence=3),  # one, then length 0
    v9('0100 0008 0053 01bb 0100', 2, sequence=4),        # two octets are no FlowSet header
    v9('', 0, sequence=5),                                # nothing but a header
    v9('0100 0008 0054 01bb', 1, sequence=6))

OVERRUN = capture(
    v9(PORTS + '0100 0008 0050 01bb', 2),
    v9('0100 0020 0051 01bb 0052 01bb 00', 7, sequence=2),   # 32 octets promised, 13 here
    v9('0100 0008 0053 01bb '
       '0000 0020 0101 0001 0007 0002 0102 0003 0007 0002', 3, sequence=3),
    v9('0101 0006 0054 0102 0006 0055', 2, sequence=4),      # 257 was whole, 258 was not
    v9('0103 0100 01020304', 1, sequence=5),                 # undefined and overrunning
    v9('0100 ffff 0056 01bb', 1, sequence=6))


def cut(frame, size):
    """A frame of which a snap length kept `size` octets."""
    return 'frame', frame[:size], len(frame)


def whole(sequence):
    """A frame with four records."""
    body = '0100 0014 0050 01bb 0051 01bb 0052 01bb 0053 01bb'
    return datagram(EXPORTER, v9(body, 4, sequence=sequence))


TEMPLATE_CUT = datagram(EXPORTER, v9('0000 0010 0101 0002 0007 0002 000b 0002', 1, sequence=5))

# 14 Ethernet, 20 IP, 8 UDP, 20 header: 62 octets come before the first FlowSet.
SNAPLEN = capture(
    v9(PORTS, 1),
    cut(whole(2), 62 + 4 + 10),       # two records and a half
    cut(whole(3), 62 + 2),            # half a FlowSet header
    cut(whole(4), 62),                # no FlowSet
    cut(whole(5), 42 + 12),           # half a packet header: its sequence is cut off
    cut(TEMPLATE_CUT, 62 + 12),       # the template's second field is missing
    v9('0101 0008 0054 01bb 0100 0008 0055 01bb', 2, sequence=6))

CAPTURES = [
    ('bad_templates', 'definitions with an ID below 256, no field, more fields than are there; '
     'good ones beside them', capture(v9(BAD_TEMPLATES, 14))),
    ('reserved_flowsets', 'FlowSet IDs 2, 3 and 255; FlowSets with nothing in them',
     capture(v9(RESERVED, 3))),
    ('flowset_lengths', 'FlowSet lengths below 4, a header cut in half, a packet without FlowSets',
     LENGTHS),
    ('overrun', 'FlowSets longer than their datagram: data, templates, undefined', OVERRUN),
    ('snaplen', 'frames cut by a snap length in a record, a FlowSet header, the packet header, '
     'a template', SNAPLEN),
]
