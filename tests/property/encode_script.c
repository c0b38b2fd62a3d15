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
 *   u|i|d|b|t|o|4|6|m|T FIELD VALUE...     puts a field; s before a scope's type
 *   finish                                 ends the packet
 *
 * Packets go to stdout, each behind its length in 4 octets, big-endian.  Each is measured first.
 *
 * usage: encode_script < SCRIPT > PACKETS
 */
#include <inttypes.h>
#include <nf9/encode.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_TEMPLATES 65536u
#define MOST_FIELDS 200u
#define MOST_LINES 20000u
#define LINE 140000u

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

static const nf9_template *build(const char *line, char *words)
{
    nf9_field_spec specs[MOST_FIELDS];
    long id = strtol(words, &words, 10), scopes = strtol(words, &words, 10);
    size_t n_fields = strtoul(words, &words, 10), n_scopes = scopes > 0 ? (size_t)scopes : 0;
    size_t size = nf9_template_build_size(scopes >= 0, n_scopes, n_fields);
    const nf9_template *t = NULL;

    for (size_t i = 0; i < n_scopes + n_fields && i < MOST_FIELDS; i++) {
        specs[i].type = (uint16_t)strtoul(words, &words, 10);
        specs[i].length = (uint32_t)strtoul(words + 1, &words, 10);
    }
    void *mem = malloc(size);
    if (mem == NULL || nf9_template_build(mem, size, (uint16_t)id, scopes >= 0 ? specs : NULL,
                                          n_scopes, specs + n_scopes, n_fields, &t) != NF9_OK)
        give_up(line, NULL);
    return t;
}

/* Octets from hex digits. Valid until the next call. */
static nf9_bytes octets(const char *hex)
{
    static uint8_t value[LINE / 2];
    size_t n = 0;
    unsigned octet;

    for (; sscanf(hex, "%2x", &octet) == 1; hex += 2)
        value[n++] = (uint8_t)octet;
    return (nf9_bytes){ value, n };
}

static char *copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *made = malloc(size);

    return made != NULL ? memcpy(made, text, size) : NULL;
}

static void put(nf9_writer *w, char letter, char *words)
{
    bool scope = *words == 's';
    uint32_t type = (uint32_t)strtoul(words + scope, &words, 10);
    uint32_t field = scope ? NF9_AS_SCOPE(type) : type;
    double d;
    uint64_t bits;

    words += *words == ' ';
    switch (letter) {
    case 'u': nf9_put_uint(w, field, strtoull(words, NULL, 10)); return;
    case 'i': nf9_put_int(w, field, strtoll(words, NULL, 10)); return;
    case 'b': nf9_put_bool(w, field, *words == '1'); return;
    case 'd':
        bits = strtoull(words, NULL, 16);
        memcpy(&d, &bits, sizeof d);
        nf9_put_float(w, field, d);
        return;
    case 'T': {
        nf9_time time = { strtoll(words, &words, 10), 0 };
        time.nanos = (uint32_t)strtoul(words, NULL, 10);
        nf9_put_time(w, field, time);
        return;
    }
    default:
        break;
    }
    nf9_bytes value = octets(words);
    switch (letter) {
    case 't': nf9_put_text_bytes(w, field, value); break;
    case '4': nf9_put_ipv4(w, field, value.data); break;
    case '6': nf9_put_ipv6(w, field, value.data); break;
    case 'm': nf9_put_mac(w, field, value.data); break;
    default: nf9_put_octets(w, field, value.data, value.len); break;
    }
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
            free((void *)(uintptr_t)*t);
            *t = build(line, words);
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
        put(w, word[0], words);
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
    uint8_t head[4] = { 0, (uint8_t)(len >> 16), (uint8_t)(len >> 8), (uint8_t)len };
    fwrite(head, 1, sizeof head, stdout);
    fwrite(buf, 1, len, stdout);
    free(buf);
    n_lines = 0;
}

int main(void)
{
    static char line[LINE];

    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (strcmp(line, "finish") == 0)
            packet();
        else if (n_lines == MOST_LINES || (lines[n_lines++] = copy(line)) == NULL)
            give_up("too many lines", NULL);
    }
    for (size_t i = 0; i < MOST_TEMPLATES; i++)
        free((void *)(uintptr_t)templates[i]);
    return n_lines != 0;
}
