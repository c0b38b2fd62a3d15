/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * state.h: what the plugin knows of a capture file: templates by source and place, and how the
 * packets of each source follow each other.
 *
 * Learnt on the first pass only, kept until the file is closed or read again.
 */
#ifndef NF9_PLUGIN_STATE_H
#define NF9_PLUGIN_STATE_H

#include "ws_compat.h"
#include <epan/packet.h>
#include <nf9/cache.h>
#include <nf9/track.h>

void nf9_state_register(void);

/* The source that sends this packet: its conversation, one direction of it, and Source ID. */
nf9_source nf9_state_source(packet_info *pinfo, const nf9_header *header);

/* The packet's place: its frame, which dissection of that frame number on the first pass (with
 * `-2 -R`, rejected frames bear the number of the next one), which Export Packet of the frame;
 * FlowSets and templates in it are at nf9_when_in. */
uint64_t nf9_state_place(packet_info *pinfo);
uint32_t nf9_state_frame_of(nf9_when when);

/* Whether this packet may teach: on the first pass, and not where an ICMP error quotes it. */
bool nf9_state_learns(const packet_info *pinfo);

/* Whether what later frames said may be used: the file was read before. */
bool nf9_state_second_look(const packet_info *pinfo);

/* What the packet's header shows against those before it: found on the first pass, kept where
 * there is something to say.  A restart voids what the source defined.  To be asked of the packet
 * that nf9_state_source was asked for last.  On the first pass the answer is the source's tracker,
 * which is to be told how many records the packet held where all of it was decoded; else NULL. */
nf9_tracker *nf9_state_track(packet_info *pinfo, const nf9_header *header, nf9_source source,
                             uint64_t place, nf9_verdict *verdict);

/* Learns all templates of the packet. */
void nf9_state_learn(nf9_bytes packet, nf9_source source, uint64_t place);

/* The limits of what is learnt, for the next file. */
extern unsigned nf9_pref_max_fields, nf9_pref_max_templates, nf9_pref_max_memory;

/* The templates learnt so far. */
const nf9_cache *nf9_state_cache(void);

#endif
