/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rows.c: a row a record: tshark -q -z nf9,records.
 *
 * Rows are written while packets are read, from the codec's records: without a tree, and without
 * keeping anything.
 */
#include "rows.h"
#include "program.h"
#include "records.h"
#include "row_fields.h"
#include "row_options.h"
#include "row_plan.h"
#include "row_select.h"
#include "tap.h"
#include <epan/stat_tap_ui.h>
#include <epan/tap.h>
#include <epan/to_str.h>
#include <wsutil/report_message.h>

#define NAME "nf9,records"

/* How old a packet may be that is being captured: its row is not kept waiting. */
#define LIVE 5 /* s */

/* One -z nf9,records. */
typedef struct rows_tap {
    nf9_row_options options;
    nf9_row_out out;
    nf9_row_plan plan;     /* chosen columns; of none, every field: */
    nf9_row_fields fields;
    bool begun; /* this reading: the header is written */
    bool used;  /* an earlier reading: its rows are */
    uint64_t undecoded_flowsets, undecoded, incomplete;
    uint64_t values;   /* of this packet so far, and items that its filters looked at */
    uint64_t left_out; /* records of packets with too many */
    bool second_look;
    bool speaks; /* the first of several: what it says is true of all */
} rows_tap;

/* Wireshark's window has boxes for messages, and must not end for one. */
static bool has_window(void)
{
    return !nf9_is_tshark();
}

static void say_failure(const rows_tap *tap)
{
    char *failure = nf9_row_out_failure(&tap->out);

    report_failure("-z " NAME ": %s", failure);
    g_free(failure);
}

static bool write_out(rows_tap *tap)
{
    bool failed = tap->out.error != 0;

    if (nf9_row_out_write(&tap->out))
        return true;
    if (!failed)
        say_failure(tap);
    return false;
}

/* Empties a file that has the rows of another reading: tshark too resets its taps, at the end. */
static void empty(rows_tap *tap)
{
    if (tap->used && !nf9_row_out_empty(&tap->out))
        say_failure(tap);
    tap->used = true;
}

static void begin(rows_tap *tap)
{
    if (tap->begun)
        return;
    empty(tap);
    tap->begun = true;
    for (size_t i = 0; !tap->out.json && i < tap->plan.n; i++) {
        if (i > 0)
            nf9_row_out_char(&tap->out, ',');
        nf9_row_out_string(&tap->out, tap->plan.cells[i].name, strlen(tap->plan.cells[i].name));
    }
    if (!tap->out.json)
        nf9_row_out_char(&tap->out, '\n');
}

static void write_row(rows_tap *tap, const nf9_row_packet *packet, const nf9_record *record,
                      uint32_t ordinal)
{
    if (tap->out.json)
        nf9_row_out_char(&tap->out, '{');
    if (tap->plan.n > 0)
        nf9_row_plan_write(&tap->plan, &tap->out, packet, record, ordinal);
    else
        nf9_row_fields_write(&tap->fields, &tap->out, packet, record, ordinal);
    if (tap->out.json)
        nf9_row_out_char(&tap->out, '}');
    nf9_row_out_char(&tap->out, '\n');
}

/* A field of one octet with many empty ones behind it would make gigabytes of one packet. */
static bool has_room(const rows_tap *tap)
{
    return nf9_pref_max_items == 0 || tap->values < nf9_pref_max_items;
}

static bool write_flowset(rows_tap *tap, const nf9_row_packet *packet, packet_info *pinfo,
                          const nf9_tap_packet *from, const nf9_tap_flowset *flowset)
{
    bool written = true;
    nf9_row_select select;
    nf9_record_iter it = flowset->records;
    uint32_t ordinal = flowset->before;
    nf9_record record;

    if ((it.tmpl->options != 0) != tap->options.options)
        return true;
    if (tap->plan.n > 0)
        nf9_row_plan_set(&tap->plan, it.tmpl);
    else
        nf9_row_fields_set(&tap->fields, it.tmpl);
    nf9_row_select_begin(&select, tap->options.filter, pinfo, from, flowset, &tap->values);
    while (written && has_room(tap) && nf9_record_next(&it, &record) == NF9_OK) {
        if (!nf9_row_is_selected(&select, &record, ++ordinal))
            continue;
        tap->values += tap->plan.n > 0 ? tap->plan.n : it.tmpl->field_count;
        write_row(tap, packet, &record, ordinal);
        written = nf9_row_out_row_end(&tap->out);
    }
    nf9_row_select_end(&select);
    if (written)
        tap->left_out += nf9_records_count(&it);
    return written;
}

static tap_packet_status rows_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                     const void *queued, tap_flags_t flags)
{
    rows_tap *tap = (rows_tap *)data;
    const nf9_tap_packet *from = (const nf9_tap_packet *)queued;
    const nf9_row_packet packet = {
        .header = &from->header,
        .frame = pinfo->num,
        .time = { pinfo->abs_ts.secs, (uint32_t)pinfo->abs_ts.nsecs },
        .exporter = address_to_str(pinfo->pool, &pinfo->src),
    };
    bool written = true;

    tap->undecoded_flowsets += from->undecoded_flowsets;
    tap->undecoded += from->undecoded;
    tap->incomplete += from->incomplete;
    tap->second_look = from->second_look;
    tap->values = 0;
    begin(tap);
    for (size_t i = 0; written && i < from->n; i++)
        written = write_flowset(tap, &packet, pinfo, from, &from->flowsets[i]);
    if (packet.time.secs >= g_get_real_time() / G_USEC_PER_SEC - LIVE || !written)
        written = write_out(tap);
    return written ? TAP_PACKET_REDRAW : TAP_PACKET_FAILED;
}

static void rows_reset(void *data)
{
    rows_tap *tap = (rows_tap *)data;

    /* the next file's templates may lie where these do */
    nf9_row_plan_forget(&tap->plan);
    nf9_row_fields_forget(&tap->fields);
    tap->undecoded_flowsets = tap->undecoded = 0;
    tap->incomplete = tap->left_out = 0;
    tap->begun = false;
}

static void say_undecoded(const rows_tap *tap)
{
    if (tap->undecoded_flowsets > 0)
        fprintf(stderr,
                "nf9: %" PRIu64 " FlowSet%s (%" PRIu64 " octet%s) had no template%s\n",
                tap->undecoded_flowsets, tap->undecoded_flowsets == 1 ? "" : "s",
                tap->undecoded, tap->undecoded == 1 ? "" : "s",
                tap->second_look               ? ""
                : tap->undecoded_flowsets == 1 ? " yet when it was read; use -2"
                                               : " yet when they were read; use -2");
    if (tap->incomplete > 0)
        fprintf(stderr, "nf9: %" PRIu64 " packet%s not read to the end; see nf9.expert\n",
                tap->incomplete, tap->incomplete == 1 ? " was" : "s were");
    if (tap->left_out > 0)
        fprintf(stderr, "nf9: %" PRIu64 " record%s left out of packets with more than %u values "
                        "(nf9.max_items)\n",
                tap->left_out, tap->left_out == 1 ? "" : "s", nf9_pref_max_items);
}

/* In tshark when everything is read, in Wireshark's window every few seconds. */
static void rows_draw(void *data)
{
    rows_tap *tap = (rows_tap *)data;
    bool written;

    begin(tap);
    written = write_out(tap);
    if (has_window())
        return;
    if (tap->speaks)
        say_undecoded(tap);
    if (!written)
        exit(1);
}

static void rows_finish(void *data)
{
    rows_tap *tap = (rows_tap *)data;

    write_out(tap);
    nf9_row_out_close(&tap->out);
    nf9_row_plan_free(&tap->plan);
    nf9_row_fields_free(&tap->fields);
    nf9_row_options_free(&tap->options);
    g_free(tap);
}

/* Opens the file and listens; what went wrong, to be freed. */
static char *start(rows_tap *tap)
{
    static bool somebody_speaks;
    GString *refused;

    if (!nf9_row_out_open(&tap->out, tap->options.to, tap->options.json))
        return nf9_row_out_failure(&tap->out);
    nf9_row_plan_new(&tap->plan, tap->options.cells);
    nf9_row_fields_new(&tap->fields);
    refused = register_tap_listener(NF9_TAP, tap, NULL, TL_REQUIRES_NOTHING, rows_reset,
                                    rows_packet, rows_draw, rows_finish);
    tap->speaks = !somebody_speaks;
    somebody_speaks = true;
    return refused == NULL ? NULL : g_string_free(refused, FALSE);
}

static ws_stat_begun rows_init(const char *argument, void *data)
{
    const char *text = argument + strlen(NAME);
    rows_tap *tap = g_new0(rows_tap, 1);
    char *error = *text != '\0' && *text != ','
                      ? g_strdup_printf("\"%s\" is none; -z " NAME " is", argument)
                      : nf9_row_options_parse(&tap->options, text);

    if (error == NULL && tap->options.to == NULL && has_window())
        error = g_strdup("to=FILE is needed in Wireshark's window");
    if (error == NULL)
        error = start(tap);
    if (error == NULL)
        return WS_STAT_BEGUN(true);
    report_failure("-z " NAME ": %s", error);
    g_free(error);
    g_free(tap);
    if (!has_window())
        exit(1);
    return WS_STAT_BEGUN(false);
}

void nf9_rows_register(void)
{
    static stat_tap_ui ui = {
        REGISTER_STAT_GROUP_GENERIC, NULL, NAME, rows_init, 0, NULL,
    };

    register_stat_tap_ui(&ui, NULL);
}
