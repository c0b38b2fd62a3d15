/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * info.h: what a packet holds, summed up for the Info column.
 */
#ifndef NF9_PLUGIN_INFO_H
#define NF9_PLUGIN_INFO_H

#include "ws_compat.h"
#include <epan/packet.h>
#include <nf9/decode.h>

/* Template IDs in any order. Zeroed: empty. */
typedef struct nf9_ids {
    uint16_t *id;
    size_t n, cap;
} nf9_ids;

void nf9_ids_add(wmem_allocator_t *pool, nf9_ids *ids, uint16_t id);

/* "256-268" or "1024, 2048": sorted, each once, runs joined. */
const char *nf9_ids_text(wmem_allocator_t *pool, const nf9_ids *ids);

typedef struct nf9_info {
    wmem_strbuf_t *problems; /* "[...] " each; NULL where there is none */
    nf9_ids templates, options_templates;
    nf9_ids flow_ids, options_ids, undecoded_ids, redefined_ids;
    uint32_t flows, options;
    uint32_t elsewhere; /* a frame whose template was borrowed or came late, 0: none */
    size_t undecoded; /* octets without a template */
    bool incomplete;  /* a FlowSet was not read to its end: reserved, or not there as a whole */
    uint32_t flowsets, template_records;
} nf9_info;

/* Says a problem at the line's beginning, in brackets. */
void nf9_info_problem(wmem_allocator_t *pool, nf9_info *info, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* "14 flows" or "1 options": options are never called flows. */
const char *nf9_records_text(wmem_allocator_t *pool, const nf9_template *tmpl, uint32_t n);

/* Writes the Info column: problems first. */
void nf9_info_column(packet_info *pinfo, const nf9_header *header, const nf9_info *info);

#endif
