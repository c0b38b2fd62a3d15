# SPDX-License-Identifier: MIT
"""The project's field table, read from its one source, src/include/nf9/fields.def."""

import pathlib
import re
from collections import namedtuple

ROOT = pathlib.Path(__file__).resolve().parents[3]
FIELDS_DEF = ROOT / 'src' / 'include' / 'nf9' / 'fields.def'

Field = namedtuple('Field', 'type name filter iana kind length')

_ROW = re.compile(r'^\s*NF9_FIELD\(\s*(\d+)\s*,\s*(\w+)\s*,\s*"([^"]*)"\s*,\s*'
                  r'("[^"]*"|\w+)\s*,\s*(\w+)\s*,\s*(\d+)\s*,', re.MULTILINE)

KINDS = frozenset(('UINT', 'INT', 'FLOAT', 'BOOL', 'IPV4', 'IPV6', 'MAC', 'TEXT', 'OCTETS',
                   'TIME_S', 'TIME_MS', 'TIME_US', 'TIME_NS'))


def load(path=FIELDS_DEF):
    """The rows by type.  A row that is not understood must not vanish: it raises."""
    text = pathlib.Path(path).read_text(encoding='utf-8')
    rows = {}
    for number, name, filter_name, iana, kind, length in _ROW.findall(text):
        if kind not in KINDS:
            raise ValueError('field type %s: kind %s is unknown' % (number, kind))
        rows[int(number)] = Field(int(number), name, filter_name, iana.strip('"'), kind,
                                  int(length))
    # A comment may show what a row looks like; a row begins its line.
    begun = len(re.findall(r'^\s*NF9_FIELD\(\s*\d', text, re.MULTILINE))
    if begun != len(rows):
        raise ValueError('%d rows in fields.def, %d understood' % (begun, len(rows)))
    return rows
