#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Display filters on every core field select what the independent decoder says they should.

The filters go through sharkd, which compiles and runs them as Wireshark's window does, and
for one field of each kind through tshark -Y.
"""

import csv
import re
import unittest
from collections import defaultdict

from nf9test import decoder, fields, main, packets, pcap, pdml, places
from nf9test.wireshark import configured

# The 87 types that must never be missing.
CORE = (*range(1, 37), *range(38, 43), *range(44, 50), *range(52, 65), *range(70, 87), 88, 89,
        90, 91, 92, 93, 95, 96, 99, 104)

# A value of each kind that a record is not likely to have: no frame may be selected by it.
ABSENT = {'UINT': 89, 'IPV4': '203.0.113.250', 'IPV6': '2001:db8:dead::1',
          'MAC': '02:00:5e:de:ad:01', 'TEXT': 'no such text', 'OCTETS': 'hex:deadbeef'}


def literal(kind, value):
    """A value as a display filter spells it, or None where no filter can say it."""
    if kind == 'TEXT':
        if value.startswith('hex:') or '\0' in value:
            return None
        value = value.replace('\\', '\\\\').replace('"', '\\"')
        return '"%s"' % re.sub(r'[\x01-\x1f]', lambda c: '\\x%02x' % ord(c.group()), value)
    if isinstance(value, str) and value.startswith('hex:'):
        # Octets are only equal to octets; empty ones cannot be written.
        if kind != 'OCTETS' or len(value) < 6:
            return None
        digits = value[4:]
        return ':'.join(digits[i:i + 2] for i in range(0, len(digits), 2))
    return str(value)


class Values:
    """Of one capture: which frames hold which value of which type, by the other decoder.

    With `late`, also what only a second look decodes, as sharkd's every look is.
    """

    def __init__(self, capture, table, late=True):
        self.capture, self.frames, self.present = capture, defaultdict(set), defaultdict(set)
        frames = pcap.read(capture)
        on_port = {frame.number for frame in frames if self.is_ours(packets.udp(frame))}
        decoding = decoder.decode(frames, table)
        for record in decoding.records + (decoding.late if late else []):
            if record['frame'] not in on_port:
                continue
            for key, value in record['fields'].items():
                number = key.split('#')[0]
                if not number.isdigit() or int(number) not in table:
                    continue
                row = table[int(number)]
                value = pdml.significant(number, value)
                # What does not fit its type is nf9.raw, not this field.
                fits = row.kind in ('OCTETS', 'TEXT') or not str(value).startswith('hex:')
                if fits:
                    self.frames[row.type, value].add(record['frame'])
                    self.present[row.type].add(record['frame'])

    @staticmethod
    def is_ours(datagram):
        return datagram and not places.PORTS.isdisjoint((datagram.sport, datagram.dport))


class Filters(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.table = fields.load()
        cls.values = [Values(capture, cls.table) for capture in places.ours() + places.real()]

    def test_the_core_types(self):
        self.assertEqual(len(CORE), 87)
        if (places.SHARED / 'fields').is_dir():
            with open(places.SHARED / 'fields' / 'field_types.csv', encoding='utf-8') as f:
                rows = [int(row['id']) for row in csv.DictReader(f) if row['core']]
            self.assertEqual(sorted(rows), sorted(CORE))

    def test_our_captures_hold_every_core_type(self):
        ours = {path for path in places.ours()}
        held = {number for values in self.values if values.capture in ours
                for number in values.present}
        self.assertEqual([number for number in CORE if number not in held], [])

    def select(self, sharkd, display_filter):
        # What an ICMP error quotes can be filtered for too, and is no record of ours.
        found = sharkd('frames', filter='(%s) && !icmp && !icmpv6' % display_filter)
        return {frame['num'] for frame in found}

    def test_core_fields(self):
        asked, tried, wrong = 0, set(), []
        for values in self.values:
            questions = list(self.questions(values))
            asked += len(questions)
            tried |= {number for number, _, _ in questions}
            wrong += self.compare(values, [question[1:] for question in questions])
        self.assertFalse(wrong, '\n'.join(wrong[:40]))
        self.assertEqual(sorted(tried), sorted(CORE))
        print('%d filters on %d core types' % (asked, len(tried)))

    def questions(self, values):
        """(type, display filter, frames) of what a capture has of the core types."""
        for number in (n for n in CORE if n in values.present):
            name = 'nf9.' + self.table[number].filter
            yield number, name, values.present[number]
            for value in self.some(values, number):
                yield (number, '%s == %s' % (name, literal(self.table[number].kind, value)),
                       values.frames[number, value])
            absent = ABSENT[self.table[number].kind]
            if (number, absent) not in values.frames:
                yield number, '%s == %s' % (name, literal(self.table[number].kind, absent)), set()

    def compare(self, values, tests):
        """One process a capture: sharkd remembers a filter's frames from file to file."""
        wrong = []
        with configured().sharkd(values.capture) as sharkd:
            for display_filter, want in tests:
                have = self.select(sharkd, display_filter)
                if have != want:
                    wrong.append('%s: %s selects %s, not %s' %
                                 (values.capture.name, display_filter, sorted(have)[:20],
                                  sorted(want)[:20]))
        return wrong

    def some(self, values, number):
        """Up to three values to look for: those in the fewest frames say the most."""
        found = sorted(((len(frames), str(value), value)
                        for (type_, value), frames in values.frames.items()
                        if type_ == number and literal(self.table[number].kind, value)),
                       key=lambda one: one[:2])
        return [value for _, _, value in found[:3]]

    def test_tshark_selects_the_same(self):
        """One field of each kind that core fields have, with -Y in one pass and in two."""
        capture = places.CAPTURES / 'all_fields.pcap'
        values = Values(capture, self.table)
        for number in (1, 8, 27, 56, 82, 70):
            with self.subTest(self.table[number].name):
                value = self.some(values, number)[0]
                test = 'nf9.%s == %s' % (self.table[number].filter,
                                         literal(self.table[number].kind, value))
                want = sorted(values.frames[number, value])
                for options in ((), ('-2',)):
                    self.assertEqual(configured().frames(capture, test, *options), want, test)

    def test_a_first_pass_selects_no_late_record(self):
        capture = places.CAPTURES / 'data_before_template.pcap'
        for options, late in (((), False), (('-2',), True)):
            values = Values(capture, self.table, late)
            for (number, value), frames in values.frames.items():
                test = 'nf9.%s == %s' % (self.table[number].filter,
                                         literal(self.table[number].kind, value))
                self.assertEqual(configured().frames(capture, test, *options), sorted(frames),
                                 '%s %s' % (test, options))


class Hidden(unittest.TestCase):
    """What is added only when it is asked for: by a filter, and by -e, in whatever order."""

    NAMES = {'softflowd': ('nf9.flow', 'nf9.addr', 'nf9.addr6', 'nf9.port', 'nf9.flow_count',
                           'nf9.options_count'),
             'mac_vlan': ('nf9.mac',), 'mpls': ('nf9.mpls.label',)}

    def test_columns(self):
        for stem, names in self.NAMES.items():
            path = places.CAPTURES / (stem + '.pcap')
            for name in names:
                shown = [line for line in self.column(path, '-e', name).splitlines() if line]
                self.assertTrue(shown, name)
                self.assertEqual(
                    shown, self.column(path, '-ne' + name, '-Y', name).splitlines(), name)

    def test_values(self):
        path = places.CAPTURES / 'softflowd.pcap'
        sides = [one.split('\t') for one in self.column(
            path, '-e', 'nf9.port', '-e', 'nf9.l4_src_port', '-e', 'nf9.l4_dst_port',
            '-e', 'nf9.flow').splitlines()]
        for port, src, dst, flow in sides:
            both = [word for pair in zip(src.split(','), dst.split(',')) for word in pair]
            self.assertEqual(port.split(','), both)
            self.assertIn(' -> ', flow)

    @staticmethod
    def column(path, *args):
        return configured().tshark('-T', 'fields', *args, capture=path).stdout


if __name__ == '__main__':
    main.run()
