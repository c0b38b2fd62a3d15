/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * named.c: the fields that tshark's -e names.
 *
 * The tshark of 4.0 makes a tree as if it were seen for -T fields, and tells nobody which fields
 * it will look for there.  Later ones mark these, and see no tree.  The command line is the one
 * place that says what this tshark is up to; with it, 4.0 is as fast as they are.
 */
#include "named.h"
#include "marks.h"
#include "program.h"
#include "proto.h"
#include <epan/column-info.h>
#include <epan/epan_dissect.h>
#include <string.h>

static GArray *fields; /* ids of those that may be named; NULL before they were looked for */
static bool only_they; /* nothing else of the tree is printed */

static void add_field(const char *name)
{
    const header_field_info *field = proto_registrar_get_byname(name);

    if (field != NULL)
        g_array_append_val(fields, field->id);
}

/* All of ours: what is named cannot be found out. */
static void add_all(void)
{
    void *cookie;

    for (header_field_info *field = proto_get_first_protocol_field(proto_nf9, &cookie);
         field != NULL; field = proto_get_next_protocol_field(proto_nf9, &cookie))
        g_array_append_val(fields, field->id);
}

/* "-e NAME", "-eNAME", "-le NAME", "-leNAME"; what only looks so costs an item that nobody
 * prints. */
static void add_word(const char *before, const char *word)
{
    const char *option = word[0] == '-' ? strchr(word, 'e') : NULL;

    if (before[0] == '-' && g_str_has_suffix(before, "e"))
        add_field(word);
    else if (option != NULL)
        add_field(option + 1);
}

/* Whether a format prints what -e names and nothing else.  tshark takes no -e beside others. */
static bool prints_fields(const char *format, bool names)
{
    static const char *const with_names[] = { "json", "ek", "pdml", NULL };

    return g_strcmp0(format, "fields") == 0 ||
           (names && format != NULL && g_strv_contains(with_names, format));
}

/* A protocol's line is printed as its text, which is only made for a tree that is seen. */
static bool names_protocol(void)
{
    for (unsigned i = 0; i < fields->len; i++)
        if (proto_registrar_is_protocol(g_array_index(fields, int, i)))
            return true;
    return false;
}

static void read_words(const char *words, gsize length)
{
    const char *format = NULL, *before = "";
    bool names = false;

    for (const char *word = words; word < words + length; word += strlen(word) + 1) {
        if (strcmp(before, "-T") == 0)
            format = word;
        else if (g_str_has_prefix(word, "-T") && word[2] != '\0')
            format = word + 2;
        names = names || strcmp(word, "-e") == 0;
        add_word(before, word);
        before = word;
    }
    only_they = prints_fields(format, names) && !names_protocol();
}

/* Whether a script of the user's has every tree made as if it were seen. */
static bool all_is_seen(const packet_info *pinfo)
{
    epan_dissect_t *unseen = epan_dissect_new(pinfo->epan, TRUE, FALSE);
    bool seen = PTREE_DATA(unseen->tree)->visible;

    epan_dissect_free(unseen);
    return seen;
}

static void find(const packet_info *pinfo)
{
    gchar *words;
    gsize length;

    fields = g_array_new(FALSE, FALSE, sizeof(int));
    if (!nf9_is_tshark())
        return;
    if (!g_file_get_contents("/proc/self/cmdline", &words, &length, NULL)) {
        add_all();
        return;
    }
    read_words(words, length); /* g_file_get_contents ends them with a NUL */
    g_free(words);
    only_they = only_they && !all_is_seen(pinfo);
}

/* A column has the severest expert info, whether somebody asks for one or not. */
static bool shows_notes(const column_info *columns)
{
    return columns != NULL && columns->col_first[COL_EXPERT] >= 0;
}

bool nf9_named_narrow(packet_info *pinfo, proto_tree *tree)
{
    if (fields == NULL)
        find(pinfo);
    for (unsigned i = 0; i < fields->len; i++)
        nf9_mark_field(g_array_index(fields, int, i));
    if (!only_they || shows_notes(pinfo->cinfo))
        return false;
    proto_tree_set_visible(tree, FALSE);
    return true;
}

void nf9_named_end(proto_tree *tree)
{
    proto_tree_set_visible(tree, TRUE);
}
