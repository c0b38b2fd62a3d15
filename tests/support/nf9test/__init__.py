# SPDX-License-Identifier: MIT
"""What the tests and the capture maker share: pcap files, and a second NetFlow v9 decoder."""
