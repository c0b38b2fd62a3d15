/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * program.h: which program has loaded the plugin.
 */
#ifndef NF9_PLUGIN_PROGRAM_H
#define NF9_PLUGIN_PROGRAM_H

#include "ws_compat.h"

/* The program that prints tables as text; others show them in windows or hand them on. */
static inline bool nf9_is_tshark(void)
{
    return g_strcmp0(g_get_prgname(), "tshark") == 0;
}

#endif
