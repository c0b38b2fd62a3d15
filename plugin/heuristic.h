/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * heuristic.h: NetFlow v9 on any UDP port.
 */
#ifndef NF9_PLUGIN_HEURISTIC_H
#define NF9_PLUGIN_HEURISTIC_H

void nf9_heuristic_register(void);

#endif
