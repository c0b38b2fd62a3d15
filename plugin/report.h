/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * report.h: the expert infos (nf9.expert.*).
 */
#ifndef NF9_PLUGIN_REPORT_H
#define NF9_PLUGIN_REPORT_H

#include "ws_compat.h"
#include <epan/expert.h>
#include <epan/packet.h>

/* One row an expert info: NAME, group, severity, summary.  None is PI_MALFORMED: that group
 * says that a dissector gave up, and nf9 goes on. */
#define NF9_REPORTS(X)                                                                        \
    X(template_bad, PROTOCOL, ERROR, "The template defines nothing")                         \
    X(flowset_length, PROTOCOL, ERROR, "The FlowSet's length is below 4")                    \
    X(flowset_overrun, PROTOCOL, ERROR, "The FlowSet runs past the end of the packet")       \
    X(no_template, UNDECODED, WARN, "No template for this FlowSet was received")              \
    X(truncated, UNDECODED, WARN, "The packet is not there as a whole")                       \
    X(field_length, UNDECODED, WARN, "The length does not fit the field's type")              \
    X(leftover, UNDECODED, WARN, "Octets are left over that are no padding")                  \
    X(sequence_lost, SEQUENCE, WARN, "Packets did not arrive")                                \
    X(sequence_duplicate, SEQUENCE, NOTE, "The packet was here before")                       \
    X(sequence_reordered, SEQUENCE, NOTE, "The packet comes late or out of order")            \
    X(sequence_counts_records, SEQUENCE, CHAT, "The sequence counts records")                 \
    X(exporter_restart, SEQUENCE, NOTE, "The exporter restarted")                             \
    X(uptime_wrap, SEQUENCE, CHAT, "The system uptime wrapped")                               \
    X(template_late, SEQUENCE, NOTE, "The template was received after this frame")            \
    X(template_borrowed, SEQUENCE, NOTE, "The template is another conversation's")            \
    X(template_redefined, SEQUENCE, WARN, "The template was defined otherwise before")        \
    X(limit, UNDECODED, WARN, "A limit of nf9's was reached")                                 \
    X(flowset_reserved, UNDECODED, WARN, "The FlowSet's ID is reserved")                      \
    X(count_mismatch, PROTOCOL, NOTE, "Count is neither the records nor the FlowSets")        \
    X(unknown_field, UNDECODED, NOTE, "The field's type is not known")                        \
    X(time_implausible, PROTOCOL, NOTE, "The flow's times cannot be")                         \
    X(flowset_empty, PROTOCOL, NOTE, "The FlowSet holds nothing")

#define X(name, group, severity, summary) extern expert_field ei_nf9_##name;
NF9_REPORTS(X)
#undef X

void nf9_report_register(int proto);

/* Whether a filter, a column or a visible tree asks for expert infos of any kind. */
bool nf9_reports_asked_for(proto_tree *tree);

/* Whether somebody lists all expert infos (tshark -z expert, Wireshark's dialog). */
bool nf9_reports_listed(void);

#endif
