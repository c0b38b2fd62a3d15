# SPDX-License-Identifier: MIT
"""The tables against the facts they are made from, where those are present: every row, and no
other."""

import csv
import unittest

import tables
from nf9test.main import run
from nf9test.places import SHARED

FACTS = SHARED / 'fields'

KINDS = {
    'unsigned8': 'UINT', 'unsigned16': 'UINT', 'unsigned32': 'UINT', 'unsigned64': 'UINT',
    'signed32': 'INT', 'float64': 'FLOAT', 'boolean': 'BOOL', 'ipv4Address': 'IPV4',
    'ipv6Address': 'IPV6', 'macAddress': 'MAC', 'string': 'TEXT', 'octetArray': 'OCTETS',
    'unsigned256': 'OCTETS', 'basicList': 'OCTETS', 'subTemplateList': 'OCTETS',
    'subTemplateMultiList': 'OCTETS', 'dateTimeSeconds': 'TIME_S',
    'dateTimeMilliseconds': 'TIME_MS', 'dateTimeMicroseconds': 'TIME_US',
    'dateTimeNanoseconds': 'TIME_NS',
}
UNITS = {'': 'NONE', 'inferred': 'NONE', '4-octet words': 'WORDS'}

# 64: its bit numbering is not reliable (README, 17), so it is shown as hex; 97 is packed as 95.
ENUMS = {64: 'NONE', 97: 'CLASSIFICATION_ENGINE_ID'}


def rows(name):
    with open(FACTS / name, encoding='utf-8', newline='') as f:
        return list(csv.DictReader(f))


@unittest.skipUnless((FACTS / 'field_types.csv').is_file(), 'the facts of field types are not here')
class Facts(unittest.TestCase):
    def test_each_field_type_and_no_other(self):
        facts = {int(row['id']): row for row in rows('field_types.csv')}
        ours = {row.type: row for row in tables.fields()}
        self.assertEqual(len(facts), 1062)
        self.assertEqual(sorted(ours), sorted(facts))
        for number, fact in facts.items():
            with self.subTest(type=number):
                row = ours[number]
                enum = 'NONE' if row.kind == 'BOOL' else fact['enum'].upper() or 'NONE'
                self.assertEqual(
                    (row.name, row.iana, row.kind, row.length, row.unit, row.enum),
                    (fact['name'], fact['iana_name'], KINDS[fact['data_type']],
                     int(fact['default_length']),
                     UNITS.get(fact['units'], fact['units'].upper()), ENUMS.get(number, enum)))

    def test_each_value_of_each_enumeration_and_no_other(self):
        facts = {}
        for row in rows('enums.csv'):
            facts.setdefault(row['enum'], []).append((int(row['value'], 0),
                                                      row['kind'] == 'mask'))
        ours = {text: [(value.number, value.mask) for value in values]
                for _, text, values in tables.enums()}
        self.assertEqual((len(facts), sum(map(len, facts.values()))), (45, 632))
        self.assertEqual(ours, {name: sorted(values) for name, values in facts.items()})

    def test_each_scope_and_no_other(self):
        facts = [(int(row['id']), row['name'], KINDS[row['data_type']])
                 for row in rows('scopes.csv')]
        self.assertEqual([(row.type, row.name, row.kind) for row in tables.scopes()], facts)

    def test_each_alias_and_no_other(self):
        types = {row.name: row.type for row in tables.fields()}
        facts = {row['alias']: int(row['id']) for row in rows('aliases.csv')}
        self.assertEqual({row.alias: types[row.name] for row in tables.aliases()}, facts)

    def test_the_core_is_the_one_that_is_tested_one_by_one(self):
        from test_table import CORE
        self.assertEqual({int(row['id']) for row in rows('field_types.csv') if row['core']}, CORE)


if __name__ == '__main__':
    run()
