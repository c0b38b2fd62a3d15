/* SPDX-License-Identifier: MIT
 *
 * writer.c: packets and FlowSets, by octets written by hand.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <string.h>

#define ROOM 200u
#define HEADER "0009 0002 0000000a 386d4380 00000007 00000063"

static const nf9_header header = { 9, 2, 10, 946684800, 7, 99 };

/* A packet that is begun, in a buffer of its own. */
static nf9_writer begun(void)
{
    nf9_writer w;

    nf9_writer_init(&w, guard_room(ROOM), ROOM);
    nf9_write_header(&w, &header);
    return w;
}

/* It was written without failure, and is this. */
static void check_packet(nf9_writer *w, const char *hex)
{
    size_t len = 0;

    CHECK_STATUS(nf9_writer_finish(w, &len), NF9_OK);
    CHECK_OCTETS(((nf9_bytes){ w->buf, len }), hex);
    CHECK_UINT(nf9_writer_length(w), len);
    CHECK_STATUS(nf9_writer_error(w)->at.code, NF9_OK);
    guard_release();
}

static void a_header_begins_with_zero_counters(void)
{
    nf9_clock now = { (UINT64_C(7) << 32) + 5, 946684800 };
    nf9_header h = { 1, 2, 3, 4, 5, 6 };

    check_case("header");
    nf9_header_init(&h, now);
    CHECK_UINT(h.version, 9);
    CHECK_UINT(h.count, 0);
    CHECK_UINT(h.sys_uptime, 5);
    CHECK_UINT(h.unix_secs, 946684800);
    CHECK_UINT(h.sequence, 0);
    CHECK_UINT(h.source_id, 0);
}

static void count_is_of_records_or_kept(void)
{
    nf9_writer w = begun();

    check_case("no FlowSet");
    check_packet(&w, "0009 0000 0000000a 386d4380 00000007 00000063");
    check_case("no FlowSet, kept");
    w = begun();
    nf9_writer_keep_count(&w);
    check_packet(&w, HEADER);
}

static void templates_stand_in_their_flowsets(void)
{
    const nf9_template *t = template_of("0100 0002 0008 0004 000c 0004");
    const nf9_template *u = template_of("0101 0001 0001 0008");
    const nf9_template *o = options_template_of("0102 0004 0004 0001 0004 0022 0004");
    nf9_writer w = begun();

    check_case("templates");
    nf9_begin_templates(&w);
    nf9_write_template(&w, t);
    nf9_write_template(&w, u);
    nf9_end_flowset(&w);
    nf9_begin_options_templates(&w);
    nf9_write_template(&w, o);
    nf9_end_flowset(&w);
    CHECK_UINT(nf9_writer_count(&w), 3);
    check_packet(&w, "0009 0003 0000000a 386d4380 00000007 00000063"
                     "0000 0018 0100 0002 0008 0004 000c 0004 0101 0001 0001 0008"
                     "0001 0014 0102 0004 0004 0001 0004 0022 0004 0000");
}

static void a_template_record_is_copied_with_its_fault(void)
{
    nf9_template_record r = template_record_of(false, "0100 0002 0008 0004 000c");
    nf9_writer w = begun();

    check_case("fault");
    CHECK_STATUS(r.fault, NF9_ERR_OVERRUN);
    nf9_begin_templates(&w);
    nf9_write_template_record(&w, &r);
    nf9_end_flowset_as(&w, NULL, 0, 0);
    check_packet(&w, "0009 0001 0000000a 386d4380 00000007 00000063"
                     "0000 000e 0100 0002 0008 0004 000c");
}

static void data_is_padded_to_four_octets(void)
{
    static const struct {
        const char *tmpl;
        unsigned records;
        const char *flowset;
    } cases[] = {
        { "0100 0001 0001 0004", 0, "0100 0004" },
        { "0100 0001 0001 0004", 1, "0100 0008 00000001" },
        { "0100 0001 0001 0005", 1, "0100 000c 0000000001 000000" },
        { "0100 0001 0001 0006", 1, "0100 000c 000000000001 0000" },
        { "0100 0001 0001 0007", 1, "0100 000c 00000000000001 00" },
        { "0100 0001 0001 0003", 2, "0100 000c 000001 000001 0000" },
        /* padding of a record's length would be read as one */
        { "0100 0001 0001 0003", 3, "0100 000d 000001 000001 000001" },
        { "0100 0001 0001 0002", 1, "0100 0006 0001" },
        { "0100 0001 0001 0002", 2, "0100 0008 0001 0001" },
        { "0100 0001 0001 0001", 1, "0100 0005 01" },
        { "0100 0001 0001 0001", 3, "0100 0007 01 01 01" },
        { "0100 0001 0001 ffff", 1, "0100 0006 0101" },
        { "0100 0002 0001 ffff 0002 0000", 1, "0100 0006 0101" },
        { "0100 0002 0001 ffff 0002 0003", 1, "0100 000c 0101 000001 000000" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const nf9_template *t = template_of(cases[i].tmpl);
        char hex[120] = "0009 000";
        nf9_writer w = begun();

        check_case("%s times %u", cases[i].tmpl, cases[i].records);
        nf9_begin_data(&w, t);
        for (unsigned n = 0; n < cases[i].records; n++) {
            nf9_begin_record(&w);
            nf9_put_uint(&w, NF9_FT_IN_BYTES, 1);
            if (t->field_count > 1 && nf9_template_columns(t)[1].length == 0)
                nf9_put_octets(&w, NF9_FT_IN_PKTS, NULL, 0);
            else if (t->field_count > 1)
                nf9_put_uint(&w, NF9_FT_IN_PKTS, 1);
            nf9_end_record(&w);
        }
        nf9_end_flowset(&w);
        hex[8] = (char)('0' + cases[i].records);
        strcpy(hex + 9, " 0000000a 386d4380 00000007 00000063 ");
        strcat(hex, cases[i].flowset);
        check_packet(&w, hex);
    }
}

static void padding_and_length_may_be_others(void)
{
    const nf9_template *t = template_of("0100 0001 0001 0004");
    nf9_writer w = begun();

    nf9_writer_keep_count(&w);
    check_case("padding");
    nf9_begin_data(&w, t);
    nf9_put_record(&w, "abcd", 4);
    nf9_end_flowset_as(&w, "\xff\xfe", 2, 0);
    nf9_begin_data(&w, t);
    nf9_end_flowset_as(&w, NULL, 0, 0);
    nf9_begin_data(&w, t);
    nf9_put_record(&w, "efgh", 4);
    nf9_end_flowset_as(&w, "x", 1, 7);
    CHECK_UINT(nf9_writer_count(&w), 2);
    check_packet(&w, HEADER "0100 000a 61626364 fffe 0100 0004 0100 0010 65666768 78");
}

static void flowsets_and_tails_are_copied(void)
{
    nf9_flowset f = flowset_of(300, octets("0102 03"));
    nf9_flowset reserved = flowset_of(2, octets(""));
    nf9_flowset cut = flowset_of(0, octets("0100"));
    nf9_writer w = begun();

    nf9_writer_keep_count(&w);
    check_case("copied, cut");
    nf9_write_flowset(&w, &f);
    nf9_write_flowset(&w, &reserved);
    cut.length = 400;
    nf9_write_flowset(&w, &cut);
    CHECK_UINT(nf9_writer_count(&w), 0);
    check_packet(&w, HEADER "012c 0007 010203 0002 0004 0000 0190 0100");

    w = begun();
    nf9_writer_keep_count(&w);
    f = flowset_of(300, octets("01"));
    check_case("copied, tail");
    nf9_write_flowset(&w, &f);
    nf9_write_tail(&w, "\0\0\0", 3);
    check_packet(&w, HEADER "012c 0005 01 000000");
}

static void records_alone_have_no_packet(void)
{
    const nf9_template *t = template_of("0100 0001 0001 0003");
    uint8_t *buf = guard_room(6);
    nf9_writer w;
    size_t len = 0;

    check_case("alone");
    nf9_writer_init_records(&w, t, buf, 6);
    nf9_begin_record(&w);
    nf9_put_uint(&w, NF9_FT_IN_BYTES, 0x010203);
    nf9_end_record(&w);
    CHECK_STATUS(nf9_writer_finish(&w, &len), NF9_OK);
    CHECK_OCTETS(((nf9_bytes){ buf, len }), "010203");
    nf9_put_record(&w, "abc", 3);
    CHECK_STATUS(nf9_writer_finish(&w, &len), NF9_OK);
    CHECK_OCTETS(((nf9_bytes){ buf, len }), "010203 616263");
    CHECK_UINT(nf9_writer_count(&w), 2);
    CHECK_STATUS(nf9_end_flowset(&w), NF9_ERR_STATE);
    CHECK_STATUS(nf9_writer_finish(&w, &len), NF9_ERR_STATE);
    guard_release();
}

static void a_record_by_its_octets_is_just_one(void)
{
    static const struct {
        const char *tmpl, *record;
        nf9_status status;
    } cases[] = {
        { "0100 0001 0001 0004", "01020304", NF9_OK },
        { "0100 0001 0001 0004", "010203", NF9_ERR_LENGTH },
        { "0100 0001 0001 0004", "0102030405", NF9_ERR_LENGTH },
        { "0100 0001 0001 0004", "", NF9_ERR_LENGTH },
        { "0100 0001 0052 ffff", "03 616263", NF9_OK },
        { "0100 0001 0052 ffff", "00", NF9_OK },
        { "0100 0001 0052 ffff", "ff 0001 61", NF9_OK },
        { "0100 0001 0052 ffff", "03 6162", NF9_ERR_LENGTH },
        { "0100 0001 0052 ffff", "03 61626364", NF9_ERR_LENGTH },
        { "0100 0001 0052 0000", "", NF9_ERR_LENGTH },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_bytes record = octets(cases[i].record);
        nf9_writer w = begun();

        check_case("%s, %s", cases[i].tmpl, cases[i].record);
        nf9_begin_data(&w, template_of(cases[i].tmpl));
        CHECK_STATUS(nf9_put_record(&w, record.data, record.len), cases[i].status);
        CHECK_UINT(nf9_writer_count(&w), cases[i].status == NF9_OK);
        guard_release();
    }
}

int main(void)
{
    a_header_begins_with_zero_counters();
    count_is_of_records_or_kept();
    templates_stand_in_their_flowsets();
    a_template_record_is_copied_with_its_fault();
    data_is_padded_to_four_octets();
    padding_and_length_may_be_others();
    flowsets_and_tails_are_copied();
    records_alone_have_no_packet();
    a_record_by_its_octets_is_just_one();
    return check_end();
}
