# SPDX-License-Identifier: MIT
"""Builds the plugin as it is released and installs it below the bench's own folder."""

import os
import shutil
import subprocess

ROOT = os.path.normpath(os.path.join(os.path.dirname(__file__), '..', '..'))
INSIDE = '/nf9-bench'           # the sources and the build inside a sysroot


class BuildError(Exception):
    """A build step failed."""


def _run(command, log, **environment):
    with open(log, 'ab') as f:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=f,
                              stderr=subprocess.STDOUT, cwd=ROOT,
                              env={**os.environ, **environment}, check=False)
    if done.returncode != 0:
        with open(log, encoding='utf-8', errors='replace') as f:
            raise BuildError('%s\n%s' % (' '.join(command), ''.join(f.readlines()[-30:])))


def _installed(below):
    found = sorted(below.rglob('nf9.so'))
    if len(found) != 1:
        raise BuildError('%d plugins installed below %s' % (len(found), below))
    return found[0]


def here(work, build=None):
    """Path of nf9.so for this machine's Wireshark; built in `build`, or by the preset."""
    log, target = work / 'build.log', work / 'installed'
    log.unlink(missing_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    jobs = str(os.cpu_count() or 1)
    if build is None:
        build = os.path.join(ROOT, 'build', 'release')
        _run(['cmake', '--preset', 'release'], log)
    else:
        _run(['cmake', '-S', ROOT, '-B', str(build), '-DCMAKE_BUILD_TYPE=Release',
              '-DNF9_BUILD_TESTS=OFF'], log)
    _run(['cmake', '--build', str(build), '--parallel', jobs], log)
    _run(['cmake', '--install', str(build), '--component', 'plugin'], log, DESTDIR=str(target))
    return _installed(target)


def least(work):
    """Path of bench/least's plugin for this machine's Wireshark."""
    log, build = work / 'build-least.log', work / 'least'
    log.unlink(missing_ok=True)
    _least(str(build), os.path.join(ROOT, 'bench', 'least'), log)
    return build / 'least.so'


def _least(build, source, log, inside=()):
    _run([*inside, 'cmake', '-S', source, '-B', build, '-DCMAKE_BUILD_TYPE=Release'], log)
    _run([*inside, 'cmake', '--build', build], log)


def sysroot(work, root):
    """nf9.so and bench/least's plugin for the Wireshark of a folder of tools/wireshark-sysroot."""
    log, base = work / 'build-sysroot.log', root / INSIDE.lstrip('/')
    log.unlink(missing_ok=True)
    shutil.rmtree(base, ignore_errors=True)
    (base / 'source').mkdir(parents=True)
    for name in ('CMakeLists.txt', 'cmake', 'src', 'plugin', 'bench'):
        origin = os.path.join(ROOT, name)
        if os.path.isdir(origin):
            shutil.copytree(origin, base / 'source' / name)
        else:
            shutil.copy2(origin, base / 'source' / name)
    inside = ['chroot', str(root), '/usr/bin/env', '-i', 'PATH=/usr/bin:/bin', 'LC_ALL=C.UTF-8']
    _run(inside + ['cmake', '-S', INSIDE + '/source', '-B', INSIDE + '/build',
                   '-DCMAKE_BUILD_TYPE=Release', '-DNF9_BUILD_TESTS=OFF'], log)
    _run(inside + ['cmake', '--build', INSIDE + '/build', '--parallel',
                   str(os.cpu_count() or 1)], log)
    _run(inside + ['DESTDIR=%s/installed' % INSIDE, 'cmake', '--install', INSIDE + '/build',
                   '--component', 'plugin'], log)
    _least(INSIDE + '/least', INSIDE + '/source/bench/least', log, inside)
    return _installed(base / 'installed'), base / 'least' / 'least.so'
