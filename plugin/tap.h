/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tap.h: what statistics get of an Export Packet: the codec's own records, not yet walked over.
 */
#ifndef NF9_PLUGIN_TAP_H
#define NF9_PLUGIN_TAP_H

#include "ws_compat.h"
#include <epan/packet.h>
#include <nf9/decode.h>
#include <nf9/track.h>

#define NF9_TAP "nf9"

/* A Data FlowSet that was decoded. */
typedef struct nf9_tap_flowset {
    nf9_flowset flowset;
    uint32_t template_frame; /* where the template was defined by which it was read */
    nf9_record_iter records; /* copy it to walk over them: at the first, without the padding */
    uint32_t before;         /* records that the packet has before them */
} nf9_tap_flowset;

/* A packet, valid while its frame is dissected. Not queued for one that an ICMP error quotes. */
typedef struct nf9_tap_packet {
    tvbuff_t *tvb;
    nf9_header header;
    nf9_verdict verdict; /* on its sequence */
    nf9_tap_flowset *flowsets; /* n of them */
    size_t n, room;
    uint32_t undecoded_flowsets; /* that had no template */
    uint64_t undecoded;          /* their octets, headers left out */
    bool incomplete;             /* not all of the packet is there, or could be read */
    bool second_look;            /* later templates served too */
} nf9_tap_packet;

void nf9_tap_register(void);

/* A packet to be filled, NULL where nobody listens: the calls below then do nothing. */
nf9_tap_packet *nf9_tap_begin(packet_info *pinfo, tvbuff_t *tvb);

void nf9_tap_records(nf9_tap_packet *tap, packet_info *pinfo, const nf9_tap_flowset *flowset);
void nf9_tap_undecoded(nf9_tap_packet *tap, size_t octets);
/* No verdict: NULL. */
void nf9_tap_end(nf9_tap_packet *tap, packet_info *pinfo, const nf9_header *header,
                 const nf9_verdict *verdict, bool incomplete);

#endif
