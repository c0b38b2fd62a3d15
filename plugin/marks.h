/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * marks.h: the fields that filters, columns and taps name, as epan marks them.
 *
 * The marks stand in the fields themselves, for all trees at once, and epan takes them off when a
 * tree that has such fields is done with.  A tree within a tree must leave them as it found them.
 */
#ifndef NF9_PLUGIN_MARKS_H
#define NF9_PLUGIN_MARKS_H

#include "ws_compat.h"
#include <epan/packet.h>

typedef struct nf9_mark {
    header_field_info *field;
    hf_ref_type type;
} nf9_mark;

/* Marks a field as asked for, and its protocol with it, as a filter does that names it. */
void nf9_mark_field(int hf);

/* For marks, in a pool, which an exception leaves them to; to be freed by wmem_destroy_array. */
static inline wmem_array_t *nf9_marks_new(wmem_allocator_t *pool)
{
    return wmem_array_new(pool, sizeof(nf9_mark));
}

static inline nf9_mark *nf9_mark_at(wmem_array_t *marks, unsigned i)
{
    return (nf9_mark *)wmem_array_index(marks, i);
}

/* Appends what is marked of a protocol's fields, and the protocol's own mark; of all protocols,
 * their own. */
void nf9_marks_collect(wmem_array_t *marks, int proto);
void nf9_marks_collect_protocols(wmem_array_t *marks);

void nf9_marks_take_off(wmem_array_t *marks);
void nf9_marks_put_back(wmem_array_t *marks);

#endif
