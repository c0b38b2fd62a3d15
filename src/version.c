/* SPDX-License-Identifier: MIT
 *
 * version.c: the version of the library that runs.
 */
#include <nf9/version.h>

const char *nf9_version(void)
{
    return NF9_VERSION;
}
