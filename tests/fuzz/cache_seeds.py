# SPDX-License-Identifier: MIT
"""Seeds for fuzz_cache: each capture's FlowSets as calls of the cache (cache.c).

usage: cache_seeds.py FOLDER
"""

import pathlib
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))

from nf9test import pcap                                # noqa: E402
from nf9test.decoder import export_packets              # noqa: E402
from nf9test.places import ours                         # noqa: E402

ADD, ADD_OPTIONS, FIND, RESTART, VOID = range(5)


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


def write(folder):
    """The files written."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for capture in ours():
        packets = list(export_packets(pcap.read(capture)))
        made = [b''.join(calls(packet)) for packet in packets]
        for name, between in (('calls', b''), ('restarts', struct.pack('>BBBB', RESTART, 0, 9, 0)),
                              ('voids', struct.pack('>BBBBH', VOID, 0, 1, 0, 256))):
            path = folder / ('%s-%s' % (capture.stem, name))
            path.write_bytes(between.join(made))
            written.append(path)
    return written


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip().splitlines()[-1])
    print('%d seeds' % len(write(sys.argv[1])))
