#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The tables of Wireshark's Statistics menu, which sharkd shows too."""

import unittest

from nf9test import main, places, tables
from nf9test.tables import text_rows
from nf9test.wireshark import configured

NAMES = ('templates', 'exporters')


class Window(unittest.TestCase):
    """What Wireshark's window and sharkd show: the rows of a second look, by their numbers."""

    @staticmethod
    def items(rows):
        """Rows as tshark prints them, without cells that a window leaves empty."""
        return sorted([cell for cell in row if cell not in ('-', 'never', '')] for row in rows)

    @staticmethod
    def shown(sharkd, name):
        tap, = sharkd('tap', tap0='nstat:nf9,' + name)['taps']
        table, = tap['tables']
        titles = [one['c'] for one in tap['fields']]
        assert titles == list(tables.TEMPLATES if name == 'templates' else tables.EXPORTERS)
        return [['%.3f' % cell if isinstance(cell, float) else str(cell)
                 for cell in row if cell not in (None, '', '-')] for row in table['i']]

    def test_tables(self):
        for capture in ('redefinition', 'data_before_template', 'exporters', 'pmacct'):
            path = places.CAPTURES / (capture + '.pcap')
            with configured().sharkd(path) as sharkd:
                for name in 2 * NAMES:
                    with self.subTest(capture, table=name):
                        self.assertEqual(
                            sorted(self.shown(sharkd, name)),
                            self.items(text_rows(path, name, before=('-2',))))

    def test_in_the_menu(self):
        with configured().sharkd() as sharkd:
            info = sharkd('info')
        names = [one['name'] for one in info['nstat'] + info['stats']]
        for name in ('Templates', 'Exporters', 'Contents'):
            self.assertEqual(names.count('NetFlow v9 ' + name), 1)


if __name__ == '__main__':
    main.run()
