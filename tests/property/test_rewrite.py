# SPDX-License-Identifier: MIT
"""Every packet of every capture decoded and written again (rewrite.c)."""

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

REWRITE = os.environ.get('NF9_REWRITE', '')
LINE = re.compile(r'^(\d+) packets: (.*)$', re.MULTILINE)


class Rewrite(OverCaptures, unittest.TestCase):
    def each(self, captures):
        total = collections.Counter()
        for capture in captures:
            with self.subTest(capture=capture.stem), tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / 'payloads'
                octets = sum(len(data) for _, _, data in payloads.datagrams(capture)
                             if len(data) >= 20)
                if payloads.write(path, capture) == 0:
                    continue
                done = subprocess.run([REWRITE, str(path)], capture_output=True,
                                      encoding='utf-8', errors='replace', check=False)
                self.assertEqual(done.returncode, 0, done.stderr[-4000:])
                found = LINE.search(done.stdout)
                words = found[2].split()
                numbers = dict(zip(words[::2], map(int, words[1::2])))
                self.assertEqual(sum(numbers.values()), octets)
                total.update(numbers, packets=int(found[1]))
        print(', '.join('%s %d' % pair for pair in total.items()))
        self.assertGreater(total['values'], 1000)


if __name__ == '__main__':
    run()
