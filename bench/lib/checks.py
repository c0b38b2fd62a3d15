# SPDX-License-Identifier: MIT
"""Whether what is timed does all that a user gets: speed by leaving out is none."""

import re

from modes import CFLOW, NF9, WHO, one_field

_INFO = ('-o', 'gui.column.format:"Number","%m","Info","%i"')
_ANY = ('-Y', 'frame.number > 0')


class CheckError(Exception):
    """Something that is timed is not all done."""


def _info(shark, capture, packets, *arguments):
    """{frame number: Info column}; what a tree prints besides begins with no number."""
    found = {}
    for line in shark.lines(capture.path, packets, *_INFO, *arguments):
        match = re.match(r' *(\d+) (.*)', line)
        if match:
            found[int(match.group(1))] = match.group(2)
    return found


def _flows(info):
    return sum(int(n) for text in info.values() for n in re.findall(r'\b(\d+) flows? \[', text))


def _expect(what, got, wanted):
    if got != wanted:
        raise CheckError('%s: %s, expected %s' % (what, _short(got), _short(wanted)))


def _short(value):
    text = repr(value)
    return text if len(text) < 200 else text[:200] + '...'


def _values(shark, capture, packets, who, field):
    """The values of a field, a list a packet."""
    lines = shark.lines(capture.path, packets, *WHO[who], '-T', 'fields', '-E', 'aggregator=;',
                        '-e', field)
    return [line.split(';') for line in lines if line]


def _frames(shark, capture, packets, who, field, *arguments):
    return shark.lines(capture.path, packets, *WHO[who], *arguments, '-Y', one_field(field),
                       '-T', 'fields', '-e', 'frame.number')


def check(shark, capture, packets):
    """Compares over so many packets, and the sum over the whole capture; says what it saw."""
    name = capture.kind.name
    records = capture.records(packets)

    plain = _info(shark, capture, packets)
    _expect(name + ': Info with a tree nobody sees', _info(shark, capture, packets, *_ANY), plain)
    _expect(name + ': Info with a visible tree',
            _info(shark, capture, packets, '-P', '-V', '-O', 'frame'), plain)
    _expect(name + ': packets with an Info', len(plain), packets)
    _expect(name + ': flows in Info', _flows(plain), records)
    whole = _info(shark, capture, capture.packets)
    _expect(name + ': flows in Info, all packets', _flows(whole),
            capture.records(capture.packets))

    shown = _values(shark, capture, packets, NF9, 'nf9.record')
    _expect(name + ': nf9.record', sum(map(len, shown)), records)
    ours = _values(shark, capture, packets, NF9, 'nf9.in_bytes')
    _expect(name + ': octets of the records',
            ours, _values(shark, capture, packets, CFLOW, 'cflow.octets'))
    _expect(name + ': records with octets', sum(map(len, ours)), records)

    one = _frames(shark, capture, packets, NF9, 'nf9.in_bytes')
    if not 0 < len(one) < packets / 10:
        raise CheckError('%s: the filter finds %d packets' % (name, len(one)))
    _expect(name + ': frames of the filter in two passes',
            _frames(shark, capture, packets, NF9, 'nf9.in_bytes', '-2'), one)
    _expect(name + ": frames of cflow's filter",
            _frames(shark, capture, packets, CFLOW, 'cflow.octets'), one)

    notes = [line for who in (NF9, CFLOW) for line in
             shark.lines(capture.path, packets, *WHO[who], '-q', '-z', 'expert') if line.strip()]
    _expect(name + ': notes on valid exports', notes, [])
    return ('%s: %d packets: Info equal without a tree, with one nobody sees and with a visible '
            'one; %d records, %d by cflow; octets equal; the filter on one field finds %d '
            'packets in one pass, in two and by cflow; %d records in all %d packets'
            % (name, packets, records, sum(map(len, ours)), len(one), _flows(whole),
               capture.packets))
