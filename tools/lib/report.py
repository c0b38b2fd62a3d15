# SPDX-License-Identifier: MIT
"""What several runs of ctest found, side by side.

usage: report.py [--excuse LABEL] LABEL=JUNIT-FILE...

Prints every plugin test with its result in each run, the counts, what was skipped and why,
and last ctest's own sentence over all runs that count.  Fails where one of them failed or did
not run.
"""

import argparse
import re
import sys
import xml.etree.ElementTree


class Run:
    def __init__(self, label, path):
        self.label, self.results, self.ran, self.skipped, self.reasons = label, {}, 0, 0, set()
        try:
            cases = xml.etree.ElementTree.parse(path).getroot().iter('testcase')
        except (OSError, xml.etree.ElementTree.ParseError) as error:
            print('%s: no report: %s' % (label, error), file=sys.stderr)
            return
        for case in cases:
            self.results[case.get('name')] = self.result(case)
            said = case.findtext('system-out') or ''
            for ran, skipped in re.findall(r'^nf9-tests: ran (\d+), skipped (\d+)$', said, re.M):
                self.ran += int(ran)
                self.skipped += int(skipped)
            self.reasons.update(re.findall(r'^nf9-skipped: \S+ (.*)$', said, re.M))

    @staticmethod
    def result(case):
        if case.find('failure') is not None:
            return 'FAILED'
        if case.find('skipped') is not None:
            # ctest says so of what asked for it, and of what could not even start.
            asked = 'SKIP' in (case.find('skipped').get('message') or '')
            return 'skipped' if asked else 'NOT RUN'
        return 'passed' if case.get('status') == 'run' else 'NOT RUN'

    def count(self, *results):
        return sum(result in results for result in self.results.values())

    def bad(self):
        return self.count('FAILED', 'NOT RUN') + (not self.results)


def table(rows):
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return '\n'.join('  '.join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
                     for row in rows)


def report(runs):
    with_plugin = [run for run in runs if any(n.startswith('plugin.') for n in run.results)]
    names = sorted({name for run in with_plugin for name in run.results
                    if name.startswith('plugin.')})
    rows = [['plugin test'] + [run.label for run in with_plugin]]
    rows += [[name] + [run.results.get(name, '-') for run in with_plugin] for name in names]
    if with_plugin:
        print('\n' + table(rows))
    rows = [['run', 'tests', 'passed', 'failed', 'skipped', 'cases in Python', 'skipped']]
    rows += [[run.label, str(len(run.results)), str(run.count('passed')), str(run.bad()),
              str(run.count('skipped')), str(run.ran), str(run.skipped)] for run in runs]
    print('\n' + table(rows))
    for reason in sorted(set().union(*(run.reasons for run in runs))):
        print('skipped: ' + reason)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('--excuse', default='')
    parser.add_argument('runs', nargs='+')
    given = parser.parse_args()
    runs = [Run(*run.split('=', 1)) for run in given.runs]
    report(runs)
    for run in runs:
        if run.label == given.excuse:
            print('\nWireshark %s is tried, not counted: %s' %
                  (run.label, 'it FAILS' if run.bad() else 'all passed'))
    counted = [run for run in runs if run.label != given.excuse]
    number = sum(len(run.results) for run in counted)
    bad = sum(run.bad() for run in counted)
    share = 100 * (number - min(bad, number)) // number if number else 0
    print('\n%d%% tests passed, %d tests failed out of %d' % (share, bad, number))
    sys.exit(1 if bad else 0)


if __name__ == '__main__':
    main()
