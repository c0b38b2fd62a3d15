/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_plan.h: chosen columns of records: found once a FlowSet, then read record by record.
 */
#ifndef NF9_PLUGIN_ROW_PLAN_H
#define NF9_PLUGIN_ROW_PLAN_H

#include "row_cell.h"
#include "row_out.h"
#include <epan/packet.h>

/* A packet whose records become rows. */
typedef struct nf9_row_packet {
    const nf9_header *header;
    uint32_t frame;
    nf9_time time; /* of the frame */
    const char *exporter;
} nf9_row_packet;

/* Where a template has a chosen column. */
typedef struct nf9_row_place {
    uint16_t column;   /* of a field; NF9_NO_COLUMN where the template has none */
    nf9_number number; /* where it is a number at a fixed place */
} nf9_row_place;

/* The plan for one template: it borrows the template and the cells. */
typedef struct nf9_row_plan {
    const nf9_template *tmpl;
    const nf9_cell *cells; /* n of them */
    size_t n;
    nf9_row_place *places;
    nf9_flow_plan flow; /* where a column needs it */
    nf9_cell_kind most; /* says how much of a flow is to be read */
} nf9_row_plan;

/* A plan for these columns; to be freed. */
void nf9_row_plan_new(nf9_row_plan *plan, const GArray *cells);
void nf9_row_plan_free(nf9_row_plan *plan);

/* Finds the columns in a template; does nothing where that is the one from before. */
void nf9_row_plan_set(nf9_row_plan *plan, const nf9_template *tmpl);

/* Forgets the template, which may be gone. */
void nf9_row_plan_forget(nf9_row_plan *plan);

/* Writes the cells of a record, separated by commas: CSV, or the members of a JSON object. */
void nf9_row_plan_write(const nf9_row_plan *plan, nf9_row_out *out, const nf9_row_packet *packet,
                        const nf9_record *record, uint32_t ordinal);

#endif
