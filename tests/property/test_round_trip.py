# SPDX-License-Identifier: MIT
"""Generated templates and values, written by the encoder (encode_script.c) and read by the
decoder of the tests, which knows nothing of it; directly, and once more by what the packets say
as objects (packet_rebuild.c)."""

import ipaddress
import os
import random
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path

from nf9test import decoder, fields, forge, pcap
from nf9test.main import run

ENCODE = os.environ.get('NF9_ENCODE_SCRIPT', '')
REBUILD = os.environ.get('NF9_PACKET_REBUILD', '')
PACKETS = 4000
VARIABLE, MAPPED = 65535, bytes(10) + b'\xff\xff'
TIMES = ('TIME_S', 'TIME_MS', 'TIME_US', 'TIME_NS')
MASKED = (6, 31, 89, 57550, 57551)      # types whose number leaves bits out
LETTERS = 'ab \u00e4\u20ac\U0001f600-0'


class Field:
    """A field of a template, and how a value of it is put and read."""

    def __init__(self, rng, kind, number, scope=False):
        self.kind, self.number, self.scope = kind, number, scope
        self.length = self._length(rng)
        self.name = ('s%d' if scope else '%d') % number

    def _length(self, rng):
        if rng.random() < 0.1:
            return VARIABLE
        return {'FLOAT': lambda: rng.choice((4, 8)), 'BOOL': lambda: 1,
                'IPV4': lambda: rng.choice((4, 4, 16)), 'IPV6': lambda: 16, 'MAC': lambda: 6,
                'TEXT': lambda: rng.randrange(33), 'OCTETS': lambda: rng.randrange(20),
                'TIME_MS': lambda: rng.randint(6, 8), 'TIME_US': lambda: 8,
                'TIME_NS': lambda: 8}.get(self.kind, lambda: rng.randint(1, 8))()

    def value(self, rng):
        """(the call that puts it, what the decoder reads)."""
        return getattr(self, 'as_' + self.kind.lower().split('_', maxsplit=1)[0])(rng)

    def call(self, letter, text):
        return '%s %s %s' % (letter, self.name, text)

    def size(self, rng, most):
        return rng.choice((0, 1, 254, 255, 256, rng.randrange(most))) \
            if self.length == VARIABLE else self.length

    def as_uint(self, rng):
        most = 1 << 8 * min(self.length, 8)
        value = rng.choice((0, most - 1, rng.randrange(most)))
        return self.call('u', value), value

    def as_int(self, rng):
        half = 1 << 8 * min(self.length, 8) - 1
        value = rng.choice((-half, half - 1, -1, rng.randrange(-half, half)))
        return self.call('i', value), value

    def as_float(self, rng):
        value = rng.choice((0.0, -1.5, rng.uniform(-1e30, 1e30), rng.random()))
        if self.length == 4:
            wanted = struct.unpack('>f', struct.pack('>f', value))[0]
        else:
            wanted = value
        return self.call('d', struct.pack('>d', value).hex()), wanted

    def as_bool(self, rng):
        value = rng.random() < 0.5
        return self.call('b', int(value)), value

    def as_ipv4(self, rng):
        address = rng.randbytes(4)
        wanted = 'hex:' + (MAPPED + address).hex() if self.length == 16 \
            else str(ipaddress.IPv4Address(address))
        return self.call('4', address.hex()), wanted

    def as_ipv6(self, rng):
        address = rng.randbytes(16)
        return self.call('6', address.hex()), str(ipaddress.IPv6Address(address))

    def as_mac(self, rng):
        address = rng.randbytes(6)
        return self.call('m', address.hex()), ':'.join('%02x' % octet for octet in address)

    def as_text(self, rng):
        room, text = self.size(rng, 600), ''
        while rng.random() < 0.97:
            longer = text + rng.choice(LETTERS)
            if len(longer.encode()) > room:
                break
            text = longer
        return self.call('t', text.encode().hex()), text

    def as_octets(self, rng):
        octets = rng.randbytes(self.size(rng, 600))
        if self.scope and 1 <= len(octets) <= 8:
            return self.call('o', octets.hex()), int.from_bytes(octets, 'big')
        return self.call('o', octets.hex()), 'hex:' + octets.hex()

    def as_time(self, rng):
        secs = rng.choice((0, 1700000000, rng.randrange(2085978496)))
        nanos = 0
        if self.kind == 'TIME_S':
            secs = secs % (1 << 8 * min(self.length, 4))
            wanted = secs
        elif self.kind == 'TIME_MS':
            nanos = rng.randrange(1000) * 1000000
            wanted = secs * 1000 + nanos // 1000000
        else:                           # NTP: since 1900, the fraction rounded up
            nanos = rng.choice((0, 999999999, rng.randrange(10**9)))
            wanted = (secs + 2208988800 << 32) - (-(nanos << 32) // 10**9)
        return self.call('T', '%d %d' % (secs, nanos)), wanted


class Template:
    def __init__(self, rng, number, pool):
        self.id, self.options = number, rng.random() < 0.3
        self.scopes = []
        if self.options:
            self.scopes = [Field(rng, *rng.choice((('OCTETS', 1), ('UINT', 2), ('OCTETS', 3),
                                                   ('OCTETS', 9), ('UINT', 5))), scope=True)
                           for _ in range(rng.randrange(4))]
        self.fields = [Field(rng, kind, rng.choice(pool[kind]))
                       for kind in rng.choices(list(pool), k=rng.choice((1, 2, 5, 20)))]
        self.all = self.scopes + self.fields
        if not any(field.length for field in self.all):
            self.fields[-1].length = VARIABLE
        self.least = sum(1 if f.length == VARIABLE else f.length for f in self.all)

    def line(self):
        return ' '.join(['template %d %d %d' % (self.id, len(self.scopes) if self.options else -1,
                                                len(self.fields))] +
                        ['%d:%d' % (f.number, f.length) for f in self.all])

    def defined(self):
        return ['options' if self.options else 'data', self.id, [f.length for f in self.all]]


class Script:
    """Lines for the encoder, and what the decoder is to read."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.lines, self.headers, self.templates, self.records = [], [], [], []
        self.known = {}
        self.pool = {}
        table = fields.load()
        for field in table.values():
            self.pool.setdefault(field.kind, []).append(field.type)
        self.pool['OCTETS'] += [n for n in range(60001, 60100) if n not in table]

    def packet(self):
        rng = self.rng
        head = [rng.randrange(1 << 32) for _ in range(3)]
        self.lines.append('packet %d %d %d 7' % tuple(head))
        defined = self._define(rng.randrange(4) if self.known else 3)
        records = sum(self._data(rng.choice(list(self.known.values())))
                      for _ in range(rng.randrange(5)))
        self.headers.append((9, defined + records, *head, 7))
        self.lines.append('finish')

    def _define(self, number):
        made = [Template(self.rng, i, self.pool)
                for i in self.rng.sample(range(256, 300), number)]
        last = None
        for template in made:
            if template.options != last:
                self.lines += ['close'] * (last is not None)
                self.lines.append('options' if template.options else 'templates')
                last = template.options
            self.lines.append(template.line())
            self.templates.append(template.defined())
            self.known[template.id] = template
        self.lines += ['close'] * (last is not None)
        return number

    def _data(self, template):
        number = self.rng.choice((1, 1, 2, 3, 10))
        self.lines.append('data %d' % template.id)
        for _ in range(number):
            pairs = [field.value(self.rng) for field in template.all]
            self.lines += ['record'] + [call for call, _ in pairs] + ['end']
            self.records.append((len(self.headers) + 1, template.id,
                                 [wanted for _, wanted in pairs]))
        self.lines.append('close')
        return number


def packets(octets):
    pos = 0
    while pos < len(octets):
        size = int.from_bytes(octets[pos:pos + 4], 'big')
        yield octets[pos + 4:pos + 4 + size]
        pos += 4 + size


def same_value(put, got):
    """Whether what was put (a line of the script) is the value that the object has."""
    letter, name, *words = put.split()
    if got.split() == put.split():
        return True
    if letter == 'd':                   # of 4 octets: rounded as float32
        (wide,) = struct.unpack('>d', bytes.fromhex(words[0]))
        (narrow,) = struct.unpack('>f', struct.pack('>f', wide))
        return got == 'd %s %s' % (name, struct.pack('>d', narrow).hex())
    kind, named, *octets = got.split()
    if letter == 'u' and kind == 'o' and int(name) in MASKED:
        return named == name and int(octets[0], 16) == int(words[0])
    if letter == 'o' and kind == 'u':   # a scope that is a number
        return named == name and int(octets[0]) == int(words[0], 16)
    return False


class RoundTrip(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        cls.script = Script(9)
        for _ in range(PACKETS):
            cls.script.packet()
        done = subprocess.run([ENCODE], input='\n'.join(cls.script.lines).encode() + b'\n',
                              capture_output=True, check=False)
        if done.returncode != 0:
            raise AssertionError(done.stderr[-2000:])
        cls.written = done.stdout

    def check(self, written):
        """Compares what the decoder reads with what was put; how many values there were."""
        script, written = self.script, list(packets(written))
        self.assertLess(max(map(len, written)), 65000)
        self.assertEqual([struct.unpack('>HHIIII', packet[:20]) for packet in written],
                         script.headers)
        got = decoder.decode([pcap.Frame(i + 1, i, pcap.RAW, forge.datagram(packet))
                              for i, packet in enumerate(written)])
        self.assertEqual([[t['kind'], t['id'], [length for _, length in t['fields']]]
                          for t in got.templates], script.templates)
        self.assertEqual(len(got.records), len(script.records))
        values = 0
        for record, (frame, number, wanted) in zip(got.records, script.records):
            self.assertEqual((record['frame'], record['flowset_id']), (frame, number))
            read = list(record['fields'].values())
            self.assertEqual(read, wanted)
            self.assertEqual(list(map(type, read)), list(map(type, wanted)))    # 0 is no False
            values += len(wanted)
        for what in ('undecoded', 'reserved', 'overrun', 'short_tail', 'zero_tail'):
            self.assertEqual(got.summary[what], [])
        self.assertEqual(got.summary['bad_templates'], 0)
        for _, _, octets in got.summary['padding']:
            self.assertIn(octets, ('00', '0000', '000000'))
        self.assertGreater(len(got.summary['padding']), 1000)
        print('%d packets, %d records, %d values compared' % (PACKETS, len(got.records), values))
        return values

    def test_the_decoder_reads_what_was_put(self):
        self.check(self.written)

    def test_the_decoder_reads_what_objects_say(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / 'values'
            done = subprocess.run([REBUILD, str(path)], input=self.written,
                                  capture_output=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr[-2000:])
            lines = path.read_text(encoding='ascii').splitlines()
        put = [line for line in self.script.lines if line[1:2] == ' ' and line[0] in 'uidbto46mT']
        self.assertEqual(len(lines), self.check(done.stdout))
        self.assertEqual(len(lines), len(put))
        wrong = [pair for pair in zip(put, lines) if not same_value(*pair)]
        self.assertEqual(wrong[:5], [])
        self.assertEqual(done.stdout, self.written)
        same = sum(a.split() == b.split() for a, b in zip(put, lines))
        print('%d values of objects as they were put, %d in other words' %
              (same, len(lines) - same))
        self.assertLess(len(lines) - same, len(lines) // 20)


if __name__ == '__main__':
    run()
