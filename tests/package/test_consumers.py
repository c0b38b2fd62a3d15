# SPDX-License-Identifier: MIT
"""A program that uses every public header, against an installed codec: by pkg-config and by the
CMake package, shared and static, in C11 and in C++17, by each compiler that is here.

  NF9_BUILD     the build folder, NF9_CMAKE its tool, NF9_VERSION the project's version
"""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from nf9test.main import run
from nf9test.places import ROOT

BUILD, CMAKE = os.environ.get('NF9_BUILD', ''), os.environ.get('NF9_CMAKE', '')
VERSION = os.environ.get('NF9_VERSION', '')
CONSUMER = Path(__file__).resolve().parent / 'consumer'
STRICT = ('-Wall', '-Wextra', '-Wpedantic', '-Wshadow', '-Wconversion', '-Werror')
COMPILERS = (('gcc', 'g++'), ('clang', 'clang++'))
PRINTED = """version: {0} {0}
field: in_bytes
encode: 16 octets
track: sequence 0, 0 lost
flow: 192.0.2.1 -> 198.51.100.1 1500 bytes
value: IN_BYTES is 1500
flow: 192.0.2.1 -> 198.51.100.2 5000000000 bytes
value: IN_BYTES is 5000000000
base: no more
rows: 3 numbers, the last 1500
rows: 3 numbers, the last 5000000000
pending: 0 FlowSets
collector: 2 records
packet: 2 FlowSets
packer: next is 1
cache: 1 definition
""".format(VERSION)


def command(*words, **more):
    """What a program prints; it must end well."""
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding='utf-8', errors='replace', check=False, **more)
    if done.returncode != 0:
        raise AssertionError('%s\n%s' % (' '.join(map(str, words)), done.stdout))
    return done.stdout


def unused(headers, text):
    """The headers of a folder of which a source calls nothing."""
    found = []
    for path in sorted(headers.glob('*.h')):
        declared = re.findall(r'^NF9_API\b[^;{(]*?\b(nf9_\w+)\s*\(',
                              path.read_text(encoding='utf-8'), re.MULTILINE)
        called = any(re.search(r'\b%s\(' % name, text) for name in declared)
        if not called and not (path.name == 'nf9.h' and '#include <nf9/nf9.h>' in text):
            found.append(path.name)
    return found


class Consumers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix='nf9-package-')
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.prefix = cls.folder / 'prefix'
        command(CMAKE, '--install', BUILD, '--component', 'codec', '--prefix', str(cls.prefix))
        library, = cls.prefix.glob('lib*/**/libnf9.so')
        cls.libraries = library.parent
        cls.source = (CONSUMER / 'consumer.c').read_text(encoding='utf-8')

    def compilers(self):
        """(C, C++) pairs that are here."""
        found = [pair for pair in COMPILERS if all(map(shutil.which, pair))]
        if not found:
            self.skipTest('neither gcc and g++ nor clang and clang++ is installed')
        return found

    def check(self, program, shared):
        printed = command(str(program), env={'LD_LIBRARY_PATH': str(self.libraries)})
        self.assertEqual(printed, PRINTED)
        needed = 'Shared library: [libnf9.so.' in command('readelf', '-d', str(program))
        self.assertEqual(needed, shared)

    def test_it_calls_something_of_every_header(self):
        headers = self.prefix / 'include' / 'nf9'
        self.assertTrue((headers / 'version.h').is_file())
        self.assertEqual(unused(headers, self.source), [])
        whole = (headers / 'nf9.h').read_text(encoding='utf-8')
        self.assertEqual(sorted(re.findall(r'#include <nf9/(\w+\.h)>', whole)),
                         sorted({path.name for path in headers.glob('*.h')} - {'nf9.h'}))

    def test_a_header_without_a_call_is_found(self):
        headers = self.folder / 'planted'
        shutil.copytree(self.prefix / 'include' / 'nf9', headers)
        (headers / 'planted.h').write_text('NF9_API int nf9_planted(void);\n', encoding='utf-8')
        self.assertEqual(unused(headers, self.source), ['planted.h'])
        self.assertIn('track.h', unused(headers, self.source.replace('nf9_track(', 'other(')))

    @unittest.skipUnless(shutil.which('pkg-config'), 'pkg-config is not installed')
    def test_pkg_config(self):
        env = {**os.environ, 'PKG_CONFIG_PATH': str(self.libraries / 'pkgconfig')}
        self.assertEqual(command('pkg-config', '--modversion', 'nf9', env=env).strip(), VERSION)
        flags = command('pkg-config', '--cflags', 'nf9', env=env).split()
        libs = command('pkg-config', '--libs', 'nf9', env=env).split()
        number = 0
        for pair in self.compilers():
            for compiler, language in zip(pair, (('-x', 'c', '-std=c11'),
                                                 ('-x', 'c++', '-std=c++17'))):
                for shared in (True, False):
                    with self.subTest(compiler=compiler, shared=shared):
                        program = self.folder / ('%s-%d' % (compiler, shared))
                        link = libs if shared else ['-Wl,-Bstatic', *libs, '-Wl,-Bdynamic']
                        command(compiler, *language, *STRICT, *flags, CONSUMER / 'consumer.c',
                                '-x', 'none', '-o', program, *link)
                        self.check(program, shared)
                        number += 1
        print('pkg-config: %d programs' % number)

    def test_cmake_package(self):
        number = 0
        for pair in self.compilers():
            build = self.folder / ('cmake-' + pair[0])
            command(CMAKE, '-S', CONSUMER, '-B', build, '-DCMAKE_PREFIX_PATH=%s' % self.prefix,
                    '-DCMAKE_C_COMPILER=' + pair[0], '-DCMAKE_CXX_COMPILER=' + pair[1],
                    '-DCMAKE_C_STANDARD=11', '-DCMAKE_CXX_STANDARD=17',
                    '-DCMAKE_C_EXTENSIONS=OFF', '-DCMAKE_CXX_EXTENSIONS=OFF',
                    '-DCMAKE_C_FLAGS=' + ' '.join(STRICT), '-DCMAKE_CXX_FLAGS=' + ' '.join(STRICT))
            command(CMAKE, '--build', build)
            for language in ('c', 'cxx'):
                for kind in ('shared', 'static'):
                    with self.subTest(compiler=pair[0], language=language, kind=kind):
                        self.check(build / ('%s_%s' % (language, kind)), kind == 'shared')
                        number += 1
        print('CMake package: %d programs' % number)

    def test_the_examples_alone(self):
        for pair in self.compilers():
            build = self.folder / ('examples-' + pair[0])
            command(CMAKE, '-S', ROOT / 'examples', '-B', build,
                    '-DCMAKE_PREFIX_PATH=%s' % self.prefix, '-DCMAKE_C_COMPILER=' + pair[0],
                    '-DCMAKE_C_FLAGS=' + ' '.join(STRICT))
            command(CMAKE, '--build', build)
            sources = [path.stem for path in (ROOT / 'examples').glob('*.c')]
            self.assertTrue(sources)
            for name in sources:
                self.assertTrue((build / name).is_file(), name)

    def test_the_shared_library(self):
        """Its names in the folder, its SONAME, and that it exports nothing but nf9_*."""
        major = VERSION.split('.', maxsplit=1)[0]
        soname = 'libnf9.so.' + major
        self.assertEqual(sorted(path.name for path in self.libraries.glob('libnf9.so*')),
                         ['libnf9.so', soname, 'libnf9.so.' + VERSION])
        for name in ('libnf9.so', soname):
            self.assertTrue((self.libraries / name).is_symlink(), name)
        library = str(self.libraries / soname)
        self.assertIn('soname: [%s]' % soname, command('readelf', '-d', library))
        exported = {line.split()[-1] for line in
                    command('nm', '-D', '--defined-only', library).splitlines()}
        self.assertIn('nf9_packet_open', exported)
        self.assertEqual([name for name in exported if not name.startswith('nf9_')], [])


if __name__ == '__main__':
    run()
