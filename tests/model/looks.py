# SPDX-License-Identifier: MIT
"""The ways to look at captures, and where what they show is not what it must be."""

import re

import shown
from frames import write
from model import Model

NAMES = ('first pass', 'second pass', 'both passes', 'sharkd', 'read filter',
         'read filter on records')
# Frames that do not pass are dissected all the same, before the next one that does.
MARKED = 'ip.ttl & 1 || ipv6.hlim & 1'
RECORDS = 'nf9.record'


class Batch:
    """Captures in one file: no exporter has frames in two of them, so they do not mix."""

    def __init__(self, wireshark, captures, rng):
        self.wireshark, self.rng = wireshark, rng
        self.frames, self.places, self.models = [], [], []
        for index, frames in captures.items():
            model = Model(frames)
            self.models.append(model)
            # (capture, its model, frame in it, frames before it)
            self.places += [(index, model, i, len(self.frames))
                            for i in range(1, len(frames) + 1)]
            self.frames += frames
        self.capture = write(wireshark.scratch('generated.pcap'), self.frames)

    def differences(self, names=NAMES):
        """(way to look, capture, line) of everything that is not as it must be."""
        first = second = None
        if {'first pass', 'both passes'} & set(names):
            first = shown.load(self.wireshark, self.capture)
            yield from self._model('first pass', first, False)
        if {'second pass', 'both passes', 'sharkd'} & set(names):
            second = shown.load(self.wireshark, self.capture, '-2')
            yield from self._model('second pass', second, True)
        if 'both passes' in names:
            yield from self._passes(first, second)
        if 'sharkd' in names:
            yield from self._sharkd(second)
        if 'read filter' in names:
            yield from self._filtered('read filter', MARKED,
                                      [frame.mark & 1 for frame in self.frames])
        if 'read filter on records' in names:
            yield from self._filtered('read filter on records', RECORDS, [
                any(one.records for one in model.expected(i, False).flowsets)
                for _, model, i, _ in self.places])

    def _expected(self, at, second_look, number=lambda frame: frame):
        _, model, frame, before = self.places[at]
        return model.expected(frame, second_look, lambda one: number(before + one))

    def _model(self, name, packets, second_look, kept=None, number=lambda frame: frame):
        kept = range(len(self.places)) if kept is None else kept
        if len(packets) != len(kept):
            yield name, self.places[0][0], '%d frames, not %d' % (len(packets), len(kept))
            return
        for at, packet in zip(kept, packets):
            have, want = shown.packet(packet), self._expected(at, second_look, number)
            if have != want:
                yield name, self.places[at][0], 'frame %d: %s' % (
                    self.places[at][2], difference(have, want))

    def _passes(self, first, second):
        for at, (one, two) in enumerate(zip(first, second)):
            late = any('template_late' in f.notes for f in shown.packet(two).flowsets)
            # What a quotation is read by late is not said in a note.
            late = late or self._expected(at, True) != self._expected(at, False)
            if not late and trees(one) != trees(two):
                yield 'both passes', self.places[at][0], 'frame %d: %s' % (
                    self.places[at][2], first_difference(trees(one), trees(two)))

    def _sharkd(self, packets):
        order = list(range(len(self.places)))
        self.rng.shuffle(order)
        order += self.rng.sample(order, len(order) // 4)
        with self.wireshark.sharkd(self.capture) as sharkd:
            for at in order:
                nodes = sharkd('frame', frame=at + 1, proto=True)['tree']
                have = tuple(map(shown.sharkd_tree, shown.sharkd_ours(nodes)))
                want = trees(packets[at])
                if have != want:
                    yield 'sharkd', self.places[at][0], 'frame %d: %s' % (
                        self.places[at][2], first_difference(have, want))

    def _filtered(self, name, text, keep):
        """Kept frames count from 1; what a rejected one taught is the next kept one's."""
        numbers, n = [0], 0
        for one in keep:
            numbers.append(n + 1)
            n += bool(one)
        packets = shown.load(self.wireshark, self.capture, '-2', '-R', text)
        yield from self._model(name, packets, True, [i for i, one in enumerate(keep) if one],
                               lambda frame: numbers[frame])


def trees(packet):
    return tuple(map(shown.tree, packet.nf9))


def first_difference(have, want):
    """The first items in which two trees differ."""
    for a, b in zip(have, want):
        if a[0] != b[0]:
            return 'shows %r, not %r' % (a[0], b[0])
        if a[1] != b[1]:
            return first_difference(a[1], b[1])
    if len(have) > len(want):
        return 'shows too much: %r' % have[len(want)][0]
    return 'lacks %r' % want[len(have)][0]


def difference(have, want):
    if have.restart != want.restart:
        return 'a restart, but there was none' if have.restart else 'a restart is not shown'
    if len(have.flowsets) != len(want.flowsets):
        return '%d FlowSets, not %d' % (len(have.flowsets), len(want.flowsets))
    for i, (a, b) in enumerate(zip(have.flowsets, want.flowsets), 1):
        for name in a._fields:
            one, other = getattr(a, name), getattr(b, name)
            if one != other:
                return 'FlowSet %d (ID %d), %s: %s, not %s' % (
                    i, b.id, name, printed(one), printed(other))
    return 'no difference'


def kind(line):
    """What a difference is about, whatever its numbers."""
    return re.sub(r"\d+|'.*|: \(.*", '', line)[:60]


def printed(value):
    if isinstance(value, frozenset):
        return ', '.join(sorted(value)) or 'none'
    return repr(value)
