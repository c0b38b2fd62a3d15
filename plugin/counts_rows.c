/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * counts_rows.c: the rows of the tables, in their order.
 */
#include "counts.h"
#include "state.h"

static int compare_exporters(const nf9_counted_exporter *a, const nf9_counted_exporter *b)
{
    int order = cmp_address(&a->address, &b->address);

    if (order != 0)
        return order;
    return (a->source_id > b->source_id) - (a->source_id < b->source_id);
}

static gint exporter_order(gconstpointer one, gconstpointer other)
{
    return compare_exporters(*(const nf9_counted_exporter *const *)one,
                             *(const nf9_counted_exporter *const *)other);
}

static gint template_order(gconstpointer one, gconstpointer other)
{
    const nf9_counted_template *a = *(const nf9_counted_template *const *)one;
    const nf9_counted_template *b = *(const nf9_counted_template *const *)other;
    int order = compare_exporters(a->exporter, b->exporter);

    if (order == 0)
        order = (a->id > b->id) - (a->id < b->id);
    if (order == 0)
        order = nf9_when_compare(a->place, b->place);
    return order != 0 ? order : (a->key.high > b->key.high) - (a->key.high < b->key.high);
}

GPtrArray *nf9_counts_exporters(nf9_counts *counts)
{
    GPtrArray *rows = g_ptr_array_new();
    GHashTableIter it;
    gpointer object;

    g_hash_table_iter_init(&it, counts->exporters);
    while (g_hash_table_iter_next(&it, &object, NULL))
        g_ptr_array_add(rows, object);
    g_ptr_array_sort(rows, exporter_order);
    return rows;
}

/* The definition by which a second look would read this data, else what remains without one. */
static nf9_counted_template *row_of(const nf9_counts *counts, nf9_counted_unknown *u,
                                    const nf9_counted_spell *s)
{
    nf9_counted_template *t = NULL;
    nf9_definition found;

    if (nf9_cache_lookup(nf9_state_cache(), s->source, u->row.id, s->place, true, &found) !=
        NF9_MATCH_NONE) {
        const nf9_counted_key key = { found.first.packet, found.first.flowset };
        t = (nf9_counted_template *)g_hash_table_lookup(counts->templates, &key);
    }
    return t != NULL ? t : &u->row;
}

static void settle(const nf9_counts *counts, nf9_counted_unknown *u)
{
    for (unsigned i = 0; i < u->spells->len; i++) {
        const nf9_counted_spell *s = &g_array_index(u->spells, nf9_counted_spell, i);
        nf9_counted_template *t = row_of(counts, u, s);
        t->undecoded_flowsets += s->flowsets;
        t->undecoded += s->octets;
    }
}

GPtrArray *nf9_counts_templates(nf9_counts *counts)
{
    GPtrArray *rows = g_ptr_array_new();
    GHashTableIter it;
    gpointer object;

    g_hash_table_iter_init(&it, counts->templates);
    while (g_hash_table_iter_next(&it, &object, NULL)) {
        nf9_counted_template *t = (nf9_counted_template *)object;
        t->undecoded_flowsets = t->undecoded = 0;
        g_ptr_array_add(rows, t);
    }
    g_hash_table_iter_init(&it, counts->unknown);
    while (g_hash_table_iter_next(&it, &object, NULL)) {
        nf9_counted_unknown *u = (nf9_counted_unknown *)object;
        u->row.undecoded_flowsets = u->row.undecoded = 0;
        settle(counts, u);
        if (u->row.undecoded_flowsets > 0)
            g_ptr_array_add(rows, u);
    }
    g_ptr_array_sort(rows, template_order);
    return rows;
}
