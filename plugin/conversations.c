/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * conversations.c: tables of the conversations and endpoints inside the records: -z conv,nf9 and
 * tabs in Wireshark's windows.
 */
#include "conversations.h"
#include "program.h"
#include "talk_table.h"
#include "tap.h"

typedef void add_talk(conv_hash_t *table, nf9_talk *talk, const nf9_talk_most *most);

/* Beyond, sizes are negative to Wireshark, and tshark leaves out rows with more packets. */
static const nf9_talk_most most_shown = { INT64_MAX, INT64_MAX };
static const nf9_talk_most most_printed = { UINT32_MAX - 1, INT64_MAX };

static void add_flowset(conv_hash_t *table, nf9_view view, const packet_info *pinfo,
                        const nf9_header *header, nf9_record_iter it, add_talk *add)
{
    nf9_talk_plan plan;
    nf9_record record;
    nf9_talk talk;
    bool prints = nf9_is_tshark();

    nf9_talk_plan_init(&plan, view, it.tmpl);
    while (nf9_record_next(&it, &record) == NF9_OK) {
        if (!nf9_talk_read(&talk, &plan, pinfo, header, &record))
            continue;
        if (prints)
            nf9_talk_print_ports(&talk, view);
        add(table, &talk, prints ? &most_printed : &most_shown);
    }
}

static tap_packet_status add_packet(void *data, nf9_view view, const packet_info *pinfo,
                                    const void *queued, unsigned flags, add_talk *add)
{
    conv_hash_t *table = (conv_hash_t *)data;
    const nf9_tap_packet *packet = (const nf9_tap_packet *)queued;

    table->flags = flags;
    for (size_t i = 0; i < packet->n; i++)
        if (!packet->flowsets[i].records.tmpl->options)
            add_flowset(table, view, pinfo, &packet->header, packet->flowsets[i].records, add);
    return TAP_PACKET_REDRAW;
}

/* A table's functions are not told which table it is. */
#define TAP(name, view, add)                                                                 \
    static tap_packet_status name(void *data, packet_info *pinfo, epan_dissect_t *edt,       \
                                  const void *queued, tap_flags_t flags)                     \
    {                                                                                        \
        return add_packet(data, view, pinfo, queued, flags, add);                            \
    }
#define TAPS(name, view)                                      \
    TAP(name##_conversations, view, nf9_talk_conversation)    \
    TAP(name##_endpoints, view, nf9_talk_endpoints)

TAPS(socket, NF9_VIEW_SOCKETS)
TAPS(tcp, NF9_VIEW_TCP)
TAPS(udp, NF9_VIEW_UDP)
TAPS(ip, NF9_VIEW_IP)
TAPS(ethernet, NF9_VIEW_ETHERNET)

/* Wireshark knows a table by its protocol's short name, and taps the one of the protocol's filter
 * name. */
static const struct {
    const char *name, *short_name, *filter;
    bool ports;
    tap_packet_cb conversations, endpoints;
} tables[NF9_VIEW_COUNT] = {
    [NF9_VIEW_SOCKETS] = { NULL, NULL, NF9_TAP, true, socket_conversations, socket_endpoints },
    [NF9_VIEW_TCP] = { "NetFlow v9 TCP flows", "NetFlow v9 TCP", NF9_TAP ".tcp", true,
                       tcp_conversations, tcp_endpoints },
    [NF9_VIEW_UDP] = { "NetFlow v9 UDP flows", "NetFlow v9 UDP", NF9_TAP ".udp", true,
                       udp_conversations, udp_endpoints },
    [NF9_VIEW_IP] = { "NetFlow v9 IP flows", "NetFlow v9 IP", NF9_TAP ".ip", false,
                      ip_conversations, ip_endpoints },
    [NF9_VIEW_ETHERNET] = { "NetFlow v9 Ethernet flows", "NetFlow v9 Ethernet", NF9_TAP ".eth",
                            false, ethernet_conversations, ethernet_endpoints },
};

/* A protocol that is a name only: none to disable, and in no packet. */
static int register_name(nf9_view view)
{
    int proto = proto_register_protocol(tables[view].name, tables[view].short_name,
                                        tables[view].filter);

    proto_set_cant_toggle(proto);
    nf9_tap_register(tables[view].filter);
    return proto;
}

void nf9_conversations_register(int proto)
{
    nf9_socket_register();
    for (nf9_view view = 0; view < NF9_VIEW_COUNT; view++)
        register_conversation_table(tables[view].name != NULL ? register_name(view) : proto,
                                    !tables[view].ports, tables[view].conversations,
                                    tables[view].endpoints);
}
