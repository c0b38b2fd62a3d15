/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * proto.c: registration, preferences, and which packets are ours.
 */
#include "proto.h"
#include "conversations.h"
#include "field_hf.h"
#include "heuristic.h"
#include "packet.h"
#include "ports.h"
#include "record_filters.h"
#include "records.h"
#include "report.h"
#include "rows.h"
#include "state.h"
#include "stats_tree.h"
#include "table.h"
#include "tap.h"
#include <epan/prefs.h>
#include <nf9/decode.h>

int proto_nf9 = -1;
dissector_handle_t nf9_handle;
ws_bool nf9_pref_take_over = TRUE;

static dissector_handle_t cflow_handle;

static int dissect(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    if (tvb_captured_length(tvb) < 2)
        return 0;
    if (tvb_get_ntohs(tvb, 0) == NF9_VERSION_9)
        return nf9_dissect_packet(tvb, pinfo, tree);
    /* versions 1, 5, 7, 8 and 10 share these ports, and belong to the built-in dissector */
    return cflow_handle != NULL ? call_dissector(cflow_handle, tvb, pinfo, tree) : 0;
}

void proto_register_nf9(void)
{
    module_t *module;

    proto_nf9 = proto_register_protocol("NetFlow v9", "NetFlow v9", "nf9");
    nf9_handle = register_dissector("nf9", dissect, proto_nf9);
    nf9_packet_register(proto_nf9);
    nf9_field_register(proto_nf9);
    nf9_report_register(proto_nf9);
    nf9_state_register();
    nf9_tap_register(NF9_TAP);
    nf9_conversations_register(proto_nf9);
    nf9_rows_register();
    nf9_tables_register();

    module = prefs_register_protocol(proto_nf9, NULL);
    prefs_register_bool_preference(module, "take_over", "Take the UDP ports from CFLOW",
        "Dissect version 9 on the UDP ports below here, and hand the other versions to CFLOW. "
        "Switched off, CFLOW keeps the ports that it has, and nf9 is there for Decode As.",
        &nf9_pref_take_over);
    prefs_register_uint_preference(module, "max_fields", "Most fields of a template",
        "A template with more fields is shown and reported, but not used. 0: no limit.", 10,
        &nf9_pref_max_fields);
    prefs_register_uint_preference(module, "max_templates", "Most templates of a source",
        "How many definitions of one exporter's Source ID are kept, redefinitions counted; "
        "what comes after is shown and reported, but not used. 0: no limit.", 10,
        &nf9_pref_max_templates);
    prefs_register_uint_preference(module, "max_memory", "Most memory for templates (MiB)",
        "What comes after is shown and reported, but not used. 0: no limit.", 10,
        &nf9_pref_max_memory);
    prefs_register_uint_preference(module, "max_items", "Most items of a packet",
        "Records beyond are counted and reported, but not shown: Wireshark itself gives up on a "
        "packet with more than a million items. 0: no limit.", 10, &nf9_pref_max_items);
    nf9_record_filters_register(proto_nf9, module);
}

void proto_reg_handoff_nf9(void)
{
    cflow_handle = find_dissector_add_dependency("cflow", proto_nf9);
    nf9_ports_register();
    nf9_heuristic_register();
    nf9_stats_tree_register();
}
