#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The expected decodings against Wireshark's built-in dissector, where that is right."""

import json
import shutil
import unittest

from nf9test import cflow, fields
from nf9test.wireshark import Wireshark

CAPTURES = fields.ROOT / 'captures'

# capture: values compared.  In these cflow decodes every record.
EXPECT = {'softflowd': 344, 'softflowd_ether_ms': 432, 'softflowd_mpls': 454, 'pmacct': 318,
          'pmacct_ether': 381, 'nfreplay': 462, 'nbar': 34, 'options_scopes': 24, 'mpls': 37,
          'ipv6': 36, 'nat_events': 28, 'many_templates': 24}


@unittest.skipUnless(shutil.which('tshark'), 'tshark is not installed')
class Cflow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.wireshark = Wireshark(with_plugin=False)

    def compare(self, shown, record):
        """How many values were compared."""
        wrong, compared = cflow.disagreements(shown, record)
        self.assertEqual(wrong, [], 'frame %(frame)d set %(set)d record %(record)d' % record)
        return compared

    def test_captures(self):
        for name, values in EXPECT.items():
            with self.subTest(name):
                path = CAPTURES / 'expected' / (name + '.json')
                expected = json.loads(path.read_text(encoding='utf-8'))['records']
                expected.sort(key=lambda r: (r['frame'], r['set'], r['record']))
                shown = list(cflow.records(self.wireshark, CAPTURES / (name + '.pcap')))
                self.assertEqual([frame for frame, _ in shown], [r['frame'] for r in expected])
                compared = sum(self.compare(have, want)
                               for (_, have), want in zip(shown, expected))
                self.assertEqual(compared, values)


if __name__ == '__main__':
    unittest.main()
