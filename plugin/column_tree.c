/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * column_tree.c: a column of a template, made ready once a FlowSet.
 */
#include "column_tree.h"
#include "field_hf.h"

/* How a column can go whose fields are plain. */
static nf9_way way_of(nf9_shown_column *shown, const nf9_field_info *info,
                      const nf9_template *tmpl)
{
    nf9_column column = nf9_template_columns(tmpl)[shown->column];

    if (column.offset == NF9_OFFSET_VARIES)
        return NF9_WAY_FIELD;
    if (info->kind == NF9_KIND_IPV4 && column.length == 4)
        return NF9_WAY_IPV4;
    if (info->kind == NF9_KIND_IPV6 && column.length == 16)
        return NF9_WAY_IPV6;
    if (info->kind != NF9_KIND_BOOL && nf9_number_init(&shown->number, tmpl, shown->column))
        return NF9_WAY_NUMBER;
    return NF9_WAY_FIELD;
}

void nf9_column_init(nf9_shown_column *shown, proto_tree *tree, const nf9_template *tmpl,
                     uint16_t column)
{
    nf9_column c = nf9_template_columns(tmpl)[column];
    bool scope = column < tmpl->scope_count;
    const nf9_field_info *info = nf9_column_info(tmpl, column);

    shown->column = column;
    shown->way = NF9_WAY_FIELD;
    if (info == NULL || !nf9_field_is_plain(tree, info, scope))
        return;
    shown->hf = scope ? nf9_hf.scope[c.row] : nf9_hf.field[c.row];
    shown->offset = c.offset;
    shown->way = way_of(shown, info, tmpl);
}

/* The column is copied: it stays the same though epan is called in between. */
static void numbers_add(const nf9_shown_column *shown, proto_tree *tree, tvbuff_t *tvb,
                        const uint8_t *record, int offset, nf9_run run)
{
    const nf9_number number = shown->number;
    const int hf = shown->hf;

    for (uint32_t i = 0; i < run.records; i++, record += run.length, offset += run.length)
        proto_tree_add_uint64(tree, hf, tvb, offset, number.length,
                              nf9_number_read(&number, record));
}

bool nf9_column_add(const nf9_shown_column *shown, proto_tree *tree, tvbuff_t *tvb,
                    const uint8_t *record, int offset, nf9_run run)
{
    const uint8_t *octets = record + shown->offset;
    ws_in6_addr ipv6;
    uint32_t ipv4;

    offset += shown->offset;
    switch (shown->way) {
    case NF9_WAY_NUMBER:
        numbers_add(shown, tree, tvb, record, offset, run);
        return true;
    case NF9_WAY_IPV4:
        for (uint32_t i = 0; i < run.records; i++, octets += run.length, offset += run.length) {
            memcpy(&ipv4, octets, sizeof ipv4);
            proto_tree_add_ipv4(tree, shown->hf, tvb, offset, 4, ipv4);
        }
        return true;
    case NF9_WAY_IPV6:
        for (uint32_t i = 0; i < run.records; i++, octets += run.length, offset += run.length) {
            memcpy(ipv6.bytes, octets, sizeof ipv6.bytes);
            proto_tree_add_ipv6(tree, shown->hf, tvb, offset, 16, &ipv6);
        }
        return true;
    default:
        return false;
    }
}
