#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What tools/demo prints, and how it ends where there is nothing to print."""

import os
import re
import subprocess
import sys
import unittest

from nf9test import decoder, forge, main, places
from nf9test.wireshark import configured


def demo(capture, plugin=None):
    plugin = plugin or os.environ['NF9_PLUGIN']
    return subprocess.run([sys.executable, str(places.ROOT / 'tools' / 'lib' / 'demo.py'),
                           '--plugin', str(plugin), str(capture)], capture_output=True,
                          encoding='utf-8', timeout=300, check=False)


class Demo(unittest.TestCase):
    def shown(self, capture):
        done = demo(capture)
        self.assertEqual((done.returncode, done.stderr), (0, ''), done.stdout[-500:])
        return done.stdout.splitlines()

    def refused(self, capture, words, plugin=None):
        """One line on standard error, an exit status that is not 0; what was printed."""
        done = demo(capture, plugin)
        self.assertNotEqual(done.returncode, 0)
        self.assertRegex(done.stderr, r'\Atools/demo: .*%s.*\n\Z' % words)
        return done.stdout

    def test_our_captures(self):
        for capture in places.ours():
            if capture.stem in places.OPTIONS:
                continue                # not NetFlow to whom nobody says so
            with self.subTest(capture.name):
                lines = self.shown(capture)
                decoding = decoder.decode_file(capture)
                packets = [line for line in lines if line.startswith('frame ')]
                rows = [line for line in lines if re.match(r'  \d+\.\d+  ', line)]
                self.assertEqual(len(lines), len(packets) + len(rows) + 1)
                kinds = [record['kind'] for record in decoding.records]
                self.assertEqual(len(rows), len(kinds))
                summary = decoding.summary
                self.assertRegex(lines[-1], r'^%d packets?, %d flows?, %d options, '
                                 r'%d templates?; ' %
                                 (len(packets), kinds.count('data'), kinds.count('options'),
                                  summary['templates'] + summary['options_templates']))
                self.assertEqual('without a template' in lines[-1],
                                 bool(summary['undecoded']), lines[-1])

    def test_rows(self):
        data = forge.v9(forge.template(256, (8, 4), (12, 4), (7, 2), (11, 2), (4, 1), (2, 4)),
                        (256, bytes((10, 0, 0, 1, 10, 0, 0, 2, 0, 80, 4, 210, 6, 0, 0, 0, 9))),
                        sequence=7, count=2)
        path = forge.write(configured().scratch('rows.pcap'), [forge.datagram(data)])
        self.assertEqual(self.shown(path), [
            'frame 1  192.0.2.1:40000 -> 198.51.100.1:2055  '
            'Source ID 0, seq 7: 1 flow [256], template 256',
            '  1.1  2024-01-02 03:04:05.000  10.0.0.1:80 -> 10.0.0.2:1234 TCP 9 packets',
            '1 packet, 1 flow, 0 options, 1 template; nothing undecoded'])

    def test_undecoded(self):
        path = forge.write(configured().scratch('undecoded.pcap'),
                           [forge.datagram(forge.v9((300, bytes(24))))])
        self.assertEqual(self.shown(path)[-1],
                         '1 packet, 0 flows, 0 options, 0 templates; '
                         'undecoded: 1 FlowSet without a template (24 octets)')

    @unittest.skipUnless(places.real(), '../shared/real-captures is not here')
    def test_real_captures(self):
        for name, flows, options in (('bitkeks_softflowd', 44, 0), ('logstash_cisco_asa_1', 14, 0),
                                     ('logstash_nbar_opt260', 0, 15)):
            lines = self.shown(places.REAL / (name + '.pcap'))
            self.assertRegex(lines[-1], r', %d flows, %d options, .*; nothing undecoded$' %
                             (flows, options))
            self.assertEqual(len([line for line in lines if line.startswith('  ')]),
                             flows + options)
        lines = self.shown(places.REAL / 'bitkeks_softflowd.pcap')
        self.assertEqual(lines[:2] + lines[-1:], [
            'frame 1  192.0.2.86:40086 -> 198.51.100.1:2055  '
            'Source ID 0, seq 1: 8 flows [1024], templates 1024, 2048',
            '  1.1  2019-03-29 13:27:40.474  127.0.0.1:80 -> 127.0.0.1:37932 TCP '
            '75 packets 102416 bytes 0.429 s FIN SYN PSH ACK',
            '4 packets, 44 flows, 0 options, 2 templates; nothing undecoded'])

    def test_no_netflow(self):
        path = forge.write(configured().scratch('other.pcap'), [forge.datagram(b'x', dport=9)])
        self.assertEqual(len(self.shown(path)), 1)
        self.assertIn('no NetFlow v9', self.shown(path)[0])

    def test_not_a_capture(self):
        self.assertEqual(self.refused(__file__, "test_demo.py isn't a capture file"), '')

    def test_no_file(self):
        self.assertEqual(self.refused('/nonexistent.pcap', 'no such file: /nonexistent.pcap'),
                         '')

    def test_a_capture_cut_short(self):
        whole = forge.write(configured().scratch('whole.pcap'),
                            [forge.datagram(forge.v9((300, bytes(24))))] * 2)
        short = configured().scratch('short.pcap')
        short.write_bytes(whole.read_bytes()[:-5])
        self.assertIn('1 packet, ', self.refused(short, 'short.pcap .*cut short'))

    def test_no_plugin(self):
        capture = places.ours()[0]
        self.assertEqual(self.refused(capture, 'no plugin: ', '/nonexistent/nf9.so'), '')
        broken = configured().scratch('nf9.so')
        broken.write_text('no shared object')
        self.assertEqual(self.refused(capture, 'does not load', broken), '')


if __name__ == '__main__':
    main.run()
