# SPDX-License-Identifier: MIT
"""The codec alone, without Wireshark, against the expected decodings of every capture."""

import ipaddress
import json
import os
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path

from nf9test import fields, payloads
from nf9test.main import run
from nf9test.places import CAPTURES, ours

DUMP = os.environ.get('NF9_DUMP', '')
COLLECT = os.environ.get('NF9_COLLECT', '')
TABLE = fields.load()

# What nf9_field_u64 masks away: it is no part of the number (value.h).
MASKS = {6: 0x0FFF, 31: 0xFFFFF, 89: 0xFF}

EMPTY = {'packets': 0, 'templates': 0, 'options_templates': 0, 'bad_templates': 0,
         'data_records': 0, 'options_records': 0, 'late_records': 0, 'undecoded': [],
         'reserved': [], 'padding': [], 'overrun': [], 'short_tail': [], 'zero_tail': []}


def value(text):
    """What the codec's getter gave."""
    letter, _, rest = text.partition(':')
    if letter in 'ui':
        return int(rest)
    if letter == 'd':
        return struct.unpack('>d', bytes.fromhex(rest))[0]
    octets = bytes.fromhex(rest)
    return {'a': lambda: str(ipaddress.ip_address(octets)),
            'm': lambda: ':'.join('%02x' % octet for octet in octets),
            't': lambda: octets,
            'o': lambda: 'hex:' + rest}[letter]()


def agrees(key, got, want):
    """Whether the codec gave the expected value, which JSON or another rule writes otherwise."""
    if key.startswith('s'):                             # the other decoder reads scopes as numbers
        octets = bytes.fromhex(got[4:])
        return want in ('hex:' + octets.hex(), int.from_bytes(octets, 'big') if octets else None)
    if isinstance(got, bytes):                          # text
        if want.startswith('hex:'):
            return got == bytes.fromhex(want[4:]).rstrip(b'\0')
        return got == want.encode()
    kind = TABLE[int(key.split('#')[0])].kind if int(key.split('#')[0]) in TABLE else None
    if isinstance(want, bool):
        return kind == 'BOOL' and got == (1 if want else 2)
    if isinstance(want, str) and isinstance(got, float):        # no number that JSON has
        octets = bytes.fromhex(want[4:])
        number = struct.unpack('>f' if len(octets) == 4 else '>d', octets)[0]
        return str(number) == str(got)
    if isinstance(want, int) and kind == 'UINT':
        want &= MASKS.get(int(key.split('#')[0]), -1)
    return got == want and type(got) is type(want)


class Decoding:
    """What the dump says, in the form of an expected decoding."""

    def __init__(self, text):
        self.summary = {name: list(there) if isinstance(there, list) else there
                        for name, there in EMPTY.items()}
        self.templates, self.records, self.late = [], [], []
        for line in text.splitlines():
            word, *rest = line.split(' ')
            getattr(self, 'add_' + word)(*rest)

    def add_packet(self, _):
        self.summary['packets'] += 1

    def add_bad(self, *_):
        self.summary['bad_templates'] += 1

    def add_template(self, frame, number, template, kind, *pairs):
        self.summary['templates' if kind == 'data' else 'options_templates'] += 1
        keyed = [pair.rsplit(':', 1) for pair in pairs]
        self.templates.append({'frame': int(frame), 'set': int(number), 'id': int(template),
                               'kind': kind, 'fields': [[k, int(n)] for k, n in keyed]})

    def _record(self, frame, number, flowset, index, kind, *pairs):
        return {'frame': int(frame), 'set': int(number), 'flowset_id': int(flowset),
                'record': int(index), 'kind': kind,
                'fields': {key: value(text)
                           for key, text in (pair.split('=', 1) for pair in pairs)}}

    def add_record(self, *words):
        self.records.append(self._record(*words))
        self.summary[words[4] + '_records'] += 1

    def add_late(self, *words):
        self.late.append(self._record(*words))
        self.summary['late_records'] += 1

    def add_padding(self, frame, number, octets):
        self.summary['padding'].append([int(frame), int(number), octets])

    def add_undecoded(self, *words):
        self.summary['undecoded'].append([int(word) for word in words])

    def add_reserved(self, *words):
        self.summary['reserved'].append([int(word) for word in words])

    def add_overrun(self, *words):
        self.summary['overrun'].append([int(word) for word in words])

    def add_short(self, *words):
        self.summary['short_tail'].append([int(word) for word in words])

    def add_zero(self, *words):
        self.summary['zero_tail'].append([int(word) for word in words])


def decode(capture, program):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / 'payloads'
        payloads.write(path, capture)
        done = subprocess.run([program, str(path)], capture_output=True, encoding='ascii',
                              check=False)
    if done.returncode != 0:
        raise AssertionError('%s: %d: %s' % (capture.name, done.returncode, done.stderr[-4000:]))
    return Decoding(done.stdout)


class Captures(unittest.TestCase):
    maxDiff = 4000
    compared = 0

    def records(self, got, want):
        self.assertEqual(len(got), len(want))
        for one, other in zip(got, want):
            place = {name: other[name] for name in one if name != 'fields'}
            self.assertEqual({name: one[name] for name in one if name != 'fields'}, place)
            self.assertEqual(list(one['fields']), list(other['fields']), place)
            for key, expected in other['fields'].items():
                Captures.compared += 1
                self.assertTrue(agrees(key, one['fields'][key], expected),
                                '%s: field %s is %r, expected %r'
                                % (place, key, one['fields'][key], expected))

    def test_every_capture(self):
        for capture in ours():
            with self.subTest(capture=capture.stem):
                expected = json.loads(
                    (CAPTURES / 'expected' / (capture.stem + '.json')).read_text('utf-8'))
                got = decode(capture, DUMP)
                # the order in which padding is met is not the same
                for summary in (got.summary, expected['summary']):
                    summary['padding'].sort()
                self.assertEqual(got.summary, expected['summary'])
                self.assertEqual(got.templates, expected['templates'])
                self.records(got.records, expected['records'])
                self.records(got.late, expected['late'])
        self.assertGreater(Captures.compared, 3000)
        print('%d values compared' % Captures.compared)


    def test_every_capture_by_a_collector(self):
        before = Captures.compared
        for capture in ours():
            with self.subTest(capture=capture.stem):
                expected = json.loads(
                    (CAPTURES / 'expected' / (capture.stem + '.json')).read_text('utf-8'))
                got = decode(capture, COLLECT)
                # what waits comes when its template does
                for late in (got.late, expected['late']):
                    late.sort(key=lambda r: (r['frame'], r['set'], r['record']))
                self.records(got.records, expected['records'])
                self.records(got.late, expected['late'])
        self.assertGreater(Captures.compared - before, 3000)


class Agreement(unittest.TestCase):
    def test_what_differs_is_found(self):
        for key, got, want in (('1', 5, 6), ('1', 5, '5'), ('276', 1, False), ('276', 3, True),
                               ('82', b'a', 'b'), ('82', b'a', 'hex:62'), ('s1', 'hex:01', 2),
                               ('8', '192.0.2.1', '192.0.2.2'), ('6', 0x1FFF, 0x1FFF),
                               ('311', 0.5, 0.25)):
            self.assertFalse(agrees(key, got, want), (key, got, want))


if __name__ == '__main__':
    run()
