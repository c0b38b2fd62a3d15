/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * table_templates.c: -z nf9,templates: a row a definition, and one for an ID without any.
 */
#include "table.h"

/* TITLE, key in JSON, kind, text of an empty cell. */
#define COLUMNS(X)                                                     \
    X(EXPORTER, "Exporter", "exporter", TEXT, "-")                     \
    X(SOURCE_ID, "Source ID", "source_id", NUMBER, "-")                \
    X(ID, "ID", "id", NUMBER, "-")                                     \
    X(KIND, "Kind", "kind", TEXT, "-")                                 \
    X(FIELDS_TEXT, "Fields", NULL, TEXT, "-")                          \
    X(SCOPES, NULL, "scopes", NUMBER, NULL)                            \
    X(FIELDS, NULL, "fields", NUMBER, NULL)                            \
    X(OCTETS, "Octets", "octets", NUMBER, "-")                         \
    X(VARIABLE, NULL, "variable", TRUE, NULL)                          \
    X(DEFINED, "Defined", "defined", NUMBER, "never")                  \
    X(REFRESHED, "Refreshed", "refreshed", NUMBER, "-")                \
    X(INTERVAL, "Interval", "interval", SECONDS, "-")                  \
    X(REPLACED, "Replaced", "replaced", NUMBER, "-")                   \
    X(RECORDS, "Records", "records", NUMBER, "-")                      \
    X(UNDECODED_FLOWSETS, NULL, "undecoded_flowsets", NUMBER, NULL)    \
    X(UNDECODED_OCTETS, NULL, "undecoded_octets", NUMBER, NULL)        \
    X(NOTE, "Note", "note", TEXT, "")

NF9_TABLE_COLUMNS(COLUMNS)

static void fill_definition(const nf9_counted_template *t, nf9_table_cell *cells)
{
    nf9_table_text(&cells[KIND], t->options ? "options" : "data");
    if (t->options) {
        nf9_table_format(&cells[FIELDS_TEXT], "%u+%u", t->scopes, t->fields);
        nf9_table_number(&cells[SCOPES], t->scopes);
    } else {
        nf9_table_format(&cells[FIELDS_TEXT], "%u", t->fields);
    }
    nf9_table_number(&cells[FIELDS], t->fields);
    nf9_table_number(&cells[OCTETS], t->octets);
    if (t->variable) {
        cells[OCTETS].suffix = "+";
        cells[VARIABLE].kind = NF9_TABLE_TRUE;
    }
    nf9_table_number(&cells[DEFINED], t->frame);
    nf9_table_number(&cells[REFRESHED], t->refreshed);
    if (t->announced > 1)
        nf9_table_seconds(&cells[INTERVAL], (t->last - t->first) / (int64_t)(t->announced - 1));
    if (t->replaced != 0)
        nf9_table_number(&cells[REPLACED], t->replaced);
    nf9_table_number(&cells[RECORDS], t->records);
    if (t->flowsets == 0 && t->undecoded_flowsets == 0)
        nf9_table_text(&cells[NOTE], "never used");
}

static void fill(const void *row, nf9_table_cell *cells)
{
    const nf9_counted_template *t = (const nf9_counted_template *)row;

    nf9_table_text(&cells[EXPORTER], t->exporter->name);
    nf9_table_number(&cells[SOURCE_ID], t->exporter->source_id);
    nf9_table_number(&cells[ID], t->id);
    if (t->frame != 0)
        fill_definition(t, cells);
    if (t->undecoded_flowsets == 0)
        return;
    nf9_table_number(&cells[UNDECODED_FLOWSETS], t->undecoded_flowsets);
    nf9_table_number(&cells[UNDECODED_OCTETS], t->undecoded);
    nf9_table_format(&cells[NOTE], "%" PRIu64 " FlowSet%s (%" PRIu64 " octet%s) %s",
                     t->undecoded_flowsets, t->undecoded_flowsets == 1 ? "" : "s",
                     t->undecoded, t->undecoded == 1 ? "" : "s",
                     t->frame != 0 ? "came before it; use -2" : "undecoded");
}

static GPtrArray *changed(nf9_counts *counts)
{
    return g_ptr_array_ref(counts->changed_templates);
}

const nf9_table nf9_table_templates = {
    .name = "nf9,templates",
    .title = "NetFlow v9 Templates",
    .columns = columns,
    .n = N_COLUMNS,
    .rows = nf9_counts_templates,
    .changed = changed,
    .fill = fill,
};
