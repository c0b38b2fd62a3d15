/* SPDX-License-Identifier: MIT
 *
 * exporter.c: sends the flows of a CSV file, or made up, over UDP; README.md says how.
 */
#define _POSIX_C_SOURCE 200809L
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netdb.h>
#include <nf9/nf9.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MTU 1452u /* of IPv6 on Ethernet; IPv4 has 20 octets more */
#define FIELDS 10 /* of a flow: two addresses, numbers */

#define die(...) (fprintf(stderr, "exporter: " __VA_ARGS__), fputc('\n', stderr), exit(1))

#define FLOW                                                                                     \
    { NF9_FT_L4_SRC_PORT, 2 }, { NF9_FT_L4_DST_PORT, 2 }, { NF9_FT_PROTOCOL, 1 },                \
        { NF9_FT_TCP_FLAGS, 1 }, { NF9_FT_IN_PKTS, 8 }, { NF9_FT_IN_BYTES, 8 },                  \
        { NF9_FT_FLOW_START_MILLISECONDS, 8 }, { NF9_FT_FLOW_END_MILLISECONDS, 8 }
static const nf9_field_spec flows[2][FIELDS] = {
    { { NF9_FT_IPV4_SRC_ADDR, 4 }, { NF9_FT_IPV4_DST_ADDR, 4 }, FLOW },
    { { NF9_FT_IPV6_SRC_ADDR, 16 }, { NF9_FT_IPV6_DST_ADDR, 16 }, FLOW },
};
static const nf9_template *templates[2];
static struct timespec boot;
static unsigned long rate; /* datagrams a second; 0: as fast as it goes */

static nf9_clock now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    int64_t ms = (int64_t)(t.tv_sec - boot.tv_sec) * 1000 + (t.tv_nsec - boot.tv_nsec) / 1000000;
    return (nf9_clock){ (uint64_t)ms, (uint32_t)time(NULL) };
}

static nf9_status send_datagram(void *user, nf9_bytes datagram)
{
    /* refused: nobody listens now, and a collector may come later */
    if (send(*(int *)user, datagram.data, datagram.len, 0) < 0 && errno != ECONNREFUSED)
        die("cannot send: %s", strerror(errno));
    if (rate > 0)
        nanosleep(&(struct timespec){ 0, (long)(999999999 / rate) }, NULL);
    return NF9_OK;
}

static void send_flow(nf9_packer *packer, const char *line, unsigned long number)
{
    char source[50] = "", destination[50] = "", text[200], *end = NULL;
    uint8_t from[16], to[16];
    int used = 0;

    sscanf(line, "%49[^,],%49[^,]%n", source, destination, &used);
    line += used;
    int v6 = strchr(source, ':') != NULL, family = v6 ? AF_INET6 : AF_INET;
    bool good = inet_pton(family, source, from) == 1 && inet_pton(family, destination, to) == 1;
    nf9_writer *w = nf9_packer_begin(packer, templates[v6]);
    nf9_put_octets(w, flows[v6][0].type, from, flows[v6][0].length);
    nf9_put_octets(w, flows[v6][1].type, to, flows[v6][1].length);
    errno = 0;
    for (int i = 2; good && i < FIELDS; i++, line = end) {
        good = *line == ',' && line[1] >= '0' && line[1] <= '9';
        nf9_put_uint(w, flows[v6][i].type, strtoull(line + good, &end, 10));
    }
    bool bad = !good || errno != 0 || line[strspn(line, "\r\n")] != '\0';
    if (bad && nf9_packer_flush(packer, now()) <= NF9_OK) /* the flows before it are sent */
        die("line %lu is not two addresses and %d numbers", number, FIELDS - 2);
    if (nf9_packer_end(packer, now()) != NF9_OK) {
        nf9_encode_error_print(nf9_packer_error(packer), text, sizeof text);
        die("line %lu: %s", number, text);
    }
}

static int connect_to(const char *host, const char *port)
{
    const struct addrinfo hints = { .ai_socktype = SOCK_DGRAM };
    struct addrinfo *found = NULL;
    int udp = -1;

    if (getaddrinfo(host, port, &hints, &found) != 0 ||
        (udp = socket(found->ai_family, SOCK_DGRAM, 0)) < 0 ||
        connect(udp, found->ai_addr, found->ai_addrlen) != 0)
        die("there is no way to %s, port %s", host, port);
    freeaddrinfo(found);
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
        { "host", 1, NULL, 'h' }, { "port", 1, NULL, 'p' }, { "source-id", 1, NULL, 's' },
        { "refresh", 1, NULL, 'r' }, { "count", 1, NULL, 'c' }, { "rate", 1, NULL, 'a' }, { 0 } };
    static uint8_t room[NF9_PACKER_ROOM(MTU)];
    static max_align_t memory[2][32];
    const char *host = "127.0.0.1", *port = "2055";
    char line[300];
    unsigned long count = 0;
    int udp;
    nf9_packer packer;
    nf9_packer_options o = { .mtu = MTU, .refresh_packets = 20, .send = send_datagram,
                             .user = &udp };

    for (int letter; (letter = getopt_long(argc, argv, "", names, NULL)) != -1;)
        switch (letter) {
        case 'h': host = optarg; break;
        case 'p': number_of(port = optarg, 65535); break;
        case 's': o.source_id = number_of(optarg, UINT32_MAX); break;
        case 'r': o.refresh_packets = number_of(optarg, UINT32_MAX); break;
        case 'c': count = number_of(optarg, UINT32_MAX); break;
        case 'a': rate = number_of(optarg, 1000000); break;
        default: return 2; /* getopt_long has said why */
        }
    if (argc - optind > (count == 0))
        die("%s is too much: one file, or --count", argv[argc - 1]);
    FILE *in = optind < argc ? fopen(argv[optind], "r") : stdin;
    if (in == NULL)
        die("%s: %s", argv[optind], strerror(errno));
    udp = connect_to(host, port);
    clock_gettime(CLOCK_MONOTONIC, &boot);
    for (uint16_t i = 0; i < 2; i++)
        nf9_template_build(memory[i], sizeof memory[i], (uint16_t)(256 + i), NULL, 0, flows[i],
                           FIELDS, &templates[i]);
    nf9_packer_init(&packer, &o, room, sizeof room);
    nf9_packer_templates(&packer, templates, 2);
    for (unsigned long n = 1; count > 0 ? n <= count : fgets(line, sizeof line, in) != NULL; n++) {
        if (count > 0) /* made up: IPv4 and IPv6 in turn */
            snprintf(line, sizeof line, "%s,%lu,443,6,27,%lu,%lu000003,17%011lu,17%011lu",
                     n % 2 ? "192.0.2.1,198.51.100.2" : "2001:db8::1,2001:db8::2", n & 0xffff, n,
                     n, n, n + 500);
        if (*line != '\n' && *line != '\r') send_flow(&packer, line, n);
    }
    nf9_packer_flush(&packer, now());
    return 0;
}
