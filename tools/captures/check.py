# SPDX-License-Identifier: MIT
"""Captures made again against the committed ones."""

import json

from nf9test import decoder, fields

# What a real exporter is free to do otherwise at each run, and is not compared: how it divides
# records among packets and FlowSets, their order, sequence and clock of the header, padding.


def content(decoding):
    """Templates and records without their places, in an order of our own."""
    templates = {json.dumps([t['id'], t['kind'], t['fields']]) for t in decoding.templates}
    records = [json.dumps([r['flowset_id'], r['kind'], r['fields'], r.get('abs')],
                          sort_keys=True) for r in decoding.records]
    return sorted(templates), sorted(records)


def exact(decoding):
    return decoding.summary, decoding.templates, decoding.records, decoding.late


def differences(made, committed, again):
    """A line for each capture that does not come out as it is committed."""
    table, wrong = fields.load(), []
    for capture in made:
        name = capture.name + '.pcap'
        if not (committed / name).is_file():
            wrong.append('%s: not committed' % name)
            continue
        view = content if capture.real else exact
        old = decoder.decode_file(committed / name, table)
        new = decoder.decode_file(again / name, table)
        if view(old) != view(new):
            wrong.append('%s: decodes to something else' % name)
        elif not capture.real and (committed / name).read_bytes() != (again / name).read_bytes():
            wrong.append('%s: other octets, though they decode alike' % name)
    return wrong


def stale(committed):
    """Captures whose expected decoding is missing or is not what the decoder says now."""
    table, wrong = fields.load(), []
    for path in sorted(committed.glob('*.pcap')):
        expected = committed / 'expected' / (path.stem + '.json')
        if not expected.is_file():
            wrong.append('%s: no expected decoding' % path.name)
            continue
        want = json.loads(expected.read_text(encoding='utf-8'))
        have = decoder.decode_file(path, table)
        if want != {'summary': have.summary, 'templates': have.templates,
                    'records': have.records, 'late': have.late}:
            wrong.append('expected/%s: not what the capture decodes to' % expected.name)
    return wrong


def unknown(made, committed):
    """Captures that nothing here makes."""
    names = {capture.name for capture in made}
    return ['%s: nothing makes it' % path.name for path in sorted(committed.glob('*.pcap'))
            if path.stem not in names]
