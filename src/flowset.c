/* SPDX-License-Identifier: MIT
 *
 * flowset.c: the packet header and the walk over the FlowSets (RFC 3954 sections 5.1 to 5.3).
 */
#include "be.h"
#include <nf9/decode.h>

static nf9_status fail(nf9_packet_iter *it, nf9_status code, size_t need, uint16_t flowset_id)
{
    size_t have = it->packet.len - it->pos;

    it->error = (nf9_error){ code, it->pos, need, have, flowset_id };
    it->tail = (nf9_bytes){ it->packet.data + it->pos, have };
    return code;
}

nf9_status nf9_packet_open(nf9_packet_iter *it, nf9_bytes packet, nf9_header *header)
{
    static const uint8_t nothing[1] = { 0 };
    const uint8_t *p = packet.len > 0 ? packet.data : nothing;

    *it = (nf9_packet_iter){ .packet = { p, packet.len } };
    if (packet.len >= 2 && nf9_be16(p) != NF9_VERSION_9)
        return fail(it, NF9_ERR_VERSION, NF9_HEADER_LENGTH, 0);
    if (packet.len < NF9_HEADER_LENGTH)
        return fail(it, NF9_ERR_TRUNCATED, NF9_HEADER_LENGTH, 0);
    header->version = NF9_VERSION_9;
    header->count = nf9_be16(p + 2);
    header->sys_uptime = nf9_be32(p + 4);
    header->unix_secs = nf9_be32(p + 8);
    header->sequence = nf9_be32(p + 12);
    header->source_id = nf9_be32(p + 16);
    it->pos = NF9_HEADER_LENGTH;
    return NF9_OK;
}

nf9_status nf9_flowset_next(nf9_packet_iter *it, nf9_flowset *flowset)
{
    const uint8_t *p = it->packet.data + it->pos;
    size_t left = it->packet.len - it->pos;

    if (it->error.code != NF9_OK)
        return it->error.code;
    if (left == 0)
        return NF9_END;
    /* No FlowSet begins with zero octets only: exporters fill up with them. */
    if (p[0] == 0 && p[left > 3 ? 3 : left - 1] == 0 &&
        nf9_bytes_trim((nf9_bytes){ p, left }).len == 0) {
        it->tail = (nf9_bytes){ p, left };
        it->pos = it->packet.len; /* not read again, where the octets are no longer there */
        return NF9_END;
    }
    if (left < NF9_FLOWSET_HEADER_LENGTH)
        return fail(it, NF9_ERR_TRUNCATED, NF9_FLOWSET_HEADER_LENGTH, 0);

    uint16_t id = nf9_be16(p), length = nf9_be16(p + 2);
    if (length < NF9_FLOWSET_HEADER_LENGTH)
        return fail(it, NF9_ERR_LENGTH, NF9_FLOWSET_HEADER_LENGTH, id);
    size_t there = length < left ? length : left;
    *flowset = (nf9_flowset){
        .id = id,
        .length = length,
        .index = it->index++,
        .offset = it->pos,
        .body = { p + NF9_FLOWSET_HEADER_LENGTH, there - NF9_FLOWSET_HEADER_LENGTH },
        .missing = length - there,
    };
    it->pos += there;
    return NF9_OK;
}

const nf9_error *nf9_flowset_error(const nf9_packet_iter *it)
{
    return &it->error;
}

nf9_flowset_kind nf9_flowset_kind_of(uint16_t flowset_id)
{
    if (flowset_id == 0)
        return NF9_FLOWSET_TEMPLATES;
    if (flowset_id == 1)
        return NF9_FLOWSET_OPTIONS_TEMPLATES;
    return flowset_id < NF9_MIN_TEMPLATE_ID ? NF9_FLOWSET_RESERVED : NF9_FLOWSET_DATA;
}
