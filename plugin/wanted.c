/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * wanted.c: what anybody asks for.
 *
 * A filter on one field of twenty makes tshark build an invisible tree: adding only that field is
 * what makes it fast.
 */
#include "wanted.h"
#include "field_hf.h"
#include "flow_tree.h"
#include "flowset_tree.h"
#include "record_filters.h"
#include "records.h"

/* Whether one of the notes that a record's values raise is asked for, or all expert infos are. */
static bool notes_wanted(proto_tree *tree)
{
    return nf9_reports_listed() || nf9_reports_asked_for(tree) ||
           proto_field_is_referenced(tree, ei_nf9_field_length.hf) ||
           proto_field_is_referenced(tree, ei_nf9_unknown_field.hf) ||
           proto_field_is_referenced(tree, ei_nf9_time_implausible.hf) ||
           proto_field_is_referenced(tree, nf9_hf.raw);
}

/* In a tree that nobody sees. */
static bool is_wanted(proto_tree *tree, uint16_t row, bool scope)
{
    if (!scope && row < NF9_FIELD_COUNT) /* nearly all fields */
        return nf9_any_is_asked_for(nf9_hf.with[row]);
    return nf9_field_is_wanted(tree, row, scope);
}

void nf9_asked_init(nf9_asked *asked, proto_tree *tree)
{
    *asked = (nf9_asked){ .notes = notes_wanted(tree) };
    if (tree == NULL)
        return;
    asked->visible = PTREE_DATA(tree)->visible;
    asked->flowsets = nf9_flowsets_are_wanted(tree);
    asked->records = nf9_records_are_wanted(tree);
    asked->match = nf9_record_match_is_wanted(tree);
    asked->flow = nf9_flow_is_wanted(tree);
    asked->flow_text = nf9_flow_text_is_wanted(tree);
}

void nf9_wanted_init(nf9_wanted *wanted, const nf9_asked *asked, wmem_allocator_t *pool,
                     proto_tree *tree, const nf9_template *tmpl)
{
    const nf9_column *columns = nf9_template_columns(tmpl);
    const uint16_t scopes = tmpl->scope_count, n = tmpl->field_count;
    const bool all = asked->notes || asked->visible;
    size_t room = 0;

    *wanted = (nf9_wanted){ all, NULL, 0 };
    if (tree == NULL)
        return;
    if (tmpl->variable) {
        /* behind a variable field every column would have to be searched for in each record */
        wanted->all = true;
        return;
    }
    for (uint16_t i = 0; i < n; i++) {
        if (!all && !is_wanted(tree, columns[i].row, i < scopes))
            continue;
        if (wanted->n == room) {
            room = all ? n : 2 * room + 4;
            wanted->columns = (nf9_shown_column *)wmem_realloc(pool, wanted->columns,
                                                               room * sizeof *wanted->columns);
        }
        nf9_column_init(&wanted->columns[wanted->n++], tree, tmpl, i);
    }
}
