# SPDX-License-Identifier: MIT
"""Records of generated values, packed by the library (pack_script.c).

The values that other decoders are to find are known here, and never come from the library.
Records have the form of the expected decodings (captures/expected).
"""

import ipaddress
import os
import random
import subprocess
from collections import namedtuple

from nf9test import fields

PACK = os.environ.get('NF9_PACK_SCRIPT', '')
BOOT = 1704164645                       # s since 1970
TCP, UDP, ICMP, ICMP6 = 6, 17, 1, 58

_TIMES = ((22, 4), (21, 4))
_TIMES_MS = ((152, 8), (153, 8))
_IPV4 = ((8, 4), (12, 4), (7, 2), (11, 2), (4, 1))
_IPV6 = ((27, 16), (28, 16), (7, 2), (11, 2), (4, 1))

# ID: (type, length in octets).  Counters of 64 and 32 bits; what nfdump or cflow know.
FLOWS = {
    256: _IPV4 + _TIMES + ((1, 8), (2, 8), (6, 1), (5, 1), (10, 4), (14, 4), (15, 4), (16, 4),
                           (17, 4), (9, 1), (13, 1)),
    257: _IPV6 + _TIMES_MS + ((1, 8), (2, 8), (6, 1), (5, 1), (10, 4), (14, 4), (62, 16),
                              (16, 4), (17, 4), (29, 1), (30, 1)),
    258: _TIMES_MS + ((1, 4), (2, 4)) + _IPV4 + ((6, 1), (10, 2), (14, 2), (16, 2), (17, 2)),
    259: _IPV4 + _TIMES + ((1, 8), (2, 8), (56, 6), (57, 6), (80, 6), (81, 6), (58, 2), (59, 2),
                           (61, 1)),
    260: _IPV6 + _TIMES + ((2, 8), (1, 8), (23, 8), (24, 8), (55, 1), (89, 1), (63, 16), (61, 1),
                           (3, 4)),
    261: _IPV4 + _TIMES_MS + ((1, 8), (2, 8)) + tuple((n, 3) for n in range(70, 80)),
    262: _IPV4 + _TIMES_MS + ((23, 4), (24, 4), (1, 8), (2, 8), (18, 4), (128, 4), (129, 4)),
    263: ((27, 16), (28, 16), (4, 1), (139, 2)) + _TIMES_MS + ((1, 8), (2, 8)),
    264: ((8, 4), (12, 4), (4, 1), (32, 2)) + _TIMES_MS + ((1, 8), (2, 8)),
    265: _IPV4 + _TIMES_MS + ((1, 8), (2, 8), (234, 4), (235, 4)),
    266: ((8, 4), (12, 4), (4, 1), (176, 1), (177, 1)) + _TIMES_MS + ((1, 8), (2, 8)),
    267: ((27, 16), (28, 16), (4, 1), (178, 1), (179, 1)) + _TIMES_MS + ((1, 8), (2, 8)),
    268: _IPV4 + ((323, 8), (230, 1), (225, 4), (226, 4), (227, 2), (228, 2), (234, 4), (235, 4)),
    269: _IPV4 + _TIMES_MS + ((148, 4), (233, 1), (33002, 2), (323, 8), (231, 4), (232, 4),
                              (33000, 12), (33001, 12), (40000, 20)),
}

# ID: scopes, fields.  Each type of scope; samplers and names of interfaces.
OPTIONS = {
    300: (((1, 4),), ((48, 2), (49, 1), (50, 4), (84, 12))),
    301: (((2, 4),), ((10, 4), (82, 16), (83, 24))),
    302: (((1, 4),), ((34, 4), (35, 1))),
    303: (((3, 2),), ((41, 8), (40, 8), (42, 8))),
    304: (((4, 4),), ((36, 2), (37, 2))),
    305: (((5, 2), (2, 2)), ((34, 4), (35, 1), (10, 2))),
}

_Spec = namedtuple('_Spec', 'number length scope kind')

_LETTERS = {'UINT': 'u', 'IPV4': '4', 'IPV6': '6', 'MAC': 'm', 'TEXT': 't', 'OCTETS': 'o'}


class Flows:
    """A script, and the records that it packs: `records`, in order.

    `flows` and `options` are the templates, as FLOWS and OPTIONS have them.
    """

    def __init__(self, seed, flows, options=None, source=7):
        self.rng = random.Random(seed)
        self.table = fields.load()
        self.uptime = 1000000
        self.templates = {}
        self.records = []
        self.lines = ['packer 1472 %d 1 20 30000' % source]
        for number, specs in flows.items():
            self._define(number, None, specs)
        for number, (scopes, specs) in (options or {}).items():
            self._define(number, scopes, specs)
        self.lines.append('templates ' + ' '.join(map(str, self.templates)))
        self._clock()

    def add(self, number, fixed=()):
        """Adds a record of this template, of random values but for the fixed ones."""
        specs = self.templates[number]
        record = {'flowset_id': number, 'kind': 'options' if specs[0].scope else 'data',
                  'fields': {}}
        values = {**self._values(specs), **dict(fixed)}
        self.lines.append('record %d' % number)
        for spec in specs:
            key = ('s%d' if spec.scope else '%d') % spec.number
            record['fields'][key] = values[key]
            self.lines.append('%s %s %s' % self._put(spec, values[key], key))
        self.lines.append('end')
        self.records.append(record)

    def wait(self, seconds):
        self.uptime += 1000 * seconds
        self._clock()

    def flush(self):
        self.lines.append('flush')

    def pack(self):
        """The datagrams."""
        done = subprocess.run([PACK], input='\n'.join(self.lines).encode() + b'\n',
                              capture_output=True, check=False)
        if done.returncode != 0:
            raise AssertionError(done.stderr.decode('utf-8', 'replace'))
        octets, pos, datagrams = done.stdout, 0, []
        while pos < len(octets):
            size = int.from_bytes(octets[pos:pos + 4], 'big')
            datagrams.append(octets[pos + 4:pos + 4 + size])
            pos += 4 + size
        return datagrams

    def _define(self, number, scopes, specs):
        kinds = {1: 'OCTETS', 2: 'UINT', 3: 'OCTETS', 4: 'OCTETS', 5: 'UINT'}
        self.templates[number] = \
            [_Spec(n, length, True, kinds[n]) for n, length in scopes or ()] + \
            [_Spec(n, length, False, self.table[n].kind) for n, length in specs]
        self.lines.append('template %d %d %d %s' % (
            number, -1 if scopes is None else len(scopes), len(specs),
            ' '.join('%d:%d' % pair for pair in (*(scopes or ()), *specs))))

    def _clock(self):
        # whole seconds, so that the boot time is the same by every header
        self.lines.append('clock %d %d' % (self.uptime, BOOT + self.uptime // 1000))

    def _put(self, spec, value, key):
        """The letter, the field's name and the value as the script has them."""
        if spec.kind in ('UINT', 'TIME_MS'):
            return 'u', key, value
        if spec.scope:
            return 'o', key, value.to_bytes(spec.length, 'big').hex()
        if spec.kind == 'TEXT':
            octets = value.encode()
        elif spec.kind == 'OCTETS':
            octets = bytes.fromhex(value.removeprefix('hex:'))
        elif spec.kind == 'MAC':
            octets = bytes.fromhex(value.replace(':', ''))
        else:
            octets = ipaddress.ip_address(value).packed
        return _LETTERS[spec.kind], key, octets.hex()

    def _values(self, specs):
        values = {('s%d' if spec.scope else '%d') % spec.number: self._value(spec)
                  for spec in specs}
        self._of_one_flow(values)
        return values

    def _of_one_flow(self, values):
        """What belongs together: the times; the protocol, its ports and flags; masks."""
        rng = self.rng
        ends = self.uptime - rng.randrange(60000)
        starts = ends - rng.choice((0, 1, rng.randrange(900000)))
        for key, value in (('22', starts), ('21', ends), ('152', BOOT * 1000 + starts),
                           ('153', BOOT * 1000 + ends), ('323', BOOT * 1000 + ends)):
            if key in values:
                values[key] = value
        if '4' in values:
            values['4'] = rng.choice((TCP, UDP, 47, 89, 132))
        if not {'32', '176'}.isdisjoint(values):
            values['4'] = ICMP
        if not {'139', '178'}.isdisjoint(values):
            values['4'] = ICMP6
        for key, most in (('9', 32), ('13', 32), ('29', 128), ('30', 128), ('61', 1), ('35', 2),
                          ('49', 2)):
            if key in values:
                values[key] = rng.randint(1 if key in ('35', '49') else 0, most)
        labels = [key for key in map(str, range(70, 80)) if key in values]
        bottom = rng.randrange(len(labels)) if labels else 0
        for i, key in enumerate(labels):
            label = rng.randrange(16, 1 << 20) << 4 | rng.randrange(8) << 1 | (i == bottom)
            values[key] = 'hex:%06x' % (label if i <= bottom else 0)

    def _value(self, spec):
        rng = self.rng
        if spec.kind in ('UINT', 'TIME_MS') or spec.scope:
            most = 1 << 8 * spec.length
            return rng.choice((0, 1, most - 1, rng.randrange(most), rng.randrange(most)))
        if spec.kind == 'IPV4':
            return str(ipaddress.IPv4Address(rng.randrange(1 << 24, 0xE0 << 24)))
        if spec.kind == 'IPV6':
            return str(ipaddress.IPv6Address(0x2001 << 112 | rng.randrange(1 << 112)))
        if spec.kind == 'MAC':
            return ':'.join('%02x' % octet for octet in rng.randbytes(6))
        if spec.kind == 'TEXT':
            size = rng.choice((1, spec.length, rng.randint(1, spec.length)))
            return ''.join(rng.choices('abcdefghijklmnop-/0123456789', k=size))
        return 'hex:' + rng.randbytes(spec.length).hex()


def generate(flows, number):
    """Adds so many records of all templates, in runs and one by one, over some minutes."""
    rng = flows.rng
    while number > 0:
        chosen = rng.choice(list(flows.templates))
        for _ in range(min(number, rng.choice((1, 1, 2, 30)))):
            flows.add(chosen)
            number -= 1
        if rng.random() < 0.05:
            flows.wait(rng.randrange(1, 4))
        if rng.random() < 0.01:
            flows.flush()
    flows.flush()


def announced(datagrams):
    """How many of them begin with templates."""
    return sum(datagram[20:22] in (b'\0\0', b'\0\1') for datagram in datagrams)
