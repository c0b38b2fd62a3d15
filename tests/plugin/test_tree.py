#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tshark -z nf9,tree, against a count in Python."""

import collections
import re
import unittest

from nf9test import decoder, fields, forge, main, pcap, places
from nf9test.over import OverCaptures
from nf9test.tables import Tables, run
from nf9test.wireshark import configured

SCOPES = {'1': 'System', '2': 'Interface', '3': 'Line card', '4': 'Cache', '5': 'Template'}


class Tree(OverCaptures, unittest.TestCase):
    """-z nf9,tree: every count, over all captures."""

    @staticmethod
    def counts(path, *before):
        """{(line, line below): count}; fields are (scope, number) there."""
        counts, parent = {}, None
        for line in run(path, 'nf9,tree', before=before).stdout.splitlines()[4:]:
            found = re.match(r'( ?)(\S.*?) {2,}(\d+) ', line)
            if found and not found[1]:
                parent = found[2]
            elif found:
                counts[parent, found[2]] = int(found[3])
        return counts

    def test_too_many_lines(self):
        """Source IDs from the 10,001st on share a line; the others go on."""
        sources = list(range(10003)) + [0, 9999, 10000]
        path = forge.write(configured().scratch('sources.pcap'),
                           [forge.datagram(forge.v9(source=number)) for number in sources])
        lines = {name: n for (parent, name), n in self.counts(path).items()
                 if parent == 'Packets by exporter'}
        self.assertEqual((len(lines), lines['Others']), (10001, 4))
        self.assertEqual([lines['192.0.2.1, Source ID %d' % number] for number in (0, 1, 9999)],
                         [2, 1, 2])

    def test_counters_end(self):
        """2,340,000,000 values of one type: Wireshark's counters have 31 bits."""
        path = forge.write(configured().scratch('values.pcap'), [
            forge.datagram(forge.v9(forge.template(256, (4, 1), *[(2, 0)] * 4000)))] + [
            forge.datagram(forge.v9((256, bytes(65000)), sequence=number))
            for number in range(2, 11)])
        lines = {line: n for line, n in self.counts(path).items() if 'IN_PKTS' in line[1]}
        self.assertEqual(lines, {('Fields by type', 'IN_PKTS (2)'): 2**31 - 1})

    @staticmethod
    def expected(path):
        frames = list(pcap.read(path))
        decoding, known = decoder.decode(frames), fields.load()
        packets = {packet.frame: packet for packet in decoder.export_packets(frames)}
        names = {number: '%s, Source ID %d' % (one.source[0], one.source_id)
                 for number, one in packets.items()}
        counts = collections.Counter(('Packets by exporter', name) for name in names.values())
        kinds = {(one['frame'], one['set']): 'Flows' if one['kind'] == 'data' else 'Options'
                 for one in decoding.records}
        kinds.update({tuple(one[:2]): 'Data without a template'
                      for one in decoding.summary['undecoded']})
        for packet in packets.values():
            for flowset in packet.flowsets:
                kind = {0: 'Templates', 1: 'Options templates'}.get(flowset.id, 'Reserved ID')
                if flowset.id >= 256:   # one without a record is decoded too, as what it may be
                    kind = kinds.get((packet.frame, flowset.index), 'empty')
                counts['FlowSets by kind', kind] += 1
        for one in decoding.records:
            counts['Records by template', '%s, %stemplate %d' % (
                names[one['frame']], 'options ' if one['kind'] == 'options' else '',
                one['flowset_id'])] += 1
            for key in one['fields']:
                number = key.split('#')[0].lstrip('s')
                name = 'unknown'
                if key.startswith('s'):
                    name = 'Scope ' + SCOPES.get(number, name)
                elif int(number) in known:
                    name = known[int(number)].name
                counts['Fields by type', '%s (%s)' % (name, number)] += 1
        return counts

    def each(self, captures):
        for path in captures:
            expected = self.expected(path)
            ports = Tables(path).ports - places.PORTS
            shown = self.counts(path, *[word for port in ports
                                        for word in ('-d', 'udp.port==%d,nf9' % port)])
            empty = expected.pop(('FlowSets by kind', 'empty'), 0)
            with self.subTest(path.name):
                for kind in ('Flows', 'Options'):
                    key = 'FlowSets by kind', kind
                    if empty and shown.get(key, 0) > expected[key]:
                        empty -= shown[key] - expected[key]
                        expected[key] = shown[key]
                self.assertEqual((shown, empty), (+expected, 0))


if __name__ == '__main__':
    main.run()
