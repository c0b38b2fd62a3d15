#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""docs/fields.md is what tools/make-field-reference writes, and says what tshark registers."""

import os
import re
import subprocess
import sys
import unittest

from nf9test import main, places
from nf9test.wireshark import configured

TOOL = places.ROOT / 'tools' / 'make-field-reference'
PAGE = places.ROOT / 'docs' / 'fields.md'


def named_in(page):
    """{display field: display type} of all tables, '' for an expert info."""
    found, holders, head = {}, [], []
    for line in page.splitlines():
        cells = [cell.strip().strip('`') for cell in re.split(r'(?<!\\)\|', line)[1:-1]]
        if line.startswith('Of `'):
            holders = re.findall(r'`([^`]+)`', line)
        elif cells and cells[0] in ('Display field', 'Type', 'Scope type', 'Part'):
            head = cells
        elif not cells:
            head = []
        elif head and cells[0] != '---':
            row = dict(zip(head, cells))
            if 'Part' in row:
                names = [holder + row['Part'] for holder in holders]
            else:
                names = [row['Display field']]
            found.update((name, row.get('Display type', '')) for name in names)
    return found


class FieldReference(unittest.TestCase):
    def test_is_fresh(self):
        done = subprocess.run([sys.executable, str(TOOL), '--check'], capture_output=True,
                              encoding='utf-8', check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ''))

    @unittest.skipUnless(os.environ.get('NF9_PLUGIN'), 'the plugin was not built')
    def test_is_what_tshark_registers(self):
        lines = configured().tshark('-G', 'fields').stdout.splitlines()
        rows = (line.split('\t') for line in lines if '\tnf9.' in line)
        have = {row[2]: row[3] for row in rows if row[0] == 'F'}
        want = named_in(PAGE.read_text(encoding='utf-8'))
        self.assertEqual(sorted(have), sorted(want))
        wrong = {name: (ft, have[name]) for name, ft in want.items() if ft not in ('', have[name])}
        self.assertEqual(wrong, {})
        print('%d display fields' % len(have))


if __name__ == '__main__':
    main.run()
