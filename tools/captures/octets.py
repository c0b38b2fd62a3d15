# SPDX-License-Identifier: MIT
"""Octets as text: hexadecimal with a comment per field."""

import ipaddress
import re

_TOKEN = re.compile(r'"(?P<text>[^"]*)"|(?P<dotted>\d+\.\d+\.\d+\.\d+)'
                    r'|(?P<octet>[0-9a-fA-F]{2})\*(?P<times>\d+)|(?P<hex>(?:[0-9a-fA-F]{2})+)'
                    r'|(?P<bad>\S+)')


def octets(text):
    """The octets that a text says.

    A line's rest after # is a comment.  "abc" is text in UTF-8, 192.0.2.1 an IPv4 address,
    00*12 twelve zero octets; anything else is hexadecimal.
    """
    out = bytearray()
    for line in text.splitlines():
        for token in _TOKEN.finditer(_without_comment(line)):
            if token['bad'] is not None:
                raise ValueError('not octets: %r in %r' % (token['bad'], line))
            if token['text'] is not None:
                out += token['text'].encode('utf-8')
            elif token['dotted']:
                out += ipaddress.IPv4Address(token['dotted']).packed
            elif token['octet']:
                out += bytes.fromhex(token['octet']) * int(token['times'])
            else:
                out += bytes.fromhex(token['hex'])
    return bytes(out)


def _without_comment(line):
    return re.match(r'(?:"[^"]*"|[^#])*', line).group(0)
