# SPDX-License-Identifier: MIT
"""Each public header compiles alone, in C11 and in C++17, and each source of the codec without a
warning, by each compiler that is here."""

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from nf9test.main import run
from nf9test.places import ROOT

PUBLIC = ROOT / 'src' / 'include'
GENERATED = os.environ.get('NF9_GENERATED', '')         # where version.h was made
STRICT = ('-Wall', '-Wextra', '-Wpedantic', '-Wshadow', '-Wconversion', '-Werror',
          '-fsyntax-only')
COMPILERS = {'gcc': ('c', 'c11'), 'clang': ('c', 'c11'),
             'g++': ('c++', 'c++17'), 'clang++': ('c++', 'c++17')}


def compile_text(compiler, text, *more):
    language, standard = COMPILERS[compiler]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / 'alone'
        source.write_text(text, encoding='utf-8')
        return subprocess.run(
            [compiler, '-x', language, '-std=' + standard, *STRICT, '-I', str(PUBLIC),
             '-I', GENERATED, *more, str(source)],
            capture_output=True, encoding='utf-8', check=False)


class Headers(unittest.TestCase):
    def each(self):
        present = [name for name in COMPILERS if shutil.which(name)]
        if not present:
            self.skipTest('no compiler of the name gcc, clang, g++ or clang++')
        return present

    def test_each_compiles_alone(self):
        names = sorted(p.name for p in PUBLIC.glob('nf9/*.h'))
        names += sorted(p.name for p in Path(GENERATED).glob('nf9/*.h'))
        self.assertIn('decode.h', names)
        self.assertIn('version.h', names)
        for compiler in self.each():
            for name in names:
                with self.subTest(compiler=compiler, header=name):
                    # twice, so that its guard is tried too
                    text = '#include <nf9/%s>\n' % name * 2
                    done = compile_text(compiler, text)
                    self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_sources_give_no_warning(self):
        sources = sorted((ROOT / 'src').glob('*.c')) + sorted((ROOT / 'examples').glob('*.c'))
        for compiler in [name for name in self.each() if COMPILERS[name][0] == 'c']:
            done = subprocess.run(
                [compiler, '-std=c11', '-D_POSIX_C_SOURCE=200809L', *STRICT, '-I', str(PUBLIC),
                 '-I', GENERATED, *map(str, sources)],
                capture_output=True, encoding='utf-8', check=False)
            with self.subTest(compiler=compiler):
                self.assertEqual((done.returncode, done.stderr), (0, ''))

    def test_a_header_that_needs_another_is_found(self):
        for compiler in self.each():
            with self.subTest(compiler=compiler), tempfile.TemporaryDirectory() as folder:
                (Path(folder) / 'planted.h').write_text('static inline size_t f(void);\n')
                done = compile_text(compiler, '#include "planted.h"\n', '-I', folder)
                self.assertNotEqual(done.returncode, 0)


if __name__ == '__main__':
    run()
