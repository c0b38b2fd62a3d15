/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * heuristic.c: NetFlow v9 on any UDP port.
 */
#include "heuristic.h"
#include "packet.h"
#include "proto.h"
#include <epan/conversation.h>

static ws_bool dissect_heuristic(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                                 void *data)
{
    unsigned captured = tvb_captured_length(tvb);
    conversation_t *conversation;

    /* asked for every UDP packet that nobody claims: two octets decide nearly always */
    if (captured < NF9_HEADER_LENGTH || tvb_get_ntohs(tvb, 0) != NF9_VERSION_9 ||
        !nf9_packet_plausible((nf9_bytes){ tvb_get_ptr(tvb, 0, (int)captured), captured },
                              tvb_reported_length(tvb)))
        return FALSE;
    if (!pinfo->flags.in_error_pkt) { /* what an ICMP error quotes teaches nothing */
        /* from this frame on: earlier ones were not learnt from, and stay what they were */
        conversation = find_or_create_conversation(pinfo);
        conversation_set_dissector_from_frame_number(conversation, pinfo->num, nf9_handle);
    }
    nf9_dissect_packet(tvb, pinfo, tree);
    return TRUE;
}

void nf9_heuristic_register(void)
{
    heur_dissector_add("udp", dissect_heuristic, "NetFlow v9 over UDP", "nf9_udp", proto_nf9,
                       HEURISTIC_ENABLE);
}
