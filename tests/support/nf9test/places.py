# SPDX-License-Identifier: MIT
"""Where captures and their expected decodings are."""

import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
CAPTURES = ROOT / 'captures'

# Material that is not the project's lies beside it, or where NF9_SHARED says.
SHARED = pathlib.Path(os.environ.get('NF9_SHARED') or ROOT.parent / 'shared')
REAL = SHARED / 'real-captures'

PORTS = frozenset((2055, 9995, 9996))

# How a capture of ours is to be looked at, where that is not as it stands.
OPTIONS = {'decode_as': ('-d', 'udp.port==20552,nf9')}


def ours(*names):
    """The project's captures, or those of these names.

    None is a defect: no test may pass over an empty folder.
    """
    found = [path for path in sorted(CAPTURES.glob('*.pcap'))
             if not names or path.stem in names]
    if len(found) < max(1, len(names)):
        raise AssertionError('no capture %s in %s' % (' or '.join(names), CAPTURES))
    return found


def real():
    """Real exporters' captures, where they are present."""
    return sorted(REAL.glob('*.pcap'))
