#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Frames opened in any order, as Wireshark's window does, show what tshark shows.

A dissector with state goes wrong where a tree depends on what was looked at before.  sharkd
against itself finds some of these mistakes; sharkd against tshark's first pass and against
its second finds the others.
"""

import random
import re
import unittest

from nf9test import main, places
from nf9test.over import OverCaptures
from nf9test.wireshark import configured

LATE = 'nf9.expert.template_late'


def is_ours(node):
    return node.get('f', '').split(' ')[0] == 'nf9'


def ours(tree):
    """Our protocol's items of a frame that sharkd sent, wherever they are."""
    found = []
    for node in tree:
        found += [node] if is_ours(node) else ours(node.get('n', []))
    return found


def frozen(node):
    """Everything of an item that must not change: text, filter, octets, what is below."""
    return (node.get('l'), node.get('f'), tuple(node.get('h', ())), node.get('s'),
            tuple(frozen(child) for child in node.get('n', ())))


def lines(node, depth=0):
    """An item as tshark -V prints it."""
    text = '[%s]' % node['l'] if node.get('g') and not node['l'].startswith('[') else node['l']
    yield '    ' * depth + text
    for child in node.get('n', ()):
        yield from lines(child, depth + 1)


def has(node, name):
    return node.get('f', '').startswith(name) or any(has(c, name) for c in node.get('n', ()))


def printed(text):
    """{frame: lines of what -O nf9 opens} of tshark -V."""
    frames, number, block = {}, 0, []

    def end():
        if len(block) > 1:
            frames.setdefault(number, []).extend(block)

    for line in text.splitlines():
        if line.startswith('    '):
            block.append(line)
            continue
        end()
        begin = re.match(r'Frame (\d+):', line)
        number = int(begin.group(1)) if begin else number
        block = [line] if line else []
    end()
    return frames


class AnyOrder(OverCaptures, unittest.TestCase):
    def setUp(self):
        self.wireshark = configured()
        self.random = random.Random(9)

    def open(self, sharkd, numbers, known, capture):
        """Opens frames; each must show what it showed the first time."""
        for number in numbers:
            tree = sharkd('frame', frame=number, proto=True, columns=True)['tree']
            shape = tuple(frozen(node) for node in ours(tree))
            self.assertEqual(known.setdefault(number, shape), shape,
                             '%s frame %d' % (capture.name, number))
            # Below a header that -O leaves closed, tshark prints nothing.
            yield number, [node for node in tree if is_ours(node)]

    def check(self, capture):
        known = {}
        # One process a capture: sharkd remembers a filter's frames from one file to the next.
        with self.wireshark.sharkd(capture) as sharkd:
            numbers = [frame['num'] for frame in sharkd('frames', filter='nf9')]
            orders = [numbers, numbers[::-1]] + [self.random.sample(numbers, len(numbers))
                                                 for _ in range(2)]
            for index, order in enumerate(orders):
                for _ in self.open(sharkd, order, known, capture):
                    pass
                # A filter that was not asked before dissects every frame again.
                again = {frame['num'] for frame in
                         sharkd('frames', filter='nf9.count >= 0 && frame.number > %d' % index)}
                self.assertLessEqual(again, set(numbers))
        # In a process that has seen nothing else, the last frame first.
        with self.wireshark.sharkd(capture) as sharkd:
            last = dict(self.open(sharkd, numbers[::-1], known, capture))
        for options in ((), ('-2',)):
            text = self.wireshark.tshark('-V', '-O', 'nf9', '-Y', 'nf9', *options,
                                         capture=capture).stdout
            self.compare(capture, options, printed(text), last)
        return len(numbers)

    def compare(self, capture, options, frames, trees):
        for number, items in trees.items():
            # What only a second look decodes is not there in the first pass.
            if not options and any(has(node, LATE) for node in items):
                continue
            want = [line for node in items for line in lines(node)]
            self.assertEqual(frames.get(number, []), want, '%s frame %d, tshark %s' %
                             (capture.name, number, ' '.join(options) or 'in one pass'))
        self.assertLessEqual(set(frames), set(trees), capture.name)

    def each(self, captures):
        frames = 0
        for capture in captures:
            with self.subTest(capture.name):
                frames += self.check(capture)
        print('%d captures, %d frames' % (len(captures), frames))
        self.assertGreater(frames, 0)


if __name__ == '__main__':
    main.run()
