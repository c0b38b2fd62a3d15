/* SPDX-License-Identifier: MIT
 *
 * base.h: what every part of libnf9 uses: octets, outcomes, errors with their place.
 *
 * No global state, no logging, no errno.  Any function may be called from any thread as long
 * as no two use the same object at once.
 */
#ifndef NF9_BASE_H
#define NF9_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(NF9_BUILD_SHARED)
#define NF9_API __attribute__((visibility("default")))
#else
#define NF9_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Octets that belong to somebody else: valid as long as what they were taken from. */
typedef struct nf9_bytes {
    const uint8_t *data;
    size_t len;
} nf9_bytes;

/* The octets without the zero octets at their end. */
static inline nf9_bytes nf9_bytes_trim(nf9_bytes bytes)
{
    while (bytes.len > 0 && bytes.data[bytes.len - 1] == 0)
        bytes.len--;
    return bytes;
}

/* The number that 4 octets are, in network order; compilers make one load of it. */
static inline uint32_t nf9_octets_u32(const uint8_t *octets)
{
    return (uint32_t)octets[0] << 24 | (uint32_t)octets[1] << 16 | (uint32_t)octets[2] << 8 |
           octets[3];
}

/* The number that 1 to 8 octets are, in network order; 0 for none. */
static inline uint64_t nf9_octets_u64(const uint8_t *octets, size_t len)
{
    uint64_t v = 0;
    if (len == 4) /* most are */
        return nf9_octets_u32(octets);
    if (len == 8) /* most others */
        return (uint64_t)nf9_octets_u32(octets) << 32 | nf9_octets_u32(octets + 4);
    for (size_t i = 0; i < len; i++)
        v = v << 8 | octets[i];
    return v;
}

/* What a call answers: 0 done, above 0 an outcome, below 0 a failure (errors.def). */
typedef enum nf9_status {
#define NF9_STATUS(name, value, text) NF9_##name = (value),
#include <nf9/errors.def>
#undef NF9_STATUS
} nf9_status;

/* The first failure of an iterator and its place. */
typedef struct nf9_error {
    nf9_status code;     /* NF9_OK where nothing failed */
    size_t offset;       /* from the start of the Export Packet, in octets */
    size_t need;         /* octets that were needed there */
    size_t have;         /* octets that were there */
    uint16_t flowset_id; /* the FlowSet in which it happened, 0 before the first */
} nf9_error;

/* One line in English, static. "unknown status" for a value that errors.def does not have. */
NF9_API const char *nf9_status_text(nf9_status status);

/* The identifier without its prefix ("ERR_LENGTH"), static; "" for a value not in errors.def. */
NF9_API const char *nf9_status_name(nf9_status status);

/* Writes "TEXT at octet OFFSET: need N, have M (FlowSet ID)" as far as cap octets allow, always
 * ended by a NUL where cap is above 0.  Returns the length of the whole text. */
NF9_API size_t nf9_error_print(const nf9_error *error, char *buf, size_t cap);

#ifdef __cplusplus
}
#endif
#endif
