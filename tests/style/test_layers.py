# SPDX-License-Identifier: MIT
"""Which part may include which: each layer only those below it.

base <- field <- decode <- value <- flow, encode <- packer;
decode <- cache, track <- collector <- stream;  encode, cache <- packet;
plugin -> <nf9/...>, epan, glib.
"""

import re
import shutil
import tempfile
import unittest
from pathlib import Path

from nf9test.main import run
from nf9test.places import ROOT

LAYERS = {
    'base': ('base.h', 'be.h', 'error.c', 'errors.def', 'hash.h', 'version.c', 'version.h',
             'version.h.in'),
    'field': ('field.h', 'field.c', 'enum.c', 'fields.def', 'enums.def', 'scopes.def',
              'aliases.def', 'parts.def'),
    'decode': ('decode.h', 'places.h', 'flowset.c', 'template.c', 'record.c', 'doubt.c',
               'plausible.c'),
    # the text of a template's differences is written as values are
    'value': ('value.h', 'value.c', 'number.h', 'parts.c', 'print.c', 'text.h', 'text.c', 'name.c',
              'rows.h', 'rows.c', 'template_diff.c'),
    'encode': ('encode.h', 'writer.h', 'writer.c', 'put.c', 'build.c', 'encode_error.c'),
    'packer': ('packer.h', 'packer.c'),
    'flow': ('flow.h', 'flow.c', 'flow_time.c', 'flow_text.c'),
    'cache': ('cache.h', 'cache_state.h', 'cache.c', 'forget.c', 'history.h', 'history.c',
              'learn.c', 'alloc.h', 'alloc.c'),
    'packet': ('packet.h', 'packet_value.c', 'packet_row.c', 'export_packet.h', 'export_packet.c',
               'export_packet_decode.c', 'export_packet_apply.c', 'export_packet_encode.c'),
    'track': ('track.h', 'track.c'),
    'collector': ('pending.h', 'pending.c', 'sources.h', 'sources.c', 'collector.h',
                  'collector_note.h', 'collector.c'),
    'stream': ('stream.h', 'input.c', 'framing.h', 'framing.c', 'packet_stream.c',
               'record_stream.c'),
    'all': ('nf9.h',),
}
BELOW = {
    'base': '', 'field': 'base', 'decode': 'base field', 'value': 'base field decode',
    'flow': 'base field decode value', 'encode': 'base field decode value',
    'packer': 'base field decode value encode',
    'cache': 'base field decode', 'track': 'base field decode',
    'packet': 'base field decode value encode cache',
    'collector': 'base field decode cache track',
    'stream': 'base field decode cache track collector',
    'all': 'base field decode value flow encode packer cache packet track collector stream',
}
LIBC = frozenset('float stdbool stddef stdint stdio stdlib string'.split())
# The system's errors and descriptors: one file knows them.
SYSTEM = frozenset('errno fcntl sys/socket unistd'.split())
KNOWS_SYSTEM = 'input.c'
# Why a file could not be written, which the plugin says to the user.
PLUGIN_LIBC = frozenset(('errno',))
WIRESHARK = re.compile(r'(epan(/dfilter)?|wsutil|wiretap)/[\w-]+\.h|'
                       r'(glib|wireshark|ws_version)\.h')
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def layer_of(name):
    for layer, names in LAYERS.items():
        if name in names:
            return layer
    return None


def wrong_in_codec(path, text):
    layer = layer_of(path.name)
    if layer is None:
        yield '%s is of no layer: say of which in %s' % (path.name, Path(__file__).name)
        return
    allowed = set(BELOW[layer].split()) | {layer}
    for kind, target in INCLUDE.findall(text):
        if kind == '<' and not target.startswith('nf9/'):
            system = SYSTEM if path.name == KNOWS_SYSTEM else frozenset()
            if target.removesuffix('.h') not in LIBC | system:
                yield '%s includes <%s>, which is not of the C library' % (path.name, target)
        elif layer_of(Path(target).name) not in allowed or '..' in target:
            yield '%s (%s) includes %s (%s)' % (path.name, layer, target,
                                               layer_of(Path(target).name))


def wrong_in_plugin(path, text):
    for kind, target in INCLUDE.findall(text):
        if kind == '"':
            good = '/' not in target and (path.parent / target).is_file()
        elif target.startswith('nf9/'):
            good = (ROOT / 'src/include' / target).is_file() or target == 'nf9/version.h'
        else:
            good = target.removesuffix('.h') in LIBC | PLUGIN_LIBC or WIRESHARK.fullmatch(target)
        if not good:
            yield '%s includes %s' % (path.name, target)


def wrong(root):
    found, seen = [], 0
    for folder, check in (('src', wrong_in_codec), ('plugin', wrong_in_plugin)):
        for path in sorted((root / folder).rglob('*')):
            if path.suffix in ('.c', '.h', '.def') or path.name.endswith('.h.in'):
                seen += 1
                found += check(path, path.read_text(encoding='utf-8'))
    if seen < 30:
        raise AssertionError('%d files below %s' % (seen, root))
    return found


class Layers(unittest.TestCase):
    def test_each_file_includes_what_is_below_it(self):
        self.assertEqual(wrong(ROOT), [])

    def test_a_planted_include_is_found(self):
        found = wrong(ROOT)
        for file, include in (('src/record.c', '<nf9/value.h>'),
                              ('src/value.c', '<nf9/cache.h>'),
                              ('src/flow.c', '"history.h"'),
                              ('src/include/nf9/base.h', '<nf9/field.h>'),
                              ('src/include/nf9/value.h', '<nf9/flow.h>'),
                              ('src/cache.c', '<nf9/flow.h>'),
                              ('src/cache.c', '<glib.h>'),
                              ('src/cache.c', '<errno.h>'),
                              ('src/packet_stream.c', '<unistd.h>'),
                              ('src/collector.c', '<nf9/stream.h>'),
                              ('src/error.c', '<epan/packet.h>'),
                              ('src/text.c', '"../plugin/packet.h"'),
                              ('src/another.c', '<nf9/base.h>'),
                              ('plugin/packet.c', '"../src/be.h"'),
                              ('plugin/packet.c', '"be.h"'),
                              ('plugin/packet.c', '<nf9/secret.h>'),
                              ('plugin/packet.c', '<pcap.h>')):
            with self.subTest(file=file, include=include), \
                    tempfile.TemporaryDirectory() as folder:
                copy = Path(folder)
                shutil.copytree(ROOT / 'src', copy / 'src')
                shutil.copytree(ROOT / 'plugin', copy / 'plugin')
                with open(copy / file, 'a', encoding='utf-8') as f:
                    f.write('#include %s\n' % include)
                self.assertEqual(len(set(wrong(copy)) - set(found)), 1, wrong(copy))


if __name__ == '__main__':
    run()
