# SPDX-License-Identifier: MIT
"""What a capture must show, by the rules alone.

Every announcement of a template and every restart is kept in a list, and for each Data FlowSet
the whole list is searched.  Nothing is sorted into tables, nothing is remembered from one
FlowSet to the next: slow, and easy to hold against the rules.

A place is (frame, FlowSet, record in the FlowSet); frames are counted from 1.
"""

import struct
from collections import namedtuple

import shown

SAME_BOOT = 5000        # ms between boot times that are the same when a template is borrowed
WOBBLE = 2000           # ms of a boot time that mean nothing, in one conversation
UPTIME = 1 << 32        # ms after which the uptime begins again
NEAREST = 64            # definitions of other conversations that are looked at

UINT, IPV4 = 'uint', 'ipv4'
FIELDS = {
    1: ('in_bytes', UINT), 2: ('in_pkts', UINT), 3: ('flows', UINT), 4: ('protocol', UINT),
    7: ('l4_src_port', UINT), 8: ('ipv4_src_addr', IPV4), 10: ('input_snmp', UINT),
    11: ('l4_dst_port', UINT), 12: ('ipv4_dst_addr', IPV4), 14: ('output_snmp', UINT),
    16: ('src_as', UINT), 17: ('dst_as', UINT), 23: ('out_bytes', UINT), 24: ('out_pkts', UINT),
}
SCOPES = {1: 'scope.system', 2: 'scope.interface', 3: 'scope.line_card', 4: 'scope.cache',
          5: 'scope.template'}

Header = namedtuple('Header', 'uptime secs sequence source_id')
FlowSet = namedtuple('FlowSet', 'id body')
# `fields`: (is a scope, type, length) of each; with these and `options`, definitions are equal.
Template = namedtuple('Template', 'id options fields')
Announcement = namedtuple('Announcement', 'place source template boot')
# Run: the announcements of one definition, until another comes or the source restarts.
Run = namedtuple('Run', 'source template boot first')
Source = namedtuple('Source', 'exporter conversation source_id')
# What a Data FlowSet is read by: `rule` 1 to 4, 0 for none; `frame` of the definition.
Choice = namedtuple('Choice', 'rule borrowed template frame')


def boot(header):
    return header.secs * 1000 - header.uptime


# -- octets ---------------------------------------------------------------------------------

def parse(payload):
    """(Header, [FlowSet]) of an Export Packet."""
    _, _, *header = struct.unpack('>HHIIII', payload[:20])
    flowsets, at = [], 20
    while at + 4 <= len(payload):
        number, length = struct.unpack('>HH', payload[at:at + 4])
        if length < 4:
            break
        flowsets.append(FlowSet(number, payload[at + 4:at + length]))
        at += length
    return Header(*header), flowsets


def templates(flowset):
    """The Template Records of a FlowSet, None for one that defines nothing."""
    found, body, options = [], flowset.body, flowset.id == 1
    head = 6 if options else 4
    while len(body) >= head and any(body):
        number, one = struct.unpack('>HH', body[:4])
        other = struct.unpack('>H', body[4:6])[0] // 4 if options else 0
        scopes, count = (one // 4, one // 4 + other) if options else (0, one)
        if len(body) < head + 4 * count:
            return found + [None]
        words = struct.unpack('>%dH' % (2 * count), body[head:head + 4 * count])
        fields = tuple((i < scopes, words[2 * i], words[2 * i + 1]) for i in range(count))
        bad = number < 256 or not count
        found.append(None if bad else Template(number, options, fields))
        body = body[head + 4 * count:]
    return found


def show(scope, kind, octets):
    """A value as it is filtered for: by its octets where it is no number and no address."""
    if scope and kind not in (2, 5):
        return octets.hex()
    if not scope and FIELDS[kind][1] == IPV4:
        return '.'.join(map(str, octets))
    return str(int.from_bytes(octets, 'big'))


def records(template, body):
    """((name, value)): what each record of a Data FlowSet holds by a template."""
    size = sum(length for _, _, length in template.fields)
    found = []
    for at in range(0, len(body) - size + 1, size):
        record = []
        for scope, kind, length in template.fields:
            name = 'nf9.' + (SCOPES[kind] if scope else FIELDS[kind][0])
            record.append((name, show(scope, kind, body[at:at + length])))
            at += length
        found.append(record)
    return tuple(tuple(record) for record in found)


# -- restarts -------------------------------------------------------------------------------

def _ms_apart(a, b):
    """ms between two boot times; 2^32 ms are nothing: the uptime wraps."""
    d = (a - b) % UPTIME
    return min(d, UPTIME - d)


def _apart(a, b):
    return _ms_apart(boot(a), boot(b))


class Lives:
    """The headers of one source, by the life of the exporter that they come from."""

    def __init__(self):
        self.lives = []

    def restarted(self, header):
        """Whether the exporter booted before this packet, for all that arrived so far.

        A packet whose boot time was there before is of that life, and perhaps late.  Uptime
        falling while the boot time moves on shows a new one.
        """
        if not self.lives:
            self.lives.append([header])
            return False
        newest = self.lives[-1][-1]
        for life in reversed(self.lives):
            if any(_apart(header, other) <= WOBBLE for other in life):
                self._belongs(life, header)
                return False
        if header.uptime < newest.uptime and boot(header) - boot(newest) > WOBBLE:
            self.lives.append([header])
            return True
        self._belongs(self.lives[-1], header)
        return False

    @staticmethod
    def _belongs(life, header):
        late = (header.uptime - life[-1].uptime) % UPTIME >= UPTIME // 2
        life.insert(len(life) - 1 if late else len(life), header)


# -- which definition -----------------------------------------------------------------------

class Model:
    """A capture as it is on a second look, or on the first pass as far as it was read."""

    def __init__(self, frames):
        self.frames = frames
        self.parsed = [parse(frame.payload) for frame in frames]
        self.announcements, self.restarts = [], []     # restarts: (place, source)
        lives = {}
        for number, (frame, (header, flowsets)) in enumerate(zip(frames, self.parsed), 1):
            source = self.source(number)
            if frame.quoted:            # old news, mostly cut: it teaches nothing
                continue
            if lives.setdefault(source, Lives()).restarted(header):
                self.restarts.append(((number,), source))
            self.announcements += [
                Announcement((number, i, k), source, template, boot(header))
                for i, flowset in enumerate(flowsets) if flowset.id < 2
                for k, template in enumerate(templates(flowset)) if template is not None]

    def source(self, number):
        frame, (header, _) = self.frames[number - 1], self.parsed[number - 1]
        return Source(frame.src, (frame.src, frame.sport, frame.dst, frame.dport),
                      header.source_id)

    def restarted(self, source, after, until):
        """Whether the source restarted behind one place, at or before another."""
        return any(after < place <= until for place, who in self.restarts if who == source)

    def runs(self, source, number):
        """The definitions of an ID by a source, in the order of their places.

        The same announced again is a refresh, and no new definition, unless the source
        restarted in between.
        """
        found, last = [], None
        for a in self.announcements:
            if a.source != source or a.template.id != number:
                continue
            if (not found or found[-1].template != a.template or
                    self.restarted(source, last, a.place)):
                found.append(Run(source, a.template, a.boot, a.place))
            last = a.place
        return found

    def choose(self, frame, flowset, second_look):
        """By which definition the Data FlowSet is read: a Choice."""
        number = self.parsed[frame - 1][1][flowset].id
        source, here = self.source(frame), (frame, flowset, 1 << 16)
        own = self.runs(source, number)
        before = [run for run in own if run.first <= here and
                  not self.restarted(source, run.first, here)]
        behind = [run for run in own if run.first > here]
        if before:                                          # rule 1
            return Choice(1, False, before[-1].template, before[-1].first[0])
        if behind and behind[0].first[0] == frame:          # rule 2
            return Choice(2, False, behind[0].template, frame)
        borrowed = self.lent(source, number, frame, here, False)
        if borrowed:                                        # rule 3
            return Choice(3, True, borrowed.template, borrowed.first[0])
        if second_look:                                     # rule 4
            if behind and not self.restarted(source, here, behind[0].first):
                return Choice(4, False, behind[0].template, behind[0].first[0])
            borrowed = self.lent(source, number, frame, here, True)
            if borrowed and not self.restarted(source, here, borrowed.first):
                return Choice(4, True, borrowed.template, borrowed.first[0])
        return Choice(0, False, None, None)

    def lent(self, source, number, frame, here, behind):
        """The nearest definition of another conversation of the exporter, of the same boot."""
        others = {a.source for a in self.announcements
                  if a.source.exporter == source.exporter and a.source != source and
                  a.source.source_id == source.source_id}
        runs = sorted((run for other in others for run in self.runs(other, number)
                       if (run.first > here) == behind), key=lambda run: run.first,
                      reverse=not behind)
        mine = boot(self.parsed[frame - 1][0])
        return next((run for run in runs[:NEAREST]
                     if _ms_apart(run.boot, mine) <= SAME_BOOT), None)

    # -- what is shown --------------------------------------------------------------------

    def previous(self, frame, place, template):
        """The frame of the definition that a Template Record redefines, or None."""
        source = self.source(frame)
        before = [run for run in self.runs(source, template.id) if run.first < place and
                  not self.restarted(source, run.first, place)]
        # Of two in one FlowSet the later counts: it redefines what stood before the FlowSet
        # and what the FlowSet said.
        if before and before[-1].template != template:
            return before[-1].first[0]
        return None

    def expected(self, frame, second_look, number=lambda frame: frame):
        """What a frame shows, as shown.Packet; frames are called by `number`."""
        header, flowsets = self.parsed[frame - 1]
        quoted = self.frames[frame - 1].quoted
        restart = ((frame,), self.source(frame)) in self.restarts
        sets = []
        for i, flowset in enumerate(flowsets):
            if flowset.id < 2:
                defined = [] if quoted else [
                    (t.id, self.previous(frame, (frame, i, k), t))
                    for k, t in enumerate(templates(flowset)) if t is not None]
                sets.append(shown.FlowSet(flowset.id, None, (), frozenset(
                    ['template_redefined'] if any(p for _, p in defined) else []),
                    tuple((n, p and number(p)) for n, p in defined)))
                continue
            choice = self.choose(frame, i, second_look)
            notes = {'template_late'} if choice.rule == 4 else set()
            notes |= {'template_borrowed'} if choice.borrowed else set()
            sets.append(shown.FlowSet(
                flowset.id, number(choice.frame) if choice.rule else None,
                records(choice.template, flowset.body) if choice.rule else (),
                frozenset() if quoted else frozenset(notes), ()))
        return shown.Packet(restart and not quoted, tuple(sets))
