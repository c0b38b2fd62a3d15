/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * counts.h: what the tables show: exporters, definitions of templates and data without one,
 * counted packet by packet.
 *
 * What is counted is what the dissector decided.  Memory grows with exporters and definitions,
 * not with packets.
 */
#ifndef NF9_PLUGIN_COUNTS_H
#define NF9_PLUGIN_COUNTS_H

#include "tap.h"
#include <nf9/value.h>

/* Objects are found by keys; one begins with its own. */
typedef struct nf9_counted_key {
    uint64_t high, low;
} nf9_counted_key;

/* An exporter's Source ID, whatever the ports and collectors.  Times are nanoseconds since the
 * capture began. */
typedef struct nf9_counted_exporter {
    nf9_counted_key key;
    address address;
    char *name;
    uint32_t source_id;
    uint64_t packets, flows, options;
    uint64_t lost; /* packets; records, where */
    bool lost_records;
    uint64_t duplicates, reordered, restarts;
    uint64_t undecoded_flowsets, undecoded; /* and their octets */
    int64_t first, last;
    nf9_time booted;    /* by the first packet, and by the first after a restart */
    uint64_t repeated;  /* announcements of templates again, */
    uint64_t intervals; /* and the sum of the times between */
} nf9_counted_exporter;

/* A definition of a template, or an ID that data used and nobody defined. */
typedef struct nf9_counted_template {
    nf9_counted_key key;
    const nf9_counted_exporter *exporter;
    nf9_when place;
    uint32_t frame; /* where it was announced first; 0: nobody defined it */
    uint16_t id, scopes, fields;
    bool options, variable;
    uint32_t octets;     /* of a record, at least */
    uint64_t announced, refreshed;
    int64_t first, last; /* announcements */
    uint32_t replaced;   /* the frame that redefined the ID, or 0 */
    uint64_t flowsets, records; /* that were decoded by it */
    uint64_t undecoded_flowsets, undecoded; /* that came before it, or had none; their octets */
} nf9_counted_template;

/* Data of an ID without a template, one after the other: no definition and no restart between. */
typedef struct nf9_counted_spell {
    nf9_source source;
    nf9_when place; /* of the last */
    uint32_t restarts;
    bool over;
    uint64_t flowsets, octets;
} nf9_counted_spell;

typedef struct nf9_counted_unknown {
    nf9_counted_template row; /* its undecoded data: in a table, what a second look leaves */
    GArray *spells;
} nf9_counted_unknown;

typedef struct nf9_counts {
    GHashTable *exporters; /* by exporter and Source ID */
    GHashTable *sources;   /* by conversation and Source ID */
    GHashTable *templates; /* by place */
    GHashTable *unknown;   /* nf9_counted_unknown, by source and ID */
    uint64_t left_out;     /* objects for which there was no room, once each time they were met */
    nf9_counted_exporter *changed_exporter; /* by the packet added last; NULL: none */
    GPtrArray *changed_templates;           /* nf9_counted_template, some perhaps twice */
} nf9_counts;

void nf9_counts_init(nf9_counts *counts);
void nf9_counts_free(nf9_counts *counts);

/* Forgets everything. */
void nf9_counts_clear(nf9_counts *counts);

void nf9_counts_add(nf9_counts *counts, const nf9_tap_packet *tap, const packet_info *pinfo);

/* The rows of a table, in their order; to be freed by g_ptr_array_free. The second asks which of
 * the data without a template a second look would decode, and gives it to that definition. */
GPtrArray *nf9_counts_exporters(nf9_counts *counts);
GPtrArray *nf9_counts_templates(nf9_counts *counts);

#endif
