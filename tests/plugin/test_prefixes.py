#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every prefix of every Export Packet dissects: no crash, no dissector bug, not malformed.

The datagrams themselves are cut (their IP and UDP lengths say so), which is what our own
bounds must bear; a snap length would be libwireshark's business.
"""

import struct
import unittest

from nf9test import forge, main, packets, pcap, places
from nf9test.wireshark import configured

# The exception that a read past the end makes; an expert info of ours in the group Malformed
# only says what the exporter did wrong.
MALFORMED = '_ws.malformed.expert'


def export_packets(capture):
    for frame in pcap.read(capture):
        datagram = packets.udp(frame)
        if datagram and datagram.payload[:2] == b'\0\x09':
            yield datagram


class Prefixes(unittest.TestCase):
    def check(self, capture):
        """Number of prefixes.  A packet's longest comes first: its templates are known then."""
        made, handed = [], 0
        for datagram in export_packets(capture):
            for size in range(len(datagram.payload), -1, -1):
                made.append(forge.datagram(datagram.payload[:size], datagram.sport, 2055,
                                           datagram.src, datagram.dst))
                handed += size >= 2
        if not made:
            return 0
        wireshark = configured()
        path = forge.write(wireshark.scratch('prefixes.pcap'), made)
        # -V asks for the whole tree of each frame, and the filter prints only the bad ones.
        found = wireshark.tshark('-V', '-Y', MALFORMED, capture=path).stdout
        self.assertEqual(found[:3000], '', capture.name)
        shown = wireshark.frames(path, 'nf9')
        # From two octets on the version tells whose packet it is.
        self.assertEqual(len(shown), handed, capture.name)
        path.unlink()
        return len(made)

    def every(self, captures):
        total = 0
        for capture in captures:
            with self.subTest(capture.name):
                total += self.check(capture)
        print('%d captures, %d prefixes' % (len(captures), total))
        self.assertGreater(total, 0)

    def test_our_captures(self):
        self.every(places.ours())

    @unittest.skipUnless(places.real(), '../shared/real-captures is not here')
    def test_real_captures(self):
        self.every(places.real())

    def test_what_is_looked_for_is_found(self):
        """The control: a DNS query cut short is malformed, and the same run says so."""
        query = struct.pack('>HHHHHH', 1, 0x0100, 1, 0, 0, 0) + b'\x07exa'
        wireshark = configured()
        path = forge.write(wireshark.scratch('control.pcap'), [forge.datagram(query, dport=53)])
        found = wireshark.tshark('-V', '-Y', MALFORMED, capture=path).stdout
        self.assertIn('Malformed Packet: DNS', found)


if __name__ == '__main__':
    main.run()
