/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * record_filter.h: a display filter over the fields of one record.
 */
#ifndef NF9_PLUGIN_RECORD_FILTER_H
#define NF9_PLUGIN_RECORD_FILTER_H

#include "ws_compat.h"
#include <epan/dfilter/dfilter.h>

typedef struct nf9_record_filter {
    char *text;
    dfilter_t *code;
    GPtrArray *fields; /* header_field_info: what the filter names */
} nf9_record_filter;

/* Compiles a filter.  NULL, and *filter to be freed; or what is wrong, to be freed: Wireshark's own
 * words where it does not compile, ours where it names what a record does not have. */
char *nf9_record_filter_new(nf9_record_filter **filter, const char *text);

/* NULL is fine; a GDestroyNotify. */
void nf9_record_filter_free(gpointer filter);

#endif
