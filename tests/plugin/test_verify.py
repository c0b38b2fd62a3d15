#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tools/nf9-verify: its three exit states, and what it says."""

import json
import unittest

from nf9test import forge, main, places, rows
from nf9test.verify import TOOL, verify, written
from nf9test.wireshark import configured

SOFTFLOWD = places.CAPTURES / 'softflowd.pcap'


class Verify(unittest.TestCase):
    def test_undecoded(self):
        path = places.CAPTURES / 'data_before_template.pcap'
        status, out, _ = verify(path)
        self.assertEqual(status, 1)
        self.assertIn(' no_template: No template ', out)
        allowed = {line.split()[2].rstrip(':') for line in out.splitlines()}
        status, out, _ = verify(path, *(word for name in allowed for word in ('--allow', name)))
        self.assertEqual(status, 0, out)

    def test_one_changed_octet(self):
        want = written('softflowd', None)
        self.assertEqual(verify(SOFTFLOWD, '--expect', str(want), '--update')[0], 0)
        self.assertEqual(verify(SOFTFLOWD, '--expect', str(want)),
                         (0, '2 packets, 23 records as expected\n', ''))
        data = SOFTFLOWD.read_bytes()
        at = data.index(bytes((10, 1, 0, 12, 203, 0, 113, 99)))
        changed = written('changed.pcap', '')
        changed.write_bytes(data[:at + 3] + b'\x0d' + data[at + 4:])
        self.assertEqual(verify(changed, '--expect', str(want)),
                         (1, 'frame 1 record 2 ipv4_src_addr: "10.1.0.13", expected '
                             '"10.1.0.12"\n', ''))

    def test_records_and_fields_that_come_and_go(self):
        data = forge.v9(forge.template(256, (1, 4)), (256, bytes((0, 0, 0, 5, 0, 0, 0, 6))),
                        count=3)
        path = forge.write(configured().scratch('few.pcap'), [forge.datagram(data)])
        base = rows.Rows(path).json('data')
        base[0]['in_pkts'] = base[0].pop('in_bytes')
        base[1]['record'] = 3
        want = written('few', ''.join(json.dumps(row) + '\n' for row in base))
        self.assertEqual(verify(path, '--expect', str(want)), (
            1, 'frame 1 record 1 in_pkts: missing, expected 5\n'
               'frame 1 record 1 in_bytes: 5, not expected\n'
               'frame 1 record 2: not expected\nframe 1 record 3: missing\n', ''))

    def test_settings_of_the_user_do_not_count(self):
        """A record filter in the user's own table would hide what differs."""
        want = written('softflowd.own', None)
        self.assertEqual(verify(SOFTFLOWD, '--expect', str(want), '--update')[0], 0)
        table = configured().host_home / '.config' / 'wireshark' / 'nf9_record_filters'
        table.write_text('"nf9.l4_dst_port == 23"\n')
        try:
            self.assertEqual(len(configured().tshark('-q', '-z', 'nf9,records',
                                                     capture=SOFTFLOWD).stdout.splitlines()), 2)
            self.assertEqual(verify(SOFTFLOWD, '--expect', str(want)),
                             (0, '2 packets, 23 records as expected\n', ''))
            status, out, _ = verify(SOFTFLOWD, '--expect', str(want), '-o',
                                    'uat:nf9_record_filters:"nf9.l4_dst_port == 23"')
        finally:
            table.unlink()
        self.assertEqual((status, len(out.splitlines())), (1, 22))

    def test_no_netflow(self):
        path = forge.write(configured().scratch('other.pcap'), [forge.datagram(b'x', dport=9)])
        self.assertEqual(verify(path), (1, 'no NetFlow v9 found\n', ''))

    def test_cut_short(self):
        path = written('short.pcap', '')
        path.write_bytes(SOFTFLOWD.read_bytes()[:-5])
        status, out, _ = verify(path)
        self.assertEqual(status, 1)
        self.assertIn('cut short', out)

    def test_wrong_use(self):
        for words, said in (
                (('--allow', 'nothing'), 'nf9-verify: --allow nothing: no such expert info; '
                                         'there are count_mismatch, '),
                (('--expect', '/nonexistent'), 'nf9-verify: cannot read /nonexistent: No such '
                                               'file or directory (--update writes it)\n'),
                (('--expect', '/nonexistent/x', '--update'),
                 'nf9-verify: cannot write /nonexistent/x: No such file or directory\n'),
                (('--update',), 'nf9-verify: error: --update needs --expect FILE\n'),
                (('--tshark', '/nonexistent'),
                 'nf9-verify: cannot run /nonexistent: No such file or directory\n'),
                (('--expect', str(written('no-rows', 'x\n'))), ' is not the rows of '),
                (('-o', 'nf9.no:1'), 'nf9-verify: -o flag "nf9.no:1" specifies unknown')):
            with self.subTest(words):
                status, out, err = verify(SOFTFLOWD, *words)
                self.assertEqual((status, out), (2, ''), err)
                self.assertIn(said, err)
        self.assertEqual(verify(TOOL)[0], 2)
        self.assertIn("isn't a capture file", verify(TOOL)[2])


if __name__ == '__main__':
    main.run()
