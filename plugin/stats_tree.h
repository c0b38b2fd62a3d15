/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stats_tree.h: what a capture holds, as a tree of counts: -z nf9,tree.
 */
#ifndef NF9_PLUGIN_STATS_TREE_H
#define NF9_PLUGIN_STATS_TREE_H

void nf9_stats_tree_register(void);

#endif
