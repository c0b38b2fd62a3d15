# SPDX-License-Identifier: MIT
"""The table's cases: octets and verdicts from table/*.json, and captures made of the octets.

A file holds the cases of one or more bullets; a case has a name and packets, a packet:

  head      Count, sysUpTime, unix_secs, sequence, Source ID; the version stands before it
  sets      the FlowSets' octets in hex, with their own IDs and lengths; 00*8 is eight of 00
  octets    the whole packet instead of the two
  from, to  "E:40000" and "C:2055" unless given; E, E2 are exporters, C, C2 collectors: each
            case has its own, so that cases in one capture know nothing of each other
  at        ms from unix_secs to the capture's clock (200)
  snap      octets of the payload that were captured
  quoted    true: inside an ICMP error that the collector sends back

and its verdict, written from the octets:

  records   a list for each FlowSet; a record is {type: value}, scopes s1 to s5, the second field
            of a type N#2, octets "hex:.."; "cut": true marks one that the packet's end cuts
  notes     all nf9.expert.* of the packet; "name+" is one or more, "name?" may be there
  texts     {note: [what its text must contain]}
  fields    {display field: all that it shows in the packet}; frame numbers count from the
            case's first, octets are hex, times ISO 8601
  second    what differs on a second look (-2)
"""

import json
import pathlib
import re
import struct

from nf9test import forge, pcap

FOLDER = pathlib.Path(__file__).resolve().parent / 'table'

_KEYS = {'head', 'sets', 'octets', 'from', 'to', 'at', 'snap', 'quoted',
         'records', 'notes', 'texts', 'fields', 'second'}


class Case:
    """One case; `first` is the number of its first frame in the capture that holds it."""

    def __init__(self, bullet, data, index):
        self.name, self.bullet, self.index = data.pop('name'), bullet, index
        self.packets = data.pop('packets')
        self.prefs = data.pop('prefs', {})
        self.first = 0
        data.pop('why', None)
        wrong = set(data) | {key for packet in self.packets for key in set(packet) - _KEYS}
        if wrong:
            raise ValueError('%s: unknown %s' % (self.name, sorted(wrong)))

    def frames(self):
        """(time in ns, octets, octets on the wire) of each packet."""
        return [self._frame(packet) for packet in self.packets]

    def _frame(self, packet):
        payload = export_packet(packet)
        (src, sport), (dst, dport) = (self._endpoint(packet.get(key, default))
                                      for key, default in (('from', 'E:40000'), ('to', 'C:2055')))
        data = forge.datagram(payload, sport, dport, src, dst)
        if packet.get('quoted'):
            data = icmp_error(data, dst, src)
        snap = packet.get('snap')
        captured = len(data) - (len(payload) - snap if snap is not None else 0)
        seconds = packet['head'][2] if 'head' in packet else forge.START
        when = seconds * 1000 + packet.get('at', 200)
        return when * 10**6, data[:captured], len(data)

    def _endpoint(self, text):
        name, port = text.split(':')
        last = {'E': 1, 'E2': 2, 'C': 101, 'C2': 102}[name]
        return '10.%d.%d.%d' % (self.index >> 8, self.index & 255, last), int(port)

    def verdicts(self, second):
        """(frame, verdict) of each packet, on the first pass or on a second look."""
        for i, packet in enumerate(self.packets):
            yield self.first + i, {**packet, **(packet.get('second', {}) if second else {})}


def octets(texts):
    """Hex with blanks, and XX*N for the octets XX N times."""
    out = b''
    for word in ' '.join(texts).split():
        one, times = re.fullmatch(r'([0-9a-f]+)(?:\*(\d+))?', word).groups()
        out += bytes.fromhex(one) * int(times or 1)
    return out


def export_packet(packet):
    if 'octets' in packet:
        return octets(packet['octets'])
    return struct.pack('>HHIIII', 9, *packet['head']) + octets(packet['sets'])


def icmp_error(quoted, src, dst):
    """ICMP: destination unreachable, port unreachable, around an IP packet.

    No checksum: tshark says that it is wrong, and goes on.
    """
    inside = forge.datagram(b'', src=src, dst=dst)[:20]
    body = struct.pack('>BBHI', 3, 3, 0, 0) + quoted
    return inside[:2] + struct.pack('>H', 20 + len(body)) + inside[4:9] + b'\x01' \
        + inside[10:20] + body


def load():
    """Every case, in the order of the files' names."""
    found = []
    for path in sorted(FOLDER.glob('*.json')):
        for group in json.loads(path.read_text(encoding='utf-8')):
            found += [(group['bullet'], data) for data in group['cases']]
    cases = [Case(bullet, data, index) for index, (bullet, data) in enumerate(found)]
    names = [case.name for case in cases]
    if len(set(names)) != len(names):
        raise ValueError('two cases of one name: %s' %
                         sorted({name for name in names if names.count(name) > 1}))
    return cases


def write(path, cases):
    """One capture of these cases, one after the other."""
    frames = []
    for case in cases:
        case.first = len(frames) + 1
        frames += case.frames()
    pcap.write(path, frames, pcap.RAW)
    return path
