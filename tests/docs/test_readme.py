#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What README.md and docs/flows.md say is so: filters select, names exist, shown output is
printed, links lead somewhere."""

import os
import re
import shutil
import subprocess
import sys
import unittest

from nf9test import main, places
from nf9test.wireshark import configured
from readme import FLOWS, PAGES, README

FILTER = re.compile(r'^\| `(nf9[^`]*)` \| [^|]* \| `(\w+)` \|$', re.MULTILINE)


class Readme(unittest.TestCase):
    def test_filters(self):
        """Each selects packets of its capture, and not those of every capture."""
        filters = FILTER.findall(README.text)
        self.assertGreaterEqual(len(filters), 10)
        selected = {one: {} for one, _ in filters}
        for capture in places.ours():
            with configured().sharkd(capture) as sharkd:
                for one in selected:
                    selected[one][capture.stem] = len(sharkd('frames', filter=one))
        for one, capture in filters:
            with self.subTest(one):
                self.assertGreater(selected[one][capture], 0, capture)
                self.assertIn(0, selected[one].values())

    def test_names(self):
        known = {line.split('\t')[2] for line in
                 configured().tshark('-G', 'fields').stdout.splitlines()}
        known |= set(re.findall(r'^#?(nf9\.[\w.]+):',
                                configured().tshark('-G', 'currentprefs').stdout, re.MULTILINE))
        named = set(re.findall(r'\bnf9\.(?!so\b|pc\b|h\b)[a-z0-9_]+(?:\.[a-z0-9_]+)*',
                               README.text + FLOWS.text))
        self.assertEqual(sorted(named - known), ['nf9.udp.port'])   # of no list: tried below

    def test_options(self):
        """The options that README.md gives to tshark."""
        capture = places.CAPTURES / 'decode_as.pcap'
        for option in re.findall(r'`(-[do] \S+)`', README.text + FLOWS.text):
            with self.subTest(option):
                done = configured().tshark(*option.split(), '-Y', 'nf9', capture=capture)
                self.assertEqual(len(done.stdout.splitlines()), 2)
        done = configured().tshark('--disable-protocol', 'nf9',
                                   capture=places.CAPTURES / 'softflowd.pcap')
        self.assertIn('CFLOW', done.stdout)

    @unittest.skipIf(os.environ.get('NF9_SYSROOT'), 'no shell and Python in the sysroot')
    def test_regression_scripts(self):
        """The three examples succeed, and fail on another capture."""
        shark, names = configured(), ('captures/softflowd.pcap', 'tools/nf9-verify')
        folder = shark.host_home / 'readme'
        folder.mkdir(exist_ok=True)
        folder.chmod(0o777)
        tool = 'python3 ' + shark.inside(places.ROOT / names[1])

        def script(capture, text):
            text = text.replace(names[0], shark.inside(places.CAPTURES / capture))
            return subprocess.run(shark.command('sh', '-ec', text.replace(names[1], tool)),
                                  cwd=folder, capture_output=True, check=False).returncode

        lines = FLOWS.block_with('nf9-verify', 'sh')
        self.assertEqual(len(lines), 3)
        self.assertEqual(script('softflowd.pcap', lines[2] + ' --update'), 0)
        for line in lines:
            with self.subTest(line):
                self.assertEqual(script('softflowd.pcap', line), 0)
                self.assertEqual(script('icmp.pcap', line), 1)

    @unittest.skipIf(os.environ.get('NF9_SYSROOT'), 'no shell in the sysroot')
    def test_examples(self):
        """README's two examples, and that of the page on flows: what each of them prints."""
        filtered, rows = [self.shell(line) for line in
                          README.block_with('nf9_record_filters', 'sh')]
        self.assertEqual([line.split()[0] for line in filtered], ['1'])
        self.assertEqual(rows[0], 'src,dst,bytes')
        self.assertEqual(len(rows), 5)
        line, = FLOWS.block_with('nf9_record_filters', 'sh')
        self.assertEqual(self.shell(line), filtered)
        text, = re.findall(r'`(nf9\.flow matches ".*?")`', FLOWS.text)
        self.assertEqual(configured().frames(places.CAPTURES / 'nfreplay.pcap', text), [1])

    @staticmethod
    def shell(line):
        """The lines that a command prints."""
        shark = configured()
        capture = re.search(r'captures/(\w+\.pcap)', line)
        path = shark.inside(places.CAPTURES / capture.group(1))
        done = subprocess.run(shark.command('sh', '-ec', line.replace(capture.group(), path)),
                              capture_output=True, encoding='utf-8', check=True)
        return done.stdout.splitlines()

    def test_links(self):
        for page in PAGES:
            for target in re.findall(r'\]\(([^)#]+)\)', page.text):
                with self.subTest(target):
                    self.assertTrue((page.path.parent / target).exists(), target)

    def test_demo(self):
        """The lines of the demo, but for those left out, in their order."""
        demo = places.ROOT / 'tools' / 'lib' / 'demo.py'
        done = subprocess.run(
            [sys.executable, str(demo), '--plugin', os.environ['NF9_PLUGIN'],
             str(places.CAPTURES / 'softflowd.pcap')], capture_output=True, encoding='utf-8',
            check=True)
        printed = iter(done.stdout.splitlines())
        for line in README.block_with('frame 1  '):
            if line != '…':
                self.assertIn(line, printed)

    def test_tables(self):
        capture = places.CAPTURES / 'data_before_template.pcap'
        for name, column in (('templates', 'Refreshed'), ('exporters', 'Restarts')):
            shown = configured().tshark('-q', '-z', 'nf9,' + name, capture=capture).stdout
            self.assertEqual(shown.splitlines(), FLOWS.block_with(column))

    def test_conversations(self):
        done = configured().tshark('-q', '-z', 'conv,nf9',
                                   capture=places.CAPTURES / 'softflowd.pcap')
        for line in FLOWS.block_with(' <-> '):
            self.assertIn(line, done.stdout.splitlines())

    def test_profile(self):
        profiles = configured().host_home / '.config' / 'wireshark' / 'profiles'
        shutil.copytree(places.ROOT / 'plugin' / 'profile', profiles / 'nf9')
        command, *lines = FLOWS.block_with('tshark -C nf9')
        *arguments, reading, capture = command.split()[2:]
        self.assertEqual(reading, '-r')
        printed = iter(configured().tshark(
            *arguments, capture=places.ROOT / capture).stdout.splitlines())
        for line in lines:
            self.assertIn(line, printed)

    def test_info_and_lines(self):
        shown = ''
        for capture in ('data_before_template', 'asa_nsel', 'nbar', 'incidents'):
            path = places.CAPTURES / (capture + '.pcap')
            shown += configured().tshark('-V', '-O', 'nf9', capture=path).stdout
            shown += configured().tshark(capture=path).stdout
        for line in README.block_with('Source ID 5') + README.block_with('FlowSet 1:'):
            self.assertIn(line, shown)


if __name__ == '__main__':
    main.run()
