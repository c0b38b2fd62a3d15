/* SPDX-License-Identifier: MIT
 *
 * places.h: where the fields are of a template that has some of variable length. Private.
 *
 * Behind the template's wire image: for each column how far it lies behind the variable field
 * before it, and which columns are variable.  A record has an octet at least for each of these,
 * so that looking at them alone takes no longer than the record is; fields of no octets, of which
 * a template may have thousands, take no time.
 */
#ifndef NF9_PLACES_H
#define NF9_PLACES_H

#include <nf9/decode.h>

/* Octets of all that, with one to begin at an even place. */
static inline size_t nf9_places_size(size_t field_count, size_t variable_count)
{
    return variable_count == 0 ? 0 : 1 + (field_count + variable_count) * sizeof(uint16_t);
}

/* By column: octets from the end of the variable field before it, or from the record's first;
 * 65535: more than any record has. */
static inline uint16_t *nf9_places_behind(const nf9_template *tmpl)
{
    size_t end = tmpl->field_count * sizeof(nf9_column) + tmpl->wire_length;
    return (uint16_t *)(void *)((uint8_t *)(uintptr_t)(tmpl + 1) + end + end % 2);
}

/* The columns of variable length, variable_count of them. */
static inline uint16_t *nf9_places_variable(const nf9_template *tmpl)
{
    return nf9_places_behind(tmpl) + tmpl->field_count;
}

/* The octets of a compiled template with all that belongs to it. */
static inline size_t nf9_block_size(size_t field_count, size_t variable_count, size_t wire_length)
{
    return sizeof(nf9_template) + field_count * sizeof(nf9_column) + wire_length +
           nf9_places_size(field_count, variable_count);
}

static inline size_t nf9_template_octets(const nf9_template *tmpl)
{
    return nf9_block_size(tmpl->field_count, tmpl->variable_count, tmpl->wire_length);
}

#endif
