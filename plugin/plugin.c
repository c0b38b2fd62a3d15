/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * plugin.c: the symbols that Wireshark looks for; nothing else is exported.
 */
#include "ws_compat.h"
#include "proto.h"
#include <epan/proto.h>
#include <nf9/version.h>

WS_DLL_PUBLIC_DEF const char plugin_version[] = NF9_VERSION;
WS_DLL_PUBLIC_DEF const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
WS_DLL_PUBLIC_DEF const int plugin_want_minor = WIRESHARK_VERSION_MINOR;

WS_DLL_PUBLIC void plugin_register(void);
WS_DLL_PUBLIC uint32_t plugin_describe(void);

uint32_t plugin_describe(void)
{
    return WS_PLUGIN_DESC_DISSECTOR;
}

void plugin_register(void)
{
    static proto_plugin plug;

    plug.register_protoinfo = proto_register_nf9;
    plug.register_handoff = proto_reg_handoff_nf9;
    proto_register_plugin(&plug);
}
