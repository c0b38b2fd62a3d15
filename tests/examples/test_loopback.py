# SPDX-License-Identifier: MIT
"""Exporter and collector of the examples as two processes, over loopback.

The exporter is given so many flows at a time as a socket's buffer holds, and more when the
collector has printed them: nothing is lost but what a relay between the two drops on purpose.
"""

import calendar
import ipaddress
import itertools
import os
import socket
import struct
import subprocess
import threading
import time
import unittest

from collecting import Collecting, free_port
from flows import flows
from nf9test.main import run

EXPORTER = os.environ.get('NF9_EXPORTER', '')
RECORDS, AT_ONCE = 100000, 1000
IN_HAND = 32                    # flows that the exporter has of a datagram that is not full
BOOTS_APART = 4                 # seconds; below 2, and 1 more for whole seconds, none can tell
NUMBERS = ('l4_src_port', 'l4_dst_port', 'protocol', 'tcp_flags', 'in_pkts', 'in_bytes',
           'flow_start_milliseconds', 'flow_end_milliseconds')


def milliseconds(text):
    whole, _, part = text.rstrip('Z').partition('.')
    return calendar.timegm(time.strptime(whole, '%Y-%m-%dT%H:%M:%S')) * 1000 + int(part or 0)


def flow_of(record):
    """What the exporter was given, out of what the collector printed."""
    version = 'ipv6' if 'ipv6_src_addr' in record else 'ipv4'
    flow = [ipaddress.ip_address(record['%s_%s_addr' % (version, end)]) for end in ('src', 'dst')]
    for name in NUMBERS:
        text = record[name]
        if name.endswith('milliseconds'):
            flow.append(milliseconds(text))
        elif name == 'tcp_flags':
            flow.append(int(text.split()[0], 0))
        elif name == 'protocol':            # "TCP (6)", or a number without a name
            flow.append(int(text.rstrip(')').split('(')[-1]))
        else:
            flow.append(int(text))
    return flow


class Exporting:
    """A run of the exporter, given flows by and by."""

    def __init__(self, port):
        self.process = subprocess.Popen(
            [EXPORTER, '--port', str(port)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, encoding='ascii')

    def give(self, flows_now):
        self.process.stdin.write(''.join(','.join(map(str, flow)) + '\n' for flow in flows_now))
        self.process.stdin.flush()

    def end(self):
        """Its exit status and what it said."""
        _, said = self.process.communicate()
        return self.process.returncode, said


class Relay(threading.Thread):
    """Passes on what comes, but for the datagrams of some sequence numbers."""

    def __init__(self, to, dropped):
        super().__init__(daemon=True)
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(('127.0.0.1', 0))
        self.udp.settimeout(0.05)
        self.port, self.to, self.dropped = self.udp.getsockname()[1], to, dropped
        self.came = self.records = self.lost_records = self.templates = 0
        self.ended = False

    def run(self):
        while not self.ended:
            try:
                datagram = self.udp.recv(65535)
            except socket.timeout:
                continue
            _, count, _, _, sequence, _ = struct.unpack('>HHIIII', datagram[:20])
            templates = 2 if datagram[20:22] == b'\0\0' else 0      # the exporter's two
            self.templates += templates > 0
            if sequence in self.dropped:
                self.lost_records += count - templates
            else:
                self.udp.sendto(datagram, ('127.0.0.1', self.to))
                self.records += count - templates
            self.came += 1

    def close(self):
        self.ended = True
        self.join()
        self.udp.close()


class Loopback(unittest.TestCase):
    def export(self, port, given, collector, printed):
        """A run: `printed` says how many flows of this run and those before are printed."""
        exporting = Exporting(port)
        before = printed()
        for start in range(0, len(given), AT_ONCE):
            exporting.give(given[start:start + AT_ONCE])
            wanted = before + min(start + AT_ONCE, len(given)) - IN_HAND
            collector.until(lambda: printed() >= wanted)
        self.assertEqual(exporting.end(), (0, ''))
        collector.until(lambda: printed() == before + len(given))

    def export_twice(self, port, given, collector, printed):
        began = time.monotonic()
        half = len(given) // 2
        self.export(port, given[:half], collector, printed)
        time.sleep(max(0.0, began + BOOTS_APART - time.monotonic()))
        self.export(port, given[half:], collector, printed)

    def test_every_record_arrives(self):
        given = list(flows(RECORDS, 6))
        with Collecting('--count', str(RECORDS)) as collector:
            self.export_twice(collector.port, given, collector, lambda: len(collector.lines))
            self.assertEqual(collector.end(), 0)
        packets, records, lost, waiting = collector.summary()
        self.assertEqual((records, lost, waiting), (RECORDS, 0, 0))
        for wanted, record in itertools.zip_longest(given, collector.records()):
            self.assertEqual(flow_of(record), wanted)
        self.assertEqual((collector.lost(), collector.restarts()), ([], 1))
        print('%d records equal in %d packets, 1 restart, nothing lost' % (records, packets))

    def test_what_a_relay_drops_is_reported(self):
        dropped = {7, 50, 51, 200, 201, 202, 203, 204, 205, 333, 350}
        given = list(flows(30000, 7))
        with Collecting('--idle', str(2 * BOOTS_APART)) as collector:
            relay = Relay(collector.port, dropped)
            relay.start()
            self.addCleanup(relay.close)
            self.export_twice(relay.port, given, collector,
                              lambda: min(len(collector.lines), relay.records)
                              + relay.lost_records)
            self.assertEqual(collector.end(), 0)
        packets, records, lost, waiting = collector.summary()
        self.assertGreater(relay.templates, 2 * (relay.came // 50))     # again and again
        self.assertEqual(collector.restarts(), 1)
        self.assertEqual(collector.lost(), [1, 2, 6, 1, 1] * 2)
        self.assertEqual((packets + lost, lost, waiting), (relay.came, 2 * len(dropped), 0))
        self.assertEqual(records, len(given) - relay.lost_records)
        left = iter(given)              # in order, and none but these
        for record in collector.records():
            self.assertIn(flow_of(record), left)
        print('%d packets, %d with templates; %d dropped and reported, %d records left out'
              % (relay.came, relay.templates, lost, relay.lost_records))

    def test_data_waits_for_its_template(self):
        """Told so, and printed when the template comes; one that never comes is counted."""
        header = struct.Struct('>HHIIII')
        data = header.pack(9, 1, 1000, 1700000000, 0, 5) + struct.pack('>HHI', 300, 8, 42)
        other = header.pack(9, 1, 1001, 1700000000, 1, 5) + struct.pack('>HHI', 301, 8, 43)
        template = header.pack(9, 1, 1002, 1700000000, 2, 5) + struct.pack(
            '>HHHHHH', 0, 12, 300, 1, 1, 4)
        with Collecting('--idle', '1') as collector, \
                socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            for datagram in (data, other, b'no packet', template):
                udp.sendto(datagram, ('127.0.0.1', collector.port))
            self.assertEqual(collector.end(), 0)
        self.assertEqual(collector.lines,
                         ['exporter=127.0.0.1\tsource_id=5\ttemplate=300\tin_bytes=42'])
        self.assertEqual(sum('data waits for its template' in line for line in collector.said), 2)
        self.assertEqual(sum('no Export Packet' in line for line in collector.said), 1)
        self.assertEqual(collector.summary(), (3, 1, 0, 1))

    def test_what_is_wrong_ends_it_with_one_line(self):
        port = str(free_port())
        for options in (['--port', '65536'], ['--port', 'nfacctd'], ['--port', ''], ['--port'],
                        ['--count', '-1'], ['--idle', 'soon'], ['--bogus'], ['file'],
                        ['--host', '192.0.2.300', '--port', port],
                        ['--host', '192.0.2.1', '--port', port]):
            with self.subTest(options=options):
                done = subprocess.run([os.environ['NF9_COLLECTOR'], *options], timeout=60,
                                      capture_output=True, encoding='utf-8', check=False)
                self.assertGreater(done.returncode, 0)
                self.assertRegex(done.stderr, r'\A\S*collector: [^\n]+\n\Z')


if __name__ == '__main__':
    run()
