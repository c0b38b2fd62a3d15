/* SPDX-License-Identifier: MIT
 *
 * alloc.c: malloc and free as an allocator.
 */
#include "alloc.h"
#include <stdlib.h>

static void *default_alloc(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void default_free(void *user, void *mem)
{
    (void)user;
    free(mem);
}

nf9_allocator nf9_allocator_of(const nf9_allocator *allocator)
{
    return allocator != NULL ? *allocator
                             : (nf9_allocator){ default_alloc, default_free, NULL };
}
