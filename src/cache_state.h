/* SPDX-License-Identifier: MIT
 *
 * cache_state.h: what a cache holds. Private.
 */
#ifndef NF9_CACHE_STATE_H
#define NF9_CACHE_STATE_H

#include "history.h"

struct nf9_cache {
    nf9_table table;
    size_t n_definitions;
    nf9_when last_restart; /* the latest of all sources'; zeroed: none */
};

#endif
