/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_out.h: rows on their way into a file, CSV (RFC 4180) or JSON lines.
 */
#ifndef NF9_PLUGIN_ROW_OUT_H
#define NF9_PLUGIN_ROW_OUT_H

#include "ws_compat.h"
#include <nf9/base.h>
#include <nf9/flow.h>
#include <stdio.h>

/* Zeroed: text in memory alone. */
typedef struct nf9_row_out {
    FILE *file;
    const char *name; /* the file's, borrowed; NULL: standard output */
    bool json;
    int error; /* errno of the first write that failed, or 0 */
    bool spared; /* the file is a capture, and was not written over */
    char *text; /* not yet written: len octets of cap */
    size_t len, cap;
} nf9_row_out;

/* Opens a file, but none that is a capture: the one that is read, say, by a slip of the hand.
 * NULL: standard output.  False where that failed: nf9_row_out_failure says why. */
bool nf9_row_out_open(nf9_row_out *out, const char *name, bool json);

/* Empties a file that has the rows of another reading; standard output keeps them.  False where it
 * cannot be opened again. */
bool nf9_row_out_empty(nf9_row_out *out);

/* Closes the file, and frees the memory. */
void nf9_row_out_close(nf9_row_out *out);

/* "cannot write FILE: why", to be freed. */
char *nf9_row_out_failure(const nf9_row_out *out);

/* Writes what is waiting; false where that failed now or before. */
bool nf9_row_out_write(nf9_row_out *out);

/* Writes it where it is much. To be called between rows. */
bool nf9_row_out_row_end(nf9_row_out *out);

/* Memory for n more octets; what is used of it is to be added to out->len. */
char *nf9_row_out_room(nf9_row_out *out, size_t n);

/* As it is. */
void nf9_row_out_octets(nf9_row_out *out, const void *text, size_t n);
void nf9_row_out_char(nf9_row_out *out, char c);
void nf9_row_out_u64(nf9_row_out *out, uint64_t v);

/* A string: JSON escapes what it must, CSV puts into quotes what it must. */
void nf9_row_out_string(nf9_row_out *out, const char *text, size_t n);

/* A time in ISO 8601, with at least so many of 0, 3, 6 and 9 decimals, more where it has them. */
void nf9_row_out_time(nf9_row_out *out, nf9_time time, int decimals);

/* Nanoseconds as seconds: "0.429", with 3, 6 or 9 decimals. */
void nf9_row_out_seconds(nf9_row_out *out, int64_t nanos);

#endif
