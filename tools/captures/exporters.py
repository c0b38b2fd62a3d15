# SPDX-License-Identifier: MIT
"""Captures of real exporters: each sends to a socket on the loopback that we read.

No capture privilege is needed, and nothing leaves the machine.  The frames are ours, with
documentation addresses; the payloads are the exporters'.
"""

import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time

from nf9test import decoder, pcap

from . import traffic
from .wire import START, Exporter, capture

LOOPBACK = '127.0.0.1'
PACKAGES = {'softflowd': 'softflowd', 'pmacctd': 'pmacct', 'nfcapd': 'nfdump',
            'nfreplay': 'nfdump'}


class ExporterError(RuntimeError):
    """An exporter is missing, failed or sent nothing."""


def check_installed():
    missing = sorted({package for name, package in PACKAGES.items() if not which(name)})
    if missing:
        raise ExporterError('not installed: apt-get install %s' % ' '.join(missing))


def which(name):
    # Two of them are in /usr/sbin, which is not on every user's path.
    return shutil.which(name) or shutil.which(name, path='/usr/sbin:/usr/local/sbin')


def versions():
    """What made the captures, as each program says it."""
    said = {}
    for name, args, pattern in (('softflowd', ['-h'], r'softflowd version ([\w.]*\w)'),
                                ('pmacctd', ['-V'], r'pmacctd (\S+)'),
                                ('nfreplay', ['-V'], r'Version: (\S+)')):
        run = subprocess.run([which(name)] + args, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, check=False)
        found = re.search(pattern, run.stdout)
        said[name] = found.group(1) if found else 'of unknown version'
    return said


class Receiver:
    """A UDP socket on the loopback for an exporter to send to."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((LOOPBACK, 0))
        self.port = self.socket.getsockname()[1]

    def close(self):
        self.socket.close()

    def payloads(self):
        """What has come; the exporter must have ended.  Loopback loses nothing on the way."""
        out = []
        self.socket.settimeout(0.5)
        try:
            while True:
                out.append(self.socket.recv(65535))
        except socket.timeout:
            pass
        self.close()
        if not out:
            raise ExporterError('an exporter sent nothing')
        return out


def run(args, folder, seconds=60):
    done = subprocess.run([which(args[0])] + args[1:], cwd=folder, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=seconds, check=False)
    if done.returncode:
        raise ExporterError('%s ended with %d: %s' % (args[0], done.returncode, done.stdout))


def softflowd(folder, *options):
    """-a takes the clock from the capture: softflowd's output is then the same every time."""
    receiver = Receiver()
    run(['softflowd', '-v', '9', '-a', '-d', '-c', 'none', '-p', str(folder / 'pid'), '-r',
         'traffic.pcap', '-n', '%s:%d' % (LOOPBACK, receiver.port), *options], folder)
    return receiver.payloads()


PMACCTD = '''daemonize: false
pcap_savefile: {folder}/traffic.pcap
aggregate: {aggregate}
plugins: nfprobe[out]
nfprobe_version[out]: 9
nfprobe_receiver[out]: {loopback}:{port}
nfprobe_source_ip[out]: {loopback}
nfprobe_engine[out]: 7
'''


def pmacctd(folder, aggregate, attempts=5):
    """Its two processes end in any order, and one order is an error and may lose records."""
    for left in reversed(range(attempts)):
        receiver = Receiver()
        (folder / 'pmacctd.conf').write_text(PMACCTD.format(
            folder=folder, aggregate=aggregate, loopback=LOOPBACK, port=receiver.port))
        try:
            # It ends by itself after the file; a signal makes it count some packets twice.
            run(['pmacctd', '-f', 'pmacctd.conf'], folder)
            return [at_clock(p, 60000, START + 60) for p in receiver.payloads()]
        except ExporterError:
            receiver.close()
            if not left:
                raise


def at_clock(payload, uptime, secs):
    """The packet with another header clock: pmacctd takes its from the wall."""
    return payload[:4] + struct.pack('>II', uptime, secs) + payload[12:]


def nfreplay(folder):
    """What softflowd sent, stored by nfcapd and sent again from its file."""
    stored = folder / 'stored'
    stored.mkdir()
    collect(stored, softflowd(folder, '-A', 'milli'))
    files = sorted(stored.glob('nfcapd.2*'))
    if not files:
        raise ExporterError('nfcapd stored nothing')
    receiver = Receiver()
    for path in files:
        run(['nfreplay', '-v', '9', '-H', LOOPBACK, '-p', str(receiver.port), '-r', str(path)],
            folder)
    return receiver.payloads()


def collect(stored, payloads):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((LOOPBACK, 0))
        port = probe.getsockname()[1]
    log = stored.parent / 'nfcapd.log'
    with open(log, 'w', encoding='utf-8') as out:
        nfcapd = subprocess.Popen([which('nfcapd'), '-w', str(stored), '-b', LOOPBACK, '-p',
                                   str(port)], stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_for(log, 'Startup nfcapd')
        time.sleep(0.5)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            for payload in payloads:
                sender.sendto(payload, (LOOPBACK, port))
        time.sleep(1)
        nfcapd.send_signal(signal.SIGTERM)
        nfcapd.wait(20)
    finally:
        nfcapd.kill()


def wait_for(log, text, seconds=20):
    end = time.monotonic() + seconds
    while text not in log.read_text(encoding='utf-8'):
        if time.monotonic() > end:
            raise ExporterError('nfcapd did not start: ' + log.read_text(encoding='utf-8'))
        time.sleep(0.1)


def check_complete(name, frames):
    """Every packet of the traffic is in one flow; pmacctd does not see the one under MPLS."""
    decoding = decoder.decode(pcap.Frame(i + 1, frame[0], pcap.ETHERNET, frame[1])
                              for i, frame in enumerate(frames))
    counted = sum(r['fields'].get('2', 0) for r in decoding.records)
    sent = len(traffic.frames())
    if counted not in (sent, sent - 1):
        raise ExporterError('%s: %d packets in flows, %d were sent' % (name, counted, sent))


def captures():
    """(name, what it shows, how it was made, frames)."""
    check_installed()
    version = versions()
    by_softflowd = 'softflowd %s reading a file' % version['softflowd']
    by_pmacctd = 'pmacctd %s, nfprobe plugin, reading a file; header clock set' % \
        version['pmacctd']
    by_nfreplay = 'nfreplay %s of what nfcapd stored' % version['nfreplay']
    made = (
        ('softflowd', 'IPv4 and IPv6, TCP, UDP, ICMP, ICMPv6; four templates, interface option',
         by_softflowd, '192.0.2.10', softflowd),
        ('softflowd_ether_ms', 'MAC addresses and VLANs, times in milliseconds',
         by_softflowd + ': -T ether -A milli', '192.0.2.11',
         lambda folder: softflowd(folder, '-T', 'ether', '-A', 'milli')),
        ('softflowd_mpls', 'VLANs and three MPLS labels a flow, as the exporter fills them',
         by_softflowd + ': -T vlan -x 3', '192.0.2.12',
         lambda folder: softflowd(folder, '-T', 'vlan', '-x', '3')),
        ('pmacct', 'IPv4 and IPv6, times in milliseconds, exporter option, Source ID 7',
         by_pmacctd, '192.0.2.20',
         lambda folder: pmacctd(folder, 'src_host,dst_host,src_port,dst_port,proto,tos')),
        ('pmacct_ether', 'MAC addresses and VLAN too; padding that is not always zero',
         by_pmacctd, '192.0.2.21',
         lambda folder: pmacctd(folder, 'src_mac,dst_mac,vlan,src_host,dst_host,src_port,'
                                        'dst_port,proto,tos,tcpflags')),
        ('nfreplay', 'flows of both families; the template for IPv4 is sent in each packet',
         by_nfreplay, '192.0.2.30', nfreplay),
    )
    out = []
    for name, shows, how, address, make in made:
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            pcap.write(folder / 'traffic.pcap', traffic.frames())
            exporter = Exporter(address, 40000)
            frames = capture(*((exporter, payload) for payload in make(folder)))
            check_complete(name, frames)
        out.append((name, shows, how, frames))
    return out
