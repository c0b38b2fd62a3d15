# SPDX-License-Identifier: MIT
"""The rows of the table files, read as text: what the compiler sees, without the compiler.

A row that is not understood must not vanish: as many must be read as begin.
"""

import re
from collections import namedtuple

from nf9test.places import ROOT

FOLDER = ROOT / 'src' / 'include' / 'nf9'

Field = namedtuple('Field', 'type name filter iana kind length form unit enum label meaning')
Scope = namedtuple('Scope', 'type name filter kind length form label meaning')
Alias = namedtuple('Alias', 'alias name')
Part = namedtuple('Part', 'form name filter shift bits enum label')
Value = namedtuple('Value', 'number label mask')

# A word or number, or a string literal, which may stand in several pieces.
_ARGUMENT = re.compile(r'\s*(?:((?:"(?:[^"\\]|\\.)*"\s*)+)|([\w]+))\s*([,)])')


def _arguments(text, pos):
    found = []
    while True:
        match = _ARGUMENT.match(text, pos)
        if not match:
            raise ValueError('not understood: %s' % text[pos:pos + 60])
        strings, word, after = match.groups()
        if strings is not None:
            word = ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', strings)).replace('\\"', '"')
        found.append(word)
        pos = match.end()
        if after == ')':
            return found


def _rows(name, macro):
    text = (FOLDER / name).read_text(encoding='utf-8')
    text = re.sub(r'/\*.*?\*/', '', text, flags=re.DOTALL)
    return [_arguments(text, match.end())
            for match in re.finditer(r'^%s\(' % macro, text, re.MULTILINE)]


def _number(word):
    return int(word.rstrip('uU'), 0)


def fields():
    rows = [Field(*row) for row in _rows('fields.def', 'NF9_FIELD')]
    return [row._replace(type=int(row.type), length=int(row.length)) for row in rows]


def scopes():
    rows = [Scope(*row) for row in _rows('scopes.def', 'NF9_SCOPE')]
    return [row._replace(type=int(row.type), length=int(row.length)) for row in rows]


def aliases():
    return [Alias(*row) for row in _rows('aliases.def', 'NF9_ALIAS')]


def parts():
    return [Part(*row) for row in _rows('parts.def', 'NF9_PART')]


def enums():
    """(NAME, name, its values) of each enumeration, in the order of the file."""
    rows = _rows('enums.def', r'NF9_ENUM(?:_VALUE|_MASK|_END)?')
    text = (FOLDER / 'enums.def').read_text(encoding='utf-8')
    kinds = re.findall(r'^NF9_ENUM(_\w+)?\(', text, re.MULTILINE)
    if len(kinds) != len(rows):
        raise ValueError('%d rows in enums.def, %d understood' % (len(kinds), len(rows)))
    result = []
    for kind, row in zip(kinds, rows):
        if kind == '':
            result.append((row[0], row[1], []))
        elif kind in ('_VALUE', '_MASK'):
            result[-1][2].append(Value(_number(row[0]), row[1], kind == '_MASK'))
        elif row[0] != result[-1][0]:
            raise ValueError('%s is ended as %s' % (result[-1][0], row[0]))
    return result
