# SPDX-License-Identifier: MIT
"""The converter of the examples, by Python's CSV reader and decoder."""

import csv
import io
import os
import re
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path

from nf9test import decoder, packets, pcap
from nf9test.main import run
from nf9test.places import CAPTURES, ROOT

TO_CSV = os.environ.get('NF9_TO_CSV', '')
COLUMNS = {'ipv4_src_addr': '8', 'ipv6_dst_addr': '28', 'l4_dst_port': '11', 'in_bytes': '1'}
HEADER = struct.Struct('>HHIIII')


def call(*options, stream=b''):
    return subprocess.run([TO_CSV, *map(str, options)], input=stream, capture_output=True,
                          check=False, timeout=60)


def rows(done):
    return list(csv.reader(io.StringIO(done.stdout.decode(), newline='')))


def packet(sequence, *flowsets):
    octets = b''.join(struct.pack('>HH', number, 4 + len(body)) + body
                      for number, body in flowsets)
    return HEADER.pack(9, len(flowsets), 1000, 1700000000, sequence, 0) + octets


def template(number, *fields):
    words = [number, len(fields)] + [word for field in fields for word in field]
    return 0, struct.pack('>%dH' % len(words), *words)


class ToCsv(unittest.TestCase):
    def test_a_capture(self):
        """Its records as the decoder has them, by file and by standard input."""
        frames = pcap.read(CAPTURES / 'softflowd.pcap')
        stream = b''.join(packets.udp(frame).payload for frame in frames)
        found = [record['fields'] for record in decoder.decode(frames).records]
        wanted = [[str(fields.get(key, '')) for key in COLUMNS.values()] for fields in found]
        wanted = [row for row in wanted if any(row)]
        self.assertGreater(len(wanted), 20)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / 'stream'
            path.write_bytes(stream)
            for done in (call('--columns', ','.join(COLUMNS), path),
                         call('--columns', ','.join(COLUMNS), stream=stream)):
                self.assertEqual((done.returncode, done.stderr), (0, b''))
                head, *shown = rows(done)
                self.assertEqual(head, list(COLUMNS))
                self.assertEqual(shown, wanted)
        print('%d rows' % len(wanted))

    def test_quotes_and_names(self):
        """RFC 4180; a scope, a type without a name, an alias; options and data."""
        text = b'a "b", c'
        stream = packet(
            0, (1, struct.pack('>HHHHHHH', 300, 4, 8, 2, 4, 82, len(text)) +
                struct.pack('>HH', 65000, 2)),
            (300, struct.pack('>I', 7) + text + b'\x01\x02'), template(301, (1, 4), (4, 1)),
            (301, struct.pack('>IB', 99, 6)), template(302, (7, 2)), (302, b'\0\x50'))
        done = call('--columns', 'scope.interface,IF_NAME,unknown.65000,octetDeltaCount,protocol',
                    stream=stream)
        self.assertEqual((done.returncode, done.stderr), (0, b''))
        self.assertEqual(done.stdout, b'scope.interface,IF_NAME,unknown.65000,octetDeltaCount,'
                         b'protocol\r\n7,"a ""b"", c",0102,,\r\n,,,99,6\r\n')

    def test_framings(self):
        stream = (packet(0, template(300, (1, 4)), (300, b'\0\0\0\1')) +
                  packet(1, (300, b'\0\0\0\2')))
        for framing in ('flowsets', 'count'):
            done = call('--columns', 'in_bytes', '--framing', framing, stream=stream)
            self.assertEqual((rows(done), done.stderr), ([['in_bytes'], ['1'], ['2']], b''))
        one = stream[:20 + 12 + 8]
        done = call('--columns', 'in_bytes', '--framing', 'datagram', stream=one)
        self.assertEqual((rows(done), done.stderr), ([['in_bytes'], ['1']], b''))

    def test_what_is_not_decoded_is_said_with_its_offset(self):
        good = packet(0, template(300, (1, 4)), (300, b'\0\0\0\1'))
        other = packet(1, (301, b'\0\0\0\2'))
        last = packet(2, (300, b'\0\0\0\3'))
        garbage = b'\xff' * 8
        done = call('--columns', 'in_bytes', stream=good + garbage + other + last[:-2])
        self.assertEqual((done.returncode, rows(done)), (0, [['in_bytes'], ['1']]))
        end = len(good + garbage + other + last) - 2
        said = done.stderr.decode().splitlines()
        self.assertIn('offset %d: 8 octets of no packet' % len(good), said)
        self.assertIn('offset %d: 2 octets missing, the stream ends inside a packet' % end, said)
        self.assertIn('offset %d: 4 octets of data without template 301'
                      % (len(good + garbage) + 20), said)

    def test_the_lines_of_the_readme(self):
        page = (ROOT / 'examples' / 'README.md').read_text(encoding='utf-8')
        shown = re.findall(r'```\n(ipv4_src_addr,.*?)```', page, re.DOTALL)[0].splitlines()
        flows = re.search(r'```\n(\d.*?)```', page, re.DOTALL)[1].splitlines()
        wanted = [[flow[0] if ':' not in flow[0] else '', flow[3], flow[7]]
                  for flow in (line.split(',') for line in flows)]
        self.assertEqual(list(csv.reader(shown[1:])), wanted)
        ports = struct.pack('>H', 443), struct.pack('>H', 53)
        stream = packet(0, template(300, (8, 4), (11, 2), (1, 4)), template(301, (11, 2), (1, 4)),
                        (300, bytes([192, 0, 2, 1]) + ports[0] + struct.pack('>I', 8400)),
                        (301, ports[1] + struct.pack('>I', 80)))
        done = call('--columns', shown[0], stream=stream)
        self.assertEqual(done.stdout.decode().splitlines(), shown)

    def test_what_is_wrong_ends_it_with_one_line(self):
        for options in ([], ['--columns', ''], ['--columns', 'in_bytes,'],
                        ['--columns', 'no_such_field'], ['--columns'], ['--bogus'],
                        ['--columns', 'in_bytes', '--framing', 'none'],
                        ['--columns', 'in_bytes', 'one', 'two'],
                        ['--columns', 'in_bytes', 'no-such-file'], ['--columns', 'in_bytes', '/'],
                        ['--columns', ','.join(['in_bytes'] * 257)]):
            with self.subTest(options=options):
                done = call(*options)
                self.assertGreater(done.returncode, 0)
                self.assertRegex(done.stderr.decode(), r'\A\S*to_csv: [^\n]+\n\Z')


if __name__ == '__main__':
    run()
