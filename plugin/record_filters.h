/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * record_filters.h: the table of record filters (UAT nf9_record_filters), and what becomes of the
 * records that match.
 */
#ifndef NF9_PLUGIN_RECORD_FILTERS_H
#define NF9_PLUGIN_RECORD_FILTERS_H

#include "record_sieve.h"
#include <epan/prefs.h>

void nf9_record_filters_register(int proto, module_t *module);

/* The table's filters, none of which is empty; NULL where the table is. */
const GPtrArray *nf9_record_filters(void);

/* Whether the records that none of them matches are left out of the tree. */
bool nf9_record_filters_hide(void);

/* Whether there are filters, and anybody asks which records match. */
bool nf9_record_match_is_wanted(proto_tree *tree);

/* Adds nf9.record.match: the number of the filter that matched, from 1. */
void nf9_record_match_add(const nf9_pdu *pdu, proto_tree *tree, const nf9_record *record,
                          unsigned match);

#endif
