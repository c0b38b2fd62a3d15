/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_options.c: what stands behind "-z nf9,records".
 */
#include "row_options.h"
#include <string.h>

static void cell_free(gpointer cell)
{
    g_free(((nf9_cell *)cell)->name);
}

static bool is_there(const GArray *cells, const char *name)
{
    for (unsigned i = 0; i < cells->len; i++)
        if (strcmp(g_array_index(cells, nf9_cell, i).name, name) == 0)
            return true;
    return false;
}

static char *add_cell(GArray *cells, const char *name)
{
    nf9_cell cell;

    if (!nf9_cell_find(&cell, name))
        return g_strdup_printf("\"%s\" is no column; fields= takes names of fields as "
                               "docs/fields.md has them (in_bytes+nf9.l4_dst_port), and the "
                               "names in CSV's header line (frame+src+bytes)",
                               name);
    if (is_there(cells, cell.name)) {
        g_free(cell.name);
        return g_strdup_printf("\"%s\" is in fields= twice; each column can be there once", name);
    }
    g_array_append_val(cells, cell);
    return NULL;
}

static char *read_fields(nf9_row_options *options, const char *names)
{
    char **each = g_strsplit(names, "+", -1), *error = NULL;

    if (each[0] == NULL)
        error = g_strdup("fields= needs a name; fields=NAME+NAME... chooses columns");
    for (size_t i = 0; error == NULL && each[i] != NULL; i++)
        error = add_cell(options->cells, each[i]);
    g_strfreev(each);
    return error;
}

static char *read_to(nf9_row_options *options, const char *name)
{
    if (*name == '\0')
        return g_strdup("to= needs the name of a file");
    options->to = g_strdup(name);
    return NULL;
}

static bool is_option(const char *word)
{
    return strcmp(word, "json") == 0 || strcmp(word, "options") == 0 ||
           g_str_has_prefix(word, "fields=") || g_str_has_prefix(word, "to=");
}

/* One option; what is wrong with it. */
static char *read_option(nf9_row_options *options, const char *word)
{
    bool twice = (strcmp(word, "json") == 0 && options->json) ||
                 (strcmp(word, "options") == 0 && options->options) ||
                 (g_str_has_prefix(word, "fields=") && options->cells->len > 0) ||
                 (g_str_has_prefix(word, "to=") && options->to != NULL);

    if (twice)
        return g_strdup_printf("\"%s\": the option is there twice", word);
    if (strcmp(word, "json") == 0)
        options->json = true;
    else if (strcmp(word, "options") == 0)
        options->options = true;
    else if (g_str_has_prefix(word, "fields="))
        return read_fields(options, word + strlen("fields="));
    else
        return read_to(options, word + strlen("to="));
    return NULL;
}

/* The rest of the text: where it is no filter, it may have been meant for an option. */
static char *read_filter(nf9_row_options *options, const char *text)
{
    nf9_record_filter *filter;
    char *error = nf9_record_filter_new(&filter, text), *said;

    if (error == NULL) {
        options->filter = g_ptr_array_new_with_free_func(nf9_record_filter_free);
        g_ptr_array_add(options->filter, filter);
        return NULL;
    }
    said = g_strdup_printf("\"%.*s\" is no option (accepted are json, options, "
                           "fields=NAME+NAME... and to=FILE), and as a filter: %s",
                           (int)strcspn(text, ","), text, error);
    g_free(error);
    return said;
}

char *nf9_row_options_parse(nf9_row_options *options, const char *text)
{
    char *error = NULL;

    *options = (nf9_row_options){ .cells = g_array_new(FALSE, FALSE, sizeof(nf9_cell)) };
    g_array_set_clear_func(options->cells, cell_free);
    while (error == NULL && *text == ',') {
        size_t n = strcspn(++text, ",");
        char *word = g_strndup(text, n);
        if (is_option(word)) {
            error = read_option(options, word);
            text += n;
        } else {
            error = read_filter(options, text);
            text += strlen(text);
        }
        g_free(word);
    }
    if (error != NULL)
        nf9_row_options_free(options);
    else if (options->cells->len == 0 && !options->json)
        nf9_cells_default(options->cells);
    return error;
}

void nf9_row_options_free(nf9_row_options *options)
{
    g_array_free(options->cells, TRUE);
    g_free(options->to);
    if (options->filter != NULL)
        g_ptr_array_free(options->filter, TRUE);
}
