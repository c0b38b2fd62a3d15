/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * socket_address.h: an address that prints with its port.
 *
 * tshark has no columns for ports but in its own tables of TCP, UDP and SCTP.
 */
#ifndef NF9_PLUGIN_SOCKET_ADDRESS_H
#define NF9_PLUGIN_SOCKET_ADDRESS_H

#include "ws_compat.h"
#include <epan/conversation.h>

/* What the octets of such an address are. */
typedef struct nf9_socket {
    uint8_t octets[16]; /* at first: of the address */
    uint8_t length;     /* 4 or 16 of them */
    uint8_t names;      /* a conversation_type: whose names the ports have */
    uint16_t port;
} nf9_socket;

void nf9_socket_register(void);

/* Makes `*a` the address of what stood there and the port; its octets are those of `socket`. */
void nf9_socket_address(address *a, nf9_socket *socket, uint32_t port,
                        conversation_type names);

#endif
