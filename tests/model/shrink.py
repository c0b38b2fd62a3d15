# SPDX-License-Identifier: MIT
"""The smallest capture that still goes wrong."""

import random
import struct

import looks
from frames import dump

RUNS = 300              # of Wireshark, at most


class Shrinker:
    def __init__(self, wireshark, name, kind):
        self.wireshark, self.name, self.kind, self.runs = wireshark, name, kind, 0

    def wrong(self, frames):
        """What goes wrong in the way looked for, None where nothing does."""
        if not frames or self.runs >= RUNS:
            return None
        self.runs += 1
        batch = looks.Batch(self.wireshark, {0: frames}, random.Random(0))
        return next((line for name, _, line in batch.differences([self.name])
                     if name == self.name and looks.kind(line) == self.kind), None)

    def smaller(self, parts, build):
        """Leaves out as many parts as can be left out."""
        size = max(1, len(parts) // 2)
        while True:
            at = 0
            while at < len(parts):
                rest = parts[:at] + parts[at + size:]
                if self.wrong(build(rest)):
                    parts = rest
                else:
                    at += size
            if size == 1:
                return parts
            size //= 2

    def shrink(self, frames):
        frames = self.smaller(frames, lambda rest: rest)
        for i, frame in enumerate(frames):
            def build(sets, i=i, frame=frame):
                payload = frame.payload[:20] + b''.join(sets)
                return frames[:i] + [frame._replace(payload=payload)] + frames[i + 1:]
            frames = build(self.smaller(flowsets(frame.payload), build))
        return frames


def flowsets(payload):
    found, at = [], 20
    while at + 4 <= len(payload):
        length = max(4, struct.unpack('>H', payload[at + 2:at + 4])[0])
        found.append(payload[at:at + length])
        at += length
    return found


def report(wireshark, name, line, frames):
    """Lines about the smallest capture that goes wrong as this line says."""
    shrinker = Shrinker(wireshark, name, looks.kind(line))
    if not shrinker.wrong(frames):
        return ['alone, the capture is right']
    small = shrinker.shrink(frames)
    return ['smallest: %s' % Shrinker(wireshark, name, looks.kind(line)).wrong(small),
            dump(small)]
