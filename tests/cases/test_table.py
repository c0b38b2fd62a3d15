#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every case of the table, by nf9 and by the built-in dissector.

Values of records are compared for both by the same function, on the first pass and on a second
look; FlowSets, notes, texts and display fields for nf9 only.  Ends with status 1 where nf9 does
not get every case.  With arguments: the cases whose names contain one of them, and why.
"""

import sys
from collections import Counter

import cases
import shown
from nf9test import pdml
from nf9test.wireshark import configured

EMPTY = shown.Frame([])


def same_records(have, want):
    """Both are lists; the frame's, or a FlowSet's."""
    if len(have) != len(want):
        return ['%d records, expected %d' % (len(have), len(want))]
    lines = []
    for number, (one, expected) in enumerate(zip(have, want), 1):
        fields = {key: value for key, value in expected.items() if key != 'cut'}
        if 'cflow' in one:
            one, fields = shown.lenient(one, fields)
        lines += ['record %d: %s' % (number, line) for line in pdml.disagreements(
            {'kind': '', 'flowset_id': 0, **one, 'kind': '', 'flowset_id': 0},
            {'fields': fields, 'kind': '', 'flowset_id': 0}, whole=True)]
        if 'cut' in one and 'cut' not in expected:
            lines.append('record %d is shown as cut' % number)
    return lines


def values(frame, verdict):
    """What both dissectors must show."""
    return same_records(frame.records, [record for one in verdict['records'] for record in one])


def notes(frame, verdict):
    have = Counter(name for name, _ in frame.notes())
    lines = []
    for text in verdict['notes']:
        name = text.rstrip('+?')
        found = have[name]
        if not found and not text.endswith('?'):
            lines.append('no note %s' % name)
        have[name] -= found if text[-1] in '+?' else min(found, 1)
    return lines + ['note %s is not expected' % name for name, n in have.items() if n > 0]


def whole(frame, verdict, first):
    """What nf9 must show beyond that."""
    lines = []
    if frame.malformed:
        lines.append('malformed')
    have = frame.flowsets or []
    if len(have) != len(verdict['records']):
        lines.append('%d FlowSets, expected %d' % (len(have), len(verdict['records'])))
    for index, (one, want) in enumerate(zip(have, verdict['records']), 1):
        lines += ['FlowSet %d: %s' % (index, line) for line in same_records(one, want)]
    lines += notes(frame, verdict)
    for name, wanted in verdict.get('texts', {}).items():
        said = [text for note, text in frame.notes() if note == name]
        lines += ['%s: nothing like %r in %r' % (name, text, said) for text in wanted
                  if not any(text in one for one in said)]
    for name, wanted in verdict.get('fields', {}).items():
        seen = frame.values(name, first)
        if seen != wanted:
            lines.append('%s: %s, expected %s' % (name, seen, wanted))
    return lines


def judge(case, passes, check):
    """What is wrong, a line each; `passes` are {frame: Frame} of the first and second look."""
    lines = []
    for second, frames in enumerate(passes):
        for number, verdict in case.verdicts(bool(second)):
            lines += ['%spacket %d: %s' % ('-2 ' if second else '', number - case.first + 1, line)
                      for line in check(frames.get(number, EMPTY), verdict)]
    return lines


def run(table):
    """(what nf9 gets wrong, what cflow gets wrong) by case; cases with other preferences apart.

    And how many spoiled verdicts were found to be wrong, as they must be.
    """
    packaged = configured().without_plugin()
    groups = {}
    for case in table:
        groups.setdefault(tuple(sorted(case.prefs.items())), []).append(case)
    ours, theirs, found = {}, {}, 0
    for index, (prefs, group) in enumerate(groups.items()):
        path = cases.write(configured().scratch('table%d.pcap' % index), group)
        options = [word for name, value in prefs for word in ('-o', '%s:%s' % (name, value))]
        looks = [shown.nf9(configured(), path, *options, *again) for again in ((), ('-2',))]
        old = [shown.cflow(packaged, path, *again) for again in ((), ('-2',))]
        for case in group:
            def check(frame, verdict, first=case.first):
                return values(frame, verdict) + whole(frame, verdict, first)
            ours[case.name] = judge(case, looks, check)
            theirs[case.name] = judge(case, old, values)
            for second, frames in enumerate(looks):
                for number, verdict in case.verdicts(bool(second)):
                    for wrong in spoiled(verdict):
                        if not check(frames.get(number, EMPTY), wrong):
                            raise AssertionError('%s: %s passes too' % (case.name, wrong))
                        found += 1
    return ours, theirs, found


def spoiled(verdict):
    """Verdicts that are each wrong in one thing: the comparator must find every one."""
    yield {**verdict, 'notes': verdict['notes'] + ['never_raised']}
    yield {**verdict, 'records': verdict['records'] + [[{'1': 1}]]}
    for i, note in enumerate(verdict['notes']):
        if note[-1] != '?':
            yield {**verdict, 'notes': verdict['notes'][:i] + verdict['notes'][i + 1:]}
    for i, one in enumerate(verdict['records']):
        for j, record in enumerate(one):
            rest = verdict['records'][:i], verdict['records'][i + 1:]
            yield {**verdict, 'records': rest[0] + [one[:j] + one[j + 1:]] + rest[1]}
            for key, value in record.items():
                if key != 'cut':
                    other = value + 1 if isinstance(value, int) else value + '0'
                    yield {**verdict, 'records': rest[0] + [
                        one[:j] + [{**record, key: other}] + one[j + 1:]] + rest[1]}
    for name, wanted in verdict.get('fields', {}).items():
        yield {**verdict, 'fields': {name: wanted + ['0']}}
    for name in verdict.get('texts', {}):
        yield {**verdict, 'texts': {name: ['what no note says']}}


def main(words):
    table = [case for case in cases.load()
             if not words or any(word in case.name for word in words)]
    ours, theirs, found = run(table)
    bullet = None
    for case in table:
        if case.bullet != bullet:
            bullet = case.bullet
            print('%s' % bullet)
        print('  nf9 %-5s cflow %-5s %s' % ('right' if not ours[case.name] else 'WRONG',
                                            'right' if not theirs[case.name] else 'wrong',
                                            case.name))
        for line in ours[case.name]:
            print('      %s' % line)
        if words:
            print(''.join('      cflow %s\n' % line for line in theirs[case.name]), end='')
    right = sum(not lines for lines in ours.values())
    print('%d verdicts spoiled in one thing, each found to be wrong' % found)
    print('nf9-tests: ran %d, skipped 0' % len(table))
    print('nf9 %d of %d, cflow %d of %d' % (right, len(table),
                                            sum(not lines for lines in theirs.values()),
                                            len(table)))
    return 0 if table and right == len(table) else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
