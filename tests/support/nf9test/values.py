# SPDX-License-Identifier: MIT
"""From a field's octets to a value that JSON can hold."""

import ipaddress
import math
import struct

_INTEGERS = frozenset(('UINT', 'TIME_S', 'TIME_MS', 'TIME_US', 'TIME_NS'))


def octets(data):
    return 'hex:' + data.hex()


def value(kind, data):
    """A length that does not fit the kind falls back to octets."""
    size = len(data)
    if kind in _INTEGERS and 1 <= size <= 8:
        return int.from_bytes(data, 'big')
    if kind == 'INT' and 1 <= size <= 8:
        return int.from_bytes(data, 'big', signed=True)
    if kind == 'FLOAT' and size in (4, 8):
        return _float(data)
    if kind == 'BOOL' and size == 1:
        # RFC 7011, section 6.1.5: 1 is true, 2 is false; nothing else is defined.
        return {1: True, 2: False}.get(data[0], data[0])
    if kind == 'IPV4' and size == 4:
        return str(ipaddress.IPv4Address(data))
    if kind == 'IPV6' and size == 16:
        return str(ipaddress.IPv6Address(data))
    if kind == 'MAC' and size == 6:
        return ':'.join('%02x' % octet for octet in data)
    if kind == 'TEXT':
        return _text(data)
    return octets(data)


def scope(data):
    """A scope's value as a number, which is what it is to every exporter at hand."""
    return int.from_bytes(data, 'big') if 1 <= len(data) <= 8 else octets(data)


def _float(data):
    number = struct.unpack('>f' if len(data) == 4 else '>d', data)[0]
    # JSON has no infinity and no NaN.
    return number if math.isfinite(number) else octets(data)


def _text(data):
    try:
        return data.rstrip(b'\0').decode('utf-8')
    except UnicodeDecodeError:
        return octets(data)
