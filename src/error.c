/* SPDX-License-Identifier: MIT
 *
 * error.c: the texts of outcomes (errors.def).
 */
#include <nf9/base.h>
#include <stdio.h>

const char *nf9_status_text(nf9_status status)
{
    switch (status) {
#define NF9_STATUS(name, value, text) \
    case NF9_##name:                  \
        return text;
#include <nf9/errors.def>
#undef NF9_STATUS
    }
    return "unknown status";
}

const char *nf9_status_name(nf9_status status)
{
    switch (status) {
#define NF9_STATUS(name, value, text) \
    case NF9_##name:                  \
        return #name;
#include <nf9/errors.def>
#undef NF9_STATUS
    }
    return "";
}

size_t nf9_error_print(const nf9_error *error, char *buf, size_t cap)
{
    int n = snprintf(buf, cap, "%s at octet %zu: need %zu, have %zu (FlowSet %u)",
                     nf9_status_text(error->code), error->offset, error->need, error->have,
                     (unsigned)error->flowset_id);
    return n < 0 ? 0 : (size_t)n;
}
