/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * state.h: what the plugin knows of a capture file: templates by source and place.
 *
 * Learnt on the first pass only, kept until the file is closed or read again.
 */
#ifndef NF9_PLUGIN_STATE_H
#define NF9_PLUGIN_STATE_H

#include "ws_compat.h"
#include <epan/packet.h>
#include <nf9/cache.h>

void nf9_state_register(void);

/* The source that sends this packet: its conversation, one direction of it, and Source ID. */
nf9_source nf9_state_source(packet_info *pinfo, uint32_t source_id);

/* The packet's place: its frame, and which Export Packet of the frame it is. */
uint64_t nf9_state_place(packet_info *pinfo);
uint32_t nf9_state_frame_of(nf9_when when);

/* Whether this packet may teach: on the first pass, and not where an ICMP error quotes it. */
bool nf9_state_learns(const packet_info *pinfo);

/* Learns all templates of the packet. */
void nf9_state_learn(nf9_bytes packet, nf9_source source, uint64_t place);

/* The templates learnt so far. */
const nf9_cache *nf9_state_cache(void);

#endif
