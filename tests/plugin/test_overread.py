#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The negative control of the sanitizer runs: a plugin that reads one octet beyond a packet's
end is caught, so that a clean run means something."""

import os
import unittest

from nf9test import forge, main
from nf9test.wireshark import Wireshark, WiresharkError

# A FlowSet that says one octet more than there is: only who reads on sees it.
CUT = forge.v9(forge.template(256, (4, 1)), (256, bytes(4)))[:-1]


class Overread(unittest.TestCase):
    def packets(self, wireshark):
        return forge.write(wireshark.scratch('cut.pcap'), [forge.datagram(CUT)])

    def test_caught(self):
        wireshark = Wireshark(plugin=os.environ['NF9_OVERREAD'])
        with self.assertRaisesRegex(WiresharkError, 'heap-buffer-overflow'):
            wireshark.tshark('-V', capture=self.packets(wireshark))

    def test_the_plugin_itself_is_clean(self):
        wireshark = Wireshark()
        wireshark.tshark('-V', capture=self.packets(wireshark))


if __name__ == '__main__':
    main.run()
