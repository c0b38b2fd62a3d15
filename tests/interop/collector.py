# SPDX-License-Identifier: MIT
"""nfcapd and nfdump: datagrams to the one, over loopback, and what the other reads of them."""

import contextlib
import datetime
import ipaddress
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import time

HOST, NOBODY, PATIENCE = '127.0.0.1', 65534, 60


class Collector:
    """An nfcapd on a port and in a folder of its own, as a user without rights."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.chmod(0o777)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind((HOST, 0))
            self.port = probe.getsockname()[1]
        user = ['setpriv', '--reuid=%d' % NOBODY, '--regid=%d' % NOBODY, '--clear-groups'] \
            if os.geteuid() == 0 else []
        with open(self.folder / 'log', 'wb') as log:
            self.process = subprocess.Popen(
                [*user, 'nfcapd', '-w', str(self.folder), '-b', HOST, '-p', str(self.port),
                 '-t', '3600'], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd='/')
        self._wait(lambda: self._socket() is not None, 'nfcapd does not listen')

    def send(self, datagrams):
        """Each when the one before it was read, so that none is dropped."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            for datagram in datagrams:
                out.sendto(datagram, (HOST, self.port))
                self._wait(lambda: self._socket() == 0, 'nfcapd does not read')

    def end(self):
        """Ends it; what it said."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        said = (self.folder / 'log').read_text(encoding='utf-8', errors='replace')
        (self.folder / 'log').unlink()
        return said

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def _socket(self):
        """How many octets wait in its socket; None where it has none yet."""
        wanted = '%08X:%04X' % (socket.htonl(int(ipaddress.ip_address(HOST))), self.port)
        for line in pathlib.Path('/proc/net/udp').read_text(encoding='ascii').splitlines():
            words = line.split()
            if words[1] == wanted:
                return int(words[4].split(':')[1], 16)
        return None

    def _wait(self, done, failure):
        give_up = time.monotonic() + PATIENCE
        while not done():
            if self.process.poll() is not None or time.monotonic() > give_up:
                raise AssertionError('%s: %s' % (failure, (self.folder / 'log').read_text(
                    encoding='utf-8', errors='replace')))
            time.sleep(0.0002)


def collect(datagrams):
    """(what nfdump reads of them, what nfcapd said)."""
    with tempfile.TemporaryDirectory(prefix='nf9-nfdump-') as folder, \
            contextlib.ExitStack() as stack:
        collector = Collector(folder)
        stack.callback(collector.kill)
        collector.send(datagrams)
        said = collector.end()
        done = subprocess.run(['nfdump', '-C', 'none', '-N', '-R', folder, '-o', 'json'],
                              env={'PATH': os.environ['PATH'], 'TZ': 'UTC', 'LC_ALL': 'C'},
                              capture_output=True, encoding='utf-8', check=True)
    return json.loads(done.stdout), said


def version():
    """As nfdump says it."""
    said = subprocess.run(['nfdump', '-V'], capture_output=True, encoding='utf-8', check=True)
    return re.search(r'\d+\.\d+[.\d]*', said.stdout)[0]


# -- what nfdump stores ----------------------------------------------------------------------

def _time(ms):
    when = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=ms)
    return when.strftime('%Y-%m-%dT%H:%M:%S.') + '%03d' % (ms % 1000)


def _event_time(ms):
    return _time(ms)[:-3] + str(ms % 1000)      # no zeros in front


def _flags(value):
    return ''.join(letter if value >> 7 - i & 1 else '.' for i, letter in enumerate('CEUAPRSF'))


def _label(value):
    number = int(value.removeprefix('hex:'), 16)
    return '%d-%d-%d' % (number >> 4, number >> 1 & 7, number & 1)


def _acl(value):
    octets = value.removeprefix('hex:')
    return '/'.join('0x%x' % int(octets[i:i + 8], 16) for i in (0, 8, 16))


# Our key in a record: the names that nfdump has for it, and how it shows the value.
_AS_IT_IS = dict(pair.split() for pair in """1 in_bytes, 2 in_packets, 3 aggr_flows, 4 proto,
    5 src_tos, 7 src_port, 8 src4_addr, 9 src_mask, 10 input_snmp, 11 dst_port, 12 dst4_addr,
    13 dst_mask, 14 output_snmp, 15 ip4_next_hop, 16 src_as, 17 dst_as, 18 bgp4_next_hop,
    23 out_bytes, 24 out_packets, 27 src6_addr, 28 dst6_addr, 29 src_mask, 30 dst_mask,
    55 dst_tos, 56 in_src_mac, 57 out_dst_mac, 58 src_vlan, 59 dst_vlan, 61 direction,
    62 ip6_next_hop, 63 bgp6_next_hop, 80 in_dst_mac, 81 out_src_mac, 89 fwd_status,
    128 next_as, 129 prev_as, 176 icmp_type, 177 icmp_code, 178 icmp_type, 179 icmp_code,
    225 src4_xlt_ip, 226 dst4_xlt_ip, 231 in_bytes, 232 out_bytes, 40000 user_name""".split(','))
_AS_TEXT = dict(pair.split() for pair in """148 connect_id, 227 src_xlt_port, 228 dst_xlt_port,
    230 nat_event_id, 233 event_id, 234 ingress_vrf, 235 egress_vrf, 33002 xevent_id""".split(','))
_SHOWN = {
    '6': ('tcp_flags', _flags), '152': ('first', _time), '153': ('last', _time),
    '323': ('t_event', _event_time),
    '33000': ('ingress_acl', _acl), '33001': ('egress_acl', _acl),
    **{str(69 + i): ('mpls_%d' % i, _label) for i in range(1, 11)},
    **{key: (name, str) for key, name in _AS_TEXT.items()},
    **{key: (name, lambda value: value) for key, name in _AS_IT_IS.items()},
}
# Not of the record, or made by nfdump for print: an event's name, IPv6 networks (1.7.1 makes them
# by other masks than it prints).
_LEFT_OUT = frozenset('received export_sysid label event nat_event'.split())
_NETWORKS6 = frozenset(('src_net', 'dst_net'))
# What it shows of fields that a record does not have.
_NOTHING = (0, '0', '', '0.0.0.0', '::', '........', _time(0))


def _wanted(record, boot):
    """{name: what it shows} of what nfdump stores of a record; 139 it does not."""
    values, wanted = dict(record['fields']), {'ip4_router': HOST}
    for key, name in (('22', 'first'), ('21', 'last')):
        if key in values:
            wanted[name] = _time(boot * 1000 + values[key])
    for key, value in values.items():
        if key in _SHOWN:
            name, show = _SHOWN[key]
            wanted[name] = show(value)
    if '32' in values:
        wanted['icmp_type'], wanted['icmp_code'] = divmod(values['32'], 256)
    if not {'3', '23', '231'}.isdisjoint(values):
        wanted['aggr_flows'] = values.get('3') or 1     # one where a record says none
    for address, mask, name in (('8', '9', 'src_net'), ('12', '13', 'dst_net')):
        if values.get(mask):
            network = ipaddress.ip_network((values[address], values[mask]), strict=False)
            wanted[name] = str(network.network_address)
    event = not {'230', '233'}.isdisjoint(values)
    wanted['type'] = 'EVENT' if event else 'FLOW'
    return wanted


def disagreements(shown, record, boot):
    """(lines that say what differs, how many of the record's values were compared)."""
    wanted = _wanted(record, boot)
    wrong = ['%s: %r, expected %r' % (name, shown.get(name), value)
             for name, value in wanted.items() if shown.get(name) != value]
    left_out = _LEFT_OUT | _NETWORKS6 if '27' in record['fields'] else _LEFT_OUT
    wrong += ['%s: %r, expected nothing' % (name, value) for name, value in shown.items()
              if name not in wanted and name not in left_out and value not in _NOTHING]
    return wrong, len(wanted)
