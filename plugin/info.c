/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * info.c: what a packet holds, summed up for the Info column.
 */
#include "info.h"
#include <stdlib.h>
#include <wsutil/to_str.h>

void nf9_ids_add(wmem_allocator_t *pool, nf9_ids *ids, uint16_t id)
{
    if (ids->n > 0 && ids->id[ids->n - 1] == id)
        return;
    if (ids->n == ids->cap) {
        ids->cap = ids->cap == 0 ? 8 : 2 * ids->cap;
        ids->id = (uint16_t *)wmem_realloc(pool, ids->id, ids->cap * sizeof *ids->id);
    }
    ids->id[ids->n++] = id;
}

static int compare(const void *a, const void *b)
{
    return *(const uint16_t *)a - *(const uint16_t *)b;
}

/* A line of text in the making: printf and growing buffers would take most of the time of a packet
 * that nothing but the Info column is shown of.  It is cut behind what the column shows. */
typedef struct line {
    char text[COL_MAX_INFO_LEN + 1];
    size_t n;
} line;

static void append(line *l, const char *text)
{
    size_t n = strlen(text), room = sizeof l->text - 1 - l->n;

    n = MIN(n, room);
    memcpy(l->text + l->n, text, n);
    l->n += n;
}

static void append_number(line *l, uint32_t number)
{
    char digits[11];

    nf9_decimal(number, digits, sizeof digits);
    append(l, digits);
}

static const char *text_of(line *l)
{
    l->text[l->n] = '\0';
    return l->text;
}

static void sort(const nf9_ids *ids)
{
    for (size_t i = 1; i < ids->n; i++)
        if (ids->id[i] < ids->id[i - 1]) { /* mostly they come in order */
            qsort(ids->id, ids->n, sizeof *ids->id, compare);
            return;
        }
}

/* Appends the IDs, and leaves them sorted. */
static void append_ids(line *l, const nf9_ids *ids)
{
    const uint16_t *id = ids->id;

    sort(ids);
    for (size_t i = 0; i < ids->n;) {
        size_t end = i;
        while (end + 1 < ids->n && id[end + 1] <= id[end] + 1) /* the next, or the same again */
            end++;
        if (i > 0)
            append(l, ", ");
        append_number(l, id[i]);
        if (id[end] > id[i]) {
            append(l, id[end] == id[i] + 1 ? ", " : "-");
            append_number(l, id[end]);
        }
        i = end + 1;
    }
}

const char *nf9_ids_text(wmem_allocator_t *pool, const nf9_ids *ids)
{
    line l;

    l.n = 0; /* the rest is large */
    append_ids(&l, ids);
    return wmem_strdup(pool, text_of(&l));
}

void nf9_info_problem(wmem_allocator_t *pool, nf9_info *info, const char *format, ...)
{
    va_list args;

    if (info->problems == NULL)
        info->problems = wmem_strbuf_new(pool, "");
    if (wmem_strbuf_get_len(info->problems) > 200)
        return; /* the line is long enough; the expert infos have them all */
    wmem_strbuf_append_c(info->problems, '[');
    va_start(args, format);
    wmem_strbuf_append_vprintf(info->problems, format, args);
    va_end(args);
    wmem_strbuf_append(info->problems, "] ");
}

const char *nf9_records_text(wmem_allocator_t *pool, const nf9_template *tmpl, uint32_t n)
{
    if (tmpl->options)
        return wmem_strdup_printf(pool, "%u options", n);
    return wmem_strdup_printf(pool, "%u flow%s", n, n == 1 ? "" : "s");
}

static void begin_part(line *l, const char **separator)
{
    append(l, *separator);
    *separator = ", ";
}

/* "template 256" or "templates 256-258". */
static void append_named(line *l, const char *what, const nf9_ids *ids)
{
    append(l, what);
    append(l, ids->n == 1 ? " " : "s ");
    append_ids(l, ids);
}

static void append_templates(line *l, const char **separator, const char *what,
                             const nf9_ids *ids)
{
    if (ids->n == 0)
        return;
    begin_part(l, separator);
    append_named(l, what, ids);
}

static void append_records(line *l, const char **separator, const nf9_info *info)
{
    if (info->flow_ids.n > 0) {
        begin_part(l, separator);
        append_number(l, info->flows);
        append(l, info->flows == 1 ? " flow [" : " flows [");
        append_ids(l, &info->flow_ids);
        if (info->elsewhere != 0) {
            append(l, ", template from frame ");
            append_number(l, info->elsewhere);
        }
        append(l, "]");
    }
    if (info->options_ids.n > 0) {
        begin_part(l, separator);
        append_number(l, info->options);
        append(l, " options [");
        append_ids(l, &info->options_ids);
        append(l, "]");
    }
}

static void append_problems(line *l, const nf9_info *info)
{
    if (info->problems != NULL)
        append(l, wmem_strbuf_get_str(info->problems));
    if (info->redefined_ids.n > 0) {
        append(l, "[");
        append_named(l, "template", &info->redefined_ids);
        append(l, " redefined] ");
    }
    if (info->undecoded_ids.n > 0) {
        append(l, "[no template ");
        append_ids(l, &info->undecoded_ids);
        append(l, ": ");
        append_number(l, (uint32_t)info->undecoded);
        append(l, " octets] ");
    }
}

void nf9_info_column(packet_info *pinfo, const nf9_header *header, const nf9_info *info)
{
    line l;
    const char *separator = ": ";

    if (!col_get_writable(pinfo->cinfo, COL_INFO))
        return; /* nobody looks */
    l.n = 0; /* the rest is large */
    append_problems(&l, info);
    append(&l, "Source ID ");
    append_number(&l, header->source_id);
    append(&l, ", seq ");
    append_number(&l, header->sequence);
    append_records(&l, &separator, info);
    append_templates(&l, &separator, "options template", &info->options_templates);
    append_templates(&l, &separator, "template", &info->templates);
    col_add_str(pinfo->cinfo, COL_INFO, text_of(&l));
}
