#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Real exporters' captures in tshark, value by value.

The captures and what their projects assert are others' and lie outside this repository:
without them the test skips.
"""

import json
import unittest

from nf9test import main, pdml, places
from nf9test.wireshark import configured

EXPECTED = places.REAL / 'expected'
TOTALS = {'captures': 29, 'records': 243, 'values': 3194, 'absolute times': 164}


@unittest.skipUnless(EXPECTED.is_dir(), '../shared/real-captures is not here')
class RealCaptures(unittest.TestCase):
    def check(self, path, decoder):
        """Counts of what was compared: records, values, absolute times, late records."""
        expected = json.loads(path.read_text(encoding='utf-8'))
        capture = places.REAL / (path.stem + '.pcap')
        shown = {}
        for packet in pdml.load(configured(), capture):
            for record in decoder.records(packet):
                shown[record['frame'], record['set'], record['record']] = record
        # A late record's template comes after its packet: only a second look decodes it.
        now = [record for record in expected if not record.get('late')]
        # Two files leave out a FlowSet's first record; none leaves out its last.
        last = {}
        for record in now:
            key = record['frame'], record['set']
            last[key] = max(record['record'], last.get(key, 0))
        wrong = ['%s frame %d set %d: record %d is not expected' % (path.stem, *key)
                 for key in sorted(shown) if key[2] > last.get(key[:2], key[2])]
        for record in now:
            key = record['frame'], record['set'], record['record']
            lines = ['missing']
            if key in shown:
                lines = pdml.disagreements(shown[key], record)
            wrong += ['%s frame %d set %d record %d: %s' % (path.stem, *key, line)
                      for line in lines]
        self.assertFalse(wrong, '\n' + '\n'.join(wrong[:40]))
        return (len(now), sum(len(r['fields']) for r in now),
                sum(len(r.get('abs', {})) for r in now), len(expected) - len(now))

    def test_values(self):
        decoder = pdml.Decoder()
        done, totals = 0, [0, 0, 0, 0]
        for path in sorted(EXPECTED.glob('*.json')):
            with self.subTest(path.stem):
                totals = [a + b for a, b in zip(totals, self.check(path, decoder))]
                done += 1
        compared = dict(zip(TOTALS, [done] + totals))
        print('compared: ' + ', '.join('{:,} {}'.format(number, name)
                                       for name, number in compared.items()))
        print('left to a second look: %d late records' % totals[3])
        self.assertEqual(compared, TOTALS)


if __name__ == '__main__':
    main.run()
