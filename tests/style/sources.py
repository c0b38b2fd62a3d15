# SPDX-License-Identifier: MIT
"""The files that people write: sources, scripts, CMake."""

import os
import subprocess

from nf9test.places import ROOT

C = ('.c', '.h')
SUFFIXES = C + ('.def', '.py', '.cmake', '.in', '.sh')
LEFT_OUT = ('build', '.git', '__pycache__')


def _listed():
    """What git knows or would take; every file where this is no clone."""
    try:
        listed = subprocess.run(
            ['git', '-C', str(ROOT), 'ls-files', '-z', '--cached', '--others',
             '--exclude-standard'], check=True, capture_output=True).stdout
        return [ROOT / os.fsdecode(name) for name in listed.split(b'\0') if name]
    except (OSError, subprocess.CalledProcessError):
        return [path for path in ROOT.rglob('*')
                if not set(path.relative_to(ROOT).parts) & set(LEFT_OUT)]


def is_source(path):
    if path.suffix in SUFFIXES or path.name == 'CMakeLists.txt':
        return True
    if path.suffix:
        return False
    with open(path, 'rb') as f:         # scripts have no suffix
        return f.read(2) == b'#!'


def sources():
    found = [path for path in _listed() if path.is_file() and is_source(path)]
    if len(found) < 50:                 # none is a defect: no test may pass over nothing
        raise AssertionError('%d sources in %s' % (len(found), ROOT))
    return sorted(found)


def name(path):
    return path.relative_to(ROOT).as_posix()
