/* SPDX-License-Identifier: MIT
 *
 * rows.h: records as rows of numbers, the fast way to many records of one template.
 *
 * What is a number here: every integer and time of 1 to 8 octets, as nf9_field_u64 gives it
 * (signed ones as two's complement, truths as 1 or 2), an IPv4 address of 4 octets and a MAC
 * address, big-endian (192.0.2.1 is 0xc0000201).  Everything else is 0: octets, text, floats,
 * IPv6 addresses, unknown types, and lengths that do not fit; see the field for those
 * (nf9_record_column).
 *
 * A plan is made once per template and says where each number stands; a record is then one step
 * of the pointer, and a number one load, swap and shift.  Nothing allocates.
 */
#ifndef NF9_ROWS_H
#define NF9_ROWS_H

#include <nf9/value.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The numbers of a record by column: out[i] is column i's, for i below n; 0 behind the last
 * column, and where it is no number.  Returns how many of them are numbers. */
NF9_API size_t nf9_record_u64(const nf9_record *record, uint64_t *out, size_t n);

/* Where a number stands in a record. The members are private. */
typedef struct nf9_load {
    uint64_t mask;
    uint16_t at;
    uint16_t column; /* 65535: none */
    uint8_t shift;
    uint8_t length;
    uint8_t how;
} nf9_load;

/* A plan: it borrows the template and the loads. The members are private. */
typedef struct nf9_rows {
    const nf9_template *tmpl;
    const nf9_load *loads;
    size_t n;
    bool plain;  /* every number is a load and a shift from the record's begin */
    bool varies; /* some stand behind a field of variable length */
} nf9_rows;

/* Makes a plan of n numbers a row; `loads` is the caller's memory for n of them.  A row has the
 * numbers of these types, in this order, whatever the template's: the k-th mention of a type is
 * its k-th field that is no scope, and one that the template does not have is 0.  `types` NULL
 * means the columns 0 to n - 1, scopes too.  Returns how many of them are numbers. */
NF9_API size_t nf9_rows_init(nf9_rows *rows, const nf9_template *tmpl, nf9_load *loads,
                             const uint16_t *types, size_t n);

/* Reads one record of the plan's template into out[0..n). */
NF9_API void nf9_rows_record(const nf9_rows *rows, const nf9_record *record, uint64_t *out);

/* Reads up to max_rows records of the plan's template, row after row of n numbers (max_rows * n
 * in all), and moves the walk behind them.  Returns how many; 0 at the end. */
NF9_API size_t nf9_rows_next(const nf9_rows *rows, nf9_record_iter *it, uint64_t *out,
                             size_t max_rows);

#ifdef __cplusplus
}
#endif
#endif
