# SPDX-License-Identifier: MIT
"""Seeds for the targets that take packets: each capture's packets in a row, and each by itself.

usage: decode_seeds.py FOLDER
"""

import struct

import seeds                                            # it adds nf9test's folder
from nf9test import payloads
from nf9test.places import ours

LONGEST = 0x3FFF


def packet(conversation, data):
    data = data[:LONGEST]
    return struct.pack('>H', (conversation & 3) << 14 | len(data)) + data


def made():
    for capture in ours():
        inputs = [packet(conversation, data)
                  for _, conversation, data in payloads.datagrams(capture)]
        for name, octets in [('all', b''.join(inputs))] + list(enumerate(inputs)):
            yield '%s-%s' % (capture.stem, name), octets


def write(folder):
    """The files written."""
    return seeds.write(folder, made())


if __name__ == '__main__':
    seeds.command(__doc__, write)
