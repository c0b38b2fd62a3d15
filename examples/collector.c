/* SPDX-License-Identifier: MIT
 *
 * collector.c: listens on a UDP socket and prints a line for each record; README.md says how.
 */
#define _POSIX_C_SOURCE 200809L
#include <getopt.h>
#include <netdb.h>
#include <nf9/nf9.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define EXPORTERS 1024u /* anybody can send: what is kept of senders has a limit */
#define ADDRESS 80

/* One line, and the end. */
#define die(...) (fprintf(stderr, "collector: " __VA_ARGS__), fputc('\n', stderr), exit(1))

static char exporters[EXPORTERS][ADDRESS]; /* [i] is conversation i */
static uint32_t n_exporters;

static void report(void *user, const nf9_notice *notice)
{
    static const char *const words[NF9_NOTICE_COUNT] = {
        "", "no Export Packet, or not to its end", "a FlowSet runs past the packet's end",
        "templates at fault, or not stored", "data waits for its template",
        "data without a template was dropped", "too many sources to follow each" };
    static const char *const shown[] = { /* by the bits of NF9_TRACK_LOST ... */
        "lost before it", "twice", "out of order", "the exporter restarted",
        "the uptime wrapped", "the sequence counts records", "it was called lost" };
    const nf9_verdict *v = &notice->verdict;

    fprintf(user, "%s, Source ID %u, packet %llu: %s", exporters[notice->source.conversation],
            notice->source.source_id + 0u, notice->number + 0ull, words[notice->kind]);
    if (v->lost > 0)
        fprintf(user, "%u %s ", (unsigned)v->lost, v->records ? "records" : "packets");
    for (unsigned i = 0, said = 0; i < sizeof shown / sizeof *shown; i++)
        if (v->what & 1u << i)
            fprintf(user, "%s%s", said++ ? ", " : "", shown[i]);
    fputc('\n', user);
}

static void print(const nf9_data_record *r)
{
    static char text[1 << 19]; /* a field of 65535 octets fits */
    const nf9_source *source = &r->of->origin->source;
    nf9_field_iter it;
    nf9_field field;

    printf("exporter=%s\tsource_id=%u\ttemplate=%u", exporters[source->conversation],
           (unsigned)source->source_id, (unsigned)r->of->flowset.id);
    nf9_fields_open(&it, &r->record);
    while (nf9_field_next(&it, &field) == NF9_OK) {
        nf9_field_name(&field, text, sizeof text);
        printf("\t%s=", text);
        nf9_field_print(&field, text, sizeof text);
        fputs(text, stdout);
    }
    putchar('\n');
}

/* Section 5.1: a source is an address and a Source ID; the port may change.  EXPORTERS: no room. */
static uint32_t number_of_exporter(const struct sockaddr *from, socklen_t size)
{
    char address[ADDRESS] = "?";
    uint32_t i = 0;

    getnameinfo(from, size, address, sizeof address, NULL, 0, NI_NUMERICHOST);
    while (i < n_exporters && strcmp(exporters[i], address) != 0)
        i++;
    if (i == n_exporters && i < EXPORTERS)
        strcpy(exporters[n_exporters++], address);
    return i;
}

static int listen_at(const char *host, const char *port)
{
    const struct addrinfo hints = { .ai_socktype = SOCK_DGRAM };
    struct addrinfo *found = NULL;
    int udp = -1, octets = 8 << 20; /* for bursts; the system may give less */

    if (getaddrinfo(host, port, &hints, &found) != 0 ||
        (udp = socket(found->ai_family, SOCK_DGRAM, 0)) < 0 ||
        bind(udp, found->ai_addr, found->ai_addrlen) != 0)
        die("cannot listen at %s, port %s", host, port);
    freeaddrinfo(found);
    setsockopt(udp, SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets);
    fprintf(stderr, "listening at %s, port %s\n", host, port);
    return udp;
}

static uint32_t number_of(const char *text, uint32_t most)
{
    char *end = NULL;
    unsigned long value = strtoul(text, &end, 10);

    if (*text < '0' || *text > '9' || *end != '\0' || value > most)
        die("%s is no number up to %lu", text, (unsigned long)most);
    return (uint32_t)value;
}

int main(int argc, char **argv)
{
    static const struct option names[] = { /* each has an argument */
        { "host", 1, NULL, 'h' }, { "port", 1, NULL, 'p' }, { "count", 1, NULL, 'c' },
        { "idle", 1, NULL, 'i' }, { 0 } };
    static uint8_t buf[NF9_MAX_PACKET];
    const char *host = "127.0.0.1", *port = "2055";
    uint64_t count = UINT64_MAX, printed = 0;
    int idle = -1; /* ms */

    for (int letter; (letter = getopt_long(argc, argv, "", names, NULL)) != -1;)
        switch (letter) {
        case 'h': host = optarg; break;
        case 'p': number_of(port = optarg, 65535); break;
        case 'c': count = number_of(optarg, UINT32_MAX); break;
        case 'i': idle = 1000 * (int)number_of(optarg, 1000000); break;
        default: return 2; /* getopt_long has said why */
        }
    if (optind < argc)
        die("%s is too much", argv[optind]);
    struct pollfd udp = { listen_at(host, port), POLLIN, 0 };
    nf9_collector *collector = nf9_collector_new(NULL, NULL);
    if (collector == NULL)
        die("no memory");
    nf9_collector_on_notice(collector, report, stderr);
    while (printed < count && poll(&udp, 1, idle) > 0) {
        struct sockaddr_storage from = { 0 };
        socklen_t size = sizeof from;
        nf9_data_record record;
        ssize_t got = recvfrom(udp.fd, buf, sizeof buf, 0, (struct sockaddr *)&from, &size);
        uint32_t exporter = number_of_exporter((struct sockaddr *)&from, size);
        if (got < 0 || exporter == EXPORTERS)
            continue;
        const nf9_datagram datagram = { .bytes = { buf, (size_t)got }, .conversation = exporter };
        nf9_collector_give(collector, &datagram);
        for (; printed < count && nf9_collector_next(collector, &record) == NF9_OK; printed++)
            print(&record);
        fflush(stdout);
    }
    const nf9_counters *c = nf9_collector_counters(collector);
    fprintf(stderr, "%llu packets, %llu records, %llu packets lost, %zu FlowSets wait\n",
            c->packets + 0ull, printed + 0ull, c->lost_packets + 0ull,
            nf9_pending_flowsets(nf9_collector_pending(collector)));
    nf9_collector_free(collector);
    return ferror(stdout) != 0;
}
