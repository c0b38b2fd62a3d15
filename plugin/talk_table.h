/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * talk_table.h: rows of Wireshark's tables of conversations and endpoints.
 */
#ifndef NF9_PLUGIN_TALK_TABLE_H
#define NF9_PLUGIN_TALK_TABLE_H

#include "talk.h"
#include <epan/conversation_table.h>

/* Counters stop where the two directions of a row have this many together. */
typedef struct nf9_talk_most {
    uint64_t packets, bytes;
} nf9_talk_most;

/* Adds the counters to the row of the two sides, in time that does not depend on them. */
void nf9_talk_conversation(conv_hash_t *table, nf9_talk *talk, const nf9_talk_most *most);

/* The same to the rows of each side. */
void nf9_talk_endpoints(conv_hash_t *table, nf9_talk *talk, const nf9_talk_most *most);

#endif
