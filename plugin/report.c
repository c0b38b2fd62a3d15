/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * report.c: the expert infos (nf9.expert.*).
 */
#include "report.h"

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
