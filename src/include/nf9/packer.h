/* SPDX-License-Identifier: MIT
 *
 * packer.h: records into datagrams, as an exporter sends them: filled up to an MTU, with the
 * templates in front of their data and again from time to time (RFC 3954 sections 5.1 and 9).
 *
 * A packer lives on the caller's stack and fills the caller's buffer; it allocates nothing and
 * has no clock: the caller says what time it is.  Full datagrams are handed to the caller's
 * function within the call that finds no more room.
 *
 * After an exporter's restart, a new nf9_packer_init begins anew: sequence, templates first.
 */
#ifndef NF9_PACKER_H
#define NF9_PACKER_H

#include <nf9/encode.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Sends a datagram, valid during the call.  A status below 0 is what the packer's call answers;
 * the datagram then counts as sent and lost: it is not given again, and the sequence goes on. */
typedef nf9_status (*nf9_packer_send)(void *user, nf9_bytes datagram);

typedef struct nf9_packer_options {
    size_t mtu;               /* octets of a datagram's payload at most, 28 to 65535; 1472 for
                               * UDP over IPv4 on Ethernet */
    uint32_t source_id;       /* of each header */
    uint32_t sequence;        /* of the first datagram; counts datagrams, modulo 2^32 */
    uint32_t refresh_packets; /* templates are sent again after so many datagrams; 0: never */
    uint64_t refresh_ms;      /* and after so long, ms; 0: never */
    nf9_packer_send send;
    void *user; /* for `send` */
} nf9_packer_options;

/* The octets of buffer that a packer needs: a datagram and a record. */
#define NF9_PACKER_ROOM(mtu) (2 * (size_t)(mtu))

/* The members are private. */
typedef struct nf9_packer {
    nf9_packer_options options;
    const nf9_template *const *templates;
    size_t n_templates;
    const nf9_template *known; /* of the list, used last */
    size_t next;        /* of the templates that are to be sent; n_templates: none */
    uint64_t announced; /* when the last of them was written, uptime_ms */
    uint32_t since;     /* datagrams sent since then */
    uint32_t sequence;
    uint8_t *buf;
    nf9_writer datagram, record;
    bool begun;      /* a datagram */
    nf9_status lost; /* what `send` answered in this call */
} nf9_packer;

/* Begins, with no templates.  `options` is copied; `buf` must outlive the packer.  NF9_ERR_LIMIT
 * for an MTU out of range, NF9_ERR_SPACE where cap is below NF9_PACKER_ROOM(mtu). */
NF9_API nf9_status nf9_packer_init(nf9_packer *p, const nf9_packer_options *options, void *buf,
                                   size_t cap);

/* These are the templates from now on, of data and options; all are sent before the next record.
 * The list and the templates must outlive the packer or the next call.  NF9_ERR_SPACE where one
 * is larger than a datagram; the list is then as before. */
NF9_API nf9_status nf9_packer_templates(nf9_packer *p, const nf9_template *const *templates,
                                        size_t n);

/* Sends all templates before the next record. */
NF9_API void nf9_packer_resend(nf9_packer *p);

/* Begins a record of a template of the list: its fields are to be put into the writer (as in
 * encode.h; valid until the next call).  A record that was begun and not ended is given up. */
NF9_API nf9_writer *nf9_packer_begin(nf9_packer *p, const nf9_template *tmpl);

/* Ends it and packs it.  What failed in the writer is answered here; the record is then left
 * out, and the packer goes on with the next.  NF9_ERR_SPACE where it is larger than a datagram,
 * NF9_ERR_STATE where its template is none of the list. */
NF9_API nf9_status nf9_packer_end(nf9_packer *p, nf9_clock now);

/* Packs a record by its octets, by numbers (nf9_put_record, nf9_put_u64s); fails as above. */
NF9_API nf9_status nf9_packer_add(nf9_packer *p, const nf9_template *tmpl, const void *data,
                                  size_t len, nf9_clock now);
NF9_API nf9_status nf9_packer_add_u64s(nf9_packer *p, const nf9_template *tmpl,
                                       const uint64_t *values, size_t n, nf9_clock now);

/* Sends what is there, if there is anything. */
NF9_API nf9_status nf9_packer_flush(nf9_packer *p, nf9_clock now);

/* Where templates are due, sends them with what is there: for times without records. */
NF9_API nf9_status nf9_packer_tick(nf9_packer *p, nf9_clock now);

/* What was wrong with the last record; offsets count from its begin.  Valid until the next
 * call. */
NF9_API const nf9_encode_error *nf9_packer_error(const nf9_packer *p);

/* The sequence number of the next datagram. */
NF9_API uint32_t nf9_packer_sequence(const nf9_packer *p);

#ifdef __cplusplus
}
#endif
#endif
