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

/* In place of printf, which the Info column of every packet would call a dozen times. */
static void append_number(wmem_strbuf_t *text, const char *before, uint32_t number,
                          const char *behind)
{
    char all[64], *end = g_stpcpy(all, before);

    nf9_decimal(number, end, 11);
    g_stpcpy(end + strlen(end), behind);
    wmem_strbuf_append(text, all);
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
static void append_ids(wmem_strbuf_t *text, const nf9_ids *ids)
{
    const uint16_t *id = ids->id;

    sort(ids);
    for (size_t i = 0; i < ids->n;) {
        size_t end = i;
        while (end + 1 < ids->n && id[end + 1] <= id[end] + 1) /* the next, or the same again */
            end++;
        append_number(text, i == 0 ? "" : ", ", id[i], "");
        if (id[end] > id[i])
            append_number(text, id[end] == id[i] + 1 ? ", " : "-", id[end], "");
        i = end + 1;
    }
}

const char *nf9_ids_text(wmem_allocator_t *pool, const nf9_ids *ids)
{
    wmem_strbuf_t *text = wmem_strbuf_new(pool, "");

    append_ids(text, ids);
    return wmem_strbuf_get_str(text);
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

static void append(wmem_strbuf_t *text, const char **separator)
{
    wmem_strbuf_append(text, *separator);
    *separator = ", ";
}

static void append_templates(wmem_strbuf_t *text, const char **separator, const char *what,
                             const nf9_ids *ids)
{
    if (ids->n == 0)
        return;
    append(text, separator);
    wmem_strbuf_append(text, what);
    wmem_strbuf_append(text, ids->n == 1 ? " " : "s ");
    append_ids(text, ids);
}

static void append_records(wmem_strbuf_t *text, const char **separator, const nf9_info *info)
{
    if (info->flow_ids.n > 0) {
        append(text, separator);
        append_number(text, "", info->flows, info->flows == 1 ? " flow [" : " flows [");
        append_ids(text, &info->flow_ids);
        if (info->elsewhere != 0)
            append_number(text, ", template from frame ", info->elsewhere, "");
        wmem_strbuf_append_c(text, ']');
    }
    if (info->options_ids.n > 0) {
        append(text, separator);
        append_number(text, "", info->options, " options [");
        append_ids(text, &info->options_ids);
        wmem_strbuf_append_c(text, ']');
    }
}

void nf9_info_column(packet_info *pinfo, const nf9_header *header, const nf9_info *info)
{
    wmem_strbuf_t *text;
    const char *separator = ": ";

    if (!col_get_writable(pinfo->cinfo, COL_INFO))
        return; /* nobody looks */
    text = nf9_strbuf_new(pinfo->pool, 128);
    if (info->problems != NULL)
        wmem_strbuf_append(text, wmem_strbuf_get_str(info->problems));
    if (info->undecoded_ids.n > 0) {
        wmem_strbuf_append(text, "[no template ");
        append_ids(text, &info->undecoded_ids);
        append_number(text, ": ", (uint32_t)info->undecoded, " octets] ");
    }
    append_number(text, "Source ID ", header->source_id, ", seq ");
    append_number(text, "", header->sequence, "");
    append_records(text, &separator, info);
    append_templates(text, &separator, "options template", &info->options_templates);
    append_templates(text, &separator, "template", &info->templates);
    col_add_str(pinfo->cinfo, COL_INFO, wmem_strbuf_get_str(text));
}
