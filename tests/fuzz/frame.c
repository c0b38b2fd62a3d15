/* SPDX-License-Identifier: MIT
 *
 * frame.c: the Ethernet frames around the datagrams that the plugin is fuzzed with.
 */
#include "frame.h"
#include <stdlib.h>
#include <string.h>

enum { ETHERNET = 14, IPV4 = 20, IPV6 = 40, UDP = 8, ICMP = 8, HEADERS = 128 };
enum { PROTO_ICMP = 1, PROTO_UDP = 17, PROTO_ICMPV6 = 58 };
enum { SNAPPED_OFF = 100 };

typedef struct headers {
    uint8_t octets[HEADERS]; /* filled from the end */
    size_t start;
} headers;

static uint8_t *push(headers *h, size_t n)
{
    h->start -= n;
    memset(h->octets + h->start, 0, n);
    return h->octets + h->start;
}

static void put16(uint8_t *at, size_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void push_udp(headers *h, uint8_t carried, size_t len)
{
    size_t from = carried & NF9_FUZZ_SOURCE_PORT ? 50001 : 50000;
    size_t to = carried & NF9_FUZZ_UNKNOWN_PORT ? 20552 : 2055;
    uint8_t *udp = push(h, UDP);

    put16(udp, carried & NF9_FUZZ_DOWN ? to : from);
    put16(udp + 2, carried & NF9_FUZZ_DOWN ? from : to);
    put16(udp + 4, len + UDP);
}

static void push_ip(headers *h, uint8_t network, uint8_t carried, uint8_t proto, size_t len)
{
    uint8_t source = carried & NF9_FUZZ_EXPORTER ? 2 : 1;
    uint8_t destination = carried & NF9_FUZZ_COLLECTOR ? 10 : 9;
    uint8_t *ip;

    if (carried & NF9_FUZZ_IPV6) {
        static const uint8_t prefix[] = { 0x20, 0x01, 0x0d, 0xb8 };
        ip = push(h, IPV6);
        ip[0] = 0x60;
        put16(ip + 4, len);
        ip[6] = proto;
        ip[7] = 64;
        memcpy(ip + 8, prefix, sizeof prefix);
        ip[13] = ip[29] = network;
        ip[23] = source;
        memcpy(ip + 24, prefix, sizeof prefix);
        ip[39] = destination;
        return;
    }
    ip = push(h, IPV4);
    ip[0] = 0x45;
    put16(ip + 2, len + IPV4);
    ip[8] = 64;
    ip[9] = proto;
    ip[12] = ip[16] = 10;
    ip[13] = ip[17] = network;
    ip[15] = source;
    ip[19] = destination;
}

uint8_t *nf9_fuzz_frame(uint8_t network, uint8_t carried, const uint8_t *payload, size_t len,
                        unsigned *captured, unsigned *wire)
{
    size_t cut = carried & NF9_FUZZ_SNAPPED ? SNAPPED_OFF : 0;
    headers h = { .start = HEADERS };
    uint8_t *ethernet, *frame;

    push_udp(&h, carried, len + cut);
    push_ip(&h, network, carried, PROTO_UDP, HEADERS - h.start + len + cut);
    if (carried & NF9_FUZZ_ICMP) {
        uint8_t *icmp = push(&h, ICMP);
        icmp[0] = carried & NF9_FUZZ_IPV6 ? 1 : 3; /* destination unreachable: */
        icmp[1] = carried & NF9_FUZZ_IPV6 ? 4 : 3; /* port unreachable */
        push_ip(&h, network, carried, carried & NF9_FUZZ_IPV6 ? PROTO_ICMPV6 : PROTO_ICMP,
                HEADERS - h.start + len + cut);
    }
    ethernet = push(&h, ETHERNET);
    ethernet[0] = ethernet[6] = 2;
    put16(ethernet + 12, carried & NF9_FUZZ_IPV6 ? 0x86dd : 0x0800);

    *captured = (unsigned)(HEADERS - h.start + len);
    *wire = *captured + (unsigned)cut;
    frame = (uint8_t *)malloc(*captured);
    if (frame == NULL)
        abort();
    memcpy(frame, h.octets + h.start, HEADERS - h.start);
    if (len > 0)
        memcpy(frame + (HEADERS - h.start), payload, len);
    return frame;
}
