# SPDX-License-Identifier: MIT
"""What goes wrong between an exporter and its collector, an incident or two a packet."""

from .wire import EXPORTER, START, UPTIME, Exporter, capture, v9

# Template 256: addresses, ports, PROTOCOL, TCP_FLAGS, packets, octets; then without packets.
SHAPE = '0008 0004 000c 0004 0007 0002 000b 0002 0004 0001 0006 0001'
FLOWS = ' 0000 0028 0100 0008 ' + SHAPE + ' 0002 0004 0001 0004'
NO_PACKETS = ' 0000 0024 0100 0007 ' + SHAPE + ' 0001 0004'
SAMPLER = ' 0001 0018 0101 0004 0008 0001 0004 0022 0004 0023 0001 0000'  # System; how sampled
SAMPLED = ' 0101 0010 192.0.2.1 00000064 02 000000'

WEB = '10.0.0.7 203.0.113.80 c350 01bb 06 1b'
DNS = '10.0.0.8 203.0.113.53 d431 0035 11 00'
SSH = '10.0.0.9 203.0.113.22 e000 0016 06 18'
TWO = ' 0100 0030 ' + WEB + ' 0000000c 00003a98 ' + DNS + ' 00000001 00000048'
THREE = ' 0100 0048 ' + WEB + ' 00000009 00001f40 ' + DNS + ' 00000002 00000090 ' + SSH + \
    ' 00000050 00002ee0 0000'
ONE = ' 0100 001c ' + SSH + ' 00000014 00000bb8 0000'

OTHER = Exporter('192.0.2.2', 40000)


class Clock:
    """Packets of one exporter, each at the second in which its frame is sent."""

    def __init__(self, exporter, source):
        self.exporter, self.source, self.booted = exporter, source, START - UPTIME // 1000

    def restart(self, second):
        self.booted = START + second

    def packet(self, second, sequence, count, body):
        now = START + second
        return self.exporter, v9(body, count, sequence, self.source,
                                 (now - self.booted) * 1000, now)


def incidents():
    one, other = Clock(EXPORTER, 7), Clock(OTHER, 0)
    items = [
        one.packet(0, 1, 3, FLOWS + TWO),
        other.packet(1, 501, 2, FLOWS + ONE),
        one.packet(2, 2, 3, THREE),
        one.packet(3, 19, 2, TWO),                              # 16 are missing
        one.packet(4, 20, 2, SAMPLER + SAMPLED),
        one.packet(5, 22, 1, ONE),
        one.packet(6, 21, 2, TWO),                              # late
        one.packet(7, 23, 3, THREE),
    ]
    items.append(items[-1])                                     # twice
    items += [
        one.packet(9, 24, 2, NO_PACKETS + ' 0100 0018 ' + WEB + ' 00001f40 0000'),
        one.packet(10, 25, 1, ' 012c 0018 000102030405060708090a0b0c0d0e0f10111213'),
        other.packet(11, 502, 2, TWO),
        one.packet(12, 26, 1, ' 0100 0200 ' + DNS + ' 00000048'),  # longer than the packet
    ]
    one.restart(12)
    items += [
        one.packet(13, 1, 2, FLOWS + ONE),
        one.packet(14, 2, 3, THREE),
    ]
    return capture(*items)


CAPTURES = [
    ('incidents', 'loss, a packet late and one twice, a redefinition, a template never sent, an '
     'overrun, a restart', incidents()),
]
