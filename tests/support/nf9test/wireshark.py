# SPDX-License-Identifier: MIT
"""Runs tshark and sharkd with everything that they look at under the tests' control.

They run as an unprivileged user (as root they ignore the plugins of a home folder), with an
empty home that holds nothing but the plugin, in UTC, without name resolution, and abort where
a dissector has a bug.  CMake says by the environment what is tested:

  NF9_PLUGIN    path of nf9.so, on this machine or inside the sysroot
  NF9_SYSROOT   folder with another release's Wireshark (tools/wireshark-sysroot); empty or
                unset: this machine's
  NF9_PRELOAD   library to load first: the address sanitizer's, where nf9.so was built with it
"""

import atexit
import functools
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from .sharkd import Sharkd

NOBODY = 65534
TIMEOUT = 600

# What no run may say: the exit status of tshark is 0 for some of these.
_FINDING = re.compile(r'Dissector bug|ERROR: \w*Sanitizer|runtime error:|\*\*\* stack smashing'
                      r'|Warn Dissector|assertion failed', re.IGNORECASE)


class WiresharkError(AssertionError):
    """A program ended as it should not, or reported a finding."""


class Wireshark:
    """One Wireshark with (or without) the plugin.

    `plugin` and `sysroot` are for the rare test that brings its own; None takes NF9_PLUGIN
    and NF9_SYSROOT.
    """

    def __init__(self, plugin=None, sysroot=None, with_plugin=True):
        self.root = os.path.normpath(sysroot or os.environ.get('NF9_SYSROOT', '') or '/')
        self.preload = os.environ.get('NF9_PRELOAD', '')
        if not self._exists('tshark'):
            raise WiresharkError('no tshark in %s' % self.root)
        self._home()
        self.version_text = self._version_line()
        self.version = tuple(int(n) for n in
                             re.search(r'(\d+)\.(\d+)', self.version_text).groups())
        self.plugin = self._install(plugin) if with_plugin else None

    def without_plugin(self):
        """The same Wireshark as it is packaged."""
        return Wireshark(sysroot=self.root, with_plugin=False)

    # -- programs ---------------------------------------------------------------------------

    def tshark(self, *args, capture=None, check=True, abort_on_bug=True, stdin=None):
        """Runs tshark -n with these arguments, and -r CAPTURE.

        A finding in what it says, or an end by a signal, always fails; any other exit status
        but 0 fails where `check` is set.
        """
        # -G, which prints tables, is only understood as the first argument.
        names = [] if args[:1] == ('-G',) else ['-n']
        command = self.command('tshark', *names, *map(str, args), abort_on_bug=abort_on_bug)
        if capture is not None:
            command += ['-r', self.inside(capture)]
        done = subprocess.run(command, stdin=stdin or subprocess.DEVNULL, capture_output=True,
                              encoding='utf-8', errors='replace', timeout=TIMEOUT, cwd='/')
        judge(done.args, done.returncode, done.stderr, done.stdout, check)
        return done

    def sharkd(self, capture=None):
        """A sharkd to talk to; with `capture`, it has that file open."""
        if not self._exists('sharkd'):
            raise WiresharkError('no sharkd in %s' % self.root)
        client = Sharkd(self.command('sharkd', '-'), judge)
        if capture is not None:
            client('load', file=self.inside(capture))
        return client

    def frames(self, capture, display_filter, *args):
        """The numbers of the frames that a display filter selects."""
        done = self.tshark(*args, '-Y', display_filter, '-T', 'fields', '-e', 'frame.number',
                           capture=capture)
        return [int(line) for line in done.stdout.split()]

    def command(self, program, *args, abort_on_bug=True):
        """The whole command line, with user, environment and sysroot."""
        env = {
            'PATH': '/usr/local/bin:/usr/bin:/bin',
            'HOME': self.home,
            'TZ': 'UTC',
            'LC_ALL': 'C.UTF-8',
        }
        if abort_on_bug:
            env['WIRESHARK_ABORT_ON_DISSECTOR_BUG'] = '1'
        if self.preload:
            env['LD_PRELOAD'] = self.preload
            # Wireshark itself leaks a little at exit.  Its own allocators hide what the
            # sanitizer looks for: an overread inside a pool's block is none to malloc.
            env['ASAN_OPTIONS'] = 'detect_leaks=0:abort_on_error=0:exitcode=99'
            env['UBSAN_OPTIONS'] = 'print_stacktrace=1'
            env['WIRESHARK_DEBUG_WMEM_OVERRIDE'] = 'simple'
            env['G_SLICE'] = 'always-malloc'
        return (self._prefix() + ['env', '-i'] + ['%s=%s' % item for item in env.items()] +
                [program] + list(args))

    # -- files ------------------------------------------------------------------------------

    def inside(self, path):
        """Copies a file to where the unprivileged user can read it; returns the path there."""
        source = pathlib.Path(path)
        if not source.is_file():
            raise WiresharkError('no file %s' % source)
        state = source.stat()
        key = (str(source.resolve()), state.st_mtime_ns, state.st_size)
        if key not in self._copies:
            folder = self.host_home / 'files' / str(len(self._copies))
            folder.mkdir(parents=True)
            shutil.copyfile(source, folder / source.name)
            (folder / source.name).chmod(0o644)
            self._copies[key] = '%s/files/%s/%s' % (self.home, folder.name, source.name)
        return self._copies[key]

    def scratch(self, name):
        """A path of this machine for a file that a test makes; removed with the home."""
        folder = self.host_home / 'scratch'
        folder.mkdir(exist_ok=True)
        return folder / name

    def _home(self):
        base = os.path.join(self.root, 'tmp') if self.root != '/' else None
        self.host_home = pathlib.Path(tempfile.mkdtemp(prefix='nf9-test-', dir=base))
        atexit.register(shutil.rmtree, self.host_home, ignore_errors=True)
        self.host_home.chmod(0o755)
        settings = self.host_home / '.config' / 'wireshark'
        settings.mkdir(parents=True)
        # What -n is to tshark: sharkd has no such option.
        (settings / 'preferences').write_text(''.join(
            'nameres.%s: FALSE\n' % kind for kind in
            ('mac_name', 'transport_name', 'network_name', 'vlan_name', 'ss7_pc_name')))
        self.home = '/' + os.path.relpath(self.host_home, self.root)
        self._copies = {}

    def _install(self, plugin):
        """Copies nf9.so into the home and asks tshark whether it took it."""
        source = pathlib.Path(plugin or os.environ.get('NF9_PLUGIN') or '/nonexistent')
        below_root = pathlib.Path(self.root, str(source).lstrip('/'))
        source = below_root if below_root.is_file() else source
        if not source.is_file():
            raise WiresharkError('no plugin: NF9_PLUGIN is %r' % os.environ.get('NF9_PLUGIN'))
        folder = self.host_home.joinpath('.local/lib/wireshark/plugins',
                                         '%d.%d' % self.version, 'epan')
        folder.mkdir(parents=True)
        shutil.copyfile(source, folder / source.name)
        for path in (folder / source.name, folder, *folder.parents):
            if self.host_home in path.parents:
                path.chmod(0o755)
        # -G plugins would start capture helpers too, and one hangs under the sanitizer.
        done = self.tshark('-G', 'protocols')
        if not any(line.split('\t')[2:3] == ['nf9'] for line in done.stdout.splitlines()):
            raise WiresharkError('%s does not load %s: %s' %
                                 (self.version_text, source, done.stderr.strip()))
        return source

    def _version_line(self):
        done = subprocess.run(self.command('tshark', '--version'), capture_output=True,
                              encoding='utf-8', stdin=subprocess.DEVNULL, timeout=TIMEOUT,
                              cwd='/')
        judge(done.args, done.returncode, done.stderr, '', True)
        return done.stdout.splitlines()[0]

    def _exists(self, program):
        return any(os.path.exists(os.path.join(self.root, folder, program))
                   for folder in ('usr/local/bin', 'usr/bin', 'bin'))

    def _prefix(self):
        if self.root != '/':
            return ['chroot', '--userspec=%d:%d' % (NOBODY, NOBODY), '--groups=', self.root]
        if os.geteuid() == 0:
            return ['setpriv', '--reuid=%d' % NOBODY, '--regid=%d' % NOBODY, '--clear-groups']
        return []


@functools.lru_cache(maxsize=None)
def configured():
    """The Wireshark that the environment names; one a process, with one home."""
    return Wireshark()


def judge(command, status, stderr, stdout='', check=True):
    """Raises where a program's end or its words are a finding."""
    found = _FINDING.search(stderr) or ('[Dissector bug' in stdout and 'Dissector bug')
    if found or status < 0 or status in (99, 134, 139) or (check and status != 0):
        words = [w for w in command if not re.match(r'[A-Z_]+=|--(re|clear|user|group)', w)]
        raise WiresharkError('%s\nexit status %d\n%s' %
                             (' '.join(words), status, stderr[-4000:].strip()))
