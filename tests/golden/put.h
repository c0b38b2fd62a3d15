/* SPDX-License-Identifier: MIT
 *
 * put.h: records as lines of text (dump.c says how they look).
 */
#ifndef NF9_GOLDEN_PUT_H
#define NF9_GOLDEN_PUT_H

#include <nf9/nf9.h>

void put_hex(nf9_bytes b);

/* The key of a field that `same` others of its type stand before. */
void put_key(uint16_t type, bool scope, unsigned same);

/* " KEY=VALUE" for each field, and the line's end. */
void put_fields(const nf9_record *record);

#endif
