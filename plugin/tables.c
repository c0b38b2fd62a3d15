/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tables.c: which program has which tables.
 */
#include "program.h"
#include "table.h"

/* tshark prints, Wireshark's window and sharkd show: both by the name of the table. */
void nf9_tables_register(void)
{
    const nf9_table *tables[] = { &nf9_table_templates, &nf9_table_exporters };
    bool prints = nf9_is_tshark();

    for (size_t i = 0; i < array_length(tables); i++)
        if (prints)
            nf9_table_stat_register(tables[i]);
        else
            nf9_table_window_register(tables[i]);
}
