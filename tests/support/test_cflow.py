#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The expected decodings against Wireshark's built-in dissector, where that is right."""

import datetime
import json
import re
import shutil
import unittest
import xml.etree.ElementTree as ElementTree

from nf9test import fields
from nf9test.wireshark import Wireshark

CAPTURES = fields.ROOT / 'captures'
# Not a port alone: whatever else is installed, this is about cflow.
ONLY_CFLOW = ('-d', 'udp.port==2055,cflow', '-T', 'pdml')


def number(show):
    return int(show, 0)


def text(show):
    return show


def seconds(show):
    """cflow shows an uptime in seconds."""
    return round(float(show) * 1000)


def since_1970(show):
    """Jan  2, 2024 03:04:05.320000000 UTC, or ISO 8601 from 4.6 on, as milliseconds."""
    whole, fraction = re.match(r'(.*\d\d:\d\d:\d\d)\.(\d{3})', show).groups()
    form = '%Y-%m-%d %H:%M:%S' if whole[0].isdigit() else '%b %d, %Y %H:%M:%S'
    when = datetime.datetime.strptime(whole.replace('T', ' '), form)
    return int((when - datetime.datetime(1970, 1, 1)).total_seconds()) * 1000 + int(fraction)


def octets(show):
    return 'hex:' + show.replace(':', '')


# cflow's field: our key in a record, how to read what cflow shows.
NAMES = {
    'cflow.octets': ('1', number), 'cflow.packets': ('2', number),
    'cflow.protocol': ('4', number), 'cflow.tos': ('5', number),
    'cflow.tcpflags': ('6', number), 'cflow.srcport': ('7', number),
    'cflow.srcaddr': ('8', text), 'cflow.srcmask': ('9', number),
    'cflow.inputint': ('10', number), 'cflow.dstport': ('11', number),
    'cflow.dstaddr': ('12', text), 'cflow.dstmask': ('13', number),
    'cflow.outputint': ('14', number), 'cflow.timeend': ('21', seconds),
    'cflow.timestart': ('22', seconds), 'cflow.srcaddrv6': ('27', text),
    'cflow.dstaddrv6': ('28', text), 'cflow.srcmaskv6': ('29', number),
    'cflow.dstmaskv6': ('30', number), 'cflow.ipv6flowlabel': ('31', number),
    'cflow.icmp_type_code_ipv4': ('32', number), 'cflow.sampling_interval': ('34', number),
    'cflow.sampling_algorithm': ('35', number), 'cflow.flow_active_timeout': ('36', number),
    'cflow.flow_inactive_timeout': ('37', number), 'cflow.engine_type': ('38', number),
    'cflow.engine_id': ('39', number), 'cflow.packetsexp': ('41', number),
    'cflow.flowsexp': ('42', number), 'cflow.toplabeltype': ('46', number),
    'cflow.toplabeladdr': ('47', text), 'cflow.sampler_id': ('48', number),
    'cflow.sampler_mode': ('49', number), 'cflow.vlanid': ('58', number),
    'cflow.post_vlanid': ('59', number), 'cflow.ip_version': ('60', number),
    'cflow.direction': ('61', number), 'cflow.nexthopv6': ('62', text),
    'cflow.bgpnexthopv6': ('63', text), 'cflow.ipv6_exthdr': ('64', number),
    'cflow.if_name': ('82', text), 'cflow.if_descr': ('83', text),
    'cflow.mpls_vpn_rd': ('90', octets), 'cflow.mpls_top_label_prefix_length': ('91', number),
    'cflow.appl_desc': ('94', text), 'cflow.appl_name': ('96', text),
    'cflow.flow_end_reason': ('136', number), 'cflow.exporter_addr': ('130', text),
    'cflow.exporter_addr_v6': ('131', text), 'cflow.nat_event': ('230', number),
    'cflow.ingress_vrfid': ('234', number), 'cflow.egress_vrfid': ('235', number),
    'cflow.post_natsource_ipv4_address': ('225', text),
    'cflow.post_natdestination_ipv4_address': ('226', text),
    'cflow.post_naptsource_transport_port': ('227', number),
    'cflow.post_naptdestination_transport_port': ('228', number),
    'cflow.nat_originating_address_realm': ('229', number),
    'cflow.observation_time_milliseconds': ('323', since_1970),
    'cflow.scope_interface': ('s2', number), 'cflow.scope_linecard': ('s3', number),
}
# One field of cflow for several of ours: the record says which.  An uptime of 0 is 1970 to it.
SHARED = {
    'cflow.abstimestart': (('152', '22'), since_1970),
    'cflow.abstimeend': (('153', '21'), since_1970),
    'cflow.srcmac': (('56',), text), 'cflow.dstmac': (('80',), text),
    'cflow.post_dstmac': (('57',), text), 'cflow.post_srcmac': (('81',), text),
}
COMPARABLE = {key for key, _ in NAMES.values()} | {k for keys, _ in SHARED.values()
                                                   for k in keys}

# capture: values compared.  In these cflow decodes every record.
EXPECT = {'softflowd': 342, 'softflowd_ether_ms': 430, 'softflowd_mpls': 386, 'pmacct': 317,
          'pmacct_ether': 380, 'nfreplay': 418, 'nbar': 25, 'options_scopes': 18, 'mpls': 18,
          'ipv6': 30, 'nat_events': 28, 'many_templates': 23}


def records(pdml):
    """(frame, {cflow field: what it shows}) of every record, in the order of the file."""
    for packet in ElementTree.fromstring(pdml).iter('packet'):
        frame = int(packet.find('.//field[@name="num"]').get('show'))
        for proto in packet.findall('proto[@name="cflow"]'):
            for item in proto.iter('field'):
                if re.fullmatch(r'Flow \d+', item.get('show', '')):
                    yield frame, {f.get('name'): f.get('show') for f in item.iter('field')
                                  if f.get('name')}


@unittest.skipUnless(shutil.which('tshark'), 'tshark is not installed')
class Cflow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.wireshark = Wireshark(with_plugin=False)

    def compare(self, shown, record):
        """How many values were compared."""
        wanted, seen = record['fields'], set()
        for name, show in shown.items():
            if name in NAMES:
                keys, read = (NAMES[name][0],), NAMES[name][1]
            elif name in SHARED:
                keys, read = SHARED[name]
            else:
                continue
            key = next((k for k in keys if k in wanted), None)
            where = 'frame %d set %d record %d: %s' % (record['frame'], record['set'],
                                                       record['record'], name)
            self.assertIsNotNone(key, where)
            self.assertEqual(read(show), wanted[key], where)
            seen.add(key)
        self.assertEqual({k for k in wanted if k in COMPARABLE} - seen, set())
        return len(seen)

    def test_captures(self):
        for name, values in EXPECT.items():
            with self.subTest(name):
                run = self.wireshark.tshark(*ONLY_CFLOW, capture=CAPTURES / (name + '.pcap'))
                path = CAPTURES / 'expected' / (name + '.json')
                expected = json.loads(path.read_text(encoding='utf-8'))['records']
                expected.sort(key=lambda r: (r['frame'], r['set'], r['record']))
                shown = list(records(run.stdout))
                self.assertEqual([frame for frame, _ in shown], [r['frame'] for r in expected])
                compared = sum(self.compare(have, want)
                               for (_, have), want in zip(shown, expected))
                self.assertEqual(compared, values)


if __name__ == '__main__':
    unittest.main()
