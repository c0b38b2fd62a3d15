# SPDX-License-Identifier: MIT
"""Makes the captures that are timed: valid exports, many packets, one file a kind.

Packets are put together from ready-made FlowSets, because a value at a time would take longer
than what is timed.  Nothing in them is worth a note: sequences step, Counts are right, flows
end before their export, templates come first and again after every 20 packets of an exporter.
"""

import json
import random
import struct

VERSION = 1                     # raise it when the octets change: cached files are made anew
STEP = 1000                     # packets between two counts in the description
REFRESH = 20                    # packets of an exporter between announcements
POOL = 240                      # ready-made FlowSets a template and number of records
BIG = 4000000000                # octets of the few flows that the filter on one field finds
EXPORT_START = 1700000000
UPTIME_START = 900000000        # ms; no flow of the pool is later than this

_ADDRESS4, _ADDRESS6, _TIME, _BYTES = 'a4', 'a6', 'time', 'bytes'

# (type, length, what): a number as `what` is the largest value.
CLASSIC = [
    (8, 4, _ADDRESS4), (12, 4, _ADDRESS4), (15, 4, _ADDRESS4), (10, 2, 500), (14, 2, 500),
    (2, 4, 2000), (1, 4, _BYTES), (22, 4, _TIME), (21, 4, _TIME), (7, 2, 65535),
    (11, 2, 65535), (6, 1, 31), (4, 1, (6, 17, 6, 6)), (5, 1, 0), (16, 2, 64000),
    (17, 2, 64000), (9, 1, 24), (13, 1, 24), (61, 1, 1), (48, 1, 3),
]
IPV6 = [
    (27, 16, _ADDRESS6), (28, 16, _ADDRESS6), (62, 16, _ADDRESS6), (31, 3, 0xFFFFF),
    (10, 4, 500), (14, 4, 500), (2, 8, 2000), (1, 8, _BYTES), (22, 4, _TIME), (21, 4, _TIME),
    (7, 2, 65535), (11, 2, 65535), (6, 1, 31), (4, 1, (6, 17, 6, 6)), (5, 1, 0), (16, 4, 400000),
    (17, 4, 400000), (29, 1, 64), (30, 1, 64), (61, 1, 1), (48, 1, 3), (58, 2, 4000),
    (59, 2, 4000), (60, 1, (6,)), (64, 4, 0), (25, 2, 100), (26, 2, 1500), (34, 4, (1000,)),
    (35, 1, (2,)),
]


def _many():
    """Eight templates of 12 to 18 fields, all with address, octets and times."""
    return [CLASSIC[:9] + CLASSIC[9 + i % 4:12 + i % 4 + i] for i in range(8)]


class Kind:
    """What one capture holds.

    `shapes` are the templates of every exporter, IDs from 256; `records` is how many records a
    packet has of each, one of them in turn.
    """

    def __init__(self, name, shapes, records, exporters, address_fields):
        self.name, self.shapes, self.records = name, shapes, records
        self.exporters = exporters
        self.nf9_address, self.cflow_address = address_fields

    def count(self, i):
        return self.records[i % len(self.records)]

    def records_a_packet(self):
        """The mean of all templates together."""
        return len(self.shapes) * sum(self.records) // len(self.records)


_V4 = ('nf9.ipv4_src_addr', 'cflow.srcaddr')
_V6 = ('nf9.ipv6_src_addr', 'cflow.srcaddrv6')
KINDS = {kind.name: kind for kind in (
    Kind('classic', [CLASSIC], [24, 25, 26, 27, 28], 1, _V4),
    Kind('many', _many(), [3], 1000, _V4),
    Kind('ipv6', [IPV6], [10, 11, 12], 1, _V6),
)}


class Capture:
    """A made capture: where it is and what it holds."""

    def __init__(self, path, kind, description):
        self.path, self.kind, self.packets = path, kind, description['packets']
        self._records = description['records']

    def records(self, packets):
        """The records in the first so many packets."""
        return self._records[str(packets)]


def make(folder, name, packets):
    """The capture of a kind, made unless the folder has it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / ('%s-%d-v%d.pcap' % (name, packets, VERSION))
    described = path.with_suffix('.json')
    if not described.exists():
        unfinished = path.with_suffix('.part')
        description = _write(unfinished, KINDS[name], packets)
        unfinished.chmod(0o644)
        unfinished.rename(path)
        described.write_text(json.dumps(description))
    return Capture(path, KINDS[name], json.loads(described.read_text()))


# -- octets -------------------------------------------------------------------------------------

def _value(rng, what, big):
    if what == _ADDRESS4:
        return 0x0A000000 + rng.randrange(1 << 24)
    if what == _ADDRESS6:
        return (0x20010DB8 << 96) + rng.randrange(1 << 64)
    if what == _TIME:
        return UPTIME_START - rng.randrange(1000, 60000)
    if what == _BYTES:
        return BIG + rng.randrange(1000) if big else rng.randrange(40, 1500000)
    return rng.choice(what) if isinstance(what, tuple) else rng.randint(0, what)


def _record(rng, shape, big):
    octets, times = bytearray(), []
    for number, length, what in shape:
        value = _value(rng, what, big)
        if what == _TIME:
            times.append(len(octets))
        octets += value.to_bytes(length, 'big')
    first, last = times
    if octets[first:first + 4] > octets[last:last + 4]:
        octets[first:first + 4], octets[last:last + 4] = (octets[last:last + 4],
                                                          octets[first:first + 4])
    return bytes(octets)


def _flowset(number, body):
    body += bytes(-len(body) % 4)
    return struct.pack('>HH', number, 4 + len(body)) + body


def _template(number, shape):
    return struct.pack('>HH', number, len(shape)) + b''.join(
        struct.pack('>HH', kind, length) for kind, length, _ in shape)


def _pools(kind):
    """By number of records and place in the pool: a packet's Data FlowSets."""
    rng = random.Random(42)
    pools = {}
    for count in sorted(set(kind.records)):
        pools[count] = [
            b''.join(_flowset(256 + i, b''.join(
                _record(rng, shape, place % 80 == 7 and i == 0 and k == 0)
                for k in range(count))) for i, shape in enumerate(kind.shapes))
            for place in range(POOL)]
    return pools


def _checksum(header):
    total = sum(struct.unpack('>10H', header))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def _headers(kind, exporter, length):
    """Ethernet, IPv4 and UDP before a payload of this length."""
    if kind.exporters == 1:
        source = bytes([192, 0, 2, 1])
    else:
        source = bytes([10, 9, exporter >> 8, exporter & 255])
    ip = struct.pack('>BBHHHBBH4s4s', 0x45, 0, 28 + length, 0, 0x4000, 64, 17, 0, source,
                     bytes([198, 51, 100, 1]))
    ip = ip[:10] + struct.pack('>H', _checksum(ip)) + ip[12:]
    return (bytes.fromhex('0200000000010200000000020800') + ip +
            struct.pack('>HHHH', 40000, 2055, 8 + length, 0))


def _write(path, kind, packets):
    pools = _pools(kind)
    templates = _flowset(0, b''.join(_template(256 + i, shape)
                                     for i, shape in enumerate(kind.shapes)))
    shapes, exporters = len(kind.shapes), kind.exporters
    head = struct.Struct('>HHIIII')
    frame = struct.Struct('<IIII')
    known, total, records = {}, 0, {'0': 0}
    with open(path, 'wb', buffering=1 << 20) as f:
        f.write(struct.pack('<IHHiIII', 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
        for i in range(packets):
            sequence, exporter = divmod(i, exporters)
            count = kind.count(i)
            body = pools[count][i % POOL]
            announced = sequence % REFRESH == 0
            if announced:
                body = templates + body
            key = (exporter, len(body))
            below = known.get(key)
            if below is None:
                below = known[key] = _headers(kind, exporter, 20 + len(body))
            ms = 10 * i
            seconds = EXPORT_START + ms // 1000
            length = len(below) + 20 + len(body)
            # it arrives 1 ms after it was exported
            f.write(frame.pack(seconds, ms % 1000 * 1000 + 1000, length, length) + below +
                    head.pack(9, (count + announced) * shapes, UPTIME_START + ms, seconds,
                              sequence, 7) + body)
            total += count * shapes
            if (i + 1) % STEP == 0 or i + 1 == packets:
                records[str(i + 1)] = total
    return {'packets': packets, 'records': records}
