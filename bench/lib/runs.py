# SPDX-License-Identifier: MIT
"""Runs tshark with the plugin and says what it took: CPU, memory, or instructions."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections import namedtuple

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'tests' / 'support'))

from nf9test.wireshark import Wireshark, WiresharkError, judge          # noqa: E402,F401

# Seconds of user and system time, and the most memory in KiB.
Usage = namedtuple('Usage', 'cpu memory')


class Bench(Wireshark):
    """A Wireshark that reads large captures where they are and is measured.

    `least` is the path of bench/least's plugin, or None.
    """

    def __init__(self, plugin, sysroot=None, least=None):
        super().__init__(plugin=plugin, sysroot=sysroot)
        if least is not None:
            nf9 = next(self.host_home.rglob('nf9.so'))
            shutil.copyfile(least, nf9.with_name(least.name))
            nf9.with_name(least.name).chmod(0o755)

    def inside(self, path):
        """A link to the file, or a copy, where the unprivileged user can read it."""
        path = pathlib.Path(path).resolve()
        known = self._copies.get(str(path))
        if known is None:
            link = self.host_home / 'files' / path.name
            link.parent.mkdir(exist_ok=True)
            try:
                os.link(path, link)
            except OSError:                     # another file system
                return super().inside(path)
            known = self._copies[str(path)] = '%s/files/%s' % (self.home, link.name)
        return known

    def arguments(self, capture, packets, *arguments):
        return ['-n', '-r', self.inside(capture), '-c', str(packets), *arguments]

    def measure(self, capture, packets, *arguments):
        """The usage of one run; what it prints is thrown away.

        Not the wall clock: other work on the machine stretches that more than the CPU time.
        """
        command = self.command('tshark', *self.arguments(capture, packets, *arguments))
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=errors, cwd='/')
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            judge(command, process.returncode, errors.read().decode('utf-8', 'replace'))
        return Usage(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)

    def lines(self, capture, packets, *arguments):
        """The lines that a run prints."""
        command = self.command('tshark', *self.arguments(capture, packets, *arguments))
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True,
                              encoding='utf-8', errors='replace', cwd='/', check=False)
        judge(command, done.returncode, done.stderr, done.stdout)
        return done.stdout.splitlines()

    def count_instructions(self, capture, packets, *arguments):
        """Starts a run under callgrind; what is returned waits for it and says the number."""
        out = self.host_home / 'callgrind'
        out.mkdir(exist_ok=True)
        out.chmod(0o777)
        shark = self.command('tshark', *self.arguments(capture, packets, *arguments))
        at = shark.index('tshark')
        command = shark[:at] + ['valgrind', '--tool=callgrind',
                                '--callgrind-out-file=%s/callgrind/%%p' % self.home] + shark[at:]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, cwd='/', encoding='utf-8',
                                   errors='replace')

        def result():
            errors = process.communicate()[1]
            judge(command, process.returncode, errors)
            return int(re.search(r'Collected : (\d+)', errors).group(1))
        return result
