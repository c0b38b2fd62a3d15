/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * marks.c: the fields that filters, columns and taps name, as epan marks them.
 */
#include "marks.h"

void nf9_mark_field(int hf)
{
    header_field_info *field = proto_registrar_get_nth((unsigned)hf), *protocol;

    field->ref_type = HF_REF_TYPE_DIRECT;
    if (field->parent == -1)
        return;
    protocol = proto_registrar_get_nth((unsigned)field->parent);
    if (protocol->ref_type == HF_REF_TYPE_NONE)
        protocol->ref_type = HF_REF_TYPE_INDIRECT;
}

static void collect(wmem_array_t *marks, header_field_info *field)
{
    nf9_mark mark = { field, field->ref_type };

    if (field->ref_type != HF_REF_TYPE_NONE)
        wmem_array_append_one(marks, mark);
}

void nf9_marks_collect(wmem_array_t *marks, int proto)
{
    void *cookie;

    collect(marks, proto_registrar_get_nth((unsigned)proto));
    for (header_field_info *field = proto_get_first_protocol_field(proto, &cookie);
         field != NULL; field = proto_get_next_protocol_field(proto, &cookie))
        collect(marks, field);
}

void nf9_marks_collect_protocols(wmem_array_t *marks)
{
    void *cookie;

    for (int proto = proto_get_first_protocol(&cookie); proto != -1;
         proto = proto_get_next_protocol(&cookie))
        collect(marks, proto_registrar_get_nth((unsigned)proto));
}

void nf9_marks_take_off(wmem_array_t *marks)
{
    for (unsigned i = 0; i < wmem_array_get_count(marks); i++)
        nf9_mark_at(marks, i)->field->ref_type = HF_REF_TYPE_NONE;
}

void nf9_marks_put_back(wmem_array_t *marks)
{
    for (unsigned i = 0; i < wmem_array_get_count(marks); i++) {
        const nf9_mark *mark = nf9_mark_at(marks, i);
        mark->field->ref_type = mark->type;
    }
}
