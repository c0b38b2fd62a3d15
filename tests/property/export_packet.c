/* SPDX-License-Identifier: MIT
 *
 * Each packet of a capture as an object (packet.h): decoded, its input overwritten, encoded while
 * its data waits; then read by all that the capture defines, the cache freed, and encoded from
 * its values: the same octets, both times.  The same of every prefix of it; into every room; and
 * with every allocation failing once.  Prints what the octets were written from.
 *
 * usage: export_packet PAYLOADS
 */
#include "check.h"
#include "guard.h"
#include "ledger.h"
#include "payloads.h"
#include <nf9/packet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST 65536u

static uint8_t *room; /* LONGEST octets, then an unmapped page */
static size_t prefixes, capacities, failures;

static nf9_source source_of(const payload *one)
{
    return (nf9_source){ .conversation = one->conversation, .exporter = 1 };
}

/* A packet whose input is overwritten as soon as it is decoded. */
static nf9_status decode(nf9_bytes octets, const nf9_allocator *a, nf9_export_packet **out)
{
    uint8_t *input = room + LONGEST - octets.len;

    if (octets.len > 0)
        memcpy(input, octets.data, octets.len);
    nf9_status st = nf9_export_packet_decode((nf9_bytes){ input, octets.len }, NULL, a, out);
    memset(input, 0xee, octets.len);
    return st;
}

/* Whether it is encoded as these octets, measured too. */
static bool encodes_as(const nf9_export_packet *p, nf9_bytes want)
{
    uint8_t *to = room + LONGEST - want.len;
    size_t len = 0, need = 0;
    bool same = nf9_export_packet_length(p) == want.len &&
                nf9_export_packet_encode(p, NULL, 0, &need, NULL) == NF9_OK && need == want.len &&
                nf9_export_packet_encode(p, to, want.len, &len, NULL) == NF9_OK &&
                len == want.len && memcmp(to, want.data, len) == 0;

    memset(to, 0xee, want.len);
    return same;
}

/* Each row against the records of the packet's octets. */
static void check_rows(const nf9_packet_flowset *f, const nf9_flowset *wire)
{
    static char got[LONGEST], want[LONGEST];
    nf9_record_iter it;
    nf9_record record;
    nf9_field field;
    size_t octets = 0, different = 0;

    nf9_records_open(&it, wire, f->tmpl);
    for (size_t i = 0; i < f->n_rows && nf9_record_next(&it, &record) == NF9_OK; i++) {
        nf9_row row = nf9_packet_row(f, i);
        octets += record.bytes.len;
        for (size_t c = 0; c < row.n; c++) {
            const nf9_value *v = nf9_row_column(&row, c);
            nf9_record_column(&record, c, &field);
            nf9_field_print(&field, want, sizeof want);
            nf9_row_print(&row, c, got, sizeof got);
            different += strcmp(got, want) != 0 || (uint16_t)v->field != field.type ||
                         (v->field > UINT16_MAX) != field.scope;
        }
    }
    CHECK_UINT(different, 0);
    CHECK_UINT(octets + f->padding.len, wire->body.len);
}

static void check_values(const nf9_export_packet *p, nf9_bytes octets)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset wire;
    size_t i = 0;

    nf9_packet_open(&it, octets, &header);
    CHECK(memcmp(&header, nf9_export_packet_header(p), sizeof header) == 0);
    for (; nf9_flowset_next(&it, &wire) == NF9_OK; i++) {
        const nf9_packet_flowset *f = nf9_export_packet_flowset(p, i);
        CHECK(f->id == wire.id && f->missing == wire.missing);
        if (f->tmpl != NULL)
            check_rows(f, &wire);
    }
    CHECK_UINT(nf9_export_packet_flowsets(p), i);
    CHECK(nf9_export_packet_flowset(p, i) == NULL);
}

/* Whether the octets are of no more than the value: no bit that is none of its, no text behind a
 * NUL.  Of variable length, numbers may be longer than they need be: nothing is said of them. */
static bool is_plain(const nf9_field *f, uint16_t length)
{
    unsigned form = f->info->form, bits = form == NF9_FORM_TCP_FLAGS    ? 12
                                          : form == NF9_FORM_FLOW_LABEL ? 20
                                          : form == NF9_FORM_FORWARDING ? 8
                                                                        : 64;
    nf9_bytes text = nf9_bytes_trim(f->bytes);
    uint64_t number = 0;

    if (length == NF9_VARIABLE_LENGTH)
        return f->info->kind == NF9_KIND_OCTETS;
    if (f->info->kind == NF9_KIND_TEXT)
        return text.len == 0 || memchr(text.data, 0, text.len) == NULL;
    for (size_t i = 0; i < f->bytes.len && bits < 64; i++)
        number = number << 8 | f->bytes.data[i];
    return bits == 64 || number >> bits == 0;
}

static bool has_plain_records(const nf9_flowset *wire, const nf9_template *t)
{
    nf9_record_iter it;
    nf9_record record;
    nf9_field_iter fields;
    nf9_field field;

    nf9_records_open(&it, wire, t);
    while (nf9_record_next(&it, &record) == NF9_OK) {
        nf9_fields_open(&fields, &record);
        while (nf9_field_next(&fields, &field) == NF9_OK)
            if (!is_plain(&field, nf9_template_columns(t)[field.column].length))
                return false;
    }
    return true;
}

static bool is_well_formed_flowset(const nf9_packet_flowset *f, const nf9_flowset *wire)
{
    for (size_t i = 0; i < f->n_templates; i++)
        if (f->templates[i].tmpl == NULL)
            return false;
    if (wire->missing > 0 || f->kind == NF9_FLOWSET_RESERVED)
        return false;
    return f->kind != NF9_FLOWSET_DATA ||
           (f->tmpl != NULL && !f->tmpl->odd && has_plain_records(wire, f->tmpl));
}

/* As RFC 3954 has it, with nothing but types that are known and values that they can have. */
static bool is_well_formed(const nf9_export_packet *p, nf9_bytes octets)
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset wire;

    nf9_packet_open(&it, octets, &header);
    for (size_t i = 0; nf9_flowset_next(&it, &wire) == NF9_OK; i++)
        if (!is_well_formed_flowset(nf9_export_packet_flowset(p, i), &wire))
            return false;
    return it.tail.len == 0;
}

static void each_room(const nf9_export_packet *p, nf9_bytes octets)
{
    for (size_t cap = 0; cap < octets.len; cap++) {
        nf9_encode_error e;
        size_t len = 12345;
        check_case("room for %zu of %zu", cap, octets.len);
        if (nf9_export_packet_encode(p, room + LONGEST - cap, cap, &len, &e) != NF9_ERR_SPACE ||
            len != 12345 || e.at.code != NF9_ERR_SPACE || room[LONGEST - cap - 1] != 0xee)
            CHECK(false);
        capacities++;
    }
    memset(room, 0xee, LONGEST);
}

static void each_prefix(const payload *one, const nf9_cache *cache)
{
    for (size_t len = 0; len < one->bytes.len; len++) {
        nf9_bytes prefix = { one->bytes.data, len };
        nf9_export_packet *p = NULL;
        nf9_status st = decode(prefix, NULL, &p);
        check_case("frame %u, its first %zu octets", (unsigned)one->frame, len);
        prefixes++;
        if (len < NF9_HEADER_LENGTH) {
            CHECK(st == NF9_ERR_TRUNCATED && p == NULL);
            continue;
        }
        if (st != NF9_OK || !encodes_as(p, prefix))
            CHECK(false);
        if (nf9_export_packet_apply(p, cache, source_of(one), one->frame, true) < 0 ||
            !encodes_as(p, prefix))
            CHECK(false);
        nf9_export_packet_free(p);
    }
}

/* Decoded and read with the n-th allocation failing: all that failed is done again, and then it
 * is as if nothing had.  False where there are not so many. */
static bool nth_fails(const payload *one, const nf9_cache *cache, size_t n)
{
    ledger book = { .fail_at = n };
    nf9_allocator a = ledger_allocator(&book);
    nf9_export_packet *p = NULL;

    check_case("frame %u, allocation %zu fails", (unsigned)one->frame, n);
    nf9_status st = decode(one->bytes, &a, &p);
    if (book.failed > 0) {
        CHECK(st == NF9_ERR_MEMORY && p == NULL && book.blocks == 0);
        return true;
    }
    CHECK_STATUS(st, NF9_OK);
    st = nf9_export_packet_apply(p, cache, source_of(one), one->frame, true);
    CHECK_INT(st == NF9_ERR_MEMORY, book.failed > 0);
    CHECK(encodes_as(p, one->bytes));
    if (book.failed > 0) {
        CHECK(nf9_export_packet_undecoded(p) > 0);
        nf9_status again = nf9_export_packet_apply(p, cache, source_of(one), one->frame, true);
        CHECK(again == NF9_OK || again == NF9_NONE);
        check_values(p, one->bytes);
        CHECK(encodes_as(p, one->bytes));
    }
    CHECK_UINT(nf9_export_packet_memory(p), book.octets);
    nf9_export_packet_free(p);
    CHECK(book.blocks == 0 && book.octets == 0);
    return book.failed > 0;
}

static void each_allocation(const payload *one, const nf9_cache *cache)
{
    size_t n = 1;

    while (nth_fails(one, cache, n))
        n++;
    failures += n - 1;
}

static void add(nf9_packet_octets *sum, nf9_packet_octets more)
{
    sum->structure += more.structure;
    sum->values += more.values;
    sum->odd += more.odd;
    sum->padding += more.padding;
    sum->undecoded += more.undecoded;
}

static void print(const char *of, size_t packets, nf9_packet_octets sum)
{
    printf("%s %zu packets: structure %zu values %zu odd %zu padding %zu undecoded %zu\n", of,
           packets, sum.structure, sum.values, sum.odd, sum.padding, sum.undecoded);
}

typedef struct run {
    payloads p;
    nf9_export_packet **packets; /* NULL where the octets are none */
    nf9_cache *cache;
} run;

/* Decoded and learnt from, while all data waits. */
static void print_waiting(const run *r)
{
    nf9_packet_octets sum = { 0 };
    size_t n = 0;

    for (size_t i = 0; i < r->p.n; i++) {
        const payload *one = &r->p.all[i];
        nf9_export_packet **p = &r->packets[i];
        bool header = one->bytes.len >= NF9_HEADER_LENGTH;
        check_case("frame %u", (unsigned)one->frame);
        CHECK_STATUS(decode(one->bytes, NULL, p), header ? NF9_OK : NF9_ERR_TRUNCATED);
        if (*p == NULL)
            continue;
        CHECK(encodes_as(*p, one->bytes));
        add(&sum, nf9_export_packet_octets(*p));
        nf9_status st = nf9_export_packet_update_cache(*p, r->cache, source_of(one), one->frame);
        CHECK_STATUS(st, NF9_OK);
        n++;
    }
    print("waiting", n, sum);
}

static void sweep(const run *r)
{
    for (size_t i = 0; i < r->p.n; i++) {
        each_prefix(&r->p.all[i], r->cache);
        if (r->packets[i] != NULL)
            each_allocation(&r->p.all[i], r->cache);
    }
}

/* Read by all that the capture defines; the cache is not needed then. */
static void read_all(run *r)
{
    for (size_t i = 0; i < r->p.n; i++)
        if (r->packets[i] != NULL)
            nf9_export_packet_apply(r->packets[i], r->cache, source_of(&r->p.all[i]),
                                    r->p.all[i].frame, true);
    nf9_cache_free(r->cache);
}

static void print_read(const run *r)
{
    nf9_packet_octets sum = { 0 }, well_formed = { 0 };
    size_t n = 0, n_well_formed = 0;

    for (size_t i = 0; i < r->p.n; i++) {
        const nf9_export_packet *p = r->packets[i];
        nf9_bytes octets = r->p.all[i].bytes;
        check_case("frame %u", (unsigned)r->p.all[i].frame);
        if (p == NULL)
            continue;
        check_values(p, octets);
        CHECK(encodes_as(p, octets));
        each_room(p, octets);
        add(&sum, nf9_export_packet_octets(p));
        n++;
        if (is_well_formed(p, octets)) {
            add(&well_formed, nf9_export_packet_octets(p));
            n_well_formed++;
        }
    }
    print("read", n, sum);
    print("well-formed", n_well_formed, well_formed);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: export_packet PAYLOADS\n");
        return 2;
    }
    run r = { .p = payloads_read(argv[1]), .cache = nf9_cache_new(NULL, NULL) };
    r.packets = calloc(r.p.n + 1, sizeof *r.packets);
    room = guard_room(LONGEST);
    memset(room, 0xee, LONGEST);
    print_waiting(&r);
    sweep(&r);
    read_all(&r);
    print_read(&r);
    printf("%zu prefixes, %zu capacities, %zu failing allocations\n", prefixes, capacities,
           failures);
    for (size_t i = 0; i < r.p.n; i++)
        nf9_export_packet_free(r.packets[i]);
    free(r.packets);
    payloads_free(&r.p);
    return check_end();
}
