/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * table_exporters.c: -z nf9,exporters: a row an exporter and Source ID.
 */
#include "table.h"

/* TITLE, key in JSON, kind, text of an empty cell. */
#define COLUMNS(X)                                                     \
    X(EXPORTER, "Exporter", "exporter", TEXT, "-")                     \
    X(SOURCE_ID, "Source ID", "source_id", NUMBER, "-")                \
    X(PACKETS, "Packets", "packets", NUMBER, "-")                      \
    X(FLOWS, "Flows", "flows", NUMBER, "-")                            \
    X(OPTIONS, "Options", "options", NUMBER, "-")                      \
    X(LOST, "Lost", "lost", NUMBER, "-")                               \
    X(LOST_UNIT, NULL, "lost_unit", TEXT, NULL)                        \
    X(DUPLICATES, "Dup", "duplicates", NUMBER, "-")                    \
    X(REORDERED, "Reord", "reordered", NUMBER, "-")                    \
    X(RESTARTS, "Restarts", "restarts", NUMBER, "-")                   \
    X(UNDECODED, "Undecoded", "undecoded_flowsets", NUMBER, "-")       \
    X(UNDECODED_OCTETS, NULL, "undecoded_octets", NUMBER, NULL)        \
    X(FIRST, "First", "first", SECONDS, "-")                           \
    X(LAST, "Last", "last", SECONDS, "-")                              \
    X(BOOTED, "Booted (UTC)", "booted", TIME, "-")                     \
    X(TEMPLATES_EVERY, "Templates every", "templates_every", SECONDS, "-")

NF9_TABLE_COLUMNS(COLUMNS)

static void fill(const void *row, nf9_table_cell *cells)
{
    const nf9_counted_exporter *e = (const nf9_counted_exporter *)row;

    nf9_table_text(&cells[EXPORTER], e->name);
    nf9_table_number(&cells[SOURCE_ID], e->source_id);
    nf9_table_number(&cells[PACKETS], e->packets);
    nf9_table_number(&cells[FLOWS], e->flows);
    nf9_table_number(&cells[OPTIONS], e->options);
    nf9_table_number(&cells[LOST], e->lost);
    if (e->lost_records) {
        cells[LOST].suffix = e->lost == 1 ? " record" : " records";
        nf9_table_text(&cells[LOST_UNIT], "records");
    } else {
        nf9_table_text(&cells[LOST_UNIT], "packets");
    }
    nf9_table_number(&cells[DUPLICATES], e->duplicates);
    nf9_table_number(&cells[REORDERED], e->reordered);
    nf9_table_number(&cells[RESTARTS], e->restarts);
    nf9_table_number(&cells[UNDECODED], e->undecoded_flowsets);
    nf9_table_number(&cells[UNDECODED_OCTETS], e->undecoded);
    nf9_table_seconds(&cells[FIRST], e->first);
    nf9_table_seconds(&cells[LAST], e->last);
    cells[BOOTED].kind = NF9_TABLE_TIME;
    cells[BOOTED].time = e->booted;
    if (e->repeated > 0)
        nf9_table_seconds(&cells[TEMPLATES_EVERY],
                          (int64_t)e->intervals / (int64_t)e->repeated);
}

static GPtrArray *changed(nf9_counts *counts)
{
    GPtrArray *rows = g_ptr_array_new();

    if (counts->changed_exporter != NULL)
        g_ptr_array_add(rows, counts->changed_exporter);
    return rows;
}

const nf9_table nf9_table_exporters = {
    .name = "nf9,exporters",
    .title = "NetFlow v9 Exporters",
    .columns = columns,
    .n = N_COLUMNS,
    .rows = nf9_counts_exporters,
    .changed = changed,
    .fill = fill,
};
