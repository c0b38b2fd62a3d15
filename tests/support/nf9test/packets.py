# SPDX-License-Identifier: MIT
"""From a captured frame to the UDP datagram in it."""

import ipaddress
import struct
from collections import namedtuple

from . import pcap

# Addresses are strings.  `payload` is what was captured of it: a snap length may have cut it.
Datagram = namedtuple('Datagram', 'src sport dst dport payload')

_IPV4, _IPV6 = 0x0800, 0x86DD
_VLAN = (0x8100, 0x88A8, 0x9100)
_UDP, _FRAGMENT = 17, 44
_EXTENSIONS = (0, 43, 60)


def udp(frame):
    """The UDP datagram of a frame, or None.  IP fragments are ignored."""
    data = _network(frame.linktype, frame.data)
    if not data:
        return None
    if data[0] >> 4 == 4:
        return _ipv4(data)
    if data[0] >> 4 == 6:
        return _ipv6(data)
    return None


def _network(linktype, data):
    """The IP packet of a frame, or empty octets."""
    if linktype in (pcap.RAW, 12, 14, 228, 229):
        return data
    if linktype in (pcap.NULL, pcap.LOOP):
        # The address family's number differs between systems; the IP version does not.
        return data[4:]
    if linktype == pcap.ETHERNET:
        return _by_ethertype(data, 12)
    if linktype == pcap.SLL:
        return _by_ethertype(data, 14)
    if linktype == pcap.SLL2:
        return data[20:] if _u16(data, 0) in (_IPV4, _IPV6) else b''
    return b''


def _by_ethertype(data, pos):
    while _u16(data, pos) in _VLAN:
        pos += 4
    return data[pos + 2:] if _u16(data, pos) in (_IPV4, _IPV6) else b''


def _u16(data, pos):
    return int.from_bytes(data[pos:pos + 2], 'big') if pos + 2 <= len(data) else -1


def _ipv4(data):
    if len(data) < 20:
        return None
    header = (data[0] & 15) * 4
    total, _, fragment = struct.unpack('>HHH', data[2:8])
    if header < 20 or data[9] != _UDP or fragment & 0x3FFF:
        return None
    # What follows the total length is the link layer's padding; 0 is segmentation offload.
    end = total if total else len(data)
    return _udp(data[header:end], ipaddress.IPv4Address(data[12:16]),
                ipaddress.IPv4Address(data[16:20]))


def _ipv6(data):
    if len(data) < 40:
        return None
    length, after = _u16(data, 4), data[6]
    end = 40 + length if length else len(data)
    pos = 40
    while after in _EXTENSIONS or after == _FRAGMENT:
        if pos + 8 > len(data):
            return None
        if after == _FRAGMENT and _u16(data, pos + 2) & 0xFFF9:
            return None
        size = 8 if after == _FRAGMENT else 8 + data[pos + 1] * 8
        after = data[pos]
        pos += size
    if after != _UDP:
        return None
    return _udp(data[pos:end], ipaddress.IPv6Address(data[8:24]),
                ipaddress.IPv6Address(data[24:40]))


def _udp(data, src, dst):
    if len(data) < 8:
        return None
    sport, dport, length = struct.unpack('>HHH', data[:6])
    end = length if length >= 8 else len(data)
    return Datagram(str(src), sport, str(dst), dport, data[8:end])
