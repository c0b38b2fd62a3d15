# SPDX-License-Identifier: MIT
"""The rows that `-z nf9,records` is to print for a capture, made of the tests' own decoder."""

import datetime
import ipaddress
import re

from . import clock, decoder, fields, packets, pcap
from .pdml import significant
from .places import PORTS

CSV = ('frame record time exporter source_id template start end proto src sport dst dport '
       'packets bytes tcp_flags in_if out_if').split()
SCOPES = {'s1': 'system', 's2': 'interface', 's3': 'line_card', 's4': 'cache', 's5': 'template'}

# Octets that are shown by their parts (RFC 3032, RFC 6759, RFC 4364, Cisco's ASA).
_MPLS, _APPLICATION, _RD, _ACL = range(70, 80), (95, 97), (90,), (33000, 33001)
_NTP = 2208988800               # seconds from 1900 to 1970
_YEAR_10000 = 253402300800 * 10**9


def iso(nanos, decimals):
    """Nanoseconds since 1970 in ISO 8601; years of five digits as seconds."""
    if 0 <= nanos < _YEAR_10000:
        when = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=nanos // 10**9)
        seconds = when.strftime('%Y-%m-%dT%H:%M:%S')
    else:
        seconds = str(nanos // 10**9)
    fraction = '.%09d' % (nanos % 10**9) if decimals else ''
    return seconds + fraction[:decimals + 1 if decimals else 0] + 'Z'


def point(kind, number, size):
    """A time as exported in ns since 1970, None where it is too short to be one."""
    if kind == 'TIME_S':
        return number * 10**9
    if kind == 'TIME_MS':
        return number * 10**6 if size >= 5 else None
    if size != 8:
        return None
    if number < 1 << 63:                # a plain count, as nProbe sends
        return number * (1000 if kind == 'TIME_US' else 1)
    return ((number >> 32) - _NTP) * 10**9 + ((number & 0xFFFFFFFF) * 10**9 >> 32)


def digits(nanos):
    """How many decimals a time is shown with: what it has, 3 at least."""
    return 3 if nanos % 10**6 == 0 else 6 if nanos % 1000 == 0 else 9


def _time(kind, number, size):
    """A time as exported in ISO 8601, the number where it is too short to be one."""
    nanos = point(kind, number, size)
    decimals = {'TIME_S': 0, 'TIME_MS': 3, 'TIME_US': 6, 'TIME_NS': 9}[kind]
    return number if nanos is None else iso(nanos, decimals)


def _packed(type_, data):
    if type_ in _MPLS and len(data) in (3, 4):
        word = int.from_bytes(data[:3], 'big')
        return '%d exp %d%s' % (word >> 4, word >> 1 & 7, ' bottom' if word & 1 else '')
    if type_ in _APPLICATION and 2 <= len(data) <= 9:
        if data[0] == 20 and len(data) > 5:             # RFC 6759: an enterprise's own selector
            return '%d:%d:%d' % (data[0], int.from_bytes(data[1:5], 'big'),
                                 int.from_bytes(data[5:], 'big'))
        return '%d:%d' % (data[0], int.from_bytes(data[1:], 'big'))
    if type_ in _RD and len(data) == 8 and data[0] == 0 and data[1] <= 2:
        if data[:2] == b'\0\1':
            return '%s:%d' % (ipaddress.IPv4Address(data[2:6]), int.from_bytes(data[6:], 'big'))
        size = 4 if data[1] == 2 else 2
        return '%d:%d' % (int.from_bytes(data[2:2 + size], 'big'),
                          int.from_bytes(data[2 + size:], 'big'))
    if type_ in _ACL and len(data) == 12:
        return ' '.join('0x' + data[i:i + 4].hex() for i in (0, 4, 8))
    return data.hex()


def value(row, key, have, size):
    """A decoded value as JSON has it; `size` is its octets in the record."""
    if isinstance(have, str) and have.startswith('hex:'):
        data = bytes.fromhex(have[4:])
        if row and row.kind == 'TEXT':
            return '0x' + data.rstrip(b'\0').hex()
        if row and row.kind == 'OCTETS':
            return _packed(row.type, data)
        return data.hex()
    if key.startswith('s'):
        return have if key.split('#')[0] in ('s2', 's5') else '%0*x' % (2 * size, have)
    if row.kind.startswith('TIME_'):
        return _time(row.kind, have, size)
    if row.type == 89:
        return have & 0xFF
    if row.type in (57550, 57551):
        return have & 0xFFF
    return significant(key.split('#')[0], have)


class Rows:
    """What is expected of one capture."""

    def __init__(self, path, second_look=False):
        frames = list(pcap.read(path))
        self.table = fields.load()
        self.decoding = decoder.decode(frames, self.table)
        self.time = {frame.number: frame.time for frame in frames}
        self._exporter = {frame.number: packets.udp(frame).src for frame in frames
                          if packets.udp(frame)}
        self._packet = {packet.frame: packet for packet in decoder.export_packets(frames)}
        records = self.decoding.records + (self.decoding.late if second_look else [])
        late = {(one['frame'], one['set']) for one in self.decoding.late} if second_look else ()
        self.undecoded = [one[3] for one in self.decoding.summary['undecoded']
                          if (one[0], one[1]) not in late]
        self.on_our_ports = all(packets.udp(frame).dport in PORTS for frame in frames
                                if frame.number in self._packet)
        records.sort(key=lambda one: (one['frame'], one['set'], one['record']))
        self.records, last = [], (0, 0)
        for record in records:
            last = record['frame'], last[1] + 1 if last[0] == record['frame'] else 1
            self.records.append((last[1], record))

    def name(self, key):
        number, _, nth = key.partition('#')
        if number.startswith('s'):
            name = 'scope.' + SCOPES.get(number, 'unknown.' + number[1:])
        else:
            row = self.table.get(int(number))
            name = row.filter if row else 'unknown.' + number
        return name + ('#' + nth if nth else '')

    def sizes(self, record):
        """By a field's key, how many octets it has in the record."""
        return self.decoding.sizes[record['frame'], record['set'], record['record']]

    def _base(self, ordinal, record):
        frame = record['frame']
        return {'frame': frame, 'record': ordinal, 'time': iso(self.time[frame], 6),
                'exporter': self._exporter[frame], 'source_id': self._packet[frame].source_id,
                'template': record['flowset_id']}

    def json(self, kind):
        """A dict a record of this kind ("data" or "options"), each with every field."""
        rows = []
        for ordinal, record in self.records:
            if record['kind'] != kind:
                continue
            row = self._base(ordinal, record)
            for key, have in record['fields'].items():
                number = key.split('#')[0]
                known = None if key.startswith('s') else self.table.get(int(number))
                row[self.name(key)] = value(known, key, have, self.sizes(record)[key])
            rows.append(row)
        return rows

    @staticmethod
    def values(record):
        """The fields of a record whose octets are a value."""
        return {key: one for key, one in record['fields'].items()
                if not isinstance(one, str) or not one.startswith('hex:')}

    def csv(self, kind):
        """The same with the fixed columns, all text; a time in question is None."""
        rows = []
        for (ordinal, record), row in zip(
                [one for one in self.records if one[1]['kind'] == kind], self.json(kind)):
            have = self.values(record)
            out = {**self._base(ordinal, record), **self._flow(record, have)}
            for name, key in (('in_if', '10'), ('out_if', '14')):
                out[name] = row.get(self.table[int(key)].filter)
            rows.append([text(out.get(name)) for name in CSV])
        return rows

    def _flow(self, record, have):
        def first(*keys):
            return next((have[key] for key in keys if key in have), None)

        four, six = (have.get('8'), have.get('12')), (have.get('27'), have.get('28'))
        pair = four
        if None not in six and (None in four or set(four) == {'0.0.0.0'}):
            pair = six
        if None in pair:
            pair = first('8', '27'), first('12', '28')
        start, end = [None if one is None else iso(one, digits(one))
                      for one in self.times(record, have)]
        flags = first('6')
        return {'start': start, 'end': end, 'proto': first('4'), 'src': pair[0],
                'dst': pair[1], 'sport': first('7'), 'dport': first('11'),
                'packets': first('2', '86', '298', '24'), 'bytes': first('1', '85', '231', '23'),
                'tcp_flags': None if flags is None else significant('6', flags)}

    def times(self, record, have):
        """Start and end in ns since 1970, None where there is none: by the uptime, as points in
        time, before the export, by the event.  `have` are the values that are no octets."""
        packet = self._packet[record['frame']]
        export, sizes = packet.unix_secs * 10**9, self.sizes(record)
        found = []
        for ticks, points, delta in (('22', ('152', '154', '156', '150'), '158'),
                                     ('21', ('153', '155', '157', '151'), '159')):
            when = None
            if ticks in have:
                when = clock.nanos(packet.sys_uptime, packet.unix_secs, have[ticks])
            for key in points:
                if when is None and key in have:
                    when = point(self.table[int(key)].kind, have[key], sizes[key])
            if when is None and delta in have and have[delta] < 1 << 32:
                when = export - have[delta] * 1000
            found.append(when)
        start, end = found
        if end is None and 2 in (have.get('233'), have.get('40005')):
            end = self.event(record, have)
        length = have.get('161', have['162'] / 1000 if '162' in have else None)
        if length is not None and (start is None) != (end is None):
            length = int(length * 10**6)
            start, end = (end - length if start is None else start,
                          start + length if end is None else end)
        return start, end

    def event(self, record, have):
        """The time of a firewall's event in ns since 1970, None where there is none."""
        return point('TIME_MS', have['323'], self.sizes(record)['323']) if '323' in have else None


def text(have):
    """A value as CSV has it: control characters are escaped, a row is a line."""
    if have is None:
        return ''
    if isinstance(have, bool):
        return 'true' if have else 'false'
    return re.sub(r'[\0-\x1f\x7f-\x9f]', lambda m: '\\x%02x' % ord(m.group()), str(have))
