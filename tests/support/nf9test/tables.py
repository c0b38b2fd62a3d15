# SPDX-License-Identifier: MIT
"""The tables that `-z nf9,templates` and `-z nf9,exporters` are to print for a capture.

Counted from the tests' own decoder and from the headers of the packets, in one walk through the
capture and without anything of nf9's code.
"""

import ipaddress
import re

from . import decoder, pcap
from .records import split
from .rows import iso
from .templates import VARIABLE, parse
from .wireshark import configured

TEMPLATES = ('Exporter', 'Source ID', 'ID', 'Kind', 'Fields', 'Octets', 'Defined', 'Refreshed',
             'Interval', 'Replaced', 'Records', 'Note')
EXPORTERS = ('Exporter', 'Source ID', 'Packets', 'Flows', 'Options', 'Lost', 'Dup', 'Reord',
             'Restarts', 'Undecoded', 'First', 'Last', 'Booted (UTC)', 'Templates every')

WRAP = 1 << 32


class Definition:
    def __init__(self, template, place):
        self.template, self.place = template, place
        self.times, self.replaced, self.void = [], None, None
        self.flowsets = self.records = 0
        self.before = []                # octets of each FlowSet that came too early

    def same(self, template):
        return (self.template.kind, self.template.specs) == (template.kind, template.specs)


class Sequence:
    """How the packets of one conversation and Source ID follow each other."""

    def __init__(self):
        self.newest = None
        self.seen, self.missing = set(), set()
        self.lost = self.duplicates = self.reordered = self.restarts = 0

    def restarted(self, packet):
        if self.newest is None or packet.sys_uptime >= self.newest.sys_uptime:
            return False
        moved = boot(packet) - boot(self.newest)
        return moved > 2000 and abs(moved - WRAP) > 5000

    def add(self, packet):
        """Says whether the exporter restarted."""
        if self.restarted(packet):
            self.restarts += 1
            self.lost += len(self.missing)
            self.seen, self.missing, self.newest = {packet.sequence}, set(), packet
            return True
        if packet.sequence in self.seen:
            self.duplicates += 1
        elif self.newest is not None and packet.sequence < self.newest.sequence:
            self.reordered += 1
            self.missing.discard(packet.sequence)
        else:
            if self.newest is not None:
                self.missing |= set(range(self.newest.sequence + 1, packet.sequence))
            self.newest = packet
        self.seen.add(packet.sequence)
        return False


def boot(packet):
    return packet.unix_secs * 1000 - packet.sys_uptime


class Exporter:
    def __init__(self, packet, time):
        self.first = self.last = time
        self.booted = boot(packet)
        self.packets = 0
        self.records = {'data': 0, 'options': 0}
        self.undecoded = []
        self.sequences, self.gaps = {}, []


class Tables:
    """What is expected of one capture; `lost` where the headers do not simply tell."""

    def __init__(self, path, second_look=False):
        frames = list(pcap.read(path))
        self.second_look = second_look
        self._start = frames[0].time if frames else 0
        self._time = {frame.number: frame.time for frame in frames}
        self._definitions = {}          # (source, ID) -> [Definition]
        self._early = {}                # (source, ID) -> [(frame, FlowSet)]
        self._exporters = {}
        self._packets = list(decoder.export_packets(frames))
        self.ports = {packet.source[3] for packet in self._packets}
        for packet in self._packets:
            self._add(packet)
        for (source, number), waiting in list(self._early.items()):
            self._early[source, number] = [one for one in waiting
                                           if not self._late(source, number, *one)]

    def _exporter(self, source):
        return self._exporters[source[0], source[4]]

    def _add(self, packet):
        source, now = packet.source, self._time[packet.frame] - self._start
        key = source[0], source[4]
        if key not in self._exporters:
            self._exporters[key] = Exporter(packet, now)
        exporter = self._exporters[key]
        exporter.packets += 1
        exporter.last = now
        if exporter.sequences.setdefault(source, Sequence()).add(packet):
            exporter.booted = boot(packet)
            for (other, _), known in self._definitions.items():
                if other == source:
                    known[-1].void = known[-1].void or packet.frame
        for flowset in packet.flowsets:
            if flowset.id < 2:
                flowset.templates, flowset.bad, _ = parse(flowset.id, flowset.body)
                for n, template in enumerate(flowset.templates):
                    self._learn(packet, template, (packet.frame, flowset.index, n), now)
        self._data(packet, exporter)

    def _learn(self, packet, template, place, now):
        known = self._definitions.setdefault((packet.source, template.id), [])
        last = known[-1] if known else None
        if last and last.void is None and last.same(template):
            self._exporter(packet.source).gaps.append(now - last.times[-1])
            last.times.append(now)
            return
        if last and last.void is None:
            last.replaced = packet.frame
        known.append(Definition(template, place))
        known[-1].times.append(now)

    def _in_force(self, packet, flowset):
        known = self._definitions.get((packet.source, flowset.id), [])
        before = [one for one in known if one.place[:2] <= (packet.frame, flowset.index)]
        if before and before[-1].void is None:
            return before[-1]
        return next((one for one in known[len(before):]), None)

    def _data(self, packet, exporter):
        found = {flowset: self._in_force(packet, flowset) for flowset in packet.flowsets
                 if flowset.id >= 256}
        for flowset, _, rows, _ in decoder.records_of(
                packet, [(flowset, one and one.template) for flowset, one in found.items()]):
            self._decoded(found[flowset], exporter, len(rows))
        for flowset, definition in found.items():
            if definition is None:
                self._early.setdefault((packet.source, flowset.id), []).append(
                    (packet.frame, flowset))

    @staticmethod
    def _decoded(definition, exporter, n):
        definition.flowsets += 1
        definition.records += n
        exporter.records[definition.template.kind] += n

    def _late(self, source, number, frame, flowset):
        """Whether a second look decodes it: then it does, or the definition is told."""
        exporter, size = self._exporter(source), len(flowset.body)
        known = self._definitions.get((source, number), [])
        after = next((one for one in known if one.place[0] > frame), None)
        restart = next((packet.frame for packet in self._restarts(source)
                        if packet.frame > frame), None)
        if after is None or restart and restart <= after.place[0]:
            exporter.undecoded.append(size)
            return False
        if self.second_look:
            self._decoded(after, exporter, len(split(after.template, flowset.body)[0]))
        else:
            exporter.undecoded.append(size)
            after.before.append(size)
        return True

    def _restarts(self, source):
        sequence = Sequence()
        return [packet for packet in self._packets
                if packet.source == source and sequence.add(packet)]

    # -- rows, as JSON has them ---------------------------------------------------------------

    def templates(self):
        rows = []
        for (source, number), known in self._definitions.items():
            rows += [(one.place, self._definition(source, number, one)) for one in known]
        for (source, number), waiting in self._early.items():
            if waiting:
                sizes = [len(flowset.body) for _, flowset in waiting]
                rows.append(((1 << 64,), {
                    'exporter': source[0], 'source_id': source[4], 'id': number,
                    **undecoded(sizes), 'note': said(sizes) + ' undecoded'}))
        rows.sort(key=lambda one: (order(one[1]), one[1]['id'], one[0]))
        return [row for _, row in rows]

    @staticmethod
    def _definition(source, number, one):
        specs = one.template.specs
        scopes = sum(spec[1] for spec in specs)
        row = {'exporter': source[0], 'source_id': source[4], 'id': number,
               'kind': one.template.kind}
        if one.template.kind == 'options':
            row['scopes'] = scopes
        row.update(fields=len(specs) - scopes, octets=one.template.minimum)
        if any(spec[3] == VARIABLE for spec in specs):
            row['variable'] = True
        row.update(defined=one.place[0], refreshed=len(one.times) - 1)
        if len(one.times) > 1:
            row['interval'] = mean([one.times[-1] - one.times[0]], len(one.times) - 1)
        if one.replaced:
            row['replaced'] = one.replaced
        row['records'] = one.records
        if one.before:
            row.update(undecoded(one.before), note=said(one.before) + ' came before it; use -2')
        elif not one.flowsets:
            row['note'] = 'never used'
        return row

    def exporters(self):
        rows = []
        for (address, number), one in self._exporters.items():
            sequences = one.sequences.values()
            row = {'exporter': address, 'source_id': number, 'packets': one.packets,
                   'flows': one.records['data'], 'options': one.records['options'],
                   'lost': sum(each.lost + len(each.missing) for each in sequences),
                   'lost_unit': 'packets',
                   'duplicates': sum(each.duplicates for each in sequences),
                   'reordered': sum(each.reordered for each in sequences),
                   'restarts': sum(each.restarts for each in sequences),
                   'undecoded_flowsets': len(one.undecoded),
                   'undecoded_octets': sum(one.undecoded),
                   'first': one.first / 10**9, 'last': one.last / 10**9,
                   'booted': iso(one.booted * 10**6, 3)}
            if one.gaps:
                row['templates_every'] = mean(one.gaps, len(one.gaps))
            rows.append(row)
        return sorted(rows, key=order)


def order(row):
    address = ipaddress.ip_address(row['exporter'])
    return address.version, address.packed, row['source_id']


def mean(gaps, n):
    return sum(gaps) / n / 10**9


def undecoded(sizes):
    return {'undecoded_flowsets': len(sizes), 'undecoded_octets': sum(sizes)}


def said(sizes):
    return '%d FlowSet%s (%d octet%s)' % (len(sizes), '' if len(sizes) == 1 else 's',
                                          sum(sizes), '' if sum(sizes) == 1 else 's')


# -- text ---------------------------------------------------------------------------------------

def _seconds(value):
    return '%d.%03d' % divmod(int(value * 1000 + 1e-6), 1000)


def template_cells(row):
    defined = 'defined' in row
    fields = '-' if not defined else '%d+%d' % (row['scopes'], row['fields']) \
        if 'scopes' in row else str(row['fields'])
    return [row['exporter'], str(row['source_id']), str(row['id']), row.get('kind', '-'), fields,
            str(row.get('octets', '-')) + ('+' if 'variable' in row else ''),
            str(row.get('defined', 'never')), str(row.get('refreshed', '-')),
            _seconds(row['interval']) if 'interval' in row else '-',
            str(row.get('replaced', '-')), str(row.get('records', '-')), row.get('note', '')]


def exporter_cells(row):
    lost = str(row['lost'])
    if row['lost_unit'] == 'records':
        lost += ' record' if row['lost'] == 1 else ' records'
    return [row['exporter'], str(row['source_id']), str(row['packets']), str(row['flows']),
            str(row['options']), lost, str(row['duplicates']), str(row['reordered']),
            str(row['restarts']), str(row['undecoded_flowsets']), _seconds(row['first']),
            _seconds(row['last']), row['booted'].replace('T', ' ').rstrip('Z'),
            _seconds(row['templates_every']) if 'templates_every' in row else '-']


def layout(titles, rows):
    """Columns as wide as what is in them, two blanks between, none at the end."""
    lines = [list(titles)] + rows
    widths = [max(len(line[i]) for line in lines) for i in range(len(titles))]
    return ''.join('  '.join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() +
                   '\n' for line in lines)


# -- what is shown ------------------------------------------------------------------------------

def run(capture, *arguments, before=(), check=True):
    taps = [word for one in arguments for word in ('-z', one)]
    return configured().tshark('-q', *before, *taps, capture=capture, check=check)


def text_rows(capture, name, before=()):
    """The lines below the titles, each a list of cells."""
    return [re.split(' {2,}', line) for line in
            run(capture, 'nf9,' + name, before=before).stdout.splitlines()[1:]]
