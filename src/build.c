/* SPDX-License-Identifier: MIT
 *
 * build.c: templates made of lists of fields, and compared.
 */
#include "be.h"
#include "places.h"
#include <nf9/encode.h>
#include <string.h>

#define SPECIFIER 4u /* type and length */

/* The octets of a record's wire image; 0 where no FlowSet has room for it. */
static size_t wire_length(bool options, size_t n_scopes, size_t n_fields)
{
    const size_t most = (UINT16_MAX - NF9_FLOWSET_HEADER_LENGTH - 4u) / SPECIFIER;

    if (n_scopes > most || n_fields > most)
        return 0;
    size_t length = (options ? 6u : 4u) + (n_scopes + n_fields) * SPECIFIER;
    return length <= UINT16_MAX - NF9_FLOWSET_HEADER_LENGTH ? length : 0;
}

static size_t columns_end(size_t n_scopes, size_t n_fields)
{
    return sizeof(nf9_template) + (n_scopes + n_fields) * sizeof(nf9_column);
}

size_t nf9_template_build_size(bool options, size_t n_scopes, size_t n_fields)
{
    size_t wire = wire_length(options, n_scopes, n_fields);

    /* they may all be of variable length */
    return wire == 0 ? 0 : nf9_block_size(n_scopes + n_fields, n_scopes + n_fields, wire);
}

/* The length as it stands on the wire; false where there is none. */
static bool length_of(nf9_field_spec spec, bool scope, uint16_t *length)
{
    if (spec.length == NF9_DEFAULT_LENGTH) {
        const nf9_field_info *info = nf9_type_info(spec.type, scope);
        *length = info != NULL ? info->length : 0;
        return *length > 0;
    }
    *length = (uint16_t)spec.length;
    return spec.length <= NF9_VARIABLE_LENGTH;
}

/* Writes n specifiers and moves *p behind them. */
static nf9_status put_specs(uint8_t **p, const nf9_field_spec *specs, size_t n, bool scope)
{
    uint16_t length;

    for (size_t i = 0; i < n; i++) {
        if (!length_of(specs[i], scope, &length))
            return NF9_ERR_LENGTH;
        nf9_be_write(*p, (uint32_t)specs[i].type << 16 | length, SPECIFIER);
        *p += SPECIFIER;
    }
    return NF9_OK;
}

nf9_status nf9_template_build(void *mem, size_t cap, uint16_t id, const nf9_field_spec *scopes,
                              size_t n_scopes, const nf9_field_spec *fields, size_t n_fields,
                              const nf9_template **out)
{
    bool options = scopes != NULL;
    size_t scoped = options ? n_scopes : 0;
    size_t size = nf9_template_build_size(options, scoped, n_fields);

    if (id < NF9_MIN_TEMPLATE_ID)
        return NF9_ERR_TEMPLATE_ID;
    if (scoped == 0 && n_fields == 0)
        return NF9_ERR_NO_FIELD;
    if (size == 0)
        return NF9_ERR_LIMIT;
    if (cap < size)
        return NF9_ERR_SPACE;

    /* The wire image is made where the compiled template has it. */
    uint8_t *wire = (uint8_t *)mem + columns_end(scoped, n_fields), *p = wire;
    nf9_be_write(p, id, 2);
    if (options) {
        nf9_be_write(p + 2, scoped * SPECIFIER, 2);
        nf9_be_write(p + 4, n_fields * SPECIFIER, 2);
    } else {
        nf9_be_write(p + 2, n_fields, 2);
    }
    p += options ? 6 : 4;
    nf9_status st = put_specs(&p, scopes, scoped, true);
    if (st == NF9_OK)
        st = put_specs(&p, fields, n_fields, false);
    if (st != NF9_OK)
        return st;
    const nf9_template_record record = {
        .id = id,
        .options = options,
        .field_count = (uint16_t)(scoped + n_fields),
        .scope_count = (uint16_t)scoped,
        .scope_length = (uint16_t)(scoped * SPECIFIER),
        .option_length = options ? (uint16_t)(n_fields * SPECIFIER) : 0,
        .present = (uint16_t)(scoped + n_fields),
        .wire = { wire, (size_t)(p - wire) },
    };
    return nf9_template_compile(&record, mem, cap, out);
}

bool nf9_template_same(const nf9_template *a, const nf9_template *b)
{
    nf9_bytes wire = nf9_template_wire(a), other = nf9_template_wire(b);

    return a->options == b->options && wire.len == other.len &&
           memcmp(wire.data, other.data, wire.len) == 0;
}

static bool same_column(nf9_column a, nf9_column b)
{
    return a.type == b.type && a.length == b.length;
}

/* How many of n columns are like this one. */
static size_t alike(const nf9_column *columns, size_t n, nf9_column column)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        found += same_column(columns[i], column);
    return found;
}

/* Whether the same columns are there as often, in any order. */
static bool same_columns(const nf9_column *a, const nf9_column *b, size_t n)
{
    uint64_t sum = 0, other = 0;

    for (size_t i = 0; i < n; i++) { /* most that differ, differ in this */
        sum += ((uint64_t)a[i].type << 16 | a[i].length) * a[i].type;
        other += ((uint64_t)b[i].type << 16 | b[i].length) * b[i].type;
    }
    if (sum != other)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!same_column(a[i], b[i]) && alike(a, n, a[i]) != alike(b, n, a[i]))
            return false;
    return true;
}

bool nf9_template_same_fields(const nf9_template *a, const nf9_template *b)
{
    const nf9_column *one = nf9_template_columns(a), *other = nf9_template_columns(b);
    size_t scopes = a->scope_count;

    if (a->id != b->id || a->options != b->options || a->field_count != b->field_count ||
        scopes != b->scope_count)
        return false;
    return same_columns(one, other, scopes) &&
           same_columns(one + scopes, other + scopes, a->field_count - scopes);
}
