#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The Python decoder on octets written by hand, with values written by hand."""

import unittest

from nf9test import decoder, fields, packets, pcap

TABLE = fields.load()
# sysUptime 10,000 ms, 2024-01-02T03:04:05Z, sequence 7, source 9.
CLOCK = '00002710 65937d25 00000007 00000009'
HEAD = '0009 0001 ' + CLOCK


def frame(payload, number=1, sport=40000, source='c0000201'):
    """An IPv4 packet without link layer, 192.0.2.1 to 198.51.100.1 port 2055."""
    data = bytes.fromhex(payload)
    octets = (bytes.fromhex('4500') + (len(data) + 28).to_bytes(2, 'big') +
              bytes.fromhex('00000000 4011 0000' + source + 'c6336401') +
              sport.to_bytes(2, 'big') + bytes.fromhex('0807') +
              (len(data) + 8).to_bytes(2, 'big') + b'\0\0' + data)
    return pcap.Frame(number, 0, pcap.RAW, octets)


def decode(*payloads):
    return decoder.decode([frame(p, i + 1) for i, p in enumerate(payloads)], TABLE)


def values(decoding):
    return [r['fields'] for r in decoding.records]


class Records(unittest.TestCase):
    def test_template_and_data(self):
        d = decode(HEAD + '0000 0014 0100 0003 0008 0004 0007 0002 0001 0001'
                          '0100 0014 0a000001 0050 05 0a000002 01bb ff 0000')
        self.assertEqual(d.records, [
            {'frame': 1, 'set': 1, 'flowset_id': 256, 'record': 0, 'kind': 'data',
             'fields': {'8': '10.0.0.1', '7': 80, '1': 5}},
            {'frame': 1, 'set': 1, 'flowset_id': 256, 'record': 1, 'kind': 'data',
             'fields': {'8': '10.0.0.2', '7': 443, '1': 255}}])
        self.assertEqual(d.summary['padding'], [[1, 1, '0000']])
        self.assertEqual(d.summary['templates'], 1)

    def test_options_template(self):
        d = decode(HEAD + '0001 0016 0101 0004 0008 0001 0004 0022 0004 0023 0001'
                          '0101 0010 0000007f 00000064 02 000000')
        self.assertEqual(d.records, [
            {'frame': 1, 'set': 1, 'flowset_id': 257, 'record': 0, 'kind': 'options',
             'fields': {'s1': 127, '34': 100, '35': 2}}])
        self.assertEqual(d.summary['options_records'], 1)

    def test_scope_of_no_octets(self):
        d = decode(HEAD + '0001 0012 0101 0004 0004 0001 0000 0022 0004 0101 0008 00000005')
        self.assertEqual(values(d), [{'s1': 'hex:', '34': 5}])

    def test_variable_length(self):
        d = decode(HEAD + '0000 0010 0100 0002 0052 ffff 0007 0002'
                          '0100 0014 02 6162 0016 ff0003 787978 0017 00 0018')
        self.assertEqual(values(d), [{'82': 'ab', '7': 22}, {'82': 'xyx', '7': 23},
                                     {'82': '', '7': 24}])

    def test_repeated_and_empty_fields(self):
        d = decode(HEAD + '0000 0018 0100 0004 0007 0001 0000 0000 0007 0002 0007 0001'
                          '0100 0008 01 0002 03')
        self.assertEqual(values(d), [{'7': 1, '0': 'hex:', '7#2': 2, '7#3': 3}])

    def test_template_of_no_octets_yields_nothing(self):
        d = decode(HEAD + '0000 000c 0100 0001 0001 0000 0100 0008 01020304')
        self.assertEqual(d.records, [])
        self.assertEqual(d.summary['padding'], [[1, 1, '01020304']])

    def test_values_of_each_kind(self):
        d = decode(HEAD + '0000 0040 0100 000e 0008 0005 001b 0010 0050 0006 0052 0004'
                          '0052 0002 01b2 0002 0137 0004 0137 0008 0114 0001 0114 0001'
                          '0114 0001 fffe 0002 0001 0009 0098 0008'
                          '0100 004c 0a00000001 20010db8000000000000000000000001 02005e0053ff'
                          '65746800 fffe ff85 3fc00000 4004000000000000 01 02 00 abcd'
                          '010203040506070809 0000018cc820d903 000000')
        self.assertEqual(values(d), [{
            '8': 'hex:0a00000001', '27': '2001:db8::1', '80': '02:00:5e:00:53:ff', '82': 'eth',
            '82#2': 'hex:fffe', '434': -123, '311': 1.5, '311#2': 2.5, '276': True,
            '276#2': False, '276#3': 0, '65534': 'hex:abcd', '1': 'hex:010203040506070809',
            '152': 1704164645123}])

    def test_uptime(self):
        d = decode(HEAD + '0000 0010 0100 0002 0016 0004 0015 0004'
                          '0100 0014 00002328 00002af8 fffffc18 00002710')
        self.assertEqual([r['abs'] for r in d.records], [
            {'22': '2024-01-02T03:04:04.000Z', '21': '2024-01-02T03:04:06.000Z'},
            {'22': '2024-01-02T03:03:54.000Z', '21': '2024-01-02T03:04:05.000Z'}])


PORT = '0000 000c 0100 0001 0007 0002'
TWO_OCTETS = '0000 000c 0100 0001 0001 0002'
DATA = '0100 0006 0102'


class Templates(unittest.TestCase):
    def test_the_newest_before_rules(self):
        d = decode(HEAD + PORT + DATA, HEAD + DATA + TWO_OCTETS + DATA)
        self.assertEqual(values(d), [{'7': 258}, {'7': 258}, {'1': 258}])

    def test_later_in_the_same_packet(self):
        d = decode(HEAD + DATA + PORT + TWO_OCTETS)
        self.assertEqual(values(d), [{'7': 258}])

    def test_two_definitions_in_one_flowset(self):
        d = decode(HEAD + '0000 0014 0100 0001 0007 0002 0100 0001 0001 0002' + DATA)
        self.assertEqual(values(d), [{'1': 258}])

    def test_a_later_packet_only_on_a_second_look(self):
        d = decode(HEAD + DATA, HEAD + PORT, HEAD + TWO_OCTETS)
        self.assertEqual(d.records, [])
        self.assertEqual([r['fields'] for r in d.late], [{'7': 258}])
        self.assertEqual(d.summary['undecoded'], [[1, 0, 256, 2]])

    def test_other_port_address_or_source_id_is_another_exporter(self):
        frames = [frame(HEAD + PORT), frame(HEAD + DATA, 2, sport=40001),
                  frame(HEAD + DATA, 3, source='c0000202'),
                  frame('0009 0001 00002710 65937d25 00000007 0000000a' + DATA, 4),
                  frame(HEAD + DATA, 5)]
        self.assertEqual([r['frame'] for r in decoder.decode(frames, TABLE).records], [5])

    def test_options_template_takes_the_id_over(self):
        d = decode(HEAD + PORT + '0001 000e 0100 0000 0004 0029 0002' + DATA)
        self.assertEqual([(r['kind'], r['fields']) for r in d.records], [('options', {'41': 258})])

    def test_bad_definitions_change_nothing(self):
        for bad in ('0000 000c 00ff 0001 0001 0002',        # an ID below 256
                    '0000 0008 0100 0000',                  # no field
                    '0000 000c 0100 0002 0001 0002',        # one specifier for two fields
                    '0001 000e 0100 0004 0004 0001 0002'):  # its option field is cut off
            with self.subTest(bad):
                d = decode(HEAD + PORT + bad + DATA)
                self.assertEqual(values(d), [{'7': 258}])
                self.assertEqual(d.summary['bad_templates'], 1)

    def test_good_definition_after_one_with_a_low_id(self):
        d = decode(HEAD + '0000 0014 0005 0001 0001 0002 0100 0001 0007 0002' + DATA)
        self.assertEqual(values(d), [{'7': 258}])


class Walk(unittest.TestCase):
    def test_count_does_not_limit(self):
        for count in ('0000', '0001', 'ffff'):
            d = decode('0009' + count + CLOCK + PORT + DATA + DATA)
            self.assertEqual(len(d.records), 2, count)

    def test_zero_tail(self):
        d = decode(HEAD + PORT + DATA + '00' * 64)
        self.assertEqual((len(d.records), d.summary['zero_tail']), (1, [[1, 64]]))

    def test_length_below_four_ends_the_packet(self):
        d = decode(HEAD + PORT + '0100 0003' + DATA)
        self.assertEqual((d.records, d.summary['short_tail']), ([], [[1, 10]]))

    def test_overrun_is_decoded_as_far_as_it_goes(self):
        d = decode(HEAD + PORT + '0100 0020 0001 0002 03')
        self.assertEqual(values(d), [{'7': 1}, {'7': 2}])
        self.assertEqual(d.summary['overrun'], [[1, 23]])
        self.assertEqual(d.summary['padding'], [[1, 1, '03']])

    def test_reserved_ids_are_skipped(self):
        d = decode(HEAD + PORT + '0002 0008 01020304 00ff 0004' + DATA)
        self.assertEqual((len(d.records), d.summary['reserved']),
                         (1, [[1, 1, 2, 4], [1, 2, 255, 0]]))

    def test_short_records_or_padding(self):
        """Records of one octet; the Count (a template and they) says which octets pad."""
        one = '0000 000c 0100 0001 0004 0001 0100 0008 01020000'
        for count, records in ((2, 1), (3, 2), (4, 3), (5, 4), (1, 4), (9, 4)):
            with self.subTest(count):
                d = decode('0009 %04x' % count + CLOCK + one)
                self.assertEqual(len(d.records), records)

    def test_other_versions_and_short_headers_are_no_packets(self):
        d = decode('0005' + HEAD[4:], '0009 0001')
        self.assertEqual(d.summary['packets'], 0)


class Datagrams(unittest.TestCase):
    def test_link_layers(self):
        ip = frame('0102').data
        ether, sll = '02005e005301 02005e005302', '0000 0001 0006 02005e005301 0000'
        for linktype, link in ((pcap.RAW, ''), (pcap.NULL, '02000000'), (pcap.LOOP, '00000002'),
                               (pcap.ETHERNET, ether + '0800'), (pcap.SLL, sll + '0800'),
                               (pcap.ETHERNET, ether + '8100 0005 0800'),
                               (pcap.ETHERNET, ether + '88a8 0007 8100 0005 0800'),
                               (pcap.SLL2, '0800 0000 00000001 0001 00 06 02005e0053010000')):
            data = bytes.fromhex(link) + ip + b'\0' * 10
            self.assertEqual(packets.udp(pcap.Frame(1, 0, linktype, data)),
                             ('192.0.2.1', 40000, '198.51.100.1', 2055, b'\x01\x02'))

    def test_ipv6_with_extension_header(self):
        ip = bytes.fromhex('60000000 0012 00 40' + '20010db8000000000000000000000001'
                           '20010db8000000000000000000000002' + '1100010400000000'
                           '9c40 0807 000a 0000 0102')
        self.assertEqual(packets.udp(pcap.Frame(1, 0, pcap.RAW, ip)),
                         ('2001:db8::1', 40000, '2001:db8::2', 2055, b'\x01\x02'))

    def test_no_datagram(self):
        tcp = bytearray(frame('0102').data)
        tcp[9] = 6
        fragment = bytearray(frame('0102').data)
        fragment[6] = 0x20
        for data in (bytes(tcp), bytes(fragment), b'', b'\x45', b'\x60'):
            self.assertIsNone(packets.udp(pcap.Frame(1, 0, pcap.RAW, data)))


if __name__ == '__main__':
    unittest.main()
