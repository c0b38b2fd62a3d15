# SPDX-License-Identifier: MIT
"""Seeds for fuzz_encode: octets by chance, which are as good as any to choose by.

usage: encode_seeds.py FOLDER
"""

import pathlib
import random
import sys

NUMBER, LONGEST = 300, 1500


def write(folder):
    """The files written."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rng, written = random.Random(9), []
    for number in range(NUMBER):
        path = folder / ('chance-%d' % number)
        path.write_bytes(rng.randbytes(rng.randrange(LONGEST)))
        written.append(path)
    return written


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip().splitlines()[-1])
    print('%d seeds' % len(write(sys.argv[1])))
