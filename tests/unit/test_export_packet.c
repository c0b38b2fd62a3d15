/* SPDX-License-Identifier: MIT
 *
 * export_packet.c, export_packet_decode.c, export_packet_apply.c: packets by hand, what is in
 * them, what waits, and what a cache makes of it.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include "ledger.h"
#include <nf9/packet.h>
#include <string.h>

#define HEADER "0009 0003 000003e8 386d4380 00000007 00000063 "
#define TEMPLATE "0000 0010 0100 0002 0001 0004 0052 0004 "

static const nf9_source source = { .conversation = 1, .exporter = 1 };

/* The packet of these octets, which are gone then. */
static nf9_export_packet *decoded(const char *hex)
{
    static uint8_t input[4096];
    nf9_bytes wire = octets(hex);
    nf9_export_packet *p = NULL;

    memcpy(input, wire.data, wire.len);
    CHECK_STATUS(nf9_export_packet_decode((nf9_bytes){ input, wire.len }, NULL, NULL, &p),
                 NF9_OK);
    memset(input, 0xee, sizeof input);
    return p;
}

static void check_encoded(const nf9_export_packet *p, const char *hex)
{
    size_t need = nf9_export_packet_length(p), len = 0;
    uint8_t *room = guard_room(need);

    CHECK_STATUS(nf9_export_packet_encode(p, room, need, &len, NULL), NF9_OK);
    CHECK_OCTETS(((nf9_bytes){ room, len }), hex);
}

static void check_octets_of(const nf9_export_packet *p, size_t structure, size_t values,
                            size_t odd, size_t padding, size_t undecoded)
{
    nf9_packet_octets o = nf9_export_packet_octets(p);

    CHECK_UINT(o.structure, structure);
    CHECK_UINT(o.values, values);
    CHECK_UINT(o.odd, odd);
    CHECK_UINT(o.padding, padding);
    CHECK_UINT(o.undecoded, undecoded);
}

static void no_packets(void)
{
    nf9_export_packet *p = NULL;

    check_case("none");
    CHECK_STATUS(nf9_export_packet_decode(octets(""), NULL, NULL, &p), NF9_ERR_TRUNCATED);
    CHECK_STATUS(nf9_export_packet_decode(octets("0009 00*17"), NULL, NULL, &p),
                 NF9_ERR_TRUNCATED);
    CHECK_STATUS(nf9_export_packet_decode(octets("000a 00*18"), NULL, NULL, &p),
                 NF9_ERR_VERSION);
    CHECK(p == NULL);
    nf9_export_packet_free(NULL);
}

static void data_waits_and_is_read(void)
{
    const char *hex = HEADER TEMPLATE "0100 0014 000005dc 65746800 00000001 00000000";
    nf9_export_packet *p = decoded(hex);
    nf9_cache *cache = nf9_cache_new(NULL, NULL);

    check_case("data waits");
    CHECK_UINT(nf9_export_packet_header(p)->count, 3);
    CHECK_UINT(nf9_export_packet_header(p)->source_id, 0x63);
    CHECK_UINT(nf9_export_packet_flowsets(p), 2);
    CHECK_UINT(nf9_export_packet_undecoded(p), 1);
    CHECK_UINT(nf9_export_packet_template(p, 256)->field_count, 2);
    CHECK(nf9_export_packet_template(p, 257) == NULL);
    const nf9_packet_flowset *f = nf9_export_packet_flowset(p, 1);
    CHECK(f->id == 256 && f->kind == NF9_FLOWSET_DATA && f->tmpl == NULL && f->n_rows == 0);
    CHECK_OCTETS(f->octets, "000005dc 65746800 00000001 00000000");
    check_octets_of(p, 40, 0, 0, 0, 16);
    check_encoded(p, hex);

    CHECK_STATUS(nf9_export_packet_apply(p, cache, source, 1, true), NF9_NONE);
    CHECK_STATUS(nf9_export_packet_update_cache(p, cache, source, 1), NF9_OK);
    CHECK_STATUS(nf9_export_packet_apply(p, cache, source, 1, false), NF9_OK);
    CHECK_STATUS(nf9_export_packet_apply(p, cache, source, 1, false), NF9_OK);
    nf9_cache_free(cache);
    f = nf9_export_packet_flowset(p, 1);
    CHECK(f->tmpl != NULL && f->tmpl->id == 256 && f->octets.len == 0);
    CHECK_UINT(f->n_rows, 2);
    nf9_row row = nf9_packet_row(f, 0);
    CHECK_UINT(nf9_row_find_name(&row, "in_bytes")->u64, 1500);
    CHECK_OCTETS(nf9_row_find_name(&row, "if_name")->bytes, "657468");
    row = nf9_packet_row(f, 1);
    CHECK(row.n == 2 && nf9_row_column(&row, 0)->u64 == 1);
    CHECK_UINT(nf9_export_packet_undecoded(p), 0);
    check_octets_of(p, 40, 16, 0, 0, 0);
    check_encoded(p, hex);
    nf9_export_packet_free(p);
}

/* A later packet's templates, a second look; options, and an ID defined twice. */
static void templates_that_come_later(void)
{
    const char *first = HEADER "0100 0008 00000001 0101 000c 00000007 05 000000";
    const char *second = HEADER TEMPLATE "0000 000c 0100 0001 0001 0004"
                                         "0001 0014 0101 0004 0004 0002 0004 0022 0001 0000";
    nf9_export_packet *p = decoded(first), *later = decoded(second);
    nf9_cache *cache = nf9_cache_new(NULL, NULL);

    check_case("later templates");
    CHECK_UINT(nf9_export_packet_template(later, 256)->field_count, 1);
    CHECK_STATUS(nf9_export_packet_update_cache(later, cache, source, 2), NF9_OK);
    CHECK_STATUS(nf9_export_packet_apply(p, cache, source, 1, false), NF9_NONE);
    CHECK_STATUS(nf9_export_packet_apply(p, cache, source, 1, true), NF9_OK);
    /* the first definition behind it has two fields: no record of eight octets is there */
    CHECK_UINT(nf9_export_packet_flowset(p, 0)->n_rows, 0);
    CHECK_OCTETS(nf9_export_packet_flowset(p, 0)->padding, "00000001");
    const nf9_packet_flowset *f = nf9_export_packet_flowset(p, 1);
    nf9_row row = nf9_packet_row(f, 0);
    CHECK_UINT(f->n_rows, 1);
    CHECK_UINT(nf9_row_find_name(&row, "scope.interface")->u64, 7);
    CHECK_UINT(nf9_row_find(&row, 34, 0)->u64, 5);
    CHECK_OCTETS(f->padding, "000000");
    check_encoded(p, first);
    check_encoded(later, second);
    nf9_cache_free(cache);
    nf9_export_packet_free(p);
    nf9_export_packet_free(later);
}

/* Records of 1 octet: 5 of them and 3 octets of padding, if the Count says so. */
#define SHORT "0000 000c 0100 0001 0004 0001 "
#define SHORT_DATA "0100 000c 11 06 06 06 01 000000 "

static size_t rows_of_short(const char *hex, bool twice)
{
    nf9_export_packet *p = decoded(hex);
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    nf9_export_packet *other = decoded(HEADER "0000 000c 0101 0001 0004 0001");

    nf9_export_packet_update_cache(p, cache, source, 1);
    nf9_status st = nf9_export_packet_apply(p, cache, source, 1, false);
    CHECK_STATUS(st, twice ? NF9_NONE : NF9_OK);
    if (twice) {
        CHECK_UINT(nf9_export_packet_flowset(p, 1)->n_rows, 8);
        nf9_export_packet_update_cache(other, cache, source, 2);
        CHECK_STATUS(nf9_export_packet_apply(p, cache, source, 1, true), NF9_OK);
    }
    const nf9_packet_flowset *f = nf9_export_packet_flowset(p, 1);
    size_t n = f->n_rows;
    CHECK_UINT(n + f->padding.len, 8);
    check_encoded(p, hex);
    nf9_export_packet_free(p);
    nf9_export_packet_free(other);
    nf9_cache_free(cache);
    return n;
}

static void count_tells_what_is_padding(void)
{
    check_case("Count");
#define COUNT(n) "0009 " n " 000003e8 386d4380 00000007 00000063 " SHORT SHORT_DATA
    CHECK_UINT(rows_of_short(COUNT("0009"), false), 8);
    CHECK_UINT(rows_of_short(COUNT("0006"), false), 5);
    CHECK_UINT(rows_of_short(COUNT("0008"), false), 7);
    CHECK_UINT(rows_of_short(COUNT("0002"), false), 8);
    check_case("Count, when the last FlowSet is read");
    CHECK_UINT(rows_of_short(COUNT("0007") "0101 0005 06", true), 5);
    CHECK_UINT(rows_of_short(COUNT("000a") "0101 0005 06", true), 8);
    check_case("Count, with octets that are no FlowSet");
    CHECK_UINT(rows_of_short(COUNT("0006") "0101 0003", false), 8);
}

static const struct {
    const char *name;
    const char *hex; /* behind the header */
    size_t n;
    nf9_status error;
    const char *tail;
} spots[] = {
    { "nothing", "", 0, NF9_OK, "" },
    { "zeros at the end", "0100 0004 00*64", 1, NF9_OK, "00*64" },
    { "two octets at the end", "0100 0004 0100", 1, NF9_ERR_TRUNCATED, "0100" },
    { "a length of 3", "0100 0004 0100 0003 05", 1, NF9_ERR_LENGTH, "0100 0003 05" },
    { "more octets than there are", "0100 0020 010203", 1, NF9_OK, "" },
    { "a reserved FlowSet", "0002 0007 010203 0100 0004", 2, NF9_OK, "" },
    { "an odd length", "0100 0007 010203 0100 0005 01", 2, NF9_OK, "" },
    { "a template that overruns", "0000 000c 0100 0009 0001 0004", 1, NF9_OK, "" },
    { "a template in a FlowSet that does", "0000 0020 0100 0001 0001", 1, NF9_OK, "" },
    { "padding behind a template", "0000 000f 0100 0001 0001 0004 efefef", 1, NF9_OK, "" },
    { "an options template of odd lengths", "0001 000f 0100 0003 0002 0001 0004 01", 1, NF9_OK,
      "" },
    { "records without an octet", "0000 000c 0100 0001 0052 0000 0100 0008 01020304", 2, NF9_OK,
      "" },
    { "no record, only zeros", "0000 000c 0100 0001 0001 0008 0100 0008 00000000", 2, NF9_OK,
      "" },
    { "variable lengths", "0000 000c 0100 0001 0052 ffff 0100 000d 0161 ff000162 05 61 62", 2,
      NF9_OK, "" },
};

static void malformed_spots_stay_as_they_are(void)
{
    for (size_t i = 0; i < sizeof spots / sizeof *spots; i++) {
        char hex[512] = HEADER;
        nf9_cache *cache = nf9_cache_new(NULL, NULL);
        check_case("%s", spots[i].name);
        strcat(hex, spots[i].hex);
        nf9_export_packet *p = decoded(hex);
        CHECK_UINT(nf9_export_packet_flowsets(p), spots[i].n);
        CHECK_STATUS(nf9_export_packet_error(p)->code, spots[i].error);
        CHECK_OCTETS(nf9_export_packet_tail(p), spots[i].tail);
        check_encoded(p, hex);
        CHECK_STATUS(nf9_export_packet_update_cache(p, cache, source, 1), NF9_OK);
        CHECK(nf9_export_packet_apply(p, cache, source, 1, true) >= 0);
        check_encoded(p, hex);
        nf9_export_packet_free(p);
        nf9_cache_free(cache);
    }
}

static void records_at_fault_are_kept(void)
{
    nf9_export_packet *p = decoded(HEADER "0000 0014 00ff 0001 0001 0004 0100 0001 0002 0004");
    const nf9_packet_flowset *f = nf9_export_packet_flowset(p, 0);

    check_case("faults");
    CHECK_UINT(f->n_templates, 2);
    CHECK(f->templates[0].record.fault == NF9_ERR_TEMPLATE_ID && f->templates[0].tmpl == NULL);
    CHECK_OCTETS(f->templates[0].record.wire, "00ff 0001 0001 0004");
    CHECK(f->templates[1].record.fault == NF9_OK && f->templates[1].tmpl->id == 256);
    CHECK(nf9_export_packet_template(p, 255) == NULL);
    nf9_export_packet_free(p);
}

/* An ID redefined within a packet, within a FlowSet too: each FlowSet by the last one before it. */
static void redefined_in_the_packet(void)
{
    nf9_export_packet *p = decoded(HEADER "0100 0008 00000001"
                                          "0000 000c 0100 0001 0001 0004 0100 0008 00000002"
                                          "0000 0014 0100 0001 0001 0001 0100 0001 0001 0002"
                                          "0100 0008 00030004");
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    static const size_t rows[] = { 1, 0, 1, 0, 2 };

    check_case("redefined");
    CHECK_STATUS(nf9_export_packet_update_cache(p, cache, source, 1), NF9_OK);
    CHECK_STATUS(nf9_export_packet_apply(p, cache, source, 1, false), NF9_OK);
    for (size_t i = 0; i < 5; i++)
        CHECK_UINT(nf9_export_packet_flowset(p, i)->n_rows, rows[i]);
    nf9_row row = nf9_packet_row(nf9_export_packet_flowset(p, 4), 1);
    CHECK_UINT(row.values[0].u64, 4);
    CHECK_UINT(nf9_export_packet_template(p, 256)->min_length, 2);
    nf9_export_packet_free(p);
    nf9_cache_free(cache);
}

/* Source ID and boot are the packet's, whatever the caller says: another exporter's templates are
 * not taken, and what may be borrowed is of the same boot. */
static void whose_templates(void)
{
    const char *data = "0100 0008 00000001";
    char same[200] = HEADER, other_id[200] = "0009 0001 000003e8 386d4380 00000007 00000064",
         other_boot[200] = "0009 0001 000003e8 386d4390 00000007 00000063";
    const nf9_source lying = { .conversation = 1, .exporter = 1, .source_id = 99, .boot = 5 };
    const nf9_source elsewhere = { .conversation = 2, .exporter = 1 };
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    nf9_export_packet *templates = decoded(HEADER "0000 000c 0100 0001 0001 0004");

    check_case("sources");
    CHECK_STATUS(nf9_export_packet_update_cache(templates, cache, lying, 1), NF9_OK);
    nf9_export_packet *p = decoded(strcat(same, data));
    nf9_export_packet *q = decoded(strcat(other_id, data));
    nf9_export_packet *r = decoded(strcat(other_boot, data));
    CHECK_STATUS(nf9_export_packet_apply(q, cache, source, 2, false), NF9_NONE);
    CHECK_STATUS(nf9_export_packet_apply(r, cache, elsewhere, 2, false), NF9_NONE);
    CHECK_STATUS(nf9_export_packet_apply(p, cache, elsewhere, 2, false), NF9_OK);
    nf9_export_packet_free(templates);
    nf9_export_packet_free(p);
    nf9_export_packet_free(q);
    nf9_export_packet_free(r);
    nf9_cache_free(cache);
}

/* A cache without room: what could not be stored is void, and not taken from before. */
static void a_cache_that_is_full(void)
{
    const nf9_cache_limits one = { .max_definitions = 1 };
    nf9_cache *cache = nf9_cache_new(&one, NULL);
    nf9_export_packet *p = decoded(HEADER "0000 000c 0100 0001 0001 0004");
    nf9_export_packet *q =
        decoded(HEADER "0000 0014 0100 0001 0002 0004 0101 0001 0002 0004 0100 0008 00000001");

    check_case("full cache");
    CHECK_STATUS(nf9_export_packet_update_cache(p, cache, source, 1), NF9_OK);
    CHECK_STATUS(nf9_export_packet_update_cache(q, cache, source, 2), NF9_ERR_LIMIT);
    CHECK_STATUS(nf9_export_packet_apply(q, cache, source, 2, true), NF9_NONE);
    nf9_export_packet_free(p);
    nf9_export_packet_free(q);
    nf9_cache_free(cache);
}

/* From no memory to enough: within the limit, all or nothing, and the octets the same. */
static void within_the_limit(void)
{
    const char *hex = HEADER TEMPLATE "0100 000c 000005dc 65746800 0002 0005 01 00000000";
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    nf9_export_packet *p = decoded(hex);
    size_t refused = 0, waited = 0, most = 0;

    nf9_export_packet_update_cache(p, cache, source, 1);
    nf9_export_packet_free(p);
    for (nf9_status st = NF9_ERR_LIMIT; st != NF9_OK && most < 100000; most++) {
        const nf9_packet_limits limits = { most + 1 };
        ledger book = { 0 };
        nf9_allocator a = ledger_allocator(&book);
        check_case("at most %zu octets", most + 1);
        p = NULL;
        st = nf9_export_packet_decode(octets(hex), &limits, &a, &p);
        guard_release();
        if (st != NF9_OK) {
            CHECK(p == NULL && book.blocks == 0 && (st == NF9_ERR_LIMIT || st == NF9_ERR_MEMORY));
            refused++;
            continue;
        }
        st = nf9_export_packet_apply(p, cache, source, 1, false);
        CHECK(st == NF9_OK || st == NF9_ERR_LIMIT);
        waited += st != NF9_OK;
        CHECK(nf9_export_packet_memory(p) <= most + 1);
        CHECK_UINT(nf9_export_packet_memory(p), book.octets);
        check_encoded(p, hex);
        nf9_export_packet_free(p);
        CHECK_UINT(book.blocks, 0);
    }
    check_case("limits");
    CHECK(refused > 100 && waited > 100 && most < 100000);
    nf9_cache_free(cache);
}

/* A field of few octets and 8000 of none would make millions of values of a datagram. */
static void a_template_of_nothing(uint8_t high, uint8_t low)
{
    static uint8_t packet[65000];
    static const uint8_t specifier[] = { 0, 82, 0, 0 };
    const size_t n = 8000, data = 20 + 8 + 4 * n;
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    nf9_export_packet *p = NULL;

    check_case("many values behind a length of %02x%02x", high, low);
    memcpy(packet, octets(HEADER "0000 7d08 0100 1f40 0004").data, 30);
    packet[30] = high;
    packet[31] = low;
    for (size_t i = 1; i < n; i++)
        memcpy(packet + 28 + 4 * i, specifier, 4);
    memcpy(packet + data, octets("0100 80cc").data, 4);
    memset(packet + data + 4, 6, sizeof packet - data - 4);
    CHECK_STATUS(nf9_export_packet_decode((nf9_bytes){ packet, sizeof packet }, NULL, NULL, &p),
                 NF9_OK);
    CHECK_STATUS(nf9_export_packet_update_cache(p, cache, source, 1), NF9_OK);
    CHECK_STATUS(nf9_export_packet_apply(p, cache, source, 1, true), NF9_ERR_LIMIT);
    CHECK_UINT(nf9_export_packet_undecoded(p), 1);
    CHECK(nf9_export_packet_memory(p) < 1 << 20);
    nf9_export_packet_free(p);
    nf9_cache_free(cache);
}

int main(void)
{
    no_packets();
    data_waits_and_is_read();
    templates_that_come_later();
    count_tells_what_is_padding();
    malformed_spots_stay_as_they_are();
    records_at_fault_are_kept();
    redefined_in_the_packet();
    whose_templates();
    a_cache_that_is_full();
    within_the_limit();
    a_template_of_nothing(0, 1);
    a_template_of_nothing(0xff, 0xff); /* variable */
    return check_end();
}
