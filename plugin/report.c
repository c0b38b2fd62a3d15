/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * report.c: the expert infos (nf9.expert.*).
 */
#include "report.h"
#include <epan/tap.h>

#define X(name, group, severity, summary) expert_field ei_nf9_##name = EI_INIT;
NF9_REPORTS(X)
#undef X

void nf9_report_register(int proto)
{
    static ei_register_info ei[] = {
#define X(name, group, severity, summary) \
    { &ei_nf9_##name, { "nf9.expert." #name, PI_##group, PI_##severity, summary, EXPFILL } },
        NF9_REPORTS(X)
#undef X
    };
    expert_register_field_array(expert_register_protocol(proto), ei, array_length(ei));
}

bool nf9_reports_asked_for(proto_tree *tree)
{
    static int proto_expert = -1;

    if (proto_expert < 0)
        proto_expert = proto_get_id_by_filter_name("_ws.expert");
    return proto_field_is_referenced(tree, proto_expert);
}

bool nf9_reports_listed(void)
{
    static int tap; /* ids begin at 1 */

    if (tap == 0)
        tap = find_tap_id("expert");
    return have_tap_listener(tap);
}
