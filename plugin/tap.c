/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tap.c: Export Packets queued for statistics, where there are any.
 */
#include "tap.h"
#include "state.h"
#include <epan/tap.h>

static int tap_id = -1;

void nf9_tap_register(void)
{
    tap_id = register_tap(NF9_TAP);
}

nf9_tap_packet *nf9_tap_begin(packet_info *pinfo, tvbuff_t *tvb)
{
    nf9_tap_packet *tap;

    if (!have_tap_listener(tap_id) || pinfo->flags.in_error_pkt)
        return NULL;
    tap = wmem_new0(pinfo->pool, nf9_tap_packet);
    tap->tvb = tvb;
    return tap;
}

void nf9_tap_records(nf9_tap_packet *tap, packet_info *pinfo, const nf9_tap_flowset *flowset)
{
    if (tap == NULL)
        return;
    if (tap->n == tap->room) {
        tap->room = tap->room == 0 ? 4 : 2 * tap->room;
        tap->flowsets = (nf9_tap_flowset *)wmem_realloc(pinfo->pool, tap->flowsets,
                                                        tap->room * sizeof *tap->flowsets);
    }
    tap->flowsets[tap->n++] = *flowset;
}

void nf9_tap_undecoded(nf9_tap_packet *tap, size_t octets)
{
    if (tap == NULL)
        return;
    tap->undecoded_flowsets++;
    tap->undecoded += octets;
}

void nf9_tap_end(nf9_tap_packet *tap, packet_info *pinfo, const nf9_header *header,
                 const nf9_verdict *verdict, bool incomplete)
{
    if (tap == NULL)
        return;
    tap->header = *header;
    if (verdict != NULL)
        tap->verdict = *verdict;
    tap->incomplete = incomplete;
    tap->second_look = nf9_state_second_look(pinfo);
    tap_queue_packet(tap_id, pinfo, tap);
}
