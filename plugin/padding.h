/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * padding.h: whether short records at a FlowSet's end are padding.
 */
#ifndef NF9_PLUGIN_PADDING_H
#define NF9_PLUGIN_PADDING_H

#include "packet.h"

/* How many of the FlowSet's records are padding, by the header's Count and all of the packet. */
uint32_t nf9_padding_records(nf9_pdu *pdu, const nf9_record_iter *it);

#endif
