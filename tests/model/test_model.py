#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Generated captures show what a model of the rules says, whichever way one looks.

usage: test_model.py [--captures N] [--seed S] [--only INDEX] [--first] [TEST...]

The first pass, -2, -2 -R and sharkd in random order agree with the model and with each other.
What the captures had in them is printed.  Of what goes wrong, the smallest capture that still
does is printed, for each way of looking; with --first, the first file of captures that is not
right ends the test, and nothing is made smaller.
"""

import argparse
import random
import sys
import unittest

import census
import generate
import looks
import shrink
from nf9test import main
from nf9test.wireshark import configured

BATCH = 40              # captures in a file
SHARE = 0.05            # of the decided FlowSets, that each of the four rules must have
WORDS = 4               # kinds of differences that are told of each way to look

OPTIONS = argparse.Namespace(captures=240, seed='nf9', only=None, first=False)


class Generated(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.census = census.Census()
        cls.wrong = {name: [] for name in looks.NAMES}      # name: [(capture, line)]
        numbers = range(OPTIONS.captures) if OPTIONS.only is None else [OPTIONS.only]
        for at in range(0, len(numbers), BATCH):
            cls.batch(numbers[at:at + BATCH])
            if OPTIONS.first and any(cls.wrong.values()):
                break
        print('\n'.join(cls.census.lines(OPTIONS.seed)))

    @classmethod
    def batch(cls, numbers):
        captures = {}
        for index in numbers:
            captures[index], events = generate.capture(OPTIONS.seed, index)
            cls.census.add(captures[index], events)
        batch = looks.Batch(configured(), captures, random.Random('%s/looks' % OPTIONS.seed))
        for name, index, line in batch.differences():
            cls.wrong[name].append((index, line))

    def check(self, name):
        wrong = self.wrong[name]
        if not wrong:
            return
        lines = ['%s: %d of %d captures differ' % (
            name, len({index for index, _ in wrong}), OPTIONS.captures)]
        kinds = {}
        for index, line in wrong:
            kinds.setdefault(looks.kind(line), []).append((index, line))
        for differences in list(kinds.values())[:WORDS]:
            index, line = differences[0]
            lines.append('%d times, in capture %d first: %s' % (len(differences), index, line))
            if not OPTIONS.first:
                frames, _ = generate.capture(OPTIONS.seed, index)
                lines += shrink.report(configured(), name, line, frames)
        self.fail('\n'.join(lines))

    def test_first_pass(self):
        self.check('first pass')

    def test_second_pass(self):
        self.check('second pass')

    def test_first_pass_and_second_show_the_same(self):
        self.check('both passes')

    def test_sharkd_in_random_order(self):
        self.check('sharkd')

    def test_read_filter(self):
        self.check('read filter')

    def test_read_filter_on_records(self):
        self.check('read filter on records')

    def test_each_rule_decides(self):
        if OPTIONS.only is not None or self.census.captures < 100:
            self.skipTest('too few captures')
        for rule, share in self.census.shares().items():
            self.assertGreaterEqual(share, SHARE, 'rule %d' % rule)


def options(arguments):
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument('--captures', type=int, default=OPTIONS.captures)
    parser.add_argument('--seed', default=OPTIONS.seed)
    parser.add_argument('--only', type=int)
    parser.add_argument('--first', action='store_true')
    _, rest = parser.parse_known_args(arguments, OPTIONS)
    return rest


if __name__ == '__main__':
    sys.argv[1:] = options(sys.argv[1:])
    main.run()
