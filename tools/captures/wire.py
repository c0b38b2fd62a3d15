# SPDX-License-Identifier: MIT
"""Frames around payloads, with addresses that are kept for documentation."""

import ipaddress
import struct
from collections import namedtuple

from .octets import octets

# 2024-01-02T03:04:05Z: every capture made by hand begins here.
START = 1704164645
UPTIME = 3600000
COLLECTOR = '198.51.100.1'

Exporter = namedtuple('Exporter', 'src sport dst dport vlan', defaults=(COLLECTOR, 2055, None))

EXPORTER = Exporter('192.0.2.1', 40000)


def v9(body, count, sequence=1, source=0, uptime=UPTIME, secs=START, version=9):
    """An Export Packet: the header's six fields, then FlowSets as octets say."""
    return struct.pack('>HHIIII', version, count, uptime, secs, sequence, source) + octets(body)


def checksum(data):
    words = struct.unpack('>%dH' % (len(data) // 2 + len(data) % 2), data + b'\0' * (len(data) % 2))
    total = sum(words)
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return 0xFFFF - total


def ip(src, dst, protocol, payload, ident=1):
    """An IP packet of the addresses' family.  None of ours is a fragment."""
    src, dst = ipaddress.ip_address(src), ipaddress.ip_address(dst)
    if src.version == 6:
        return struct.pack('>IHBB', 6 << 28, len(payload), protocol, 64) + src.packed + \
            dst.packed + payload
    head = struct.pack('>BBHHHBBH', 0x45, 0, 20 + len(payload), ident, 0, 64, protocol, 0)
    head += src.packed + dst.packed
    return head[:10] + struct.pack('>H', checksum(head)) + head[12:] + payload


def with_checksum(src, dst, protocol, data, offset):
    """An upper-layer packet with its checksum, pseudo header included, at `offset`."""
    src, dst = ipaddress.ip_address(src), ipaddress.ip_address(dst)
    pseudo = src.packed + dst.packed + struct.pack('>II', len(data), protocol)
    value = checksum(pseudo + data) or 0xFFFF
    return data[:offset] + struct.pack('>H', value) + data[offset + 2:]


def udp(src, sport, dst, dport, payload):
    head = struct.pack('>HHHH', sport, dport, 8 + len(payload), 0)
    return with_checksum(src, dst, 17, head + payload, 6)


def ethernet(packet, vlan=None):
    kind = 0x86DD if packet[0] >> 4 == 6 else 0x0800
    tag = struct.pack('>HH', 0x8100, vlan) if vlan else b''
    return octets('00005e005301 00005e005302') + tag + struct.pack('>H', kind) + packet


def datagram(exporter, payload):
    """The frame in which an exporter sends a payload."""
    src, sport, dst, dport, vlan = exporter
    return ethernet(ip(src, dst, 17, udp(src, sport, dst, dport, payload)), vlan)


def capture(*items):
    """Frames a second apart: (time in ns, octets[, length on the wire]).

    An item is a payload of EXPORTER, an (exporter, payload), or a frame as ('frame', octets) or
    ('frame', octets, length on the wire).
    """
    frames = []
    for i, item in enumerate(items):
        time = (START + i) * 1000000000
        if isinstance(item, bytes):
            item = EXPORTER, item
        if item[0] == 'frame':
            frames.append((time,) + item[1:])
        else:
            frames.append((time, datagram(*item)))
    return frames
