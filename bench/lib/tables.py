# SPDX-License-Identifier: MIT
"""What was measured, as tables in Markdown."""

import statistics

from modes import CFLOW, FLOOR, LEAST, NF9


def table(head, rows):
    """Columns as wide as what is in them; all but the first are flush right."""
    rows = [head] + rows
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    lines = ['| %s |' % ' | '.join(cell.ljust(width) if i == 0 else cell.rjust(width)
                                   for i, (cell, width) in enumerate(zip(row, widths)))
             for row in rows]
    lines.insert(1, '| %s |' % ' | '.join('-' * width if i == 0 else '-' * (width - 1) + ':'
                                          for i, width in enumerate(widths)))
    return '\n'.join(lines)


class Share:
    """One row: what nf9 and cflow add to the floor.

    `runs` is a list of {who: amount}, one a round.  The share is that of the medians; low and
    high are those of the rounds alone.  `least` is the share of what only adds items, or None.
    """

    def __init__(self, runs):
        self.floor = statistics.median(run[FLOOR] for run in runs)
        self.nf9 = statistics.median(run[NF9] for run in runs) - self.floor
        self.cflow = statistics.median(run[CFLOW] for run in runs) - self.floor
        self.share = _divide(self.nf9, self.cflow)
        self.least = None
        if LEAST in runs[0]:
            least = statistics.median(run[LEAST] for run in runs) - self.floor
            self.least = _divide(least, self.cflow)
        shares = [_divide(run[NF9] - run[FLOOR], run[CFLOW] - run[FLOOR]) for run in runs]
        self.low, self.high = min(shares), max(shares)


def _divide(a, b):
    return a / b if b > 0 else float('inf')


def shares(rows, unit, scale):
    """`rows`: (capture, mode, packets, Share, target)."""
    head = ['Capture, mode', 'Packets', 'Floor ' + unit, 'cflow adds', 'nf9 adds', 'Share',
            'Rounds', 'Least', 'Target', '']
    body = []
    for kind, mode, packets, share, target in rows:
        body.append([
            '%s: %s' % (kind, mode), str(packets), scale(share.floor), scale(share.cflow),
            scale(share.nf9), '%.2f' % share.share, '%.2f to %.2f' % (share.low, share.high),
            '' if share.least is None else '%.2f' % share.least,
            '' if target is None else '%.2f' % target, verdict(share, target)])
    return table(head, body)


def verdict(share, target):
    if target is None:
        return ''
    # As it is printed: 0.204 is a share of 0.20.
    return 'met' if round(share.share, 2) <= target else 'over'


def seconds(value):
    return '%.2f' % value


def millions(value):
    return '%.1f' % (value / 1e6)
