# SPDX-License-Identifier: MIT
"""The collector of the examples as a process of its own, and what it prints."""

import os
import re
import socket
import subprocess
import threading
import time

COLLECTOR = os.environ.get('NF9_COLLECTOR', '')
PATIENCE = 60.0                         # for what is to come at once: seconds, and then an error
SUMMARY = re.compile(
    r'(\d+) packets, (\d+) records, (\d+) packets lost, (\d+) FlowSets wait\Z')


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.bind(('127.0.0.1', 0))
        return found.getsockname()[1]


class Collecting:
    """with Collecting(OPTION...) as it: it listens at it.port."""

    def __init__(self, *options):
        self.port, self.lines, self.said = free_port(), [], []
        self.process = subprocess.Popen(
            [COLLECTOR, '--port', str(self.port), *options], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8')
        self.readers = [
            threading.Thread(target=self.read, args=pair, daemon=True)
            for pair in ((self.process.stdout, self.lines), (self.process.stderr, self.said))]
        for reader in self.readers:
            reader.start()

    @staticmethod
    def read(pipe, into):
        for line in pipe:
            into.append(line.rstrip('\n'))

    def __enter__(self):
        self.until(lambda: self.said)
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        for reader in self.readers:
            reader.join()
        self.process.stdout.close()
        self.process.stderr.close()

    def until(self, done):
        """Waits for something to be so."""
        end = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > end:
                raise AssertionError('the collector does not go on: %d lines; %s'
                                     % (len(self.lines), self.said[-5:]))
            time.sleep(0.0005)

    def end(self):
        """Waits for its end: its exit status."""
        status = self.process.wait(PATIENCE)
        for reader in self.readers:
            reader.join()
        return status

    def records(self):
        """The fields of each record by name."""
        return [dict(pair.split('=', 1) for pair in line.split('\t')) for line in self.lines]

    def summary(self):
        """packets, records, packets lost, FlowSets waiting: what it says at its end."""
        return tuple(int(n) for n in SUMMARY.match(self.said[-1]).groups())

    def lost(self):
        """The losses that it reported, in order."""
        return [int(n) for n in re.findall(r'(\d+) packets lost before it', '\n'.join(self.said))]

    def restarts(self):
        return sum('the exporter restarted' in line for line in self.said)
