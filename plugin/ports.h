/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ports.h: which dissector has the UDP ports.
 */
#ifndef NF9_PLUGIN_PORTS_H
#define NF9_PLUGIN_PORTS_H

void nf9_ports_register(void);

#endif
