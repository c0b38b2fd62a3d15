/* SPDX-License-Identifier: MIT
 *
 * Packs records as a script says, for generate.py, which makes the script and knows what it means.
 * Each line is a call:
 *
 *   packer MTU SOURCE SEQUENCE REFRESH_PACKETS REFRESH_MS   begins an exporter
 *   template ID N_SCOPES N_FIELDS TYPE:LENGTH...            builds one (N_SCOPES -1: of data)
 *   templates ID...                                         the exporter's from now on
 *   clock UPTIME SECS                                       what time it is from now on
 *   record ID      end                                      begins, ends a record
 *   u|i|d|b|t|o|4|6|m|T FIELD VALUE...                      puts a field (script.h)
 *   flush                                                   sends what is there
 *
 * Datagrams go to stdout, each behind its length in 4 octets, big-endian.
 *
 * usage: pack_script < SCRIPT > DATAGRAMS
 */
#include "script.h"
#include <inttypes.h>
#include <nf9/packer.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_TEMPLATES 65536u
#define MOST_LISTED 100u

static const nf9_template *templates[MOST_TEMPLATES];
static const nf9_template *listed[MOST_LISTED];
static uint8_t room[NF9_PACKER_ROOM(65535)];
static nf9_packer packer;
static nf9_writer *record;
static nf9_clock now;

static nf9_status write_datagram(void *user, nf9_bytes datagram)
{
    (void)user;
    script_packet(datagram);
    return NF9_OK;
}

static nf9_status begin(const char *words)
{
    nf9_packer_options options = { .send = write_datagram };

    if (sscanf(words, "%zu %" SCNu32 " %" SCNu32 " %" SCNu32 " %" SCNu64, &options.mtu,
               &options.source_id, &options.sequence, &options.refresh_packets,
               &options.refresh_ms) != 5)
        return NF9_ERR_STATE;
    return nf9_packer_init(&packer, &options, room, sizeof room);
}

static nf9_status list(char *words)
{
    size_t n = 0;

    for (char *end; n < MOST_LISTED; words = end) {
        unsigned long id = strtoul(words, &end, 10);
        if (end == words)
            break;
        listed[n++] = templates[id % MOST_TEMPLATES];
    }
    return nf9_packer_templates(&packer, listed, n);
}

static nf9_status call(const char *word, char *words)
{
    unsigned long id = strtoul(words, NULL, 10) % MOST_TEMPLATES;

    if (strcmp(word, "packer") == 0)
        return begin(words);
    if (strcmp(word, "template") == 0) {
        script_free(templates[id]);
        templates[id] = script_template(words);
        return templates[id] != NULL ? NF9_OK : NF9_ERR_NO_FIELD;
    }
    if (strcmp(word, "templates") == 0)
        return list(words);
    if (strcmp(word, "clock") == 0)
        return sscanf(words, "%" SCNu64 " %" SCNu32, &now.uptime_ms, &now.unix_secs) == 2
                   ? NF9_OK
                   : NF9_ERR_STATE;
    if (strcmp(word, "flush") == 0)
        return nf9_packer_flush(&packer, now);
    if (strcmp(word, "end") == 0)
        return nf9_packer_end(&packer, now);
    if (strcmp(word, "record") == 0)
        record = nf9_packer_begin(&packer, templates[id]);
    else
        script_put(record, word[0], words);
    return nf9_writer_error(record)->at.code;
}

int main(void)
{
    static char line[SCRIPT_LINE];
    int status = 0;

    while (status == 0 && fgets(line, sizeof line, stdin) != NULL) {
        char word[16] = "", text[300];
        int used = 0;
        sscanf(line, "%15s %n", word, &used);
        nf9_status st = call(word, line + used);
        if (st != NF9_OK) {
            nf9_encode_error_print(nf9_packer_error(&packer), text, sizeof text);
            fprintf(stderr, "%.200s%s: %s\n", line, nf9_status_text(st), text);
            status = 1;
        }
    }
    for (size_t i = 0; i < MOST_TEMPLATES; i++)
        script_free(templates[i]);
    return status;
}
