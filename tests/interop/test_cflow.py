#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Packets of the library's packer, in tshark: what its own dissector cflow shows of them, and what
nf9 does, is what was given."""

import os
import shutil
import unittest

import generate
from nf9test import cflow, forge, pdml
from nf9test.main import run
from nf9test.wireshark import Wireshark, configured

RECORDS, OPTIONS = 10000, 1000


def capture(wireshark, flows, name):
    """A capture of the packets; how many they are, and how many begin with templates."""
    datagrams = flows.pack()
    path = wireshark.scratch(name)
    forge.write(path, [forge.datagram(datagram) for datagram in datagrams])
    return path, len(datagrams), generate.announced(datagrams)


def made():
    flows = generate.Flows(13, generate.FLOWS)
    generate.generate(flows, RECORDS)
    options = generate.Flows(14, {256: generate.FLOWS[256]}, generate.OPTIONS)
    generate.generate(options, OPTIONS)
    return {'flows': flows, 'options': options}


@unittest.skipUnless(shutil.which('tshark'), 'tshark is not installed')
class Tshark(unittest.TestCase):
    def test_cflow(self):
        wireshark = Wireshark(with_plugin=False, sysroot='/')
        for name, flows in made().items():
            path, datagrams, announced = capture(wireshark, flows, name + '.pcap')
            shown = list(cflow.records(wireshark, path))
            self.assertEqual(len(shown), len(flows.records))
            values = 0
            for (_, have), record in zip(shown, flows.records):
                wrong, compared = cflow.disagreements(have, record)
                self.assertEqual(wrong, [], '%r\n%r' % (record, have))
                self.assertEqual(compared, len(record['fields']))
                values += compared
            print('cflow, %s: %d records of %d templates in %d datagrams, templates sent %d times, '
                  '%d values compared' % (name, len(shown), len(flows.templates), datagrams,
                                          announced, values))

    @unittest.skipUnless(os.environ.get('NF9_PLUGIN'), 'the plugin was not built')
    def test_nf9(self):
        wireshark = configured()
        decoder = pdml.Decoder()
        for name, flows in made().items():
            path, _, _ = capture(wireshark, flows, name + '.pcap')
            shown = [record for packet in pdml.load(wireshark, path)
                     for record in decoder.records(packet)]
            self.assertEqual(len(shown), len(flows.records))
            values = 0
            for have, record in zip(shown, flows.records):
                self.assertEqual(pdml.disagreements(have, record, whole=True), [], record)
                values += len(record['fields'])
            print('nf9, %s: %d records, %d values compared' % (name, len(shown), values))


if __name__ == '__main__':
    run()
