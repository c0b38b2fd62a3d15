#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Which packets are ours: ports, preferences, Decode As, other versions, nf9 disabled."""

import unittest

from nf9test import forge, main, places
from nf9test.wireshark import configured

PORTS = (2055, 9995, 9996, 12345)
DATA = forge.v9(forge.template(256, (8, 4), (1, 4)), (256, bytes(range(16))))


class Ports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.wireshark = configured()
        # Each port with version 9 (frames 1 to 4), then each with version 5 (5 to 8).
        cls.capture = forge.write(cls.wireshark.scratch('ports.pcap'), [
            forge.datagram(data, dport=port) for data in (DATA, forge.v5()) for port in PORTS])

    def frames(self, display_filter, *options):
        """By ports alone: the heuristic would find version 9 on any port."""
        return self.wireshark.frames(self.capture, display_filter, '--disable-heuristic',
                                     'nf9_udp', *options)

    def test_default_ports(self):
        self.assertEqual(self.frames('nf9'), [1, 2, 3])
        self.assertEqual(self.frames('nf9.version == 9'), [1, 2, 3])
        self.assertEqual(self.frames('nf9.ipv4_src_addr == 8.9.10.11'), [1, 2, 3])

    def test_protocol_column(self):
        text = self.wireshark.tshark('-Y', 'nf9', '-T', 'tabs', '-o',
                                     'gui.column.format:"Protocol","%p"',
                                     capture=self.capture).stdout
        self.assertEqual(text.split('\n')[:3], ['NetFlow v9'] * 3)

    def test_source_port(self):
        path = forge.write(self.wireshark.scratch('source.pcap'),
                           [forge.datagram(DATA, sport=2055, dport=40000)])
        self.assertEqual(self.wireshark.frames(path, 'nf9'), [1])

    def test_version_5_reaches_cflow(self):
        self.assertEqual(self.frames('cflow.version == 5'), [5, 6, 7])
        self.assertEqual(self.frames('nf9 && cflow'), [])

    def test_decode_as(self):
        self.assertEqual(self.frames('nf9', '-d', 'udp.port==12345,nf9'), [1, 2, 3, 4])
        self.assertEqual(self.frames('cflow.version == 5', '-d', 'udp.port==12345,nf9'),
                         [5, 6, 7, 8])

    def test_decode_as_another_protocol(self):
        self.assertEqual(self.frames('nf9', '-d', 'udp.port==2055,cflow'), [2, 3])
        self.assertEqual(self.frames('cflow.version == 9', '-d', 'udp.port==2055,cflow'), [1])

    def test_disabled(self):
        options = ('--disable-protocol', 'nf9')
        self.assertEqual(self.frames('nf9', *options), [])
        # What cflow has without us, it has back.
        plain = self.wireshark.without_plugin()
        self.assertEqual(self.frames('cflow', *options), plain.frames(self.capture, 'cflow'))
        self.assertIn(1, self.frames('cflow.version == 9', *options))

    def test_cflow_disabled(self):
        """Version 9 stays ours; other versions are as where no dissector takes them."""
        options = ('--disable-protocol', 'cflow')
        self.assertEqual(self.frames('nf9', *options), [1, 2, 3])
        self.assertEqual(self.frames('cflow', *options), [])
        self.assertEqual(self.frames('data', *options), [4, 5, 6, 7, 8])
        both = ('--disable-protocol', 'cflow', '--disable-protocol', 'nf9')
        self.assertEqual(self.frames('nf9 || cflow', *both), [])

    def test_changed_port_preference(self):
        options = ('-o', 'nf9.udp.port:12345')
        self.assertEqual(self.frames('nf9', *options), [4])
        self.assertEqual(self.frames('cflow', *options)[:1], [1])
        self.assertEqual(self.frames('nf9', '-o', 'nf9.udp.port:2055,12340-12350'), [1, 4])

    def test_changed_cflow_preference(self):
        """Any changed preference of cflow makes it take its ports again; they stay ours."""
        options = ('-o', 'cflow.max_template_fields:70')
        self.assertEqual(self.frames('nf9', *options), [1, 2, 3])
        self.assertEqual(self.frames('nf9', *options, '-d', 'udp.port==12345,nf9'),
                         [1, 2, 3, 4])

    def test_take_over_off(self):
        options = ('-o', 'nf9.take_over:FALSE')
        plain = self.wireshark.without_plugin()
        self.assertEqual(self.frames('cflow', *options), plain.frames(self.capture, 'cflow'))
        self.assertNotIn(1, self.frames('nf9', *options))

    def test_short_and_foreign_payloads(self):
        path = forge.write(self.wireshark.scratch('foreign.pcap'), [
            forge.datagram(data) for data in (b'', b'\0', b'\0\x09', b'\0\x0a' + bytes(14),
                                              b'\xff' * 40)])
        self.assertEqual(self.wireshark.frames(path, 'nf9.version'), [3])

    @unittest.skipUnless(places.real(), '../shared/real-captures is not here')
    def test_real_version_5(self):
        capture = places.REAL / 'graylog_nprobe_mixed_v5.pcap'
        plain = self.wireshark.without_plugin()
        want = plain.frames(capture, 'cflow.version == 5')
        self.assertTrue(want)
        self.assertEqual(self.wireshark.frames(capture, 'cflow.version == 5'), want)
        self.assertEqual(self.wireshark.frames(capture, 'cflow.version == 9'), [])
        self.assertEqual(self.wireshark.frames(capture, 'nf9'),
                         plain.frames(capture, 'cflow.version == 9'))


if __name__ == '__main__':
    main.run()
