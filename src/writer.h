/* SPDX-License-Identifier: MIT
 *
 * writer.h: what the writer's parts share: octets that are checked for room, failures that stick.
 * Private.
 */
#ifndef NF9_WRITER_H
#define NF9_WRITER_H

#include <nf9/encode.h>

/* What a writer is in the middle of, and so what can come next. */
enum {
    NF9_WRITER_START,
    NF9_WRITER_PACKET, /* between two FlowSets */
    NF9_WRITER_TEMPLATES,
    NF9_WRITER_OPTIONS_TEMPLATES,
    NF9_WRITER_DATA,   /* between two records */
    NF9_WRITER_RECORD, /* between two fields */
    NF9_WRITER_END     /* nothing can follow but the end */
};

/* Keeps the first failure and its place; in a record, the column that is next is to blame.  The
 * first failure. */
nf9_status nf9_writer_fail(nf9_writer *w, nf9_status code, size_t need, size_t have);

/* As above, of a field that was named to the writer. */
nf9_status nf9_writer_blame(nf9_writer *w, uint32_t field, nf9_status code, size_t need,
                            size_t have);

/* NF9_OK where nothing failed and the writer is in this state; else sticks. */
nf9_status nf9_writer_expect(nf9_writer *w, unsigned state);

/* Whether there is room for n octets more, in the FlowSet and in the buffer; else sticks. */
bool nf9_writer_room(nf9_writer *w, size_t n);

/* Writes octets; zeros; the last n octets of a number. */
nf9_status nf9_writer_octets(nf9_writer *w, const void *data, size_t n);
nf9_status nf9_writer_zeros(nf9_writer *w, size_t n);
nf9_status nf9_writer_uint(nf9_writer *w, uint64_t v, size_t n);

/* Writes a number over the last n octets, which are there. */
void nf9_writer_patch(nf9_writer *w, uint64_t v, size_t n);

/* Begins what holds values of a record from this column on, and nothing else. */
void nf9_writer_init_record_at(nf9_writer *w, const nf9_template *tmpl, uint16_t column, void *buf,
                               size_t cap);

/* Values of variable length behind a length of three octets, though one would do. */
nf9_status nf9_put_long_text(nf9_writer *w, uint32_t field, nf9_bytes text);
nf9_status nf9_put_long_octets(nf9_writer *w, uint32_t field, nf9_bytes octets);

/* How a column is named to the writer. */
static inline uint32_t nf9_column_name(const nf9_template *tmpl, size_t column)
{
    uint32_t type = nf9_template_columns(tmpl)[column].type;
    return column < tmpl->scope_count ? NF9_AS_SCOPE(type) : type;
}

/* The octets that fill a FlowSet of this length up to a multiple of 4; of a Data FlowSet none
 * where they could be read as a record of its template. */
static inline size_t nf9_flowset_padding(size_t length, const nf9_template *data)
{
    size_t padding = (0 - length) % 4;
    return data == NULL || padding < data->min_length ? padding : 0;
}

#endif
