# SPDX-License-Identifier: MIT
"""Template and Options Template Records (RFC 3954, sections 5.2 and 6.1), and their history."""

VARIABLE = 65535


class Template:
    """Field specifiers are (key, is_scope, type, length); keys are those of a record's dict."""

    def __init__(self, template_id, scopes, fields):
        self.id = template_id
        self.kind = 'data'
        self.specs = _keyed(scopes, True) + _keyed(fields, False)
        # A field of variable length takes one octet at least.
        self.minimum = sum(1 if length == VARIABLE else length
                           for _, _, _, length in self.specs)


def _keyed(pairs, is_scope):
    """The second field of a type is N#2, so that no value hides another."""
    seen, specs = {}, []
    for number, length in pairs:
        seen[number] = seen.get(number, 0) + 1
        key = ('s%d' if is_scope else '%d') % number
        if seen[number] > 1:
            key += '#%d' % seen[number]
        specs.append((key, is_scope, number, length))
    return specs


def _u16(data, pos):
    return int.from_bytes(data[pos:pos + 2], 'big')


def _pairs(data, pos, count):
    return [(_u16(data, pos + 4 * i), _u16(data, pos + 4 * i + 2)) for i in range(count)]


def parse(flowset_id, body):
    """(templates, number of bad ones, octets left over) of a FlowSet's octets after its header.

    A definition that does not fit, has no field or an ID below 256 is bad: it never is stored.
    """
    head = 6 if flowset_id == 1 else 4
    pos, good, bad = 0, [], 0
    while len(body) - pos >= head:
        if not any(body[pos:]):
            break
        template_id = _u16(body, pos)
        if flowset_id == 1:
            scope_octets, field_octets = _u16(body, pos + 2), _u16(body, pos + 4)
        else:
            scope_octets, field_octets = 0, 4 * _u16(body, pos + 2)
        end = pos + head + scope_octets + field_octets
        if end > len(body):
            return good, bad + 1, 0
        scopes = _pairs(body, pos + head, scope_octets // 4)
        fields = _pairs(body, pos + head + scope_octets, field_octets // 4)
        pos = end
        uneven = scope_octets % 4 or field_octets % 4
        if template_id < 256 or uneven or not scopes and not fields:
            bad += 1
            continue
        template = Template(template_id, scopes, fields)
        if flowset_id == 1:
            template.kind = 'options'
        good.append(template)
    return good, bad, len(body) - pos


class History:
    """Every definition with its place; look-up is by place, not by what was seen last."""

    def __init__(self):
        self._known = {}

    def add(self, source, template, frame, flowset):
        """Places must come in rising order: the decoder goes through the capture once."""
        self._known.setdefault((source, template.id), []).append((frame, flowset, template))

    def find(self, source, template_id, frame, flowset):
        """The newest definition at or before the place, else the first later in the packet."""
        before, later = None, None
        for known_frame, known_flowset, template in self._known.get((source, template_id), ()):
            if (known_frame, known_flowset) <= (frame, flowset):
                before = template
            elif known_frame == frame and later is None:
                later = template
        return before or later

    def find_after(self, source, template_id, frame):
        """What a second look finds: the first definition in a later frame."""
        for known_frame, _, template in self._known.get((source, template_id), ()):
            if known_frame > frame:
                return template
        return None
