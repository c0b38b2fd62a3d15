#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tshark -z nf9,templates and nf9,exporters, against a count in Python; and wrong uses."""

import json
import os
import random
import struct
import unittest

from nf9test import forge, main, places, tables
from nf9test.over import OverCapturesTwice
from nf9test.tables import run, text_rows
from nf9test.wireshark import configured

REDEFINITION = places.CAPTURES / 'redefinition.pcap'
NAMES = ('templates', 'exporters')

# Captures that were put together from several: what the tracker makes of their headers.
PUT_TOGETHER = {
    'fluent_mpls': {'reordered': 1},            # the sequence is set back by millions: once
    'graylog_nprobe_2': {'reordered': 1},       # a packet of an earlier boot
    'logstash_macaddr': {'lost': 0},            # a gap of one at the end may be reordering yet
    'logstash_ubnt_edgerouter': {'lost': 162},  # an earlier boot: what was missing does not come
}


def json_rows(capture, name, before=()):
    return [json.loads(line) for line in
            run(capture, 'nf9,%s,json' % name, before=before).stdout.splitlines()]


def same(have, want):
    if isinstance(want, float):
        return abs(have - want) <= 2e-9 * max(1, abs(want))
    return have == want


def differences(have, want):
    """What is not the same in two lists of rows."""
    found = [] if len(have) == len(want) else ['%d rows, expected %d' % (len(have), len(want))]
    for row, expected in zip(have, want):
        found += ['%s: %r' % (list(expected), row)] if list(row) != list(expected) else []
        found += ['%s %s: %r, expected %r' % (list(expected.values())[:3], key, row.get(key), one)
                  for key, one in expected.items() if not same(row.get(key), one)]
    return found


def v9(*flowsets, at=0, booted=0, sequence=1, source=0):
    """An Export Packet `at` seconds by a clock that began `booted` seconds after START."""
    packet = bytearray(forge.v9(*flowsets, sequence=sequence, source=source))
    struct.pack_into('>II', packet, 4, (at - booted) * 1000 + 10000, forge.START + at)
    return bytes(packet)


def data(number, octets):
    return number, bytes(octets)


ONE = forge.template(256, (1, 4))
OTHER = forge.template(256, (2, 4), (1, 4))


class Captures(OverCapturesTwice, unittest.TestCase):
    """Both tables, as text and as JSON lines, of every capture."""

    def outputs(self, path, passes, ports):
        out = configured().host_home / 'out'
        out.mkdir(exist_ok=True)
        out.chmod(0o777)
        taps = ['nf9,%s%s,to=%s/out/%s%s' % (name, option, configured().home, name, suffix)
                for name in NAMES for option, suffix in (('', ''), (',json', '.json'))]
        options = [word for port in ports for word in ('-d', 'udp.port==%d,nf9' % port)]
        done = run(path, *taps, before=(*passes, *options))
        self.assertEqual(done.stdout, '')
        return {name: ((out / name).read_text(encoding='utf-8'),
                       [json.loads(line) for line in
                        (out / (name + '.json')).read_text(encoding='utf-8').splitlines()])
                for name in NAMES}

    def each(self, captures, *passes):
        n = 0
        for path in captures:
            expected = tables.Tables(path, second_look=bool(passes))
            wanted = {'templates': expected.templates(), 'exporters': expected.exporters()}
            wanted['exporters'] = [{**row, **PUT_TOGETHER.get(path.stem, {})}
                                   for row in wanted['exporters']]
            shown = self.outputs(path, passes, expected.ports - places.PORTS)
            for name, titles, cells in (
                    ('templates', tables.TEMPLATES, tables.template_cells),
                    ('exporters', tables.EXPORTERS, tables.exporter_cells)):
                with self.subTest(path.name, table=name):
                    text, rows = shown[name]
                    self.assertEqual(differences(rows, wanted[name]), [])
                    self.assertEqual(text, tables.layout(titles, [cells(row) for row in
                                                                  wanted[name]]))
                    n += len(rows)
        print('%d captures, %d rows %s' % (len(captures), n, ' '.join(passes)))
        self.assertGreater(n, len(captures))

    def test_random(self):
        """Restarts, redefinitions, data before and without templates, three exporters."""
        rng = random.Random(9)
        for n in range(6):
            path = forge.write(configured().scratch('random%d.pcap' % n),
                               list(self.packets(rng)))
            for passes in ((), ('-2',)):
                with self.subTest(n, passes=passes):
                    expected = tables.Tables(path, second_look=bool(passes))
                    self.assertEqual(differences(json_rows(path, 'templates', passes),
                                                 expected.templates()), [])
                    self.assertEqual(differences(json_rows(path, 'exporters', passes),
                                                 expected.exporters()), [])

    @staticmethod
    def packets(rng):
        sequence, booted = {}, {}
        for at in range(120):
            source = rng.choice((('192.0.2.1', 0), ('192.0.2.1', 7), ('192.0.2.20', 0)))
            if rng.random() < 0.05:
                booted[source], sequence[source] = at, 0
            sequence[source] = sequence.get(source, 0) + 1
            flowsets = []
            for _ in range(rng.randint(1, 3)):
                number = rng.randint(256, 261)
                if rng.random() < 0.3:
                    fields = [(1, 4), (2, 4), (8, 4)][:rng.randint(1, 3)]
                    flowsets.append(forge.template(number, *fields))
                else:
                    flowsets.append(data(number, 24))
            yield forge.datagram(v9(*flowsets, at=at, booted=booted.get(source, 0),
                                    sequence=sequence[source], source=source[1]),
                                 src=source[0])


class ByHand(unittest.TestCase):
    def write(self, *payloads, **ends):
        return forge.write(configured().scratch('tables.pcap'),
                           [one if isinstance(one, bytes) and one[0] >> 4 in (4, 6)
                            else forge.datagram(one, **ends) for one in payloads])

    def both(self, path, name):
        """The rows of the table, which are the same on the first pass and the second."""
        rows = text_rows(path, name)
        self.assertEqual(text_rows(path, name, before=('-2',)), rows)
        return rows

    def test_refreshed_and_redefined(self):
        path = self.write(v9(ONE), v9(ONE, sequence=2, at=1), v9(ONE, sequence=3, at=2),
                          v9(OTHER, data(256, 16), sequence=4), v9(ONE, sequence=5))
        line = ['192.0.2.1', '0', '256', 'data']
        self.assertEqual(self.both(path, 'templates'), [
            line + ['1', '4', '1', '2', '0.001', '4', '0', 'never used'],
            line + ['2', '8', '4', '0', '-', '5', '2'],
            line + ['1', '4', '5', '0', '-', '-', '0', 'never used']])
        # two times 1 ms between announcements of the same
        self.assertEqual(self.both(path, 'exporters')[0][-1], '0.001')

    def test_redefined_within_a_flowset(self):
        twice = 0, ONE[1] + OTHER[1]
        path = self.write(v9(twice, data(256, 16)))
        line = ['192.0.2.1', '0', '256', 'data']
        self.assertEqual(self.both(path, 'templates'), [
            line + ['1', '4', '1', '0', '-', '1', '0', 'never used'],
            line + ['2', '8', '1', '0', '-', '-', '2']])

    def test_restart(self):
        """What was defined before is void, and another definition does not replace it."""
        path = self.write(v9(ONE, data(256, 8), at=5), v9(data(256, 4), at=60, booted=60),
                          v9(OTHER, at=61, booted=60, sequence=2),
                          v9(data(256, 8), at=62, booted=60, sequence=3))
        line = ['192.0.2.1', '0', '256', 'data']
        self.assertEqual(text_rows(path, 'templates'), [
            line + ['1', '4', '1', '0', '-', '-', '2'],
            line + ['2', '8', '3', '0', '-', '-', '1',
                    '1 FlowSet (4 octets) came before it; use -2']])
        self.assertEqual(text_rows(path, 'exporters'), [
            ['192.0.2.1', '0', '4', '3', '0', '0', '0', '0', '1', '1', '0.000', '0.003',
             '2024-01-02 03:04:55.000', '-']])

    def test_a_second_look_does_not_decode_across_a_restart(self):
        path = self.write(v9(data(256, 4), at=5), v9(ONE, at=60, booted=60))
        self.assertEqual(self.both(path, 'templates'), [
            ['192.0.2.1', '0', '256', 'data', '1', '4', '2', '0', '-', '-', '0', 'never used'],
            ['192.0.2.1', '0', '256', '-', '-', '-', 'never', '-', '-', '-', '-',
             '1 FlowSet (4 octets) undecoded']])

    def test_sequence(self):
        """3 and 4 are lost, 6 comes twice, 8 behind 9."""
        numbers = (1, 2, 5, 6, 6, 7, 9, 8, 10, 11, 12)
        path = self.write(v9(ONE, sequence=1), *[v9(data(256, 4), sequence=n)
                                                 for n in numbers[1:]])
        self.assertEqual(self.both(path, 'exporters'), [
            ['192.0.2.1', '0', '11', '10', '0', '2', '1', '1', '0', '0', '0.000', '0.010',
             '2024-01-02 03:03:55.000', '-']])

    def test_late_but_not_lost(self):
        """What comes later than it was waited for is no loss in the end."""
        for late, before in ((3, 1), (8, 1), (4, 4)):
            numbers = list(range(1, 30))
            moved = [numbers.pop(10) for _ in range(before)]
            numbers[10 + late:10 + late] = moved
            path = self.write(*[v9(ONE, sequence=n) for n in numbers])
            with self.subTest(late=late, before=before):
                row, = json_rows(path, 'exporters')
                self.assertEqual((row['packets'], row['lost'], row['reordered']), (29, 0, before))
                said = run(path, 'expert').stdout
                self.assertEqual(said.count('The packet comes late: it was called lost'), 1)

    def test_without_the_packet_that_said_lost(self):
        path = self.write(*[v9(ONE, sequence=n) for n in (1, 6, 4, 7)])
        row, = json_rows(path, 'exporters', before=('-2', '-R', 'nf9.sequence != 6'))
        self.assertEqual((row['packets'], row['lost'], row['reordered']), (3, 0, 1))

    def test_a_sequence_of_records(self):
        """Steps of two records a packet; then four records are missing."""
        numbers = (0, 2, 4, 6, 8, 14)
        path = self.write(*[v9(ONE, data(256, 8), sequence=n, at=n) for n in numbers])
        row, = self.both(path, 'exporters')
        self.assertEqual(row[2:6], ['6', '12', '0', '4 records'])
        row, = json_rows(path, 'exporters')
        self.assertEqual((row['lost'], row['lost_unit']), (4, 'records'))

    def test_options_and_lengths(self):
        options = 1, struct.pack('>HHHHHHHHH', 300, 4, 8, 1, 4, 34, 4, 82, 65535)
        path = self.write(v9(options, (300, bytes(8) + b'\2ab' + bytes(8) + b'\0')))
        self.assertEqual(self.both(path, 'templates'), [
            ['192.0.2.1', '0', '300', 'options', '1+2', '9+', '1', '0', '-', '-', '2']])
        self.assertEqual(json_rows(path, 'templates'), [
            {'exporter': '192.0.2.1', 'source_id': 0, 'id': 300, 'kind': 'options', 'scopes': 1,
             'fields': 2, 'octets': 9, 'variable': True, 'defined': 1, 'refreshed': 0,
             'records': 2}])

    def test_never_announced(self):
        path = self.write(*[v9(data(300, 420), sequence=n) for n in range(12)],
                          src='203.0.113.9')
        self.assertEqual(self.both(path, 'templates'), [
            ['203.0.113.9', '0', '300', '-', '-', '-', 'never', '-', '-', '-', '-',
             '12 FlowSets (5040 octets) undecoded']])
        row, = self.both(path, 'exporters')
        self.assertEqual(row[9], '12')

    def test_borrowed(self):
        """Data over another port counts for the definition that it is read by."""
        path = self.write(v9(ONE), forge.datagram(v9(data(256, 12)), sport=40001))
        row, = self.both(path, 'templates')
        self.assertEqual(row[4:], ['1', '4', '1', '0', '-', '-', '3'])
        row, = self.both(path, 'exporters')
        self.assertEqual(row[:4], ['192.0.2.1', '0', '2', '3'])

    def test_borrowed_later(self):
        """Data that a second look reads by what is announced later over another port."""
        path = self.write(v9(data(256, 12)), forge.datagram(v9(ONE), sport=40001))
        row, = text_rows(path, 'templates')
        self.assertEqual(row[4:], ['1', '4', '2', '0', '-', '-', '0',
                                   '1 FlowSet (12 octets) came before it; use -2'])
        row, = text_rows(path, 'templates', before=('-2',))
        self.assertEqual(row[4:], ['1', '4', '2', '0', '-', '-', '3'])

    def test_a_definition_that_is_not_stored(self):
        path = self.write(v9(OTHER, data(256, 8)))
        before = '-o', 'nf9.max_fields:1'
        self.assertEqual(text_rows(path, 'templates', before=before), [
            ['192.0.2.1', '0', '256', '-', '-', '-', 'never', '-', '-', '-', '-',
             '1 FlowSet (8 octets) undecoded']])

    def test_order(self):
        """By address, Source ID and ID, as numbers."""
        path = self.write(*[forge.datagram(v9(forge.template(number, (1, 4)), source=source),
                                           src=src, dst=dst)
                            for src, dst, source, number in (
                                ('2001:db8::1', '2001:db8::2', 0, 256),
                                ('192.0.2.10', '192.0.2.1', 0, 256),
                                ('192.0.2.9', '192.0.2.1', 10, 256),
                                ('192.0.2.9', '192.0.2.1', 9, 1000),
                                ('192.0.2.9', '192.0.2.1', 9, 257))])
        self.assertEqual([row[:3] for row in self.both(path, 'templates')],
                         [['192.0.2.9', '9', '257'], ['192.0.2.9', '9', '1000'],
                          ['192.0.2.9', '10', '256'], ['192.0.2.10', '0', '256'],
                          ['2001:db8::1', '0', '256']])

    def test_nothing(self):
        """The titles alone; also of a packet that is too short to say its Source ID."""
        path = self.write(struct.pack('>HHI', 9, 0, 0))
        done = run(path, 'nf9,templates')
        self.assertEqual(done.stdout, '  '.join(tables.TEMPLATES) + '\n')
        self.assertEqual(run(path, 'nf9,exporters').stdout, '  '.join(tables.EXPORTERS) + '\n')
        self.assertEqual(run(path, 'nf9,exporters,json', 'nf9,templates,json').stdout, '')

    @unittest.skipIf(os.environ.get('NF9_PRELOAD'), 'takes too long under the sanitizers')
    def test_too_many_rows(self):
        """64 packets with 16,000 IDs each."""
        path = self.write(*[v9(*[data(number, 0) for number in range(256, 16256)], source=n)
                            for n in range(64)])
        done = run(path, 'nf9,templates')
        self.assertEqual(done.stdout.count('\n'), 1000001)
        self.assertEqual(done.stderr, 'nf9: -z nf9,templates has no room for more rows; others '
                                      'are left out\n')

    def test_packets_are_selected_by_r(self):
        rows = text_rows(REDEFINITION, 'templates', before=('-2', '-R', 'nf9.sequence >= 4'))
        self.assertEqual([row[4] for row in rows], ['2', '1', '1+1', '1'])
        self.assertEqual(len(text_rows(REDEFINITION, 'templates', before=('-Y', 'udp'))), 5)


class Examples(unittest.TestCase):
    """The rows that the tables were designed by."""

    TEMPLATES = {
        'bitkeks_softflowd': (
            '192.0.2.86 0 1024 data 14 40 1 0 - - 44',
            '192.0.2.86 0 2048 data 14 64 1 0 - - 0  never used'),
        'logstash_nbar_opt260': ('192.0.2.25 0 260 options 1+3 87 1 0 - - 15',),
        'graylog_nprobe_4': (
            '172.17.0.5 210 257 data 18 53 3 0 - - 1  2 FlowSets (744 octets) came before it; '
            'use -2',),
    }
    EXPORTERS = {
        'akvorado_main': '192.0.2.54 0 4 4 4 143 0 0 0 0 0.000 3.001 2022-03-03 20:56:15.406 -',
        'bitkeks_softflowd': '192.0.2.86 0 4 44 0 0 0 0 0 0 0.000 0.003 2019-03-30 11:40:07.997 -',
    }

    @unittest.skipUnless(places.real(), '../shared/real-captures is not here')
    def test_templates(self):
        for name, wanted in self.TEMPLATES.items():
            rows = text_rows(places.REAL / (name + '.pcap'), 'templates')
            shown = [' '.join(row[:11]) + ''.join('  ' + note for note in row[11:])
                     for row in rows]
            self.assertEqual(shown[:len(wanted)], list(wanted))

    @unittest.skipUnless(places.real(), '../shared/real-captures is not here')
    def test_exporters(self):
        for name, wanted in self.EXPORTERS.items():
            row, = text_rows(places.REAL / (name + '.pcap'), 'exporters')
            self.assertEqual(' '.join(row), wanted)


class WrongUses(unittest.TestCase):
    def line(self, name, text, *options):
        done = run(REDEFINITION, ','.join(('nf9,' + name,) + options), check=False)
        self.assertEqual((done.returncode, done.stdout, done.stderr),
                         (1, '', 'tshark: -z nf9,%s: %s\n' % (name, text)))

    def test_words(self):
        for name in NAMES:
            for word in ('jsn', 'csv', 'JSON', 'ip', 'json=1', ''):
                self.line(name, '"%s" is no option; accepted are json and to=FILE' % word, word)
            self.line(name, '"" is no option; accepted are json and to=FILE', 'json', '')

    def test_twice(self):
        for name in NAMES:
            for word in ('json', 'to=/tmp/x'):
                self.line(name, '"%s": the option is there twice' % word, word, word)

    def test_to(self):
        for name in NAMES:
            self.line(name, 'to= needs the name of a file', 'to=')
            self.line(name, 'cannot write /nonexistent/x: No such file or directory',
                      'to=/nonexistent/x')
            self.line(name, 'cannot write /: Is a directory', 'json', 'to=/')

    @unittest.skipIf(os.environ.get('NF9_SYSROOT'), 'an unpacked Wireshark has no /dev/full')
    def test_no_space(self):
        for name in NAMES:
            self.line(name, 'cannot write /dev/full: No space left on device', 'to=/dev/full')

    def test_another_word(self):
        for name in NAMES:
            done = run(REDEFINITION, 'nf9,%sx' % name, check=False)
            self.assertEqual((done.returncode, done.stderr),
                             (1, 'tshark: -z nf9,%s: "nf9,%sx" is none; -z nf9,%s is\n' %
                              (name, name, name)))


if __name__ == '__main__':
    main.run()
