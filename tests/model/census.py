# SPDX-License-Identifier: MIT
"""What generated captures have in them: events, pairs of events, and the rules that decide."""

import itertools
from collections import Counter

import model

DECIDED = {(1, False): 'in force before', (2, False): 'later in the packet',
           (3, True): 'borrowed', (4, False): 'late', (4, True): 'late and borrowed',
           (0, False): 'undecoded'}
NUMBER = 100            # events are at most so many


class Census:
    def __init__(self):
        self.captures, self.frames = 0, 0
        self.rules, self.events, self.pairs = Counter(), Counter(), Counter()

    def add(self, frames, events):
        """Counts a capture; `events` are the generator's."""
        found = model.Model(frames)
        seen = events | self._rules(found) | _announcements(found) | _headers(found)
        self.captures += 1
        self.frames += len(frames)
        self.events.update(seen)
        self.pairs.update(itertools.combinations(sorted(seen), 2))

    def _rules(self, found):
        seen = set()
        for number, (_, flowsets) in enumerate(found.parsed, 1):
            for i, flowset in enumerate(flowsets):
                if flowset.id >= 256:
                    choice = found.choose(number, i, True)
                    self.rules[choice.rule, choice.borrowed] += 1
                    if choice.rule != 1:
                        seen.add(DECIDED[choice.rule, choice.borrowed])
        return seen

    def shares(self):
        """{rule: its share of the FlowSets that a rule decides}."""
        decided = Counter()
        for (rule, _), n in self.rules.items():
            decided[rule] += n
        total = sum(decided[rule] for rule in (1, 2, 3, 4))
        return {rule: decided[rule] / max(1, total) for rule in (1, 2, 3, 4)}

    def lines(self, seed):
        yield '%d captures (seed %s), %d frames, %d Data FlowSets' % (
            self.captures, seed, self.frames, sum(self.rules.values()))
        yield 'decided by ' + ', '.join('rule %d: %.1f %%' % (rule, 100 * share)
                                        for rule, share in self.shares().items())
        yield 'Data FlowSets ' + ', '.join('%s: %d' % (text, self.rules[rule])
                                           for rule, text in DECIDED.items())
        names = sorted(self.events, key=lambda name: (-self.events[name], name))
        letters = ['%2d' % i for i in range(1, len(names) + 1)]
        yield 'captures with each event, and with each pair of events:'
        yield ' ' * 30 + ' '.join('%4s' % letter for letter in letters)
        for i, name in enumerate(names):
            row = [self.pairs[tuple(sorted((name, other)))] for other in names[:i]]
            yield '%s %-26s ' % (letters[i], name) + ' '.join(
                '%4d' % n for n in row + [self.events[name]])
        missing = [pair for pair in itertools.combinations(sorted(names), 2)
                   if not self.pairs[pair]]
        yield '%d of %d pairs, not: %s' % (
            len(names) * (len(names) - 1) // 2 - len(missing),
            len(names) * (len(names) - 1) // 2,
            ', '.join('%s with %s' % pair for pair in missing) or '-')


def _announcements(found):
    """What the templates tell: refreshes, redefinitions."""
    seen, last = set(), {}
    for a in found.announcements:
        key = a.source, a.template.id
        before = last.get(key)
        last[key] = a
        same = sum(b.place[:2] == a.place[:2] for b in found.announcements)
        if same > 1:
            seen.add('several in a FlowSet')
        if before is None:
            continue
        if found.restarted(a.source, before.place, a.place):
            seen.add('again after a restart')
        elif before.template == a.template:
            seen.add('refresh')
        else:
            seen.add('redefinition')
            if before.template.options != a.template.options:
                seen.add('data and options')
    return seen


def _headers(found):
    """What the headers tell: restarts, wraps, packets that are late."""
    seen, newest = set(), {}
    if found.restarts:
        seen.add('restart')
    for number, (header, _) in enumerate(found.parsed, 1):
        if found.frames[number - 1].quoted:
            continue
        source = found.source(number)
        before = newest.get(source)
        if before is not None:
            moved = model.boot(header) - model.boot(before)
            if 0 < abs(moved) < 1000:
                seen.add('boot time wobbles')
            if abs(moved - model.UPTIME) < 1000:
                seen.add('uptime wraps')
            if moved < -model.WOBBLE:
                seen.add('late over a %s' % (
                    'wrap' if abs(moved + model.UPTIME) < 1000 else 'restart'))
        newest[source] = header
    return seen
