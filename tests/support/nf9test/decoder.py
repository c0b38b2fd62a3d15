# SPDX-License-Identifier: MIT
"""A NetFlow v9 decoder for the tests, written from RFC 3954 and from nothing of nf9's code.

It goes through FlowSets by their length to the end of the datagram; the header's Count never
limits.  `decode` gives records in the form of the expected decodings in captures/expected.
"""

import struct

from . import clock, fields, packets, pcap, values
from .records import doubtful_to_drop, split
from .templates import History, parse

HEADER = 20


class FlowSet:
    def __init__(self, frame, index, flowset_id, body):
        self.frame, self.index, self.id, self.body = frame, index, flowset_id, body
        self.templates, self.bad, self.left = [], 0, 0


class Packet:
    """One Export Packet: its header's fields, its FlowSets, and how it ends."""

    def __init__(self, frame, datagram):
        self.frame = frame
        (self.version, self.count, self.sys_uptime, self.unix_secs, self.sequence,
         self.source_id) = struct.unpack('>HHIIII', datagram.payload[:HEADER])
        self.source = (datagram.src, datagram.sport, datagram.dst, datagram.dport,
                       self.source_id)
        self.flowsets, self.overrun, self.short, self.zero_tail = [], 0, 0, 0
        self._walk(datagram.payload)

    def _walk(self, data):
        pos = HEADER
        while pos < len(data):
            if not any(data[pos:]):
                self.zero_tail = len(data) - pos
                return
            if len(data) - pos < 4:
                self.short = len(data) - pos
                return
            flowset_id, length = struct.unpack('>HH', data[pos:pos + 4])
            if length < 4:
                self.short = len(data) - pos
                return
            self.overrun = max(0, pos + length - len(data))
            self.flowsets.append(FlowSet(self.frame, len(self.flowsets), flowset_id,
                                         data[pos + 4:pos + length]))
            pos += length


def export_packets(frames):
    """The Export Packets of version 9 among the frames, whatever their port."""
    for frame in frames:
        datagram = packets.udp(frame)
        if datagram and len(datagram.payload) >= HEADER and datagram.payload[:2] == b'\0\x09':
            yield Packet(frame.number, datagram)


class Decoding:
    """What a capture holds.

    templates: every definition, in order; records; late: records that only a second look
    decodes; summary: counts, and where there is something odd.
    """

    def __init__(self, table):
        self.table = table
        self.history = History()
        self.templates, self.records, self.late = [], [], []
        self.sizes = {}                 # of a record's fields, by its frame, set and number
        self.summary = {
            'packets': 0, 'templates': 0, 'options_templates': 0, 'bad_templates': 0,
            'data_records': 0, 'options_records': 0, 'late_records': 0,
            'undecoded': [], 'reserved': [], 'padding': [], 'overrun': [], 'short_tail': [],
            'zero_tail': [],
        }

    def add(self, packet):
        self._learn(packet)
        summary = self.summary
        summary['packets'] += 1
        for name in ('overrun', 'zero_tail'):
            if getattr(packet, name):
                summary[name].append([packet.frame, getattr(packet, name)])
        if packet.short:
            summary['short_tail'].append([packet.frame, packet.short])
        found = []
        for flowset in packet.flowsets:
            if flowset.id >= 256:
                found.append((flowset, self._find(packet, flowset)))
            elif flowset.id >= 2:
                summary['reserved'].append([packet.frame, flowset.index, flowset.id,
                                            len(flowset.body)])
            elif flowset.left:
                self._padding(flowset, flowset.left)
        self._decode(packet, found)

    def _learn(self, packet):
        for flowset in packet.flowsets:
            if flowset.id > 1:
                continue
            flowset.templates, flowset.bad, flowset.left = parse(flowset.id, flowset.body)
            for template in flowset.templates:
                self.history.add(packet.source, template, packet.frame, flowset.index)
                self.templates.append({
                    'frame': packet.frame, 'set': flowset.index, 'id': template.id,
                    'kind': template.kind,
                    'fields': [[key, length] for key, _, _, length in template.specs]})
                self.summary['templates' if flowset.id == 0 else 'options_templates'] += 1
            self.summary['bad_templates'] += flowset.bad

    def _find(self, packet, flowset):
        return self.history.find(packet.source, flowset.id, packet.frame, flowset.index)

    def _decode(self, packet, found):
        for flowset, template, rows, left in records_of(packet, found):
            self.summary['%s_records' % template.kind] += len(rows)
            for number, row in enumerate(rows):
                self.records.append(self._record(packet, flowset, template, number, row))
            if left:
                self._padding(flowset, left)
        for flowset, template in found:
            if not template:
                self.summary['undecoded'].append([packet.frame, flowset.index, flowset.id,
                                                  len(flowset.body)])

    def second_look(self, packet):
        """Data whose template comes in a later frame; call it when every packet is added."""
        for flowset in packet.flowsets:
            if flowset.id < 256 or self._find(packet, flowset):
                continue
            template = self.history.find_after(packet.source, flowset.id, packet.frame)
            if template:
                rows, _ = split(template, flowset.body)
                self.summary['late_records'] += len(rows)
                self.late += [self._record(packet, flowset, template, number, row)
                              for number, row in enumerate(rows)]

    def _padding(self, flowset, size):
        octets = flowset.body[len(flowset.body) - size:]
        self.summary['padding'].append([flowset.frame, flowset.index, octets.hex()])

    def _record(self, packet, flowset, template, number, row):
        decoded, absolute = {}, {}
        self.sizes[packet.frame, flowset.index, number] = {
            spec[0]: len(octets) for spec, octets in zip(template.specs, row)}
        for (key, is_scope, type_, _), octets in zip(template.specs, row):
            if is_scope:
                decoded[key] = values.scope(octets)
                continue
            known = self.table.get(type_)
            decoded[key] = values.value(known.kind if known else 'OCTETS', octets)
            if type_ in (21, 22) and isinstance(decoded[key], int):
                absolute[key] = clock.switched(packet.sys_uptime, packet.unix_secs,
                                               decoded[key])
        record = {'frame': packet.frame, 'set': flowset.index, 'flowset_id': flowset.id,
                  'record': number, 'kind': template.kind, 'fields': decoded}
        if absolute:
            record['abs'] = absolute
        return record


def records_of(packet, found):
    """Cuts the Data FlowSets of (flowset, template) into records; those without a template,
    which is None then, are left out.  Yields (flowset, template, rows, octets left over)."""
    cut = [(flowset, template, *split(template, flowset.body))
           for flowset, template in found if template]
    drop = [0] * len(cut)
    if len(cut) == len(found):
        defined = sum(len(f.templates) + f.bad for f in packet.flowsets)
        # A FlowSet that the packet ends inside has no end where padding could stand.
        whole = [c for c in cut if not (packet.overrun and c[0] is packet.flowsets[-1])]
        lost = sum(len(rows) for _, _, rows, _ in cut[len(whole):])
        drop = doubtful_to_drop(packet.count, defined + lost, whole) + drop[len(whole):]
    for (flowset, template, rows, left), dropped in zip(cut, drop):
        if dropped:
            left += sum(len(octets) for row in rows[-dropped:] for octets in row)
            rows = rows[:-dropped]
        yield flowset, template, rows, left


def decode(frames, table=None):
    """Decodes an iterable of pcap.Frame."""
    decoding = Decoding(fields.load() if table is None else table)
    seen = list(export_packets(frames))
    for packet in seen:
        decoding.add(packet)
    for packet in seen:
        decoding.second_look(packet)
    return decoding


def decode_file(path, table=None):
    return decode(pcap.read(path), table)
