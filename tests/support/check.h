/* SPDX-License-Identifier: MIT
 *
 * check.h: checks that say what was expected, what came, and of which case; a failure does not
 * end the test.  Each test program ends with `return check_end();`.
 */
#ifndef NF9_TEST_CHECK_H
#define NF9_TEST_CHECK_H

#include <nf9/base.h>

#define CHECK(condition) check_true(__FILE__, __LINE__, #condition, (condition))
#define CHECK_INT(got, want) check_int(__FILE__, __LINE__, #got, (got), (want))
#define CHECK_UINT(got, want) check_uint(__FILE__, __LINE__, #got, (got), (want))
#define CHECK_STATUS(got, want) check_status(__FILE__, __LINE__, #got, (got), (want))
#define CHECK_TEXT(got, want) check_text(__FILE__, __LINE__, #got, (got), (want))
#define CHECK_OCTETS(got, hex) check_octets(__FILE__, __LINE__, #got, (got), (hex))
#define CHECK_DOUBLE(got, want) check_double(__FILE__, __LINE__, #got, (got), (want))

/* Names the case (a row of a table) that the next checks are of; printf's arguments. */
void check_case(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Each answers whether the check held. */
bool check_true(const char *file, int line, const char *what, bool held);
bool check_int(const char *file, int line, const char *what, int64_t got, int64_t want);
bool check_uint(const char *file, int line, const char *what, uint64_t got, uint64_t want);
bool check_status(const char *file, int line, const char *what, nf9_status got, nf9_status want);
bool check_text(const char *file, int line, const char *what, const char *got, const char *want);
bool check_octets(const char *file, int line, const char *what, nf9_bytes got, const char *hex);
bool check_double(const char *file, int line, const char *what, double got, double want);

/* Says how many checks there were and how many failed.  0 where all held; a test without a
 * check fails. */
int check_end(void);

#endif
