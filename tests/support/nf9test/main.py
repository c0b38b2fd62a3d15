# SPDX-License-Identifier: MIT
"""The end of each test script: runs its cases and tells ctest what came of them."""

import sys
import unittest

SKIPPED = 77                            # what ctest knows as SKIP_RETURN_CODE


def run(module='__main__'):
    """unittest.main() with a count that tools/check adds up, and 77 where all was skipped."""
    program = unittest.main(module=module, exit=False, verbosity=1 + ('-v' in sys.argv))
    result = program.result
    skipped = len(result.skipped)
    print('nf9-tests: ran %d, skipped %d' % (result.testsRun - skipped, skipped))
    for case, reason in result.skipped:
        print('nf9-skipped: %s: %s' % (str(case).split(' ', maxsplit=1)[0], reason))
    sys.stdout.flush()
    if not result.wasSuccessful():
        sys.exit(1)
    if result.testsRun == 0:
        print('no test was found', file=sys.stderr)
        sys.exit(1)
    sys.exit(SKIPPED if skipped == result.testsRun else 0)
