# SPDX-License-Identifier: MIT
"""Test cases over all captures."""

from .places import ours, real


class OverCaptures:
    """Calls `each` with the project's captures, and with real exporters' where they are here."""

    def test_ours(self):
        self.each(ours())

    def test_real(self):
        if not real():
            self.skipTest('the captures of real exporters are not here')
        self.each(real())
