#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The Python decoder against real exporters' captures, with what their projects assert.

The captures belong to others and lie outside this repository: without them the test skips.
"""

import json
import unittest

from nf9test import decoder, fields

FOLDER = fields.ROOT.parent / 'shared' / 'real-captures'


def place(record):
    return record['frame'], record['set'], record['record']


@unittest.skipUnless(FOLDER.is_dir(), '../shared/real-captures is not here')
class RealCaptures(unittest.TestCase):
    def check(self, path, table):
        """(records, values, absolute times) compared."""
        decoding = decoder.decode_file(FOLDER / (path.stem + '.pcap'), table)
        expected = {place(r): r for r in json.loads(path.read_text(encoding='utf-8'))}
        got = {place(r): r for r in decoding.records}
        self.assertEqual(sorted(set(expected) - set(got)), [], 'records are missing')
        # Two files leave a FlowSet's first record out; none leaves out its last.
        last = {key[:2]: key[2] for key in sorted(expected)}
        self.assertEqual([key for key in got if key[2] > last.get(key[:2], key[2])], [],
                         'records that nobody expects')
        values = times = 0
        for key, want in expected.items():
            have = got[key]
            self.assertEqual((have['kind'], have['flowset_id']),
                             (want['kind'], want['flowset_id']), key)
            for name, part in (('fields', want['fields']), ('abs', want.get('abs', {}))):
                some = {k: v for k, v in have.get(name, {}).items() if k in part}
                self.assertEqual(some, part, '%s of %s' % (name, key))
            values += len(want['fields'])
            times += len(want.get('abs', {}))
        return len(expected), values, times

    def test_expected_values(self):
        table = fields.load()
        files = sorted((FOLDER / 'expected').glob('*.json'))
        totals = [0, 0, 0]
        for path in files:
            with self.subTest(path.stem):
                for i, number in enumerate(self.check(path, table)):
                    totals[i] += number
        self.assertEqual((len(files), totals), (29, [243, 3194, 164]))


if __name__ == '__main__':
    unittest.main()
