#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Fields that tshark's -e names, against the same tshark's tree with everything in it.

For -T fields nobody sees the tree, and nf9 adds what is named and nothing else: how it knows
differs between releases (plugin/named.c).
"""

import json
import re
import unittest
import xml.etree.ElementTree
from collections import defaultdict

from nf9test import main, pdml, places
from nf9test.wireshark import configured

FEW = places.ours('asa_nsel', 'incidents', 'mpls', 'unknown_types')
BETWEEN = '\x1f'                # of one field's values; no value holds it

# How many of a packet's fields are ours, in a tree that a script of the user's looks at.
LUA = '''
local tap = Listener.new("frame", nil, %s)
function tap.packet()
    local n = 0
    for _, field in ipairs({ all_field_infos() }) do
        if field.name:sub(1, 4) == "nf9." then n = n + 1 end
    end
    print("ours", n)
end
'''


def is_ours(name):
    return name.startswith('nf9.') or name in ('_ws.expert.message', '_ws.expert.severity')


def in_tree(capture):
    """By frame and field, every item in the whole tree; what holds other items too."""
    frames = {}
    for packet in pdml.load(configured(), capture, *options(capture)):
        found = frames[packet.frame] = defaultdict(list)
        for proto in packet.nf9:
            for item in proto.walk():
                if is_ours(item.name):
                    found[item.name].append(item)
    return frames


def options(capture):
    return places.OPTIONS.get(capture.stem, ())


def printed(capture, names, *args):
    """By frame and field, the values that -T fields prints."""
    asked = [word for name in names for word in ('-e', name)]
    done = configured().tshark(*options(capture), *args, '-Y', 'nf9', '-T', 'fields', '-E',
                               'aggregator=' + BETWEEN, '-e', 'frame.number', *asked,
                               capture=capture)
    frames = {}
    for line in done.stdout.split('\n')[:-1]:
        number, *values = line.split('\t')
        frames[int(number)] = {name: value.split(BETWEEN) if value else []
                               for name, value in zip(names, values)}
    return frames


def agree(value, item):
    """Whether a printed value is the item's: octets are digits only, what has no value of its
    own is 1, and no octets have a word of tshark's."""
    if value in (item.show, item.value) or (item.show == '' and value in ('1', '<MISSING>')):
        return True
    return pdml.text(item) == value or escaped(value) == escaped(item.show)


def escaped(text):
    """PDML has no blanks but the space; some releases double what escapes."""
    return re.sub(r'\\[ntr]|\s', ' ', text.replace('\\\\', '\\'))


class Named(unittest.TestCase):
    def same(self, capture, frames, names, *args):
        have = printed(capture, names, *args)
        self.assertEqual(sorted(have), sorted(frames))
        for number, found in frames.items():
            for name in names:
                values, items = have[number][name], found.get(name, [])
                where = '%s: frame %d, %s' % (capture.name, number, name)
                if not name.startswith('nf9.'):     # other protocols of the frame have notes too
                    self.assertEqual({item.show for item in items} - set(values), set(), where)
                    continue
                self.assertEqual(len(values), len(items), where)
                for value, item in zip(values, items):
                    self.assertTrue(agree(value, item), '%s: %r, the tree has %r (%s)' % (
                        where, value, item.show, item.value))

    def test_all_at_once(self):
        for capture in places.ours() + places.real():
            frames = in_tree(capture)
            names = sorted({name for found in frames.values() for name in found})
            if names:
                self.same(capture, frames, names)

    def test_one_by_one(self):
        for capture in FEW:
            frames = in_tree(capture)
            for name in sorted({name for found in frames.values() for name in found}):
                self.same(capture, frames, [name])

    def test_beside_other_wishes(self):
        capture = places.CAPTURES / 'softflowd.pcap'
        frames = in_tree(capture)
        for args in (('-2',), ('-2', '-R', 'nf9.in_bytes'), ('-V',), ('-P', '-z', 'nf9,tree'),
                     ('-q',)):
            if args[0] not in ('-P', '-q'):
                self.same(capture, frames, ['nf9.in_bytes', 'nf9.protocol'], *args)

    def test_other_spellings(self):
        capture = places.CAPTURES / 'softflowd.pcap'
        want = {n: found['nf9.in_bytes'] for n, found in printed(
            capture, ['nf9.in_bytes']).items()}
        lines = [','.join(values) for _, values in sorted(want.items())]
        for words in (('-Tfields', '-e', 'nf9.in_bytes'), ('-T', 'fields', '-enf9.in_bytes'),
                      ('-lT', 'fields', '-e', 'nf9.in_bytes'),
                      ('-T', 'fields', '-le', 'nf9.in_bytes'),
                      ('-T', 'fields', '-lenf9.in_bytes')):
            done = configured().tshark(*words, '-Y', 'nf9', capture=capture)
            self.assertEqual(done.stdout.splitlines(), lines, words)

    def test_other_formats(self):
        capture = places.CAPTURES / 'softflowd.pcap'
        want = [found['nf9.in_bytes'] for _, found in sorted(printed(
            capture, ['nf9.in_bytes']).items())]
        asked = ('-Y', 'nf9', '-e', 'nf9.in_bytes')
        found = json.loads(configured().tshark('-T', 'json', *asked, capture=capture).stdout)
        self.assertEqual([one['_source']['layers'].get('nf9.in_bytes', []) for one in found],
                         want)
        text = configured().tshark('-T', 'pdml', *asked, capture=capture).stdout
        tree = xml.etree.ElementTree.fromstring(text.encode())
        self.assertEqual([[one.get('value') for one in packet.findall('field')]
                          for packet in tree.iter('packet')], want)

    def test_a_protocol_keeps_its_line(self):
        done = configured().tshark('-T', 'fields', '-e', 'nf9', '-e', '_ws.expert', '-Y',
                                   'nf9 && _ws.expert',
                                   capture=places.CAPTURES / 'incidents.pcap')
        lines = [line.split('\t') for line in done.stdout.splitlines()]
        self.assertTrue(lines and all(nf9 and notes for nf9, notes in lines), lines)
        if configured().version < (4, 2):
            self.assertTrue(all(notes.startswith('Expert Info (') for _, notes in lines), lines)


    @unittest.skipIf(configured().version >= (4, 2), 'such columns have no field of that name')
    def test_a_column_of_notes(self):
        """It has what is not asked for by name: as where the tree is seen."""
        column = '-o', 'gui.column.format:"Notes","%a"'
        for capture in places.ours('times', 'overrun', 'field_lengths'):
            want = defaultdict(set)
            for packet in pdml.load(configured(), capture):
                for proto in packet.nf9:
                    want[packet.frame].update(item.show for item in proto.walk()
                                              if item.name == '_ws.expert.severity')
            done = configured().tshark(*column, '-T', 'fields', '-e', 'frame.number', '-e',
                                       '_ws.col.Notes', '-Y', 'nf9', capture=capture)
            lines = dict(line.split('\t') for line in done.stdout.splitlines())
            self.assertTrue(any(want.values()))
            for frame, severities in want.items():
                self.assertEqual(bool(lines[str(frame)]), bool(severities),
                                 (capture.name, frame))


class Unseen(unittest.TestCase):
    """How much of the tree is made: tells that the way of -T fields is the short one."""

    def ours(self, all_fields, *args):
        if 'with Lua' not in configured().tshark('--version').stdout:
            self.skipTest('this tshark runs no scripts')
        script = configured().scratch('count.lua')
        script.write_text(LUA % ('true' if all_fields else 'false'))
        done = configured().tshark('-X', 'lua_script:' + configured().inside(script), *args,
                                   capture=places.CAPTURES / 'softflowd.pcap')
        return [int(n) for n in re.findall(r'ours\s(\d+)', done.stdout)]

    @staticmethod
    def everything():
        frames = in_tree(places.CAPTURES / 'softflowd.pcap')
        return [sum(len(items) for name, items in found.items() if name.startswith('nf9.'))
                for _, found in sorted(frames.items())]

    def test_what_is_named_is_there(self):
        frames = in_tree(places.CAPTURES / 'softflowd.pcap')
        counts = [len(found['nf9.in_bytes']) for _, found in sorted(frames.items())]
        self.assertGreater(sum(counts), 0)
        for args in (('-T', 'fields'), ('-T', 'json')):
            self.assertEqual(self.ours(False, *args, '-e', 'nf9.in_bytes', '-Y', 'nf9'),
                             counts, args)

    def test_a_script_that_wants_all_gets_all(self):
        everything = self.everything()
        counts = self.ours(True, '-T', 'fields', '-e', 'nf9.in_bytes', '-Y', 'nf9')
        self.assertEqual(len(counts), len(everything))
        for n, whole in zip(counts, everything):
            self.assertGreaterEqual(n, whole)

    def test_no_name_no_short_way(self):
        self.assertEqual(self.ours(False, '-V', '-Y', 'nf9'), self.everything())


if __name__ == '__main__':
    main.run()
