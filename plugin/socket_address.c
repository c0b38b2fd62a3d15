/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * socket_address.c: an address that prints with its port.
 */
#include "socket_address.h"
#include <epan/address_types.h>
#include <epan/conversation_table.h>

static int address_type_id = -1;

/* As get_conversation_address has it, with names where they are asked for. */
static char *text_of(const address *a)
{
    nf9_socket socket;
    address bare;
    char *host, *port, *text;
    bool six;

    memcpy(&socket, a->data, sizeof socket);
    six = socket.length == 16;
    set_address(&bare, six ? AT_IPv6 : AT_IPv4, socket.length, socket.octets);
    host = get_conversation_address(NULL, &bare, TRUE);
    port = get_conversation_port(NULL, socket.port, (conversation_type)socket.names, TRUE);
    text = g_strdup_printf(six && strchr(host, ':') != NULL ? "[%s]:%s" : "%s:%s", host, port);
    wmem_free(NULL, host);
    wmem_free(NULL, port);
    return text;
}

static int length(const address *a)
{
    char *text = text_of(a);
    int n = (int)strlen(text) + 1;

    g_free(text);
    return n;
}

static int print(const address *a, char *buf, int size)
{
    char *text = text_of(a);
    int n = (int)g_strlcpy(buf, text, (gsize)size) + 1;

    g_free(text);
    return MIN(n, size);
}

void nf9_socket_register(void)
{
    address_type_id = address_type_dissector_register("AT_NF9_SOCKET", "Address and port", print,
                                                      length, NULL, NULL, NULL, NULL, NULL);
}

void nf9_socket_address(address *a, nf9_socket *socket, uint32_t port,
                        conversation_type names)
{
    *socket = (nf9_socket){ .length = (uint8_t)a->len,
                            .names = (uint8_t)names,
                            .port = (uint16_t)port };
    memcpy(socket->octets, a->data, socket->length);
    set_address(a, address_type_id, sizeof *socket, socket);
}
