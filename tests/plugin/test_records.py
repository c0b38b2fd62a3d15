#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tshark -z nf9,records: a row a record, against the tests' own decoder; and wrong uses."""

import csv
import io
import json
import os
import re
import unittest

from nf9test import forge, main, places, rows
from nf9test.over import OverCapturesTwice
from nf9test.wireshark import configured

SOFTFLOWD = places.CAPTURES / 'softflowd.pcap'
PREFIX = 'tshark: -z nf9,records: '
ACCEPTED = 'json, options, fields=NAME+NAME... and to=FILE'


def run(capture, *options, before=(), check=True):
    return configured().tshark('-q', *before, *places.OPTIONS.get(capture.stem, ()),
                               '-z', ','.join(('nf9,records',) + options), capture=capture,
                               check=check)


def table(text):
    return list(csv.reader(io.StringIO(text, newline='')))


def same(have, want):
    if isinstance(want, float) and isinstance(have, (int, float)):
        return have == want or abs(have - want) <= 1e-6 * abs(want)
    return type(have) is type(want) and have == want


class Records(OverCapturesTwice, unittest.TestCase):
    def setUp(self):
        self.out = configured().host_home / 'out'
        self.out.mkdir(exist_ok=True)
        self.out.chmod(0o777)

    def rows(self, path, passes):
        """All four kinds of output of a capture, written in one run, and what it says."""
        kinds = {'csv': [], 'json': ['json'], 'csv-options': ['options'],
                 'json-options': ['json', 'options']}
        taps = []
        for name, words in kinds.items():
            taps += ['-z', ','.join(['nf9,records'] + words +
                                    ['to=%s/out/%s' % (configured().home, name)])]
        done = configured().tshark('-q', *passes, *places.OPTIONS.get(path.stem, ()), *taps,
                                   capture=path)
        self.assertEqual(done.stdout, '')
        return {name: (self.out / name).read_text(encoding='utf-8') for name in kinds}, done.stderr

    def compare_json(self, text, wanted):
        shown = [json.loads(line) for line in text.splitlines()]
        self.assertEqual([(row['frame'], row['record']) for row in shown],
                         [(row['frame'], row['record']) for row in wanted])
        wrong = []
        for row, want in zip(shown, wanted):
            self.assertEqual(list(row), list(want), row)
            wrong += ['frame %d record %d %s: %r, expected %r' %
                      (want['frame'], want['record'], name, row[name], want[name])
                      for name in want if not same(row[name], want[name])]
        self.assertFalse(wrong, '\n'.join(wrong[:40]))
        return sum(map(len, wanted))

    def compare_csv(self, text, wanted):
        shown = table(text)
        self.assertEqual(shown[0], rows.CSV)
        self.assertEqual(len(shown) - 1, len(wanted))
        for row, want in zip(shown[1:], wanted):
            self.assertEqual(dict(zip(rows.CSV, row)), dict(zip(rows.CSV, want)))
        return len(wanted)

    def compare_undecoded(self, stderr, sizes):
        """How many FlowSets and octets no template decodes, as it is said at the end."""
        said = re.findall(r'^nf9: (\d+) FlowSets? \((\d+) octets?\) had no template', stderr,
                          re.MULTILINE)
        self.assertEqual(said, [(str(len(sizes)), str(sum(sizes)))] if sizes else [])

    def each(self, captures, *passes):
        records = values = 0
        for path in captures:
            expected = rows.Rows(path, second_look=bool(passes))
            shown, stderr = self.rows(path, passes)
            for kind, suffix in (('data', ''), ('options', '-options')):
                with self.subTest(path.name, kind=kind):
                    values += self.compare_json(shown['json' + suffix], expected.json(kind))
                    records += self.compare_csv(shown['csv' + suffix], expected.csv(kind))
            with self.subTest(path.name):
                if expected.on_our_ports:       # else it may be too damaged to be found
                    self.compare_undecoded(stderr, expected.undecoded)
        print('%d captures, %d records, %d values %s' % (len(captures), records, values,
                                                         ' '.join(passes)))
        self.assertGreater(records, 0)


class Columns(unittest.TestCase):
    def test_names(self):
        """Display fields with and without their prefix, aliases, IANA's names, parts."""
        expected = [row for row in rows.Rows(SOFTFLOWD).json('data')]
        names = ('nf9.in_bytes', 'IN_PKTS', 'destinationTransportPort', 'ipv4_src_addr',
                 'tcp_flags.syn', 'record')
        shown = table(run(SOFTFLOWD, 'fields=' + '+'.join(names)).stdout)
        self.assertEqual(shown[0], ['in_bytes', 'in_pkts', 'l4_dst_port', 'ipv4_src_addr',
                                    'tcp_flags.syn', 'record'])
        wanted = [[rows.text(row.get(name)) for name in shown[0]] for row in expected]
        for want, row in zip(wanted, expected):
            want[4] = '' if 'tcp_flags' not in row else str(row['tcp_flags'] >> 1 & 1)
        self.assertEqual(shown[1:], wanted)

    def test_alias_and_repetition(self):
        data = forge.v9(forge.template(256, (1, 4), (1, 4), (40000, 2)),
                        (256, bytes((0, 0, 0, 5, 0, 0, 0, 6, 7, 8))), sequence=7, count=2,
                        source=3)
        path = forge.write(configured().scratch('twice.pcap'), [forge.datagram(data)])
        self.assertEqual(table(run(path, 'fields=nf9.BYTES+in_bytes#2+in_bytes#3+unknown.65000+'
                                         'nf9.source_id+sequence+out_pkts').stdout),
                         [['in_bytes', 'in_bytes#2', 'in_bytes#3', 'unknown.65000', 'source_id',
                           'sequence', 'out_pkts'], ['5', '6', '', '', '3', '7', '']])

    def test_json_leaves_out_what_is_not_there(self):
        row = json.loads(run(SOFTFLOWD, 'options', 'json',
                             'fields=frame+scope.interface+in_bytes+if_name').stdout)
        self.assertEqual(row, {'frame': 1, 'scope.interface': 0, 'if_name': 'traffic.pcap'})

    def test_generated(self):
        shown = table(run(SOFTFLOWD, 'fields=record+flow_start+start+flow_duration+export_time+'
                                     'flow').stdout)
        self.assertEqual(shown[1], [
            '2', '2024-01-02T03:04:04.760Z', '2024-01-02T03:04:04.760Z', '0.010',
            '2024-01-02T03:04:05Z',
            '10.1.0.12:50004 -> 203.0.113.99:23 TCP 1 packet 40 bytes 0.010 s SYN'])

    def test_quoting(self):
        """Commas, quotes, a line's end and octets that are no UTF-8."""
        texts = [b'a,b', b'say "x"', b'one\ntwo\0', b'\xff\xfe', 'Zo\xe9'.encode(), b'']
        data = forge.v9(forge.template(256, (82, 8)),
                        (256, b''.join(one.ljust(8, b'\0') for one in texts)))
        path = forge.write(configured().scratch('quoting.pcap'), [forge.datagram(data)])
        self.assertEqual(run(path, 'fields=record+if_name').stdout,
                         'record,if_name\n1,"a,b"\n2,"say ""x"""\n3,one\\x0atwo\n4,0xfffe\n'
                         '5,Zo\xe9\n6,\n')
        shown = [json.loads(line)['if_name'] for line in
                 run(path, 'json').stdout.splitlines()]
        self.assertEqual(shown, ['a,b', 'say "x"', 'one\ntwo', '0xfffe', 'Zo\xe9', ''])

    def test_a_row_a_record_and_flows_no_options(self):
        done = run(SOFTFLOWD, 'fields=frame')
        self.assertEqual(done.stdout.split(), ['frame'] + 21 * ['1'] + ['2'])
        self.assertEqual(done.stderr, '')


class Undecoded(unittest.TestCase):
    def test_said_once(self):
        path = places.CAPTURES / 'data_before_template.pcap'
        self.assertEqual(run(path).stderr, 'nf9: 3 FlowSets (24 octets) had no template yet when '
                                           'they were read; use -2\n')
        self.assertEqual(run(path, before=('-2',)).stderr,
                         'nf9: 2 FlowSets (16 octets) had no template\n')

    def test_one(self):
        path = forge.write(configured().scratch('one.pcap'),
                           [forge.datagram(forge.v9((300, bytes(24))))])
        self.assertEqual(run(path).stderr, 'nf9: 1 FlowSet (24 octets) had no template yet when '
                                           'it was read; use -2\n')

    def test_not_read_to_the_end(self):
        path = places.CAPTURES / 'overrun.pcap'
        self.assertIn('\nnf9: 4 packets were not read to the end; see nf9.expert\n',
                      run(path).stderr)

    def test_a_display_filter_selects_no_rows_but_r_does(self):
        self.assertEqual(len(run(SOFTFLOWD, before=('-Y', 'frame.number == 2')).stdout
                             .splitlines()), 23)
        self.assertEqual(len(run(SOFTFLOWD, before=('-2', '-R', 'nf9.sequence == 2')).stdout
                             .splitlines()), 2)


    def test_too_many_values(self):
        """A field of one octet with 99 empty ones: 60,000 records, 6,000,000 values."""
        data = forge.v9(forge.template(256, (1, 1), *[(2, 0)] * 99), (256, bytes(60000)))
        path = forge.write(configured().scratch('many.pcap'), [forge.datagram(data)])
        done = run(path, 'json')
        self.assertEqual(len(done.stdout.splitlines()), 5000)
        self.assertEqual(done.stderr, 'nf9: 55000 records left out of packets with more than '
                                      '500000 values (nf9.max_items)\n')
        self.assertEqual(len(run(path, 'fields=in_bytes').stdout.splitlines()), 60001)


class Live(unittest.TestCase):
    @unittest.skipIf(os.environ.get('NF9_SYSROOT') or os.environ.get('NF9_PRELOAD'),
                     'captures through this machine\'s dumpcap as it is')
    def test_capturing(self):
        """Packets that arrive through a pipe have the rows of the file."""
        with open(SOFTFLOWD, 'rb') as stdin:
            done = configured().tshark('-q', '-i', '-', '-z', 'nf9,records', stdin=stdin)
        self.assertEqual(done.stdout, run(SOFTFLOWD).stdout)


class To(unittest.TestCase):
    def test_file(self):
        path = configured().host_home / 'out'
        path.mkdir(exist_ok=True)
        path.chmod(0o777)
        there = configured().home + '/out/rows.csv'
        self.assertEqual(run(SOFTFLOWD, 'to=' + there).stdout, '')
        self.assertEqual((path / 'rows.csv').read_text(encoding='utf-8'),
                         run(SOFTFLOWD).stdout)


class WrongUses(unittest.TestCase):
    def refused(self, *options):
        done = run(SOFTFLOWD, *options, check=False)
        self.assertEqual((done.returncode, done.stdout), (1, ''))
        return done.stderr

    def line(self, text, *options):
        self.assertEqual(self.refused(*options), '%s%s\n' % (PREFIX, text))

    def test_words(self):
        for word in ('jsn', 'csv', 'json=1', 'JSON', 'field=in_bytes'):
            self.assertEqual(self.refused(word), self.both(word, self.behind_y(word)))
        nothing = 'A record filter cannot be empty; nf9.l4_dst_port == 53 is one'
        self.line(self.both('', nothing)[len(PREFIX):-1], '')
        self.line(self.both('', nothing)[len(PREFIX):-1], 'json', '')

    @staticmethod
    def both(word, said):
        """The line that names both readings of what is no option."""
        return '%s"%s" is no option (accepted are %s), and as a filter: %s\n' % (
            PREFIX, word, ACCEPTED, said)

    @staticmethod
    def behind_y(filter_):
        """What tshark says of the same text behind -Y."""
        done = configured().tshark('-Y', filter_, capture=SOFTFLOWD, check=False)
        return re.sub(r'^tshark: ', '', done.stderr.splitlines()[0])

    def test_filters(self):
        for filter_ in ('nf9.in_bytes ==', 'nf9.port in {23,53', 'nosuch == 1'):
            self.assertEqual(self.refused('fields=frame', filter_),
                             self.both(filter_.split(',')[0], self.behind_y(filter_)))
        for name in ('ip.addr', 'frame'):
            self.line(self.both(name, '"%s" is no field of nf9: a record filter sees one record '
                                      'and its packet\'s header, nothing else' % name)
                      [len(PREFIX):-1], name)
        self.assertEqual(self.refused('nf9.record', 'options'),
                         self.both('nf9.record', self.behind_y('nf9.record,options')))

    def test_twice(self):
        for word in ('json', 'options', 'fields=frame', 'to=/tmp/x'):
            self.line('"%s": the option is there twice' % word, word, word)

    def test_fields(self):
        self.line('fields= needs a name; fields=NAME+NAME... chooses columns', 'fields=')
        for name in ('foo', 'nf9.frame', 'nf9.addr', 'tcp_flags.foo', 'in_bytes#0', 'in_bytes#x',
                     'unknown.1', 'scope.foo', 'unknown.70000', ''):
            self.line('"%s" is no column; fields= takes names of fields as docs/fields.md has '
                      'them (in_bytes+nf9.l4_dst_port), and the names in CSV\'s header line '
                      '(frame+src+bytes)' % name, 'fields=frame+' + name)
        self.line('"IN_BYTES" is in fields= twice; each column can be there once',
                  'fields=nf9.in_bytes+IN_BYTES')

    def test_to(self):
        self.line('to= needs the name of a file', 'to=')
        self.line('cannot write /nonexistent/x: No such file or directory', 'to=/nonexistent/x')
        self.line('cannot write /: Is a directory', 'to=/')
        self.line('cannot write %s: it is a capture file' % configured().inside(SOFTFLOWD),
                  'to=' + configured().inside(SOFTFLOWD))

    @unittest.skipIf(os.environ.get('NF9_SYSROOT'), 'an unpacked Wireshark has no /dev/full')
    def test_no_space(self):
        self.line('cannot write /dev/full: No space left on device', 'to=/dev/full')

    def test_another_word(self):
        done = configured().tshark('-q', '-z', 'nf9,recordsx', capture=SOFTFLOWD, check=False)
        self.assertEqual((done.returncode, done.stderr),
                         (1, 'tshark: -z nf9,records: "nf9,recordsx" is none; '
                             '-z nf9,records is\n'))


if __name__ == '__main__':
    main.run()
