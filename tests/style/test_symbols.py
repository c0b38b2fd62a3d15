# SPDX-License-Identifier: MIT
"""What the libraries export: the codec what its headers declare, the plugin what Wireshark
looks for, and nothing else."""

import os
import re
import subprocess
import unittest

from nf9test.main import run
from nf9test.places import ROOT

LIBRARY = os.environ.get('NF9_LIBRARY', '')
PLUGIN = os.environ.get('NF9_PLUGIN', '')
WANTED_OF_PLUGIN = {'plugin_version', 'plugin_want_major', 'plugin_want_minor',
                    'plugin_register', 'plugin_describe'}

# What a linker or the sanitizer adds of its own.
NOT_OURS = re.compile(r'__odr_asan.*|__asan_.*|_init|_fini|_end|_edata|__bss_start')


def exported(path):
    listed = subprocess.run(['nm', '-D', '--defined-only', path], check=True,
                            capture_output=True, encoding='utf-8').stdout
    names = {line.split()[-1].split('@')[0] for line in listed.splitlines()}
    return {name for name in names if not NOT_OURS.fullmatch(name)}


def declared():
    names = set()
    for path in [*(ROOT / 'src/include/nf9').glob('*.h'), ROOT / 'src/include/nf9/version.h.in']:
        text = re.sub(r'/\*.*?\*/', '', path.read_text(encoding='utf-8'), flags=re.DOTALL)
        names |= set(re.findall(r'^NF9_API\b[^;{(]*?\b(nf9_\w+)\s*\(', text, re.MULTILINE))
    return names


class Symbols(unittest.TestCase):
    def test_the_codec_exports_what_its_headers_declare(self):
        wanted = declared()
        self.assertIn('nf9_packet_open', wanted)
        self.assertIn('nf9_version', wanted)
        self.assertEqual(exported(LIBRARY), wanted)

    def test_the_plugin_exports_what_wireshark_looks_for(self):
        if not PLUGIN:
            self.skipTest('the plugin is not built')
        self.assertEqual(exported(PLUGIN), WANTED_OF_PLUGIN)


if __name__ == '__main__':
    run()
