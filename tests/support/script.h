/* SPDX-License-Identifier: MIT
 *
 * script.h: lines of text as calls of the writer, for programs whose scripts Python makes, so
 * that what is expected of the packets comes from there.
 */
#ifndef NF9_TEST_SCRIPT_H
#define NF9_TEST_SCRIPT_H

#include <nf9/encode.h>

#define SCRIPT_LINE 140000u /* octets of a line at most, with its NUL */

/* Builds the template "ID N_SCOPES N_FIELDS TYPE:LENGTH..." (N_SCOPES -1: of data); NULL where
 * that fails.  To be freed by script_free. */
const nf9_template *script_template(char *words);
void script_free(const nf9_template *tmpl);

/* Puts a field: letter and "FIELD VALUE", with s before a scope's type.  u and i: a number,
 * b: 0 or 1, d: a double's octets in hex, T: seconds and nanoseconds; t, 4, 6, m, o: text,
 * addresses and octets in hex.  What fails sticks in the writer. */
void script_put(nf9_writer *w, char letter, char *words);

/* Writes a packet to stdout, behind its length in 4 octets, big-endian. */
void script_packet(nf9_bytes packet);

#endif
