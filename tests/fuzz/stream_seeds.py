# SPDX-License-Identifier: MIT
"""Seeds for fuzz_stream: each capture's packets as a stream, by each framing.

usage: stream_seeds.py FOLDER
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))

from nf9test import payloads                            # noqa: E402
from nf9test.places import ours                         # noqa: E402

FRAMINGS = 3


def write(folder):
    """The files written."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for capture in ours():
        packets = [data for _, _, data in payloads.datagrams(capture)]
        for framing in range(FRAMINGS):
            for name, between in (('whole', b''), ('garbage', b'\xff\xff\xff\xff')):
                path = folder / ('%s-%d-%s' % (capture.stem, framing, name))
                path.write_bytes(bytes([framing, framing + 1]) + between.join(packets))
                written.append(path)
    return written


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip().splitlines()[-1])
    print('%d seeds' % len(write(sys.argv[1])))
