/* SPDX-License-Identifier: MIT
 *
 * to_csv.c: the records of a stream of Export Packets as CSV; README.md says how.
 */
#define _POSIX_C_SOURCE 200809L
#include <getopt.h>
#include <nf9/nf9.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CELLS 256u

/* One line, and the end. */
#define die(...) (fprintf(stderr, "to_csv: " __VA_ARGS__), fputc('\n', stderr), exit(1))

static const char *names[CELLS];
static size_t n_names;

/* The names between commas; `list` is cut up. */
static void names_of(char *list)
{
    for (char *name = list, *next; name != NULL; name = next) {
        if ((next = strchr(name, ',')) != NULL)
            *next++ = '\0';
        /* those of scopes and of types that no table knows have a prefix */
        if (strncmp(name, "scope.", 6) != 0 && strncmp(name, "unknown.", 8) != 0 &&
            nf9_field_by_name(name) == NULL)
            die("no field is called \"%s\"", name);
        if (n_names == CELLS)
            die("more than %u columns", CELLS);
        names[n_names++] = name;
    }
}

static nf9_framing framing_of(const char *name)
{
    static const char *const framings[] = { "flowsets", "count", "datagram" };

    for (int i = 0; i < 3; i++)
        if (strcmp(name, framings[i]) == 0)
            return (nf9_framing)i;
    die("%s is no framing: flowsets, count or datagram", name);
}

/* What is not decoded, and where in the stream. */
static void report(void *user, const nf9_notice *n)
{
    static const char *const words[NF9_NOTICE_COUNT] = {
        [NF9_NOTICE_PACKET] = "octets left over of a packet, or no packet",
        [NF9_NOTICE_OVERRUN] = "octets missing of a FlowSet",
        [NF9_NOTICE_TEMPLATES] = "templates at fault, or not stored",
        [NF9_NOTICE_DROPPED] = "octets of data dropped that have no template",
        [NF9_NOTICE_GARBAGE] = "octets of no packet",
        [NF9_NOTICE_CUT] = "octets missing, the stream ends inside a packet" };

    if (words[n->kind] != NULL)
        fprintf(user, "offset %llu: %llu %s\n", n->offset + 0ull, n->octets + 0ull,
                words[n->kind]);
}

/* RFC 4180: quoted where it must be, quotes twice. */
static void put_cell(const char *text, size_t column)
{
    const char *quote = strpbrk(text, ",\"\r\n") != NULL ? "\"" : "";

    printf("%s%s", column > 0 ? "," : "", quote);
    for (; *text != '\0'; text++)
        printf(*text == '"' ? "\"%c" : "%c", *text);
    fputs(quote, stdout);
}

static void put_field(const nf9_field *field, size_t column)
{
    static char text[1 << 19]; /* a field of 65535 octets fits */
    uint64_t number;

    if (field->info != NULL && field->info->kind == NF9_KIND_UINT &&
        nf9_field_u64(field, &number) == NF9_OK) /* for programs: no label, no parts */
        snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    else
        nf9_field_print(field, text, sizeof text);
    put_cell(text, column);
}

/* All records of a template have their columns at the same place: looked up once. */
static void put_flowset(nf9_data_flowset *data)
{
    size_t columns[CELLS], found = 0;
    nf9_record record;
    nf9_field field;

    for (size_t i = 0; i < n_names; i++) {
        columns[i] = nf9_column_by_name(data->tmpl, names[i]);
        found += columns[i] < data->tmpl->field_count;
    }
    while (found > 0 && nf9_record_next(&data->records, &record) == NF9_OK) {
        for (size_t i = 0; i < n_names; i++)
            if (nf9_record_column(&record, columns[i], &field) == NF9_OK)
                put_field(&field, i);
            else
                put_cell("", i);
        fputs("\r\n", stdout);
    }
}

int main(int argc, char **argv)
{
    static const struct option options[] = { /* each has an argument */
        { "columns", 1, NULL, 'c' }, { "framing", 1, NULL, 'f' }, { 0 } };
    nf9_framing framing = NF9_FRAMING_FLOWSETS;
    nf9_input input;
    nf9_data_flowset data;
    nf9_status st;

    for (int letter; (letter = getopt_long(argc, argv, "", options, NULL)) != -1;)
        switch (letter) {
        case 'c': n_names = 0, names_of(optarg); break;
        case 'f': framing = framing_of(optarg); break;
        default: return 2; /* getopt_long has said why */
        }
    if (n_names == 0 || argc - optind > 1)
        die("to_csv --columns NAME,... [--framing FRAMING] [FILE]");
    nf9_input_fd(&input, 0);
    if (optind < argc && nf9_input_file(&input, argv[optind]) != NF9_OK)
        die("%s: %s", argv[optind], strerror(input.system_error));
    nf9_packet_stream *packets = nf9_packet_stream_new(&input, framing, 0, NULL);
    nf9_record_stream *records = packets ? nf9_record_stream_new(packets, NULL, NULL) : NULL;
    if (records == NULL)
        die("no memory");
    nf9_collector_on_notice(nf9_record_stream_collector(records), report, stderr);
    for (size_t i = 0; i < n_names; i++)
        put_cell(names[i], i);
    fputs("\r\n", stdout);
    while ((st = nf9_record_stream_flowset(records, &data)) == NF9_OK)
        put_flowset(&data);
    if (st != NF9_END)
        die("cannot read: %s", strerror(input.system_error));
    for (const nf9_waiting *w = nf9_pending_oldest(nf9_record_stream_pending(records)); w != NULL;
         w = w->next)
        fprintf(stderr, "offset %llu: %zu octets of data without template %u\n",
                w->origin.offset + w->flowset.offset + 0ull, w->flowset.body.len, w->flowset.id);
    nf9_record_stream_free(records);
    nf9_packet_stream_free(packets);
    nf9_input_close(&input);
    return ferror(stdout) || fflush(stdout) != 0;
}
