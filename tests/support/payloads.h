/* SPDX-License-Identifier: MIT
 *
 * payloads.h: the UDP payloads of a capture, as nf9test/payloads.py writes them: for each, three
 * numbers of 4 octets (frame, conversation, length), big-endian, and its octets.
 */
#ifndef NF9_TEST_PAYLOADS_H
#define NF9_TEST_PAYLOADS_H

#include <nf9/base.h>

typedef struct payload {
    uint32_t frame;
    uint32_t conversation;
    nf9_bytes bytes;
} payload;

typedef struct payloads {
    payload *all;
    size_t n;
    uint8_t *file;
} payloads;

/* Reads a file; a file that cannot be read is a mistake of the test and ends it. */
payloads payloads_read(const char *path);
void payloads_free(payloads *p);

#endif
