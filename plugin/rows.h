/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rows.h: a row a record: tshark -q -z nf9,records.
 */
#ifndef NF9_PLUGIN_ROWS_H
#define NF9_PLUGIN_ROWS_H

void nf9_rows_register(void);

#endif
