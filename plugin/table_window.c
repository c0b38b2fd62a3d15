/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * table_window.c: a table in Wireshark's Statistics menu (and in sharkd).
 *
 * A dialog reads the packets again and then shows what is there: a row is up to date after each
 * packet.  Dialogs of one table share it.  What a dialog shows points into rows, which are kept
 * therefore when a table is emptied.
 */
#include "table.h"
#include <epan/stat_tap_ui.h>
#include <epan/tap.h>

typedef struct window {
    const nf9_table *table;
    stat_tap_table_ui ui;
    stat_tap_table_item items[NF9_TABLE_COLUMNS_MAX];
    size_t shown[NF9_TABLE_COLUMNS_MAX]; /* columns, of the table's */
    nf9_counts counts;
    GHashTable *positions; /* of rows, from 1 */
    GPtrArray *spare;      /* rows of an emptied table */
    nf9_row_out text;      /* of a cell */
} window;

#define WINDOWS_MAX 4

static window windows[WINDOWS_MAX];
static size_t n_windows;

static window *window_of_title(const char *title)
{
    for (size_t i = 0; i < n_windows; i++)
        if (strcmp(windows[i].table->title, title) == 0)
            return &windows[i];
    return NULL;
}

static void forget(window *w)
{
    nf9_counts_clear(&w->counts);
    g_hash_table_remove_all(w->positions);
}

static void item_clear(stat_tap_table_item_type *item)
{
    if (item->type == TABLE_ITEM_STRING)
        g_free((char *)(uintptr_t)item->value.string_value);
    *item = (stat_tap_table_item_type){ .type = TABLE_ITEM_NONE };
}

/* Text behind a number ("143 records") is for print. */
static void item_set(window *w, stat_tap_table_item_type *item, const nf9_table_column *column,
                     const nf9_table_cell *cell)
{
    item_clear(item);
    if (cell->kind == NF9_TABLE_NUMBER) {
        item->type = TABLE_ITEM_UINT;
        item->value.uint_value = (guint)MIN(cell->number, G_MAXUINT);
    } else if (cell->kind == NF9_TABLE_SECONDS) {
        item->type = TABLE_ITEM_FLOAT;
        item->value.float_value = (double)cell->nanos / 1e9;
    } else if (column->kind == NF9_TABLE_TEXT || column->kind == NF9_TABLE_TIME) {
        w->text.len = 0;
        nf9_table_cell_write(&w->text, column, cell);
        nf9_row_out_char(&w->text, '\0');
        item->type = TABLE_ITEM_STRING;
        item->value.string_value = g_strdup(w->text.text);
    } /* else nothing: items of one column are of one type, by which they are sorted */
}

static stat_tap_table_item_type *row_new(window *w, stat_tap_table *shown)
{
    stat_tap_table_item_type *row =
        w->spare->len > 0
            ? (stat_tap_table_item_type *)g_ptr_array_steal_index_fast(w->spare,
                                                                       w->spare->len - 1)
            : g_new0(stat_tap_table_item_type, shown->num_fields);

    shown->elements = g_renew(stat_tap_table_item_type *, shown->elements,
                              shown->num_elements + 1);
    shown->elements[shown->num_elements++] = row;
    return row;
}

static stat_tap_table_item_type *row_of(window *w, stat_tap_table *shown, void *counted)
{
    guint position = GPOINTER_TO_UINT(g_hash_table_lookup(w->positions, counted));
    stat_tap_table_item_type *row;

    if (position > 0)
        return shown->elements[position - 1];
    row = row_new(w, shown);
    g_hash_table_insert(w->positions, counted, GUINT_TO_POINTER(shown->num_elements));
    return row;
}

static tap_packet_status window_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                       const void *queued, tap_flags_t flags)
{
    stat_tap_table_ui *ui = ((stat_data_t *)data)->stat_tap_data;
    stat_tap_table *shown = g_array_index(ui->tables, stat_tap_table *, 0);
    window *w = window_of_title(ui->title);
    nf9_table_cell cells[NF9_TABLE_COLUMNS_MAX];
    GPtrArray *changed;

    nf9_counts_add(&w->counts, (const nf9_tap_packet *)queued, pinfo);
    changed = w->table->changed(&w->counts);
    for (unsigned i = 0; i < changed->len; i++) {
        stat_tap_table_item_type *row = row_of(w, shown, changed->pdata[i]);
        nf9_table_fill(w->table, changed->pdata[i], cells);
        for (size_t k = 0; k < ui->nfields; k++)
            item_set(w, &row[k], &w->table->columns[w->shown[k]], &cells[w->shown[k]]);
    }
    g_ptr_array_unref(changed);
    return TAP_PACKET_REDRAW;
}

static void window_reset(stat_tap_table *shown)
{
    window *w = window_of_title(shown->title);

    for (unsigned i = 0; i < shown->num_elements; i++) {
        for (unsigned k = 0; k < shown->num_fields; k++)
            item_clear(&shown->elements[i][k]);
        g_ptr_array_add(w->spare, shown->elements[i]);
    }
    shown->num_elements = 0;
    forget(w);
}

static void window_init(stat_tap_table_ui *ui)
{
    stat_tap_table *shown = stat_tap_find_table(ui, ui->title);

    if (shown != NULL) {
        window_reset(shown);
        return;
    }
    forget(window_of_title(ui->title)); /* of a table that is gone */
    stat_tap_add_table(ui, stat_tap_init_table(ui->title, (int)ui->nfields, 0, NULL));
}

static void window_free_item(stat_tap_table *shown, unsigned row, unsigned column,
                             stat_tap_table_item_type *item)
{
    item_clear(item);
}

static stat_tap_table_item item_of(const nf9_table_column *column)
{
    switch (column->kind) {
    case NF9_TABLE_NUMBER:
        return (stat_tap_table_item){ TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, column->title, "%u" };
    case NF9_TABLE_SECONDS:
        return (stat_tap_table_item){ TABLE_ITEM_FLOAT, TAP_ALIGN_RIGHT, column->title, "%.3f" };
    default:
        return (stat_tap_table_item){ TABLE_ITEM_STRING, TAP_ALIGN_LEFT, column->title, "%s" };
    }
}

void nf9_table_window_register(const nf9_table *table)
{
    static tap_param filter[] = { { PARAM_FILTER, "filter", "Filter", NULL, TRUE } };
    window *w = &windows[n_windows++];

    w->table = table;
    nf9_counts_init(&w->counts);
    w->positions = g_hash_table_new(g_direct_hash, g_direct_equal);
    w->spare = g_ptr_array_new();
    w->ui = (stat_tap_table_ui){
        .group = REGISTER_PACKET_STAT_GROUP_UNSORTED,
        .title = table->title,
        .tap_name = NF9_TAP,
        .cli_string = table->name,
        .stat_tap_init_cb = window_init,
        .packet_func = window_packet,
        .stat_tap_reset_table_cb = window_reset,
        .stat_tap_free_table_item_cb = window_free_item,
        .fields = w->items,
        .nparams = array_length(filter),
        .params = filter,
    };
    for (size_t i = 0; i < table->n; i++)
        if (table->columns[i].title != NULL) {
            w->items[w->ui.nfields] = item_of(&table->columns[i]);
            w->shown[w->ui.nfields++] = i;
        }
    register_stat_tap_table_ui(&w->ui);
}
