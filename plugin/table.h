/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * table.h: a table of what was counted: in columns of text, as JSON lines, or in a window.
 */
#ifndef NF9_PLUGIN_TABLE_H
#define NF9_PLUGIN_TABLE_H

#include "counts.h"
#include "row_out.h"

typedef enum nf9_table_kind {
    NF9_TABLE_NONE, /* there is nothing */
    NF9_TABLE_TEXT,
    NF9_TABLE_NUMBER,
    NF9_TABLE_SECONDS,
    NF9_TABLE_TIME,
    NF9_TABLE_TRUE /* for JSON */
} nf9_table_kind;

typedef struct nf9_table_cell {
    nf9_table_kind kind;
    uint64_t number;
    int64_t nanos; /* of seconds */
    nf9_time time;
    const char *text;   /* borrowed: from the row, `buffer`, or static */
    const char *suffix; /* behind a number, in text; NULL: nothing */
    char buffer[96];
} nf9_table_cell;

typedef struct nf9_table_column {
    const char *title; /* NULL: for JSON only */
    const char *key;   /* in JSON; NULL: not there */
    nf9_table_kind kind; /* of its cells that are not empty */
    const char *none;  /* the text of an empty cell */
} nf9_table_column;

#define NF9_TABLE_COLUMNS_MAX 24

/* The columns of a table from its X(NAME, title, key, kind, none): enumerators NAME, N_COLUMNS, and
 * `columns`. */
#define NF9_TABLE_COLUMN_NAME(NAME, title, key, kind, none) NAME,
#define NF9_TABLE_COLUMN(NAME, title, key, kind, none) { title, key, NF9_TABLE_##kind, none },
#define NF9_TABLE_COLUMNS(COLUMNS)                       \
    enum { COLUMNS(NF9_TABLE_COLUMN_NAME) N_COLUMNS };   \
    static const nf9_table_column columns[N_COLUMNS] = { COLUMNS(NF9_TABLE_COLUMN) };

typedef struct nf9_table {
    const char *name;  /* -z NAME */
    const char *title; /* in Wireshark's menu */
    const nf9_table_column *columns; /* n of them */
    size_t n;
    GPtrArray *(*rows)(nf9_counts *counts);
    /* Those that the last packet changed, some perhaps twice; g_ptr_array_unref frees. */
    GPtrArray *(*changed)(nf9_counts *counts);
    void (*fill)(const void *row, nf9_table_cell *cells); /* which are empty */
} nf9_table;

extern const nf9_table nf9_table_templates, nf9_table_exporters;

/* Fills in the cells of a row. */
void nf9_table_fill(const nf9_table *table, const void *row, nf9_table_cell *cells);

/* Writes the whole table; false where that failed. */
bool nf9_table_write(const nf9_table *table, nf9_counts *counts, nf9_row_out *out);

/* What a cell is as text, "-" and the like where it is empty. */
void nf9_table_cell_write(nf9_row_out *out, const nf9_table_column *column,
                          const nf9_table_cell *cell);

void nf9_table_number(nf9_table_cell *cell, uint64_t number);
void nf9_table_text(nf9_table_cell *cell, const char *text);
void nf9_table_format(nf9_table_cell *cell, const char *format, ...) G_GNUC_PRINTF(2, 3);
void nf9_table_seconds(nf9_table_cell *cell, int64_t nanos);

/* Registers the tables, -z for tshark and menu entries for Wireshark. */
void nf9_tables_register(void);
void nf9_table_stat_register(const nf9_table *table);
void nf9_table_window_register(const nf9_table *table);

#endif
