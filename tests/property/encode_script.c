/* SPDX-License-Identifier: MIT
 *
 * Writes packets as a script says, for test_round_trip.py, which makes the script and reads the
 * packets by its own decoder.  Each line is a call:
 *
 *   packet UPTIME SECS SEQUENCE SOURCE     begins a packet
 *   templates | options                    begins a FlowSet
 *   template ID N_SCOPES N_FIELDS TYPE:LENGTH...    builds one (N_SCOPES -1: of data), writes it
 *   data ID                                begins a Data FlowSet
 *   record      end      close             begins, ends a record; ends a FlowSet
 *   u|i|d|b|t|o|4|6|m|T FIELD VALUE...     puts a field (script.h)
 *   finish                                 ends the packet
 *
 * Packets go to stdout, each behind its length in 4 octets, big-endian.  Each is measured first.
 *
 * usage: encode_script < SCRIPT > PACKETS
 */
#include "script.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_TEMPLATES 65536u
#define MOST_LINES 20000u

static const nf9_template *templates[MOST_TEMPLATES];
static char *lines[MOST_LINES];
static size_t n_lines;

static void give_up(const char *line, const nf9_writer *w)
{
    char text[300] = "";

    if (w != NULL)
        nf9_encode_error_print(nf9_writer_error(w), text, sizeof text);
    fprintf(stderr, "%.200s: %s\n", line, text);
    exit(1);
}

static char *copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *made = malloc(size);

    return made != NULL ? memcpy(made, text, size) : NULL;
}

/* `first`: templates are built; the second time they are known. */
static void call(nf9_writer *w, char *line, bool first)
{
    nf9_header header = { .version = 9 };
    char word[16] = "";
    int used = 0;

    sscanf(line, "%15s %n", word, &used);
    char *words = line + used;
    if (strcmp(word, "packet") == 0) {
        sscanf(words, "%" SCNu32 " %" SCNu32 " %" SCNu32 " %" SCNu32, &header.sys_uptime,
               &header.unix_secs, &header.sequence, &header.source_id);
        nf9_write_header(w, &header);
    } else if (strcmp(word, "templates") == 0) {
        nf9_begin_templates(w);
    } else if (strcmp(word, "options") == 0) {
        nf9_begin_options_templates(w);
    } else if (strcmp(word, "template") == 0) {
        const nf9_template **t = &templates[strtoul(words, NULL, 10) % MOST_TEMPLATES];
        if (first) {
            script_free(*t);
            if ((*t = script_template(words)) == NULL)
                give_up(line, NULL);
        }
        nf9_write_template(w, *t);
    } else if (strcmp(word, "data") == 0) {
        nf9_begin_data(w, templates[strtoul(words, NULL, 10) % MOST_TEMPLATES]);
    } else if (strcmp(word, "record") == 0) {
        nf9_begin_record(w);
    } else if (strcmp(word, "end") == 0) {
        nf9_end_record(w);
    } else if (strcmp(word, "close") == 0) {
        nf9_end_flowset(w);
    } else {
        script_put(w, word[0], words);
    }
    if (nf9_writer_error(w)->at.code != NF9_OK)
        give_up(line, w);
}

/* A packet's calls: measured, then written into just that room. */
static void packet(void)
{
    size_t need = 0, len = 0;
    nf9_writer w;

    nf9_writer_init(&w, NULL, 0);
    for (size_t i = 0; i < n_lines; i++)
        call(&w, lines[i], true);
    if (nf9_writer_finish(&w, &need) != NF9_OK)
        give_up("finish", &w);
    uint8_t *buf = malloc(need);
    nf9_writer_init(&w, buf, need);
    for (size_t i = 0; i < n_lines; i++) {
        call(&w, lines[i], false);
        free(lines[i]);
    }
    if (nf9_writer_finish(&w, &len) != NF9_OK || len != need)
        give_up("finish", &w);
    script_packet((nf9_bytes){ buf, len });
    free(buf);
    n_lines = 0;
}

int main(void)
{
    static char line[SCRIPT_LINE];

    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (strcmp(line, "finish") == 0)
            packet();
        else if (n_lines == MOST_LINES || (lines[n_lines++] = copy(line)) == NULL)
            give_up("too many lines", NULL);
    }
    for (size_t i = 0; i < MOST_TEMPLATES; i++)
        script_free(templates[i]);
    return n_lines != 0;
}
