/* SPDX-License-Identifier: MIT
 *
 * rewrite.h: a packet decoded and written again, from values wherever a value says all.
 */
#ifndef NF9_TEST_REWRITE_H
#define NF9_TEST_REWRITE_H

#include <nf9/nf9.h>

/* Octets of what was written. */
typedef struct rewritten {
    size_t structure; /* header, FlowSet headers, Template Records */
    size_t values;    /* put as numbers, addresses, text, times */
    size_t octets;    /* put by their octets: of no kind, or of more than their value */
    size_t padding;   /* and what lies behind the last FlowSet */
    size_t undecoded; /* FlowSets without a definition, or reserved */
} rewritten;

/* Writes a packet again, by the definitions in force at its place; adds up in *sum. */
nf9_status rewrite(nf9_writer *w, const nf9_cache *cache, nf9_source source, uint64_t number,
                   nf9_bytes packet, rewritten *sum);

#endif
