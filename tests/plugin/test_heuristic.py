#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""NetFlow v9 on any UDP port is found, and nothing else is taken for it."""

import random
import struct
import unittest

from nf9test import forge, main, packets, pcap, places
from nf9test.wireshark import configured

PORT = 31337
SECONDS = 1704164645                # 2024-01-02, what a healthy header would say


def dns(rng):
    """A query or an answer; the transaction ID of every other one is 9."""
    number = 9 if rng.random() < .5 else rng.getrandbits(16)
    name = b''.join(bytes((len(part),)) + part for part in (b'www', b'example', b'org')) + b'\0'
    answer = b'\xc0\x0c\0\1\0\1' + struct.pack('>IH', 300, 4) + rng.randbytes(4)
    if rng.random() < .5:
        return struct.pack('>6H', number, 0x0100, 1, 0, 0, 0) + name + b'\0\1\0\1'
    return struct.pack('>6H', number, 0x8180, 1, 1, 0, 0) + name + b'\0\1\0\1' + answer


def quic(rng):
    return bytes((rng.choice((0xc3, 0x43, 0x5f)),)) + b'\0\0\0\1\x08' + rng.randbytes(1200)


def rtp(rng):
    return struct.pack('>BBHII', 0x80, 96, rng.getrandbits(16), rng.getrandbits(32),
                       rng.getrandbits(32)) + rng.randbytes(160)


def snmp(rng):
    body = b'\x02\x01\x01\x04\x06public\xa0' + bytes((28,)) + rng.randbytes(28)
    return b'\x30' + bytes((len(body),)) + body


def nine(rng):
    """Random octets behind a version of 9."""
    return b'\0\x09' + rng.randbytes(rng.randrange(0, 600))


def nearly(rng):
    """A healthy header, and random octets behind it: the chain of FlowSets does not fit."""
    return struct.pack('>HHIIII', 9, rng.randrange(1, 30), rng.getrandbits(32), SECONDS,
                       rng.getrandbits(32), 0) + rng.randbytes(rng.randrange(4, 600))


FOREIGN = {'DNS': dns, 'QUIC': quic, 'RTP': rtp, 'SNMP': snmp, 'random after 9': nine,
           'random after a header': nearly}


def export_packets():
    for capture in places.ours() + places.real():
        for frame in pcap.read(capture):
            datagram = packets.udp(frame)
            if datagram and datagram.payload[:2] == b'\0\x09':
                yield capture.stem, datagram.payload


class Heuristic(unittest.TestCase):
    def setUp(self):
        self.wireshark = configured()

    def hits(self, payloads, *options):
        """Which of the payloads, each from a port of its own, are nf9."""
        made = [forge.datagram(payload, sport=10000 + n % 40000, dport=PORT)
                for n, payload in enumerate(payloads)]
        path = forge.write(self.wireshark.scratch('heuristic.pcap'), made)
        return [number - 1 for number in self.wireshark.frames(path, 'nf9', *options)]

    def test_no_false_hit(self):
        rng = random.Random(9)
        for name, make in FOREIGN.items():
            payloads = [make(rng) for _ in range(5000)]
            hits = self.hits(payloads)
            print('%s: %d packets tried, %d hits' % (name, len(payloads), len(hits)))
            self.assertEqual([payloads[n].hex() for n in hits], [])

    def test_true_hits(self):
        """What is missed is damaged on purpose, or has no clock."""
        found = list(export_packets())
        hits = set(self.hits([payload for _, payload in found]))
        missed = sorted({name for n, (name, _) in enumerate(found) if n not in hits})
        print('%d Export Packets on another port, %d hits; some missed in: %s'
              % (len(found), len(hits), ', '.join(missed)))
        self.assertGreater(len(hits), 0.75 * len(found))
        for name in missed:
            self.assertIn(name, UNLIKELY)

    def test_switched_off(self):
        self.assertEqual(self.hits([healthy()]), [0])
        self.assertEqual(self.hits([healthy()], '--disable-heuristic', 'nf9_udp'), [])
        self.assertEqual(self.hits([healthy()], '--disable-protocol', 'nf9'), [])

    def test_conversation_stays(self):
        """What comes later in the conversation is ours, however odd; what came before is not."""
        odd = b'\0\x09' + bytes(10)
        path = forge.write(self.wireshark.scratch('stays.pcap'), [
            forge.datagram(payload, sport=5000, dport=PORT) for payload in (odd, healthy(), odd)])
        for options in ((), ('-2',)):
            self.assertEqual(self.wireshark.frames(path, 'nf9', *options), [2, 3])


def healthy():
    flowsets = forge.v9(forge.template(256, (8, 4)), (256, bytes(8)))
    return flowsets[:8] + struct.pack('>I', SECONDS) + flowsets[12:]


# Captures with packets that no strict look may accept: damaged, or with a clock at 0.
UNLIKELY = frozenset((
    'bad_templates', 'count', 'flowset_lengths', 'icmp_error', 'incidents', 'overrun',
    'reserved_flowsets', 'snaplen', 'version5_mixed', 'libnetflow9_malformed_1',
    'libnetflow9_malformed_ot', 'nfparser_redefine_kind', 'nfparser_zero_scope', 'scapy_uts_built'))


if __name__ == '__main__':
    main.run()
