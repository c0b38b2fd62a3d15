# SPDX-License-Identifier: MIT
"""Seeds for the targets that take packets: each capture's packets in a row, and each by itself.

usage: decode_seeds.py FOLDER
"""

import pathlib
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))

from nf9test import payloads                            # noqa: E402
from nf9test.places import ours                         # noqa: E402

LONGEST = 0x3FFF


def packet(conversation, data):
    data = data[:LONGEST]
    return struct.pack('>H', (conversation & 3) << 14 | len(data)) + data


def write(folder):
    """The files written."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for capture in ours():
        inputs = [packet(conversation, data)
                  for _, conversation, data in payloads.datagrams(capture)]
        for name, octets in [('all', b''.join(inputs))] + list(enumerate(inputs)):
            path = folder / ('%s-%s' % (capture.stem, name))
            path.write_bytes(octets)
            written.append(path)
    return written


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip().splitlines()[-1])
    print('%d seeds' % len(write(sys.argv[1])))
