# SPDX-License-Identifier: MIT
"""One capture that holds every field type of fields.def at its usual length."""

import hashlib
import struct

from .wire import START, UPTIME, capture, v9

# A type whose length only the template says gets this one.
ANY_LENGTH = 6
# What fits into a datagram of 1472 octets, less headers: 20, 4 + 4 and 4, and padding.
ROOM = 1472 - 20 - 8 - 4 - 3
NTP = 2208988800
# The built-in dissector refuses longer templates, and it is to be compared with.
MOST_FIELDS = 60


def noise(type_, size):
    """Octets that are always the same for a type."""
    return hashlib.shake_256(b'nf9 field %d' % type_).digest(size)


def usual(field, size):
    """A value as an exporter might send it."""
    kind, some = field.kind, noise(field.type, size)
    number = int.from_bytes(noise(field.type, 2), 'big')
    if field.type in (21, 22):
        return (UPTIME - 1 - number).to_bytes(size, 'big')
    if kind == 'FLOAT':
        return struct.pack('>d', number / 64)
    if kind == 'BOOL':
        return b'\x01'
    if kind == 'TEXT':
        letters = bytes(97 + octet % 26 for octet in some)
        return letters[:-1] + b'\0' if size > 2 else letters
    if kind == 'TIME_S':
        return (START - number).to_bytes(size, 'big')
    if kind == 'TIME_MS':
        return (START * 1000 - number).to_bytes(size, 'big')
    if kind in ('TIME_US', 'TIME_NS'):
        return struct.pack('>II', START + NTP, number << 16)
    if kind == 'IPV6':
        return b'\x20\x01\x0d\xb8' + some[4:]
    return some


def extreme(field, size):
    """The other end: all bits set, no NUL after a text, times at 0, false, a negative number."""
    if field.kind == 'FLOAT':
        return struct.pack('>d', -1.5)
    if field.kind == 'BOOL':
        return b'\x02'
    if field.kind == 'TEXT':
        return bytes(65 + i % 26 for i in range(size))
    if field.kind.startswith('TIME'):
        return b'\0' * size
    if field.kind == 'INT':
        return b'\x80' + b'\0' * (size - 1)
    return b'\xff' * size


def packets(table):
    """Export Packets with a template and two records each."""
    chunk, used, out = [], 0, []
    for field in sorted(table.values()):
        size = field.length or ANY_LENGTH
        if used + 4 + 2 * size > ROOM or len(chunk) == MOST_FIELDS:
            out.append(packet(chunk, len(out)))
            chunk, used = [], 0
        chunk.append((field, size))
        used += 4 + 2 * size
    out.append(packet(chunk, len(out)))
    return out


def packet(chunk, index):
    template_id = 256 + index
    specs = b''.join(struct.pack('>HH', field.type, size) for field, size in chunk)
    rows = b''.join(make(field, size) for make in (usual, extreme) for field, size in chunk)
    rows += b'\0' * (-len(rows) % 4)
    body = struct.pack('>HHHH', 0, 8 + len(specs), template_id, len(chunk)) + specs
    body += struct.pack('>HH', template_id, 4 + len(rows)) + rows
    return v9(body.hex(), 3, sequence=index + 1)


def captures(table):
    return [('all_fields', 'every one of the %d field types, at its usual length, twice'
             % len(table), capture(*packets(table)))]
