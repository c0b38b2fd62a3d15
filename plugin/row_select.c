/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_select.c: which records become rows.
 */
#include "row_select.h"
#include "record_filters.h"
#include "state.h"

void nf9_row_select_begin(nf9_row_select *select, const GPtrArray *filter, packet_info *pinfo,
                          const nf9_tap_packet *packet, const nf9_tap_flowset *flowset,
                          uint64_t *items)
{
    const GPtrArray *filters[] = { filter, nf9_record_filters() };
    const nf9_pdu pdu = { .tvb = packet->tvb,
                          .pinfo = pinfo,
                          .header = packet->header,
                          .verdict = &packet->verdict };
    const nf9_sieve_flowset in = { &flowset->flowset, flowset->records.tmpl,
                                   nf9_state_frame_of(flowset->defined), flowset->n_records };

    select->n = 0;
    for (size_t i = 0; i < array_length(filters); i++)
        if (filters[i] != NULL)
            nf9_sieve_open(&select->sieve[select->n++], filters[i], &pdu, &in, items);
}

void nf9_row_select_end(nf9_row_select *select)
{
    for (size_t i = 0; i < select->n; i++)
        nf9_sieve_close(&select->sieve[i]);
}

bool nf9_row_is_selected(nf9_row_select *select, const nf9_record *record, uint32_t ordinal)
{
    bool selected = true;

    for (size_t i = 0; selected && i < select->n; i++)
        selected = nf9_sieve_test(&select->sieve[i], record, ordinal, false) > 0;
    return selected;
}
