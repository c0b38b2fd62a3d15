/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * conversations.h: tables of the conversations and endpoints inside the records.
 */
#ifndef NF9_PLUGIN_CONVERSATIONS_H
#define NF9_PLUGIN_CONVERSATIONS_H

/* Registers the tables: one of this protocol, the others of protocols that are names only. */
void nf9_conversations_register(int proto);

#endif
