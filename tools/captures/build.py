# SPDX-License-Identifier: MIT
"""All captures, their expected decodings, and the README beside them."""

import json
from collections import namedtuple

from nf9test import decoder, fields, pcap

from . import (all_fields, exporters, hand_history, hand_incidents, hand_lengths, hand_malformed,
               hand_networks, hand_options, hand_security, hand_transport, hand_vendors)

BY_HAND = (hand_options, hand_security, hand_networks, hand_vendors, hand_lengths,
           hand_history, hand_incidents, hand_malformed, hand_transport)
FOLDER = fields.ROOT / 'captures'

# real: made by an exporter, so that its order of records is the exporter's affair.
Made = namedtuple('Made', 'name shows how frames real')


def own():
    """What needs no exporter."""
    made = [Made(name, shows, 'by hand', frames, False)
            for module in BY_HAND for name, shows, frames in module.CAPTURES]
    made += [Made(name, shows, 'generated from fields.def', frames, False)
             for name, shows, frames in all_fields.captures(fields.load())]
    return made


def real():
    return [Made(name, shows, how, frames, True)
            for name, shows, how, frames in exporters.captures()]


def lines(items):
    """A list as JSON, an item a line: changes then read well."""
    return '[%s]' % ','.join('\n' + json.dumps(item, ensure_ascii=False) for item in items)


def as_json(decoding):
    return '{"summary": %s,\n"templates": %s,\n"records": %s,\n"late": %s}\n' % (
        json.dumps(decoding.summary), lines(decoding.templates), lines(decoding.records),
        lines(decoding.late))


def write(folder, made):
    """Writes captures and expected decodings; the decodings by name."""
    expected = folder / 'expected'
    expected.mkdir(parents=True, exist_ok=True)
    table, decodings = fields.load(), {}
    for capture in made:
        path = folder / (capture.name + '.pcap')
        pcap.write(path, capture.frames)
        decodings[capture.name] = decoder.decode_file(path, table)
        (expected / (capture.name + '.json')).write_text(as_json(decodings[capture.name]),
                                                         encoding='utf-8')
    return decodings


README = '''<!-- SPDX-License-Identifier: MIT -->
# Captures

Small captures of NetFlow v9, made by `tools/make-captures`, which also writes this page.
`tools/make-captures --check` makes them again elsewhere and compares the decodings.

Beside each is `expected/NAME.json`, by a decoder in Python (`tests/support/nf9test`) that shares
nothing with the codec but the table of fields: `summary`, `templates`, `records`, and `late`, the
records that only a second look decodes. A record has its frame (from 1), its FlowSet and its
number in it (from 0), its fields by type (scopes are s1, s2, ...; the second field of a type is
`N#2`), and fields 21 and 22 as UTC under `abs`. Octets are `hex:...`.

The real exporters watched traffic that `tools/captures/traffic.py` generates and sent to a socket
on the loopback; payloads are theirs, addresses, ports and times of the frames ours. pmacctd's
header clock, which is the wall's, is set to a fixed time.

%s'''

TABLE = '''## %s

| capture | packets | templates + options templates | data + options records (+ late) | shows \
| made |
| --- | --- | --- | --- | --- | --- |
%s
'''


def row(capture, decoding):
    s = decoding.summary
    records = '%d + %d' % (s['data_records'], s['options_records'])
    if s['late_records']:
        records += ' (+ %d)' % s['late_records']
    return '| %s | %d | %d + %d | %s | %s | %s |' % (
        capture.name, s['packets'], s['templates'], s['options_templates'], records,
        capture.shows, capture.how)


def readme(made, decodings):
    sections = []
    for title, wanted in (('By real exporters', True), ('By hand and generated', False)):
        rows = [row(c, decodings[c.name]) for c in made if c.real == wanted]
        sections.append(TABLE % (title, '\n'.join(rows)))
    return README % '\n'.join(sections)
