# SPDX-License-Identifier: MIT
"""The traffic that the real exporters watch: a handful of conversations."""

import struct

from .octets import octets
from .wire import START, checksum, ethernet, ip, udp, with_checksum

SYN, PSH_ACK, ACK, SYN_ACK, FIN_ACK, RST_ACK = 2, 24, 16, 18, 17, 20


class Traffic:
    def __init__(self):
        self.now, self.frames = START * 1000000000, []

    def send(self, packet, gap_ms=10, vlan=None):
        self.frames.append((self.now, ethernet(packet, vlan)))
        self.now += gap_ms * 1000000

    def labelled(self, packet, *labels):
        """An IPv4 packet under MPLS labels: (label, exp, bottom of the stack)."""
        stack = b''.join(struct.pack('>I', label << 12 | exp << 9 | bottom << 8 | 64)
                         for label, exp, bottom in labels)
        frame = ethernet(packet)
        self.frames.append((self.now, frame[:12] + b'\x88\x47' + stack + packet))
        self.now += 10000000

    def tcp(self, src, sport, dst, dport, flags, data=b'', sequence=1, vlan=None):
        head = struct.pack('>HHIIBBHHH', sport, dport, sequence, 1, 0x50, flags, 65535, 0, 0)
        self.send(ip(src, dst, 6, with_checksum(src, dst, 6, head + data, 16)), vlan=vlan)

    def session(self, client, port, server, service, request, replies, vlan=None):
        """A whole TCP connection."""
        up, down = (client, port, server, service), (server, service, client, port)
        self.tcp(*up, SYN, vlan=vlan)
        self.tcp(*down, SYN_ACK, vlan=vlan)
        self.tcp(*up, ACK, vlan=vlan)
        self.tcp(*up, PSH_ACK, request, vlan=vlan)
        for i, reply in enumerate(replies):
            self.tcp(*down, PSH_ACK, reply, 1 + i * 1000, vlan=vlan)
            self.tcp(*up, ACK, vlan=vlan)
        self.tcp(*down, FIN_ACK, vlan=vlan)
        self.tcp(*up, FIN_ACK, vlan=vlan)
        self.tcp(*down, ACK, vlan=vlan)

    def question(self, client, port, server, asked, answer, vlan=None):
        self.send(ip(client, server, 17, udp(client, port, server, 53, asked)), vlan=vlan)
        self.send(ip(server, client, 17, udp(server, 53, client, port, answer)), vlan=vlan)

    def ping(self, src, dst, number):
        for i in range(number):
            for a, b, kind4, kind6 in ((src, dst, 8, 128), (dst, src, 0, 129)):
                six = ':' in src
                message = struct.pack('>BBHHH', kind6 if six else kind4, 0, 0, 7, i) + b'x' * 56
                if six:
                    self.send(ip(a, b, 58, with_checksum(a, b, 58, message, 2)))
                else:
                    self.send(ip(a, b, 1, echo4(message)))


def echo4(message):
    return message[:2] + struct.pack('>H', checksum(message)) + message[4:]


def frames():
    """(time in ns, octets) of 57 frames in half a second."""
    t = Traffic()
    t.question('10.1.0.10', 50001, '10.1.0.53', b'q' * 33, b'a' * 120)
    t.session('10.1.0.10', 50002, '203.0.113.80', 80, b'GET / HTTP/1.1\r\n\r\n', [b'z' * 1000] * 4)
    t.ping('10.1.0.10', '203.0.113.80', 3)
    t.session('10.1.0.11', 50003, '203.0.113.25', 25, b'EHLO branch.example\r\n', [b'250 OK\r\n'])
    t.tcp('10.1.0.12', 50004, '203.0.113.99', 23, SYN)
    t.tcp('203.0.113.99', 23, '10.1.0.12', 50004, RST_ACK)
    t.question('2001:db8:1::10', 50005, '2001:db8:1::53', b'q' * 45, b'a' * 200)
    t.session('2001:db8:1::10', 50006, '2001:db8:ffff::443', 443, b'\x16\x03\x01' + b'h' * 200,
              [b'z' * 1200] * 2)
    t.ping('2001:db8:1::10', '2001:db8:ffff::443', 2)
    # Unreachable, time exceeded: types and codes that are not 0.
    quoted = ip('10.1.0.10', '203.0.113.7', 17, udp('10.1.0.10', 50007, '203.0.113.7', 33434, b'x'))
    t.send(quoted)
    for kind, code in ((3, 3), (11, 0)):
        t.send(ip('203.0.113.7', '10.1.0.10', 1,
                  echo4(bytes((kind, code)) + octets('0000 00000000') + quoted)))
    t.question('10.2.0.10', 50008, '10.2.0.53', b'q' * 30, b'a' * 60, vlan=20)
    asked = udp('10.3.0.10', 50009, '10.3.0.53', 53, b'q' * 20)
    t.labelled(ip('10.3.0.10', '10.3.0.53', 17, asked), (24002, 0, 0), (100, 5, 1))
    return t.frames
