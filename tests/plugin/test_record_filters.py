#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Record filters: a display filter that sees one record at a time, in the table and behind -z."""

import os
import random
import re
import unittest

from nf9test import forge, main, places, rows
from nf9test.wireshark import configured

SOFTFLOWD = places.CAPTURES / 'softflowd.pcap'
PAIRS = 60 if os.environ.get('NF9_PRELOAD') else 200    # the sanitizer is slow


def table(*filters, hide=False):
    """The options that fill the table of record filters."""
    options = []
    for one in filters:
        one = one.replace('\\', '\\x5c').replace('"', '\\x22')
        options += ['-o', 'uat:nf9_record_filters:"%s"' % one]
    return options + (['-o', 'nf9.record_filter_hide:TRUE'] if hide else [])


def lines(capture, *args, names=()):
    """The values of some fields, a row a packet: -T fields."""
    asked = [word for name in names for word in ('-e', name)]
    done = configured().tshark(*args, '-T', 'fields', *asked, capture=capture)
    return [line.split('\t') for line in done.stdout.splitlines()]


def flows(*pairs, **header):
    """An Export Packet with template 256, address and port, and a record a pair."""
    body = b''.join(bytes(map(int, address.split('.'))) + port.to_bytes(2, 'big')
                    for address, port in pairs)
    return forge.v9(forge.template(256, (8, 4), (11, 2)), (256, body), count=1 + len(pairs),
                    **header)


class OneRecord(unittest.TestCase):
    """Two flows that share no record, and one packet that has both in one record."""

    FILTER = 'nf9.ipv4_src_addr == 10.0.0.1 && nf9.l4_dst_port == 53'

    @classmethod
    def setUpClass(cls):
        cls.path = forge.write(configured().scratch('one.pcap'), [
            forge.datagram(flows(('10.0.0.1', 80), ('10.0.0.2', 53), sequence=1)),
            forge.datagram(flows(('10.0.0.3', 80), ('10.0.0.1', 53), ('10.0.0.1', 54),
                                 sequence=2)),
            forge.datagram(flows(('10.0.0.3', 53), ('10.0.0.1', 443), sequence=3))])

    def test_a_display_filter_alone_cannot(self):
        self.assertEqual(configured().frames(self.path, self.FILTER), [1, 2, 3])

    def test_the_table(self):
        for passes in ((), ('-2',)):
            self.assertEqual(configured().frames(self.path, 'nf9.record.match',
                                                 *table(self.FILTER), *passes), [2])
        self.assertEqual(configured().frames(self.path, 'nf9.record.match', '-2', '-R',
                                             'nf9.record.match', *table(self.FILTER)), [1])

    def test_nothing_matches_without_a_table(self):
        self.assertEqual(configured().frames(self.path, 'nf9.record.match'), [])

    def test_the_text_of_the_flow(self):
        text = forge.write(configured().scratch('text.pcap'), [
            forge.datagram(forge.v9(
                forge.template(256, (8, 4), (12, 4), (4, 1), (7, 2), (11, 2)),
                (256, b''.join(bytes((10, 0, 0, a, 10, 9, 9, b, 17, 1, 0, 0, 53))
                               for a, b in pairs)), sequence=n))
            for n, pairs in enumerate((((1, 2), (2, 1)), ((2, 1),), ((1, 1), (2, 2))))])
        self.assertEqual(configured().frames(text, 'nf9.flow matches "^10[.]0[.]0[.]1:.*9[.]1:53"'),
                         [3])
        self.assertEqual(configured().frames(text, 'nf9.record.match', *table(
            'nf9.flow matches "^10[.]0[.]0[.]1:.*9[.]1:53"')), [3])

    def test_behind_the_rows(self):
        done = configured().tshark('-q', '-z', 'nf9,records,fields=frame+record,' + self.FILTER,
                                   capture=self.path)
        self.assertEqual(done.stdout, 'frame,record\n2,2\n')

    def test_several_rows(self):
        """A record has the number of the first filter that matches it."""
        shown = lines(self.path, *table('nf9.l4_dst_port == 443', 'nf9.l4_dst_port == 53',
                                        self.FILTER), names=('nf9.record.match',))
        self.assertEqual(shown, [['2'], ['2'], ['2,1']])


class Hidden(unittest.TestCase):
    def test_filters_and_columns_do_not_see_them(self):
        path = forge.write(configured().scratch('hide.pcap'), [
            forge.datagram(flows(('10.0.0.1', 80), ('10.0.0.2', 53), ('10.0.0.1', 54)))])
        options = table('nf9.ipv4_src_addr == 10.0.0.1', hide=True)
        names = ('nf9.record', 'nf9.l4_dst_port', 'nf9.record.match', 'nf9.flowset.records')
        self.assertEqual(lines(path, *options, names=names), [['1,3', '80,54', '1,1', '3']])
        self.assertEqual(configured().frames(path, 'nf9.l4_dst_port == 53', *options), [])
        self.assertEqual(configured().frames(path, 'nf9.l4_dst_port == 54', *options), [1])
        text = configured().tshark('-V', *options, capture=path).stdout
        self.assertIn('FlowSet 2: 3 flows, template 256 (frame 1), 22 octets, 2 match, 1 hidden\n',
                      text)
        self.assertIn('[Matches record filter: 1 (nf9.ipv4_src_addr == 10.0.0.1)]', text)
        self.assertEqual(re.findall(r'  Record (\d)', text), ['1', '3'])

    def test_hides_nothing_without_filters(self):
        names = ('nf9.record', 'nf9.in_bytes')
        self.assertEqual(lines(SOFTFLOWD, '-o', 'nf9.record_filter_hide:TRUE', names=names),
                         lines(SOFTFLOWD, names=names))

    def test_what_is_wrong_stays_visible(self):
        """Every expert info is there for the hidden records too."""
        for path in places.ours('field_lengths', 'times', 'unknown_types', 'snaplen', 'overrun'):
            options = places.OPTIONS.get(path.stem, ())
            for tree in ('-q', '-V'):
                said = [re.sub(r'.*?\n\n(?=(Error|Warn|Note|Chat)s \(|$)', '',
                               configured().tshark(tree, *options, *more, '-z', 'expert',
                                                   capture=path).stdout, count=1,
                               flags=re.DOTALL)
                        for more in ((), table('nf9.sequence == 4294967295', hide=True))]
                self.assertEqual(*said, '%s %s' % (path.name, tree))

    def test_the_info_column_is_the_packets(self):
        for more in ((), table('nf9.l4_dst_port == 1', hide=True)):
            said = lines(SOFTFLOWD, *more, names=('_ws.col.Info', '_ws.col.info')
                         [configured().version >= (4, 4):][:1])
            self.assertRegex(said[0][0], '^Source ID 0, seq 1: 21 flows')


class Sees(unittest.TestCase):
    """What a record filter sees: the record, its headers, what is generated of them."""

    def matches(self, path, filter_, *options):
        done = configured().tshark('-q', *options, '-z', 'nf9,records,fields=frame+record,' +
                                   filter_, capture=path)
        return [tuple(map(int, line.split(','))) for line in done.stdout.splitlines()[1:]]

    def softflowd(self, filter_):
        return self.matches(SOFTFLOWD, filter_)

    def test_header(self):
        for good, bad in (('nf9', '!nf9'), ('nf9.version == 9', 'nf9.version == 5'),
                          ('nf9.sequence == 2', 'nf9.sequence == 3'),
                          ('nf9.export_time == "2024-01-02 03:04:05"',
                           'nf9.export_time < "2001-01-01"'),
                          ('nf9.unix_secs == 1704164645', 'nf9.unix_secs == 5'),
                          ('nf9.count == 1', 'nf9.count == 7'),
                          ('nf9.source_id == 0', 'nf9.source_id == 1')):
            self.assertIn((2, 1), self.softflowd(good), good)
            self.assertEqual(self.softflowd(bad), [], bad)

    def test_flowset(self):
        self.assertEqual(self.softflowd('nf9.flowset.id == 1025 && nf9.record < 10'),
                         [(1, 8), (1, 9)])
        self.assertEqual(len(self.softflowd('nf9.template_frame == 1')), 22)
        self.assertEqual(self.softflowd('nf9.flowset.records == 1 && nf9.flowset.length == 48 && '
                                        'nf9.flowset'), [(1, 18), (2, 1)])

    def test_record_and_generated(self):
        self.assertEqual(self.softflowd('nf9.record == 3'), [(1, 3)])
        self.assertEqual(self.softflowd('nf9.port == 23 && nf9.tcp_flags.rst == 1'), [(1, 3)])
        self.assertEqual(self.softflowd('nf9.addr == 203.0.113.99'), [(1, 2), (1, 3)])
        self.assertEqual(self.softflowd('nf9.flow_start == "2024-01-02 03:04:04.760" && '
                                        'nf9.flow_duration > 0.009 && nf9.flow_end'),
                         [(1, 2), (1, 3)])
        self.assertEqual(self.softflowd('nf9.icmp.msg_type == 3 && nf9.icmp.msg_code == 3'),
                         [(1, ordinal) for ordinal in self.icmp()])

    def icmp(self):
        return [row['record'] for row in rows.Rows(SOFTFLOWD).json('data')
                if row.get('icmp_type') == 3 * 256 + 3]

    def test_scope_unknown_and_raw(self):
        self.assertEqual(self.matches(SOFTFLOWD, 'nf9.scope.interface == 0 && '
                                      'nf9.if_name == "traffic.pcap"'), [])
        done = configured().tshark('-q', '-z', 'nf9,records,options,fields=record,'
                                   'nf9.scope.interface == 0', capture=SOFTFLOWD)
        self.assertEqual(done.stdout, 'record\n1\n')
        path = forge.write(configured().scratch('raw.pcap'), [forge.datagram(forge.v9(
            forge.template(256, (65000, 2), (8, 3), (1, 2)), (256, bytes(range(14)))))])
        self.assertEqual(self.matches(path, 'nf9.unknown == 00:01 && nf9.unknown.type == 65000'),
                         [(1, 1)])
        self.assertEqual(self.matches(path, 'nf9.raw == 09:0a:0b'), [(1, 2)])

    def test_sequence(self):
        path = forge.write(configured().scratch('lost.pcap'), [
            forge.datagram(flows(('10.0.0.1', 53), sequence=n)) for n in (1, 2, 9, 10, 11, 12)])
        for passes in ((), ('-2',)):
            self.assertEqual(self.matches(path, 'nf9.sequence.lost == 6', *passes), [(3, 1)])
            self.assertEqual(configured().frames(path, 'nf9.record.match', *passes,
                                                 *table('nf9.sequence.expected == 3')), [3])

    def test_a_record_that_is_cut(self):
        whole = forge.datagram(flows(('10.0.0.1', 53), ('10.0.0.2', 53)))
        path = configured().scratch('cut.pcap')
        forge.write(path, [whole])
        data = bytearray(path.read_bytes()[:-2])        # the last record has no port
        data[32:36] = (len(whole) - 2).to_bytes(4, 'little')
        path.write_bytes(data)
        shown = [lines(path, *table(one), names=('nf9.record', 'nf9.record.match'))
                 for one in ('nf9.ipv4_src_addr == 10.0.0.2', 'nf9.l4_dst_port == 53')]
        self.assertEqual(shown, [[['1,2', '1']], [['1,2', '1']]])
        self.assertEqual(lines(path, *table('nf9.ipv4_src_addr == 10.0.0.2'),
                               '-Y', 'nf9.record.match', names=('nf9.record',)), [['1,2']])


class Together(unittest.TestCase):
    """A record filter and a display filter on the same fields: neither blinds the other."""

    def test_same_field(self):
        for other in ('nf9.l4_dst_port == 80', 'nf9.l4_dst_port == 23 && nf9.in_bytes == 40',
                      'nf9.port == 80 && nf9', 'nf9.tcp_flags.syn == 1 && nf9.l4_dst_port'):
            for passes in ((), ('-2',)):
                wanted = configured().frames(SOFTFLOWD, other)
                self.assertEqual(wanted, [1])
                options = table('nf9.l4_dst_port == 23', 'nf9.port == 80') + list(passes)
                self.assertEqual(configured().frames(SOFTFLOWD, other, *options), wanted, other)
                self.assertEqual(configured().frames(SOFTFLOWD, other + ' && nf9.record.match',
                                                     *options), wanted, other)
                self.assertEqual(
                    lines(SOFTFLOWD, '-Y', other, *options, names=('nf9.l4_dst_port',)),
                    lines(SOFTFLOWD, '-Y', other, names=('nf9.l4_dst_port',)))

    def test_fields_are_all_there(self):
        """-T fields, with a filter on the field itself and without."""
        for path in places.ours('softflowd', 'pmacct', 'ports', 'packed', 'options_scopes'):
            options = places.OPTIONS.get(path.stem, ())
            names = ('nf9.in_bytes', 'nf9.port', 'nf9.tcp_flags.syn', 'nf9.record', 'nf9.flow')
            self.assertEqual(
                lines(path, *options, *table('nf9.in_bytes > 1000 || nf9.port == 53'),
                      '-Y', 'nf9.in_bytes || nf9.record', names=names),
                lines(path, *options, '-Y', 'nf9.in_bytes || nf9.record', names=names), path.name)

    def test_rows_and_table(self):
        """The filter behind -z and the table: both apply; beside them, -Y and -R."""
        rows_ = ('-z', 'nf9,records,fields=record+l4_dst_port,nf9.l4_dst_port in {23,53}')
        done = configured().tshark('-q', *rows_, *table('nf9.in_bytes == 40'),
                                   capture=SOFTFLOWD)
        self.assertEqual(done.stdout, 'record,l4_dst_port\n2,23\n')
        done = configured().tshark('-Y', 'nf9.l4_dst_port == 23', '-T', 'fields', '-e',
                                   'frame.number', *rows_, capture=SOFTFLOWD)
        self.assertEqual(done.stdout.splitlines()[0], '1')
        self.assertIn('\n2,23\n', '\n' + done.stdout)


class Refused(unittest.TestCase):
    def line(self, filter_, said):
        done = configured().tshark(*table(filter_), capture=SOFTFLOWD, check=False)
        self.assertEqual((done.returncode, done.stdout), (1, ''), filter_)
        flag = table(filter_)[1]
        self.assertEqual(done.stderr.replace(flag + '": ', 'FLAG": '),
                         'tshark: Invalid -o flag "FLAG": %s\n' % said)

    def own_words(self, filter_):
        """What tshark says of the same text behind -Y."""
        done = configured().tshark('-Y', filter_, capture=SOFTFLOWD, check=False)
        return re.sub(r'^tshark: ', '', done.stderr.splitlines()[0])

    def test_what_does_not_compile(self):
        for filter_ in ('nf9.l4_dst_port ==', 'nosuch', 'nf9.in_bytes == "x"',
                        'nf9.flow matches "("'):
            self.line(filter_, self.own_words(filter_))

    def test_fields_of_others(self):
        for filter_, name in (('ip.addr == 10.0.0.1', 'ip.addr'), ('udp', 'udp'),
                              ('nf9.port == 53 && frame.number > 3', 'frame.number'),
                              ('cflow.srcaddr == 10.0.0.1', 'cflow.srcaddr'),
                              ('_ws.expert', '_ws.expert')):
            self.line(filter_, '"%s" is no field of nf9: a record filter sees one record and its '
                               'packet\'s header, nothing else' % name)

    def test_fields_of_no_record(self):
        for name in ('nf9.expert.no_template', 'nf9.template_record.id', 'nf9.flowset.padding',
                     'nf9.flowset.data', 'nf9.undecoded', 'nf9.record.match',
                     'nf9.flow_count', 'nf9.options_count'):
            self.line('nf9.record && ' + name,
                      '"%s" is in no record: a record filter sees one record and its packet\'s '
                      'header, nothing else' % name)

    def test_fields_of_another_packet(self):
        self.line('nf9.in_bytes == ${nf9.in_bytes}',
                  '"${" refers to another packet: a record filter sees one record and its '
                  'packet\'s header, nothing else')

    def test_nothing(self):
        self.line('', 'A record filter cannot be empty; nf9.l4_dst_port == 53 is one')


def literal(row, scope, have, size):
    """How a display filter writes a value; None where it is no value of its field."""
    if isinstance(have, str) and have.startswith('hex:'):
        octets = have[4:]
        fits = row is not None and row.kind == 'OCTETS' and octets
        return ':'.join(re.findall('..', octets)) if fits else None
    if isinstance(have, bool):
        return str(int(have))
    if isinstance(have, float):
        return None                     # equal in decimal is not equal
    if isinstance(have, str) and row.kind == 'TEXT':
        return '"%s"' % have if re.fullmatch(r'[ !#-\[\]-~]+', have) else None
    if row is None and scope not in ('s2', 's5'):
        return have.to_bytes(size, 'big').hex(':') or None
    if row is not None and not row.kind.startswith('TIME_'):
        have = rows.value(row, str(row.type), have, size)
    return str(have)


class Pairs(unittest.TestCase):
    """Two fields' values of one packet: which records have both is what Python says."""

    @staticmethod
    def conditions(expected, record):
        """The conditions that a record meets, each on one of its fields."""
        found = set()
        for key, have in record['fields'].items():
            number = key.split('#')[0]
            row = None if number.startswith('s') else expected.table.get(int(number))
            if row is None and number not in rows.SCOPES:
                continue
            text = literal(row, number, have, expected.sizes(record)[key])
            if text is not None:
                found.add('nf9.%s == %s' % (expected.name(number), text))
        return found

    def pairs(self, path, wanted, chosen):
        """Filters, each with the records that it is to find."""
        expected = rows.Rows(path)
        met = [(record['frame'], ordinal, record['kind'], self.conditions(expected, record))
               for ordinal, record in expected.records]
        met = [one for one in met if one[3]]
        pairs = []
        while met and len(pairs) < wanted:
            one = chosen.choice(met)
            others = [other for other in met if other[0] == one[0]]
            other = one if chosen.random() < 0.4 else chosen.choice(others)
            both = chosen.choice(sorted(one[3])), chosen.choice(sorted(other[3]))
            pairs.append((' && '.join(both),
                          {kind: [(frame, ordinal) for frame, ordinal, of, has in met
                                  if of == kind and has.issuperset(both)]
                           for kind in ('data', 'options')}))
        return pairs

    def found(self, path, pairs):
        """What all filters find, in one run."""
        out = configured().host_home / 'pairs'
        out.mkdir(exist_ok=True)
        out.chmod(0o777)
        taps = []
        for i, (filter_, _) in enumerate(pairs):
            for kind in ('data', 'options'):
                words = ['nf9,records', 'fields=frame+record',
                         'to=%s/pairs/%d-%s' % (configured().home, i, kind)]
                taps += ['-z', ','.join(words + ['options'] * (kind == 'options') + [filter_])]
        configured().tshark('-q', *places.OPTIONS.get(path.stem, ()), *taps, capture=path)
        for i in range(len(pairs)):
            yield {kind: [tuple(map(int, line.split(','))) for line in
                          (out / ('%d-%s' % (i, kind))).read_text().splitlines()[1:]]
                   for kind in ('data', 'options')}

    def test_random_pairs(self):
        chosen = random.Random('pairs')
        paths = places.ours() + places.real()
        tried = hits = apart = 0
        while tried < PAIRS:
            before = tried
            for path in paths:
                pairs = self.pairs(path, min(3, PAIRS - tried), chosen)
                for (filter_, wanted), found in zip(pairs, self.found(path, pairs)):
                    self.assertEqual(found, wanted, '%s: %s' % (path.name, filter_))
                    hits += len(wanted['data']) + len(wanted['options'])
                    apart += not wanted['data'] and not wanted['options']
                if pairs:
                    self.in_the_tree(path, *pairs[0])
                tried += len(pairs)
            self.assertGreater(tried, before)
        print('%d pairs of fields over %d captures: %d records found; %d pairs that no record '
              'has, but two of a packet' % (tried, len(paths), hits, apart))
        self.assertGreater(hits, PAIRS / 2)
        self.assertGreater(apart, PAIRS / 10)

    def in_the_tree(self, path, filter_, wanted):
        """The same by nf9.record.match, the others hidden."""
        both = sorted(wanted['data'] + wanted['options'])
        shown = lines(path, *places.OPTIONS.get(path.stem, ()), *table(filter_, hide=True),
                      '-Y', 'nf9.record.match', names=('frame.number', 'nf9.record'))
        self.assertEqual([(int(frame), int(one)) for frame, ordinals in shown
                          for one in ordinals.split(',')], both, '%s: %s' % (path.name, filter_))


if __name__ == '__main__':
    main.run()
