/* SPDX-License-Identifier: MIT
 *
 * alloc.h: the allocator that is meant where none is given. Private.
 */
#ifndef NF9_ALLOC_H
#define NF9_ALLOC_H

#include <nf9/cache.h>

/* The one given; malloc and free for NULL. */
nf9_allocator nf9_allocator_of(const nf9_allocator *allocator);

#endif
