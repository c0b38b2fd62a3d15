/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * talk.h: what a record says to a table of conversations: who sent how much to whom, and when.
 */
#ifndef NF9_PLUGIN_TALK_H
#define NF9_PLUGIN_TALK_H

#include "socket_address.h"
#include <epan/packet.h>
#include <nf9/flow.h>

/* The tables: which flows they show, and between whom. */
typedef enum nf9_view {
    NF9_VIEW_SOCKETS,  /* addresses with ports */
    NF9_VIEW_TCP,
    NF9_VIEW_UDP,
    NF9_VIEW_IP,       /* addresses without */
    NF9_VIEW_ETHERNET, /* MAC addresses */
    NF9_VIEW_COUNT
} nf9_view;

/* Which fields the addresses are from. */
typedef enum nf9_sides {
    NF9_SIDES_IPV4,        /* 8, 12 */
    NF9_SIDES_IPV6,        /* 27, 28 */
    NF9_SIDES_MAC_IN,      /* 56, 80 */
    NF9_SIDES_MAC_OUT,     /* 81, 57 */
    NF9_SIDES_MAC_THROUGH, /* 56, 57 */
    NF9_SIDES_MAC_BACK,    /* 81, 80 */
    NF9_SIDES_MAC_MIXED,   /* of a row: more than one of these */
    NF9_SIDES_COUNT
} nf9_sides;

/* Made once a FlowSet. */
typedef struct nf9_talk_plan {
    nf9_view view;
    nf9_flow_plan flow;
    nf9_sides macs;
    uint16_t src_mac, dst_mac; /* NF9_NO_COLUMN where the template has no pair */
} nf9_talk_plan;

typedef struct nf9_talk {
    nf9_flow flow;
    nf9_sides sides;
    address src, dst; /* their octets are the flow's, or the sockets' */
    nf9_socket sockets[2];
    uint32_t src_port, dst_port;
    conversation_type type; /* CONVERSATION_NONE without ports */
    nstime_t start, stop;   /* since the capture's start, as rows have them */
    nstime_t start_time;    /* absolute */
} nf9_talk;

void nf9_talk_plan_init(nf9_talk_plan *plan, nf9_view view, const nf9_template *tmpl);

/* Reads a record; false where the table does not show it.  The addresses borrow `talk`. */
bool nf9_talk_read(nf9_talk *talk, const nf9_talk_plan *plan, const packet_info *pinfo,
                   const nf9_header *header, const nf9_record *record);

/* Makes the ports a part of the addresses. */
void nf9_talk_print_ports(nf9_talk *talk, nf9_view view);

#endif
