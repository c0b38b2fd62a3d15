#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`tshark -G fields` against the field table, and the names that users' scripts depend on."""

import csv
import re
import unittest
from collections import Counter

from nf9test import fields, main, places
from nf9test.wireshark import configured

FT = {
    'UINT': 'FT_UINT64', 'TIME_S': 'FT_UINT64', 'TIME_MS': 'FT_UINT64', 'TIME_US': 'FT_UINT64',
    'TIME_NS': 'FT_UINT64', 'INT': 'FT_INT64', 'FLOAT': 'FT_DOUBLE', 'BOOL': 'FT_BOOLEAN',
    'IPV4': 'FT_IPv4', 'IPV6': 'FT_IPv6', 'MAC': 'FT_ETHER', 'TEXT': 'FT_STRING',
    'OCTETS': 'FT_BYTES',
}

# IPFIX's abstract data types, as far as their names do not begin with unsigned or dateTime.
DATA_TYPE = {
    'signed32': 'FT_INT64', 'float64': 'FT_DOUBLE', 'boolean': 'FT_BOOLEAN',
    'ipv4Address': 'FT_IPv4', 'ipv6Address': 'FT_IPv6', 'macAddress': 'FT_ETHER',
    'string': 'FT_STRING', 'octetArray': 'FT_BYTES', 'basicList': 'FT_BYTES',
    'subTemplateList': 'FT_BYTES', 'subTemplateMultiList': 'FT_BYTES', 'unsigned256': 'FT_BYTES',
}

# Not field types: name below nf9, and the type where scripts depend on it.
NAMES = {
    'version': None, 'count': None, 'sys_uptime': None, 'unix_secs': None, 'sequence': None,
    'source_id': None, 'export_time': 'FT_ABSOLUTE_TIME',
    'flowset': None, 'flowset.id': None, 'flowset.length': None, 'flowset.padding': 'FT_BYTES',
    'flowset.records': None, 'template_frame': 'FT_FRAMENUM',
    'template_record': None, 'template_record.id': None, 'template_record.field_count': None,
    # Not scope_length, which would be scope.length's double once the dot is an underscore.
    'template_record.option_scope_length': None, 'template_record.option_length': None,
    'template_record.field.type': None, 'template_record.field.length': None,
    'template_record.scope.type': None, 'template_record.scope.length': None,
    'template_record.previous_frame': 'FT_FRAMENUM',
    'record': None, 'flow': 'FT_STRING',
    'scope.system': 'FT_BYTES', 'scope.interface': None, 'scope.line_card': None,
    'scope.cache': None, 'scope.template': None, 'scope.unknown': 'FT_BYTES',
    'unknown': 'FT_BYTES', 'unknown.type': None, 'raw': 'FT_BYTES',
    'flow_start': 'FT_ABSOLUTE_TIME', 'flow_end': 'FT_ABSOLUTE_TIME',
    'flow_duration': 'FT_RELATIVE_TIME', 'event_time': 'FT_ABSOLUTE_TIME',
    'addr': 'FT_IPv4', 'addr6': 'FT_IPv6', 'mac': 'FT_ETHER', 'port': None,
    'mpls_label_1.label': None, 'mpls_label_1.exp': None, 'mpls_label_1.bottom': None,
    'mpls_label_10.label': None, 'application_tag.engine': None, 'application_tag.selector': None,
    'tcp_flags.fin': None, 'tcp_flags.syn': None, 'tcp_flags.rst': None, 'tcp_flags.psh': None,
    'tcp_flags.ack': None, 'tcp_flags.urg': None, 'tcp_flags.ece': None, 'tcp_flags.cwr': None,
    'forwarding_status.status': None, 'forwarding_status.reason': None,
    'icmp_type.type': None, 'icmp_type.code': None,
    'mpls.label': None, 'icmp.msg_type': None, 'icmp.msg_code': None,
}

EXPERT = ('template_bad', 'flowset_length', 'flowset_overrun', 'no_template', 'truncated',
          'field_length', 'leftover', 'template_redefined', 'limit', 'flowset_reserved',
          'count_mismatch', 'unknown_field', 'time_implausible', 'flowset_empty')


class Fields(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.table = fields.load()
        cls.shown, cls.names = {}, []
        for line in configured().tshark('-G', 'fields').stdout.splitlines():
            columns = line.split('\t')
            if columns[0] == 'F' and columns[4] == 'nf9':
                cls.names.append(columns[2])
                cls.shown[columns[2]] = columns[3]

    def test_every_type_has_its_field(self):
        self.assertEqual(len(self.table), 1062)
        wrong = ['type %d: %s is %s, not %s' % (row.type, row.filter,
                                                self.shown.get('nf9.' + row.filter),
                                                FT[row.kind])
                 for row in self.table.values()
                 if self.shown.get('nf9.' + row.filter) != FT[row.kind]]
        self.assertFalse(wrong, '\n'.join(wrong[:40]))

    def test_names_are_unique(self):
        """Also as -T ek writes them, with an underscore for the dot."""
        for names in (self.names, [name.replace('.', '_') for name in self.names]):
            twice = [name for name, number in Counter(names).items() if number > 1]
            self.assertFalse(twice)

    def test_names_can_be_typed(self):
        for name in self.names:
            self.assertRegex(name, r'^nf9(\.[a-z0-9_]+)+$')

    def test_documented_names(self):
        missing = [name for name in NAMES if 'nf9.' + name not in self.shown]
        self.assertFalse(missing)
        for name, kind in NAMES.items():
            if kind:
                self.assertEqual(self.shown['nf9.' + name], kind, name)

    def test_expert_names(self):
        missing = [name for name in EXPERT if 'nf9.expert.' + name not in self.shown]
        self.assertFalse(missing)

    def test_protocol(self):
        protocols = [line.split('\t')[:3]
                     for line in configured().tshark('-G', 'protocols').stdout.splitlines()]
        self.assertEqual([p for p in protocols if p[2] == 'nf9'],
                         [['NetFlow v9', 'NetFlow v9', 'nf9']])

    @unittest.skipUnless((places.SHARED / 'fields').is_dir(), '../shared/fields is not here')
    def test_as_many_of_each_type(self):
        want, numbers = Counter(), set()
        with open(places.SHARED / 'fields' / 'field_types.csv', encoding='utf-8') as f:
            for row in csv.DictReader(f):
                data_type = row['data_type']
                numbers.add(int(row['id']))
                want[DATA_TYPE.get(data_type) or
                     re.sub(r'^(unsigned(8|16|32|64)|dateTime\w+)$', 'FT_UINT64', data_type)] += 1
        self.assertEqual(set(self.table), numbers)
        have = Counter(self.shown['nf9.' + row.filter] for row in self.table.values())
        self.assertEqual(have, want)
        print('  '.join('%s %d' % item for item in sorted(have.items())))


if __name__ == '__main__':
    main.run()
