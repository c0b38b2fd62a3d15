/* SPDX-License-Identifier: MIT
 *
 * frame.h: the Ethernet frames around the datagrams that the plugin is fuzzed with.
 */
#ifndef NF9_FUZZ_FRAME_H
#define NF9_FUZZ_FRAME_H

#include <stddef.h>
#include <stdint.h>

#define NF9_FUZZ_TIME 1704164645 /* 2024-01-02 03:04:05 */

/* The octet before a datagram: 0 is the plain one. */
enum nf9_fuzz_carried {
    NF9_FUZZ_SOURCE_PORT = 1, /* the exporter's other port */
    NF9_FUZZ_EXPORTER = 2,    /* the other exporter */
    NF9_FUZZ_COLLECTOR = 4,   /* to the other collector */
    NF9_FUZZ_UNKNOWN_PORT = 8, /* to a port that nobody owns */
    NF9_FUZZ_IPV6 = 16,
    NF9_FUZZ_ICMP = 32,    /* quoted in an ICMP error */
    NF9_FUZZ_SNAPPED = 64, /* longer than what was captured of it */
    NF9_FUZZ_DOWN = 128,   /* from the collector's port to the exporter's */
};

/* The frame in memory of its own, to be freed; its captured length and that on the wire.  The
 * addresses of two networks differ. */
uint8_t *nf9_fuzz_frame(uint8_t network, uint8_t carried, const uint8_t *payload, size_t len,
                        unsigned *captured, unsigned *wire);

#endif
