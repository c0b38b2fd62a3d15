/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * proto.h: the protocol's registration, and the ids that belong to no single part of it.
 */
#ifndef NF9_PLUGIN_PROTO_H
#define NF9_PLUGIN_PROTO_H

#include "ws_compat.h"
#include <epan/packet.h>

#define NF9_UDP_PORTS "2055,9995-9996"

extern int proto_nf9;
extern dissector_handle_t nf9_handle;
extern ws_bool nf9_pref_take_over;

void proto_register_nf9(void);
void proto_reg_handoff_nf9(void);

#endif
