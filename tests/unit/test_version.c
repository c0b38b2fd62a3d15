/* SPDX-License-Identifier: MIT
 *
 * version.c: the library that runs is that of the headers.
 */
#include "check.h"
#include <nf9/version.h>
#include <stdio.h>

int main(void)
{
    char numbers[40];

    snprintf(numbers, sizeof numbers, "%d.%d.%d", NF9_VERSION_MAJOR, NF9_VERSION_MINOR,
             NF9_VERSION_PATCH);
    CHECK_TEXT(nf9_version(), numbers);
    CHECK_TEXT(NF9_VERSION, numbers);
    return check_end();
}
