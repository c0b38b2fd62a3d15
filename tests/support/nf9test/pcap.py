# SPDX-License-Identifier: MIT
"""Read pcap and pcapng files, write pcap files."""

import struct
from collections import namedtuple

ETHERNET = 1
NULL = 0
LOOP = 108
RAW = 101
SLL = 113
SLL2 = 276

# number counts every frame from 1, as Wireshark does; time is in ns since 1970.
Frame = namedtuple('Frame', 'number time linktype data')

_MAGICS = {
    b'\xa1\xb2\xc3\xd4': ('>', 1000),
    b'\xd4\xc3\xb2\xa1': ('<', 1000),
    b'\xa1\xb2\x3c\x4d': ('>', 1),
    b'\x4d\x3c\xb2\xa1': ('<', 1),
}
_SECTION = b'\x0a\x0d\x0d\x0a'


class PcapError(ValueError):
    """The file is no capture that this module reads."""


def read(path):
    """All frames of a capture file.  What follows a record cut short is left out."""
    with open(path, 'rb') as f:
        return list(parse(f.read()))


def parse(data):
    if data[:4] in _MAGICS:
        return _parse_pcap(data)
    if data[:4] == _SECTION:
        return _parse_pcapng(data)
    raise PcapError('neither pcap nor pcapng')


def _parse_pcap(data):
    order, unit = _MAGICS[data[:4]]
    if len(data) < 24:
        raise PcapError('pcap header cut short')
    # The upper bits of the last word carry FCS information, not the link type.
    linktype = struct.unpack(order + 'I', data[20:24])[0] & 0x0FFFFFFF
    pos, number = 24, 0
    while pos + 16 <= len(data):
        sec, frac, caplen, _ = struct.unpack(order + 'IIII', data[pos:pos + 16])
        pos += 16
        if pos + caplen > len(data):
            return
        number += 1
        yield Frame(number, sec * 1000000000 + frac * unit, linktype, data[pos:pos + caplen])
        pos += caplen


class _Interface:
    def __init__(self, order, body):
        self.linktype, _, self.snaplen = struct.unpack(order + 'HHI', body[:8])
        self.per_second, self.offset = 1000000, 0
        pos = 8
        while pos + 4 <= len(body):
            code, length = struct.unpack(order + 'HH', body[pos:pos + 4])
            value = body[pos + 4:pos + 4 + length]
            if code == 0:
                break
            if code == 9 and length == 1:
                exponent = value[0] & 0x7F
                self.per_second = 2 ** exponent if value[0] & 0x80 else 10 ** exponent
            elif code == 14 and length == 8:
                self.offset = struct.unpack(order + 'q', value)[0]
            pos += 4 + (length + 3) // 4 * 4

    def time(self, high, low):
        units = (high << 32) | low
        return units * 1000000000 // self.per_second + self.offset * 1000000000


def _parse_pcapng(data):
    pos, number, order, interfaces = 0, 0, '<', []
    while pos + 12 <= len(data):
        if data[pos:pos + 4] == _SECTION:
            order = '>' if data[pos + 8:pos + 12] == b'\x1a\x2b\x3c\x4d' else '<'
            interfaces = []
        kind, length = struct.unpack(order + 'II', data[pos:pos + 8])
        if length < 12 or pos + length > len(data):
            return
        body = data[pos + 8:pos + length - 4]
        pos += length
        if kind == 1:
            interfaces.append(_Interface(order, body))
            continue
        frame = _pcapng_frame(kind, order, interfaces, body)
        if frame is not None:
            number += 1
            yield Frame(number, *frame)


def _pcapng_frame(kind, order, interfaces, body):
    """(time, linktype, octets) of the three block kinds that hold a packet, else None."""
    if kind == 6:
        index, high, low, caplen = struct.unpack(order + 'IIII', body[:16])
        data = body[20:20 + caplen]
    elif kind == 2:
        index, _, high, low, caplen = struct.unpack(order + 'HHIII', body[:16])
        data = body[20:20 + caplen]
    elif kind == 3:
        index, high, low = 0, 0, 0
        length = struct.unpack(order + 'I', body[:4])[0]
        snaplen = interfaces[0].snaplen if interfaces else 0
        data = body[4:4 + (min(length, snaplen) if snaplen else length)]
    else:
        return None
    if index >= len(interfaces):
        raise PcapError('packet of an interface that is not described')
    interface = interfaces[index]
    return interface.time(high, low), interface.linktype, data


def write(path, frames, linktype=ETHERNET):
    """Writes (time in ns, octets) or (time in ns, octets, length on the wire) as pcap with us."""
    with open(path, 'wb') as f:
        f.write(struct.pack('<IHHiIII', 0xA1B2C3D4, 2, 4, 0, 0, 262144, linktype))
        for time, data, *wire in frames:
            length = wire[0] if wire else len(data)
            f.write(struct.pack('<IIII', time // 1000000000, time % 1000000000 // 1000,
                                len(data), length))
            f.write(data)
