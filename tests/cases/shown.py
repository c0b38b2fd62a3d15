# SPDX-License-Identifier: MIT
"""What a dissector shows of a capture, nf9 and the built-in cflow in the same form.

A record is as in nf9test.pdml: `fields` {type: [values]}, `unnamed` [(type or None, octets)].
"""

import re
import xml.etree.ElementTree as ElementTree

from nf9test import cflow as builtin
from nf9test import pdml

_FRAMES = ('nf9.template_frame', 'nf9.template_record.previous_frame')


class Frame:
    """records: of the whole frame; flowsets: the same, a list each (nf9 only)."""

    def __init__(self, records, flowsets=None, item=None, malformed=False):
        self.records, self.flowsets, self.malformed = records, flowsets, malformed
        self._items = [] if item is None else list(item)

    def _walk(self):
        for item in self._items:
            yield from item.walk()

    def notes(self):
        """[(name after nf9.expert., its text)]"""
        found = []
        for item in self._walk():
            names = [c.name for c in item.children if c.name.startswith('nf9.expert.')]
            texts = [c.show for c in item.children if c.name == '_ws.expert.message']
            found += zip((name[len('nf9.expert.'):] for name in names), texts)
        return found

    def values(self, name, first):
        """What a display field shows; frame numbers as if `first` was the first."""
        return [value(item, first) for item in self._walk() if item.name == name]


def value(item, first):
    if item.name in _FRAMES:
        return str(int(item.show) - first + 1)
    if re.fullmatch(r'[0-9a-f]{2}(:[0-9a-f]{2})*', item.show) and item.size > 0:
        return item.show.replace(':', '')
    return pdml.iso_time(item.show)


def nf9(wireshark, capture, *options):
    """{frame: Frame} by the plugin."""
    decoder = pdml.Decoder()
    found = {}
    for packet in pdml.load(wireshark, capture, *options):
        flowsets = packet.flowsets()
        by_set = [[] for _ in flowsets]
        for record in decoder.records(packet):
            by_set[record['set']].append(record)
        for index, flowset in enumerate(flowsets):
            for item in pdml.cut_records(flowset):
                by_set[index].append({'cut': True, **decoder._fields(item)})
        found[packet.frame] = Frame([record for records in by_set for record in records], by_set,
                                    packet.nf9, packet.malformed)
    return found


def cflow(wireshark, capture, *options):
    """{frame: Frame} by the dissector that Wireshark comes with."""
    # It has a dissector bug or two of its own, which is no finding of ours.
    text = wireshark.tshark('-T', 'pdml', *options, capture=capture, abort_on_bug=False,
                            check=False).stdout
    found = {}
    for packet in ElementTree.fromstring(text).iter('packet'):
        number = packet.find("proto[@name='geninfo']/field[@name='num']")
        records = [record(pdml.Item(item)) for proto in packet.iter('proto')
                   if proto.get('name') == 'cflow' for item in proto.iter('field')
                   if re.fullmatch(r'Flow \d+', item.get('show', ''))]
        found[int(number.get('show'))] = Frame(records)
    return found


def lenient(have, want):
    """(record, verdict) such that cflow is not judged by what only its names leave open.

    A field whose name is not in the map counts by its octets, a time by any type of time that
    the record has, and a value of no octet need not be shown.
    """
    want = {key: one for key, one in want.items() if one not in ('', 'hex:')}
    fields = dict(have['fields'])
    for shown_as, keys in (('152', ('22', '150')), ('153', ('21', '151'))):
        for key in keys:
            if shown_as in fields and shown_as not in want and key in want:
                values = fields.pop(shown_as)
                fields.setdefault(key, [one // 1000 for one in values] if key in ('150', '151')
                                  else values)
    numbers = {one for key, one in want.items() if isinstance(one, int) and key not in fields}
    unnamed = []
    for number, octets in have['unnamed']:
        as_number = int(octets[4:] or '0', 16)
        unnamed.append((None, as_number) if as_number in numbers else (number, octets))
    return {**have, 'fields': fields, 'unnamed': unnamed}, want


def record(flow):
    """One of cflow's records.  What is neither known by name nor made of others is octets."""
    fields, unnamed, known = {}, [], []
    for item in flow.walk():
        if item.name not in builtin.FIELDS or item.name in builtin.PARTS:
            continue
        keys, read = builtin.FIELDS[item.name]
        known.append(item)
        try:
            fields.setdefault(keys[0], []).append(read(item.show))
        except ValueError:
            fields.setdefault(keys[0], []).append(item.show)
    # What only groups others has no name.
    for item in (one for child in flow.children
                 for one in ([child] if child.name else child.children)):
        if item.name and item.size > 0 and not any(one in known for one in item.walk()):
            number = re.search(r'\((\d+)\)', item.showname)
            unnamed.append((int(number.group(1)) if number and 'nknown' in item.showname
                            else None, 'hex:' + item.value))
    return {'cflow': True, 'fields': fields, 'unnamed': unnamed}
