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

/* For marks; to be freed by g_array_free. */
static inline GArray *nf9_marks_new(void)
{
    return g_array_new(FALSE, FALSE, sizeof(nf9_mark));
}

/* Appends what is marked of a protocol's fields, and the protocol's own mark; of all protocols,
 * their own. */
void nf9_marks_collect(GArray *marks, int proto);
void nf9_marks_collect_protocols(GArray *marks);

void nf9_marks_take_off(const GArray *marks);
void nf9_marks_put_back(const GArray *marks);

#endif
