# SPDX-License-Identifier: MIT
"""README.md as the tests read it."""

from nf9test import places

PATH = places.ROOT / 'README.md'
TEXT = PATH.read_text(encoding='utf-8')


def blocks(language=''):
    """The texts between fences of a language, in order."""
    found, current, inside = [], [], None
    for line in TEXT.splitlines(keepends=True):
        if not line.startswith('```'):
            current.append(line)
        elif inside is None:
            current, inside = [], line[3:].strip()
        else:
            if inside == language:
                found.append(''.join(current))
            inside = None
    return found


def block_with(words, language=''):
    """The lines of the only block of a language (without: of none) that has these words."""
    one, = [text for text in blocks(language) if words in text]
    return one.splitlines()
