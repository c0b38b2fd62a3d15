# SPDX-License-Identifier: MIT
"""The packets of every capture as streams (streams.c)."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from nf9test import payloads
from nf9test.main import run
from nf9test.places import ours, real

STREAMS = os.environ.get('NF9_STREAMS', '')
SAID = re.compile(r'^(\d+) packets, (\d+) exact, (\d+) prefixes, (\d+) allocations$',
                  re.MULTILINE)


class Streams(unittest.TestCase):
    def each(self, captures):
        total = [0, 0, 0, 0]
        for capture in captures:
            with self.subTest(capture=capture.stem), tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / 'payloads'
                number = payloads.write(path, capture)
                if number == 0:
                    continue
                done = subprocess.run([STREAMS, str(path)], capture_output=True,
                                      encoding='utf-8', errors='replace', check=False)
                self.assertEqual(done.returncode, 0, done.stderr[-4000:])
                said = [int(n) for n in SAID.search(done.stdout).groups()]
                self.assertEqual(said[0], number)
                total = [a + b for a, b in zip(total, said)]
        print('%d captures: %d packets, %d of them found again just as they were in a stream; '
              '%d prefixes; n-th allocation failing: n up to %d in all'
              % (len(captures), *total))
        self.assertGreater(total[2], 1000)
        self.assertGreater(total[3], 100)
        return total

    def test_ours(self):
        self.each(ours())                       # many of them are malformed on purpose

    def test_real(self):
        if not real():
            self.skipTest('the captures of real exporters are not here')
        number, exact, *_ = self.each(real())
        self.assertEqual(exact, number)


if __name__ == '__main__':
    run()
