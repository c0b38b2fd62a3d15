# SPDX-License-Identifier: MIT
"""Every prefix of every packet of every capture through the codec (prefixes.c)."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from nf9test import payloads
from nf9test.main import run
from nf9test.over import OverCaptures

PREFIXES = os.environ.get('NF9_PREFIXES', '')
SIZE = re.compile(r'^(\d+) prefixes$', re.MULTILINE)


class Prefixes(OverCaptures, unittest.TestCase):
    def each(self, captures):
        total = 0
        for capture in captures:
            with self.subTest(capture=capture.stem), tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / 'payloads'
                if payloads.write(path, capture) == 0:
                    continue
                octets = sum(len(data) + 1 for _, _, data in payloads.datagrams(capture))
                done = subprocess.run([PREFIXES, str(path)], capture_output=True,
                                      encoding='utf-8', errors='replace', check=False)
                self.assertEqual(done.returncode, 0, done.stderr[-4000:])
                self.assertEqual(int(SIZE.search(done.stdout)[1]), octets)
                total += octets
        print('%d prefixes of %d captures' % (total, len(captures)))
        self.assertGreater(total, 1000)


if __name__ == '__main__':
    run()
