#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""10^6 template IDs, and a packet of a million items: bounded, and what is left out is said.

NF9_FLOOD is another number of IDs.  Under the address sanitizer there are fewer, and no memory is
measured.
"""

import os
import re
import struct
import unittest

import flood
from nf9test import forge, main
from nf9test.wireshark import configured

PRELOAD = bool(os.environ.get('NF9_PRELOAD'))
IDS = int(os.environ.get('NF9_FLOOD') or (10**5 if PRELOAD else 10**6))
COLUMNS = ('nf9.expert.limit', 'nf9.expert.no_template', 'nf9.record', 'nf9')
PER_SOURCE = 10000                      # what nf9.max_templates is
SLACK = 24                              # MiB: what else a source and a frame take


class Flood(unittest.TestCase):
    def numbers(self, path, *prefs):
        """(frames with each of COLUMNS, most memory in MiB), with no tree to be shown."""
        options = [word for pref in prefs for word in ('-o', pref)]
        text, peak = flood.run(configured(), path, '-q', *options,
                               '-z', 'io,stat,0,' + ','.join(COLUMNS))
        row = next(line for line in text.splitlines() if '<>' in line)
        frames = [int(cell) for cell in row.split('|')[2:-1:2]]
        self.assertEqual(len(frames), len(COLUMNS), text)
        return dict(zip(COLUMNS, frames)), peak

    def peak_without(self, path):
        """What tshark takes for the file where nothing is learnt."""
        return flood.run(configured(), path, '-q', '-d', 'udp.port==2055,data', '-z',
                         'io,stat,0')[1]

    def report(self, what, peak, base, frames):
        print('%d IDs, %s: peak %.0f MiB, %.0f of them nf9\'s; %d of %d packets say limit' %
              (IDS, what, peak, peak - base, frames['nf9.expert.limit'], frames['nf9']))

    def bound(self, peak, base, most):
        if not PRELOAD:
            self.assertLess(peak - base, most + SLACK)

    def test_more_than_a_source_may_have(self):
        """50,000 IDs a source: the first 10,000 are used, every packet with others says so."""
        each = 50000
        sources = max(1, IDS // each)
        path = flood.write(configured().scratch('sources.pcap'), sources, each)
        frames, peak = self.numbers(path)
        base = self.peak_without(path)
        self.report('%d sources' % sources, peak, base, frames)
        self.assertEqual(frames['nf9'], sources * each // flood.PER_PACKET)
        self.assertEqual(frames['nf9.expert.limit'],
                         sources * (each - PER_SOURCE) // flood.PER_PACKET)
        self.assertEqual(frames['nf9.expert.no_template'], sources)     # data of the last one
        self.assertEqual(frames['nf9.record'], 0)
        self.bound(peak, base, 512)

    def test_more_than_the_memory(self):
        """1,000 IDs a source, but 32 MiB in all (3 for a tenth of the IDs)."""
        each = 1000
        sources, most = IDS // each, max(1, 32 * IDS // 10**6)
        path = flood.write(configured().scratch('memory.pcap'), sources, each)
        frames, peak = self.numbers(path, 'nf9.max_memory:%d' % most)
        base = self.peak_without(path)
        self.report('nf9.max_memory %d' % most, peak, base, frames)
        self.assertGreater(frames['nf9.expert.limit'], sources // 2)
        self.assertLess(frames['nf9.expert.limit'], sources)
        # A source whose last template was turned away has data without a template.
        self.assertEqual(frames['nf9.expert.no_template'] + frames['nf9.record'], sources)
        self.assertGreater(frames['nf9.record'], 0)
        self.bound(peak, base, most)

    def test_within_the_limits(self):
        """1,000 IDs a source and no limit of memory: all are used."""
        each = 1000
        sources = IDS // each
        path = flood.write(configured().scratch('all.pcap'), sources, each)
        frames, peak = self.numbers(path, 'nf9.max_memory:0')
        self.report('no limit', peak, self.peak_without(path), frames)
        self.assertEqual(frames['nf9.expert.limit'], 0)
        self.assertEqual(frames['nf9.record'], sources)

    def test_a_refresh_needs_no_room(self):
        """What was learnt stays in use when the limit is reached, and may be said again."""
        each = 2000
        packets = list(flood.packets(1, each))
        first = packets[0] + struct.pack('>HHII', 256, 12, 44, 45)
        path = forge.write(configured().scratch('refresh.pcap'),
                           [forge.datagram(one) for one in [*packets, first]])
        frames = configured().frames(path, 'nf9.expert.limit', '-o', 'nf9.max_templates:1000')
        self.assertEqual(frames, [2])
        done = configured().tshark('-o', 'nf9.max_templates:1000', '-Y', 'nf9.record', '-T',
                                   'fields', '-e', 'frame.number', '-e', 'nf9.in_pkts', '-e',
                                   'nf9.in_bytes', capture=path)
        self.assertEqual(done.stdout.split(), ['3', '44', '45'])


class Items(unittest.TestCase):
    """A field of one octet with 14 empty ones makes a million items of one datagram."""

    RECORDS = 65000

    def test_a_million_items(self):
        fields = struct.pack('>HH', 4, 1) + struct.pack('>HH', 82, 0) * 14
        template = struct.pack('>HHHH', 0, 8 + len(fields), 256, 15) + fields
        data = struct.pack('>HH', 256, 4 + self.RECORDS) + bytes((6,)) * self.RECORDS
        count = 1 + self.RECORDS
        path = forge.write(configured().scratch('items.pcap'), [
            forge.datagram(struct.pack('>HHIIII', 9, count, 3600000, forge.START, 1, 0) +
                           template + data),
            forge.datagram(struct.pack('>HHIIII', 9, 1, 3600100, forge.START, 2, 0) +
                           struct.pack('>HHB', 256, 5, 17))])
        # -V is a tree to be shown in every release; too many items are a dissector bug to it.
        text = configured().tshark('-V', capture=path).stdout
        first, second = text.split('\nFrame 2:')
        self.assertNotIn('Malformed', text)
        self.assertIn('[Records: %d]' % self.RECORDS, first)
        said = re.search(r'(\d+) more records are not shown', first)
        self.assertIsNotNone(said)
        shown = len(re.findall(r'^ +Record \d+: ', first, re.MULTILINE))
        self.assertEqual(shown + int(said.group(1)), self.RECORDS)
        self.assertIn('[Records: 1]', second)
        self.assertNotIn('not shown', second)
        # Without a tree to be shown the records are counted all the same.
        self.assertEqual(configured().frames(path, 'nf9.flowset.records == %d' % self.RECORDS),
                         [1])


if __name__ == '__main__':
    main.run()
