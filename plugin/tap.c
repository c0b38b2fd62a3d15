/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tap.c: Export Packets queued for statistics, where there are any.
 */
#include "tap.h"
#include "state.h"
#include <epan/tap.h>

static int tap_ids[NF9_TAPS_MAX];
static size_t n_taps;

void nf9_tap_register(const char *name)
{
    g_assert(n_taps < NF9_TAPS_MAX);
    tap_ids[n_taps++] = register_tap(name);
}

static bool somebody_listens(void)
{
    for (size_t i = 0; i < n_taps; i++)
        if (have_tap_listener(tap_ids[i]))
            return true;
    return false;
}

nf9_tap_packet *nf9_tap_begin(packet_info *pinfo, tvbuff_t *tvb)
{
    nf9_tap_packet *tap;

    if (!somebody_listens() || pinfo->flags.in_error_pkt)
        return NULL;
    tap = wmem_new0(pinfo->pool, nf9_tap_packet);
    tap->tvb = tvb;
    return tap;
}

/* The array of n, with room for one more. */
static void *with_room(packet_info *pinfo, void *array, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return array;
    *room = *room == 0 ? 4 : 2 * *room;
    return wmem_realloc(pinfo->pool, array, *room * size);
}

void nf9_tap_source(nf9_tap_packet *tap, nf9_source source, const nf9_verdict *verdict)
{
    if (tap == NULL)
        return;
    tap->source = source;
    tap->verdict = *verdict;
}

void nf9_tap_flowset_kind(nf9_tap_packet *tap, uint16_t flowset_id)
{
    if (tap != NULL)
        tap->kinds[nf9_flowset_kind_of(flowset_id)]++;
}

/* What the record means is asked of what was learnt, so that it is the same on any look. */
void nf9_tap_template_record(nf9_tap_packet *tap, packet_info *pinfo,
                             const nf9_template_record *record, nf9_when when)
{
    const nf9_cache *cache = nf9_state_cache();
    nf9_tap_template t = { .event = NF9_CACHE_NEW };
    nf9_definition before;

    if (tap == NULL ||
        nf9_cache_find(cache, tap->source, record->id, when, &t.definition) != NF9_OK ||
        !nf9_template_equals(t.definition.tmpl, record))
        return; /* not learnt, for a limit's sake */
    if (nf9_when_compare(t.definition.first, when) != 0) {
        t.event = NF9_CACHE_REFRESHED;
    } else if (nf9_cache_find_before(cache, tap->source, record->id, when, &before) == NF9_OK) {
        t.event = NF9_CACHE_REDEFINED;
        t.replaced = before.first;
    }
    tap->templates = (nf9_tap_template *)with_room(pinfo, tap->templates, tap->n_templates,
                                                   &tap->room_templates, sizeof t);
    tap->templates[tap->n_templates++] = t;
}

void nf9_tap_records(nf9_tap_packet *tap, packet_info *pinfo, const nf9_tap_flowset *flowset)
{
    if (tap == NULL)
        return;
    tap->flowsets = (nf9_tap_flowset *)with_room(pinfo, tap->flowsets, tap->n, &tap->room,
                                                 sizeof *tap->flowsets);
    tap->flowsets[tap->n++] = *flowset;
}

void nf9_tap_undecoded(nf9_tap_packet *tap, packet_info *pinfo, nf9_tap_unknown unknown)
{
    if (tap == NULL)
        return;
    tap->unknown = (nf9_tap_unknown *)with_room(pinfo, tap->unknown, tap->undecoded_flowsets,
                                                &tap->room_unknown, sizeof unknown);
    tap->unknown[tap->undecoded_flowsets++] = unknown;
    tap->undecoded += unknown.octets;
}

void nf9_tap_end(nf9_tap_packet *tap, packet_info *pinfo, const nf9_header *header,
                 bool incomplete)
{
    if (tap == NULL)
        return;
    tap->header = *header;
    tap->incomplete = incomplete;
    tap->second_look = nf9_state_second_look(pinfo);
    for (size_t i = 0; i < n_taps; i++)
        if (have_tap_listener(tap_ids[i]))
            tap_queue_packet(tap_ids[i], pinfo, tap);
}
