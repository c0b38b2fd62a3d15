/* SPDX-License-Identifier: MIT
 *
 * writer.c: calls out of turn, limits, and that the first failure sticks.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"

static const nf9_header header = { 9, 2, 10, 946684800, 7, 99 };

/* Each call where it is not due; before each, what brings the writer there. */
enum place { START, PACKET, TEMPLATES, OPTIONS, DATA, RECORD, TAIL, PLACES };

static nf9_writer at(enum place place, const nf9_template *t)
{
    nf9_writer w;

    nf9_writer_init(&w, NULL, 0);
    if (place != START)
        nf9_write_header(&w, &header);
    if (place == TEMPLATES)
        nf9_begin_templates(&w);
    if (place == OPTIONS)
        nf9_begin_options_templates(&w);
    if (place == DATA || place == RECORD)
        nf9_begin_data(&w, t);
    if (place == RECORD)
        nf9_begin_record(&w);
    if (place == TAIL)
        nf9_write_tail(&w, NULL, 0);
    CHECK_STATUS(nf9_writer_error(&w)->at.code, NF9_OK);
    return w;
}

static void calls_out_of_turn_are_refused(void)
{
    /* calls in the order of the switch, a column for each place */
    static const char *const due[] = { "x......", ".x.....", ".x.....", ".x.....", "..x....",
                                       "...x...", "....x..", ".....x.", "....x..", "..xxx..",
                                       ".x.....", ".x.....", ".x....x" };
    const nf9_template *t = template_of("0100 0001 0001 0001");
    const nf9_template *o = options_template_of("0102 0004 0004 0001 0004 0022 0004");
    const nf9_flowset flowset = flowset_of(300, octets("01"));

    for (size_t call = 0; call < sizeof due / sizeof *due; call++)
        for (enum place place = START; place < PLACES; place++) {
            nf9_writer w = at(place, t);
            nf9_status st = NF9_OK;
            check_case("call %zu at place %d", call, (int)place);
            switch (call) {
            case 0: st = nf9_write_header(&w, &header); break;
            case 1: st = nf9_begin_templates(&w); break;
            case 2: st = nf9_begin_options_templates(&w); break;
            case 3: st = nf9_begin_data(&w, t); break;
            case 4: st = nf9_write_template(&w, t); break;
            case 5: st = nf9_write_template(&w, o); break;
            case 6: st = nf9_begin_record(&w); break;
            case 7: st = nf9_put_uint(&w, NF9_FT_IN_BYTES, 1); break;
            case 8: st = nf9_put_record(&w, "x", 1); break;
            case 9: st = nf9_end_flowset(&w); break;
            case 10: st = nf9_write_flowset(&w, &flowset); break;
            case 11: st = nf9_write_tail(&w, "x", 1); break;
            case 12: st = nf9_writer_finish(&w, NULL); break;
            }
            CHECK_STATUS(st, due[call][place] == 'x' ? NF9_OK : NF9_ERR_STATE);
            CHECK_STATUS(nf9_writer_error(&w)->at.code, st);
        }
    check_case("a record of no octet");
    nf9_writer none = at(DATA, template_of("0100 0002 0001 0000 0052 0000"));
    CHECK_STATUS(nf9_begin_record(&none), NF9_ERR_LENGTH);
    check_case("end of a record without one");
    nf9_writer w = at(DATA, t);
    CHECK_STATUS(nf9_end_record(&w), NF9_ERR_STATE);
    guard_release();
}

static void the_first_failure_sticks(void)
{
    const nf9_template *t = template_of("0100 0001 0001 0001");
    nf9_header other = header;
    size_t len = 77;
    nf9_writer w;

    check_case("version");
    other.version = 10;
    nf9_writer_init(&w, NULL, 0);
    CHECK_STATUS(nf9_write_header(&w, &other), NF9_ERR_VERSION);
    CHECK_STATUS(nf9_write_header(&w, &header), NF9_ERR_VERSION);
    CHECK_STATUS(nf9_begin_templates(&w), NF9_ERR_VERSION);
    CHECK_STATUS(nf9_begin_data(&w, t), NF9_ERR_VERSION);
    CHECK_STATUS(nf9_write_template(&w, t), NF9_ERR_VERSION);
    CHECK_STATUS(nf9_begin_record(&w), NF9_ERR_VERSION);
    CHECK_STATUS(nf9_put_uint(&w, NF9_FT_IN_BYTES, 1), NF9_ERR_VERSION);
    CHECK_STATUS(nf9_end_record(&w), NF9_ERR_VERSION);
    CHECK_STATUS(nf9_end_flowset(&w), NF9_ERR_VERSION);
    CHECK_STATUS(nf9_writer_finish(&w, &len), NF9_ERR_VERSION);
    CHECK_UINT(len, 77);
    CHECK_UINT(nf9_writer_length(&w), 0);
    guard_release();
}

/* 65535 octets are the most that a FlowSet's Length can say. */
static void a_flowset_has_its_limit(void)
{
    const nf9_template *t = template_of("0100 0001 0052 fff8");
    const nf9_template *u = template_of("0101 0001 0052 fffb");
    nf9_writer w;

    check_case("long, whole");
    nf9_writer_init(&w, NULL, 0);
    nf9_write_header(&w, &header);
    nf9_begin_data(&w, t);
    nf9_begin_record(&w);
    nf9_put_text(&w, NF9_FT_IF_NAME, "");
    nf9_end_record(&w);
    CHECK_STATUS(nf9_end_flowset(&w), NF9_OK);
    CHECK_UINT(nf9_writer_length(&w), 20 + 65532);

    check_case("no room for the padding");
    nf9_begin_data(&w, u);
    nf9_begin_record(&w);
    nf9_put_text(&w, NF9_FT_IF_NAME, "");
    CHECK_STATUS(nf9_end_record(&w), NF9_OK);
    nf9_writer as_it_is = w;
    CHECK_STATUS(nf9_end_flowset(&w), NF9_ERR_LENGTH);
    CHECK_STATUS(nf9_end_flowset_as(&as_it_is, NULL, 0, 0), NF9_OK);
    CHECK_UINT(nf9_writer_length(&as_it_is), 20 + 65532 + 65535);

    check_case("a second record");
    nf9_begin_data(&as_it_is, t);
    nf9_begin_record(&as_it_is);
    nf9_put_text(&as_it_is, NF9_FT_IF_NAME, "");
    nf9_end_record(&as_it_is);
    nf9_begin_record(&as_it_is);
    CHECK_STATUS(nf9_put_text(&as_it_is, NF9_FT_IF_NAME, "too much"), NF9_ERR_LENGTH);

    check_case("missing more than Length can say");
    nf9_writer_init(&w, NULL, 0);
    nf9_write_header(&w, &header);
    nf9_begin_data(&w, t);
    as_it_is = w;
    CHECK_STATUS(nf9_end_flowset_as(&w, NULL, 0, 65532), NF9_ERR_LENGTH);
    CHECK_STATUS(nf9_end_flowset_as(&as_it_is, NULL, 0, 65531), NF9_OK);
    CHECK_STATUS(nf9_begin_templates(&as_it_is), NF9_ERR_STATE);

    check_case("Length less than what is there");
    nf9_writer_init(&w, NULL, 0);
    nf9_write_header(&w, &header);
    nf9_flowset f = flowset_of(300, octets("0102"));
    f.length = 5;
    CHECK_STATUS(nf9_write_flowset(&w, &f), NF9_ERR_LENGTH);
    CHECK_UINT(nf9_writer_error(&w)->at.offset, 20);
    CHECK_UINT(nf9_writer_error(&w)->at.need, 6);
    CHECK_UINT(nf9_writer_error(&w)->at.have, 5);
    CHECK_UINT(nf9_writer_error(&w)->at.flowset_id, 300);
    guard_release();
}

static void count_has_its_limit(void)
{
    const nf9_template *t = template_of("0100 0001 0001 0001");
    nf9_writer w;

    check_case("65536 records");
    nf9_writer_init(&w, NULL, 0);
    nf9_write_header(&w, &header);
    for (int i = 0; i < 2; i++) {
        nf9_begin_data(&w, t);
        for (int n = 0; n < 32767 + i; n++)
            nf9_put_record(&w, "x", 1);
        nf9_end_flowset(&w);
    }
    nf9_writer before = w, kept = w;
    CHECK_STATUS(nf9_writer_finish(&before, NULL), NF9_OK);
    nf9_begin_data(&w, t);
    nf9_put_record(&w, "x", 1);
    CHECK_STATUS(nf9_end_flowset(&w), NF9_OK);
    kept = w;
    CHECK_STATUS(nf9_writer_finish(&w, NULL), NF9_ERR_LIMIT);
    nf9_writer_keep_count(&kept);
    CHECK_STATUS(nf9_writer_finish(&kept, NULL), NF9_OK);
    guard_release();
}

int main(void)
{
    calls_out_of_turn_are_refused();
    the_first_failure_sticks();
    a_flowset_has_its_limit();
    count_has_its_limit();
    return check_end();
}
