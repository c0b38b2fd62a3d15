# SPDX-License-Identifier: MIT
"""What a field of each kind and form must show at each length, computed from its octets.

Written from RFC 3954, RFC 7011 and the semantics of the types, not from nf9's code.
"""

import datetime
import ipaddress
import struct
from collections import namedtuple

LENGTHS = (*range(21), 255, 256, 65535)
VARIABLE = 65535
LONG = 300              # what a variable length has in its long form

# value(octets) or None, where the kind allows none; parts(octets) are {name: number}, None where
# nothing is said about that length; usual is the length that the kind fits for certain.
Row = namedtuple('Row', 'name type scope value parts usual samples')


def octets(data):
    return 'hex:' + data.hex()


def unsigned(data):
    return int.from_bytes(data, 'big') if 1 <= len(data) <= 8 else None


def masked(mask):
    return lambda data: None if unsigned(data) is None else unsigned(data) & mask


def signed(data):
    return int.from_bytes(data, 'big', signed=True) if 1 <= len(data) <= 8 else None


def real(data):
    return struct.unpack('>%s' % {4: 'f', 8: 'd'}[len(data)], data)[0] \
        if len(data) in (4, 8) else None


def truth(data):
    """1 is true, 2 is false, anything else is neither (RFC 7011, section 6.1.5)."""
    return {1: True, 2: False}.get(data[0], data[0]) if len(data) == 1 else None


def ipv4(data):
    if len(data) == 16 and data[:12] == bytes(10) + b'\xff\xff':
        data = data[12:]
    return '.'.join(map(str, data)) if len(data) == 4 else None


def ipv6(data):
    return str(ipaddress.IPv6Address(data)) if len(data) == 16 else None


def mac(data):
    return ':'.join('%02x' % one for one in data) if len(data) == 6 else None


def text(data):
    return data.rstrip(b'\0').decode()


def scope(data):
    """The tests' way to write a scope that every number of octets fits."""
    return unsigned(data) if 1 <= len(data) <= 8 else octets(data)


# -- parts ------------------------------------------------------------------------------------

def bits(names, *lengths):
    """{name: (shift, bits)}, for fields of these lengths."""
    def parts(data):
        number = int.from_bytes(data, 'big')
        return {name: number >> shift & (1 << width) - 1
                for name, (shift, width) in names.items()} if len(data) in lengths else None
    return parts


_FLAGS = {name: (shift, 1) for shift, name in
          enumerate(('fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr'))}


def tcp_flags(data):
    """The upper 4 of 16 bits are the data offset; one octet has no AE."""
    names = _FLAGS if len(data) == 1 else {**_FLAGS, 'ae': (8, 1)}
    return bits(names, 1, 2, 4)(data)


def mpls(data):
    if len(data) not in (3, 4):
        return None
    number = int.from_bytes(data[:3], 'big')
    return {'label': number >> 4, 'exp': number >> 1 & 7, 'bottom': number & 1}


def application(data):
    if not 2 <= len(data) <= 9:
        return None
    if data[0] == 20 and len(data) > 5:
        return {'engine': 20, 'pen': unsigned(data[1:5]), 'selector': unsigned(data[5:])}
    return {'engine': data[0], 'selector': unsigned(data[1:])} if data[0] != 20 else None


def distinguisher(data):
    """Types 0, 1 and 2 of RFC 4364, section 4.2."""
    if len(data) != 8 or data[0] or data[1] > 2:
        return None
    end = 4 if data[1] == 0 else 6
    return {'type': data[1], 'administrator': unsigned(data[2:end]),
            'assigned': unsigned(data[end:])}


def acl(data):
    return dict(zip(('acl', 'ace', 'extended'), struct.unpack('>III', data))) \
        if len(data) == 12 else None


def nothing(_data):
    return None


# -- octets to send ----------------------------------------------------------------------------

def plain(length):
    """High bits set, and not."""
    return [bytes((0xe5 + 7 * i) % 251 for i in range(length)),
            bytes((1 + i) % 256 for i in range(length))]


def small(length):
    """As a number, 1 and 2; the octets above are zeros."""
    return [bytes(max(0, length - 1)) + bytes((one,))[:length] for one in (1, 2)]


def addresses(length):
    if length == 16:
        return [bytes(10) + b'\xff\xff\xc0\0\2\1', bytes.fromhex('20010db8' + '00' * 11 + '02')]
    return plain(length)


def words(length):
    accents = 'é'.encode() * (length // 3)
    return [bytes(97 + i % 26 for i in range(length)), accents + bytes(length - len(accents))]


def engines(length):
    return [(b'\x03' + bytes(range(9, 9 + length)) if length < 200 else bytes(length))[:length],
            (b'\x14\0\0\x30\x44' + bytes(range(1, length + 1)) if length < 200
             else bytes(length))[:length]]


def distinguishers(length):
    return [(bytes.fromhex('0000fde80000002a') + bytes(length))[:length],
            (bytes.fromhex('0001c00002010007') + bytes(length))[:length]]


_SECONDS = 1700000000


def times(*values):
    def sample(length):
        return [value.to_bytes(max(length, 9), 'big')[-length:] if length else b''
                for value in values]
    return sample


_NTP = (_SECONDS + 2208988800) << 32 | 1 << 31         # half a second

ROWS = (
    Row('UINT', 1, False, unsigned, nothing, 4, plain),
    Row('INT', 434, False, signed, nothing, 4, plain),
    Row('FLOAT', 311, False, real, nothing, 8, plain),
    Row('BOOL', 333, False, truth, nothing, 1, small),
    Row('IPV4', 8, False, ipv4, nothing, 4, addresses),
    Row('IPV6', 27, False, ipv6, nothing, 16, plain),
    Row('MAC', 56, False, mac, nothing, 6, plain),
    Row('TEXT', 82, False, text, nothing, 5, words),
    Row('OCTETS', 435, False, octets, nothing, 5, plain),
    Row('TIME_S', 150, False, unsigned, nothing, 4, times(_SECONDS, _SECONDS + 1)),
    Row('TIME_MS', 152, False, unsigned, nothing, 8,
        times(_SECONDS * 1000 + 123, _SECONDS * 1000 + 456)),
    Row('TIME_US', 154, False, unsigned, nothing, 8, times(_NTP, _SECONDS * 10**6 + 250000)),
    Row('TIME_NS', 156, False, unsigned, nothing, 8, times(_NTP, _SECONDS * 10**9 + 125 * 10**6)),
    Row('UINT as enumeration', 4, False, unsigned, nothing, 1, small),
    Row('UINT as hex', 5, False, unsigned, nothing, 1, plain),
    Row('UINT as flags', 408, False, unsigned, nothing, 2, small),
    Row('TCP flags', 6, False, masked(0xfff), tcp_flags, 2, plain),
    Row('ICMP type and code', 32, False, unsigned, bits({'type': (8, 8), 'code': (0, 8)}, 2, 4),
        2, plain),
    Row('flow label', 31, False, masked(0xfffff), nothing, 3, plain),
    Row('forwarding status', 89, False, masked(0xff),
        bits({'status': (6, 2), 'reason': (0, 6)}, 1, 4), 1, plain),
    Row('fragment flags', 197, False, unsigned,
        bits({'reserved': (7, 1), 'df': (6, 1), 'mf': (5, 1)}, 1), 1, plain),
    Row('multicast', 206, False, unsigned,
        bits({'ipv4': (0, 1), 't': (3, 1), 'scope': (4, 4)}, 1), 1, plain),
    Row('anonymization', 285, False, unsigned,
        bits({'stability': (0, 2), 'perimeter': (2, 1), 'low_order': (3, 1)}, 2), 2, plain),
    Row('MPLS label', 70, False, octets, mpls, 3, plain),
    Row('application tag', 95, False, octets, application, 4, engines),
    Row('route distinguisher', 90, False, octets, distinguisher, 8, distinguishers),
    Row('access list', 33000, False, octets, acl, 12, plain),
    Row('unknown type', 12345, False, octets, nothing, 4, plain),
    Row('scope System', 1, True, scope, nothing, 4, plain),
    Row('scope Interface', 2, True, unsigned, nothing, 4, plain),
    Row('scope Line Card', 3, True, scope, nothing, 2, plain),
    Row('scope Template', 5, True, unsigned, nothing, 2, plain),
)


def start(row, data):
    """When a flow began that has this field as its start: ISO 8601, or None."""
    number, size = unsigned(data), len(data)
    if row.name == 'TIME_S' and number is not None:
        ms = number * 1000
    elif row.name == 'TIME_MS' and number is not None and size >= 5:
        ms = number
    elif row.name in ('TIME_US', 'TIME_NS') and size == 8:
        if number >> 63:
            ms = ((number >> 32) - 2208988800) * 1000 + ((number & 0xffffffff) * 1000 >> 32)
        else:
            ms = number // (1000 if row.name == 'TIME_US' else 10**6)
    else:
        return None
    when = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=ms)
    return when.strftime('%Y-%m-%dT%H:%M:%S.') + '%03dZ' % (ms % 1000)
