/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stats_tree.c: FlowSets by kind, records by template, types of fields, exporters.
 */
#include "stats_tree.h"
#include "records.h"
#include "tap.h"
#include <epan/stats_tree_priv.h>
#include <epan/to_str.h>

#define FLOWSETS "FlowSets by kind"
#define RECORDS "Records by template"
#define TYPES "Fields by type"
#define EXPORTERS "Packets by exporter"
#define OTHERS "Others"

/* Lines below one at most, but for the others: Wireshark goes past all of them to add one. */
#define MOST 10000

static int flowsets_node, records_node, types_node, exporters_node;

static void init(stats_tree *st)
{
    flowsets_node = stats_tree_create_node(st, FLOWSETS, 0, STAT_DT_INT, TRUE);
    records_node = stats_tree_create_node(st, RECORDS, 0, STAT_DT_INT, TRUE);
    types_node = stats_tree_create_node(st, TYPES, 0, STAT_DT_INT, TRUE);
    exporters_node = stats_tree_create_node(st, EXPORTERS, 0, STAT_DT_INT, TRUE);
}

/* Wireshark's counters have 31 bits: they stop there. */
static int step_of(const stat_node *node, uint64_t n)
{
    return (int)MIN(n, (uint64_t)(G_MAXINT - (node != NULL ? node->counter : 0)));
}

/* Counts n below a node, and there. */
static void count(stats_tree *st, int node, const char *parent, const char *name, uint64_t n)
{
    const stat_node *above = (const stat_node *)g_ptr_array_index(st->parents, node);
    const stat_node *line;

    if (n == 0)
        return;
    if (g_hash_table_size(above->hash) >= MOST && !g_hash_table_contains(above->hash, name))
        name = OTHERS;
    line = (const stat_node *)g_hash_table_lookup(above->hash, name);
    increase_stat_node(st, name, node, FALSE, step_of(line, n));
    increase_stat_node(st, parent, 0, TRUE, step_of(above, n));
}

static void count_flowsets(stats_tree *st, const nf9_tap_packet *tap)
{
    uint32_t options = 0;

    for (size_t i = 0; i < tap->n; i++)
        options += tap->flowsets[i].records.tmpl->options;
    count(st, flowsets_node, FLOWSETS, "Templates", tap->kinds[NF9_FLOWSET_TEMPLATES]);
    count(st, flowsets_node, FLOWSETS, "Options templates",
          tap->kinds[NF9_FLOWSET_OPTIONS_TEMPLATES]);
    count(st, flowsets_node, FLOWSETS, "Flows", tap->n - options);
    count(st, flowsets_node, FLOWSETS, "Options", options);
    count(st, flowsets_node, FLOWSETS, "Data without a template", tap->undecoded_flowsets);
    count(st, flowsets_node, FLOWSETS, "Reserved ID", tap->kinds[NF9_FLOWSET_RESERVED]);
}

static void count_types(stats_tree *st, const nf9_template *tmpl, uint64_t n)
{
    const nf9_column *columns = nf9_template_columns(tmpl);
    char name[128];

    for (size_t i = 0; i < tmpl->field_count; i++) {
        bool scope = i < tmpl->scope_count;
        const nf9_field_info *info = nf9_column_info(tmpl, i);
        const char *known = info == NULL ? "unknown" : scope ? info->label : info->name;
        g_snprintf(name, sizeof name, "%s%s (%u)", scope ? "Scope " : "", known,
                   columns[i].type);
        count(st, types_node, TYPES, name, n);
    }
}

/* A packet of many small FlowSets, each by a template of many fields, would take seconds: of one
 * packet, so many fields are counted as nf9.max_items allows. */
static void count_records(stats_tree *st, const nf9_tap_packet *tap, const char *source)
{
    uint64_t fields = 0, n = 0;
    char name[160];

    for (size_t i = 0; i < tap->n; i++) {
        const nf9_template *tmpl = tap->flowsets[i].records.tmpl;
        n += tap->flowsets[i].n_records;
        if (i + 1 < tap->n && tap->flowsets[i + 1].records.tmpl == tmpl)
            continue;
        g_snprintf(name, sizeof name, "%s, %stemplate %u", source,
                   tmpl->options ? "options " : "", tmpl->id);
        count(st, records_node, RECORDS, name, n);
        fields += tmpl->field_count;
        if (n > 0 && (nf9_pref_max_items == 0 || fields <= nf9_pref_max_items))
            count_types(st, tmpl, n);
        n = 0;
    }
}

static tap_packet_status tree_packet(stats_tree *st, packet_info *pinfo, epan_dissect_t *edt,
                                     const void *queued, tap_flags_t flags)
{
    const nf9_tap_packet *tap = (const nf9_tap_packet *)queued;
    const char *source;

    if (tap->source.conversation == 0)
        return TAP_PACKET_DONT_REDRAW; /* it is too short for a header */
    source = wmem_strdup_printf(pinfo->pool, "%s, Source ID %u",
                                address_to_str(pinfo->pool, &pinfo->src), tap->header.source_id);
    count_flowsets(st, tap);
    count_records(st, tap, source);
    count(st, exporters_node, EXPORTERS, source, 1);
    return TAP_PACKET_REDRAW;
}

void nf9_stats_tree_register(void)
{
    stats_tree_register_plugin(NF9_TAP, "nf9", "NetFlow v9 Contents", 0, tree_packet, init, NULL);
}
