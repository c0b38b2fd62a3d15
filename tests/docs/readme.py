# SPDX-License-Identifier: MIT
"""README.md and pages beside it as the tests read them."""

from nf9test import places


class Page:
    def __init__(self, name):
        self.path = places.ROOT / name
        self.text = self.path.read_text(encoding='utf-8')

    def blocks(self, language=''):
        """The texts between fences of a language, in order."""
        found, current, inside = [], [], None
        for line in self.text.splitlines(keepends=True):
            if not line.startswith('```'):
                current.append(line)
            elif inside is None:
                current, inside = [], line[3:].strip()
            else:
                if inside == language:
                    found.append(''.join(current))
                inside = None
        return found

    def block_with(self, words, language=''):
        """The lines of the only block of a language (without: of none) that has these words."""
        one, = [text for text in self.blocks(language) if words in text]
        return one.splitlines()


README = Page('README.md')
FLOWS = Page('docs/flows.md')
PAGES = README, FLOWS, Page('docs/window.md')
