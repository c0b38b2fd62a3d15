/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_select.h: which records become rows: those that the option's filter selects, and of these
 * what the table of record filters does, where there is any.
 */
#ifndef NF9_PLUGIN_ROW_SELECT_H
#define NF9_PLUGIN_ROW_SELECT_H

#include "record_sieve.h"
#include "tap.h"

typedef struct nf9_row_select {
    nf9_sieve sieve[2];
    size_t n;
} nf9_row_select;

/* For the records of one FlowSet; everything is borrowed, the filter may be NULL.  What it takes to
 * look at them, in items, is added to *items.  To be ended. */
void nf9_row_select_begin(nf9_row_select *select, const GPtrArray *filter, packet_info *pinfo,
                          const nf9_tap_packet *packet, const nf9_tap_flowset *flowset,
                          uint64_t *items);
void nf9_row_select_end(nf9_row_select *select);

/* Of the ordinal-th record of the packet. */
bool nf9_row_is_selected(nf9_row_select *select, const nf9_record *record, uint32_t ordinal);

#endif
