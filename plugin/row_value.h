/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * row_value.h: the value of a field as a row has it.
 */
#ifndef NF9_PLUGIN_ROW_VALUE_H
#define NF9_PLUGIN_ROW_VALUE_H

#include "row_out.h"

/* Numbers and enumerations in decimal, octets in hex, times in ISO 8601, packed values by their
 * parts.  Text that is not UTF-8 is hex after 0x; control characters are escaped. */
void nf9_row_value(nf9_row_out *out, const nf9_field *field);

#endif
