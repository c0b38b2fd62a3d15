# SPDX-License-Identifier: MIT
"""Seeds for fuzz_cache: each capture's FlowSets as calls of the cache (cache.c).

usage: cache_seeds.py FOLDER
"""

import struct

import seeds                                            # it adds nf9test's folder
from nf9test import pcap
from nf9test.decoder import export_packets
from nf9test.places import ours

ADD, ADD_OPTIONS, FIND, RESTART, VOID, FORGET = range(6)


def call(what, packet, flowset, octets):
    source = packet.source_id & 3
    return struct.pack('>BBBB', what, source, packet.frame & 0xFF, flowset & 0xFF) + octets


def calls(packet):
    for flowset in packet.flowsets:
        if flowset.id < 2:
            body = flowset.body[:0xFFFF]
            yield call(ADD + flowset.id, packet, flowset.index,
                       struct.pack('>H', len(body)) + body)
        elif flowset.id >= 256:
            yield call(FIND, packet, flowset.index, struct.pack('>H', flowset.id))


def made():
    for capture in ours():
        packets = list(export_packets(pcap.read(capture)))
        parts = [b''.join(calls(packet)) for packet in packets]
        for name, between in (('calls', b''), ('restarts', struct.pack('>BBBB', RESTART, 0, 9, 0)),
                              ('voids', struct.pack('>BBBBH', VOID, 0, 1, 0, 256)),
                              ('forgets', struct.pack('>BBBB', FORGET, 0, 2, 0))):
            yield '%s-%s' % (capture.stem, name), between.join(parts)


def write(folder):
    """The files written."""
    return seeds.write(folder, made())


if __name__ == '__main__':
    seeds.command(__doc__, write)
