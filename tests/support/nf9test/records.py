# SPDX-License-Identifier: MIT
"""A Data FlowSet cut into records, and what its last octets are."""

from .templates import VARIABLE


def split(template, body):
    """(rows, octets left over); a row is the octets of each field.

    A template whose records may take no octet yields none: it would yield them for ever.
    """
    rows, pos = [], 0
    if template.minimum == 0:
        return rows, len(body)
    while len(body) - pos >= template.minimum:
        row, end = _row(template, body, pos)
        if row is None:
            break
        rows.append(row)
        pos = end
    return rows, len(body) - pos


def _row(template, body, pos):
    row = []
    for _, _, _, length in template.specs:
        if length == VARIABLE:
            length, pos = _variable(body, pos)
        if pos + length > len(body):
            return None, pos
        row.append(body[pos:pos + length])
        pos += length
    return row, pos


def _variable(body, pos):
    """IPFIX's two forms (RFC 7011, section 7): one octet, or 255 and two octets."""
    if pos < len(body) and body[pos] == 255:
        return int.from_bytes(body[pos + 1:pos + 3], 'big'), pos + 3
    return (body[pos] if pos < len(body) else 1 << 16), pos + 1


def _doubtful(template, rows, left):
    """How many of the records at the end lie within the FlowSet's last 3 octets.

    The first record is none of them: a FlowSet has one record at least.
    """
    number, size = 0, left
    for row in reversed(rows[1:]):
        size += sum(len(octets) for octets in row)
        if size > 3 or any(spec[3] == VARIABLE for spec in template.specs):
            break
        number += 1
    return number


def doubtful_to_drop(count, defined, cut):
    """Per FlowSet, how many records at its end are padding after all.

    Records of 1 to 3 octets look like padding.  The header's Count decides, and only where it
    is the number of records that are otherwise found; else they are records.
    """
    doubtful = [_doubtful(template, rows, left) for _, template, rows, left in cut]
    total = defined + sum(len(rows) for _, _, rows, _ in cut)
    surplus = total - count
    unsure = [i for i, number in enumerate(doubtful) if number]
    drop = [0] * len(cut)
    if surplus == sum(doubtful):
        return doubtful
    if len(unsure) == 1 and 0 < surplus < doubtful[unsure[0]]:
        drop[unsure[0]] = surplus
    return drop
