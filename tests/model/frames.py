# SPDX-License-Identifier: MIT
"""What generator, model and comparison share: the frames of a capture, and how they are written.

A capture is a list of frames, all of them with an Export Packet.  Nothing else is known to the
model: no word passes from the generator to it.
"""

import ipaddress
import struct
from collections import namedtuple

from nf9test import pcap

# The UDP datagram from an exporter to a collector.  `quoted`: it is not sent, but quoted whole
# in an ICMP error of the collector.  `mark`: time to live (hop limit), for read filters.
Frame = namedtuple('Frame', 'src sport dst dport payload quoted mark')

START = 1704164645


def ip(src, dst, protocol, body, mark):
    src, dst = ipaddress.ip_address(src), ipaddress.ip_address(dst)
    if src.version == 6:
        head = struct.pack('>IHBB', 6 << 28, len(body), protocol, mark)
    else:
        head = struct.pack('>BBHHHBBH', 0x45, 0, 20 + len(body), 0, 0, mark, protocol, 0)
    return head + src.packed + dst.packed + body


def packet(frame):
    """The IP packet of a frame."""
    udp = struct.pack('>HHHH', frame.sport, frame.dport, 8 + len(frame.payload), 0)
    data = ip(frame.src, frame.dst, 17, udp + frame.payload, frame.mark)
    if not frame.quoted:
        return data
    if ':' in frame.src:
        error, protocol = struct.pack('>BBHI', 1, 4, 0, 0), 58
    else:
        error, protocol = struct.pack('>BBHI', 3, 3, 0, 0), 1
    return ip(frame.dst, frame.src, protocol, error + data, frame.mark)


def write(path, frames):
    pcap.write(path, [(START * 10**9 + i * 10**6, packet(frame))
                      for i, frame in enumerate(frames)], pcap.RAW)
    return path


def dump(frames):
    """Frames as text, for a report."""
    return '\n'.join('frame %d%s %s:%d > %s:%d %s' %
                     (i, ' (quoted)' * f.quoted, f.src, f.sport, f.dst, f.dport,
                      f.payload.hex(' ', 4)) for i, f in enumerate(frames, 1))
