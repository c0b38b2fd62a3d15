/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * talk_table.c: rows of Wireshark's tables of conversations and endpoints.
 *
 * Wireshark's own functions add packets, with counters of 32 bits: they make the row here, with
 * nothing in it, and what the record says is added to its members of 64 bits.
 */
#include "talk_table.h"
#include "talk_filter.h"

/* What a row counts of a direction, and of the other. */
typedef struct lanes {
    guint64 *packets, *packets_back, *bytes, *bytes_back;
} lanes;

/* Both kinds of rows have these members, for what is displayed and in total. */
#define LANES(row, total, sent)                                                      \
    ((sent) ? (lanes){ &(row)->tx_frames##total, &(row)->rx_frames##total,           \
                       &(row)->tx_bytes##total, &(row)->rx_bytes##total }            \
            : (lanes){ &(row)->rx_frames##total, &(row)->tx_frames##total,           \
                       &(row)->rx_bytes##total, &(row)->tx_bytes##total })

static void add(guint64 *to, guint64 other, uint64_t n, uint64_t most)
{
    *to += MIN(n, most - *to - other);
}

/* Adds a flow that went one way, and what its record counts of the way back. */
static void count(lanes to, const nf9_flow *flow, const nf9_talk_most *most)
{
    add(to.packets, *to.packets_back, flow->packets, most->packets);
    add(to.packets_back, *to.packets, flow->packets_back, most->packets);
    add(to.bytes, *to.bytes_back, flow->bytes, most->bytes);
    add(to.bytes_back, *to.bytes, flow->bytes_back, most->bytes);
}

/* The row at a key, NULL where there is none. */
static gpointer row_at(const conv_hash_t *table, gconstpointer key, gsize size)
{
    gpointer index;

    if (!g_hash_table_lookup_extended(table->hashtable, key, NULL, &index))
        return NULL;
    return table->conv_array->data + GPOINTER_TO_UINT(index) * size;
}

/* The row of two sides, which may have been seen the other way round first. */
static conv_item_t *conversation_row(const conv_hash_t *table, const nf9_talk *talk)
{
    conv_key_t key = { talk->src, talk->dst, talk->src_port, talk->dst_port, CONV_ID_UNSET };
    conv_key_t back = { talk->dst, talk->src, talk->dst_port, talk->src_port, CONV_ID_UNSET };
    conv_item_t *row = (conv_item_t *)row_at(table, &key, sizeof *row);

    return row != NULL ? row : (conv_item_t *)row_at(table, &back, sizeof *row);
}

static bool is_forward(const conv_item_t *row, const nf9_talk *talk)
{
    return row->src_port == talk->src_port && row->dst_port == talk->dst_port &&
           addresses_equal(&row->src_address, &talk->src) &&
           addresses_equal(&row->dst_address, &talk->dst);
}

void nf9_talk_conversation(conv_hash_t *table, nf9_talk *talk, const nf9_talk_most *most)
{
    conv_item_t *row;
    bool forward;

    add_conversation_table_data(table, &talk->src, &talk->dst, talk->src_port, talk->dst_port, 0,
                                0, &talk->start, &talk->start_time,
                                &nf9_conversation_filters[talk->sides], talk->type);
    row = conversation_row(table, talk);
    if (row == NULL)
        return;
    if (nstime_cmp(&talk->stop, &row->stop_time) > 0)
        row->stop_time = talk->stop;
    if (row->dissector_info != &nf9_conversation_filters[talk->sides])
        row->dissector_info = &nf9_conversation_filters[NF9_SIDES_MAC_MIXED];
    if (talk->type == CONVERSATION_NONE)
        row->ctype = CONVERSATION_NONE; /* not all of it has ports: its filter asks for none */
    forward = is_forward(row, talk);
    if ((table->flags & TL_DISPLAY_FILTER_IGNORED) == 0)
        count(LANES(row, , forward), &talk->flow, most);
    count(LANES(row, _total, forward), &talk->flow, most);
}

static void endpoint(conv_hash_t *table, const nf9_talk *talk, bool sender,
                     const nf9_talk_most *most)
{
    endpoint_key_t key = { sender ? talk->src : talk->dst,
                           sender ? talk->src_port : talk->dst_port };
    endpoint_item_t *row;

    add_endpoint_table_data(table, &key.myaddress, key.port, sender, 0, 0,
                            &nf9_endpoint_filters[talk->sides], talk->type);
    row = (endpoint_item_t *)row_at(table, &key, sizeof *row);
    if (row == NULL)
        return;
    if (talk->type == CONVERSATION_NONE)
        row->etype = ENDPOINT_NONE;
    if ((table->flags & TL_DISPLAY_FILTER_IGNORED) == 0)
        count(LANES(row, , sender), &talk->flow, most);
    count(LANES(row, _total, sender), &talk->flow, most);
}

void nf9_talk_endpoints(conv_hash_t *table, nf9_talk *talk, const nf9_talk_most *most)
{
    endpoint(table, talk, true, most);
    endpoint(table, talk, false, most);
}
