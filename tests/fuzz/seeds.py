# SPDX-License-Identifier: MIT
"""What the scripts that write seeds share."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'support'))


def write(folder, seeds):
    """Writes each (name, octets) into the folder; the files."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, octets in seeds:
        written.append(folder / name)
        written[-1].write_bytes(octets)
    return written


def command(usage, write_to):
    """A script's command line: the folder to write to."""
    if len(sys.argv) != 2:
        sys.exit(usage.strip().splitlines()[-1])
    print('%d seeds' % len(write_to(sys.argv[1])))
