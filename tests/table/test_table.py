# SPDX-License-Identifier: MIT
"""The tables of the codec by themselves: sorted, unique, named and labelled by the rules."""

import re
import unittest

import label_rule
import tables
from nf9test.main import run

# The types that must never be missing: their labels are written by hand.
CORE = frozenset((*range(1, 37), *range(38, 43), *range(44, 50), *range(52, 65), *range(70, 87),
                  88, 89, 90, 91, 92, 93, 95, 96, 99, 104))
NAME = re.compile(r'[A-Z][A-Z0-9_]*')
FILTER = re.compile(r'[a-z0-9_]+')


class Fields(unittest.TestCase):
    rows = tables.fields()

    def test_there_are_1062_sorted_by_type_each_once(self):
        types = [row.type for row in self.rows]
        self.assertEqual(len(types), 1062)
        self.assertEqual(types, sorted(set(types)))
        self.assertTrue(0 <= types[0] and types[-1] <= 65535)

    def test_names_and_filters_are_unique_and_agree(self):
        for column in ('name', 'filter'):
            values = [getattr(row, column) for row in self.rows]
            self.assertEqual(len(values), len(set(values)), column)
        for row in self.rows:
            self.assertRegex(row.name, NAME)
            self.assertTrue(FILTER.fullmatch(row.filter), row)
            self.assertEqual(row.filter, row.name.lower())

    def test_iana_names_are_unique_and_camel_case(self):
        names = [row.iana for row in self.rows if row.iana]
        self.assertEqual(len(names), len({name.lower() for name in names}))
        for name in names:
            self.assertTrue(re.fullmatch(r'[A-Za-z][A-Za-z0-9]*', name), name)

    def test_labels_are_words(self):
        self.assertEqual(len(CORE), 87)
        for row in self.rows:
            if row.type in CORE:
                self.assertTrue(re.match(r'[A-Z0-9]', row.label) and '_' not in row.label, row)
            else:
                self.assertEqual(row.label, label_rule.label(row.iana or row.name), row.name)

    def test_each_enumeration_is_there_and_used_by_a_form_that_shows_it(self):
        known = {name for name, _, _ in tables.enums()} | {'NONE'}
        for row in self.rows:
            self.assertIn(row.enum, known, row.name)
            shown = row.form in ('ENUM', 'FLAGS', 'TCP_FLAGS', 'ICMP', 'FORWARDING', 'FRAGMENT',
                                 'MULTICAST', 'ANONYMIZATION', 'APPLICATION')
            self.assertEqual(row.enum != 'NONE', shown, row.name)

    def test_meanings_say_something(self):
        for row in self.rows:
            self.assertTrue(row.meaning.strip(), row.name)


class Others(unittest.TestCase):
    def test_enumerations_are_sorted_each_value_once(self):
        enums = tables.enums()
        self.assertEqual(len(enums), 45)
        self.assertEqual(sum(len(values) for _, _, values in enums), 632)
        self.assertEqual(len({name for name, _, _ in enums}), 45)
        for name, text, values in enums:
            numbers = [value.number for value in values]
            self.assertEqual(numbers, sorted(set(numbers)), name)
            self.assertEqual(text, name.lower())
            self.assertTrue(all(value.label.strip() for value in values), name)
            self.assertEqual(len({value.mask for value in values}), 1, name)

    def test_scopes_are_the_five_of_rfc_3954(self):
        rows = tables.scopes()
        self.assertEqual([(row.type, row.name) for row in rows],
                         [(1, 'SYSTEM'), (2, 'INTERFACE'), (3, 'LINE_CARD'), (4, 'CACHE'),
                          (5, 'TEMPLATE')])
        for row in rows:
            self.assertEqual(row.filter, row.name.lower())

    def test_aliases_are_sorted_and_lead_somewhere_else(self):
        rows = tables.aliases()
        fields = {row.name: row for row in tables.fields()}
        names = [row.alias for row in rows]
        self.assertEqual(names, sorted(set(names)))
        taken = {text.lower() for row in fields.values() for text in (row.name, row.iana)}
        for row in rows:
            self.assertIn(row.name, fields)
            # a name of the table would be found first, and the alias never
            self.assertNotIn(row.alias.lower(), taken)

    def test_parts_are_unique_in_their_form_and_small_enough(self):
        forms = {row.form for row in tables.fields()} | {'SYSTEM'}
        rows = tables.parts()
        self.assertEqual(len(rows), len({(row.form, row.filter) for row in rows}))
        for row in rows:
            self.assertIn(row.form, forms)
            self.assertTrue(FILTER.fullmatch(row.filter))
            self.assertLessEqual(int(row.shift) + int(row.bits), 64)


class Reader(unittest.TestCase):
    def test_strings_in_pieces_and_quotes(self):
        read = tables._arguments('( 1, A_B, "a" \n "b \\" c", 0x1Fu)', 1)
        self.assertEqual(read, ['1', 'A_B', 'ab " c', '0x1Fu'])
        with self.assertRaises(ValueError):
            tables._arguments('(1, -)', 1)


if __name__ == '__main__':
    run()
