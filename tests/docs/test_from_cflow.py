#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""docs/from-cflow.md: each name exists, and both dissectors show the same under the two names."""

import re
import unittest
import xml.etree.ElementTree as ElementTree

from nf9test import fields, main, pdml, places
from nf9test.wireshark import configured

PAGE = places.ROOT / 'docs' / 'from-cflow.md'
CORE_TYPES = 87
CAPTURES = ('all_fields', 'softflowd', 'pmacct', 'options_scopes', 'mpls')


def plain(show):
    return int(show, 0) if re.fullmatch(r'(0x[0-9a-f]+|0|[1-9]\d*)', show) else show.lower()


def seconds(show):
    return round(float(show) * 1000)


def octets(show):
    return int(show.replace(':', ''), 16)


def label(show):
    return int(show) & 0xfffff


# How to read what cflow shows otherwise than nf9: what the notes of the page say.
CFLOW = {'cflow.timestart': seconds, 'cflow.timeend': seconds, 'cflow.sysuptime': seconds,
         'cflow.ipv6flowlabel': label, 'cflow.appl_id.selector_id': octets,
         'cflow.scope_template': octets}
NF9 = {'nf9.scope.line_card': octets}
# cflow of 4.0 marks other octets than those of the field, or has none to mark.
ORDER_ONLY = {'cflow.timeend', 'cflow.abstimestart', 'cflow.abstimeend', 'cflow.timedelta',
              'cflow.template_frame'}
# These are of times of any type here, of types 150 to 159 there: compared where only those are.
TIMES = {'nf9.flow_start', 'nf9.flow_end', 'nf9.flow_duration'}


def rows():
    """(type or None, cflow name or None, nf9 name, note) of both tables."""
    out = []
    for line in PAGE.read_text(encoding='utf-8').splitlines():
        cells = [cell.strip() for cell in line.split('|')[1:-1]]
        if '`nf9.' in line and len(cells) == 5:
            number, name, cflow, nf9, note = cells
            out.append((int(number), name, cflow.strip('`'), nf9.strip('`'), note))
        elif '`nf9.' in line and len(cells) == 3:
            out.append((None, '', cells[0].strip('`'), cells[1].strip('`'), cells[2]))
    return [(n, name, None if cflow == 'none' else cflow, nf9, note)
            for n, name, cflow, nf9, note in out]


def shown(wireshark, capture, protocol):
    """{(frame, display field): [(place, shown)]}; the place is offset and length in the frame."""
    out = {}
    text = wireshark.tshark('-T', 'pdml', capture=places.CAPTURES / (capture + '.pcap')).stdout
    for packet in ElementTree.fromstring(text).iter('packet'):
        frame = int(packet.find("proto[@name='geninfo']/field[@name='num']").get('show'))
        for proto in packet.findall("proto[@name='%s']" % protocol):
            for item in proto.iter('field'):
                place = int(item.get('pos') or 0), int(item.get('size') or 0)
                out.setdefault((frame, item.get('name')), []).append((place, item.get('show')))
    return out


class FromCflow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = rows()
        cls.ours = {name: shown(configured(), name, 'nf9') for name in CAPTURES}
        packaged = configured().without_plugin()
        cls.theirs = {name: shown(packaged, name, 'cflow') for name in CAPTURES}

    def test_has_every_core_type_by_its_name(self):
        table = fields.load()
        numbers = {row[0] for row in self.rows if row[0] is not None}
        self.assertEqual(len(numbers), CORE_TYPES)
        for number, name, _, nf9, _ in self.rows:
            if number is not None:
                self.assertEqual(name, table[number].name)
                self.assertTrue((nf9 + '.').startswith('nf9.%s.' % table[number].filter), nf9)

    def test_names_exist(self):
        lines = configured().tshark('-G', 'fields').stdout.splitlines()
        known = {line.split('\t')[2] for line in lines if line.startswith('F\t')}
        names = set(re.findall(r'`((?:cflow|nf9)\.[\w.]+)`', PAGE.read_text(encoding='utf-8')))
        self.assertEqual(sorted(names - known), [])

    def test_values(self):
        compared, wrong = {}, []
        for capture in CAPTURES:
            for number, _, cflow, nf9, _ in self.rows:
                if cflow and not (nf9 in TIMES and capture != 'pmacct'):
                    self.compare(capture, cflow, nf9, compared, wrong)
        self.assertEqual(wrong, [])
        self.assertEqual([nf9 for _, _, cflow, nf9, _ in self.rows
                          if cflow and not compared.get(nf9)], [])
        print('%d values under %d names' % (sum(compared.values()), len(compared)))

    def compare(self, capture, cflow, nf9, compared, wrong):
        for (frame, name), values in self.ours[capture].items():
            if name != nf9:
                continue
            there = self.theirs[capture].get((frame, cflow), [])
            for index, (place, show) in enumerate(values):
                if cflow in ORDER_ONLY:
                    other = there[index][1] if index < len(there) else None
                else:
                    other = next((s for p, s in there if p == place), None)
                if other is None:
                    continue            # a record, or a scope, that cflow does not decode
                compared[nf9] = compared.get(nf9, 0) + 1
                have, want = NF9.get(nf9, plain)(show), CFLOW.get(cflow, plain)(other)
                if have != want:
                    wrong.append('%s frame %d: %s %s, %s %s' % (capture, frame, nf9, show, cflow,
                                                                other))

    def test_other_types_under_the_same_name(self):
        """What cflow shows under a core type's name is that type's, or of one in the note."""
        decoder, types = pdml.Decoder(), {}
        for (frame, name), values in self.ours['all_fields'].items():
            row = decoder.by_name.get(name)
            if row:
                types.update(((frame, place), row.type) for place, _ in values)
        for number, _, cflow, nf9, note in self.rows:
            if number is None or cflow is None or cflow == 'cflow.mpls_label':
                continue
            others = {types[frame, place]
                      for (frame, name), values in self.theirs['all_fields'].items()
                      if name == cflow for place, _ in values if (frame, place) in types}
            told = re.search(r'also of types? ([\d and]+)', note)
            want = set(map(int, re.findall(r'\d+', told.group(1)))) if told else set()
            self.assertEqual(others - {number}, want, nf9)

    def test_the_type_without_a_name(self):
        for number, _, cflow, nf9, _ in self.rows:
            if cflow is None:
                places_of = [place for (_, name), values in self.ours['all_fields'].items()
                             if name == nf9 for place, _ in values]
                named = {name for (_, name), values in self.theirs['all_fields'].items()
                         for place, _ in values if place in places_of}
                self.assertIn('cflow.unknown_field_type', named, number)


if __name__ == '__main__':
    main.run()
