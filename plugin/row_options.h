/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_options.h: what stands behind "-z nf9,records".
 */
#ifndef NF9_PLUGIN_ROW_OPTIONS_H
#define NF9_PLUGIN_ROW_OPTIONS_H

#include "record_filter.h"
#include "row_cell.h"

typedef struct nf9_row_options {
    bool json;
    bool options; /* Options Data Records in place of flows */
    char *to;     /* a file's name; NULL: standard output */
    GArray *cells; /* nf9_cell; none: JSON with every field */
    GPtrArray *filter; /* one nf9_record_filter, which says which records; NULL: all */
} nf9_row_options;

/* Reads ",json,options,fields=NAME+NAME,to=FILE", each at most once, in any order; "" is fine.
 * What is none of these begins the filter, which is the rest of the text, commas included.
 * NULL, and *options to be freed; or what is wrong, and what is accepted, to be freed. */
char *nf9_row_options_parse(nf9_row_options *options, const char *text);

void nf9_row_options_free(nf9_row_options *options);

#endif
