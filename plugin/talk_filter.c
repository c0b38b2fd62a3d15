/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * talk_filter.c: the display fields of filters that lead from a row to its packets.
 */
#include "talk_filter.h"

#define FIELD(name) "nf9." name

/* The fields that a row's filter names, by where its addresses are from. */
static const struct {
    const char *any, *src, *dst;
} fields[NF9_SIDES_COUNT] = {
    [NF9_SIDES_IPV4] = { FIELD("addr"), FIELD("ipv4_src_addr"), FIELD("ipv4_dst_addr") },
    [NF9_SIDES_IPV6] = { FIELD("addr6"), FIELD("ipv6_src_addr"), FIELD("ipv6_dst_addr") },
    [NF9_SIDES_MAC_IN] = { FIELD("mac"), FIELD("in_src_mac"), FIELD("in_dst_mac") },
    [NF9_SIDES_MAC_OUT] = { FIELD("mac"), FIELD("out_src_mac"), FIELD("out_dst_mac") },
    [NF9_SIDES_MAC_THROUGH] = { FIELD("mac"), FIELD("in_src_mac"), FIELD("out_dst_mac") },
    [NF9_SIDES_MAC_BACK] = { FIELD("mac"), FIELD("out_src_mac"), FIELD("in_dst_mac") },
    [NF9_SIDES_MAC_MIXED] = { FIELD("mac"), FIELD("mac"), FIELD("mac") },
};

static const char *filter_field(size_t sides, conv_filter_type_e filter)
{
    switch (filter) {
    case CONV_FT_SRC_ADDRESS:
        return fields[sides].src;
    case CONV_FT_DST_ADDRESS:
        return fields[sides].dst;
    case CONV_FT_ANY_ADDRESS:
        return fields[sides].any;
    case CONV_FT_SRC_PORT:
        return FIELD("l4_src_port");
    case CONV_FT_DST_PORT:
        return FIELD("l4_dst_port");
    case CONV_FT_ANY_PORT:
        return FIELD("port");
    default:
        return CONV_FILTER_INVALID;
    }
}

static const char *conversation_filter(conv_item_t *row, conv_filter_type_e filter);
static const char *endpoint_filter(endpoint_item_t *row, conv_filter_type_e filter);

ct_dissector_info_t nf9_conversation_filters[NF9_SIDES_COUNT] = {
    { conversation_filter }, { conversation_filter }, { conversation_filter },
    { conversation_filter }, { conversation_filter }, { conversation_filter },
    { conversation_filter },
};
et_dissector_info_t nf9_endpoint_filters[NF9_SIDES_COUNT] = {
    { endpoint_filter }, { endpoint_filter }, { endpoint_filter }, { endpoint_filter },
    { endpoint_filter }, { endpoint_filter }, { endpoint_filter },
};

static const char *conversation_filter(conv_item_t *row, conv_filter_type_e filter)
{
    return filter_field((size_t)(row->dissector_info - nf9_conversation_filters), filter);
}

static const char *endpoint_filter(endpoint_item_t *row, conv_filter_type_e filter)
{
    return filter_field((size_t)(row->dissector_info - nf9_endpoint_filters), filter);
}
