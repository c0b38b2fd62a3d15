# SPDX-License-Identifier: MIT
"""What Wireshark's built-in dissector makes of records."""

import datetime
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter

# Not a port alone: whatever else is installed, this is about cflow.
_ONLY_CFLOW = ('-d', 'udp.port==2055,cflow', '-T', 'pdml')


def _number(show):
    return int(show, 0)


def _text(show):
    return show


def _seconds(show):
    """cflow shows an uptime in seconds."""
    return round(float(show) * 1000)


def _since_1970(show):
    """Jan  2, 2024 03:04:05.320000000 UTC, or ISO 8601 from 4.6 on, as milliseconds."""
    whole, fraction = re.match(r'(.*\d\d:\d\d:\d\d)\.(\d{3})', show).groups()
    form = '%Y-%m-%d %H:%M:%S' if whole[0].isdigit() else '%b %d, %Y %H:%M:%S'
    when = datetime.datetime.strptime(whole.replace('T', ' '), form)
    return int((when - datetime.datetime(1970, 1, 1)).total_seconds()) * 1000 + int(fraction)


def _octets(show):
    return 'hex:' + show.replace(':', '')


def _scope(show):
    """Scopes that cflow shows as octets are numbers to us."""
    return int(show.replace(':', ''), 16)


# How to read what cflow shows, and its fields with our key in a record.  Where there are several,
# the record says which.  An uptime of 0 is 1970 to cflow.
_READ = {
    _number: """octets 1, packets 2, flows 3, protocol 4, tos 5, tcpflags 6, srcport 7, srcmask 9,
        inputint 10, dstport 11, dstmask 13, outputint 14, srcas 16, dstas 17, post_octets 23,
        post_packets 24, srcmaskv6 29, dstmaskv6 30, ipv6flowlabel 31, icmp_type_code_ipv4 32,
        sampling_interval 34, sampling_algorithm 35, flow_active_timeout 36,
        flow_inactive_timeout 37, engine_type 38, engine_id 39, octetsexp 40, packetsexp 41,
        flowsexp 42, toplabeltype 46, sampler_id 48, sampler_mode 49, sampler_random_interval 50,
        post_tos 55, vlanid 58, post_vlanid 59, ip_version 60, direction 61, ipv6_exthdr 64,
        mpls_top_label_prefix_length 91, peer_dstas 128, peer_srcas 129, flow_end_reason 136,
        flow_id 148, icmp_ipv4_type 176, icmp_ipv4_code 177, icmp_ipv6_type 178 139,
        icmp_ipv6_code 179 139, post_naptsource_transport_port 227,
        post_naptdestination_transport_port 228, nat_originating_address_realm 229, nat_event 230,
        initiator_octets 231, responder_octets 232, firewall_event 233, ingress_vrfid 234,
        egress_vrfid 235, fw_ext_event 33002, scope_interface s2, scope_linecard s3,
        forwarding_status 89, forwarding_status_unknown_code 89, forwarding_status_forward_code 89,
        forwarding_status_drop_code 89, forwarding_status_consume_code 89, mpls_label %(mpls)s,
        mpls_exp %(mpls)s, mpls_bos %(mpls)s""" % {'mpls': ' '.join(map(str, range(70, 80)))},
    _text: """srcaddr 8, dstaddr 12, nexthop 15, bgpnexthop 18, srcaddrv6 27, dstaddrv6 28,
        toplabeladdr 47, srcmac 56, post_dstmac 57, nexthopv6 62, bgpnexthopv6 63, dstmac 80,
        post_srcmac 81, if_name 82, if_descr 83, sampler_name 84, appl_desc 94, appl_name 96,
        exporter_addr 130, exporter_addr_v6 131, post_natsource_ipv4_address 225,
        post_natdestination_ipv4_address 226, aaa_username 40000""",
    _seconds: 'timeend 21, timestart 22',
    _since_1970: 'abstimestart 152 22, abstimeend 153 21, observation_time_milliseconds 323',
    _octets: 'mpls_vpn_rd 90, ingress_acl_id 33000, egress_acl_id 33001',
    _scope: 'scope_system s1, scope_cache s4, scope_template s5',
}
FIELDS = {'cflow.' + row.split()[0]: (row.split()[1:], read)
          for read, rows in _READ.items() for row in rows.split(',')}
# What cflow takes apart: how many bits to the left a part stands.
PARTS = {
    'cflow.mpls_label': 4, 'cflow.mpls_exp': 1, 'cflow.mpls_bos': 0,
    'cflow.forwarding_status': 6, 'cflow.forwarding_status_unknown_code': 0,
    'cflow.forwarding_status_forward_code': 0, 'cflow.forwarding_status_drop_code': 0,
    'cflow.forwarding_status_consume_code': 0,
    'cflow.icmp_ipv6_type': 8, 'cflow.icmp_ipv6_code': 0,
}
_MPLS = frozenset(str(n) for n in range(70, 80))
_PACKED = _MPLS | {'89', '139'}
COMPARABLE = {key for keys, _ in FIELDS.values() for key in keys}


def records(wireshark, capture):
    """(frame, [(field, what it shows)]) of every record, in the order of the file."""
    pdml = wireshark.tshark(*_ONLY_CFLOW, capture=capture).stdout
    for packet in ElementTree.fromstring(pdml).iter('packet'):
        frame = int(packet.find('.//field[@name="num"]').get('show'))
        for proto in packet.findall('proto[@name="cflow"]'):
            for item in proto.iter('field'):
                if re.fullmatch(r'Flow \d+', item.get('show', '')):
                    yield frame, [(field.get('name'), field.get('show'))
                                  for field in item.iter('field') if field.get('name')]


def disagreements(shown, record):
    """(lines that say what differs, how many values were compared) of a record."""
    wanted, have, times = record['fields'], {}, Counter()
    for name, show in shown:
        if name not in FIELDS:
            continue
        keys, read = FIELDS[name]
        # shown several times: in the order of the record
        keys = [key for key in wanted if key in keys] or keys
        key = keys[min(times[name], len(keys) - 1)]
        times[name] += 1
        if key in _PACKED:
            have[key] = have.get(key, 0) + (read(show) << PARTS[name])
        else:
            have[key] = read(show)
    for key in _MPLS & set(have):
        have[key] = 'hex:%06x' % have[key]
    compared = set(have) | {key for key in wanted if key in COMPARABLE and wanted[key] != 'hex:'}
    wrong = ['field %s: %r, expected %r' % (key, have.get(key), wanted.get(key))
             for key in sorted(compared) if have.get(key) != wanted.get(key)]
    return wrong, len(compared)
