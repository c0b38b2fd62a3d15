/* SPDX-License-Identifier: MIT
 *
 * template_diff.c: what a redefinition changed.
 */
#include "text.h"

typedef struct diff {
    nf9_text text;
    const nf9_template *was;
    const nf9_template_record *is;
} diff;

static nf9_template_field old_field(const nf9_template *t, size_t i)
{
    nf9_column c = nf9_template_columns(t)[i];
    return (nf9_template_field){ c.type, c.length, i < t->scope_count, 0 };
}

static bool same_field(nf9_template_field a, nf9_template_field b)
{
    return a.type == b.type && a.scope == b.scope;
}

/* Which of the fields of its type, from 0, the i-th is. */
static size_t old_nth(const nf9_template *t, size_t i)
{
    size_t n = 0;

    for (size_t k = 0; k < i; k++)
        n += same_field(old_field(t, k), old_field(t, i));
    return n;
}

static size_t new_nth(const nf9_template_record *r, size_t i)
{
    size_t n = 0;

    for (size_t k = 0; k < i; k++)
        n += same_field(nf9_template_record_field(r, k), nf9_template_record_field(r, i));
    return n;
}

static bool in_old(const nf9_template *t, nf9_template_field f, size_t nth, size_t *at)
{
    for (size_t i = 0; i < t->field_count; i++)
        if (same_field(old_field(t, i), f) && nth-- == 0) {
            *at = i;
            return true;
        }
    return false;
}

static bool in_new(const nf9_template_record *r, nf9_template_field f, size_t nth)
{
    for (size_t i = 0; i < r->present; i++)
        if (same_field(nf9_template_record_field(r, i), f) && nth-- == 0)
            return true;
    return false;
}

static void put_change(diff *d, const char *what, nf9_template_field f)
{
    nf9_text_add(&d->text, d->text.len > 0 ? ", " : "");
    nf9_text_add(&d->text, what);
    nf9_text_char(&d->text, ' ');
    nf9_text_type(&d->text, f.scope, f.type);
}

/* Added and resized fields; whether those that stayed stand in another order. */
static bool put_new(diff *d)
{
    size_t at, last = 0;
    bool reordered = false;

    for (size_t i = 0; i < d->is->present; i++) {
        nf9_template_field f = nf9_template_record_field(d->is, i);
        if (!in_old(d->was, f, new_nth(d->is, i), &at)) {
            put_change(d, "added", f);
            continue;
        }
        uint16_t was = old_field(d->was, at).length;
        if (was != f.length) {
            put_change(d, "resized", f);
            nf9_text_add(&d->text, " from ");
            nf9_text_u64(&d->text, was);
            nf9_text_add(&d->text, " to ");
            nf9_text_u64(&d->text, f.length);
        }
        reordered = reordered || at < last;
        last = at;
    }
    return reordered;
}

size_t nf9_template_changes(const nf9_template *was, const nf9_template_record *is, char *buf,
                            size_t cap)
{
    diff d = { { buf, cap, 0 }, was, is };
    bool reordered;

    if (was->options != is->options)
        nf9_text_add(&d.text, is->options ? "now an options template" : "now a data template");
    if ((size_t)was->field_count * is->present > 10000) { /* too many to compare one by one */
        nf9_text_add(&d.text, d.text.len > 0 ? ", other fields" : "other fields");
        return nf9_text_end(&d.text);
    }
    reordered = put_new(&d);
    for (size_t i = 0; i < was->field_count; i++)
        if (!in_new(is, old_field(was, i), old_nth(was, i)))
            put_change(&d, "removed", old_field(was, i));
    if (reordered)
        nf9_text_add(&d.text, d.text.len > 0 ? ", reordered" : "reordered");
    return nf9_text_end(&d.text);
}
