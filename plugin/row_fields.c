/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_fields.c: every field of a record as members of a JSON object.
 */
#include "row_fields.h"
#include "row_value.h"

#define TYPES 65536

void nf9_row_fields_new(nf9_row_fields *fields)
{
    fields->tmpl = NULL;
    fields->keys = g_string_new(NULL);
    fields->ends = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (int scope = 0; scope < 2; scope++)
        fields->seen[scope] = g_new0(uint16_t, TYPES);
}

void nf9_row_fields_free(nf9_row_fields *fields)
{
    g_string_free(fields->keys, TRUE);
    g_array_free(fields->ends, TRUE);
    g_free(fields->seen[0]);
    g_free(fields->seen[1]);
}

void nf9_row_fields_forget(nf9_row_fields *fields)
{
    fields->tmpl = NULL;
}

static void add_key(nf9_row_fields *fields, const nf9_template *tmpl, uint16_t column)
{
    const nf9_field field = {
        .type = nf9_template_columns(tmpl)[column].type,
        .scope = column < tmpl->scope_count,
        .info = nf9_column_info(tmpl, column),
    };
    unsigned nth = ++fields->seen[field.scope][field.type];
    char name[128];

    nf9_field_name(&field, name, sizeof name);
    if (nth > 1)
        g_string_append_printf(fields->keys, ",\"%s#%u\":", name, nth);
    else
        g_string_append_printf(fields->keys, ",\"%s\":", name);
    g_array_append_val(fields->ends, fields->keys->len);
}

void nf9_row_fields_set(nf9_row_fields *fields, const nf9_template *tmpl)
{
    const nf9_column *columns = nf9_template_columns(tmpl);

    if (fields->tmpl == tmpl)
        return;
    fields->tmpl = tmpl;
    g_string_truncate(fields->keys, 0);
    g_array_set_size(fields->ends, 0);
    for (uint16_t i = 0; i < tmpl->field_count; i++)
        add_key(fields, tmpl, i);
    for (uint16_t i = 0; i < tmpl->field_count; i++)
        fields->seen[i < tmpl->scope_count][columns[i].type] = 0;
}

static void put(nf9_row_out *out, const char *key)
{
    nf9_row_out_octets(out, key, strlen(key));
}

void nf9_row_fields_write(const nf9_row_fields *fields, nf9_row_out *out,
                          const nf9_row_packet *packet, const nf9_record *record,
                          uint32_t ordinal)
{
    const size_t *ends = (const size_t *)(const void *)fields->ends->data;
    size_t begin = 0;
    nf9_field_iter it;
    nf9_field field;

    put(out, "\"frame\":");
    nf9_row_out_u64(out, packet->frame);
    put(out, ",\"record\":");
    nf9_row_out_u64(out, ordinal);
    put(out, ",\"time\":");
    nf9_row_out_time(out, packet->time, 6);
    put(out, ",\"exporter\":");
    nf9_row_out_string(out, packet->exporter, strlen(packet->exporter));
    put(out, ",\"source_id\":");
    nf9_row_out_u64(out, packet->header->source_id);
    put(out, ",\"template\":");
    nf9_row_out_u64(out, record->tmpl->id);
    nf9_fields_open(&it, record);
    while (nf9_field_next(&it, &field) == NF9_OK) {
        nf9_row_out_octets(out, fields->keys->str + begin, ends[field.column] - begin);
        begin = ends[field.column];
        nf9_row_value(out, &field);
    }
}
