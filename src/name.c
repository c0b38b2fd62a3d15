/* SPDX-License-Identifier: MIT
 *
 * name.c: columns of a template, and with them fields of a record, by their names.
 */
#include "text.h"

#define SCOPE "scope."
#define UNKNOWN "unknown."

size_t nf9_field_name(const nf9_field *field, char *buf, size_t cap)
{
    nf9_text t = { buf, cap, 0 };

    if (field->scope)
        nf9_text_add(&t, SCOPE);
    if (field->info != NULL) {
        nf9_text_add(&t, field->info->filter);
    } else {
        nf9_text_add(&t, UNKNOWN);
        nf9_text_u64(&t, field->type);
    }
    return nf9_text_end(&t);
}

/* What stands behind a prefix, NULL where the name does not begin with it. */
static const char *behind(const char *name, const char *prefix)
{
    for (; *prefix != '\0'; name++, prefix++)
        if ((*name >= 'A' && *name <= 'Z' ? *name - 'A' + 'a' : *name) != *prefix)
            return NULL;
    return name;
}

/* A type in decimal; -1 where it is none. */
static int32_t type_of(const char *digits)
{
    int32_t type = *digits == '\0' ? -1 : 0;

    for (; *digits != '\0'; digits++) {
        if (*digits < '0' || *digits > '9' || (type = type * 10 + (*digits - '0')) > UINT16_MAX)
            return -1;
    }
    return type;
}

/* The first of these columns that has the name; field_count where there is none. */
static size_t find(const nf9_template *t, size_t from, size_t to, const char *name)
{
    const nf9_column *columns = nf9_template_columns(t);
    const char *unknown = behind(name, UNKNOWN);
    int32_t type = unknown != NULL ? type_of(unknown) : -1;

    for (; from < to; from++) {
        const nf9_field_info *info = nf9_column_info(t, from);
        if (info != NULL ? nf9_field_has_name(info, name) : columns[from].type == type)
            return from;
    }
    return t->field_count;
}

size_t nf9_column_by_name(const nf9_template *t, const char *name)
{
    const char *scope = behind(name, SCOPE);
    size_t column = scope != NULL ? find(t, 0, t->scope_count, scope)
                                  : find(t, t->scope_count, t->field_count, name);
    const nf9_field_info *alias = NULL;

    if (column == t->field_count && scope == NULL)
        alias = nf9_field_by_name(name);
    return alias != NULL ? find(t, t->scope_count, t->field_count, alias->filter) : column;
}

nf9_status nf9_record_find_name(const nf9_record *record, const char *name, nf9_field *field)
{
    return nf9_record_column(record, nf9_column_by_name(record->tmpl, name), field);
}
