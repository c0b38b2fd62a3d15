# SPDX-License-Identifier: MIT
"""A fuzz target of the codec over its seeds, without libFuzzer."""

import importlib
import os
import re
import subprocess
import tempfile
import unittest

from nf9test.main import run

PROGRAM = os.environ.get('NF9_FUZZ', '')
SEEDS = importlib.import_module(os.environ.get('NF9_FUZZ_SEEDS', 'decode_seeds'))


class Seeds(unittest.TestCase):
    def test_each_seed_whole_and_cut(self):
        with tempfile.TemporaryDirectory() as folder:
            seeds = SEEDS.write(folder)
            self.assertGreater(len(seeds), 30)
            done = subprocess.run([PROGRAM, *map(str, seeds)], capture_output=True,
                                  encoding='utf-8', errors='replace', check=False)
        self.assertEqual(done.returncode, 0, done.stderr[-4000:])
        self.assertRegex(done.stdout, re.compile(r'^%d files, \d+ inputs$' % len(seeds), re.M))


if __name__ == '__main__':
    run()
