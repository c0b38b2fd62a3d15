#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tables of conversations and endpoints of packets that are made for it."""

import struct
import unittest

from nf9test import forge, main, rows, talks
from nf9test.wireshark import configured

V4 = (8, 4), (12, 4), (7, 2), (11, 2), (4, 1)
A, B, C = bytes((10, 0, 0, 1)), bytes((10, 0, 0, 2)), bytes((10, 0, 0, 3))


def flow(src, dst, sport, dport, protocol, *counters):
    return src + dst + struct.pack('>HHB%dQ' % len(counters), sport, dport, protocol, *counters)


class Forged(unittest.TestCase):
    """What no capture at hand has."""

    def rows(self, *flowsets, table='conv:NetFlow v9', count=1):
        path = forge.write(configured().scratch('talks.pcap'),
                           [forge.datagram(forge.v9(*flowsets, count=count))])
        expected = rows.Rows(path, second_look=True)
        with configured().sharkd(path) as sharkd:
            found = sharkd('tap', tap0=table)['taps'][0]
        found = found.get('convs', found.get('hosts'))
        view = next(view for view, name in talks.VIEWS.items() if name == table.split(':')[1])
        make = talks.conversations if table.startswith('conv:') else talks.endpoints
        want = make(talks.of(expected, view))
        want = [row.shown(configured().version) for row in want]
        self.assertEqual([{name: one[name] for name in row} for one, row in zip(found, want)],
                         want)
        self.assertEqual(len(found), len(want))
        return found

    def counters(self, *flowsets, **options):
        return [(one['txf'], one['txb'], one['rxf'], one['rxb'])
                for one in self.rows(*flowsets, **options)]

    def test_past_4_gib(self):
        both = forge.template(256, *V4, (2, 8), (1, 8))
        flows = [flow(A, B, 1, 2, 6, 5 << 32, 3 << 33), flow(B, A, 2, 1, 6, 7, 1 << 40),
                 flow(A, B, 1, 2, 6, 1, 1)]
        self.assertEqual(self.counters(both, (256, b''.join(flows))),
                         [((5 << 32) + 1, (3 << 33) + 1, 7, 1 << 40)])

    def test_the_largest_counters(self):
        """Nothing overflows, whatever comes before and after."""
        both = forge.template(256, *V4, (2, 8), (1, 8))
        most = (1 << 64) - 1
        flows = [flow(A, B, 1, 2, 6, 1, 10), flow(B, A, 2, 1, 6, 2, 20),
                 flow(A, B, 1, 2, 6, most, most), flow(B, A, 2, 1, 6, most, most),
                 flow(A, C, 1, 2, 6, 3, 30)]
        table = both, (256, b''.join(flows))
        self.assertEqual(self.counters(*table),
                         [(talks.MOST - 2, talks.MOST - 20, 2, 20), (3, 30, 0, 0)])
        self.assertEqual(self.counters(*table, table='endpt:NetFlow v9 IP')[2], (0, 0, 3, 30))

    def test_tshark_prints_rows_of_the_largest_counters(self):
        """It leaves out rows with so many packets as none has here."""
        both = forge.template(256, *V4, (2, 8), (1, 8))
        most = (1 << 64) - 1
        flows = flow(A, B, 1, 2, 6, most, most) + flow(A, C, 1, 2, 6, 3, 30)
        path = forge.write(configured().scratch('most.pcap'),
                           [forge.datagram(forge.v9(both, (256, flows)))])
        done = configured().tshark('-q', '-z', 'conv,nf9', capture=path)
        self.assertRegex(done.stdout, r'\n10\.0\.0\.1:1 +<-> 10\.0\.0\.2:2 +0 0 bytes +'
                                      r'4294967294 9223372 TB +4294967294 9223372 TB ')
        done = configured().tshark('-q', '-z', 'endpoints,nf9', capture=path)
        self.assertRegex(done.stdout, r'\n10\.0\.0\.2:2 +4294967294 ')

    def test_a_row_of_both_directions(self):
        """Counters of initiator and responder are one record's; octets out are not the way
        back."""
        nsel, egress = (forge.template(number, *V4, *counters) for number, counters in
                        ((256, ((231, 8), (232, 8))), (257, ((1, 8), (23, 8), (24, 8)))))
        self.assertEqual(self.counters(nsel, (256, flow(A, B, 1, 2, 6, 100, 7))),
                         [(0, 100, 0, 7)])
        self.assertEqual(self.counters(nsel, (256, flow(A, B, 1, 2, 6, 100, 7) +
                                              flow(B, A, 2, 1, 6, 30, 5))),
                         [(0, 105, 0, 37)])
        zone = forge.template(258, *V4, (298, 8), (299, 8), (231, 8), (232, 8))
        self.assertEqual(self.counters(zone, (258, flow(A, B, 1, 2, 6, 4, 3, 100, 7) +
                                              flow(B, A, 2, 1, 6, 2, 1, 30, 5))),
                         [(5, 105, 5, 37)])
        self.assertEqual(self.counters(egress, (257, flow(A, B, 1, 2, 6, 100, 90, 3))),
                         [(3, 100, 0, 0)])

    def test_a_side_that_is_both(self):
        both = forge.template(256, *V4, (2, 8), (1, 8))
        flows = flow(A, A, 1, 2, 6, 1, 10) + flow(A, A, 2, 1, 6, 2, 20) + flow(A, A, 3, 3, 6, 4, 40)
        self.assertEqual(self.counters(both, (256, flows)), [(1, 10, 2, 20), (4, 40, 0, 0)])
        self.assertEqual(self.counters(both, (256, flows), table='endpt:NetFlow v9')[2],
                         (4, 40, 4, 40))

    def test_protocols_that_share_a_row(self):
        """Ports are in the filter where all records have them."""
        both = forge.template(256, *V4, (1, 8))
        table = both, (256, flow(A, B, 0, 0, 6, 1) + flow(A, B, 0, 0x800, 1, 2) +
                       flow(A, B, 5, 53, 6, 4) + flow(B, A, 53, 5, 17, 8) +
                       flow(A, B, 5, 6, 33, 16))
        self.assertEqual([one['filter'] for one in self.rows(*table)],
                         ['nf9.addr==10.0.0.1 && nf9.addr==10.0.0.2',
                          'nf9.addr==10.0.0.1 && nf9.port==5 && nf9.addr==10.0.0.2 && nf9.port==53',
                          'nf9.addr==10.0.0.1 && nf9.port==5 && nf9.addr==10.0.0.2 && nf9.port==6'])
        self.assertEqual([one['filter'] for one in self.rows(*table, table='endpt:NetFlow v9')][:3],
                         ['nf9.addr==10.0.0.1', 'nf9.addr==10.0.0.2',
                          'nf9.addr==10.0.0.1 && nf9.port==5'])
        self.assertEqual(self.counters(*table), [(0, 3, 0, 0), (0, 4, 0, 8), (0, 16, 0, 0)])
        self.assertEqual(self.counters(*table, table='conv:NetFlow v9 TCP'),
                         [(0, 1, 0, 0), (0, 4, 0, 0)])
        self.assertEqual(self.counters(*table, table='conv:NetFlow v9 UDP'), [(0, 8, 0, 0)])

    def test_ports_that_are_none(self):
        wide = forge.template(256, (8, 4), (12, 4), (7, 4), (11, 4), (4, 1), (1, 1))
        ports = struct.pack('>II', 70000, 80)
        found = self.rows(wide, (256, A + B + ports + b'\6\1'))
        self.assertEqual(found[0]['filter'], 'nf9.addr==10.0.0.1 && nf9.addr==10.0.0.2')

    def test_macs(self):
        """Of the four addresses, those of one side of the exporter; else what there is."""
        macs = [bytes((2, 0, 0, 0, 0, i)) for i in range(4)]
        for types, pair in (((56, 57, 80, 81), (0, 2)), ((56, 57, 81), (2, 1)),
                            ((57, 56), (1, 0)), ((80, 81), (1, 0)), ((56, 81), None)):
            table = (forge.template(256, *[(one, 6) for one in types], (1, 4)),
                     (256, b''.join(macs[:len(types)]) + bytes((0, 0, 0, 9))))
            found = self.rows(*table, table='conv:NetFlow v9 Ethernet')
            self.assertEqual([(one['saddr'], one['daddr'], one['txb']) for one in found],
                             [tuple('02:00:00:00:00:%02x' % i for i in pair) + (9,)]
                             if pair else [], types)

    def test_macs_of_both_sides(self):
        """A row of several pairs of fields: its filter finds all of them."""
        macs = bytes((2, 0, 0, 0, 0, 1)) * 2
        inside = forge.template(256, (56, 6), (80, 6))
        outside = forge.template(257, (81, 6), (57, 6))
        found = self.rows(inside, outside, (256, macs), (257, macs),
                          table='conv:NetFlow v9 Ethernet')
        self.assertEqual([one['filter'] for one in found],
                         ['nf9.mac==02:00:00:00:00:01 && nf9.mac==02:00:00:00:00:01'])

    def test_records_without_counters_times_or_addresses(self):
        bare = forge.template(256, (8, 4), (12, 4))
        half = forge.template(257, (8, 4), (1, 4))
        found = self.rows(bare, half, (256, A + B), (257, A + A))
        self.assertEqual([(one['txf'], one['txb'], one['start'], one['stop']) for one in found],
                         [(0, 0, 0, 0)])

    def test_options_are_no_flows(self):
        options = 1, struct.pack('>HHHHHHHHHH', 256, 4, 8, 1, 4, 8, 4, 12, 4, 0)
        self.assertEqual(self.rows(options, (256, bytes(4) + A + B)), [])

    def test_times(self):
        """First and last of the row, whichever records have them; ends that come first."""
        template = forge.template(256, (8, 4), (12, 4), (152, 8), (153, 8))
        start = forge.START * 1000

        def record(src, dst, begin, end):
            return src + dst + struct.pack('>QQ', start + begin, start + end)

        found = self.rows(template, (256, record(A, B, -500, 250) + record(B, A, -2000, -1500) +
                                     record(A, B, 100, 1250) + record(A, C, 900, -100)))
        self.assertEqual([(one['start'], one['stop']) for one in found],
                         [(-2.0, 1.25), (-0.1, 0.9)])

    def test_times_of_no_calendar(self):
        template = forge.template(256, (8, 4), (12, 4), (150, 8), (151, 8))
        for times in ((0, (1 << 64) - 1), ((1 << 63) - 1, 1 << 63), (1 << 62, 1)):
            path = forge.write(configured().scratch('calendar.pcap'), [forge.datagram(forge.v9(
                template, (256, A + B + struct.pack('>QQ', *times))))])
            for style in ('r', 'ad', 'd', 'e', 'ud', 'adoy'):
                done = configured().tshark('-q', '-t', style, '-z', 'conv,nf9', capture=path)
                self.assertIn('10.0.0.1             <-> 10.0.0.2 ', done.stdout)


if __name__ == '__main__':
    main.run()
