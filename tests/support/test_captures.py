#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The committed captures: made by what is here, decoded as written, each with its row."""

import re
import sys
import tempfile
import unittest
from pathlib import Path

from nf9test import decoder, fields

sys.path.insert(0, str(fields.ROOT / 'tools'))

from captures import build, check, octets  # noqa: E402 (the path comes first)

FOLDER = fields.ROOT / 'captures'
REAL = {'softflowd', 'softflowd_ether_ms', 'softflowd_mpls', 'pmacct', 'pmacct_ether', 'nfreplay'}

# Captures in which something is wrong on purpose; every other one is clean, so that a length
# miswritten by hand is noticed.
ODD = {
    'bad_templates': {'bad_templates', 'undecoded'},
    'data_before_template': {'undecoded'},
    'exporters': {'undecoded'},
    'flowset_lengths': {'short_tail'},
    'icmp_error': {'undecoded'},
    'incidents': {'undecoded', 'overrun'},
    'overrun': {'overrun', 'bad_templates', 'undecoded'},
    'padding': {'zero_tail'},
    'reserved_flowsets': {'reserved'},
    'snaplen': {'overrun', 'short_tail', 'bad_templates', 'undecoded'},
}

# Read off the octets by eye: (capture, frame, set, record), some of its fields.
BY_EYE = (
    ('asa_nsel', 2, 0, 1, {'148': 8500, '8': '192.168.14.1', '11': 17549, '176': 8,
                           '40005': 2, '33002': 2025, '323': 1704164647029, '232': 56,
                           '33000': 'hex:0f8e7ff3fc1a030f00000000', '40000': 'alice'}),
    ('asa_nsel', 2, 1, 0, {'27': '2001:db8::1', '178': 128, '179': 0, '233': 3,
                           '40000': 'bob@branch.example'}),
    ('exporters', 6, 0, 0, {'1': 0x0a000001}),
    ('exporters', 7, 0, 0, {'8': '10.0.0.1', '7': 80}),
    ('field_lengths', 1, 1, 0, {'12': 'hex:0a00', '10': 'hex:000000000000000005',
                                '311': 'hex:3f8000', '311#2': 0.5, '311#3': 0.75, '434': -2,
                                '276': 'hex:0001', '1': 65536, '11': 53, '17': 4200000000,
                                '22': 3600000, '15': '192.0.2.254'}),
    ('ipv6', 2, 0, 0, {'28': '2001:db8:a::35', '62': 'fe80::200:5eff:fe00:5301',
                       '31': 0xabcde}),
    ('mac_vlan', 1, 1, 1, {'80': 'ff:ff:ff:ff:ff:ff', '59': 4095, '256': 0x86dd}),
    ('mpls', 2, 0, 1, {'70': 'hex:3e8008', '72': 'hex:000031', '90': 'hex:0001c00002010007',
                       '91': 32, '12': '10.0.1.2'}),
    ('nbar', 2, 0, 2, {'95': 'hex:0d0001df', '96': 'ssl', '94': 'Secure Socket Layer'}),
    ('nbar', 2, 1, 0, {'s1': 1, '95': 'hex:140000304400003d2b', '96': 'HTTP.BROWSER'}),
    ('options_scopes', 2, 0, 0, {'s1': 'hex:', '34': 100}),
    ('options_scopes', 2, 7, 0, {'s1': 0xc0000201, 's2': 10, '48': 5, '49': 2}),
    ('options_unusual', 1, 5, 0, {'s2': 1, 's2#2': 2, '41': 9}),
    ('redefinition', 6, 0, 0, {'8': '10.0.0.7', '7': 53}),
    ('redefinition', 6, 2, 0, {'1': 1500}),
    ('redefinition', 7, 0, 0, {'1': 1501}),
    ('strings', 1, 1, 3, {'82': 'Z\u00fcrich', '84': '\u00e9'}),
    ('strings', 1, 1, 4, {'84': 'hex:c328'}),
    ('unknown_types', 1, 1, 0, {'9999': 'hex:010203', '65535': 'hex:0011223344556677',
                                '9999#2': 'hex:abcd', '12': '10.0.0.2'}),
    ('variable_length', 1, 1, 1, {'82': '', '96': 'a' * 260, '1': 1099511628031}),
    ('variable_length', 2, 1, 0, {'7': 80, '96': 'http'}),
    ('vendor_types', 1, 1, 0, {'56701': 'web-browsing', '56702': 'branch\\alice',
                               '346': 25461, '210': 'hex:000000'}),
    ('vendor_types', 1, 2, 0, {'57590': 7, '42020': 2, '37003': 250000,
                               '45003': 'hex:0300005034016578616d706c65'}),
)
ABSOLUTE = (
    ('times', 1, 1, 0, {'22': '2024-01-02T03:04:04.040Z', '21': '2024-01-02T03:04:04.115Z'}),
    ('times', 1, 1, 1, {'22': '2024-01-02T03:04:05.001Z', '21': '2024-01-02T03:04:06.000Z'}),
    ('uptime_wrap', 3, 0, 0, {'22': '2024-01-02T03:04:08.999Z', '21': '2024-01-02T03:04:09.001Z'}),
)


class Captures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        table = fields.load()
        cls.decodings = {path.stem: decoder.decode_file(path, table)
                         for path in sorted(FOLDER.glob('*.pcap'))}

    def record(self, name, *place):
        return next(r for r in self.decodings[name].records
                    if (r['frame'], r['set'], r['record']) == place)

    def test_own_captures_are_made_again(self):
        made = build.own()
        with tempfile.TemporaryDirectory() as folder:
            build.write(Path(folder), made)
            self.assertEqual(check.differences(made, FOLDER, Path(folder)), [])
        self.assertEqual({c.name for c in made} | REAL, set(self.decodings))

    def test_another_value_is_noticed(self):
        made = [c for c in build.own() if c.name == 'count']
        frames = [(time, data[:-1] + b'\x63') for time, data in made[0].frames]
        with tempfile.TemporaryDirectory() as folder:
            build.write(Path(folder), [made[0]._replace(frames=frames)])
            for real in (False, True):
                wrong = check.differences([made[0]._replace(real=real)], FOLDER, Path(folder))
                self.assertEqual(wrong, ['count.pcap: decodes to something else'])

    def test_expected_decodings_are_fresh(self):
        self.assertEqual(check.stale(FOLDER), [])

    def test_each_has_a_row(self):
        text = (FOLDER / 'README.md').read_text(encoding='utf-8')
        rows = set(re.findall(r'^\| (\w+) \| \d', text, re.MULTILINE))
        self.assertEqual(rows, set(self.decodings))

    def test_nothing_odd_but_on_purpose(self):
        for name, decoding in self.decodings.items():
            odd = {key for key, value in decoding.summary.items()
                   if value and key in ('bad_templates', 'undecoded', 'reserved', 'overrun',
                                        'short_tail', 'zero_tail')}
            self.assertEqual(odd, ODD.get(name, set()), name)

    def test_values_read_by_eye(self):
        for name, frame, index, number, want in BY_EYE:
            have = self.record(name, frame, index, number)['fields']
            self.assertEqual({k: have[k] for k in want}, want, name)

    def test_absolute_times(self):
        for name, frame, index, number, want in ABSOLUTE:
            self.assertEqual(self.record(name, frame, index, number)['abs'], want, name)

    def test_every_field_type_twice(self):
        seen = [key for r in self.decodings['all_fields'].records for key in r['fields']]
        want = [str(type_) for type_ in fields.load()]
        self.assertEqual(sorted(seen), sorted(want * 2))

    def test_small(self):
        size = sum(path.stat().st_size for path in FOLDER.rglob('*') if path.is_file())
        self.assertLess(size, 400000)


class Octets(unittest.TestCase):
    def test_notation(self):
        self.assertEqual(octets.octets('0a0B # ff\n"#x" 192.0.2.1 00*3 # 00'),
                         b'\x0a\x0b#x\xc0\x00\x02\x01\0\0\0')
        for wrong in ('0', '0g', '"open', '1.2.3'):
            with self.assertRaises(ValueError):
                octets.octets(wrong)


if __name__ == '__main__':
    unittest.main()
