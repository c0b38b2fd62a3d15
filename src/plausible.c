/* SPDX-License-Identifier: MIT
 *
 * plausible.c: whether octets from an unknown port are an Export Packet.
 */
#include <nf9/decode.h>

/* 2000-01-01: no exporter's clock that is set at all is before. */
#define EARLIEST 946684800u

static bool templates_plausible(const nf9_flowset *flowset)
{
    nf9_template_iter it;
    nf9_template_record record;
    size_t n = 0;

    nf9_templates_open(&it, flowset);
    while (nf9_template_next(&it, &record) == NF9_OK) {
        if (record.fault != NF9_OK && !(record.fault == NF9_ERR_OVERRUN && flowset->missing > 0))
            return false;
        n++;
    }
    return n > 0;
}

static bool flowset_plausible(const nf9_flowset *flowset, size_t length)
{
    /* beyond what was captured, but not beyond what was sent */
    if (flowset->missing > 0 && flowset->offset + flowset->length > length)
        return false;
    switch (nf9_flowset_kind_of(flowset->id)) {
    case NF9_FLOWSET_RESERVED:
        return false;
    case NF9_FLOWSET_DATA:
        return flowset->length > NF9_FLOWSET_HEADER_LENGTH;
    default:
        return templates_plausible(flowset);
    }
}

bool nf9_packet_plausible(nf9_bytes packet, size_t length)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset flowset;
    nf9_status st = nf9_packet_open(&it, packet, &header);

    if (st != NF9_OK || header.unix_secs < EARLIEST || header.count == 0 ||
        header.count > length)
        return false;
    while ((st = nf9_flowset_next(&it, &flowset)) == NF9_OK)
        if (!flowset_plausible(&flowset, length))
            return false;
    return st == NF9_END && it.index > 0;
}
