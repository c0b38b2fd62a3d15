#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every kind and form of field at every length: right, or octets with a note; all else right.

A cell is a packet: two records of the field and a sentinel field, and a FlowSet behind them with
a sentinel record.
"""

import itertools
import struct
import unittest
from collections import namedtuple

import matrix
import shown
from nf9test import forge, main, pdml
from nf9test.wireshark import configured

SENTINELS = 0x5afe0001, 0x5afe0002, 0x5afe0003

# sent: the octets of the field in each record.
Cell = namedtuple('Cell', 'row length sent payload')


def set_of(number, body):
    return struct.pack('>HH', number, 4 + len(body)) + body


def wire(row, length):
    """(the field's octets in each record, the same as they are sent)."""
    if length != matrix.VARIABLE:
        sent = row.samples(length)
        return sent, sent
    sent = [row.samples(row.usual)[0], row.samples(matrix.LONG)[1]]
    return sent, [bytes((len(sent[0]),)) + sent[0],
                  b'\xff' + struct.pack('>H', len(sent[1])) + sent[1]]


def cell(row, length, source):
    sent, octets = wire(row, length)
    field, sentinel = struct.pack('>HH', row.type, length), struct.pack('>HH', 2, 4)
    if row.scope:
        template = set_of(1, struct.pack('>HHH', 256, 4, 4) + field + sentinel)
    else:
        template = set_of(0, struct.pack('>HH', 256, 2) + field + sentinel)
    second = set_of(0, struct.pack('>HHHH', 257, 1, 3, 4))
    records = b''.join(one + struct.pack('>I', value) for one, value in zip(octets, SENTINELS))
    payload = struct.pack('>HHIIII', 9, 5, 3600000, forge.START, 1, source)
    return Cell(row, length, sent, payload + template + second + set_of(256, records) +
                set_of(257, struct.pack('>I', SENTINELS[2])))


def expected(one, index):
    """The verdict of a record, and whether the field has a value."""
    value = one.row.value(one.sent[index])
    key = ('s%d' if one.row.scope else '%d') % one.row.type
    return {'kind': 'options' if one.row.scope else 'data', 'flowset_id': 256,
            'fields': {key: matrix.octets(one.sent[index]) if value is None else value,
                       '2': SENTINELS[index]}}, value is not None


class Matrix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cells = [cell(row, length, source) for source, (row, length) in
                     enumerate(itertools.product(matrix.ROWS, matrix.LENGTHS))]
        path = forge.write(configured().scratch('matrix.pcap'),
                           [forge.datagram(one.payload) for one in cls.cells])
        cls.packets = pdml.load(configured(), path)
        cls.decoder = pdml.Decoder()

    def each(self, check):
        """Runs a check over all cells; says which are wrong and in what."""
        self.assertEqual(len(self.packets), len(self.cells))
        wrong = ['%s of length %d: %s' % (one.row.name, one.length, line)
                 for one, packet in zip(self.cells, self.packets)
                 for line in check(one, packet)]
        self.assertFalse(wrong, '\n%d\n%s' % (len(wrong), '\n'.join(wrong[:60])))

    def test_values_and_what_is_behind_them(self):
        counts = {True: 0, False: 0}

        def check(one, packet):
            if packet.malformed:
                yield 'malformed'
            records = list(self.decoder.records(packet))
            if len(records) != 3:
                yield '%d records' % len(records)
                return
            for index in (0, 1):
                want, fits = expected(one, index)
                counts[fits] += 1
                yield from pdml.disagreements(records[index], want, whole=True)
            yield from pdml.disagreements(
                records[2], {'kind': 'data', 'flowset_id': 257, 'fields': {'3': SENTINELS[2]}},
                whole=True)

        self.each(check)
        print('%d kinds and forms by %d lengths: %d cells; %d values, %d as octets' %
              (len(matrix.ROWS), len(matrix.LENGTHS), len(self.cells), counts[True],
               counts[False]))

    def test_notes(self):
        """One where a value does not fit, none elsewhere; the field itself is nf9.raw then."""
        def check(one, packet):
            misfits = sum(not expected(one, index)[1] for index in (0, 1))
            want = ['unknown_field'] if one.row.name == 'unknown type' else \
                ['field_length'] if misfits else []
            have = [name for name, _ in shown.Frame([], item=packet.nf9).notes()]
            if have != want:
                yield 'notes %s, expected %s' % (have, want)
            raw = [item for proto in packet.nf9 for item in proto.all('nf9.raw')]
            if len(raw) != misfits:
                yield '%d values as nf9.raw, expected %d' % (len(raw), misfits)
        self.each(check)

    def test_parts(self):
        seen = set()

        def check(one, packet):
            name = self.filter_of(one.row)
            for index, record in enumerate(self.records(packet)):
                want = one.row.parts(one.sent[index])
                if want is None:
                    continue
                seen.add((one.row.name, len(one.sent[index])))
                have = {item.name[len(name) + 1:]: shown_number(item.show)
                        for item in record.walk() if item.name.startswith(name + '.')}
                if have != want:
                    yield 'record %d: parts %s, expected %s' % (index + 1, have, want)
        self.each(check)
        print('parts of %d forms in %d lengths' % (len({name for name, _ in seen}), len(seen)))

    def test_times(self):
        """A time of a length that can hold one is the flow's start."""
        seen = set()

        def check(one, packet):
            for index, record in enumerate(self.records(packet)):
                want = matrix.start(one.row, one.sent[index])
                have = [pdml.iso_time(item.show) for item in record.all('nf9.flow_start')]
                if have != [want][:want is not None]:
                    yield 'record %d: flow start %s, expected %s' % (index + 1, have, want)
                seen.add((one.row.name, len(one.sent[index]), want is not None))
        self.each(check)
        print('%d kinds and lengths are times' % sum(has for _, _, has in seen))

    def filter_of(self, row):
        return next((name for name, known in self.decoder.by_name.items()
                     if known.type == row.type and not row.scope), 'nf9.none')

    def records(self, packet):
        return packet.flowsets()[2].own('nf9.record')


def shown_number(show):
    return {'False': 0, 'True': 1}[show] if show in ('False', 'True') else int(show, 0)


if __name__ == '__main__':
    main.run()
