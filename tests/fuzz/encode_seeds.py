# SPDX-License-Identifier: MIT
"""Seeds for fuzz_encode: octets by chance, which are as good as any to choose by.

usage: encode_seeds.py FOLDER
"""

import random

import seeds

NUMBER, LONGEST = 300, 1500


def made():
    rng = random.Random(9)
    for number in range(NUMBER):
        yield 'chance-%d' % number, rng.randbytes(rng.randrange(LONGEST))


def write(folder):
    """The files written."""
    return seeds.write(folder, made())


if __name__ == '__main__':
    seeds.command(__doc__, write)
