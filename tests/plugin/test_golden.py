#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every capture of ours in tshark against its expected decoding, in one pass and in two."""

import json
import unittest

from nf9test import main, pdml, places
from nf9test.wireshark import configured


def place(record):
    return record['frame'], record['set'], record['record']


class Golden(unittest.TestCase):
    def compare(self, capture, options):
        path = places.CAPTURES / 'expected' / (capture.stem + '.json')
        expected = json.loads(path.read_text(encoding='utf-8'))
        wanted = {place(record): record for record in expected['records']}
        late = {place(record): record for record in expected.get('late', [])}
        shown, late_shown = {}, 0
        for packet in pdml.load(configured(), capture, *options):
            self.assertFalse(packet.malformed, 'frame %d is malformed' % packet.frame)
            for record in self.decoder.records(packet):
                shown[place(record)] = record
        wrong = []
        for key, record in shown.items():
            want = wanted.get(key)
            if want is None and options and key in late:
                want, late_shown = late[key], late_shown + 1
            lines = pdml.disagreements(record, want, whole=True) if want else ['not expected']
            wrong += ['frame %d set %d record %d: %s' % (*key, line) for line in lines]
        wrong += ['frame %d set %d record %d: missing' % key
                  for key in wanted if key not in shown]
        self.assertFalse(wrong, '%s %s\n%s' % (capture.name, ' '.join(options),
                                               '\n'.join(wrong[:40])))
        return len(shown), late_shown

    def every(self, *options):
        self.decoder = pdml.Decoder()
        captures, records = 0, 0
        for capture in places.ours():
            with self.subTest(capture.name):
                number, _ = self.compare(capture, options)
                captures += 1
                records += number
        print('%d captures, %d records %s' % (captures, records, ' '.join(options)))
        self.assertGreater(records, 0)

    def test_one_pass(self):
        self.every()

    def test_two_passes(self):
        self.every('-2')

    def test_every_expectation_has_its_capture(self):
        names = {path.stem for path in (places.CAPTURES / 'expected').glob('*.json')}
        self.assertEqual(names, {path.stem for path in places.ours()})


if __name__ == '__main__':
    main.run()
