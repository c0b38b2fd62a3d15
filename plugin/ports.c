/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ports.c: takes the UDP ports of nf9.udp.port, and gives them back to the built-in cflow.
 *
 * Both dissectors register the same ports, and cflow takes its own back whenever one of its
 * preferences is applied.  So the port table is put right after all preferences are known and
 * before each dissection of a file.  The default handles are compared, not those in force: a
 * user's Decode As stays.
 */
#include "ports.h"
#include "proto.h"
#include <epan/prefs.h>

static dissector_handle_t cflow_port_handle;
static range_t *owned; /* the ports that nf9 may have taken */

static bool is_ours(uint32_t port)
{
    return dissector_get_default_uint_handle("udp.port", port) == nf9_handle;
}

static void give_back(uint32_t port, void *keep)
{
    range_t *cflow_ports = prefs_get_range_value("cflow", "netflow.ports");

    if (!is_ours(port) || (keep != NULL && value_is_in_range((range_t *)keep, port)))
        return;
    if (cflow_port_handle != NULL && cflow_ports != NULL && value_is_in_range(cflow_ports, port))
        dissector_add_uint("udp.port", port, cflow_port_handle);
    else
        dissector_delete_uint("udp.port", port, nf9_handle);
}

static void take(uint32_t port, void *unused)
{
    if (!is_ours(port))
        dissector_add_uint("udp.port", port, nf9_handle);
}

static void put_right(void)
{
    range_t *wanted = prefs_get_range_value("nf9", "udp.port");
    bool on = nf9_pref_take_over && proto_is_protocol_enabled(find_protocol_by_id(proto_nf9));

    range_foreach(owned, give_back, on ? wanted : NULL);
    wmem_free(wmem_epan_scope(), owned);
    owned = range_copy(wmem_epan_scope(), wanted);
    if (on)
        range_foreach(owned, take, NULL);
}

void nf9_ports_register(void)
{
    /* the built-in dissectors' hand-offs have run: this is cflow, where it is there */
    cflow_port_handle = dissector_get_default_uint_handle("udp.port", 2055);
    range_convert_str(wmem_epan_scope(), &owned, NF9_UDP_PORTS, 65535);
    dissector_add_uint_range_with_preference("udp.port", NF9_UDP_PORTS, nf9_handle);
    register_init_routine(put_right);
}
