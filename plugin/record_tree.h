/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * record_tree.h: a flow or options record in the tree.
 */
#ifndef NF9_PLUGIN_RECORD_TREE_H
#define NF9_PLUGIN_RECORD_TREE_H

#include "packet.h"
#include <nf9/flow.h>

/* What puts the records of a FlowSet into a tree. */
typedef struct nf9_record_adder {
    nf9_pdu *pdu;
    proto_tree *tree; /* the FlowSet's */
    const nf9_template *tmpl;
    nf9_wanted wanted;
    bool wants_flow;    /* what is made from several fields: for itself, or for notes on it */
    nf9_flow_plan plan; /* where wants_flow */
    uint8_t *noted;     /* by column: its note was raised; NULL before the first */
    unsigned match;     /* which record filter matches the next record; 0: none */
} nf9_record_adder;

void nf9_record_register(int proto);

/* Whether anybody asks for the records' own lines: everybody does who sees the tree. */
bool nf9_record_is_wanted(proto_tree *tree);

/* Finds what is wanted of records of this template, by pdu->asked.  The tree may be NULL; what is
 * pointed to is borrowed. */
void nf9_record_adder_init(nf9_record_adder *adder, nf9_pdu *pdu, proto_tree *tree,
                           const nf9_template *tmpl);

/* Whether nobody asks for anything in these records. */
bool nf9_record_adder_is_idle(const nf9_record_adder *adder);

/* Adds the packet's next record with what is wanted of it, and its notes; or what there is of one
 * that is cut short. */
void nf9_record_add(nf9_record_adder *adder, const nf9_record *record, bool cut);

/* Whether nothing is wanted of these records but fields that are plain. */
bool nf9_record_adder_is_plain(const nf9_record_adder *adder);

/* Does for the next n records then, which are whole and of one length, what nf9_record_add does:
 * the fast way of a filter through a capture. */
void nf9_records_add_plain(const nf9_record_adder *adder, nf9_record_iter *it, uint32_t n);

/* Leaves out the packet's next record; what is noted of records is noted of this one too. */
void nf9_record_hide(nf9_record_adder *adder, const nf9_record *record);

/* Raises those notes on all of these records that nf9_record_add will not. */
void nf9_records_note(nf9_record_adder *adder, nf9_record_iter it);

#endif
