/* SPDX-License-Identifier: MIT
 *
 * export_packet_decode.c, export_packet_encode.c: packets built from templates and rows, by octets
 * written by hand; what is refused, with the field named; allocations that fail.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include "ledger.h"
#include <nf9/packet.h>
#include <string.h>

static const nf9_header header = { 9, 0, 1000, 946684800, 7, 0x63 };
static const nf9_template *data, *options;

static void check_encoded(const nf9_export_packet *p, const char *hex)
{
    size_t need = 0, len = 0;

    CHECK_STATUS(nf9_export_packet_encode(p, NULL, 0, &need, NULL), NF9_OK);
    CHECK_UINT(need, nf9_export_packet_length(p));
    uint8_t *room = guard_room(need);
    CHECK_STATUS(nf9_export_packet_encode(p, room, need, &len, NULL), NF9_OK);
    CHECK_OCTETS(((nf9_bytes){ room, len }), hex);
}

static nf9_status add_rows(nf9_export_packet *p)
{
    char name[] = "eth0";
    nf9_value first[] = { nf9_value_uint(1, 1500), nf9_value_text(82, name) };
    nf9_value second[] = { nf9_value_uint(1, 1), nf9_value_text(82, "") };
    const nf9_row rows[] = { { NULL, first, 2 }, { NULL, second, 2 } };
    nf9_status st = nf9_export_packet_add_rows(p, data, rows, 2, NULL);

    memset(name, 'x', 4); /* the packet has copies */
    memset(first, 0xee, sizeof first);
    return st;
}

static nf9_status add_options(nf9_export_packet *p)
{
    const nf9_value values[] = { nf9_value_octets(NF9_AS_SCOPE(1u), "abcd", 4),
                                 nf9_value_uint(34, 5) };
    const nf9_row row = { options, values, 2 };

    return nf9_export_packet_add_rows(p, options, &row, 1, NULL);
}

static void built_by_hand(void)
{
    nf9_export_packet *p = nf9_export_packet_new(&header, NULL, NULL);
    const nf9_flowset octets_of = flowset_of(999, octets("010203"));

    check_case("built");
    data = template_of("0100 0002 0001 0004 0052 0005");
    options = options_template_of("0101 0004 0004 0001 0004 0022 0001");
    const nf9_template *const both[] = { data, template_of("0102 0001 0002 0008") };
    check_encoded(p, "0009 0000 000003e8 386d4380 00000007 00000063");
    CHECK_STATUS(nf9_export_packet_add_templates(p, both, 2), NF9_OK);
    CHECK_STATUS(nf9_export_packet_add_templates(p, &options, 1), NF9_OK);
    CHECK_STATUS(add_rows(p), NF9_OK);
    CHECK_STATUS(add_options(p), NF9_OK);
    CHECK_STATUS(nf9_export_packet_add_flowset(p, &octets_of), NF9_OK);
    CHECK_STATUS(nf9_export_packet_add_rows(p, data, NULL, 0, NULL), NF9_OK);
    guard_release(); /* templates and octets are gone */

#define BUILT \
    "000003e8 386d4380 00000007 00000063" \
    "0000 0018 0100 0002 0001 0004 0052 0005 0102 0001 0002 0008" \
    "0001 0014 0101 0004 0004 0001 0004 0022 0001 0000" \
    "0100 0018 000005dc 6574683000 00000001 0000000000 0000" \
    "0101 000c 61626364 05 000000" \
    "03e7 0007 010203" \
    "0100 0004"
    check_encoded(p, "0009 0006" BUILT);
    CHECK_UINT(nf9_export_packet_flowsets(p), 6);
    CHECK_UINT(nf9_export_packet_undecoded(p), 1);
    CHECK_UINT(nf9_export_packet_template(p, 258)->min_length, 8);
    CHECK(nf9_export_packet_template(p, 257)->options);
    nf9_packet_octets o = nf9_export_packet_octets(p);
    CHECK(o.structure == 20 + 24 + 18 + 4 + 4 + 4 + 4 && o.values == 18 + 5);
    CHECK(o.odd == 0 && o.padding == 2 + 2 + 3 && o.undecoded == 3);

    nf9_header changed = header;
    changed.count = 99;
    nf9_export_packet_set_header(p, &changed, true);
    check_encoded(p, "0009 0063" BUILT);
    nf9_export_packet_set_header(p, &changed, false);
    check_encoded(p, "0009 0006" BUILT);
    changed.version = 10;
    nf9_export_packet_set_header(p, &changed, false);
    size_t len = 5;
    CHECK_STATUS(nf9_export_packet_encode(p, NULL, 0, &len, NULL), NF9_ERR_VERSION);
    CHECK_UINT(len, 5);
    nf9_export_packet_free(p);
}

/* Rows of a packet go into another one as they are. */
static void rows_of_another_packet(void)
{
    nf9_export_packet *p = nf9_export_packet_new(&header, NULL, NULL);
    nf9_export_packet *q = nf9_export_packet_new(&header, NULL, NULL);

    check_case("copied rows");
    data = template_of("0100 0002 0001 0004 0052 0005");
    CHECK_STATUS(add_rows(p), NF9_OK);
    const nf9_packet_flowset *f = nf9_export_packet_flowset(p, 0);
    const nf9_row rows[] = { nf9_packet_row(f, 1), nf9_packet_row(f, 0) };
    CHECK_STATUS(nf9_export_packet_add_rows(q, f->tmpl, rows, 2, NULL), NF9_OK);
    nf9_export_packet_free(p);
    check_encoded(q, "0009 0002 000003e8 386d4380 00000007 00000063"
                     "0100 0018 00000001 0000000000 000005dc 6574683000 0000");
    nf9_export_packet_free(q);
}

static const struct {
    const char *name;
    nf9_value values[3];
    size_t n;
    nf9_status status;
    const char *text;
} wrong[] = {
    { "a number too large",
      { { .field = 1, .kind = NF9_KIND_UINT, .u64 = UINT64_C(1) << 32 } },
      1, NF9_ERR_RANGE,
      "a value that does not fit its field: IN_BYTES (record 1, column 0) at octet 33:"
      " need 5, have 4 (FlowSet 256)" },
    { "a field is missing",
      { { .field = 1, .kind = NF9_KIND_UINT } },
      1, NF9_ERR_MISSING,
      "a field of the template is missing: IF_NAME (record 1, column 1) at octet 37"
      " (FlowSet 256)" },
    { "a field too many",
      { { .field = 1, .kind = NF9_KIND_UINT },
        { .field = 82, .kind = NF9_KIND_TEXT },
        { .field = 2, .kind = NF9_KIND_UINT } },
      3, NF9_ERR_EXTRA,
      "a field that the template does not have: IN_PKTS (record 1, column 2) at octet 42"
      " (FlowSet 256)" },
    { "the order",
      { { .field = 82, .kind = NF9_KIND_TEXT }, { .field = 1, .kind = NF9_KIND_UINT } },
      2, NF9_ERR_ORDER,
      "a field out of the template's order: IF_NAME instead of IN_BYTES (record 1, column 0)"
      " at octet 33 (FlowSet 256)" },
    { "the kind",
      { { .field = 1, .kind = NF9_KIND_TEXT } },
      1, NF9_ERR_KIND,
      "the field is of another kind: IN_BYTES (record 1, column 0) at octet 33 (FlowSet 256)" },
};

static void wrong_rows_name_the_field(void)
{
    const nf9_value good[] = { nf9_value_uint(1, 1), nf9_value_text(82, "e") };
    char text[200];

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        nf9_export_packet *p = nf9_export_packet_new(&header, NULL, NULL);
        const nf9_row rows[] = { { NULL, good, 2 }, { NULL, wrong[i].values, wrong[i].n } };
        nf9_encode_error e;
        check_case("%s", wrong[i].name);
        data = template_of("0100 0002 0001 0004 0052 0005");
        size_t memory = nf9_export_packet_memory(p);
        CHECK_STATUS(nf9_export_packet_add_rows(p, data, rows, 2, &e), wrong[i].status);
        nf9_encode_error_print(&e, text, sizeof text);
        CHECK_TEXT(text, wrong[i].text);
        CHECK_UINT(nf9_export_packet_flowsets(p), 0);
        CHECK_UINT(nf9_export_packet_memory(p), memory);
        check_encoded(p, "0009 0000 000003e8 386d4380 00000007 00000063");
        nf9_export_packet_free(p);
    }
}

static void what_cannot_be_added(void)
{
    const nf9_template *const mixed[] = { template_of("0100 0001 0001 0004"),
                                          options_template_of("0101 0004 0000 0001 0004") };
    nf9_export_packet *p = nf9_export_packet_new(&header, NULL, NULL), *cut = NULL;
    nf9_flowset f = flowset_of(300, octets("01020304"));

    check_case("refused");
    data = mixed[0];
    CHECK_STATUS(nf9_export_packet_add_templates(p, mixed, 2), NF9_ERR_STATE);
    f.length = 7;
    CHECK_STATUS(nf9_export_packet_add_flowset(p, &f), NF9_ERR_LENGTH);
    CHECK_UINT(nf9_export_packet_flowsets(p), 0);
    f.length = 9;
    CHECK_STATUS(nf9_export_packet_add_flowset(p, &f), NF9_OK);
    CHECK_UINT(nf9_export_packet_flowset(p, 0)->missing, 1);
    CHECK_STATUS(nf9_export_packet_add_flowset(p, &f), NF9_ERR_STATE);
    CHECK_STATUS(nf9_export_packet_add_templates(p, mixed, 1), NF9_ERR_STATE);
    CHECK_STATUS(nf9_export_packet_add_rows(p, data, NULL, 0, NULL), NF9_ERR_STATE);
    check_encoded(p, "0009 0000 000003e8 386d4380 00000007 00000063 012c 0009 01020304");
    CHECK_STATUS(nf9_export_packet_decode(octets("0009 00*18 00000000"), NULL, NULL, &cut),
                 NF9_OK);
    CHECK_STATUS(nf9_export_packet_add_rows(cut, data, NULL, 0, NULL), NF9_ERR_STATE);
    nf9_export_packet_free(cut);
    nf9_export_packet_free(p);
}

/* More than a FlowSet has room for, more than Count can say. */
static void too_much(void)
{
    static nf9_row rows[40000];
    const nf9_value value = nf9_value_uint(4, 6);
    const nf9_packet_limits limits = { 64u << 20 };
    nf9_export_packet *p = nf9_export_packet_new(&header, &limits, NULL);

    check_case("too much");
    data = template_of("0100 0001 0004 0002");
    for (size_t i = 0; i < 40000; i++)
        rows[i] = (nf9_row){ data, &value, 1 };
    CHECK_STATUS(nf9_export_packet_add_rows(p, data, rows, 40000, NULL), NF9_ERR_LENGTH);
    CHECK_STATUS(nf9_export_packet_add_rows(p, data, rows, 32765, NULL), NF9_OK);
    CHECK_STATUS(nf9_export_packet_add_rows(p, data, rows, 32765, NULL), NF9_OK);
    CHECK_STATUS(nf9_export_packet_encode(p, NULL, 0, NULL, NULL), NF9_OK);
    CHECK_STATUS(nf9_export_packet_add_rows(p, data, rows, 6, NULL), NF9_OK);
    CHECK_STATUS(nf9_export_packet_encode(p, NULL, 0, NULL, NULL), NF9_ERR_LIMIT);
    nf9_export_packet_free(p);
}

/* A template's FlowSet of one that is read is kept as it was decoded. */
static void a_flowset_of_templates_by_its_octets(void)
{
    nf9_export_packet *p = nf9_export_packet_new(&header, NULL, NULL);
    nf9_flowset f = flowset_of(0, octets("0100 0001 0001 0004 ffff"));

    check_case("templates by octets");
    CHECK_STATUS(nf9_export_packet_add_flowset(p, &f), NF9_OK);
    CHECK_UINT(nf9_export_packet_template(p, 256)->min_length, 4);
    check_encoded(p, "0009 0001 000003e8 386d4380 00000007 00000063"
                     "0000 000e 0100 0001 0001 0004 ffff");
    nf9_export_packet_free(p);
}

static const char steps_octets[] = "0009 0004 000003e8 386d4380 00000007 00000063"
                                   "0000 0010 0100 0002 0001 0004 0052 0005"
                                   "0100 0018 000005dc 6574683000 00000001 0000000000 0000"
                                   "0101 000c 61626364 05 000000";

static nf9_status step(nf9_export_packet *p, unsigned i)
{
    return i == 0   ? nf9_export_packet_add_templates(p, &data, 1)
           : i == 1 ? add_rows(p)
                    : add_options(p);
}

/* Whichever fails, the step changes nothing; done again, it is as if nothing had failed. */
static void the_nth_allocation_fails(void)
{
    size_t n = 1;
    bool failed = true;

    data = template_of("0100 0002 0001 0004 0052 0005");
    options = options_template_of("0101 0004 0004 0001 0004 0022 0001");
    for (; failed; n++) {
        ledger book = { .fail_at = n };
        nf9_allocator a = ledger_allocator(&book);
        nf9_export_packet *p = nf9_export_packet_new(&header, NULL, &a);
        check_case("allocation %zu fails", n);
        if (n == 1) {
            CHECK(p == NULL);
            continue;
        }
        for (unsigned i = 0; i < 3; i++) {
            size_t flowsets = nf9_export_packet_flowsets(p);
            nf9_status st = step(p, i);
            if (st == NF9_OK)
                continue;
            CHECK_STATUS(st, NF9_ERR_MEMORY);
            CHECK_UINT(nf9_export_packet_flowsets(p), flowsets);
            CHECK_STATUS(nf9_export_packet_encode(p, NULL, 0, NULL, NULL), NF9_OK);
            CHECK_STATUS(step(p, i), NF9_OK);
        }
        failed = book.failed > 0;
        CHECK_UINT(nf9_export_packet_memory(p), book.octets);
        size_t len = 0;
        uint8_t room[80];
        CHECK_STATUS(nf9_export_packet_encode(p, room, sizeof room, &len, NULL), NF9_OK);
        CHECK_OCTETS(((nf9_bytes){ room, len }), steps_octets);
        nf9_export_packet_free(p);
        CHECK_UINT(book.blocks, 0);
    }
    check_case("allocations");
    CHECK(n > 10);
}

int main(void)
{
    built_by_hand();
    rows_of_another_packet();
    wrong_rows_name_the_field();
    what_cannot_be_added();
    too_much();
    a_flowset_of_templates_by_its_octets();
    the_nth_allocation_fails();
    return check_end();
}
