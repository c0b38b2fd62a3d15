# SPDX-License-Identifier: MIT
"""Lines, lengths, licences, tabs, and a comment above each public function."""

import re
import unittest

import sources
from nf9test.main import run

COLUMNS = 100
LINES = 400
PLUGIN = 'GPL-2.0-or-later'


def long_lines(text):
    return ['line %d has %d columns' % (i, len(line))
            for i, line in enumerate(text.split('\n'), 1) if len(line) > COLUMNS]


def tabs(text):
    # what a shell script writes into a file of another program's format is not its own
    text = re.sub(r"(<<'?(\w+)'?\n).*?(\n\2\n)", r'\1\3', text, flags=re.DOTALL)
    return ['line %d has a tab' % i for i, line in enumerate(text.split('\n'), 1) if '\t' in line]


def ends(text):
    found = ['line %d ends with a blank' % i for i, line in enumerate(text.split('\n'), 1)
             if line != line.rstrip()]
    if text and not text.endswith('\n'):
        found.append('the last line has no end')
    return found


def too_long(name, text):
    lines = text.count('\n')
    table = name.endswith('.def')
    return ['%d lines' % lines] if lines > LINES and not table else []


def licence(name, text):
    """A plugin links libwireshark, and so does what is built into ours."""
    head = '\n'.join(text.split('\n')[:3])
    found = re.search(r'SPDX-License-Identifier: (\S+)', head)
    plugin = name.startswith(('plugin/', 'bench/least/')) and name.endswith(sources.C)
    wanted = PLUGIN if plugin else 'MIT'
    if not found:
        return ['no SPDX line at its beginning']
    allowed = (wanted, PLUGIN) if name.startswith('tests/fuzz/') else (wanted,)
    return [] if found[1] in allowed else ['%s, not %s' % (found[1], wanted)]


def uncommented(text):
    """NF9_API functions without a comment above them; one may stand above several."""
    lines = text.split('\n')
    found = []
    for i, line in enumerate(lines):
        if not line.startswith('NF9_API '):
            continue
        above = i - 1
        while above >= 0 and lines[above].strip() and not lines[above].endswith('*/'):
            above -= 1
        if above < 0 or not lines[above].endswith('*/'):
            found.append('line %d: no comment above %s' % (i + 1, line))
    return found


class Sources(unittest.TestCase):
    def each(self, check, chosen=lambda name: True):
        seen = 0
        for path in sources.sources():
            name = sources.name(path)
            if not chosen(name):
                continue
            seen += 1
            with self.subTest(file=name):
                self.assertEqual(check(name, path.read_text(encoding='utf-8')), [])
        self.assertGreater(seen, 0)

    def test_lines_have_100_columns_at_most(self):
        self.each(lambda name, text: long_lines(text))

    def test_no_tabs(self):
        self.each(lambda name, text: tabs(text))

    def test_no_blanks_at_the_end(self):
        self.each(lambda name, text: ends(text))

    def test_files_have_400_lines_at_most(self):
        self.each(too_long)

    def test_each_file_says_its_licence(self):
        self.each(licence)

    def test_public_functions_have_a_comment(self):
        self.each(lambda name, text: uncommented(text),
                  lambda name: name.startswith('src/include/') and name.endswith('.h'))


class Checks(unittest.TestCase):
    """Each check finds what it is for."""

    def test_lines(self):
        self.assertEqual(long_lines('x' * 100), [])
        self.assertEqual(long_lines('\n' + 'x' * 101), ['line 2 has 101 columns'])
        self.assertEqual(tabs('a\n\tb'), ['line 2 has a tab'])
        self.assertEqual(tabs("cat <<'A'\n\tb\nA\n"), [])
        self.assertEqual(ends('a \nb'), ['line 1 ends with a blank', 'the last line has no end'])

    def test_length(self):
        self.assertEqual(too_long('src/x.c', 'x\n' * 400), [])
        self.assertEqual(too_long('src/x.c', 'x\n' * 401), ['401 lines'])
        self.assertEqual(too_long('src/x.def', 'x\n' * 401), [])

    def test_licence(self):
        mit, gpl = ('/* SPDX-License-Identifier: %s */\n' % n for n in ('MIT', PLUGIN))
        self.assertEqual(licence('src/x.c', mit) + licence('plugin/x.c', gpl), [])
        for name, text in (('src/x.c', gpl), ('plugin/x.c', mit), ('tools/x', 'MIT'),
                           ('src/x.c', '\n\n\n' + mit)):
            self.assertEqual(len(licence(name, text)), 1, (name, text))

    def test_comment(self):
        self.assertEqual(uncommented('/* a */\nNF9_API int f(\n    int);\nNF9_API int g(void);'),
                         [])
        self.assertEqual(len(uncommented('/* a */\n\nNF9_API int f(void);')), 1)
        self.assertEqual(len(uncommented('NF9_API int f(void);')), 1)


if __name__ == '__main__':
    run()
