# SPDX-License-Identifier: MIT
"""The exporter of the examples, by what arrives at a socket."""

import ipaddress
import os
import re
import socket
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path

from flows import flows
from nf9test import decoder, forge, pcap
from nf9test.main import run
from nf9test.places import ROOT

EXPORTER = os.environ.get('NF9_EXPORTER', '')
FLOW = ('7', '11', '4', '6', '2', '1', '152', '153')    # the numbers of a line


def lines(number):
    return (','.join(map(str, flow)) for flow in flows(number, 9))


def fields(line):
    """The fields that the decoder is to find."""
    source, destination, *numbers = line.split(',')
    keys = ('27', '28') if ':' in source else ('8', '12')
    # the decoder's form of an address, not the line's
    ends = (str(ipaddress.ip_address(end)) for end in (source, destination))
    return {**dict(zip(keys, ends)), **dict(zip(FLOW, map(int, numbers)))}


class Exporter(unittest.TestCase):
    def setUp(self):
        self.collector = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(self.collector.close)
        self.collector.bind(('127.0.0.1', 0))
        self.collector.setblocking(False)

    def call(self, *options, text=''):
        return subprocess.run(
            [EXPORTER, '--port', str(self.collector.getsockname()[1]), *options],
            input=text, capture_output=True, encoding='utf-8', check=False)

    def received(self):
        """What came; all of it is in the socket's buffer."""
        datagrams = []
        while True:
            try:
                datagrams.append(self.collector.recv(65535))
            except BlockingIOError:
                return datagrams

    def exported(self, *options, source=0, text=''):
        """The datagrams of a run that ends well, and their records' fields."""
        done = self.call(*options, '--source-id', str(source), text=text)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, '', ''))
        datagrams = self.received()
        headers = [struct.unpack('>HHIIII', datagram[:20]) for datagram in datagrams]
        self.assertEqual([header[4] for header in headers], list(range(len(datagrams))))
        self.assertEqual({header[5] for header in headers}, {source})
        found = decoder.decode([pcap.Frame(i, i, pcap.RAW, forge.datagram(datagram))
                                for i, datagram in enumerate(datagrams, 1)])
        self.assertEqual(found.summary['undecoded'], [])
        return datagrams, [record['fields'] for record in found.records]

    def test_lines_arrive(self):
        wanted = list(lines(1000))
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / 'flows.csv'
            path.write_text('\n'.join(wanted) + '\n', encoding='utf-8')
            datagrams, shown = self.exported(str(path), source=0xffffffff)
        self.assertEqual(shown, [fields(line) for line in wanted])
        self.assertLessEqual(max(map(len, datagrams)), 1452)
        print('%d records in %d datagrams' % (len(shown), len(datagrams)))

    def test_the_lines_of_the_readme(self):
        page = (ROOT / 'examples' / 'README.md').read_text(encoding='utf-8')
        text = re.search(r'```\n(\d.*?)```', page, re.DOTALL)[1]
        _, shown = self.exported(text=text.replace('\n', '\r\n'))
        self.assertEqual(shown, [fields(line) for line in text.splitlines()])

    def test_made_up(self):
        _, shown = self.exported('--count', '300', '--rate', '1000')
        self.assertEqual(len(shown), 300)
        self.assertEqual(shown[298], fields(
            '192.0.2.1,198.51.100.2,299,443,6,27,299,299000003,1700000000299,1700000000799'))
        self.assertEqual(shown[299], fields(
            '2001:db8::1,2001:db8::2,300,443,6,27,300,300000003,1700000000300,1700000000800'))

    def test_templates_are_sent_again_as_asked(self):
        for refresh, wanted in ((0, [0]), (1, None), (3, None)):
            datagrams, _ = self.exported('--count', '300', '--refresh', str(refresh))
            self.assertGreater(len(datagrams), 9)
            found = [i for i, datagram in enumerate(datagrams) if datagram[20:22] == b'\0\0']
            self.assertEqual(found, wanted or list(range(0, len(datagrams), refresh)))

    def test_what_is_wrong_ends_it_with_one_line(self):
        good = '192.0.2.1,198.51.100.2,1,2,3,4,5,6,7,8'
        for options, text in (
                (['--port', '65536'], ''), (['--port', 'nfacctd'], ''), (['--port', ''], ''),
                (['--count', '-1'], ''), (['--source-id', '4294967296'], ''), (['--bogus'], ''),
                (['--refresh'], ''), (['--count', '1', 'file'], ''), (['no-such-file'], ''),
                (['one', 'two'], ''), (['--host', '192.0.2.300'], ''),
                ([], '192.0.2.1\n'), ([], good + ',9\n'), ([], good[:-2] + '\n'),
                ([], good.replace('192.0.2.1', '2001:db8::1')), ([], good[:-1] + '-1\n'),
                ([], good.replace(',3,', ',256,')), ([], good.replace(',3,', ',three,')),
                ([], good.replace(',6,', ',18446744073709551616,'))):
            with self.subTest(options=options, text=text):
                done = self.call(*options, text=text)
                self.assertGreater(done.returncode, 0)
                self.assertRegex(done.stderr, r'\A\S*exporter: [^\n]+\n\Z')
                self.assertEqual(self.received(), [])

    def test_it_is_short(self):
        sources = list((ROOT / 'examples').glob('*.c'))
        self.assertTrue(sources)
        for path in sources:
            self.assertLess(path.read_text(encoding='utf-8').count('\n'), 150, path.name)


if __name__ == '__main__':
    run()
