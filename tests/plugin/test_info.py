#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the Info column says: the problems of a packet first, whoever asks for what else."""

import unittest

from nf9test import forge, main, places
from nf9test.wireshark import configured

# Frames that have a problem; what is wrong in each is in captures/README.md and was put there.
EXPECTED = {
    'incidents': {4: '[16 packets lost]', 7: '[out of order]', 9: '[duplicate]',
                  10: '[template 256 redefined]', 11: '[no template 300: 20 octets]',
                  13: '[FlowSet 256 overruns]', 14: '[exporter restarted]'},
    'redefinition': {frame: '[template 256 redefined]' for frame in (4, 6, 7, 9)},
    'softflowd': {},
}


class Info(unittest.TestCase):
    def test_problems_first(self):
        for name, expected in EXPECTED.items():
            path = places.CAPTURES / (name + '.pcap')
            for args in ((), ('-2',), ('-Y', 'nf9'), ('-2', '-R', 'frame'), ('-V', '-P')):
                with self.subTest(capture=name, args=args):
                    self.assertEqual(self.problems(path, *args), expected)

    def test_redefined_over_and_over(self):
        """One bracket for all of a packet, and what is wrong beside it."""
        one = [forge.template(number, (1 + i % 2, 4)) for i in range(14) for number in (256, 257)]
        path = forge.write(configured().scratch('often.pcap'),
                           [forge.datagram(forge.v9(*one, count=28) + b'\1\1\0\3\0\0\0\1')])
        self.assertEqual(self.problems(path), {
            1: '[8 octets undecoded] [templates 256, 257 redefined]'})

    @staticmethod
    def problems(path, *args):
        """{frame: what stands before the Source ID}."""
        done = configured().tshark('-o', 'gui.column.format:"No.","%m","Info","%i"', *args,
                                   capture=path)
        lines = (line.split(None, 1) for line in done.stdout.splitlines()
                 if line.lstrip()[:1].isdigit() and 'Source ID' in line)
        return {int(number): info.partition(' Source ID')[0]
                for number, info in lines if info.startswith('[')}


if __name__ == '__main__':
    main.run()
