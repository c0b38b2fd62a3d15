# SPDX-License-Identifier: MIT
"""What `tshark -T pdml` says about NetFlow v9, as packets, FlowSets, records and fields.

Nothing is decoded here: values are the ones that tshark shows.  Their octets (the attribute
`value`) serve where PDML cannot carry the shown form unharmed, such as text with a control
character, and then the shown form must agree with them.
"""

import datetime
import ipaddress
import io
import math
import re
import xml.etree.ElementTree

from . import fields

ParseError = xml.etree.ElementTree.ParseError

PROTOCOL = 'nf9'

# Items below a record that are its fields although no row of the table names them.
_SCOPES = {'nf9.scope.system': 's1', 'nf9.scope.interface': 's2', 'nf9.scope.line_card': 's3',
           'nf9.scope.cache': 's4', 'nf9.scope.template': 's5'}
_UNNAMED = frozenset(('nf9.raw', 'nf9.unknown', 'nf9.scope.unknown'))


class Item:
    """One line of the protocol tree."""

    __slots__ = ('name', 'show', 'value', 'pos', 'size', 'showname', 'hidden', 'children')

    def __init__(self, element):
        get = element.get
        self.name, self.show, self.value = get('name', ''), get('show', ''), get('value', '')
        self.pos, self.size = int(get('pos') or 0), int(get('size') or 0)
        # An item of text only has no name, and its text as what it shows.
        self.showname = get('showname') or (self.show if not self.name else '')
        self.hidden = get('hide') == 'yes'
        self.children = [Item(child) for child in element if child.tag in ('field', 'proto')]

    def walk(self):
        """This item and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, name):
        """Everything below that has this name."""
        return [item for item in self.walk() if item.name == name and item is not self]

    def first(self, name):
        return next(iter(self.all(name)), None)

    def own(self, name):
        """The children of this name."""
        return [item for item in self.children if item.name == name]


class Packet:
    """One frame.

    `nf9` are the protocol's items, one an Export Packet; `before_nf9` the headers around it.
    """

    def __init__(self, element):
        self.protocols = [child.get('name') for child in element if child.tag == 'proto']
        number = element.find("proto[@name='geninfo']/field[@name='num']")
        self.frame = int(number.get('show'))
        self.nf9 = [Item(proto) for proto in element.iter('proto')
                    if proto.get('name') == PROTOCOL]
        first = self.protocols.index(PROTOCOL) if PROTOCOL in self.protocols else 0
        self.before_nf9 = [Item(child) for child in element.findall('proto')[:first]]
        # An ICMP error's NetFlow is a quotation: shown, not learnt and not counted.
        self.quoted = not {'icmp', 'icmpv6'}.isdisjoint(self.protocols)
        self.malformed = any(name.startswith('_ws.malformed') for name in self.protocols)

    def flowsets(self):
        return [item for proto in self.nf9 for item in proto.own('nf9.flowset')]


def is_options(flowset):
    """Whether its records are options, which the FlowSet's line says."""
    return re.search(r'\d options?,', flowset.showname) is not None


def whole_records(flowset):
    """A FlowSet's records, without the one that the packet's end cuts."""
    number = flowset.own('nf9.flowset.records')
    return flowset.own('nf9.record')[:int(number[0].show) if number else None]


def cut_records(flowset):
    return flowset.own('nf9.record')[len(whole_records(flowset)):]


def packets(text):
    """Every packet of a PDML document, given as text or as a binary file."""
    source = io.BytesIO(text.encode()) if isinstance(text, str) else text
    for _, element in xml.etree.ElementTree.iterparse(source):
        if element.tag == 'packet':
            yield Packet(element)
            element.clear()


def load(wireshark, capture, *options):
    """The packets of a capture that have our protocol."""
    text = wireshark.tshark('-T', 'pdml', *options, capture=capture).stdout
    return [packet for packet in packets(text) if packet.nf9]


class Decoder:
    """Turns packets into records in the form of the expected decodings."""

    def __init__(self, table=None):
        rows = fields.load() if table is None else table
        self.by_name = {'nf9.' + row.filter: row for row in rows.values()}

    def records(self, packet):
        for number, flowset in enumerate(packet.flowsets()):
            identifier = int(flowset.own('nf9.flowset.id')[0].show)
            kind = 'options' if is_options(flowset) else 'data'
            for index, record in enumerate(whole_records(flowset)):
                yield {'frame': packet.frame, 'set': number, 'flowset_id': identifier,
                       'record': index, 'kind': kind, 'abs': absolute(record),
                       **self._fields(record)}

    def _fields(self, record):
        """`fields`: the values of each type in order; `unnamed`: (type or None, value)."""
        named, unnamed = {}, []
        for item in record.children:
            if item.name in _UNNAMED:
                number = item.first('nf9.unknown.type')
                unnamed.append((number and int(number.show, 0), scope(item)
                                if item.name.startswith('nf9.scope') else octets(item)))
                continue
            row = self.by_name.get(item.name)
            key = str(row.type) if row else _SCOPES.get(item.name)
            if key is not None:         # else generated, or for filters only
                named.setdefault(key, []).append(value(row.kind, item) if row else scope(item))
        return {'fields': named, 'unnamed': unnamed}


def disagreements(have, want, whole=False):
    """What a record shows otherwise than expected, a line each.

    Values without a name of their own (nf9.raw, nf9.unknown) stand for expected ones whose
    name is missing; `whole` says that nothing but what is expected may be there.
    """
    lines, left = [], list(have['unnamed'])
    shown = {key: list(values) for key, values in have['fields'].items()}
    for key, expected in want['fields'].items():
        kind = key.split('#')[0]
        expected = significant(kind, expected)
        values = shown.get(kind, [])
        if values and same(values[0], expected):
            values.pop(0)
            continue
        number = int(kind.lstrip('s'))
        found = next((one for one in left
                      if one[0] in (None, number) and same(one[1], expected)), None)
        if found:
            left.remove(found)
        elif values:
            lines.append('field %s: %r, expected %r' % (key, values.pop(0), expected))
        else:
            lines.append('field %s is missing, expected %r' % (key, expected))
    if whole:
        lines += ['unexpected field %s: %r' % (key, value)
                  for key, values in shown.items() for value in values]
        lines += ['unexpected octets (type %s): %s' % one for one in left]
    for key, expected in want.get('abs', {}).items():
        if have['abs'].get(key) != expected:
            lines.append('time of %s: %s, expected %s' % (key, have['abs'].get(key), expected))
    for key in ('kind', 'flowset_id'):
        if have[key] != want[key]:
            lines.append('%s: %s, expected %s' % (key, have[key], want[key]))
    return lines


def significant(key, value):
    """The bits that mean something: others are not part of the value that nf9 shows.

    The upper four of TCP flags of two octets are the data offset; a flow label has 20.
    """
    mask = {'6': 0x0FFF, '31': 0xFFFFF}.get(str(key))
    return value & mask if mask and isinstance(value, int) else value


def same(a, b):
    """tshark prints 15 digits of a float; everything else is equal or not."""
    if isinstance(a, float) and isinstance(b, (int, float)):
        return math.isclose(a, b, rel_tol=1e-6 if abs(a) < 1e-30 else 1e-14, abs_tol=0)
    return type(a) is type(b) and a == b


def octets(item):
    return 'hex:' + item.value


def scope(item):
    """Scopes of up to 8 octets are expected as numbers, whatever they are shown as."""
    number = int(item.value, 16) if 1 <= item.size <= 8 else octets(item)
    if re.fullmatch(r'\d+', item.show) and item.name in ('nf9.scope.interface',
                                                         'nf9.scope.template'):
        return int(item.show)
    return number


def value(kind, item):
    """The shown value in the form of the expected decodings."""
    show = item.show
    if kind in ('UINT', 'INT') or kind.startswith('TIME_'):
        return int(show, 0)
    if kind == 'FLOAT':
        number = float(show)
        return number if math.isfinite(number) else octets(item)
    if kind == 'BOOL':
        # 0 and 1 in Wireshark 4.0, False and True later; 1 and 2 on the wire.
        shown = {'0': False, 'False': False, '1': True, 'True': True}[show]
        raw = int(item.value, 16)
        return shown if raw in (1, 2) else raw
    if kind == 'IPV6':
        return str(ipaddress.IPv6Address(show))
    if kind == 'TEXT':
        return text(item)
    if kind == 'OCTETS':
        return octets(item) if _same_octets(item) else 'shown as ' + show
    return show


def text(item):
    """The text by its octets, where what is shown is that text."""
    data = bytes.fromhex(item.value).rstrip(b'\0')
    try:
        want = data.decode('utf-8')
    except UnicodeDecodeError:
        return octets(item)
    return want if re.sub(r'[\t\n\r ]', ' ', item.show) == _in_pdml(want) else item.show


def _in_pdml(want):
    """Text as an XML attribute of tshark's brings it: blanks are alike, controls escaped."""
    def escape(match):
        c = match.group()
        return ' ' if c in '\t\n\r' else '\\x00' if c == '\0' else '\\x%x' % ord(c)
    return re.sub(r'[\0-\x1f\x7f]', escape, want)


def _same_octets(item):
    shown = re.sub(r'[^0-9a-f]', '', item.show.lower())
    # Long ones are cut short where they are shown.
    return item.value == shown or len(shown) >= 32 and item.value.startswith(shown)


def absolute(record):
    """{'21': flow_end, '22': flow_start} as ISO 8601 with milliseconds."""
    times = {}
    for key, name in (('21', 'nf9.flow_end'), ('22', 'nf9.flow_start')):
        item = record.first(name)
        if item is not None:
            times[key] = iso_time(item.show)
    return times


def iso_time(show):
    """An absolute time in UTC, as any Wireshark shows it, as 2019-03-29T13:27:40.474Z."""
    match = re.fullmatch(r'(.*\d\d:\d\d:\d\d)\.(\d{3})\d*(?: UTC|Z|\+0000)?', show)
    if not match:
        return show
    form = '%Y-%m-%dT%H:%M:%S' if 'T' in match.group(1) else '%b %d, %Y %H:%M:%S'
    when = datetime.datetime.strptime(re.sub(r'\s+', ' ', match.group(1)), form)
    return '%s.%sZ' % (when.strftime('%Y-%m-%dT%H:%M:%S'), match.group(2))
