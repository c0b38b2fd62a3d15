/* SPDX-License-Identifier: MIT
 *
 * encode_error.c: a writer's failure in words.
 */
#include "text.h"
#include <nf9/encode.h>

static void put_name(nf9_text *t, uint32_t field)
{
    nf9_text_type(t, field >= NF9_AS_SCOPE(0u), (uint16_t)field);
}

static void put_pair(nf9_text *t, const char *before, uint64_t a, const char *between, uint64_t b)
{
    nf9_text_add(t, before);
    nf9_text_u64(t, a);
    nf9_text_add(t, between);
    nf9_text_u64(t, b);
}

static void put_field(nf9_text *t, const nf9_encode_error *error)
{
    nf9_text_add(t, ": ");
    put_name(t, error->field);
    if (error->expected != NF9_NO_FIELD && error->expected != error->field) {
        nf9_text_add(t, " instead of ");
        put_name(t, error->expected);
    }
    if (error->at.code != NF9_ERR_STATE) {
        put_pair(t, " (record ", error->record, ", column ", error->column);
        nf9_text_char(t, ')');
    }
}

size_t nf9_encode_error_print(const nf9_encode_error *error, char *buf, size_t cap)
{
    nf9_text t = { buf, cap, 0 };

    nf9_text_add(&t, nf9_status_text(error->at.code));
    if (error->field != NF9_NO_FIELD)
        put_field(&t, error);
    nf9_text_add(&t, " at octet ");
    nf9_text_u64(&t, error->at.offset);
    if (error->at.need != 0 || error->at.have != 0)
        put_pair(&t, ": need ", error->at.need, ", have ", error->at.have);
    nf9_text_add(&t, " (FlowSet ");
    nf9_text_u64(&t, error->at.flowset_id);
    nf9_text_char(&t, ')');
    return nf9_text_end(&t);
}
