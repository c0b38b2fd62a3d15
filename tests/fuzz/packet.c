/* SPDX-License-Identifier: MIT
 *
 * Fuzzes packets as objects: whatever octets a packet is decoded from, it must be encoded as the
 * same; while its data waits, when it was read, and when templates of later packets read more.
 * Rows, put into another packet, must give the records that they were read from.
 *
 * An input is packets in a row, as decode.c takes them.
 */
#include "input.h"
#include <nf9/packet.h>
#include <stdlib.h>
#include <string.h>

#define MOST_PACKETS 64u /* that are kept to the end */
#define MOST_ASKED 500u  /* columns that are printed, of one input */

static void must(bool held)
{
    if (!held)
        abort();
}

static void must_be(const nf9_export_packet *p, nf9_bytes octets)
{
    size_t len = 0, need = 0;
    nf9_encode_error e;
    uint8_t *room = malloc(octets.len);
    nf9_packet_octets o = nf9_export_packet_octets(p);

    must(room != NULL && nf9_export_packet_length(p) == octets.len);
    must(o.structure + o.values + o.odd + o.padding + o.undecoded == octets.len);
    must(nf9_export_packet_encode(p, NULL, 0, &need, NULL) == NF9_OK && need == octets.len);
    must(nf9_export_packet_encode(p, room, octets.len, &len, &e) == NF9_OK && len == octets.len);
    must(memcmp(room, octets.data, len) == 0);
    must(nf9_export_packet_encode(p, room, octets.len - 1, &len, &e) == NF9_ERR_SPACE &&
         e.at.code == NF9_ERR_SPACE);
    free(room);
}

/* The records of a FlowSet from its rows alone. */
static void must_give_its_records(const nf9_export_packet *p, size_t i, nf9_bytes octets)
{
    const nf9_packet_flowset *f = nf9_export_packet_flowset(p, i);
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset wire;
    size_t len = 0;

    must(nf9_packet_open(&it, octets, &header) == NF9_OK);
    do
        must(nf9_flowset_next(&it, &wire) == NF9_OK);
    while (wire.index < i);
    size_t records = wire.body.len - f->padding.len;
    if (records + 3 > UINT16_MAX - NF9_FLOWSET_HEADER_LENGTH)
        return; /* its new padding may not have room */
    nf9_row *rows = malloc((f->n_rows + 1) * sizeof *rows);
    nf9_export_packet *q = nf9_export_packet_new(&header, NULL, NULL);
    must(rows != NULL && q != NULL);
    for (size_t k = 0; k < f->n_rows; k++)
        rows[k] = nf9_packet_row(f, k);
    must(nf9_export_packet_add_rows(q, f->tmpl, rows, f->n_rows, NULL) == NF9_OK);
    uint8_t *room = malloc(nf9_export_packet_length(q));
    must(room != NULL && nf9_export_packet_encode(q, room, nf9_export_packet_length(q), &len,
                                                  NULL) == NF9_OK);
    must(len >= 24 + records && len <= 24 + records + 3 &&
         (records == 0 || memcmp(room + 24, wire.body.data, records) == 0));
    free(room);
    free(rows);
    nf9_export_packet_free(q);
}

static void ask(const nf9_packet_flowset *f, unsigned *budget)
{
    uint8_t room[NF9_VALUE_ROOM];
    nf9_field field;
    char text[64];

    for (size_t k = 0; k < f->n_rows; k++) {
        nf9_row row = nf9_packet_row(f, k);
        for (size_t c = 0; c < row.n && *budget > 0; c++, --*budget) {
            const nf9_value *v = nf9_row_column(&row, c);
            const nf9_field_info *info = nf9_value_info(v);
            must(nf9_row_field(&row, c, room, &field) == NF9_OK);
            nf9_row_print(&row, c, text, sizeof text);
            if (info != NULL && !field.scope)
                must(nf9_row_find_name(&row, info->filter)->field == v->field);
        }
    }
}

static void must_be_read(const nf9_export_packet *p, nf9_bytes octets)
{
    unsigned budget = MOST_ASKED;

    must_be(p, octets);
    for (size_t i = 0; i < nf9_export_packet_flowsets(p); i++)
        if (nf9_export_packet_flowset(p, i)->tmpl != NULL && i < MOST_PACKETS) {
            must_give_its_records(p, i, octets);
            ask(nf9_export_packet_flowset(p, i), &budget);
        }
}

typedef struct kept {
    nf9_export_packet *packet;
    nf9_source source;
    uint64_t number;
    nf9_bytes octets;
} kept;

/* Decoded from octets that are gone then; NULL where they are none. */
static nf9_export_packet *decode(nf9_bytes octets)
{
    const nf9_packet_limits limits = { 1 << 20 };
    nf9_export_packet *p = NULL;
    uint8_t *input = malloc(octets.len + 1);

    must(input != NULL);
    memcpy(input, octets.data, octets.len);
    nf9_status st = nf9_export_packet_decode((nf9_bytes){ input, octets.len }, &limits, NULL, &p);
    must((st == NF9_OK) == (p != NULL));
    must(st == NF9_OK || st == NF9_ERR_LIMIT || st == NF9_ERR_VERSION ||
         (st == NF9_ERR_TRUNCATED && octets.len < NF9_HEADER_LENGTH));
    memset(input, 0xee, octets.len);
    free(input);
    return p;
}

static void one_packet(nf9_cache *cache, kept *k)
{
    must_be(k->packet, k->octets);
    nf9_export_packet_update_cache(k->packet, cache, k->source, k->number);
    nf9_status st = nf9_export_packet_apply(k->packet, cache, k->source, k->number, false);
    must((st == NF9_OK) == (nf9_export_packet_undecoded(k->packet) == 0));
    must_be_read(k->packet, k->octets);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nf9_cache *cache = fuzz_cache();
    fuzz_input in = { .data = data, .size = size };
    kept all[MOST_PACKETS];
    size_t n = 0;

    while (n < MOST_PACKETS && fuzz_next(&in)) {
        all[n] = (kept){ NULL, in.source, in.number, in.packet };
        all[n].packet = decode(all[n].octets);
        if (all[n].packet != NULL)
            one_packet(cache, &all[n++]);
    }
    for (size_t i = 0; i < n; i++) {
        nf9_export_packet_apply(all[i].packet, cache, all[i].source, all[i].number, true);
        must_be_read(all[i].packet, all[i].octets);
        nf9_export_packet_free(all[i].packet);
    }
    nf9_cache_free(cache);
    return 0;
}
