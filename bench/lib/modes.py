# SPDX-License-Identifier: MIT
"""What is timed: the ways to use tshark, and the three dissectors that are compared."""

from captures import BIG

NF9, CFLOW, FLOOR = 'nf9', 'cflow', 'floor'

# All with the plugin loaded and its preferences as they are: what differs is who dissects.
WHO = {
    NF9: (),
    CFLOW: ('-d', 'udp.port==2055,cflow'),
    FLOOR: ('-d', 'udp.port==2055,data'),
}


class Mode:
    """One way to use tshark.

    `target` is the share of cflow's CPU to stay at or below, None where none is set; it can
    depend on the kind of capture and on the Wireshark release.  A heavy mode reads a fifth of
    the packets: it takes many times longer for each.
    """

    def __init__(self, key, name, target, arguments, heavy=False):
        self.key, self.name, self.heavy = key, name, heavy
        self._target, self._arguments = target, arguments

    def arguments(self, who, kind):
        if who == CFLOW:
            return self._arguments('cflow.octets', kind.cflow_address)
        return self._arguments('nf9.in_bytes', kind.nf9_address)

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
         lambda octets, address: ['-Y', one_field(octets)]),
    Mode('filter-2', '`-2 -Y` on one field', 0.20,
         lambda octets, address: ['-2', '-Y', one_field(octets)]),
    Mode('fields', '`-T fields`, two fields',
         lambda kind, version: 1.0 if version < (4, 2) else 0.25,
         lambda octets, address: ['-T', 'fields', '-e', address, '-e', octets], heavy=True),
    Mode('verbose', '`-V`', 1.3,
         lambda octets, address: ['-V'], heavy=True),
    Mode('expert', '`-q -z expert`', None,
         lambda octets, address: ['-q', '-z', 'expert']),
]
