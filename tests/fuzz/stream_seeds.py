# SPDX-License-Identifier: MIT
"""Seeds for fuzz_stream: each capture's packets as a stream, by each framing.

usage: stream_seeds.py FOLDER
"""

import seeds                                            # it adds nf9test's folder
from nf9test import payloads
from nf9test.places import ours

FRAMINGS = 3


def made():
    for capture in ours():
        packets = [data for _, _, data in payloads.datagrams(capture)]
        for framing in range(FRAMINGS):
            for name, between in (('whole', b''), ('garbage', b'\xff\xff\xff\xff')):
                yield ('%s-%d-%s' % (capture.stem, framing, name),
                       bytes([framing, framing + 1]) + between.join(packets))


def write(folder):
    """The files written."""
    return seeds.write(folder, made())


if __name__ == '__main__':
    seeds.command(__doc__, write)
