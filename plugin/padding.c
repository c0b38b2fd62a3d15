/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * padding.c: whether short records at a FlowSet's end are padding.
 */
#include "padding.h"
#include "records.h"

/* Counts the packet's records; false where one of its FlowSets cannot be decoded. */
static bool count_packet(const nf9_pdu *pdu, nf9_doubt *doubt)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset flowset;
    nf9_status st = nf9_packet_open(&it, pdu->bytes, &header);

    while (st == NF9_OK && (st = nf9_flowset_next(&it, &flowset)) == NF9_OK) {
        nf9_template_iter ti;
        nf9_template_record record;
        nf9_record_iter ri;
        nf9_definition found;
        switch (nf9_flowset_kind_of(flowset.id)) {
        case NF9_FLOWSET_DATA:
            if (nf9_template_in_force(pdu, &flowset, &found) == NF9_MATCH_NONE)
                return false;
            nf9_records_open(&ri, &flowset, found.tmpl);
            nf9_doubt_add(doubt, &ri);
            break;
        case NF9_FLOWSET_RESERVED:
            break;
        default:
            nf9_templates_open(&ti, &flowset);
            while (nf9_template_next(&ti, &record) == NF9_OK)
                doubt->records++;
        }
    }
    return st == NF9_END;
}

uint32_t nf9_padding_records(nf9_pdu *pdu, const nf9_record_iter *it)
{
    uint32_t doubtful = nf9_records_doubtful(it);

    if (doubtful == 0)
        return 0;
    if (pdu->counted == 0) /* once a packet, and only for the rare one that has doubts */
        pdu->counted = count_packet(pdu, &pdu->doubt) ? 1 : -1;
    return pdu->counted < 0 ? 0 : nf9_doubt_settle(&pdu->doubt, pdu->header.count, doubtful);
}
