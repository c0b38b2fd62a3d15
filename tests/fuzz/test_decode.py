# SPDX-License-Identifier: MIT
"""The fuzz targets that take packets, over their seeds, without libFuzzer."""

import os
import re
import subprocess
import tempfile
import unittest

import decode_seeds
from nf9test.main import run

PROGRAMS = {name: os.environ.get('NF9_FUZZ_' + name.upper(), '') for name in ('decode', 'rewrite')}


class Seeds(unittest.TestCase):
    def test_each_seed_whole_and_cut(self):
        with tempfile.TemporaryDirectory() as folder:
            seeds = decode_seeds.write(folder)
            self.assertGreater(len(seeds), 100)
            for name, program in PROGRAMS.items():
                with self.subTest(target=name):
                    done = subprocess.run([program, *map(str, seeds)], capture_output=True,
                                          encoding='utf-8', errors='replace', check=False)
                    self.assertEqual(done.returncode, 0, done.stderr[-4000:])
                    self.assertRegex(done.stdout, re.compile(
                        r'^%d files, \d+ inputs$' % len(seeds), re.M))


if __name__ == '__main__':
    run()
