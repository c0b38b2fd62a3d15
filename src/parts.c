/* SPDX-License-Identifier: MIT
 *
 * parts.c: packed values taken apart (parts.def).
 */
#include <nf9/value.h>

typedef struct parts {
    const nf9_field *field;
    nf9_part_value *out;
    size_t n;
} parts;

/* A part that stands in `length` octets from the one at `at`. */
static void add(parts *p, uint16_t part, uint64_t value, size_t at, size_t length)
{
    p->out[p->n++] = (nf9_part_value){ nf9_part_at(part), part, value,
                                       p->field->offset + at, length };
}

static uint64_t number(const parts *p, size_t at, size_t length)
{
    return nf9_octets_u64(p->field->bytes.data + at, length);
}

static void add_octets(parts *p, uint16_t part, size_t at, size_t length)
{
    add(p, part, number(p, at, length), at, length);
}

/* Parts that are bits of a number, as parts.def says from this row on. */
static void bits(parts *p, uint16_t first_part)
{
    size_t len = p->field->bytes.len;
    uint64_t v;

    if (nf9_field_u64(p->field, &v) != NF9_OK)
        return;
    for (uint16_t i = first_part; i < NF9_PART_COUNT; i++) {
        const nf9_part_info *info = nf9_part_at(i);
        if (info->form != p->field->info->form)
            return;
        if (info->shift >= 8 * len)
            continue;
        /* the octets in which it stands, counted from the last */
        size_t last = info->shift / 8u, first = (info->shift + info->bits - 1u) / 8u;
        if (first >= len)
            first = len - 1;
        add(p, i, v >> info->shift & ((UINT64_C(1) << info->bits) - 1), len - 1 - first,
            first - last + 1);
    }
}

/* Label 20 bits, exp 3, bottom 1; a fourth octet, where there is one, is the TTL. */
static void mpls(parts *p)
{
    if (p->field->bytes.len != 3 && p->field->bytes.len != 4)
        return;
    uint64_t v = number(p, 0, 3);
    add(p, NF9_PART_MPLS_LABEL, v >> 4, 0, 3);
    add(p, NF9_PART_MPLS_EXP, v >> 1 & 7, 2, 1);
    add(p, NF9_PART_MPLS_BOTTOM, v & 1, 2, 1);
}

/* RFC 6759 section 4.2: engine, selector; engine 20 has a PEN between the two. */
static void application(parts *p)
{
    size_t len = p->field->bytes.len, at = 1;

    if (len < 1)
        return;
    add_octets(p, NF9_PART_APPLICATION_ENGINE, 0, 1);
    if (p->out[0].value == 20 && len >= 5) {
        add_octets(p, NF9_PART_APPLICATION_PEN, 1, 4);
        at = 5;
    }
    if (len > at && len - at <= 8)
        add_octets(p, NF9_PART_APPLICATION_SELECTOR, at, len - at);
}

/* RFC 4364 section 4.2: types 0 (AS:4 octets), 1 (IPv4:2 octets), 2 (4-octet AS:2 octets). */
static void route_distinguisher(parts *p)
{
    if (p->field->bytes.len != 8)
        return;
    add_octets(p, NF9_PART_RD_TYPE, 0, 2);
    if (p->out[0].value > 2)
        return;
    size_t administrator = p->out[0].value == 0 ? 2 : 4;
    add_octets(p, NF9_PART_RD_ADMINISTRATOR, 2, administrator);
    add_octets(p, NF9_PART_RD_ASSIGNED, 2 + administrator, 6 - administrator);
}

static void acl(parts *p)
{
    if (p->field->bytes.len != 12)
        return;
    add_octets(p, NF9_PART_ACL_ID, 0, 4);
    add_octets(p, NF9_PART_ACL_ACE, 4, 4);
    add_octets(p, NF9_PART_ACL_EXTENDED, 8, 4);
}

size_t nf9_field_parts(const nf9_field *field, nf9_part_value out[NF9_PARTS_MAX])
{
    parts p = { field, out, 0 };

    if (field->info == NULL)
        return 0;
    switch (field->info->form) {
    case NF9_FORM_TCP_FLAGS:
        bits(&p, NF9_PART_TCP_FLAGS_FIN);
        break;
    case NF9_FORM_ICMP:
        bits(&p, NF9_PART_ICMP_TYPE);
        break;
    case NF9_FORM_FORWARDING:
        bits(&p, NF9_PART_FORWARDING_STATUS);
        break;
    case NF9_FORM_FRAGMENT:
        bits(&p, NF9_PART_FRAGMENT_RESERVED);
        break;
    case NF9_FORM_MULTICAST:
        bits(&p, NF9_PART_MULTICAST_IPV4);
        break;
    case NF9_FORM_ANONYMIZATION:
        bits(&p, NF9_PART_ANONYMIZATION_STABILITY);
        break;
    case NF9_FORM_MPLS:
        mpls(&p);
        break;
    case NF9_FORM_APPLICATION:
        application(&p);
        break;
    case NF9_FORM_RD:
        route_distinguisher(&p);
        break;
    case NF9_FORM_ACL:
        acl(&p);
        break;
    default:
        break;
    }
    return p.n;
}
