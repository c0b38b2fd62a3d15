/* SPDX-License-Identifier: MIT
 *
 * value.c and print.c: absolute times, from whichever form they are exported in, and as text.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <string.h>

#define SECONDS NF9_FT_FLOW_START_SECONDS
#define MILLIS NF9_FT_FLOW_START_MILLISECONDS
#define MICROS NF9_FT_FLOW_START_MICROSECONDS
#define NANOS NF9_FT_FLOW_START_NANOSECONDS

/* NTP counts from 1900: 2208988800 s (0x83aa7e80) before 1970. */
static const struct {
    uint16_t type;
    const char *hex;
    nf9_status status;
    nf9_time time;
    const char *text;
} times[] = {
    { SECONDS, "00", NF9_OK, { 0, 0 }, "1970-01-01T00:00:00Z" },
    { SECONDS, "ff", NF9_OK, { 255, 0 }, "1970-01-01T00:04:15Z" },
    { SECONDS, "5c9e1d1c", NF9_OK, { 1553866012, 0 }, "2019-03-29T13:26:52Z" },
    { SECONDS, "ffffffff", NF9_OK, { 4294967295, 0 }, "2106-02-07T06:28:15Z" },
    { SECONDS, "0000003afff4417f", NF9_OK, { 253402300799, 0 }, "9999-12-31T23:59:59Z" },
    { SECONDS, "0000003afff44180", NF9_OK, { 253402300800, 0 }, "253402300800Z" },
    { SECONDS, "7fffffffffffffff", NF9_OK, { INT64_MAX, 0 }, "9223372036854775807Z" },
    { SECONDS, "8000000000000000", NF9_ERR_WIDTH, { 0, 0 }, "9223372036854775808" },
    { MILLIS, "0000000000", NF9_OK, { 0, 0 }, "1970-01-01T00:00:00.000Z" },
    { MILLIS, "000001698a5b4c5a", NF9_OK, { 1552804432, 986000000 },
      "2019-03-17T06:33:52.986Z" },
    { MILLIS, "00000000000003e7", NF9_OK, { 0, 999000000 }, "1970-01-01T00:00:00.999Z" },
    { MILLIS, "ffffffffffffffff", NF9_OK, { 18446744073709551, 615000000 },
      "18446744073709551.615Z" },
    /* too few octets for a time since 1970: the number */
    { MILLIS, "000003e7", NF9_ERR_WIDTH, { 0, 0 }, "999" },
    { MICROS, "83aa7e80 00000000", NF9_OK, { 0, 0 }, "1970-01-01T00:00:00.000000Z" },
    { MICROS, "83aa7e80 80000000", NF9_OK, { 0, 500000000 }, "1970-01-01T00:00:00.500000Z" },
    { MICROS, "80000000 00000000", NF9_OK, { -61505152, 0 }, "1968-01-20T03:14:08.000000Z" },
    { MICROS, "83aa7e7f c0000000", NF9_OK, { -1, 750000000 }, "1969-12-31T23:59:59.750000Z" },
    { MICROS, "ffffffff ffffffff", NF9_OK, { 2085978495, 999999999 },
      "2036-02-07T06:28:15.999999Z" },
    { NANOS, "83aa7e80 40000000", NF9_OK, { 0, 250000000 }, "1970-01-01T00:00:00.250000000Z" },
    { NANOS, "83aa7e80 00000005", NF9_OK, { 0, 1 }, "1970-01-01T00:00:00.000000001Z" },
    { NANOS, "83aa7e80 ffffffff", NF9_OK, { 0, 999999999 }, "1970-01-01T00:00:00.999999999Z" },
    /* as nProbe sends: a plain count since 1970 */
    { MICROS, "00000000 000f4241", NF9_OK, { 1, 1000 }, "1970-01-01T00:00:01.000001Z" },
    { MICROS, "00058540 8b5a2f00", NF9_OK, { 1553887145, 897728000 },
      "2019-03-29T19:19:05.897728Z" },
    { NANOS, "00000000 3b9aca01", NF9_OK, { 1, 1 }, "1970-01-01T00:00:01.000000001Z" },
    { MICROS, "7fffffff ffffffff", NF9_OK, { 9223372036854, 775807000 },
      "9223372036854.775807Z" },
    { MICROS, "00000000 000f42", NF9_ERR_WIDTH, { 0, 0 }, "3906" },
    { NF9_FT_IN_BYTES, "00000000", NF9_ERR_KIND, { 0, 0 }, "0" },
    { NF9_FT_FIRST_SWITCHED, "00000000", NF9_ERR_KIND, { 0, 0 }, "0" },
};

static void times_are_read_and_printed(void)
{
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        nf9_field f = field_of(times[i].type, octets(times[i].hex));
        nf9_time t = { 0, 0 };
        check_case("%u = %s", (unsigned)times[i].type, times[i].hex);
        CHECK_STATUS(nf9_field_time(&f, &t), times[i].status);
        CHECK_INT(t.secs, times[i].time.secs);
        CHECK_UINT(t.nanos, times[i].time.nanos);
        CHECK_TEXT(printed(&f), times[i].text);
    }
    guard_release();
}

/* Dates at which calendars go wrong; days counted by hand from 1970-01-01. */
static const struct {
    nf9_time time;
    int decimals;
    const char *text;
} dates[] = {
    { { 0, 0 }, 0, "1970-01-01T00:00:00Z" },
    { { -1, 0 }, 0, "1969-12-31T23:59:59Z" },
    { { -1, 999999999 }, 9, "1969-12-31T23:59:59.999999999Z" },
    { { -86400, 0 }, 0, "1969-12-31T00:00:00Z" },
    { { -86401, 0 }, 0, "1969-12-30T23:59:59Z" },
    { { 951782399, 0 }, 0, "2000-02-28T23:59:59Z" },
    { { 951782400, 0 }, 0, "2000-02-29T00:00:00Z" },
    { { 951868800, 0 }, 0, "2000-03-01T00:00:00Z" },
    { { 4107542400, 0 }, 0, "2100-03-01T00:00:00Z" },
    { { 4107542399, 0 }, 0, "2100-02-28T23:59:59Z" },
    { { 1709251199, 0 }, 0, "2024-02-29T23:59:59Z" },
    { { 1735689599, 0 }, 0, "2024-12-31T23:59:59Z" },
    { { 1735689600, 0 }, 0, "2025-01-01T00:00:00Z" },
    { { 2147483648, 0 }, 0, "2038-01-19T03:14:08Z" },
    { { -2208988800, 0 }, 0, "1900-01-01T00:00:00Z" },
    { { 253402300799, 999999999 }, 9, "9999-12-31T23:59:59.999999999Z" },
    { { 253402300800, 5000000 }, 3, "253402300800.005Z" },
    { { -62135596800, 0 }, 0, "0001-01-01T00:00:00Z" },
    { { -62167219200, 0 }, 0, "0000-01-01T00:00:00Z" },
    { { -62162121601, 0 }, 0, "0000-02-28T23:59:59Z" },
    { { -62162035201, 0 }, 0, "0000-02-29T23:59:59Z" },
    { { -62162035200, 0 }, 0, "0000-03-01T00:00:00Z" },
    { { -62167219201, 0 }, 0, "-62167219201Z" },
    /* half a second later: the seconds and the fraction count upwards, the text does not */
    { { -62167219201, 500000000 }, 3, "-62167219200.500Z" },
    { { -62167219202, 999000000 }, 3, "-62167219201.001Z" },
    { { INT64_MAX, 0 }, 0, "9223372036854775807Z" },
    { { INT64_MIN, 0 }, 0, "-9223372036854775808Z" },
    { { INT64_MIN, 1000000 }, 3, "-9223372036854775807.999Z" },
    { { 1553866060, 474000000 }, 0, "2019-03-29T13:27:40Z" },
    { { 1553866060, 474000000 }, 3, "2019-03-29T13:27:40.474Z" },
    { { 1553866060, 474000000 }, 6, "2019-03-29T13:27:40.474000Z" },
    { { 1553866060, 7 }, 9, "2019-03-29T13:27:40.000000007Z" },
    { { 1553866060, 999999999 }, 3, "2019-03-29T13:27:40.999Z" }, /* cut, never the next second */
};

static void dates_are_printed(void)
{
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        size_t length = strlen(dates[i].text);
        char *buf = guard_room(length + 1);
        check_case("%s", dates[i].text);
        CHECK_UINT(nf9_time_print(dates[i].time, dates[i].decimals, NULL, 0), length);
        CHECK_UINT(nf9_time_print(dates[i].time, dates[i].decimals, buf, length + 1), length);
        buf[length] = '\0';
        CHECK_TEXT(buf, dates[i].text);
    }
    guard_release();
}

/* Each day of 400 years has the date that follows the day before. */
static void days_follow_each_other(void)
{
    static const unsigned days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    unsigned y = 1800, m = 1, d = 1;

    for (int64_t day = -62091; y < 2200; day++) {
        char buf[32];
        bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
        nf9_time_print((nf9_time){ day * 86400 + 86399, 0 }, 0, buf, sizeof buf);
        const uint8_t want[] = { (uint8_t)('0' + y / 1000), (uint8_t)('0' + y / 100 % 10),
                                 (uint8_t)('0' + y / 10 % 10), (uint8_t)('0' + y % 10), '-',
                                 (uint8_t)('0' + m / 10), (uint8_t)('0' + m % 10), '-',
                                 (uint8_t)('0' + d / 10), (uint8_t)('0' + d % 10) };
        check_case("%u-%u-%u", y, m, d);
        if (!CHECK(memcmp(buf, want, sizeof want) == 0))
            return;
        if (++d > days[m - 1] + (m == 2 && leap)) {
            d = 1;
            m = m % 12 + 1;
            y += m == 1;
        }
    }
}

int main(void)
{
    times_are_read_and_printed();
    dates_are_printed();
    days_follow_each_other();
    return check_end();
}
