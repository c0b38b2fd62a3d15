# SPDX-License-Identifier: MIT
"""How the captures are made: by hand, by generation and by real exporters."""
