/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * record_filters.c: the table of record filters (UAT nf9_record_filters).
 */
#include "record_filters.h"
#include "field_hf.h"
#include "item.h"
#include <epan/uat.h>

/* A row of the table. */
typedef struct table_row {
    char *filter;
} table_row;

static table_row *rows; /* the valid ones, kept by epan */
static unsigned row_count;
static GPtrArray *filters; /* the same, compiled */
static ws_bool hide;

static int hf_match = -1;

UAT_CSTRING_CB_DEF(rows, filter, table_row)

static void *row_copy(void *to, const void *from, size_t size)
{
    ((table_row *)to)->filter = g_strdup(((const table_row *)from)->filter);
    return to;
}

/* What is wrong with a row is said where it is typed: tshark then ends. */
static ws_bool row_update(void *row, char **message)
{
    nf9_record_filter *filter;

    *message = nf9_record_filter_new(&filter, ((const table_row *)row)->filter);
    nf9_record_filter_free(filter);
    return *message == NULL;
}

static void row_free(void *row)
{
    g_free(((table_row *)row)->filter);
}

static void rows_forget(void)
{
    g_ptr_array_set_size(filters, 0);
}

static void rows_changed(void)
{
    nf9_record_filter *filter;

    rows_forget();
    for (unsigned i = 0; i < row_count; i++) {
        char *message = nf9_record_filter_new(&filter, rows[i].filter);
        if (filter != NULL)
            g_ptr_array_add(filters, filter);
        g_free(message);
    }
}

void nf9_record_filters_register(int proto, module_t *module)
{
    static hf_register_info hf[] = {
        { &hf_match,
          { "Matches record filter", "nf9.record.match", FT_UINT32, BASE_DEC, NULL, 0,
            "The record matches one of the record filters; which, from 1", HFILL } },
    };
    static uat_field_t fields[] = {
        UAT_FLD_CSTRING(rows, filter, "Filter",
                        "A display filter over nf9's fields, applied to each record by itself"),
        UAT_END_FIELDS,
    };
    uat_t *uat = uat_new("NetFlow v9 record filters", sizeof(table_row), "nf9_record_filters",
                         TRUE, &rows, &row_count, UAT_AFFECTS_DISSECTION, NULL, row_copy,
                         row_update, row_free, rows_changed, rows_forget, fields);

    filters = g_ptr_array_new_with_free_func(nf9_record_filter_free);
    proto_register_field_array(proto, hf, array_length(hf));
    prefs_register_uat_preference(module, "record_filters", "Record filters",
        "Display filters over nf9's fields, each applied to one record at a time: "
        "\"nf9.ipv4_src_addr == 10.0.0.1 && nf9.l4_dst_port == 53\" then means one flow. Records "
        "that any of them matches have the field nf9.record.match.", uat);
    prefs_register_bool_preference(module, "record_filter_hide",
        "Leave out records that match no record filter",
        "Where there are record filters, show only the records that one of them matches: display "
        "filters and columns do not see the others.", &hide);
}

const GPtrArray *nf9_record_filters(void)
{
    return filters->len > 0 ? filters : NULL;
}

bool nf9_record_filters_hide(void)
{
    return hide && filters->len > 0;
}

bool nf9_record_match_is_wanted(proto_tree *tree)
{
    return filters->len > 0 && proto_field_is_referenced(tree, hf_match);
}

void nf9_record_match_add(const nf9_pdu *pdu, proto_tree *tree, const nf9_record *record,
                          unsigned match)
{
    const nf9_record_filter *filter;
    int offset = (int)record->offset;

    if (match == 0)
        return;
    filter = (const nf9_record_filter *)g_ptr_array_index(filters, match - 1);
    if (pdu->asked.visible)
        nf9_item_generated(proto_tree_add_uint_format_value(tree, hf_match, pdu->tvb, offset, 0,
                                                            match, "%u (%s)", match,
                                                            filter->text));
    else
        nf9_item_generated(proto_tree_add_uint(tree, hf_match, pdu->tvb, offset, 0, match));
}
