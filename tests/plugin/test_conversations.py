#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tables of conversations and endpoints inside the records, against the tests' own decoder."""

import collections
import csv
import io
import random
import re
import unittest

from nf9test import main, places, rows, talks
from nf9test.over import OverCaptures
from nf9test.over import OverCapturesTwice
from nf9test.wireshark import configured

UNITS = {'bytes': 0, 'kB': 1, 'MB': 2, 'GB': 3, 'TB': 4, 'PB': 5, 'EB': 6}
SIZE = r'(\d+) (%s)' % '|'.join(UNITS)
MOST_FILTERS = 40                       # of a table that are tried


def tables(capture):
    """All ten tables of a capture as sharkd has them: {tap: rows}, and the sharkd."""
    wanted = {}
    for view, name in talks.VIEWS.items():
        wanted['conv:' + name], wanted['endpt:' + name] = view, view
    sharkd = configured().sharkd(capture)
    answer = sharkd('tap', **{'tap%d' % i: tap for i, tap in enumerate(wanted)})
    found = {one['tap']: one.get('convs', one.get('hosts')) for one in answer['taps']}
    return {tap: (view, found[tap]) for tap, view in wanted.items()}, sharkd


def relative(expected, nanos):
    """Seconds since the capture's start."""
    return (nanos - expected.time[min(expected.time)]) / 1e9


def where(expected):
    """{address or port: the frames that have it}."""
    found = collections.defaultdict(set)
    for _, record in expected.records:
        for key, have in expected.values(record).items():
            if key.split('#')[0] in ('7', '11', '8', '12', '27', '28', '56', '57', '80', '81'):
                found[have].add(record['frame'])
    return found


def sums_of_csv(text):
    """{(from, to): [packets, octets]} of the records' rows."""
    sums = collections.defaultdict(lambda: [0, 0])
    for row in csv.DictReader(io.StringIO(text, newline='')):
        if '' in (row['src'], row['dst']):
            continue
        there, back = sums[row['src'], row['dst']], sums[row['dst'], row['src']]
        there[0] += int(row['packets'] or 0)
        there[1] += int(row['bytes'] or 0)
        if row['initiator_octets'] == row['bytes']:
            back[1] += int(row['responder_octets'] or 0)
    return {pair: both for pair, both in sums.items() if any(both)}


def sums_of_table(table):
    sums = collections.defaultdict(lambda: [0, 0])
    for row in table:
        for pair, way in (((row['saddr'], row['daddr']), 'tx'),
                          ((row['daddr'], row['saddr']), 'rx')):
            for i, unit in enumerate('fb'):
                sums[pair][i] += row[way + unit]
    return {pair: both for pair, both in sums.items() if any(both)}


class Tables(OverCaptures, unittest.TestCase):
    """Every row of every table: addresses, ports, counters both ways, times, filter."""

    def each(self, captures):
        total = collections.Counter()
        for path in captures:
            expected = rows.Rows(path, second_look=True)    # sharkd reads a file, then looks
            if not expected.on_our_ports:
                continue
            with self.subTest(path.name):
                self.capture(path, expected, total)
        print('%d captures, %s' % (len(captures), dict(total)))
        for view in talks.VIEWS:
            self.assertGreater(total['nf9' + view], 0, view)

    def capture(self, path, expected, total):
        found, sharkd = tables(path)
        with sharkd:
            for tap, (view, have) in found.items():
                make = talks.conversations if tap.startswith('conv:') else talks.endpoints
                want = make(talks.of(expected, view))
                self.table(tap, expected, have, want)
                self.filters(sharkd, want, where(expected))
                if make is talks.conversations:
                    total['nf9' + view] += len(want)
        self.sums(path, found['conv:NetFlow v9 IP'][1])

    def sums(self, path, table):
        """The table of addresses has what the CSV of the records adds up to, both directions."""
        done = configured().tshark('-2', '-q', '-z', 'nf9,records,fields=src+dst+packets+bytes+'
                                   'initiator_octets+responder_octets', capture=path)
        self.assertEqual(sums_of_table(table), sums_of_csv(done.stdout))

    def table(self, tap, expected, have, want):
        self.assertEqual(len(have), len(want), tap)
        for one, row in zip(have, want):
            shown = row.shown(configured().version)
            self.assertEqual({name: one[name] for name in shown}, shown, tap)
            if 'start' in one:
                for name, nanos in (('start', row.start), ('stop', row.stop)):
                    seconds = relative(expected, nanos)
                    self.assertAlmostEqual(one[name], seconds, delta=1e-6 + abs(seconds) * 1e-15)

    def filters(self, sharkd, want, frames):
        """A row's filter selects the packets that have it, and none without its values."""
        if len(want) > MOST_FILTERS:
            want = random.Random(len(want)).sample(want, MOST_FILTERS)
        for row in want:
            text = row.filter(configured().version)
            selected = {one['num'] for one in sharkd('frames', filter=text)}
            self.assertLessEqual(row.frames, selected, text)
            values = [value for address, port in row.sides for value in
                      ((address, port) if row.filters_ports else (address,))]
            # an ICMP error quotes a packet: it is found too, its records are none of the table's
            selected &= set.union(*frames.values())
            self.assertEqual(selected, set.intersection(*[frames[one] for one in values]), text)


class Text(OverCapturesTwice, unittest.TestCase):
    """What tshark prints, in the first pass and with -2."""

    def sized(self, shown, number):
        """A size as printed: a number and a unit, or in some tables the number alone."""
        digits, _, unit = shown.partition(' ')
        self.assertEqual(int(digits), number // 1000 ** UNITS[unit or 'bytes'], shown)

    @staticmethod
    def side(address, port, view):
        if view in ('.ip', '.eth') or not port:
            return address
        return ('[%s]:%d' if ':' in address else '%s:%d') % (address, port)

    def sides(self, row, view):
        ports = any(port for _, port in row.sides)
        return [self.side(address, port, view) if ports else address
                for address, port in row.sides]

    def conversations(self, text, expected, view):
        want = talks.conversations(talks.of(expected, view), talks.MOST_PRINTED)
        want.sort(key=lambda row: -sum(row.packets))
        line = re.compile(r'(\S+) +<-> (\S+) +(\d+) +%s +(\d+) +%s +(\d+) +%s +(-?\d+\.\d+) +'
                          r'(\d+\.\d+)$' % (SIZE, SIZE, SIZE))
        have = [line.match(one).groups() for one in text.splitlines() if '<->' in one]
        self.assertEqual(len(have), len(want))
        for one, row in zip(have, want):
            self.assertEqual(list(one[:2]), self.sides(row, view))
            self.assertEqual([int(one[i]) for i in (2, 5, 8)],
                             [row.packets[1], row.packets[0], sum(row.packets)])
            for at, number in ((3, row.bytes[1]), (6, row.bytes[0]), (9, sum(row.bytes))):
                self.sized(' '.join(one[at:at + 2]), number)
            self.assertAlmostEqual(float(one[11]), relative(expected, row.start), places=6)
            self.assertAlmostEqual(float(one[12]), (row.stop - row.start) / 1e9, delta=1e-4)
        return len(want)

    def endpoints(self, text, expected, view):
        want = talks.endpoints(talks.of(expected, view), talks.MOST_PRINTED)
        want.sort(key=lambda row: -sum(row.packets))
        size = r'(\d+(?: (?:%s))?)' % '|'.join(UNITS)
        line = re.compile(r'(\S+) +(\d+) +%s +(\d+) +%s +(\d+) +%s *$' % (size, size, size))
        have = [line.match(one).groups() for one in text.splitlines() if line.match(one)]
        self.assertEqual(len(have), len(want))
        for one, row in zip(have, want):
            self.assertEqual([one[0]], self.sides(row, view))
            self.assertEqual([int(one[i]) for i in (1, 3, 5)],
                             [sum(row.packets)] + row.packets)
            for at, number in ((2, sum(row.bytes)), (4, row.bytes[0]), (6, row.bytes[1])):
                self.sized(one[at], number)
        return len(want)

    def printed(self, path, passes):
        """{title: text} of all tables, printed in one run."""
        taps = [word for view in talks.VIEWS for table in ('conv', 'endpoints')
                for word in ('-z', '%s,nf9%s' % (table, view))]
        done = configured().tshark('-q', *passes, *taps, capture=path)
        blocks = [block for block in re.split('^={80}\n', done.stdout, flags=re.MULTILINE) if block]
        return dict(block.split('\nFilter:<No Filter>\n') for block in blocks)

    def each(self, captures, *passes):
        lines = 0
        for path in captures:
            expected = rows.Rows(path, second_look=bool(passes))
            if not expected.on_our_ports:
                continue
            printed = self.printed(path, passes)
            self.assertEqual(len(printed), 2 * len(talks.VIEWS))
            for view, name in talks.VIEWS.items():
                with self.subTest(path.name, view=view):
                    lines += self.conversations(printed[name + ' Conversations'], expected, view)
                    lines += self.endpoints(printed[name + ' Endpoints'], expected, view)
        print('%d captures, %d rows %s' % (len(captures), lines, ' '.join(passes)))
        self.assertGreater(lines, 0)


class Protocols(unittest.TestCase):
    def test_names(self):
        """The tables' names are protocols; none is one that can be disabled, nor in a packet."""
        done = configured().tshark('-G', 'protocols')
        found = dict(line.split('\t')[1:3] for line in done.stdout.splitlines()
                     if line.split('\t')[2].startswith('nf9'))
        self.assertEqual(found, {name: 'nf9' + view for view, name in talks.VIEWS.items()})
        capture = places.CAPTURES / 'softflowd.pcap'
        self.assertEqual(configured().frames(capture, 'nf9.tcp'), [])

    def test_filter(self):
        """It selects packets, as with every table of tshark."""
        capture = places.CAPTURES / 'softflowd.pcap'
        def addresses(word):
            done = configured().tshark('-q', '-z', word, capture=capture)
            return re.findall(r'^(\S+) +<-> ', done.stdout, re.MULTILINE)

        self.assertEqual(addresses('conv,nf9,nf9.sequence == 2'), ['10.3.0.10:50009'])
        self.assertEqual(addresses('conv,nf9.udp,nf9.sequence == 2'), ['10.3.0.10:50009'])
        self.assertEqual(addresses('conv,nf9.tcp,nf9.sequence == 2'), [])


if __name__ == '__main__':
    main.run()
