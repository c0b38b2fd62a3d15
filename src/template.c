/* SPDX-License-Identifier: MIT
 *
 * template.c: Template Records and Options Template Records (RFC 3954 sections 5.2 and 6.1),
 * and the compiled form that makes a record one step per field.
 */
#include "be.h"
#include "places.h"
#include <nf9/decode.h>
#include <string.h>

#define SPECIFIER 4u /* type and length */

static size_t record_header(bool options)
{
    return options ? 6u : 4u;
}

void nf9_templates_open(nf9_template_iter *it, const nf9_flowset *flowset)
{
    it->body = flowset->body;
    it->pos = 0;
    it->zero_from = nf9_bytes_trim(flowset->body).len;
    it->offset = flowset->offset + NF9_FLOWSET_HEADER_LENGTH;
    it->options = nf9_flowset_kind_of(flowset->id) == NF9_FLOWSET_OPTIONS_TEMPLATES;
}

nf9_bytes nf9_templates_rest(const nf9_template_iter *it, size_t *offset)
{
    if (offset != NULL)
        *offset = it->offset + it->pos;
    return (nf9_bytes){ it->body.data + it->pos, it->body.len - it->pos };
}

static nf9_status fault_of(const nf9_template_record *r, size_t declared)
{
    if (r->id < NF9_MIN_TEMPLATE_ID)
        return NF9_ERR_TEMPLATE_ID;
    if (declared > r->wire.len)
        return NF9_ERR_OVERRUN;
    if (r->scope_length % SPECIFIER != 0 || r->option_length % SPECIFIER != 0)
        return NF9_ERR_LENGTH;
    return r->field_count == 0 ? NF9_ERR_NO_FIELD : NF9_OK;
}

/* How many fields there are in `octets` octets: the scope fields, then, behind scope_length
 * octets (which may be no multiple of 4), the others. */
static uint16_t present_of(const nf9_template_record *r, size_t octets)
{
    size_t scopes = octets < r->scope_length ? octets : r->scope_length;
    size_t present = scopes / SPECIFIER + (octets - scopes) / SPECIFIER;

    return (uint16_t)(present < r->field_count ? present : r->field_count);
}

nf9_status nf9_template_next(nf9_template_iter *it, nf9_template_record *record)
{
    const uint8_t *p = it->body.data + it->pos;
    size_t left = it->body.len - it->pos, header = record_header(it->options);

    if (left < header || it->pos >= it->zero_from)
        return NF9_END;

    nf9_template_record r = { .id = nf9_be16(p), .options = it->options };
    size_t fields;
    if (it->options) {
        r.scope_length = nf9_be16(p + 2);
        r.option_length = nf9_be16(p + 4);
        r.scope_count = r.scope_length / SPECIFIER;
        r.field_count = (uint16_t)(r.scope_count + r.option_length / SPECIFIER);
        fields = (size_t)r.scope_length + r.option_length;
    } else {
        r.field_count = nf9_be16(p + 2);
        fields = (size_t)r.field_count * SPECIFIER;
    }
    size_t there = header + fields < left ? header + fields : left;
    r.present = present_of(&r, there - header);
    r.offset = it->offset + it->pos;
    r.wire = (nf9_bytes){ p, there };
    r.fault = fault_of(&r, header + fields);
    *record = r;
    it->pos += there;
    return NF9_OK;
}

nf9_template_field nf9_template_record_field(const nf9_template_record *record, size_t i)
{
    bool scope = i < record->scope_count;
    size_t pos = record_header(record->options) + i * SPECIFIER;
    if (!scope)
        pos += record->scope_length % SPECIFIER;
    const uint8_t *p = record->wire.data + pos;

    return (nf9_template_field){
        .type = nf9_be16(p),
        .length = nf9_be16(p + 2),
        .scope = scope,
        .offset = record->offset + pos,
    };
}

static uint16_t variable_count(const nf9_template_record *record)
{
    uint16_t n = 0;

    for (size_t i = 0; i < record->present; i++)
        if (nf9_template_record_field(record, i).length == NF9_VARIABLE_LENGTH)
            n++;
    return n;
}

size_t nf9_template_size(const nf9_template_record *record)
{
    return nf9_block_size(record->field_count, variable_count(record), record->wire.len);
}

static uint16_t row_of(nf9_template_field f)
{
    int row = f.scope ? nf9_scope_index(f.type) : nf9_field_index(f.type);
    return row < 0 ? (uint16_t)NF9_ROW_UNKNOWN : (uint16_t)row;
}

/* Whether a field of this row and length may be no value of its type. */
static bool is_odd(nf9_template_field f, uint16_t row)
{
    const nf9_field_info *info = nf9_row_info(row, f.scope);

    return info == NULL || !nf9_length_fits(info, f.length);
}

/* Notes where the columns are, of a template that has some of variable length. */
static void find_places(nf9_template *t)
{
    const nf9_column *columns = nf9_template_columns(t);
    uint16_t *behind = nf9_places_behind(t), *variable = nf9_places_variable(t);
    uint32_t far = 0;

    for (uint16_t i = 0; i < t->field_count; i++) {
        behind[i] = (uint16_t)(far < UINT16_MAX ? far : UINT16_MAX);
        far += columns[i].length;
        if (columns[i].length == NF9_VARIABLE_LENGTH) {
            *variable++ = i;
            far = 0;
        }
    }
}

nf9_status nf9_template_compile(const nf9_template_record *record, void *mem, size_t cap,
                                const nf9_template **out)
{
    if (record->fault != NF9_OK)
        return record->fault;
    if (cap < nf9_template_size(record))
        return NF9_ERR_SPACE;

    nf9_template *t = mem;
    nf9_column *column = (nf9_column *)(void *)(t + 1);
    uint32_t length = 0;
    uint16_t variable = 0;
    bool odd = false;
    for (size_t i = 0; i < record->field_count; i++) {
        nf9_template_field f = nf9_template_record_field(record, i);
        bool far = variable > 0 || length >= NF9_OFFSET_VARIES;
        column[i] = (nf9_column){ f.type, f.length,
                                  far ? (uint16_t)NF9_OFFSET_VARIES : (uint16_t)length,
                                  row_of(f) };
        odd = odd || is_odd(f, column[i].row);
        if (f.length == NF9_VARIABLE_LENGTH) {
            variable++;
            length += 1; /* at least its own length octet */
        } else {
            length += f.length;
        }
    }
    *t = (nf9_template){
        .id = record->id,
        .field_count = record->field_count,
        .scope_count = record->scope_count,
        .options = record->options,
        .variable = variable > 0,
        .odd = odd,
        .variable_count = variable,
        .min_length = length,
        .wire_length = (uint32_t)record->wire.len,
    };
    /* may already lie there: nf9_template_build */
    memmove(column + record->field_count, record->wire.data, record->wire.len);
    if (variable > 0)
        find_places(t);
    *out = t;
    return NF9_OK;
}

size_t nf9_template_find(const nf9_template *tmpl, uint16_t type, bool scope, unsigned nth)
{
    const nf9_column *columns = nf9_template_columns(tmpl);
    size_t end = scope ? tmpl->scope_count : tmpl->field_count;

    for (size_t i = scope ? 0 : tmpl->scope_count; i < end; i++)
        if (columns[i].type == type && nth-- == 0)
            return i;
    return tmpl->field_count;
}

bool nf9_template_equals(const nf9_template *tmpl, const nf9_template_record *record)
{
    return tmpl->options == record->options && tmpl->wire_length == record->wire.len &&
           memcmp(nf9_template_wire(tmpl).data, record->wire.data, record->wire.len) == 0;
}
