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

static nf9_cache *cache;
static wmem_map_t *conversations; /* endpoints -> number, from 1 */

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

static uint32_t conversation_of(const packet_info *pinfo)
{
    endpoints key = { .src = pinfo->src,
                      .dst = pinfo->dst,
                      .src_port = pinfo->srcport,
                      .dst_port = pinfo->destport,
                      .ptype = pinfo->ptype };
    uint32_t number = GPOINTER_TO_UINT(wmem_map_lookup(conversations, &key));

    if (number == 0) {
        endpoints *kept = wmem_new(wmem_file_scope(), endpoints);
        *kept = key;
        copy_address_wmem(wmem_file_scope(), &kept->src, &pinfo->src);
        copy_address_wmem(wmem_file_scope(), &kept->dst, &pinfo->dst);
        number = wmem_map_size(conversations) + 1;
        wmem_map_insert(conversations, kept, GUINT_TO_POINTER(number));
    }
    return number;
}

nf9_source nf9_state_source(packet_info *pinfo, uint32_t source_id)
{
    return (nf9_source){ .conversation = conversation_of(pinfo), .source_id = source_id };
}

uint64_t nf9_state_place(packet_info *pinfo)
{
    uint32_t *packets = (uint32_t *)p_get_proto_data(pinfo->pool, pinfo, proto_nf9, 0);

    if (packets == NULL) {
        packets = wmem_new0(pinfo->pool, uint32_t);
        p_add_proto_data(pinfo->pool, pinfo, proto_nf9, 0, packets);
    }
    return (uint64_t)pinfo->num << 32 | (*packets)++;
}

uint32_t nf9_state_frame_of(nf9_when when)
{
    return (uint32_t)(when.packet >> 32);
}

bool nf9_state_learns(const packet_info *pinfo)
{
    return !PINFO_FD_VISITED(pinfo) && !pinfo->flags.in_error_pkt;
}

void nf9_state_learn(nf9_bytes packet, nf9_source source, uint64_t place)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset flowset;
    nf9_status st = nf9_packet_open(&it, packet, &header);

    while (st == NF9_OK && (st = nf9_flowset_next(&it, &flowset)) == NF9_OK) {
        nf9_template_iter ti;
        nf9_template_record record;
        if (flowset.id > 1)
            continue;
        nf9_templates_open(&ti, &flowset);
        while (nf9_template_next(&ti, &record) == NF9_OK)
            nf9_cache_add(cache, source, &record, nf9_when_at(place, flowset.index), NULL);
    }
}

const nf9_cache *nf9_state_cache(void)
{
    return cache;
}

static void state_init(void)
{
    cache = nf9_cache_new(NULL, NULL);
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
    register_init_routine(state_init);
    register_cleanup_routine(state_cleanup);
}
