/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * wanted.c: what of a FlowSet's records anybody asks for.
 *
 * A filter on one field of twenty makes tshark build an invisible tree: adding only that field is
 * what makes it fast.
 */
#include "wanted.h"
#include "field_hf.h"
#include "report.h"

/* Whether one of the notes that a record's values raise is asked for, or all expert infos are. */
static bool notes_wanted(proto_tree *tree)
{
    return nf9_reports_listed() || nf9_reports_asked_for(tree) ||
           proto_field_is_referenced(tree, ei_nf9_field_length.hf) ||
           proto_field_is_referenced(tree, ei_nf9_unknown_field.hf) ||
           proto_field_is_referenced(tree, ei_nf9_time_implausible.hf) ||
           proto_field_is_referenced(tree, nf9_hf.raw);
}

void nf9_wanted_init(nf9_wanted *wanted, wmem_allocator_t *pool, proto_tree *tree,
                     const nf9_template *tmpl)
{
    const nf9_column *columns = nf9_template_columns(tmpl);

    *wanted = (nf9_wanted){ notes_wanted(tree), NULL, 0 };
    if (tree == NULL || wanted->all)
        return;
    /* behind a variable field every column would have to be searched for in each record */
    wanted->all = PTREE_DATA(tree)->visible || tmpl->variable;
    if (wanted->all)
        return;
    for (uint16_t i = 0; i < tmpl->field_count; i++) {
        bool scope = i < tmpl->scope_count;
        const nf9_field_info *info =
            scope ? nf9_scope_at(columns[i].row) : nf9_field_at(columns[i].row);
        if (!nf9_field_is_wanted(tree, info, scope))
            continue;
        if (wanted->columns == NULL)
            wanted->columns = wmem_alloc_array(pool, uint16_t, tmpl->field_count);
        wanted->columns[wanted->n++] = i;
    }
}
