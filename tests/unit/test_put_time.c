/* SPDX-License-Identifier: MIT
 *
 * put.c: absolute times, by numbers counted by hand, and as nf9_field_time reads them.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <stdio.h>

static const struct {
    unsigned type, length;
    nf9_time t;
    const char *hex; /* NULL where it fails */
    nf9_status status;
} cases[] = {
    /* 2000-01-01 is 946684800 s after 1970, 0x386d4380 */
    { 150, 4, { 946684800, 0 }, "386d4380", NF9_OK },
    { 150, 8, { 946684800, 0 }, "00000000386d4380", NF9_OK },
    { 150, 3, { 946684800, 0 }, NULL, NF9_ERR_RANGE },
    { 150, 1, { 255, 0 }, "ff", NF9_OK },
    { 150, 4, { 0, 0 }, "00000000", NF9_OK },
    { 150, 4, { -1, 0 }, NULL, NF9_ERR_RANGE },
    { 150, 4, { 1, 1 }, NULL, NF9_ERR_RANGE }, /* it counts whole seconds */
    { 150, 4, { 1, 1000000000 }, NULL, NF9_ERR_RANGE },
    { 150, 8, { INT64_MAX, 0 }, "7f ff*7", NF9_OK },
    { 150, 0, { 0, 0 }, NULL, NF9_ERR_WIDTH },
    { 150, 9, { 0, 0 }, NULL, NF9_ERR_WIDTH },
    { 150, 65535, { 946684800, 0 }, "04 386d4380", NF9_OK },
    /* 946684800123 is 0xdc6acfac7b */
    { 152, 8, { 946684800, 123000000 }, "000000dc6acfac7b", NF9_OK },
    { 152, 5, { 946684800, 123000000 }, "dc6acfac7b", NF9_OK },
    { 152, 4, { 0, 0 }, NULL, NF9_ERR_WIDTH },
    { 152, 8, { 1, 123456789 }, NULL, NF9_ERR_RANGE },
    { 152, 8, { INT64_MAX, 0 }, NULL, NF9_ERR_RANGE },
    { 152, 65535, { 1, 0 }, "05 00000003e8", NF9_OK },
    /* NTP: 2208988800 s more, 0xbc17c200 for 946684800; half a second is 0x80000000 */
    { 154, 8, { 946684800, 0 }, "bc17c200 00000000", NF9_OK },
    { 154, 8, { 946684800, 500000000 }, "bc17c200 80000000", NF9_OK },
    { 156, 8, { 946684800, 250000000 }, "bc17c200 40000000", NF9_OK },
    { 156, 8, { 946684800, 1 }, "bc17c200 00000005", NF9_OK }, /* 4.29 units: the next one up */
    { 156, 8, { 946684800, 999999999 }, "bc17c200 fffffffc", NF9_OK },
    { 156, 8, { -61505152, 0 }, "80000000 00000000", NF9_OK }, /* 1968-01-20 */
    { 156, 8, { -61505153, 999999999 }, NULL, NF9_ERR_RANGE },
    { 156, 8, { 2085978495, 0 }, "ffffffff 00000000", NF9_OK }, /* 2036-02-07 */
    { 156, 8, { 2085978496, 0 }, NULL, NF9_ERR_RANGE },
    { 156, 4, { 946684800, 0 }, NULL, NF9_ERR_WIDTH },
    { 156, 65535, { 946684800, 0 }, "08 bc17c200 00000000", NF9_OK },
    /* no time */
    { 1, 8, { 1, 0 }, NULL, NF9_ERR_KIND },
    { 22, 4, { 1, 0 }, NULL, NF9_ERR_KIND }, /* of the exporter's uptime */
    { 65000, 8, { 1, 0 }, NULL, NF9_ERR_KIND },
};

static void times_are_written_as_the_type_counts_them(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char hex[60];
        nf9_bytes want = octets(cases[i].hex != NULL ? cases[i].hex : "");
        uint8_t *buf = guard_room(1 + want.len);
        nf9_writer w;

        check_case("case %zu: type %u of %u octets", i, cases[i].type, cases[i].length);
        snprintf(hex, sizeof hex, "0100 0002 0004 0001 %04x %04x", cases[i].type,
                 cases[i].length);
        nf9_writer_init_records(&w, template_of(hex), buf, 1 + want.len);
        nf9_begin_record(&w);
        nf9_put_uint(&w, NF9_FT_PROTOCOL, 1);
        CHECK_STATUS(nf9_put_time(&w, cases[i].type, cases[i].t), cases[i].status);
        if (cases[i].hex != NULL)
            CHECK_OCTETS(((nf9_bytes){ buf + 1, nf9_writer_length(&w) - 1 }), cases[i].hex);
        else
            CHECK_UINT(nf9_writer_error(&w)->field, cases[i].type);
        guard_release();
    }
}

/* Every nanosecond of a time that NTP can say is read again as it was. */
static void nanoseconds_are_read_as_they_were_put(void)
{
    const nf9_template *t = template_of("0100 0001 009c 0008");
    uint8_t octets[8];

    for (uint32_t step = 0; step < 100000; step++) {
        nf9_time put = { (int64_t)step * 20000, step * 9999u + step % 7 }, got = { 0, 0 };
        nf9_writer w;

        check_case("%u", (unsigned)step);
        nf9_writer_init_records(&w, t, octets, sizeof octets);
        nf9_begin_record(&w);
        nf9_put_time(&w, NF9_FT_FLOW_START_NANOSECONDS, put);
        nf9_field field = field_of(NF9_FT_FLOW_START_NANOSECONDS, (nf9_bytes){ octets, 8 });
        if (nf9_end_record(&w) != NF9_OK || nf9_field_time(&field, &got) != NF9_OK ||
            got.secs != put.secs || got.nanos != put.nanos) {
            CHECK_STATUS(nf9_writer_error(&w)->at.code, NF9_OK);
            CHECK_INT(got.secs, put.secs);
            CHECK_UINT(got.nanos, put.nanos);
            break;
        }
    }
    guard_release();
}

int main(void)
{
    times_are_written_as_the_type_counts_them();
    nanoseconds_are_read_as_they_were_put();
    return check_end();
}
