/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * record_filter.c: a display filter over the fields of one record.
 */
#include "record_filter.h"
#include "marks.h"
#include "proto.h"
#include <epan/epan_dissect.h>
#include <string.h>

/* Our fields, and those below them, that neither a record nor its headers have: a filter would wait
 * for them for ever. */
static const char *const elsewhere[] = {
    "expert",       "template_record", "flowset.padding", "flowset.data", "undecoded",
    "record.match", "flow_count",      "options_count",
};

static bool is_elsewhere(const header_field_info *field)
{
    const char *name = strchr(field->abbrev, '.');

    if (name++ == NULL)
        return false;
    for (size_t i = 0; i < array_length(elsewhere); i++) {
        size_t n = strlen(elsewhere[i]);
        if (strncmp(name, elsewhere[i], n) == 0 && (name[n] == '\0' || name[n] == '.'))
            return true;
    }
    return false;
}

/* The field of a protocol that a filter names, or the protocol itself. */
static const header_field_info *named_of(const dfilter_t *code, epan_dissect_t *scratch,
                                         const nf9_mark *protocol)
{
    wmem_array_t *held = nf9_marks_new(NULL), *marks = nf9_marks_new(NULL);
    const header_field_info *named = protocol->field;

    nf9_marks_collect(held, protocol->field->id);
    nf9_marks_take_off(held);
    epan_dissect_prime_with_dfilter(scratch, code);
    nf9_marks_collect(marks, protocol->field->id);
    for (unsigned i = 0; i < wmem_array_get_count(marks); i++)
        if (nf9_mark_at(marks, i)->type != HF_REF_TYPE_INDIRECT)
            named = nf9_mark_at(marks, i)->field;
    nf9_marks_take_off(marks);
    nf9_marks_put_back(held);
    wmem_destroy_array(marks);
    wmem_destroy_array(held);
    return named;
}

/* The fields that a filter names: ours into `own`; one of another protocol, or NULL.
 *
 * epan tells nobody what a filter names, but marks it where a tree is made ready for it. */
static const header_field_info *find_fields(const dfilter_t *code, GPtrArray *own)
{
    wmem_array_t *held = nf9_marks_new(NULL), *marks = nf9_marks_new(NULL);
    const header_field_info *foreign = NULL;
    epan_dissect_t scratch;

    epan_dissect_init(&scratch, NULL, TRUE, FALSE);
    nf9_marks_collect_protocols(held);
    nf9_marks_collect(held, proto_nf9);
    nf9_marks_take_off(held);
    epan_dissect_prime_with_dfilter(&scratch, code);
    nf9_marks_collect_protocols(marks);
    nf9_marks_collect(marks, proto_nf9);
    nf9_marks_take_off(marks);
    for (unsigned i = 0; i < wmem_array_get_count(marks); i++) {
        const nf9_mark *mark = nf9_mark_at(marks, i);
        if (mark->field->id == proto_nf9 || mark->field->parent == proto_nf9)
            g_ptr_array_add(own, mark->field);
        else
            foreign = named_of(code, &scratch, mark);
    }
    nf9_marks_take_off(marks);
    nf9_marks_put_back(held);
    epan_dissect_cleanup(&scratch);
    wmem_destroy_array(marks);
    wmem_destroy_array(held);
    return foreign;
}

static char *check_fields(nf9_record_filter *filter)
{
    const header_field_info *foreign = find_fields(filter->code, filter->fields);

    if (foreign != NULL)
        return g_strdup_printf("\"%s\" is no field of nf9: a record filter sees one record and "
                               "its packet's header, nothing else",
                               foreign->abbrev);
    /* macros are gone by now: what is left is a field of the packet that is selected */
    if (strstr(dfilter_text(filter->code), "${") != NULL)
        return g_strdup("\"${\" refers to another packet: a record filter sees one record and its "
                        "packet's header, nothing else");
    for (unsigned i = 0; i < filter->fields->len; i++) {
        const header_field_info *field =
            (const header_field_info *)g_ptr_array_index(filter->fields, i);
        if (is_elsewhere(field))
            return g_strdup_printf("\"%s\" is in no record: a record filter sees one record and "
                                   "its packet's header, nothing else",
                                   field->abbrev);
    }
    return NULL;
}

char *nf9_record_filter_new(nf9_record_filter **filter, const char *text)
{
    dfilter_t *code;
    char *error = NULL;

    *filter = NULL;
    if (!nf9_dfilter_compile(text, &code, &error))
        return error;
    if (code == NULL)
        return g_strdup("A record filter cannot be empty; nf9.l4_dst_port == 53 is one");
    *filter = g_new0(nf9_record_filter, 1);
    (*filter)->text = g_strdup(text);
    (*filter)->code = code;
    (*filter)->fields = g_ptr_array_new();
    error = check_fields(*filter);
    if (error != NULL) {
        nf9_record_filter_free(*filter);
        *filter = NULL;
    }
    return error;
}

void nf9_record_filter_free(gpointer data)
{
    nf9_record_filter *filter = (nf9_record_filter *)data;

    if (filter == NULL)
        return;
    dfilter_free(filter->code);
    g_ptr_array_free(filter->fields, TRUE);
    g_free(filter->text);
    g_free(filter);
}
