/* SPDX-License-Identifier: MIT
 *
 * ledger.h: an allocator that keeps count of what it gave, and fails when told.
 */
#ifndef NF9_TEST_LEDGER_H
#define NF9_TEST_LEDGER_H

#include <nf9/cache.h>

typedef struct ledger {
    size_t asked;   /* allocations asked for */
    size_t fail_at; /* the one that fails, from 1; 0 none */
    bool fail_all;  /* and all that follow it */
    size_t failed;  /* allocations that failed */
    size_t blocks;  /* given and not given back */
    size_t octets;  /* in them */
} ledger;

/* The allocator; the ledger must outlive it. */
nf9_allocator ledger_allocator(ledger *book);

#endif
