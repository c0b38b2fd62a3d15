/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * packet.h: an Export Packet on its way into the tree.
 */
#ifndef NF9_PLUGIN_PACKET_H
#define NF9_PLUGIN_PACKET_H

#include "info.h"
#include "report.h"
#include "tap.h"
#include "wanted.h"
#include <epan/packet.h>
#include <nf9/cache.h>
#include <nf9/track.h>

typedef struct nf9_pdu {
    tvbuff_t *tvb;
    packet_info *pinfo;
    nf9_bytes bytes;  /* as captured */
    proto_tree *tree; /* of the packet; NULL where nobody wants one */
    nf9_asked asked;  /* what is wanted in it */
    nf9_header header;
    const nf9_verdict *verdict; /* on its sequence; NULL: there is none */
    nf9_source source;
    uint64_t place;
    uint32_t ordinal; /* records so far */
    nf9_info info;
    nf9_tap_packet *tap; /* NULL: nobody listens */
    nf9_doubt doubt; /* padding.c */
    uint64_t sieved; /* items that record filters looked at, and fields that they hid */
    uint64_t looked; /* fields looked at for the notes on them alone */
    bool looked_enough;
    unsigned *notes; /* how many there are on this packet */
    int counted;     /* 1: doubt is filled in, -1: it cannot be, 0: not yet */
} nf9_pdu;

void nf9_packet_register(int proto);

/* Dissects a packet whose version is 9. */
int nf9_dissect_packet(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree);

/* Raises an expert info on an item (may be NULL), but never for a packet that an ICMP error
 * quotes: it was reported where it was sent.  Behind some thousands of one packet, a last one says
 * that there are no more. */
void nf9_report(const nf9_pdu *pdu, proto_item *item, expert_field *ei, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

#endif
