/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * named.h: the fields that tshark's -e names, where epan does not know.
 */
#ifndef NF9_PLUGIN_NAMED_H
#define NF9_PLUGIN_NAMED_H

#include "ws_compat.h"
#include <epan/packet.h>

bool nf9_named_narrow(packet_info *pinfo, proto_tree *tree);

/* Marks the fields that tshark's -e names as asked for, as those of filters are.  Where tshark
 * looks for nothing else in this tree, takes it out of sight, so that only what is asked for is
 * worth adding: true, and nf9_named_end is to bring it back.  Does nothing in a tree that nobody
 * sees, or where epan marks such fields. */
static inline bool nf9_named_begin(packet_info *pinfo, proto_tree *tree)
{
    return !WS_MARKS_FIELDS && tree != NULL && PTREE_DATA(tree)->visible &&
           nf9_named_narrow(pinfo, tree);
}

void nf9_named_end(proto_tree *tree);

#endif
