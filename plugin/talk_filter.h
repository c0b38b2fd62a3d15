/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * talk_filter.h: the display fields of filters that lead from a row to its packets.
 */
#ifndef NF9_PLUGIN_TALK_FILTER_H
#define NF9_PLUGIN_TALK_FILTER_H

#include "talk.h"
#include <epan/conversation_table.h>

/* A row points to that of its addresses (nf9_sides). */
extern ct_dissector_info_t nf9_conversation_filters[NF9_SIDES_COUNT];
extern et_dissector_info_t nf9_endpoint_filters[NF9_SIDES_COUNT];

#endif
