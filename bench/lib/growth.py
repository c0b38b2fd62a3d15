# SPDX-License-Identifier: MIT
"""Memory and CPU a packet over more and more packets."""

import statistics

from modes import FLOOR, NF9
from tables import table


def memory(shark, captures, mode, few, many):
    """The most memory of a run in few packets and in many, and what a packet more takes."""
    rows = []
    for capture in captures:
        for who in (NF9, FLOOR):
            arguments = mode.arguments(who, capture.kind)
            small, large = (shark.measure(capture.path, n, *arguments).memory
                            for n in (few, many))
            rows.append(['%s: %s' % (capture.kind.name, who), str(small), str(large),
                         '%.1f' % ((large - small) * 1024 / (many - few))])
    return table(['%s, KiB' % mode.name, '%d packets' % few, '%d packets' % many,
                  'octets a packet more'], rows)


def _cpu(shark, capture, packets, mode, rounds):
    """{who: CPU}, medians."""
    runs = {NF9: [], FLOOR: []}
    for _ in range(rounds):
        for who, times in runs.items():
            times.append(shark.measure(capture.path, packets,
                                       *mode.arguments(who, capture.kind)).cpu)
    return {who: statistics.median(times) for who, times in runs.items()}


def per_packet(shark, small, large, modes, rounds):
    """CPU a packet in a long capture against a short one; a run of one packet is the start."""
    rows = []
    for mode in modes:
        start = _cpu(shark, small, 1, mode, rounds)
        few = _cpu(shark, small, small.packets, mode, rounds)
        many = _cpu(shark, large, large.packets, mode, rounds)
        one = (few[NF9] - start[NF9]) / small.packets
        other = (many[NF9] - start[NF9]) / large.packets
        added = [(cpu[NF9] - cpu[FLOOR]) / capture.packets
                 for cpu, capture in ((few, small), (many, large))]
        rows.append([mode.name, '%.2f' % (one * 1e6), '%.2f' % (other * 1e6),
                     '%.2f' % (other / one), '%.2f' % (added[0] * 1e6),
                     '%.2f' % (added[1] * 1e6)])
    return table(['us of CPU a packet', '%d packets' % small.packets,
                  '%d packets' % large.packets, 'Ratio', 'nf9 adds', 'nf9 adds'], rows)
