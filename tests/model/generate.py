# SPDX-License-Identifier: MIT
"""Captures of exporters that do whatever exporters do, by a seed.

A world of one to three exporters is played through; what happens to the packets on their way
(loss, duplicates, reordering) comes after.  capture(seed, index) gives the frames and the names
of what happened that the frames alone do not tell.
"""

import random
import struct

from frames import START, Frame
from model import UPTIME, boot, parse

TYPES = (1, 2, 3, 4, 7, 8, 10, 11, 12, 14, 16, 17, 23, 24)
IPV4 = (8, 12)
# Uptimes of an exporter's lives, in s: each is shorter than what the one before began with, so
# that uptime falls at a restart even where one of its conversations missed packets.
LIVES = (90000, 20000, 60)
ONE_LIFE = 10000        # ms between boot times of two lives, at least

# What may happen in a capture; each capture has some of them more than others.
MOODS = ('refresh', 'redefine', 'restart', 'wrap', 'late', 'mixed', 'ways', 'foreign', 'frozen',
         'quoted', 'bad', 'twice', 'crowd', 'loss', 'duplicate', 'swap', 'back')
OFTEN = {'frozen': 0.1, 'crowd': 0.1, 'mixed': 0.7, 'foreign': 0.3}


class Definition:
    def __init__(self, rng, number, options=None):
        self.rng, self.number = rng, number
        self.options = rng.random() < 0.25 if options is None else options
        self.scopes = [self._scope() for _ in range(rng.randint(1, 2))] if self.options else []
        self.fields = [self._field() for _ in range(rng.randint(2, 5))]

    def _field(self):
        kind = self.rng.choice(TYPES)
        return kind, 4 if kind in IPV4 else self.rng.choice((2, 4, 4, 8))

    def _scope(self):
        return self.rng.randint(1, 5), self.rng.choice((2, 4))

    def changed(self):
        """Another definition of the ID: fields added, removed, resized, moved; or all else."""
        new = Definition(self.rng, self.number, self.options)
        how = self.rng.randrange(6)
        if how < 4:
            new.scopes, new.fields = list(self.scopes), list(self.fields)
        if how == 0 or (how == 1 and len(new.fields) <= 2):
            new.fields.insert(self.rng.randint(0, len(new.fields)), self._field())
        elif how == 1:
            new.fields.pop(self.rng.randrange(len(new.fields)))
        elif how == 2:
            self.rng.shuffle(new.fields)
        elif how == 3:
            at = self.rng.randrange(len(new.fields))
            new.fields[at] = (self.rng.choice((1, 2, 23, 24)), self.rng.choice((2, 3, 4, 6, 8)))
        elif how == 4:
            new = Definition(self.rng, self.number, not self.options)
        return new

    def wire(self):
        def pairs(fields):
            return b''.join(struct.pack('>HH', *pair) for pair in fields)
        head = ((self.number, 4 * len(self.scopes), 4 * len(self.fields)) if self.options else
                (self.number, len(self.fields)))
        return (struct.pack('>%dH' % len(head), *head) + pairs(self.scopes) +
                pairs(self.fields))

    def records(self, count):
        size = sum(length for _, length in self.scopes + self.fields)
        return self.rng.randbytes(size * count)


def flowset(rng, number, body):
    padding = -len(body) % 4 if rng.random() < 0.8 else 0
    return struct.pack('>HH', number, 4 + len(body) + padding) + body + bytes(padding)


class Exporter:
    """One device: it boots, has templates for each Source ID, and sends them several ways."""

    def __init__(self, rng, address, ways, mood, now):
        self.rng, self.address, self.mood, self.ways = rng, address, mood, ways
        self.life = rng.choice((0, 0, 1))
        up = rng.randint(1000, 120000) if 'wrap' not in mood else -rng.randint(1000, 60000)
        self.boot = now - up - (LIVES[self.life] * 1000 if up > 0 else UPTIME)
        self.frozen = LIVES[0] * 1000 if 'frozen' in mood and rng.random() < 0.7 else None
        self.sids = rng.sample((0, 1, 7, 256, 1 << 31), rng.randint(1, 2))
        ids = rng.sample((256, 257, 258, 300, 1024, 65535), rng.randint(2, 5))
        self.tables = {sid: {number: Definition(rng, number) for number in ids}
                       for sid in self.sids}
        self.sequence, self.talked = {}, set()
        # Templates only go the first way where the exporter has several.
        self.lends = 'ways' in mood and rng.random() < 0.8
        # Crowds: defines much; waits: leaves it to others to define anything, until it reboots.
        self.crowds = self.waits = False

    def boots(self, now):
        """Down for a while; true where it came up again.

        Not where a small uptime, after a wrap, would not fall.
        """
        if self.life + 1 >= len(LIVES) or self.frozen or now - self.boot >= UPTIME:
            return False
        self.life += 1
        self.waits = False
        self.boot = now - LIVES[self.life] * 1000
        if self.rng.random() < 0.6:
            self.sequence.clear()
        if self.rng.random() < 0.6:
            self.talked.clear()
        for table in self.tables.values():
            for number in table:
                if self.rng.random() < 0.5:
                    table[number] = table[number].changed()
        return True

    def packet(self, way, sid, flowsets, now):
        # Those that go by the packet may begin anywhere, the second 0 included.
        number = self.sequence.setdefault((way, sid), self.rng.choice((0, 1, 5000)))
        self.sequence[way, sid] = (number + 1) % (1 << 32)
        uptime = self.frozen or (now - self.boot) % UPTIME
        count = len(flowsets)
        head = struct.pack('>HHIIII', 9, count, uptime, now // 1000, number, sid)
        sport, collector, dport = way
        return Frame(self.address, sport, collector, dport, head + b''.join(flowsets), False,
                     self.rng.randint(32, 63))

    # -- what it says ---------------------------------------------------------------------

    def announce(self, way, sid, numbers):
        """Template FlowSets of some IDs, with one or several templates each."""
        rng, sets = self.rng, []
        for options in (False, True):
            wires = [self.tables[sid][n].wire() for n in numbers
                     if self.tables[sid][n].options == options]
            while wires:
                n = rng.randint(1, len(wires))
                sets.append(flowset(rng, int(options), b''.join(wires[:n])))
                wires = wires[n:]
        self.talked |= {(way, sid, n) for n in numbers}
        return sets

    def data(self, sid, numbers):
        return [flowset(self.rng, n, self.tables[sid][n].records(self.rng.randint(1, 3)))
                for n in numbers]

    def speak(self, now, events):
        rng, mood = self.rng, self.mood
        way, sid = rng.choice(self.ways), rng.choice(self.sids)
        numbers = list(self.tables[sid])
        some = rng.sample(numbers, rng.randint(1, len(numbers)))
        mute = self.waits or self.lends and way != self.ways[0]
        if 'redefine' in mood and rng.random() < 0.25:
            self.tables[sid][some[0]] = self.tables[sid][some[0]].changed()
            self.talked -= {key for key in self.talked if key[1:] == (sid, some[0])}
        fresh = [n for n in some if (way, sid, n) not in self.talked]
        again = some if 'refresh' in mood and rng.random() < 0.3 else []
        late = fresh and 'late' in mood and rng.random() < 0.6
        told = [] if mute or late else sorted(set(fresh + again))
        sets = self.announce(way, sid, told) + (
            self.data(sid, some) if rng.random() < 0.85 or not told else [])
        if 'mixed' in mood and rng.random() < 0.7:
            rng.choice((rng.shuffle, list.reverse, list.reverse))(sets)
        sets += self._odd(sid, numbers, mute, events)
        return self.packet(way, sid, sets, now)

    def _odd(self, sid, numbers, mute, events):
        """FlowSets of the rarer kinds."""
        rng, number = self.rng, self.rng.choice(numbers)
        if mute or rng.random() > (0.3 if self.crowds else 0.15):
            return []
        old, new = self.tables[sid][number], self.tables[sid][number].changed()
        if self.crowds:
            # So many definitions that those of others before them are too far away.
            events.add('crowd')
            pair = [Definition(rng, number, False), old]
            return [flowset(rng, int(d.options), d.wire())
                    for _ in range(rng.choice((20, 40))) for d in pair]
        if 'bad' in self.mood:
            events.add('bad template')
            wire = rng.choice((struct.pack('>HH', number, 0), struct.pack('>HHHH', 4, 1, 1, 4),
                               struct.pack('>HHHH', number, 9, 1, 4)))
            return [flowset(rng, 0, wire)]
        if 'twice' in self.mood and old.options == new.options:
            events.add('twice in a FlowSet')
            self.tables[sid][number] = new
            return [flowset(rng, int(new.options), old.wire() + new.wire())]
        return []


# -- a capture --------------------------------------------------------------------------------

def world(rng, index, mood, now):
    """Exporters of a capture, with addresses that no other capture has."""
    found = []
    for i in range(rng.choice((1, 1, 2))):
        v6 = rng.random() < 0.2
        net = ('2001:db8:%x::' % (index + 1) if v6 else
               '10.%d.%d.' % (index >> 8, index & 255))
        address, collectors = net + str(1 + i), [net + '101', net + '102']
        ways = [(40000 + rng.randrange(20000), collectors[0], rng.choice((2055, 9996)))]
        if 'ways' in mood:
            sport, collector, dport = ways[0]
            ways.append(rng.choice(((sport + 1, collector, dport), (sport, collectors[1], dport),
                                    (sport, collector, 2055 + 9996 - dport))))
        found.append(Exporter(rng, address, ways, mood, now))
        if 'foreign' in mood:           # another device behind the same address
            other = Exporter(rng, address, [(rng.randint(20000, 30000), *ways[0][1:])],
                             mood - {'frozen'}, now)
            other.crowds = 'crowd' in mood
            other.boot += 60000 if other.crowds else rng.choice((4000, 4000, 60000))
            other.sids, other.tables = found[-1].sids, {
                sid: {n: d.changed() for n, d in table.items()}
                for sid, table in found[-1].tables.items()}
            other.lends = not other.crowds and rng.random() < 0.3
            found[-1].waits = rng.random() < 0.4
            found.append(other)
    return found


def capture(seed, index):
    """(frames, events) of a generated capture."""
    rng = random.Random('%s/%s' % (seed, index))
    mood = {m for m in MOODS if rng.random() < OFTEN.get(m, 0.4)}
    if 'crowd' in mood:                 # it lies between a lender and a borrower
        mood |= {'ways', 'foreign'}
    now, frames, events = START * 1000 + rng.randrange(1000), [], set()
    exporters = world(rng, index, mood, now)
    for _ in range(rng.randint(8, 26)):
        now += rng.choice((20, 300, 2000, 5000)) + rng.randrange(1000)
        exporter = rng.choice(exporters)
        if 'restart' in mood and rng.random() < 0.15 and exporter.boots(now + 15000):
            now += 15000
        frames.append(exporter.speak(now, events))
    if any(e.frozen for e in exporters):
        events.add('frozen uptime')
    if 'foreign' in mood:
        events.add('two devices')
    return on_the_way(rng, mood, frames, events), events


def on_the_way(rng, mood, frames, events):
    """What a network does to packets."""
    if 'quoted' in mood:
        events.add('quoted')
        for _ in range(rng.randint(1, 3)):
            at = rng.randrange(len(frames))
            frames.insert(at + rng.randint(0, 2),
                          frames[at]._replace(quoted=True, mark=rng.randint(32, 63)))
    if 'loss' in mood:
        kept = [frame for frame in frames if rng.random() > 0.12]
        if len(kept) < len(frames):
            events.add('loss')
        frames = kept
    if 'duplicate' in mood and frames:
        events.add('duplicate')
        for _ in range(rng.randint(1, 3)):
            at = rng.randrange(len(frames))
            frames.insert(at + rng.randint(1, 3), frames[at])
    for name, distance in (('swap', 1), ('back', rng.randint(2, 4))):
        if name in mood and len(frames) > distance:
            events.add({'swap': 'swapped', 'back': 'moved back'}[name])
            for _ in range(rng.randint(1, 3)):
                at = rng.randrange(len(frames) - distance)
                moved = list(frames)
                moved.insert(at, moved.pop(at + distance))
                if not before_two_lives(moved):
                    frames = moved
    return frames


def before_two_lives(frames):
    """Whether a packet comes before packets of two earlier lives of its source.

    Which of the three lives goes on behind it, headers alone cannot tell: a restart between the
    two, or packets that are late.
    """
    sources = {}
    for frame in frames:
        header, _ = parse(frame.payload)
        source = (frame.src, frame.sport, frame.dst, frame.dport, header.source_id)
        sources.setdefault(source, []).append(boot(header))
    return any(_lives(other for other in boots[i + 1:] if other < one - ONE_LIFE) > 1
               for boots in sources.values() for i, one in enumerate(boots))


def _lives(boots):
    ordered = sorted(boots)
    return len(ordered[:1]) + sum(b - a > ONE_LIFE for a, b in zip(ordered, ordered[1:]))
