/* SPDX-License-Identifier: MIT
 *
 * guard.h: memory between two pages that nobody may touch, so that one octet read or written
 * too far ends the test, with any compiler and without a sanitizer.
 */
#ifndef NF9_TEST_GUARD_H
#define NF9_TEST_GUARD_H

#include <nf9/base.h>

/* Octets from hex digits, blanks between them as one likes; "00*300" is an octet 300 times.
 * They end at an unmapped page and cannot be written.  Valid until guard_release. */
nf9_bytes octets(const char *hex);

/* As octets, but an unmapped page ends where they begin. */
nf9_bytes octets_before(const char *hex);

/* A copy that ends at an unmapped page and cannot be written. */
nf9_bytes guard_copy(const void *data, size_t len);

/* `size` octets (0xaa) that may be written and end at an unmapped page. */
void *guard_room(size_t size);

/* As guard_room, aligned to 8, so that up to 7 octets may be written behind. */
void *guard_aligned(size_t size);

/* Gives back everything that came from here. */
void guard_release(void);

#endif
