# SPDX-License-Identifier: MIT
"""UDP datagrams made for a test, as a capture of IP packets."""

import ipaddress
import struct

from . import pcap

EXPORTER, COLLECTOR = '192.0.2.1', '198.51.100.1'
START = 1704164645


def datagram(payload, sport=40000, dport=2055, src=EXPORTER, dst=COLLECTOR):
    """The IP packet around a payload; without UDP checksum, which Wireshark accepts."""
    udp = struct.pack('>HHHH', sport, dport, 8 + len(payload), 0) + payload
    src, dst = ipaddress.ip_address(src), ipaddress.ip_address(dst)
    if src.version == 6:
        head = struct.pack('>IHBB', 6 << 28, len(udp), 17, 64)
    else:
        head = struct.pack('>BBHHHBBH', 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0)
    return head + src.packed + dst.packed + udp


def write(path, packets):
    """A capture of IP packets, a millisecond apart."""
    pcap.write(path, [(START * 10**9 + i * 10**6, data) for i, data in enumerate(packets)],
               pcap.RAW)
    return path


def v9(*flowsets, sequence=1, source=0, count=1):
    """An Export Packet around (ID, body) pairs."""
    body = b''.join(struct.pack('>HH', number, 4 + len(octets)) + octets
                    for number, octets in flowsets)
    return struct.pack('>HHIIII', 9, count, 3600000, START, sequence, source) + body


def template(number, *pairs):
    """A Template FlowSet's (ID, body) of one Template Record."""
    return 0, struct.pack('>HH', number, len(pairs)) + b''.join(
        struct.pack('>HH', *pair) for pair in pairs)


def v5():
    """A NetFlow version 5 packet with one flow."""
    return struct.pack('>HHIIIIBBH', 5, 1, 3600000, START, 0, 1, 0, 0, 0) + bytes(range(48))
