# SPDX-License-Identifier: MIT
"""tools/nf9-verify as the tests' unprivileged user runs it."""

import re
import subprocess

from . import places
from .wireshark import configured

TOOL = places.ROOT / 'tools' / 'nf9-verify'
NAMES = re.findall(r'^    X\((\w+), \w+, (?:ERROR|WARN),',
                   (places.ROOT / 'plugin' / 'report.h').read_text(encoding='utf-8'),
                   re.MULTILINE)
# What is odd in a capture on purpose.
ALLOW_ALL = tuple(word for name in NAMES for word in ('--allow', name))


def verify(capture, *arguments):
    """The end of a run: status, output without the capture's name, standard error."""
    shark = configured()
    path = shark.inside(capture)
    command = shark.command('python3', shark.inside(TOOL), path, *arguments)
    done = subprocess.run(command, capture_output=True, encoding='utf-8', timeout=600, cwd='/',
                          stdin=subprocess.DEVNULL, check=False)
    return done.returncode, done.stdout.replace(path + ': ', ''), done.stderr


def written(name, text):
    """The path of a file that the unprivileged user can read and write."""
    folder = configured().host_home / 'verify'
    folder.mkdir(exist_ok=True)
    folder.chmod(0o777)
    path = folder / name
    if text is not None:
        path.write_text(text, encoding='utf-8')
    return path
