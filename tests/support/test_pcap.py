#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The reader of capture files, on files written here octet by octet."""

import pathlib
import tempfile
import unittest

from nf9test import pcap

SECOND = 1000000000


def parse(text):
    return list(pcap.parse(bytes.fromhex(text)))


class Pcap(unittest.TestCase):
    def test_both_orders_and_units(self):
        rest = '0200 0400 00000000 00000000 00000400 65000000'
        swapped = '0002 0004 00000000 00000000 00040000 00000065'
        frame, other = '05000000 07000000 02000000 03000000 abcd', \
                       '00000005 00000007 00000002 00000003 abcd'
        for text, ns in (('d4c3b2a1' + rest + frame, 7000), ('4d3cb2a1' + rest + frame, 7),
                         ('a1b2c3d4' + swapped + other, 7000), ('a1b23c4d' + swapped + other, 7)):
            self.assertEqual(parse(text),
                             [(1, 5 * SECOND + ns, pcap.RAW, b'\xab\xcd')], text[:8])

    def test_frame_cut_short_is_left_out(self):
        head = 'd4c3b2a1 0200 0400 00000000 00000000 00000400 01000000'
        self.assertEqual(len(parse(head + '00' * 8 + '0100000001000000 aa' + '00' * 8 +
                                   '0200000002000000 aa')), 1)

    def test_no_capture(self):
        for text in ('', '00', '00' * 64):
            with self.assertRaises(pcap.PcapError):
                parse(text)

    def test_write_and_read(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / 'x.pcap'
            pcap.write(path, [(SECOND + 2000, b'abc'), (2 * SECOND, b'', 5)])
            self.assertEqual(pcap.read(path), [(1, SECOND + 2000, 1, b'abc'),
                                               (2, 2 * SECOND, 1, b'')])
            self.assertEqual(path.read_bytes()[-4:], b'\x05\0\0\0')


class Pcapng(unittest.TestCase):
    LITTLE = ('0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000'
              '01000000 14000000 6500 0000 00000400 14000000')
    BIG = ('0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c'
           '00000001 00000020 0001 0000 00000000 0009 0001 09000000 00000000 00000020')

    def test_microseconds_little_endian(self):
        packet = ('06000000 24000000 00000000 00000000 40420f00 01000000 01000000 ab000000'
                  '24000000')
        self.assertEqual(parse(self.LITTLE + packet), [(1, SECOND, pcap.RAW, b'\xab')])

    def test_nanoseconds_big_endian_and_other_blocks(self):
        names = '00000004 00000010 00000000 00000010'
        packet = ('00000006 00000024 00000000 00000001 00000002 00000001 00000001 cd000000'
                  '00000024')
        self.assertEqual(parse(self.BIG + names + packet + packet),
                         [(1, 2 ** 32 + 2, 1, b'\xcd'), (2, 2 ** 32 + 2, 1, b'\xcd')])

    def test_sections_of_both_orders(self):
        simple = '03000000 14000000 02000000 abcd0000 14000000'
        big = '00000003 00000014 00000002 abcd0000 00000014'
        self.assertEqual(parse(self.LITTLE + simple + self.BIG + big),
                         [(1, 0, pcap.RAW, b'\xab\xcd'), (2, 0, 1, b'\xab\xcd')])


if __name__ == '__main__':
    unittest.main()
