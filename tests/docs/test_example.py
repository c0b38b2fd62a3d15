#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The program in README.md builds against the installed codec, and prints what README.md says.

  NF9_BUILD   the build folder, NF9_CMAKE and NF9_CC its tools
"""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import readme
from nf9test import main, packets, pcap, places


def payload(capture):
    """The first Export Packet of a capture."""
    return packets.udp(pcap.read(places.CAPTURES / capture)[0]).payload


class Example(unittest.TestCase):
    def test_builds_and_prints(self):
        source, = readme.blocks('c')
        with tempfile.TemporaryDirectory(prefix='nf9-example-') as folder:
            printed = self.build_and_run(pathlib.Path(folder), source)
        shown = readme.blocks()[-1].splitlines()
        self.assertEqual(printed[:len(shown)], shown)
        said, = re.findall(r'it prints (\d+) lines', readme.TEXT)
        self.assertEqual(len(printed), int(said))

    def run_program(self, *command, **more):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              check=False, **more)
        said = done.stdout.decode()
        self.assertEqual(done.returncode, 0, '%s\n%s' % (' '.join(command), said))
        return said

    def build_and_run(self, folder, source):
        self.run_program(os.environ['NF9_CMAKE'], '--install', os.environ['NF9_BUILD'],
                         '--component', 'codec', '--prefix', str(folder))
        library, = folder.glob('lib*/**/libnf9.so')
        (folder / 'flows.c').write_text(source, encoding='utf-8')
        self.run_program(os.environ['NF9_CC'], '-std=c11', '-Wall', '-Wextra', '-Werror',
                         'flows.c', '-o', 'flows', '-Iinclude', '-L%s' % library.parent,
                         '-Wl,-rpath,%s' % library.parent, '-lnf9', cwd=folder)
        return self.run_program(str(folder / 'flows'), input=payload('softflowd.pcap')).splitlines()


if __name__ == '__main__':
    main.run()
