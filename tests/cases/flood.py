# SPDX-License-Identifier: MIT
"""Captures of very many templates, and what a tshark needs for them."""

import os
import struct
import subprocess
import threading

from nf9test import forge, pcap, wireshark

PER_PACKET = 1000
FIELDS = struct.pack('>HHHH', 2, 4, 1, 4)       # IN_PKTS, IN_BYTES


def template(number):
    return struct.pack('>HH', number, 2) + FIELDS


def packets(sources, each):
    """Export Packets that define `each` IDs for each of `sources` Source IDs, in turns.

    The last packet of each source holds one record of its last template behind it.
    """
    for done in range(0, each, PER_PACKET):
        number = min(PER_PACKET, each - done)
        body = b''.join(template(256 + done + i) for i in range(number))
        body = struct.pack('>HH', 0, 4 + len(body)) + body
        if done + number == each:
            body += struct.pack('>HHII', 255 + each, 12, 42, 43)
            number += 1
        for source in range(sources):
            yield struct.pack('>HHIIII', 9, number, 3600000 + done, forge.START,
                              done // PER_PACKET, source) + body


def write(path, sources, each):
    pcap.write(path, ((forge.START * 10**9 + i * 10**3, forge.datagram(payload))
                      for i, payload in enumerate(packets(sources, each))), pcap.RAW)
    return path


def run(tshark, capture, *options):
    """(what tshark prints, most memory that it had in MiB)."""
    command = tshark.command('tshark', '-n', *options, '-r', tshark.inside(capture))
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, cwd='/') as process:
        said = []
        reader = threading.Thread(target=lambda: said.append(process.stderr.read()))
        reader.start()
        text = process.stdout.read().decode('utf-8', 'replace')
        reader.join()
        # wait4 tells of this one child; the process itself is then known to be gone.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wireshark.judge(command, process.returncode, said[0].decode('utf-8', 'replace'))
    return text, usage.ru_maxrss / 1024
