/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_fields.h: every field of a record as members of a JSON object.
 */
#ifndef NF9_PLUGIN_ROW_FIELDS_H
#define NF9_PLUGIN_ROW_FIELDS_H

#include "row_plan.h"

/* The members' names for one template, made once a FlowSet. */
typedef struct nf9_row_fields {
    const nf9_template *tmpl;
    GString *keys;    /* `,"name":` one after the other */
    GArray *ends;     /* size_t: where each ends */
    uint16_t *seen[2]; /* by type and scope type: how often; 0 between two calls */
} nf9_row_fields;

/* To be freed. */
void nf9_row_fields_new(nf9_row_fields *fields);
void nf9_row_fields_free(nf9_row_fields *fields);

/* As nf9_row_plan_set and nf9_row_plan_forget. */
void nf9_row_fields_set(nf9_row_fields *fields, const nf9_template *tmpl);
void nf9_row_fields_forget(nf9_row_fields *fields);

/* Writes the members: frame, record, time, exporter, source_id, template, then each field under
 * its name, the second of a name with "#2" behind it. */
void nf9_row_fields_write(const nf9_row_fields *fields, nf9_row_out *out,
                          const nf9_row_packet *packet, const nf9_record *record,
                          uint32_t ordinal);

#endif
