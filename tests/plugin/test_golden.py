#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every capture of ours in tshark against its expected decoding, in one pass and in two."""

import json
import os
import random
import unittest

from nf9test import main, pdml, places, rows
from nf9test.verify import ALLOW_ALL, verify, written
from nf9test.wireshark import configured


def place(record):
    return record['frame'], record['set'], record['record']


def template(item):
    """A Template Record of the tree: its ID, and type and length of each field."""
    pairs = []
    for part, prefix in (('scope', 's'), ('field', '')):
        types = item.all('nf9.template_record.%s.type' % part)
        lengths = item.all('nf9.template_record.%s.length' % part)
        pairs += [[prefix + kind.show, int(length.show)] for kind, length in zip(types, lengths)]
    return int(item.first('nf9.template_record.id').show), pairs


def identifier(flowset):
    return int(flowset.own('nf9.flowset.id')[0].show)


def golden(capture):
    path = places.CAPTURES / 'expected' / (capture.stem + '.json')
    return json.loads(path.read_text(encoding='utf-8'))


class Golden(unittest.TestCase):
    def setUp(self):
        self.decoder = pdml.Decoder()

    def compare(self, capture, options):
        expected = golden(capture)
        packets = [packet for packet in
                   pdml.load(configured(), capture, *options,
                             *places.OPTIONS.get(capture.stem, ()))
                   if not packet.quoted]
        wrong = ['frame %d is malformed' % packet.frame for packet in packets
                 if packet.malformed]
        records = [record for packet in packets for record in self.decoder.records(packet)]
        wrong += self.records(expected, records, bool(options))
        wrong += self.templates(expected['templates'], packets)
        if not options:
            wrong += self.octets(expected['summary'], packets)
        self.assertFalse(wrong, '%s %s\n%s' % (capture.name, ' '.join(options),
                                               '\n'.join(wrong[:40])))
        return len(records)

    def records(self, expected, records, second_look):
        """Late records may show on a second look, and only then."""
        wanted = {place(record): record for record in expected['records']}
        late = {place(record): record for record in expected['late']} if second_look else {}
        wrong = []
        for record in records:
            want = wanted.pop(place(record), None) or late.pop(place(record), None)
            lines = pdml.disagreements(record, want, whole=True) if want else ['not expected']
            wrong += ['frame %d set %d record %d: %s' % (*place(record), line)
                      for line in lines]
        return wrong + ['frame %d set %d record %d: missing' % key for key in wanted]

    def templates(self, expected, packets):
        shown = [[packet.frame, number, *template(item)]
                 for packet in packets for number, flowset in enumerate(packet.flowsets())
                 for item in flowset.own('nf9.template_record')
                 if not item.first('nf9.expert.template_bad')]
        # The second field of a type is N#2 there; here it is its type.
        wanted = [[one['frame'], one['set'], one['id'],
                   [[key.split('#')[0], length] for key, length in one['fields']]]
                  for one in expected]
        wrong = ['template not expected: %s' % one for one in shown if one not in wanted]
        return wrong + ['template missing: %s' % one for one in wanted if one not in shown]

    def octets(self, summary, packets):
        """What is padding, and what no template decodes."""
        padding, undecoded = [], []
        for packet in packets:
            for number, flowset in enumerate(packet.flowsets()):
                left = flowset.own('nf9.flowset.padding') + pdml.cut_records(flowset)
                if not flowset.first('nf9.expert.no_template'):
                    if identifier(flowset) >= 256:
                        left += flowset.own('nf9.flowset.data')     # too few for a record
                    padding += [[packet.frame, number, item.value] for item in left]
                elif identifier(flowset) >= 256:
                    undecoded.append([packet.frame, number,
                                      identifier(flowset)])
        wrong = []
        for name, shown, wanted in (
                ('padding', padding, summary['padding']),
                ('undecoded', undecoded, [one[:3] for one in summary['undecoded']])):
            if shown != sorted(wanted):
                wrong.append('%s: %s, expected %s' % (name, shown, wanted))
        return wrong

    def every(self, *options):
        captures, records = 0, 0
        for capture in places.ours():
            with self.subTest(capture.name):
                records += self.compare(capture, options)
                captures += 1
        print('%d captures, %d records %s' % (captures, records, ' '.join(options)))
        self.assertGreater(records, 0)

    def test_one_pass(self):
        self.every()

    def test_two_passes(self):
        self.every('-2')

    def test_every_expectation_has_its_capture(self):
        names = {path.stem for path in (places.CAPTURES / 'expected').glob('*.json')}
        self.assertEqual(names, {path.stem for path in places.ours()})


@unittest.skipIf(os.environ.get('NF9_SYSROOT') or os.environ.get('NF9_PRELOAD'),
                 "nf9-verify runs in this machine's Python")
class Verified(unittest.TestCase):
    """The same by tools/nf9-verify: rows of all records, on a second look."""

    def expected(self, capture):
        """The rows of the golden records."""
        made, want = rows.Rows(capture, second_look=True), golden(capture)
        records = sorted(want['records'] + want['late'], key=place)
        self.assertEqual([record for _, record in made.records], records)
        return made.json('data') + made.json('options')

    def verify(self, capture, want):
        file = written('want', ''.join(json.dumps(row) + '\n' for row in want))
        return verify(capture, '--expect', str(file), *ALLOW_ALL,
                      *places.OPTIONS.get(capture.stem, ()))

    def test_every_capture(self):
        records = 0
        for capture in places.ours():
            with self.subTest(capture.name):
                want = self.expected(capture)
                status, out, err = self.verify(capture, want)
                self.assertEqual((status, err), (0, ''), out)
                self.assertRegex(out, r'^\d+ packets, %d records as expected\n$' % len(want))
                records += len(want)
        self.assertGreater(records, 0)

    def test_another_value(self):
        """One value of a golden file that is another one is all that is named."""
        rng = random.Random(9)
        for capture in rng.sample(places.ours(), 6):
            with self.subTest(capture.name):
                want = self.expected(capture)
                row = rng.choice(want)
                name = rng.choice(list(row)[6:])        # behind place, time, source
                have, row[name] = row[name], 'another'
                self.assertEqual(self.verify(capture, want), (
                    1, 'frame %d record %d %s: %s, expected "another"\n' %
                    (row['frame'], row['record'], name, json.dumps(have)), ''))


if __name__ == '__main__':
    main.run()
