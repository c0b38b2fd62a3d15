# SPDX-License-Identifier: MIT
"""The facts in the sources: rows of the X-macro files, display fields and expert infos that
the plugin registers.  What is not understood raises: it must not vanish from a page."""

import pathlib
import re
from collections import namedtuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLES = ROOT / 'src' / 'include' / 'nf9'
PLUGIN = ROOT / 'plugin'

Field = namedtuple('Field', 'type name filter iana kind length form unit enumeration label '
                            'meaning')
Scope = namedtuple('Scope', 'type name filter kind length form label meaning')
Part = namedtuple('Part', 'form name filter shift bits enumeration label')
Enumeration = namedtuple('Enumeration', 'constant name flags values')
Display = namedtuple('Display', 'filter label type meaning')
Report = namedtuple('Report', 'filter severity meaning')

_STRING = r'"(?:[^"\\]|\\.)*"'
_COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)


def arguments(text):
    """The arguments of a macro call or an initializer: words as they stand, strings joined."""
    out, depth, current = [], 0, ''
    for token in re.findall(_STRING + r'|\s+|[(){},]|[^\s(){},"]+', text, re.DOTALL):
        if token == ',' and depth == 0:
            out.append(current.strip())
            current = ''
            continue
        depth += (token in '({') - (token in ')}') if len(token) == 1 else 0
        current += ' ' if token.isspace() else token
    return [_plain(one) for one in out + [current.strip()]]


def _plain(argument):
    parts = re.findall(_STRING, argument)
    if not parts:
        return argument
    if re.sub(_STRING, '', argument).strip():
        return argument                 # a call that has a string in it
    return ''.join(part[1:-1].replace('\\"', '"').replace('\\\\', '\\') for part in parts)


def rows(name, macro):
    """The arguments of each NF9_MACRO row of a table file, with the macro's own name."""
    text = _COMMENT.sub('', (TABLES / name).read_text(encoding='utf-8'))
    pattern = r'^(NF9_%s)\(((?:%s|[^"()])*)\)' % (macro, _STRING)
    found = [(m.group(1), arguments(m.group(2))) for m in re.finditer(pattern, text, re.M | re.S)]
    begun = len(re.findall(r'^NF9_%s\(' % macro, text, re.M))
    if begun != len(found) or not found:
        raise ValueError('%s: %d rows, %d understood' % (name, begun, len(found)))
    return found


def fields():
    return [Field(int(a[0]), *a[1:5], int(a[5]), *a[6:]) for _, a in rows('fields.def', 'FIELD')]


def scopes():
    return [Scope(int(a[0]), *a[1:4], int(a[4]), *a[5:]) for _, a in rows('scopes.def', 'SCOPE')]


def parts():
    return [Part(a[0], *a[1:3], int(a[3]), int(a[4]), *a[5:])
            for _, a in rows('parts.def', 'PART')]


def aliases():
    """v9 name: other names."""
    out = {}
    for _, (alias, name) in rows('aliases.def', 'ALIAS'):
        out.setdefault(name, []).append(alias)
    return out


def enumerations():
    """Constant: Enumeration, in the order of the file."""
    out = {}
    for macro, args in rows('enums.def', r'ENUM(?:_VALUE|_MASK|_END)?'):
        if macro == 'NF9_ENUM':
            current = out[args[0]] = Enumeration(args[0], args[1], False, [])
        elif macro == 'NF9_ENUM_END':
            if args[0] != current.constant:
                raise ValueError('enums.def: %s ends %s' % (args[0], current.constant))
        else:
            if macro == 'NF9_ENUM_MASK':
                current = out[current.constant] = current._replace(flags=True)
            current.values.append((int(args[0].rstrip('uUlL'), 0), args[1]))
    return out


def kinds():
    """Kind: the type of its display field, as field_hf.c maps it; '' is every other kind."""
    text = (PLUGIN / 'field_hf.c').read_text(encoding='utf-8')
    body = re.search(r'enum ftenum ft_of\(.*?\n}', text, re.S).group(0)
    out = {kind: ft for kind, ft in
           re.findall(r'case NF9_KIND_(\w+):\s*return (FT_\w+);', body)}
    out[''] = re.search(r'default:\s*return (FT_\w+);', body).group(1)
    return out


# Two forms: an element of a hf_register_info array, and a call of add_hf.
_ARRAY = re.compile(r'\{\s*&hf_\w+,\s*\{((?:%s|[^"{}]|\{[^{}]*\})*)\}\s*\}' % _STRING, re.S)
_CALL = re.compile(r'\badd_hf\(&[\w.]+,((?:%s|[^"()])*)\);' % _STRING, re.S)


def display_fields(source):
    """The display fields that a file of the plugin registers by a fixed name, in order."""
    text = _COMMENT.sub('', (PLUGIN / source).read_text(encoding='utf-8'))
    found = []
    for m in _ARRAY.finditer(text):
        label, name, ft, _, _, _, meaning = arguments(m.group(1))[:7]
        found.append((m.start(), Display(name, label, ft, _meaning(meaning))))
    for m in _CALL.finditer(text):
        name, label, ft, _, _, meaning = arguments(m.group(1))[:6]
        found.append((m.start(), Display(name, label, ft, _meaning(meaning))))
    begun = len(re.findall(r'"nf9\.[\w.]*\w"', text))
    if begun != len(found):
        raise ValueError('%s: %d display fields, %d understood' % (source, begun, len(found)))
    return [display for _, display in sorted(found)]


def _meaning(argument):
    return '' if argument == 'NULL' else argument


def reports():
    """The expert infos."""
    text = (PLUGIN / 'report.h').read_text(encoding='utf-8')
    table = re.search(r'#define NF9_REPORTS\(X\)(.*?)\n\n', text, re.S).group(1)
    found = re.findall(r'X\((\w+), \w+, (\w+),[\s\\]*"([^"]*)"\)', table)
    if len(found) != len(re.findall(r'\bX\(', table)) or not found:
        raise ValueError('report.h: a row was not understood')
    return [Report('nf9.expert.' + name, severity, text) for name, severity, text in found]


def sources():
    """The files of the plugin that register display fields by a fixed name, sorted."""
    return sorted(path.name for path in PLUGIN.glob('*.c')
                  if re.search(r'"nf9\.[\w.]*\w"',
                               _COMMENT.sub('', path.read_text(encoding='utf-8'))))
