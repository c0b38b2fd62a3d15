# SPDX-License-Identifier: MIT
"""Every packet of every capture as an object, decoded and encoded again (export_packet.c)."""

import collections
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from nf9test import payloads
from nf9test.main import run
from nf9test.over import OverCaptures

PROGRAM = os.environ.get('NF9_EXPORT_PACKET', '')
OCTETS = re.compile(r'^(\S+) (\d+) packets: (.*)$', re.MULTILINE)
SWEEPS = re.compile(r'^(\d+) prefixes, (\d+) capacities, (\d+) failing allocations$',
                    re.MULTILINE)


def numbers(text):
    """What the program printed, by kind of packet."""
    found = {}
    for kind, packets, words in OCTETS.findall(text):
        words = words.split()
        found[kind] = collections.Counter(dict(zip(words[::2], map(int, words[1::2]))))
        found[kind]['packets'] = int(packets)
    return found


def octets(counter):
    return sum(counter.values()) - counter['packets']


class ExportPacket(OverCaptures, unittest.TestCase):
    def each(self, captures):
        total = collections.defaultdict(collections.Counter)
        sweeps = [0, 0, 0]
        for capture in captures:
            with self.subTest(capture=capture.stem), tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / 'payloads'
                if payloads.write(path, capture) == 0:
                    continue
                lengths = [len(data) for _, _, data in payloads.datagrams(capture)]
                whole = sum(length for length in lengths if length >= 20)
                done = subprocess.run([PROGRAM, str(path)], capture_output=True,
                                      encoding='utf-8', errors='replace', check=False)
                self.assertEqual(done.returncode, 0, done.stderr[-4000:])
                found = numbers(done.stdout)
                self.assertEqual(octets(found['waiting']), whole)
                self.assertEqual(octets(found['read']), whole)
                self.assertEqual(found['well-formed']['odd'], 0)
                self.assertEqual(found['well-formed']['undecoded'], 0)
                for kind, counter in found.items():
                    total[kind].update(counter)
                swept = list(map(int, SWEEPS.search(done.stdout).groups()))
                self.assertEqual(swept[:2], [sum(lengths), whole])
                sweeps = list(map(sum, zip(sweeps, swept)))
        self.report(total, sweeps)
        self.assertGreater(total['read']['values'], 1000)
        self.assertGreater(total['well-formed']['values'], 1000)
        self.assertGreater(sweeps[2], 500)

    @staticmethod
    def report(total, sweeps):
        for kind, n in total.items():
            print('%s: %d packets, %d octets from structure, %d from values; copied: %d odd, '
                  '%d padding, %d undecoded' %
                  (kind, n['packets'], n['structure'], n['values'], n['odd'], n['padding'],
                   n['undecoded']))
        print('%d prefixes, %d capacities, %d failing allocations' % tuple(sweeps))


if __name__ == '__main__':
    run()
