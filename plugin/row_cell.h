/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_cell.h: the columns that a row can have, by their names.
 */
#ifndef NF9_PLUGIN_ROW_CELL_H
#define NF9_PLUGIN_ROW_CELL_H

#include "ws_compat.h"
#include <nf9/flow.h>

/* NAME, the column's name, whether it is a display field's too (behind "nf9."), whether CSV has it
 * where nobody chooses: then in this order; and the type of which it is a shorter name, or 0. */
#define NF9_ROW_CELLS(X)                                          \
    X(FRAME, "frame", false, true, 0)                             \
    X(RECORD, "record", true, true, 0)                            \
    X(TIME, "time", false, true, 0)                               \
    X(EXPORTER, "exporter", false, true, 0)                       \
    X(SOURCE_ID, "source_id", true, true, 0)                      \
    X(TEMPLATE, "template", false, true, 0)                       \
    X(FLOW_START, "start", false, true, 0)                        \
    X(FLOW_END, "end", false, true, 0)                            \
    X(PROTO, "proto", false, true, 0)                             \
    X(SRC, "src", false, true, 0)                                 \
    X(SPORT, "sport", false, true, 0)                             \
    X(DST, "dst", false, true, 0)                                 \
    X(DPORT, "dport", false, true, 0)                             \
    X(PACKETS, "packets", false, true, 0)                         \
    X(BYTES, "bytes", false, true, 0)                             \
    X(TCP_FLAGS, "tcp_flags", true, true, 0)                      \
    X(FIELD, "in_if", false, true, NF9_FT_INPUT_SNMP)             \
    X(FIELD, "out_if", false, true, NF9_FT_OUTPUT_SNMP)           \
    X(FLOW, "flow", true, false, 0)                               \
    X(FLOW_START, "flow_start", true, false, 0)                   \
    X(FLOW_END, "flow_end", true, false, 0)                       \
    X(FLOW_DURATION, "flow_duration", true, false, 0)             \
    X(EVENT_TIME, "event_time", true, false, 0)                   \
    X(ICMP_TYPE, "icmp.msg_type", true, false, 0)                 \
    X(ICMP_CODE, "icmp.msg_code", true, false, 0)                 \
    X(FLOWSET_ID, "flowset.id", true, false, 0)                   \
    X(VERSION, "version", true, false, 0)                         \
    X(COUNT, "count", true, false, 0)                             \
    X(SYS_UPTIME, "sys_uptime", true, false, 0)                   \
    X(UNIX_SECS, "unix_secs", true, false, 0)                     \
    X(SEQUENCE, "sequence", true, false, 0)                       \
    X(EXPORT_TIME, "export_time", true, false, 0)

typedef enum nf9_cell_kind {
    NF9_CELL_FIELD, /* a field of the record, or a part of one */
    NF9_CELL_FRAME,
    NF9_CELL_RECORD,
    NF9_CELL_TIME,
    NF9_CELL_EXPORTER,
    NF9_CELL_SOURCE_ID,
    NF9_CELL_TEMPLATE,
    NF9_CELL_FLOWSET_ID = NF9_CELL_TEMPLATE,
    NF9_CELL_VERSION,
    NF9_CELL_COUNT,
    NF9_CELL_SYS_UPTIME,
    NF9_CELL_UNIX_SECS,
    NF9_CELL_SEQUENCE,
    NF9_CELL_EXPORT_TIME,
    NF9_CELL_PROTO, /* from here on the flow's roles are looked for */
    NF9_CELL_SPORT,
    NF9_CELL_DPORT,
    NF9_CELL_PACKETS,
    NF9_CELL_BYTES,
    NF9_CELL_TCP_FLAGS,
    NF9_CELL_FLOW_START, /* from here on the flow is read: its times ... */
    NF9_CELL_FLOW_END,
    NF9_CELL_FLOW_DURATION,
    NF9_CELL_EVENT_TIME,
    NF9_CELL_SRC, /* ... and from here on all of it */
    NF9_CELL_DST,
    NF9_CELL_ICMP_TYPE,
    NF9_CELL_ICMP_CODE,
    NF9_CELL_FLOW
} nf9_cell_kind;

/* One column. */
typedef struct nf9_cell {
    nf9_cell_kind kind;
    char *name;      /* as it stands in the header */
    bool scope;      /* of NF9_CELL_FIELD: the type is a scope type */
    uint16_t type;
    unsigned nth;    /* which field of this type, from 0 */
    const nf9_part_info *part; /* which part of it; NULL: all */
} nf9_cell;

/* Finds a column by its name: one of those above, or a field's as nf9_field_by_name knows it, its
 * scope, its part ("tcp_flags.syn"), its second occurrence ("in_bytes#2"); display fields with
 * or without "nf9.".  False where there is none.  cell->name is to be freed. */
bool nf9_cell_find(nf9_cell *cell, const char *name);

/* Appends the columns that CSV has where nobody chooses. */
void nf9_cells_default(GArray *cells);

#endif
