#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Several Export Packets in one frame: each has a place of its own, at every look."""

import json
import re
import struct
import unittest

from nf9test import forge, main, pcap
from nf9test.wireshark import configured

PPP, IPV4, MULTIPLEXED = 9, 0x0021, 0x0059
OCTETS, PACKETS = 1, 2


def frame(*packets):
    """A PPP frame of IP packets (RFC 3153): each with its length, in two octets, and protocol."""
    return struct.pack('>HH', 0xFF03, MULTIPLEXED) + b''.join(
        struct.pack('>HH', 0xC000 | 2 + len(packet), IPV4) + packet for packet in packets)


def write(name, *frames):
    path = configured().scratch(name)
    pcap.write(path, [(forge.START * 10**9 + i * 10**6, frame(*packets))
                      for i, packets in enumerate(frames)], PPP)
    return path


class Sequence:
    """Export Packets in the order in which they are made."""

    def __init__(self, port=2055):
        self.number, self.port = -1, port

    def packet(self, *flowsets):
        self.number += 1
        return forge.datagram(forge.v9(*flowsets, sequence=self.number), dport=self.port)

    def template(self, kind):
        return self.packet(forge.template(256, (kind, 4)))

    def data(self, value):
        return self.packet((256, struct.pack('>I', value)))


class Places(unittest.TestCase):
    def shown(self, path, *args):
        """A line a frame: its octets, its packets, the texts of its expert infos."""
        done = configured().tshark(*args, '-T', 'fields', '-e', 'nf9.in_bytes', '-e',
                                   'nf9.in_pkts', '-e', '_ws.expert.message', capture=path)
        return [line.split('\t') for line in done.stdout.splitlines()]

    def all_looks(self, path):
        """What is shown, the same in every way to look."""
        first = self.shown(path)
        self.assertEqual(self.shown(path, '-2'), first)
        self.assertEqual(self.shown(path, '-2', '-R', 'frame.number > 0'), first)
        with configured().sharkd(path) as sharkd:
            for number in (2, 1, 2, 1):
                tree = json.dumps(sharkd('frame', frame=number, proto=True)['tree'])
                for i, field in enumerate(('in_bytes', 'in_pkts')):
                    values = re.findall(r'nf9\.%s == (\d+)' % field, tree)
                    self.assertEqual(','.join(values), first[number - 1][i], (number, field))
        return first

    def test_definitions_of_a_frame(self):
        for port in (2055, 40123):      # by its port, and recognised
            with self.subTest(port=port):
                self.definitions_of_a_frame(Sequence(port))

    def definitions_of_a_frame(self, s):
        path = write('ppp-%d.pcap' % s.port,
                     [s.template(OCTETS), s.data(11), s.template(PACKETS), s.data(22)],
                     [s.data(33), s.template(OCTETS), s.data(44)])
        (octets, packets, said), (octets2, packets2, said2) = self.all_looks(path)
        self.assertEqual((octets, packets), ('11', '22'))
        self.assertEqual((octets2, packets2), ('44', '33'))
        self.assertEqual(said.count('Template 256'), 1, said)
        self.assertEqual(said2.count('Template 256'), 1, said2)

    def test_as_many_as_a_frame_can_have(self):
        """epan ends at 500 layers of a frame; IP, UDP and nf9 are three of each packet."""
        s = Sequence()
        many = [s.template(OCTETS)] + [s.data(i) for i in range(1, 120)]
        many += [s.template(PACKETS)] + [s.data(i) for i in range(1, 40)]
        path = write('many.pcap', many, [s.data(1), s.template(OCTETS), s.data(2)])
        (octets, packets, said), (octets2, packets2, _) = self.all_looks(path)
        self.assertEqual(octets, ','.join(map(str, range(1, 120))))
        self.assertEqual(packets, ','.join(map(str, range(1, 40))))
        self.assertEqual((octets2, packets2), ('2', '1'))
        self.assertEqual(said.count('Template 256'), 1, said[:500])

    def test_more_by_a_preference(self):
        """epan's own count of a frame's packets has 8 bits."""
        s = Sequence()
        more = ('-o', 'gui.max_tree_depth:2000')
        path = write('more.pcap', [s.template(OCTETS)] + [s.data(i) for i in range(1, 258)] +
                     [s.template(PACKETS)] + [s.data(i) for i in range(1, 20)])
        (octets, packets, _), = self.shown(path, *more)
        self.assertEqual(octets, ','.join(map(str, range(1, 258))))
        self.assertEqual(packets, ','.join(map(str, range(1, 20))))
        self.assertEqual(self.shown(path, '-2', *more)[0][:2], [octets, packets])

    def test_what_is_left_to_others_first(self):
        """A packet of version 5, or a header cut short, has no place; frames are numbered anew."""
        s = Sequence()
        for other in (forge.v5(), forge.v9()[:12]):
            foreign = forge.datagram(other)
            path = write('foreign.pcap',
                         [s.template(OCTETS), s.data(1)],
                         [s.template(OCTETS), s.data(2), s.data(3)],
                         [foreign, s.template(PACKETS), s.data(4), s.data(5)],
                         [foreign, s.template(OCTETS), s.data(6), s.data(7)])
            with self.subTest(octets=len(other)):
                shown = self.shown(path, '-2', '-R', 'frame.time_relative > 0')
                self.assertEqual([row[:2] for row in shown],
                                 [['2,3', ''], ['', '4,5'], ['6,7', '']])


if __name__ == '__main__':
    main.run()
