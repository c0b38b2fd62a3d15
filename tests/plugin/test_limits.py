#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What one packet may cost: records and FlowSets of one octet and thousands of empty fields."""

import os
import re
import subprocess
import unittest

from nf9test import forge, main
from nf9test.wireshark import configured, judge

EMPTY = 4000
MOST = 700 << 10   # KiB


def hide(filter_):
    return ('-o', 'uat:nf9_record_filters:"%s"' % filter_, '-o', 'nf9.record_filter_hide:TRUE')


def write(name, *flowsets, empty=EMPTY):
    """Template 256 has one octet and many fields without any; data in a packet behind it."""
    return forge.write(configured().scratch(name), [
        forge.datagram(forge.v9(forge.template(256, (4, 1), *[(2, 0)] * empty), sequence=0)),
        forge.datagram(forge.v9(*flowsets, sequence=1))])


def memory(path, *args):
    """KiB that a run of tshark took at most."""
    command = configured().command('tshark', '-n', *args, '-r', configured().inside(path))
    with configured().scratch('said').open('w+') as said:
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=said, cwd='/') as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        judge(command, process.returncode, said.read())
    return usage.ru_maxrss


@unittest.skipIf(os.environ.get('NF9_PRELOAD'), 'the sanitizer takes memory of its own')
class Memory(unittest.TestCase):
    def test_many_flowsets(self):
        """Their notes, and what is wanted of each, are bounded together."""
        path = write('flowsets.pcap', *[(256, b'\x06')] * 10000)
        for args in ((), ('-Y', 'nf9.protocol == 7'), ('-Y', 'nf9.in_pkts == 7'),
                     ('-q', '-z', 'expert'), ('-V', *hide('nf9.in_pkts == 7')),
                     ('-V', *hide('nf9.in_bytes == 7'))):
            self.assertLess(memory(path, *args), MOST, args)


class Notes(unittest.TestCase):
    """epan has room for 5,000 things that listeners are told of a frame, our packet among them."""

    def test_of_a_packet(self):
        path = write('notes.pcap', *[(256, b'\x06')] * 1000)
        done = configured().tshark('-q', '-z', 'expert', '-z', 'nf9,exporters,json', capture=path)
        self.assertEqual(done.stderr, '')
        found = dict((text, int(n)) for n, text in re.findall(
            r'^ +(\d+) +Undecoded +NetFlow v9 +(.*)$', done.stdout, re.MULTILINE))
        self.assertEqual(found, {
            'IN_PKTS (type 2) cannot have a length of 0: shown as octets': 4000,
            'Nothing more is noted: the packet has 4000 notes': 1})
        self.assertIn('"flows":1000,', done.stdout.replace(' ', ''))


class Named(unittest.TestCase):
    """The records of which nothing but plain fields is asked for are counted too."""

    NAMES = 'nf9.protocol', 'nf9.src_tos'

    @classmethod
    def setUpClass(cls):
        cls.path = forge.write(configured().scratch('plain.pcap'), [forge.datagram(forge.v9(
            forge.template(256, (4, 1), (5, 1)),
            (256, bytes(n // 2 for n in range(400)))))])

    def shown(self, limit, names):
        """How many records are there; those before the first that has no room."""
        done = configured().tshark('-o', 'nf9.max_items:%d' % limit, '-T', 'fields',
                                   *(word for name in names for word in ('-e', name)),
                                   capture=self.path)
        columns = [[int(word, 0) for word in column.split(',')]
                   for column in done.stdout.rstrip('\n').split('\t')]
        for column in columns:
            self.assertEqual(column, list(range(len(columns[0]))))
        return len(columns[0])

    def test_one_field(self):
        first = self.shown(100, self.NAMES[:1])
        self.assertTrue(0 < first < 100, first)
        for more in (1, 2, 3, 50):
            self.assertEqual(self.shown(100 + more, self.NAMES[:1]), first + more)
        self.assertEqual(self.shown(0, self.NAMES[:1]), 200)

    def test_two_fields(self):
        first = self.shown(100, self.NAMES)
        counts = [self.shown(100 + more, self.NAMES) - first for more in (1, 2, 3, 4)]
        self.assertIn(counts, ([0, 1, 1, 2], [1, 1, 2, 2]))


class RecordFilters(unittest.TestCase):
    """What a filter looks at counts as if it were shown: here raw octets of each empty field."""

    LIMIT = '-o', 'nf9.max_items:1000'

    @classmethod
    def setUpClass(cls):
        cls.path = write('records.pcap', *[(256, bytes(100))] * 2, empty=50)

    def test_rows(self):
        done = configured().tshark('-q', *self.LIMIT, '-z', 'nf9,records,nf9.raw == 07',
                                   capture=self.path)
        self.assertEqual(len(done.stdout.splitlines()), 1)
        left = re.fullmatch(r'nf9: (\d+) records left out of packets with more than 1000 values '
                            r'\(nf9.max_items\)\n', done.stderr)
        self.assertIsNotNone(left, done.stderr)
        self.assertTrue(180 <= int(left[1]) <= 190, left[1])

    def test_tree(self):
        for passes in ((), ('-2',)):
            text = configured().tshark('-V', '-Y', 'frame.number == 2', *self.LIMIT, *passes,
                                       *hide('nf9.raw == 07'), capture=self.path).stdout
            left = sum(map(int, re.findall(r'\[(\d+) more records are not shown: the packet has '
                                           r'1\d{3} items \(nf9.max_items\)\]\n', text)))
            self.assertTrue(180 <= left <= 190, left)
            self.assertEqual(text.count(' 0 match, '), 1)


if __name__ == '__main__':
    main.run()
