#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The configuration profile: its columns, colouring rules and buttons, and where it is found."""

import csv
import os
import pathlib
import re
import shutil
import struct
import subprocess
import unittest

from nf9test import forge, main, packets, pcap, places
from nf9test.wireshark import Wireshark, configured

PROFILE = places.ROOT / 'plugin' / 'profile'
INCIDENTS = places.CAPTURES / 'incidents.pcap'

# The frames that show each rule: capture, options, frames.
COLOURS = {
    'NetFlow v9 in an ICMP error': ('icmp_error', (), [2, 4, 5, 7]),
    'NetFlow v9 malformed': ('incidents', (), [13]),
    'NetFlow v9 undecoded': ('incidents', (), [11]),
    'NetFlow v9 lost': ('incidents', (), [4]),
    'NetFlow v9 redefinition': ('incidents', (), [10]),
    'NetFlow v9 restart': ('incidents', (), [14]),
    'NetFlow v9 out of order': ('incidents', (), [7, 9]),
    'NetFlow v9 template from elsewhere': ('data_before_template', ('-2',), [1]),
    'NetFlow v9 template': ('incidents', (), [1, 2, 5]),
    'NetFlow v9': ('incidents', (), [3, 6, 8, 12, 15]),
}
# The frames of incidents.pcap that each button leaves.
BUTTONS = {
    'Problems': [4, 10, 11, 13],
    'Undecoded': [11],
    'Lost': [4],
    'Redefined': [10],
    'More//Restarts': [14],
    'More//Out of order': [7, 9],
    'More//Templates': [1, 2, 5, 10, 14],
    'More//Options': [5],
    'More//Flows': [1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 13, 14, 15],
}
FLOWS = [2, 1, 3, 2, 0, 1, 2, 3, 3, 1, 0, 2, 1, 1, 3]           # of its packets
OPTIONS = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]


def lines(name):
    return [line for line in (PROFILE / name).read_text(encoding='utf-8').splitlines()
            if not line.startswith('#')]


def rules():
    """Name and filter of each colouring rule, in their order."""
    return [re.fullmatch(r'@([^@]+)@(.+)@(\[\d+,\d+,\d+\]){2}', line).groups()[:2]
            for line in lines('colorfilters')]


def buttons():
    """Label and filter of each button."""
    found = list(csv.reader(lines('dfilter_buttons')))
    assert all(len(row) == 4 and row[0] == 'TRUE' and row[3] for row in found), found
    return [row[1:3] for row in found]


def borrowed():
    """A capture whose second packet has its template from another port of the exporter."""
    data = (256, bytes((10, 0, 0, 1)))
    return forge.write(configured().scratch('borrowed.pcap'), [
        forge.datagram(forge.v9(forge.template(256, (8, 4)), data, count=2)),
        forge.datagram(forge.v9(data), sport=40001)])


class Profile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shark = configured()
        shutil.copytree(PROFILE, cls.shark.host_home / '.config/wireshark/profiles/nf9')

    def test_columns(self):
        """Exporter, Source ID, sequence and flows as the octets have them."""
        printed = self.shark.tshark('-C', 'nf9', capture=INCIDENTS)
        self.assertEqual(printed.stderr, '')
        frames = pcap.read(INCIDENTS)
        shown = printed.stdout.splitlines()
        self.assertEqual(len(shown), len(frames))
        for line, frame, flows in zip(shown, frames, FLOWS):
            datagram = packets.udp(frame)
            sequence, source = struct.unpack('>II', datagram.payload[12:20])
            self.assertRegex(line, r'^ *%d +\d+\.000000 +%s → 198\.51\.100\.1 NetFlow v9 %d %d %d '
                             r'(\[.*\] )?Source ID' % (frame.number, re.escape(datagram.src),
                                                      source, sequence, flows))

    def test_widths(self):
        """Each column has one."""
        columns = re.findall(r'"[^"]+", "(%[^"]+)"', '\n'.join(lines('preferences')))
        width, = [line for line in lines('recent') if line.startswith('column.width: ')]
        words = width[len('column.width: '):].split(', ')
        self.assertEqual(words[::2], columns)
        self.assertTrue(all(word.isdigit() for word in words[1::2]), words)

    def test_counts(self):
        for field, want in (('nf9.flow_count', FLOWS), ('nf9.options_count', OPTIONS)):
            done = self.shark.tshark('-T', 'fields', '-e', field, capture=INCIDENTS)
            self.assertEqual([int(word) for word in done.stdout.split()], want)
        shown = self.shark.tshark('-V', '-O', 'nf9', capture=INCIDENTS).stdout
        self.assertNotRegex(shown, r'\n    (Flows|Options):')        # hidden

    def test_colours(self):
        """The rule that won, of each packet."""
        self.assertEqual([name for name, _ in rules()], list(COLOURS))
        coloured = {}
        for name, (capture, options, frames) in COLOURS.items():
            with self.subTest(name):
                if (capture, options) not in coloured:
                    coloured[capture, options] = self.coloured(capture, options)
                self.assertEqual([number for number, rule in
                                  enumerate(coloured[capture, options], 1) if rule == name],
                                 frames)

    def coloured(self, capture, options):
        done = self.shark.tshark(*options, '-C', 'nf9', '--color', '-T', 'fields', '-e',
                                 'frame.coloring_rule.name',
                                 capture=places.CAPTURES / (capture + '.pcap'))
        self.assertEqual(done.stderr, '')
        return done.stdout.splitlines()

    def test_every_warning_has_a_colour(self):
        warnings = re.findall(r'^    X\((\w+), \w+, (?:ERROR|WARN),',
                              (PROFILE.parent / 'report.h').read_text(encoding='utf-8'),
                              re.MULTILINE)
        self.assertGreater(len(warnings), 9)
        named = re.findall(r'nf9\.expert\.(\w+)', ' '.join(text for _, text in rules()))
        self.assertEqual([name for name in warnings if name not in named], [])
        self.assertEqual(len(named), len(set(named)))

    def test_buttons(self):
        self.assertEqual([label for label, _ in buttons()], list(BUTTONS))
        for label, text in buttons():
            with self.subTest(label):
                self.assertEqual(self.shark.frames(INCIDENTS, text), BUTTONS[label])

    def test_every_part_of_a_filter(self):
        """Each that is joined by "or" selects something somewhere, on a second look."""
        parts = {part for _, text in rules() + buttons()
                 for part in ([text] if '(' in text else text.split(' || '))}
        self.assertGreater(len(parts), 15)
        for capture in [*places.ours(), borrowed()]:
            with self.shark.sharkd(capture) as sharkd:
                parts -= {part for part in parts if sharkd('frames', filter=part)}
        self.assertEqual(parts, {'nf9.expert.limit'})
        self.assertEqual(self.shark.frames(INCIDENTS, parts.pop(), '-o', 'nf9.max_templates:2'),
                         [10, 14])


@unittest.skipUnless(os.environ.get('NF9_BUILD'), 'no build to install from')
class Installed(unittest.TestCase):
    def test_global_profile(self):
        """cmake --install puts it where this tshark looks; its first use makes a copy."""
        shark = Wireshark()                     # a home that nothing was put into
        shark.host_home.joinpath('.config/wireshark').chmod(0o777)
        folder = shark.scratch('root')
        subprocess.run([os.environ['NF9_CMAKE'], '--install', os.environ['NF9_BUILD'],
                        '--component', 'profile'], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, 'DESTDIR': str(folder)})
        told = shark.tshark('-G', 'folders').stdout
        data = re.search(r'^Global configuration:\s+/(.*)', told, re.MULTILINE).group(1)
        self.assertEqual(sorted(path.relative_to(folder / data) for path in folder.rglob('*')
                                if path.is_file()),
                         sorted(pathlib.Path('profiles', 'nf9', path.name)
                                for path in PROFILE.iterdir()))
        done = subprocess.run(
            shark.command('env', 'WIRESHARK_DATA_DIR=%s' % (folder / data), 'tshark', '-n', '-C',
                          'nf9', '-r', shark.inside(INCIDENTS)),
            capture_output=True, encoding='utf-8', check=True, cwd='/')
        self.assertIn(' NetFlow v9 7 19 2 [16 packets lost] ', done.stdout)
        copy = shark.host_home / '.config/wireshark/profiles/nf9'
        for path in PROFILE.iterdir():
            self.assertEqual((copy / path.name).read_bytes(), path.read_bytes())


if __name__ == '__main__':
    main.run()
