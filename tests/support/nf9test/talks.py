# SPDX-License-Identifier: MIT
"""The tables of conversations and endpoints that are expected, made of the tests' own decoder."""

TCP, UDP = 6, 17
VIEWS = {'': 'NetFlow v9', '.tcp': 'NetFlow v9 TCP', '.udp': 'NetFlow v9 UDP',
         '.ip': 'NetFlow v9 IP', '.eth': 'NetFlow v9 Ethernet'}

# What both directions of a row count together at most; in tshark's text, packets too.
MOST, MOST_PRINTED = (1 << 63) - 1, (1 << 32) - 2

# What a filter calls an address: of either side, of the sender, of the receiver.
_FOUR = 'nf9.addr', 'nf9.ipv4_src_addr', 'nf9.ipv4_dst_addr'
_SIX = 'nf9.addr6', 'nf9.ipv6_src_addr', 'nf9.ipv6_dst_addr'

# MAC addresses, the best pair first: in, out, in and out, out and in.
_MACS = (('56', '80', ('nf9.mac', 'nf9.in_src_mac', 'nf9.in_dst_mac')),
         ('81', '57', ('nf9.mac', 'nf9.out_src_mac', 'nf9.out_dst_mac')),
         ('56', '57', ('nf9.mac', 'nf9.in_src_mac', 'nf9.out_dst_mac')),
         ('81', '80', ('nf9.mac', 'nf9.out_src_mac', 'nf9.in_dst_mac')))


class Talk:
    """What one record says: sides are (address, port), port None where there is none."""

    def __init__(self, frame, src, dst, names, counters, times):
        self.frame, self.src, self.dst, self.names = frame, src, dst, names
        self.filters_ports = src[1] is not None
        self.packets, self.packets_back, self.bytes, self.bytes_back = counters
        self.start, self.stop = min(times), max(times)

    def key(self, side):
        return side[0], side[1] or 0


def _zero(pair):
    return set(pair) <= {'0.0.0.0', '::'}


def _addresses(have):
    pairs = [(have.get('8'), have.get('12'), _FOUR),
             (have.get('27'), have.get('28'), _SIX)]
    pairs = [pair for pair in pairs if None not in pair]
    return next((pair for pair in pairs if not _zero(pair[:2])), pairs[0] if pairs else None)


def _macs(have):
    for src, dst, names in _MACS:
        if src in have and dst in have:
            return have[src], have[dst], names
    return None


def _ports(have, protocol):
    ports = have.get('7'), have.get('11')
    if None in ports or protocol in (1, 58) or max(ports) > 65535:
        return None, None
    return ports


def _counters(have):
    """Packets and octets, each with those of the way back."""
    def first(*keys):
        return next((key for key in keys if key in have), None)

    octets, packets = first('1', '85', '231', '23'), first('2', '86', '298', '24')
    return (have.get(packets, 0), have.get('299', 0) if packets == '298' else 0,
            have.get(octets, 0), have.get('232', 0) if octets == '231' else 0)


def _times(expected, record, have):
    """The flow's own times, else its event's, else the frame's."""
    for times in (expected.times(record, have), [expected.event(record, have)],
                  [expected.time[record['frame']]]):
        found = [one for one in times if one is not None]
        if found:
            return found
    raise AssertionError('a frame has a time')


def of(expected, view):
    """The talks of a capture (rows.Rows) that a view shows, in order."""
    for _, record in expected.records:
        if record['kind'] != 'data':
            continue
        have = expected.values(record)
        protocol = have['4'] & 255 if '4' in have else None
        if protocol != {'.tcp': TCP, '.udp': UDP}.get(view, protocol):
            continue
        pair = _macs(have) if view == '.eth' else _addresses(have)
        if pair is None:
            continue
        ports = _ports(have, protocol) if view in ('', '.tcp', '.udp') else (None, None)
        yield Talk(record['frame'], (pair[0], ports[0]), (pair[1], ports[1]), pair[2],
                   _counters(have), _times(expected, record, have))


class Row:
    """A conversation, or an endpoint, which has one side only."""

    def __init__(self, talk, *sides):
        self.sides, self.names, self.filters_ports = sides, talk.names, talk.filters_ports
        self.packets, self.bytes = [0, 0], [0, 0]       # there and back
        self.start, self.stop, self.frames = talk.start, talk.stop, set()

    def add(self, talk, back, most_packets):
        def count(counters, which, number, most):
            counters[which] = min(counters[which] + number, most - counters[1 - which])

        count(self.packets, back, talk.packets, most_packets)
        count(self.packets, 1 - back, talk.packets_back, most_packets)
        count(self.bytes, back, talk.bytes, MOST)
        count(self.bytes, 1 - back, talk.bytes_back, MOST)
        self.start, self.stop = min(self.start, talk.start), max(self.stop, talk.stop)
        self.filters_ports &= talk.filters_ports
        if self.names != talk.names:
            self.names = self.names[:1] * 3
        self.frames.add(talk.frame)

    def filter(self, version):
        """The display filter that leads to the row's packets, as this Wireshark has it."""
        names, terms = self.names[:1] * 2, []
        if len(self.sides) == 2 and self.sides[0][0] == self.sides[1][0] and version >= (4, 4):
            names = self.names[1:]
        for name, (address, port) in zip(names, self.sides):
            terms.append('%s==%s' % (name, address))
            if self.filters_ports:
                terms.append('nf9.port==%d' % port)
        return ' && '.join(terms)

    def shown(self, version):
        """What sharkd says of the row; times apart."""
        out = {'txf': self.packets[0], 'txb': self.bytes[0], 'rxf': self.packets[1],
               'rxb': self.bytes[1], 'filter': self.filter(version)}
        names = ('saddr', 'daddr') if len(self.sides) == 2 else ('host',)
        out.update(zip(names, (address for address, _ in self.sides)))
        return out


def conversations(talks, most_packets=MOST):
    """Rows in the order of their first records."""
    found = {}
    for talk in talks:
        src, dst = talk.key(talk.src), talk.key(talk.dst)
        back = (src, dst) not in found and (dst, src) in found
        key = (dst, src) if back else (src, dst)
        found.setdefault(key, Row(talk, talk.src, talk.dst)).add(talk, int(back), most_packets)
    return list(found.values())


def endpoints(talks, most_packets=MOST):
    """The same, a row a side."""
    found = {}
    for talk in talks:
        for back, side in enumerate((talk.src, talk.dst)):
            row = found.setdefault(talk.key(side), Row(talk, side))
            row.add(talk, back, most_packets)
    return list(found.values())
