# SPDX-License-Identifier: MIT
"""Prints a capture's flows: a line a packet, a row a record, and a sum.

Everything printed comes from nf9.so through tshark; nothing is decoded here.  tshark runs
twice over the capture at the same time, because PDML has the tree and no Info column.  The
capture goes to it as standard input, so that the unprivileged user who runs it needs no right
to the file.
"""

import argparse
import contextlib
import os
import pathlib
import re
import subprocess
import sys
from collections import Counter

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'tests' / 'support'))

from nf9test import pdml                                                # noqa: E402
from nf9test.wireshark import Wireshark, WiresharkError                 # noqa: E402

# A NetFlow packet that an ICMP error quotes is not one that was exported here.
FILTER = 'nf9 && !icmp && !icmpv6'

# What leaves octets undecoded beside data without a template, by the expert info that says so.
UNDECODED = {
    'nf9.expert.template_bad': 'bad templates',
    'nf9.expert.flowset_length': 'bad FlowSet lengths',
    'nf9.expert.flowset_overrun': 'FlowSets longer than the packet',
    'nf9.expert.flowset_reserved': 'reserved FlowSet IDs',
    'nf9.expert.truncated': 'octets that were not captured',
    'nf9.expert.field_length': 'lengths that do not fit their field',
    'nf9.expert.leftover': 'octets left over',
    'nf9.expert.limit': 'a limit reached',
}


class DemoError(Exception):
    """What the user reads on one line."""


class Sum:
    def __init__(self):
        self.packets = self.flows = self.options = self.templates = 0
        self.without_template = self.octets = 0
        self.undecoded = Counter()      # in how many packets

    def add(self, packet):
        self.packets += 1
        for flowset in packet.flowsets():
            records = len(pdml.whole_records(flowset))
            if pdml.is_options(flowset):
                self.options += records
            else:
                self.flows += records
            self.templates += sum(not template.first('nf9.expert.template_bad')
                                  for template in flowset.own('nf9.template_record'))
            if flowset.first('nf9.expert.no_template'):
                self.without_template += 1
                self.octets += flowset.size - 4     # what is there of it, less its header
        self.undecoded.update({item.name for proto in packet.nf9 for item in proto.walk()
                               if item.name in UNDECODED})

    def __str__(self):
        parts = []
        if self.without_template:
            parts.append('%s without a template (%s)' %
                         (plural(self.without_template, 'FlowSet'),
                          plural(self.octets, 'octet')))
        parts += ['%s with %s' % (plural(number, 'packet'), UNDECODED[name])
                  for name, number in sorted(self.undecoded.items())]
        return '%s, %s, %d options, %s; %s' % (
            plural(self.packets, 'packet'), plural(self.flows, 'flow'), self.options,
            plural(self.templates, 'template'),
            'undecoded: ' + ', '.join(parts) if parts else 'nothing undecoded')


def plural(number, word):
    return '%d %s%s' % (number, word, '' if number == 1 else 's')


def endpoints(packet):
    """SRC:PORT -> DST:PORT of the innermost headers before NetFlow's."""
    found = {}
    for proto in packet.before_nf9:
        for end, address, port in (('src', '%s.src', '%s.srcport'),
                                   ('dst', '%s.dst', '%s.dstport')):
            for item in proto.own(address % proto.name):
                found[end] = '[%s]' % item.show if proto.name == 'ipv6' else item.show
            for item in proto.own(port % proto.name):
                found[end + 'port'] = item.show
    return '%s:%s -> %s:%s' % tuple(found.get(name, '?')
                                    for name in ('src', 'srcport', 'dst', 'dstport'))


def shown_time(record, proto):
    """When the flow began, else ended, else happened, else was exported."""
    for name in ('nf9.flow_start', 'nf9.flow_end', 'nf9.event_time'):
        item = record.first(name)
        if item is not None:
            break
    else:
        item = proto.first('nf9.export_time')
    text = pdml.iso_time(item.show) if item is not None else '-'
    return text.replace('T', ' ').rstrip('Z')


def rows(packet):
    for proto in packet.nf9:
        for flowset in proto.own('nf9.flowset'):
            for record in pdml.whole_records(flowset):
                text = re.sub(r'^Record \d+:? *', '', record.showname)
                yield '%d.%s  %s  %s' % (packet.frame, record.show,
                                         shown_time(record, proto), text)


class Run:
    """One tshark over the capture, its output a stream."""

    def __init__(self, wireshark, capture, *args):
        command = wireshark.command('tshark', '-n', '-r', '-', '-Y', FILTER, *args)
        with open(capture, 'rb') as stdin:
            self.process = subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE,
                                            stderr=subprocess.PIPE, cwd='/')
        self.stdout = self.process.stdout

    def end(self, capture):
        """Raises what tshark had to complain about, with the file's own name."""
        self.stdout.close()
        words = self.process.stderr.read().decode('utf-8', 'replace').strip().splitlines()
        self.process.stderr.close()
        status = self.process.wait()
        if status < 0 or status > 2:
            raise DemoError('tshark ended with status %d: %s' % (status, ' '.join(words[-3:])))
        if status:
            said = [line for line in words if line.startswith('tshark: ')] or words
            said = said[-1] if said else 'tshark ended with status %d' % status
            said = re.sub(r'^tshark: ', '', said)
            raise DemoError(said.replace('The standard input', str(capture)))


def show(wireshark, capture, out):
    total = Sum()
    columns = Run(wireshark, capture, '-T', 'tabs', '-o',
                  'gui.column.format:"No.","%m","Info","%i"')
    tree = Run(wireshark, capture, '-T', 'pdml')
    # A PDML document that breaks off ends the loop: what tshark says about it follows.
    with contextlib.suppress(pdml.ParseError):
        for packet in pdml.packets(tree.stdout):
            number, _, info = columns.stdout.readline().decode().rstrip('\n').partition('\t')
            if number.strip() != str(packet.frame):
                raise DemoError('tshark lists frame %s and prints frame %d' %
                                (number, packet.frame))
            print('frame %d  %s  %s' % (packet.frame, endpoints(packet), info), file=out)
            for row in rows(packet):
                print('  ' + row, file=out)
            total.add(packet)
    if total.packets:
        print(total, file=out)
    out.flush()
    columns.stdout.read()
    tree.end(capture)
    columns.end(capture)
    if not total.packets:
        print('%s: no NetFlow v9 found' % capture, file=out)


def main():
    parser = argparse.ArgumentParser(prog='tools/demo', description=__doc__.split('\n')[0])
    parser.add_argument('--plugin', required=True, help='the nf9.so to show')
    parser.add_argument('capture', type=pathlib.Path)
    given = parser.parse_args()
    try:
        if not given.capture.exists():
            raise DemoError('no such file: %s' % given.capture)
        if not given.capture.is_file():
            raise DemoError('not a file: %s' % given.capture)
        if not pathlib.Path(given.plugin).is_file():
            raise DemoError('no plugin: %s is missing' % given.plugin)
        show(Wireshark(plugin=given.plugin, sysroot='/'), given.capture, sys.stdout)
    except BrokenPipeError:
        # The reader has seen enough (a pager, head).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (DemoError, WiresharkError, OSError) as error:
        sys.stdout.flush()
        print('tools/demo: ' + ' '.join(str(error).split()), file=sys.stderr)
        sys.exit(1)


if __name__ == '__main__':
    main()
