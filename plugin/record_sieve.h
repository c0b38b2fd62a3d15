/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * record_sieve.h: record filters at work: which of them matches a record.
 *
 * A display filter looks at a tree.  Each record is put into a tree of its own, with its packet's
 * header and what is made of both, and nothing in it that no filter names.
 */
#ifndef NF9_PLUGIN_RECORD_SIEVE_H
#define NF9_PLUGIN_RECORD_SIEVE_H

#include "record_filter.h"
#include "record_tree.h"

/* A Data FlowSet: how its records are read, and what is shown beside them. */
typedef struct nf9_sieve_flowset {
    const nf9_flowset *flowset;
    const nf9_template *tmpl;
    uint32_t template_frame, records;
} nf9_sieve_flowset;

typedef struct nf9_sieve {
    const GPtrArray *filters; /* nf9_record_filter */
    packet_info *pinfo;
    wmem_array_t *held; /* what others ask for of nf9's fields */
    nf9_sieve_flowset in;
    nf9_pdu pdu;  /* the packet, as each of the small trees has it */
    nf9_record_adder adder;
    bool ready; /* the adder is, for these filters */
    uint64_t *items;
} nf9_sieve;

/* For the records of one FlowSet of a packet, of which pdu->tvb, pinfo, header and verdict are
 * looked at; all is borrowed.  The items of the small trees are added to *items.  To be closed. */
void nf9_sieve_open(nf9_sieve *sieve, const GPtrArray *filters, const nf9_pdu *pdu,
                    const nf9_sieve_flowset *in, uint64_t *items);
void nf9_sieve_close(nf9_sieve *sieve);

/* The number, from 1, of the first filter that matches this record, the ordinal-th of the packet,
 * or what there is of one that is cut short; 0 where none does. */
unsigned nf9_sieve_test(nf9_sieve *sieve, const nf9_record *record, uint32_t ordinal, bool cut);

#endif
