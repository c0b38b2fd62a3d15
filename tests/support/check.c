/* SPDX-License-Identifier: MIT
 *
 * check.c: counts checks and reports those that fail.
 */
#include "check.h"
#include "guard.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static unsigned long made, failed;
static char name[200];

void check_case(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
}

static bool held(bool ok, const char *file, int line, const char *what)
{
    const char *slash = strrchr(file, '/');

    made++;
    if (ok)
        return true;
    failed++;
    fprintf(stderr, "%s:%d: ", slash != NULL ? slash + 1 : file, line);
    if (name[0] != '\0')
        fprintf(stderr, "[%s] ", name);
    fprintf(stderr, "%s", what);
    return false;
}

bool check_true(const char *file, int line, const char *what, bool ok)
{
    if (!held(ok, file, line, what))
        fprintf(stderr, " does not hold\n");
    return ok;
}

bool check_int(const char *file, int line, const char *what, int64_t got, int64_t want)
{
    if (!held(got == want, file, line, what))
        fprintf(stderr, " is %" PRId64 ", expected %" PRId64 "\n", got, want);
    return got == want;
}

bool check_uint(const char *file, int line, const char *what, uint64_t got, uint64_t want)
{
    if (!held(got == want, file, line, what))
        fprintf(stderr, " is %" PRIu64 " (0x%" PRIx64 "), expected %" PRIu64 " (0x%" PRIx64 ")\n",
                got, got, want, want);
    return got == want;
}

bool check_status(const char *file, int line, const char *what, nf9_status got, nf9_status want)
{
    if (!held(got == want, file, line, what))
        fprintf(stderr, " is %d (%s), expected %d (%s)\n", (int)got, nf9_status_name(got),
                (int)want, nf9_status_name(want));
    return got == want;
}

bool check_text(const char *file, int line, const char *what, const char *got, const char *want)
{
    bool same = got == want || (got != NULL && want != NULL && strcmp(got, want) == 0);

    if (!held(same, file, line, what))
        fprintf(stderr, " is\n  \"%s\", expected\n  \"%s\"\n", got != NULL ? got : "(NULL)",
                want != NULL ? want : "(NULL)");
    return same;
}

bool check_octets(const char *file, int line, const char *what, nf9_bytes got, const char *hex)
{
    nf9_bytes want = octets(hex);
    bool same = got.len == want.len &&
                (want.len == 0 || memcmp(got.data, want.data, want.len) == 0);

    if (!held(same, file, line, what)) {
        fprintf(stderr, " is %zu octets:", got.len);
        for (size_t i = 0; i < got.len && i < 64; i++)
            fprintf(stderr, " %02x", got.data[i]);
        fprintf(stderr, ", expected %zu: %s\n", want.len, hex);
    }
    return same;
}

bool check_double(const char *file, int line, const char *what, double got, double want)
{
    bool same = memcmp(&got, &want, sizeof got) == 0; /* also where it is no number */

    if (!held(same, file, line, what))
        fprintf(stderr, " is %.17g, expected %.17g\n", got, want);
    return same;
}

int check_end(void)
{
    guard_release();
    printf("%lu checks, %lu failed\n", made, failed);
    return made == 0 || failed > 0;
}
