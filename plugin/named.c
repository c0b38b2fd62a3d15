/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * named.c: the fields that tshark's -e names.
 *
 * The tshark of 4.0 makes a tree as if it were seen for -T fields, and tells nobody which fields
 * it will look for there.  What is only added when it is asked for would never be there, and the
 * command line is the one place that says so.
 */
#include "named.h"
#include "program.h"
#include "proto.h"
#include <epan/proto.h>
#include <string.h>

static bool unknown;   /* the command line cannot be read: what is asked for may be anything */
static GArray *fields; /* ids; NULL before they were looked for */

static void add_field(const char *name)
{
    const header_field_info *field = proto_registrar_get_byname(name);

    if (field != NULL && field->parent == proto_nf9)
        g_array_append_val(fields, field->id);
}

/* "-e NAME", "-eNAME", "-VeNAME"; what only looks so costs an item that nobody prints. */
static void read_words(const char *words, gsize length)
{
    for (const char *word = words; word < words + length; word += strlen(word) + 1) {
        const char *option = word[0] == '-' ? strchr(word, 'e') : NULL;
        add_field(option != NULL ? option + 1 : word);
    }
}

static void find(void)
{
    gchar *words;
    gsize length;

    fields = g_array_new(FALSE, FALSE, sizeof(int));
    if (!nf9_is_tshark())
        return;
    /* g_file_get_contents ends what it reads with a NUL */
    unknown = !g_file_get_contents("/proc/self/cmdline", &words, &length, NULL);
    if (unknown)
        return;
    read_words(words, length);
    g_free(words);
}

bool nf9_is_named(int hf)
{
    if (WS_MARKS_FIELDS)
        return false;
    if (fields == NULL)
        find();
    for (unsigned i = 0; i < fields->len; i++)
        if (g_array_index(fields, int, i) == hf)
            return true;
    return unknown;
}
