/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * table_stat.c: a table by tshark: -q -z NAME[,json][,to=FILE].
 */
#include "table.h"
#include <epan/stat_tap_ui.h>
#include <epan/tap.h>
#include <wsutil/report_message.h>

/* One -z. */
typedef struct table_tap {
    const nf9_table *table;
    nf9_counts counts;
    nf9_row_out out;
    bool json;
    char *to; /* a file's name; NULL: standard output */
    bool used; /* the file has a table: of what was read before */
} table_tap;

static tap_packet_status table_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                      const void *queued, tap_flags_t flags)
{
    nf9_counts_add(&((table_tap *)data)->counts, (const nf9_tap_packet *)queued, pinfo);
    return TAP_PACKET_REDRAW;
}

static void table_reset(void *data)
{
    nf9_counts_clear(&((table_tap *)data)->counts);
}

/* Where everything is read. */
static void table_draw(void *data)
{
    table_tap *tap = (table_tap *)data;

    if (tap->used)
        nf9_row_out_empty(&tap->out);
    tap->used = true;
    if (tap->out.error == 0 && nf9_table_write(tap->table, &tap->counts, &tap->out)) {
        if (tap->counts.left_out > 0)
            fprintf(stderr, "nf9: -z %s has no room for more rows; others are left out\n",
                    tap->table->name);
        return;
    }
    report_failure("-z %s: %s", tap->table->name, nf9_row_out_failure(&tap->out));
    exit(1);
}

static void table_finish(void *data)
{
    table_tap *tap = (table_tap *)data;

    nf9_row_out_close(&tap->out);
    nf9_counts_free(&tap->counts);
    g_free(tap->to);
    g_free(tap);
}

/* One option; what is wrong with it, to be freed. */
static char *read_option(table_tap *tap, const char *word)
{
    bool to = g_str_has_prefix(word, "to=");

    if ((strcmp(word, "json") == 0 && tap->json) || (to && tap->to != NULL))
        return g_strdup_printf("\"%s\": the option is there twice", word);
    if (strcmp(word, "to=") == 0)
        return g_strdup("to= needs the name of a file");
    if (to)
        tap->to = g_strdup(word + strlen("to="));
    else if (strcmp(word, "json") == 0)
        tap->json = true;
    else
        return g_strdup_printf("\"%s\" is no option; accepted are json and to=FILE", word);
    return NULL;
}

/* Reads what stands behind the name: "", ",json", ",json,to=FILE". */
static char *read_options(table_tap *tap, const char *argument)
{
    const char *text = argument + strlen(tap->table->name);
    char *error = NULL;

    if (*text != '\0' && *text != ',')
        return g_strdup_printf("\"%s\" is none; -z %s is", argument, tap->table->name);
    while (error == NULL && *text == ',') {
        size_t n = strcspn(++text, ",");
        char *word = g_strndup(text, n);
        error = read_option(tap, word);
        g_free(word);
        text += n;
    }
    return error;
}

/* Opens the file and listens; what went wrong, to be freed. */
static char *start(table_tap *tap)
{
    GString *refused;

    if (!nf9_row_out_open(&tap->out, tap->to, tap->json))
        return nf9_row_out_failure(&tap->out);
    nf9_counts_init(&tap->counts);
    refused = register_tap_listener(NF9_TAP, tap, NULL, TL_REQUIRES_NOTHING, table_reset,
                                    table_packet, table_draw, table_finish);
    return refused == NULL ? NULL : g_string_free(refused, FALSE);
}

static ws_stat_begun table_init(const char *argument, void *data)
{
    table_tap *tap = g_new0(table_tap, 1);
    char *error;

    tap->table = (const nf9_table *)data;
    error = read_options(tap, argument);
    if (error == NULL)
        error = start(tap);
    if (error == NULL)
        return WS_STAT_BEGUN(true);
    report_failure("-z %s: %s", tap->table->name, error);
    exit(1);
}

void nf9_table_stat_register(const nf9_table *table)
{
    stat_tap_ui ui = { REGISTER_STAT_GROUP_GENERIC, NULL, table->name, table_init, 0, NULL };

    register_stat_tap_ui(&ui, (void *)(uintptr_t)table);
}
