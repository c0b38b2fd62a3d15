/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * least.c: a plugin that reads nothing, and adds as many items of constant values as a packet has
 * records: what no dissector that shows fields can do without.
 */
#include "ws_compat.h"
#include <epan/packet.h>
#include <epan/prefs.h>

WS_DLL_PUBLIC_DEF const char plugin_version[] = "0";
WS_DLL_PUBLIC_DEF const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
WS_DLL_PUBLIC_DEF const int plugin_want_minor = WIRESHARK_VERSION_MINOR;

WS_DLL_PUBLIC void plugin_register(void);
WS_DLL_PUBLIC uint32_t plugin_describe(void);

static int proto_least = -1, hf_octets = -1, hf_addr = -1, hf_addr6 = -1;
static gint ett_least = -1;
static unsigned pref_records = 26;

static int dissect(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    static const ws_in6_addr addr6 = { { 0x20, 0x01, 0x0D, 0xB8, [8] = 0x12, 0x34, 0x56, 0x78,
                                         0x9A, 0xBC, 0xDE, 0xF0 } };
    const uint32_t addr = g_htonl(0x0A141E28);
    const bool octets = proto_field_is_referenced(tree, hf_octets); /* all are, in a tree to see */
    const bool v4 = proto_field_is_referenced(tree, hf_addr);
    const bool v6 = proto_field_is_referenced(tree, hf_addr6);
    proto_item *item;
    proto_tree *own;

    col_set_str(pinfo->cinfo, COL_PROTOCOL, "Least");
    col_set_str(pinfo->cinfo, COL_INFO, "Nothing was read");
    item = proto_tree_add_item(tree, proto_least, tvb, 0, -1, ENC_NA);
    own = proto_item_add_subtree(item, ett_least);
    for (unsigned i = 0; i < pref_records; i++) {
        if (v4)
            proto_tree_add_ipv4(own, hf_addr, tvb, 24, 4, addr);
        if (v6)
            proto_tree_add_ipv6(own, hf_addr6, tvb, 24, 16, &addr6);
        if (octets)
            proto_tree_add_uint64(own, hf_octets, tvb, 24, 4, 750000);
    }
    return (int)tvb_captured_length(tvb);
}

static void proto_register_least(void)
{
    static hf_register_info hf[] = {
        { &hf_octets, { "Octets", "least.in_bytes", FT_UINT64, BASE_DEC, NULL, 0, NULL, HFILL } },
        { &hf_addr,
          { "Source", "least.ipv4_src_addr", FT_IPv4, BASE_NONE, NULL, 0, NULL, HFILL } },
        { &hf_addr6,
          { "Source", "least.ipv6_src_addr", FT_IPv6, BASE_NONE, NULL, 0, NULL, HFILL } },
    };
    static gint *ett[] = { &ett_least };

    proto_least = proto_register_protocol("The least of a dissector", "Least", "least");
    proto_register_field_array(proto_least, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
    prefs_register_uint_preference(prefs_register_protocol(proto_least, NULL), "records",
                                   "Records a packet", "Items of a field", 10, &pref_records);
    register_dissector("least", dissect, proto_least);
}

static void proto_reg_handoff_least(void)
{
    dissector_add_for_decode_as("udp.port", find_dissector("least"));
}

uint32_t plugin_describe(void)
{
    return WS_PLUGIN_DESC_DISSECTOR;
}

void plugin_register(void)
{
    static proto_plugin plug;

    plug.register_protoinfo = proto_register_least;
    plug.register_handoff = proto_reg_handoff_least;
    proto_register_plugin(&plug);
}
