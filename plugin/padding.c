/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * padding.c: whether short records at a FlowSet's end are padding.
 */
#include "padding.h"
#include "state.h"

uint32_t nf9_padding_records(nf9_pdu *pdu, const nf9_record_iter *it)
{
    uint32_t doubtful = nf9_records_doubtful(it);

    if (doubtful == 0)
        return 0;
    if (pdu->counted == 0) /* once a packet, and only for the rare one that has doubts */
        pdu->counted = nf9_doubt_packet(&pdu->doubt, nf9_state_cache(), pdu->source, pdu->bytes,
                                        pdu->place, nf9_state_second_look(pdu->pinfo))
                           ? 1
                           : -1;
    return pdu->counted < 0 ? 0 : nf9_doubt_settle(&pdu->doubt, pdu->header.count, doubtful);
}
