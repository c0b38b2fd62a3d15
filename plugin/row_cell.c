/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_cell.c: the columns that a row can have, by their names.
 */
#include "row_cell.h"
#include <epan/packet.h>
#include <string.h>

static const struct {
    nf9_cell_kind kind;
    const char *name;
    bool display, standard;
    uint16_t type;
} cells_known[] = {
#define X(NAME, name, display, standard, type) { NF9_CELL_##NAME, name, display, standard, type },
    NF9_ROW_CELLS(X)
#undef X
};

/* One of these. */
static nf9_cell known(size_t i)
{
    return (nf9_cell){ .kind = cells_known[i].kind,
                       .name = g_strdup(cells_known[i].name),
                       .type = cells_known[i].type };
}

/* What stands behind a prefix, NULL where the name does not begin with it. */
static const char *behind(const char *name, const char *prefix)
{
    size_t n = strlen(prefix);

    return g_ascii_strncasecmp(name, prefix, n) == 0 ? name + n : NULL;
}

/* "unknown.57590": a type by its number. */
static bool find_unknown(nf9_cell *cell, const char *name)
{
    const char *digits = behind(name, "unknown.");
    guint64 type;

    if (digits == NULL || !g_ascii_string_to_unsigned(digits, 10, 0, 65535, &type, NULL))
        return false;
    cell->type = (uint16_t)type;
    cell->name = g_strdup_printf("%sunknown.%u", cell->scope ? "scope." : "", cell->type);
    return nf9_type_info(cell->type, cell->scope) == NULL;
}

static bool find_scope(nf9_cell *cell, const char *name)
{
    cell->scope = true;
    for (size_t i = 0; i < NF9_SCOPE_COUNT; i++)
        if (nf9_field_has_name(nf9_scope_at(i), name)) {
            cell->type = nf9_scope_at(i)->type;
            cell->name = g_strconcat("scope.", nf9_scope_at(i)->filter, NULL);
            return true;
        }
    return find_unknown(cell, name);
}

/* "tcp_flags.syn" */
static bool find_part(nf9_cell *cell, const char *name)
{
    const char *dot = strrchr(name, '.');
    char *field = dot != NULL ? g_strndup(name, (gsize)(dot - name)) : NULL;
    const nf9_field_info *info = field != NULL ? nf9_field_by_name(field) : NULL;

    g_free(field);
    for (size_t i = 0; info != NULL && i < NF9_PART_COUNT; i++) {
        const nf9_part_info *part = nf9_part_at(i);
        if (part->form == info->form && g_ascii_strcasecmp(part->filter, dot + 1) == 0) {
            cell->type = info->type;
            cell->part = part;
            cell->name = g_strconcat(info->filter, ".", part->filter, NULL);
            return true;
        }
    }
    return false;
}

static bool find_field(nf9_cell *cell, const char *name)
{
    const char *scope = behind(name, "scope.");
    const nf9_field_info *info;

    if (scope != NULL)
        return find_scope(cell, scope);
    info = nf9_field_by_name(name);
    if (info == NULL)
        return find_part(cell, name) || find_unknown(cell, name);
    cell->type = info->type;
    cell->name = g_strdup(info->filter);
    return true;
}

/* A field of the record, perhaps not the first of its type. */
static bool find_nth(nf9_cell *cell, const char *name)
{
    char **parts = g_strsplit(name, "#", 2);
    guint64 nth = 1;
    bool found = parts[0] != NULL &&
                 (parts[1] == NULL ||
                  g_ascii_string_to_unsigned(parts[1], 10, 1, 65535, &nth, NULL)) &&
                 find_field(cell, parts[0]);

    g_strfreev(parts);
    cell->nth = (unsigned)nth - 1;
    if (found && nth > 1) {
        char *first = cell->name;
        cell->name = g_strdup_printf("%s#%u", first, (unsigned)nth);
        g_free(first);
    }
    return found;
}

bool nf9_cell_find(nf9_cell *cell, const char *name)
{
    const char *display = behind(name, "nf9.");
    const char *bare = display != NULL ? display : name;

    *cell = (nf9_cell){ .kind = NF9_CELL_FIELD };
    for (size_t i = 0; i < array_length(cells_known); i++)
        if ((display == NULL || cells_known[i].display) &&
            g_ascii_strcasecmp(bare, cells_known[i].name) == 0) {
            *cell = known(i);
            return true;
        }
    if (find_nth(cell, bare))
        return true;
    g_free(cell->name);
    cell->name = NULL;
    return false;
}

void nf9_cells_default(GArray *cells)
{
    for (size_t i = 0; i < array_length(cells_known); i++)
        if (cells_known[i].standard) {
            nf9_cell cell = known(i);
            g_array_append_val(cells, cell);
        }
}
