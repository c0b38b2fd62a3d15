# SPDX-License-Identifier: MIT
"""What is timed: the ways to use tshark, and the dissectors that are compared."""

from captures import BIG

NF9, CFLOW, FLOOR, LEAST = 'nf9', 'cflow', 'floor', 'least'

# All with both plugins loaded and nf9's preferences as they are: what differs is who dissects.
WHO = {
    NF9: (),
    CFLOW: ('-d', 'udp.port==2055,cflow'),
    FLOOR: ('-d', 'udp.port==2055,data'),
    LEAST: ('-d', 'udp.port==2055,least'),
}


class Mode:
    """One way to use tshark.

    `target` is the share of cflow's CPU to stay at or below, None where none is set; it can
    depend on the kind of capture and on the Wireshark release.  A heavy mode reads a fifth of
    the packets: it takes many times longer for each.  Where the mode asks for fields,
    bench/least adds as many items and does nothing else.
    """

    def __init__(self, key, name, target, arguments, heavy=False, asks=False):
        self.key, self.name, self.heavy = key, name, heavy
        self.who = [who for who in WHO if asks or who != LEAST]
        self._target, self._arguments = target, arguments

    def arguments(self, who, kind):
        """All that is behind the capture and the number of packets."""
        arguments = [*WHO[who]]
        if who == LEAST:
            arguments += ['-o', 'least.records:%d' % kind.records_a_packet()]
        octets, address = {
            CFLOW: ('cflow.octets', kind.cflow_address),
            LEAST: ('least.in_bytes', 'least.' + kind.nf9_address.split('.')[1]),
        }.get(who, ('nf9.in_bytes', kind.nf9_address))
        return arguments + self._arguments(octets, address)

    def target(self, kind, version):
        return self._target(kind, version) if callable(self._target) else self._target


def one_field(octets):
    return '%s > %d' % (octets, BIG)


MODES = [
    Mode('no-tree', '`-q -z io,stat,0` (no tree)',
         lambda kind, version: 0.30 if kind.name == 'many' else 0.05,
         lambda octets, address: ['-q', '-z', 'io,stat,0']),
    Mode('list', 'packet list, no filter', None,
         lambda octets, address: []),
    Mode('other-filter', '`-Y "udp.srcport == 1"`', 0.08,
         lambda octets, address: ['-Y', 'udp.srcport == 1']),
    Mode('filter', '`-Y` on one field', 0.20,
         lambda octets, address: ['-Y', one_field(octets)], asks=True),
    Mode('filter-2', '`-2 -Y` on one field', 0.20,
         lambda octets, address: ['-2', '-Y', one_field(octets)], asks=True),
    Mode('fields', '`-T fields`, two fields',
         lambda kind, version: 1.0 if version < (4, 2) else 0.25,
         lambda octets, address: ['-T', 'fields', '-e', address, '-e', octets], heavy=True,
         asks=True),
    Mode('verbose', '`-V`', 1.3,
         lambda octets, address: ['-V'], heavy=True),
    Mode('expert', '`-q -z expert`', None,
         lambda octets, address: ['-q', '-z', 'expert']),
]
