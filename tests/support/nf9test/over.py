# SPDX-License-Identifier: MIT
"""Test cases over all captures."""

import os

from .places import ours, real


class OverCaptures:
    """Calls `each` with the project's captures, and with real exporters' where they are here."""

    def test_ours(self):
        self.each(ours())

    def test_real(self):
        self.each(self.real())

    def real(self):
        if not real():
            self.skipTest('the captures of real exporters are not here')
        return real()


class OverCapturesTwice(OverCaptures):
    """The same with `-2` too: `each` is given tshark's options behind the captures.

    Under the sanitizer, which is slow, only with it: there is a first pass in it.
    """

    def test_ours(self):
        self.skip_where_slow()
        super().test_ours()

    def test_real(self):
        self.skip_where_slow()
        super().test_real()

    def skip_where_slow(self):
        if os.environ.get('NF9_PRELOAD'):
            self.skipTest('under the sanitizer, two passes are enough')

    def test_ours_in_two_passes(self):
        self.each(ours(), '-2')

    def test_real_in_two_passes(self):
        self.each(self.real(), '-2')
