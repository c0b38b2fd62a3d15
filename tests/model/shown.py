# SPDX-License-Identifier: MIT
"""What tshark and sharkd show of a frame, and which definitions and values that tells.

A tree is a tuple (text, subtrees) of each item: the same from either program.
"""

from collections import namedtuple

from nf9test import pdml

# What the model speaks of.  `records`: a tuple of (name, value) each; `notes`: expert infos;
# `defined`: (ID, frame of the definition that it replaces) of each Template Record.
FlowSet = namedtuple('FlowSet', 'id template_frame records notes defined')
Packet = namedtuple('Packet', 'restart flowsets')

EXPERT = 'nf9.expert.'
NOTES = frozenset(('template_borrowed', 'template_late', 'template_redefined'))
# Values that are octets to the model.
OCTETS = frozenset(('nf9.scope.system', 'nf9.scope.line_card', 'nf9.scope.cache'))
GENERATED = frozenset(('_ws.expert', 'nf9.flow_start', 'nf9.flow_end', 'nf9.flow_duration',
                       'nf9.icmp.msg_type', 'nf9.icmp.msg_code'))


def _notes(item):
    return {one.name[len(EXPERT):] for one in item.walk() if one.name.startswith(EXPERT)}


def _value(item):
    return item.name, item.value if item.name in OCTETS else item.show


def _number(item, name):
    found = item.first(name)
    return None if found is None else int(found.show)


def _flowset(item):
    defined = []
    for record in item.own('nf9.template_record'):
        if 'template_bad' not in _notes(record):
            defined.append((_number(record, 'nf9.template_record.id'),
                            _number(record, 'nf9.template_record.previous_frame')))
    records = tuple(tuple(_value(field) for field in record.children
                          if field.name not in GENERATED and not field.hidden)
                    for record in item.own('nf9.record'))
    return FlowSet(_number(item, 'nf9.flowset.id'), _number(item, 'nf9.template_frame'), records,
                   frozenset(_notes(item) & NOTES), tuple(defined))


def packet(frame):
    """A pdml.Packet as the model would say it."""
    (proto,) = frame.nf9
    found = Packet('exporter_restart' in _notes(proto),
                   tuple(_flowset(item) for item in proto.own('nf9.flowset')))
    if frame.quoted:                    # what it redefines was never in force
        found = found._replace(flowsets=tuple(one._replace(defined=())
                                              for one in found.flowsets))
        assert not _notes(proto), 'frame %d, a quotation, reports something' % frame.frame
    return found


def tree(item):
    """An item of PDML; hidden ones are there for filters only."""
    return (item.showname,
            tuple(tree(child) for child in item.children if not child.hidden))


def sharkd_tree(node):
    return (node['l'],
            tuple(sharkd_tree(child) for child in node.get('n', ())))


def sharkd_ours(nodes):
    """Our protocol's items, wherever they are."""
    found = []
    for node in nodes:
        ours = node.get('f', '').split(' ')[0] == pdml.PROTOCOL
        found += [node] if ours else sharkd_ours(node.get('n', ()))
    return found


def load(wireshark, capture, *options):
    """pdml.Packets of every frame."""
    text = wireshark.tshark('-T', 'pdml', '-J', 'nf9 icmp icmpv6', *options,
                            capture=capture).stdout
    return list(pdml.packets(text))
