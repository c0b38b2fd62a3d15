# SPDX-License-Identifier: MIT
"""The UDP payloads of a capture, in a form that the C tests read (tests/support/payloads.h)."""

import struct

from . import packets, pcap


def datagrams(path):
    """(frame, number of the conversation, payload) of each datagram that can hold a packet."""
    conversations = {}
    for frame in pcap.read(path):
        datagram = packets.udp(frame)
        if datagram and datagram.payload[:2] == b'\0\x09':
            key = (datagram.src, datagram.sport, datagram.dst, datagram.dport)
            number = conversations.setdefault(key, len(conversations))
            yield frame.number, number, datagram.payload


def write(path, capture):
    """Writes the payloads of a capture; how many there are."""
    number = 0
    with open(path, 'wb') as f:
        for frame, conversation, payload in datagrams(capture):
            f.write(struct.pack('>III', frame, conversation, len(payload)) + payload)
            number += 1
    return number
