/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * table.c: a table in columns of text, or as JSON lines.
 */
#include "table.h"
#include <string.h>

#define MILLISECOND 1000000

void nf9_table_number(nf9_table_cell *cell, uint64_t number)
{
    cell->kind = NF9_TABLE_NUMBER;
    cell->number = number;
}

void nf9_table_text(nf9_table_cell *cell, const char *text)
{
    cell->kind = NF9_TABLE_TEXT;
    cell->text = text;
}

void nf9_table_format(nf9_table_cell *cell, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    g_vsnprintf(cell->buffer, sizeof cell->buffer, format, args);
    va_end(args);
    nf9_table_text(cell, cell->buffer);
}

void nf9_table_seconds(nf9_table_cell *cell, int64_t nanos)
{
    cell->kind = NF9_TABLE_SECONDS;
    cell->nanos = nanos;
}

void nf9_table_fill(const nf9_table *table, const void *row, nf9_table_cell *cells)
{
    for (size_t i = 0; i < table->n; i++) {
        cells[i].kind = NF9_TABLE_NONE;
        cells[i].suffix = NULL;
    }
    table->fill(row, cells);
}

static void put(nf9_row_out *out, const char *text)
{
    nf9_row_out_octets(out, text, strlen(text));
}

/* "2022-03-03 20:56:15.406" */
static void put_time(nf9_row_out *out, nf9_time time)
{
    char text[48];
    size_t n = nf9_time_print(time, 3, text, sizeof text);
    char *t = strchr(text, 'T');

    if (t != NULL)
        *t = ' ';
    nf9_row_out_octets(out, text, n - 1); /* without the Z */
}

void nf9_table_cell_write(nf9_row_out *out, const nf9_table_column *column,
                          const nf9_table_cell *cell)
{
    switch (cell->kind) {
    case NF9_TABLE_TEXT:
        put(out, cell->text);
        break;
    case NF9_TABLE_NUMBER:
        nf9_row_out_u64(out, cell->number);
        put(out, cell->suffix != NULL ? cell->suffix : "");
        break;
    case NF9_TABLE_SECONDS:
        nf9_row_out_seconds(out, cell->nanos / MILLISECOND * MILLISECOND);
        break;
    case NF9_TABLE_TIME:
        put_time(out, cell->time);
        break;
    default:
        put(out, column->none);
    }
}

static void put_value(nf9_row_out *out, const nf9_table_cell *cell)
{
    switch (cell->kind) {
    case NF9_TABLE_TEXT:
        nf9_row_out_string(out, cell->text, strlen(cell->text));
        break;
    case NF9_TABLE_NUMBER:
        nf9_row_out_u64(out, cell->number);
        break;
    case NF9_TABLE_SECONDS:
        nf9_row_out_seconds(out, cell->nanos);
        break;
    case NF9_TABLE_TIME:
        nf9_row_out_time(out, cell->time, 3);
        break;
    default:
        put(out, "true");
    }
}

static void write_json(const nf9_table *table, const nf9_table_cell *cells, nf9_row_out *out)
{
    char before = '{';

    for (size_t i = 0; i < table->n; i++) {
        const char *key = table->columns[i].key;
        if (key == NULL || cells[i].kind == NF9_TABLE_NONE)
            continue;
        nf9_row_out_char(out, before);
        nf9_row_out_string(out, key, strlen(key));
        nf9_row_out_char(out, ':');
        put_value(out, &cells[i]);
        before = ',';
    }
    put(out, "}\n");
}

static size_t width_of(nf9_row_out *out, const nf9_table_column *column,
                       const nf9_table_cell *cell)
{
    size_t before = out->len, width;

    nf9_table_cell_write(out, column, cell);
    width = out->len - before;
    out->len = before;
    return width;
}

/* Two blanks between columns, none at the end of a line. */
static void end_line(nf9_row_out *out, size_t begin)
{
    while (out->len > begin && out->text[out->len - 1] == ' ')
        out->len--;
    nf9_row_out_char(out, '\n');
}

static void pad(nf9_row_out *out, size_t to)
{
    while (out->len < to)
        nf9_row_out_char(out, ' ');
}

static void write_titles(const nf9_table *table, const size_t *widths, nf9_row_out *out)
{
    size_t begin = out->len, at = begin;

    for (size_t i = 0; i < table->n; i++)
        if (table->columns[i].title != NULL) {
            put(out, table->columns[i].title);
            pad(out, at += widths[i] + 2);
        }
    end_line(out, begin);
}

static void write_line(const nf9_table *table, const size_t *widths, const nf9_table_cell *cells,
                       nf9_row_out *out)
{
    size_t begin = out->len, at = begin;

    for (size_t i = 0; i < table->n; i++)
        if (table->columns[i].title != NULL) {
            nf9_table_cell_write(out, &table->columns[i], &cells[i]);
            pad(out, at += widths[i] + 2);
        }
    end_line(out, begin);
}

static void measure(const nf9_table *table, const nf9_table_cell *cells, size_t *widths,
                    nf9_row_out *out)
{
    for (size_t i = 0; i < table->n; i++)
        if (table->columns[i].title != NULL)
            widths[i] = MAX(widths[i], width_of(out, &table->columns[i], &cells[i]));
}

bool nf9_table_write(const nf9_table *table, nf9_counts *counts, nf9_row_out *out)
{
    GPtrArray *rows = table->rows(counts);
    nf9_table_cell cells[NF9_TABLE_COLUMNS_MAX];
    size_t widths[NF9_TABLE_COLUMNS_MAX] = { 0 };

    for (size_t i = 0; i < table->n; i++)
        if (table->columns[i].title != NULL)
            widths[i] = strlen(table->columns[i].title);
    for (unsigned i = 0; !out->json && i < rows->len; i++) {
        nf9_table_fill(table, rows->pdata[i], cells);
        measure(table, cells, widths, out);
    }
    if (!out->json)
        write_titles(table, widths, out);
    for (unsigned i = 0; i < rows->len; i++) {
        nf9_table_fill(table, rows->pdata[i], cells);
        if (out->json)
            write_json(table, cells, out);
        else
            write_line(table, widths, cells, out);
        if (!nf9_row_out_row_end(out))
            break;
    }
    g_ptr_array_free(rows, TRUE);
    return nf9_row_out_write(out);
}
