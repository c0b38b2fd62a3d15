# SPDX-License-Identifier: MIT
"""Flows for the exporter of the examples."""

import ipaddress
import random


def flows(number, seed):
    """Each is a list: source, destination, and the numbers of a line."""
    rng = random.Random(seed)
    for _ in range(number):
        version6 = rng.random() < 0.4
        ends = [ipaddress.ip_address(rng.randbytes(16 if version6 else 4)) for _ in range(2)]
        begin = rng.randrange(1 << 41)
        numbers = [rng.randrange(1 << bits) for bits in (16, 16, 8, 8, 64, 64)]
        yield ends + numbers + [begin, begin + rng.randrange(100000)]
