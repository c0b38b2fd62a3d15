#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Packets of the library's packer, sent to nfcapd and read back by nfdump: all that it stores
is what was given."""

import shutil
import unittest

import collector
import generate
from nf9test.main import run

RECORDS = 10000


@unittest.skipUnless(shutil.which('nfcapd') and shutil.which('nfdump'),
                     'nfcapd and nfdump are not installed')
class Nfdump(unittest.TestCase):
    def compare(self, shown, record):
        wrong, compared = collector.disagreements(shown, record, generate.BOOT)
        self.assertEqual(wrong, [], '%r\n%r' % (record, shown))
        return compared

    def test_every_field(self):
        flows = generate.Flows(9, generate.FLOWS)
        generate.generate(flows, RECORDS)
        datagrams = flows.pack()
        shown, said = collector.collect(datagrams)
        self.assertIn('Sequence Errors: 0, Bad Packets: 0', said)
        self.assertEqual(len(shown), RECORDS)
        fields = sum(self.compare(*pair) for pair in zip(shown, flows.records))
        print('nfdump %s: %d records of %d templates in %d datagrams, templates sent %d times, '
              '%d fields compared' % (collector.version(), RECORDS, len(flows.templates),
                                      len(datagrams), generate.announced(datagrams), fields))

    def test_redefined_and_restarted(self):
        """The same IDs with other fields, and the exporter begins anew."""
        first = generate.Flows(10, generate.FLOWS)
        generate.generate(first, 300)
        numbers = list(generate.FLOWS)
        second = generate.Flows(11, dict(zip(numbers, reversed(generate.FLOWS.values()))))
        generate.generate(second, 300)
        shown, _ = collector.collect(first.pack() + second.pack())
        records = first.records + second.records
        self.assertEqual(len(shown), len(records))
        for pair in zip(shown, records):
            self.compare(*pair)


if __name__ == '__main__':
    run()
