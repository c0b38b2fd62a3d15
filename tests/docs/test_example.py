#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The programs in README.md build against the installed codec, and print what README.md says.

  NF9_BUILD   the build folder, NF9_CMAKE and NF9_CC its tools
"""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from nf9test import decoder, forge, main, packets, pcap, places
from readme import README


def payload(capture):
    """The first Export Packet of a capture."""
    return packets.udp(pcap.read(places.CAPTURES / capture)[0]).payload


def run_program(*command, **more):
    """What it prints on standard output."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                          **more)
    if done.returncode != 0:
        raise AssertionError('%s\n%s' % (' '.join(command), (done.stdout + done.stderr).decode()))
    return done.stdout


class Example(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """Builds them: flows, which decodes, and export, which encodes."""
        folder = tempfile.TemporaryDirectory(prefix='nf9-example-')
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        run_program(os.environ['NF9_CMAKE'], '--install', os.environ['NF9_BUILD'],
                    '--component', 'codec', '--prefix', folder.name)
        library, = cls.folder.glob('lib*/**/libnf9.so')
        flows, export = README.blocks('c')
        for name, source in (('flows', flows), ('export', export)):
            (cls.folder / (name + '.c')).write_text(source, encoding='utf-8')
            run_program(os.environ['NF9_CC'], '-std=c11', '-Wall', '-Wextra', '-Werror',
                        name + '.c', '-o', name, '-Iinclude', '-L%s' % library.parent,
                        '-Wl,-rpath,%s' % library.parent, '-lnf9', cwd=folder.name)

    def flows(self, octets):
        """The lines printed of a stream."""
        return run_program(str(self.folder / 'flows'), input=octets).decode().splitlines()

    def test_decoding(self):
        printed = self.flows(payload('softflowd.pcap'))
        shown = README.blocks()[-2].splitlines()
        self.assertEqual(printed[:len(shown)], shown)
        said, = re.findall(r'it prints (\d+) lines', README.text)
        self.assertEqual(len(printed), int(said))

    def test_encoding(self):
        packet = run_program(str(self.folder / 'export'))
        self.assertEqual(self.flows(packet), README.blocks()[-1].splitlines())
        record, = decoder.decode([pcap.Frame(1, 1, pcap.RAW, forge.datagram(packet))]).records
        self.assertEqual(record['fields'], {'8': '192.0.2.1', '12': '198.51.100.2', '4': 17,
                                            '2': 3, '1': 10000000000})


if __name__ == '__main__':
    main.run()
