/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * named.h: the fields that tshark's -e names, where epan does not know.
 */
#ifndef NF9_PLUGIN_NAMED_H
#define NF9_PLUGIN_NAMED_H

#include "ws_compat.h"

/* Whether a field of nf9 is named behind -e.  Always false where epan marks such fields, as it
 * does those of filters; true where that cannot be found out. */
bool nf9_is_named(int hf);

#endif
