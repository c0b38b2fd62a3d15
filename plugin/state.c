/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * state.c: templates by source and place, for as long as a capture file is open.
 */
#include "state.h"
#include "proto.h"
#include <epan/proto_data.h>

/* A conversation in the direction from exporter to collector.  epan's own conversations do not
 * serve: which of them a packet belongs to depends on the order in which frames are visited. */
typedef struct endpoints {
    address src, dst;
    uint32_t src_port, dst_port;
    port_type ptype;
} endpoints;

typedef struct conversation {
    endpoints ends;
    uint32_t number, exporter; /* each from 1 */
    uint32_t source_id;   /* that a packet had last: mostly there is but one */
    nf9_tracker *tracker; /* of that; NULL: none yet */
} conversation;

unsigned nf9_pref_max_fields = 4096, nf9_pref_max_templates = 10000, nf9_pref_max_memory = 512;

static nf9_cache *cache;
static wmem_map_t *conversations; /* endpoints -> conversation */
static wmem_map_t *exporters;     /* endpoints with a source address only -> number, from 1 */
static wmem_map_t *trackers;      /* conversation and Source ID -> nf9_tracker */
static conversation *latest;      /* the last that a packet was of; NULL: none yet */

/* How often a frame number was dissected on the first pass: the last number, and how often. */
static uint32_t last_frame, dissections;

/* Keys of what is kept with a frame. */
enum { KEY_FRAME, KEY_DISSECTION, KEY_VERDICT };

static guint endpoints_hash(gconstpointer key)
{
    const endpoints *e = (const endpoints *)key;
    guint hash = add_address_to_hash(e->src_port << 16 ^ e->dst_port, &e->src);
    return add_address_to_hash(hash, &e->dst);
}

static gboolean endpoints_equal(gconstpointer one, gconstpointer other)
{
    const endpoints *a = (const endpoints *)one, *b = (const endpoints *)other;
    return a->src_port == b->src_port && a->dst_port == b->dst_port && a->ptype == b->ptype &&
           addresses_equal(&a->src, &b->src) && addresses_equal(&a->dst, &b->dst);
}

static endpoints endpoints_kept(const endpoints *key)
{
    endpoints kept = *key;

    copy_address_wmem(wmem_file_scope(), &kept.src, &key->src);
    copy_address_wmem(wmem_file_scope(), &kept.dst, &key->dst);
    return kept;
}

/* The number of an exporter, the next one where it is new. */
static uint32_t exporter_of(const endpoints *both)
{
    endpoints key = { .src = both->src };
    uint32_t number = GPOINTER_TO_UINT(wmem_map_lookup(exporters, &key));

    if (number == 0) {
        endpoints *kept = wmem_new(wmem_file_scope(), endpoints);
        *kept = endpoints_kept(&key);
        number = wmem_map_size(exporters) + 1;
        wmem_map_insert(exporters, kept, GUINT_TO_POINTER(number));
    }
    return number;
}

static conversation *conversation_of(const endpoints *key)
{
    conversation *found = (conversation *)wmem_map_lookup(conversations, key);

    if (found == NULL) {
        found = wmem_new0(wmem_file_scope(), conversation);
        found->ends = endpoints_kept(key);
        found->number = wmem_map_size(conversations) + 1;
        found->exporter = exporter_of(key);
        wmem_map_insert(conversations, &found->ends, found);
    }
    return found;
}

nf9_source nf9_state_source(packet_info *pinfo, const nf9_header *header)
{
    endpoints both = { .src = pinfo->src,
                       .dst = pinfo->dst,
                       .src_port = pinfo->srcport,
                       .dst_port = pinfo->destport,
                       .ptype = pinfo->ptype };

    if (latest == NULL || !endpoints_equal(&latest->ends, &both))
        latest = conversation_of(&both);
    return (nf9_source){ .conversation = latest->number,
                         .source_id = header->source_id,
                         .exporter = latest->exporter,
                         .boot = nf9_header_boot(header) };
}

/* A frame while it is dissected. */
typedef struct frame_state {
    uint32_t packets;    /* Export Packets so far */
    uint32_t dissection; /* of the frame's number */
} frame_state;

static uint32_t dissection_of(packet_info *pinfo)
{
    void *kept;

    if (PINFO_FD_VISITED(pinfo)) {
        kept = p_get_proto_data(wmem_file_scope(), pinfo, proto_nf9, KEY_DISSECTION);
        return GPOINTER_TO_UINT(kept);
    }
    dissections = pinfo->num == last_frame ? dissections + 1 : 0;
    last_frame = pinfo->num;
    if (dissections > 0)
        p_add_proto_data(wmem_file_scope(), pinfo, proto_nf9, KEY_DISSECTION,
                         GUINT_TO_POINTER(dissections));
    return dissections;
}

uint64_t nf9_state_place(packet_info *pinfo)
{
    frame_state *frame =
        (frame_state *)p_get_proto_data(pinfo->pool, pinfo, proto_nf9, KEY_FRAME);

    if (frame == NULL) {
        frame = wmem_new0(pinfo->pool, frame_state);
        frame->dissection = dissection_of(pinfo);
        p_add_proto_data(pinfo->pool, pinfo, proto_nf9, KEY_FRAME, frame);
    }
    return (uint64_t)pinfo->num << 32 | (uint64_t)(frame->dissection & 0xffff) << 16 |
           (frame->packets++ & 0xffff);
}

uint32_t nf9_state_frame_of(nf9_when when)
{
    return (uint32_t)(when.packet >> 32);
}

bool nf9_state_learns(const packet_info *pinfo)
{
    return !PINFO_FD_VISITED(pinfo) && !pinfo->flags.in_error_pkt;
}

bool nf9_state_second_look(const packet_info *pinfo)
{
    return PINFO_FD_VISITED(pinfo);
}

/* g_int64_hash takes the low half only, the Source ID, which is 0 or 1 for most exporters. */
static guint tracker_hash(gconstpointer key)
{
    uint64_t k = *(const uint64_t *)key;
    return (guint)(k >> 32) * 2654435761u ^ (guint)k;
}

static nf9_tracker *tracker_kept(nf9_source source)
{
    uint64_t key = (uint64_t)source.conversation << 32 | source.source_id, *kept;
    nf9_tracker *tracker = (nf9_tracker *)wmem_map_lookup(trackers, &key);

    if (tracker == NULL) {
        tracker = wmem_new0(wmem_file_scope(), nf9_tracker);
        kept = wmem_new(wmem_file_scope(), uint64_t);
        *kept = key;
        wmem_map_insert(trackers, kept, tracker);
    }
    return tracker;
}

/* Of the packet that nf9_state_source was asked for last. */
static nf9_tracker *tracker_of(nf9_source source)
{
    if (latest->tracker == NULL || latest->source_id != source.source_id) {
        latest->tracker = tracker_kept(source);
        latest->source_id = source.source_id;
    }
    return latest->tracker;
}

nf9_tracker *nf9_state_track(packet_info *pinfo, const nf9_header *header, nf9_source source,
                             uint64_t place, nf9_verdict *verdict)
{
    uint32_t key = KEY_VERDICT + (uint32_t)(place & 0xffff);
    nf9_tracker *tracker = NULL;

    if (nf9_state_learns(pinfo)) {
        tracker = tracker_of(source);
        nf9_track(tracker, header, verdict);
        if ((verdict->what & NF9_TRACK_RESTART) != 0)
            nf9_cache_restart(cache, source, nf9_when_at(place, 0));
        if (verdict->what != 0)
            p_add_proto_data(wmem_file_scope(), pinfo, proto_nf9, key,
                             wmem_memdup(wmem_file_scope(), verdict, sizeof *verdict));
    } else {
        const nf9_verdict *kept = (const nf9_verdict *)p_get_proto_data(
            wmem_file_scope(), pinfo, proto_nf9, key);
        *verdict = kept != NULL ? *kept : (nf9_verdict){ 0, 0, 0, false };
    }
    return tracker;
}

void nf9_state_learn(nf9_bytes packet, nf9_source source, uint64_t place)
{
    nf9_cache_learn(cache, source, packet, place);
}

const nf9_cache *nf9_state_cache(void)
{
    return cache;
}

static void state_init(void)
{
    const nf9_cache_limits limits = {
        .max_memory = (size_t)nf9_pref_max_memory << 20,
        .max_fields = (uint16_t)MIN(nf9_pref_max_fields, 65535),
        .max_source = nf9_pref_max_templates,
    };

    cache = nf9_cache_new(&limits, NULL);
    latest = NULL;
    last_frame = dissections = 0;
}

static void state_cleanup(void)
{
    nf9_cache_free(cache);
    cache = NULL;
}

void nf9_state_register(void)
{
    conversations = wmem_map_new_autoreset(wmem_epan_scope(), wmem_file_scope(), endpoints_hash,
                                           endpoints_equal);
    exporters = wmem_map_new_autoreset(wmem_epan_scope(), wmem_file_scope(), endpoints_hash,
                                       endpoints_equal);
    trackers = wmem_map_new_autoreset(wmem_epan_scope(), wmem_file_scope(), tracker_hash,
                                      g_int64_equal);
    register_init_routine(state_init);
    register_cleanup_routine(state_cleanup);
}
