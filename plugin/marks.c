/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * marks.c: the fields that filters, columns and taps name, as epan marks them.
 */
#include "marks.h"

static void collect(GArray *marks, header_field_info *field)
{
    nf9_mark mark = { field, field->ref_type };

    if (field->ref_type != HF_REF_TYPE_NONE)
        g_array_append_val(marks, mark);
}

void nf9_marks_collect(GArray *marks, int proto)
{
    void *cookie;

    collect(marks, proto_registrar_get_nth((unsigned)proto));
    for (header_field_info *field = proto_get_first_protocol_field(proto, &cookie);
         field != NULL; field = proto_get_next_protocol_field(proto, &cookie))
        collect(marks, field);
}

void nf9_marks_collect_protocols(GArray *marks)
{
    void *cookie;

    for (int proto = proto_get_first_protocol(&cookie); proto != -1;
         proto = proto_get_next_protocol(&cookie))
        collect(marks, proto_registrar_get_nth((unsigned)proto));
}

void nf9_marks_take_off(const GArray *marks)
{
    for (unsigned i = 0; i < marks->len; i++)
        g_array_index(marks, nf9_mark, i).field->ref_type = HF_REF_TYPE_NONE;
}

void nf9_marks_put_back(const GArray *marks)
{
    for (unsigned i = 0; i < marks->len; i++) {
        const nf9_mark *mark = &g_array_index(marks, nf9_mark, i);
        mark->field->ref_type = mark->type;
    }
}
