/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tap.h: what statistics get of an Export Packet: the codec's own records, not yet walked over.
 */
#ifndef NF9_PLUGIN_TAP_H
#define NF9_PLUGIN_TAP_H

#include "ws_compat.h"
#include <epan/packet.h>
#include <nf9/cache.h>
#include <nf9/track.h>

#define NF9_TAP "nf9"
#define NF9_TAPS_MAX 8

/* Kinds of FlowSets (nf9_flowset_kind). */
#define NF9_TAP_KINDS 4

/* A Data FlowSet that was decoded. */
typedef struct nf9_tap_flowset {
    nf9_flowset flowset;
    nf9_record_iter records; /* copy it to walk over them: at the first, without the padding */
    uint32_t before;         /* records that the packet has before them */
    uint32_t n_records;
    nf9_when defined; /* the first announcement of the definition that it is read by */
} nf9_tap_flowset;

/* A Data FlowSet that had no template. */
typedef struct nf9_tap_unknown {
    nf9_when place;
    uint16_t id;
    size_t octets; /* its header left out */
} nf9_tap_unknown;

/* A Template Record that was learnt. */
typedef struct nf9_tap_template {
    nf9_cache_event event;
    nf9_definition definition;
    nf9_when replaced; /* the definition that was in force before, where it is a redefinition */
} nf9_tap_template;

/* A packet, valid while its frame is dissected. Not queued for one that an ICMP error quotes. */
typedef struct nf9_tap_packet {
    tvbuff_t *tvb;
    nf9_header header;
    nf9_source source; /* conversation 0: the packet is too short for a header */
    nf9_verdict verdict;
    nf9_tap_flowset *flowsets; /* n of them */
    size_t n, room;
    nf9_tap_template *templates; /* n_templates of them */
    size_t n_templates, room_templates;
    nf9_tap_unknown *unknown; /* undecoded_flowsets of them */
    size_t room_unknown;
    uint32_t kinds[NF9_TAP_KINDS]; /* FlowSets by nf9_flowset_kind */
    uint32_t undecoded_flowsets; /* that had no template */
    uint64_t undecoded;          /* their octets, headers left out */
    bool incomplete;             /* not all of the packet is there, or could be read */
    bool second_look;            /* later templates served too */
} nf9_tap_packet;

/* A tap that gets the packets, under this name; up to NF9_TAPS_MAX. */
void nf9_tap_register(const char *name);

/* A packet to be filled, NULL where nobody listens: the calls below then do nothing. */
nf9_tap_packet *nf9_tap_begin(packet_info *pinfo, tvbuff_t *tvb);

void nf9_tap_source(nf9_tap_packet *tap, nf9_source source, const nf9_verdict *verdict);
void nf9_tap_flowset_kind(nf9_tap_packet *tap, uint16_t flowset_id);
void nf9_tap_template_record(nf9_tap_packet *tap, packet_info *pinfo,
                             const nf9_template_record *record, nf9_when when);
void nf9_tap_records(nf9_tap_packet *tap, packet_info *pinfo, const nf9_tap_flowset *flowset);
void nf9_tap_undecoded(nf9_tap_packet *tap, packet_info *pinfo, nf9_tap_unknown unknown);
void nf9_tap_end(nf9_tap_packet *tap, packet_info *pinfo, const nf9_header *header,
                 bool incomplete);

#endif
