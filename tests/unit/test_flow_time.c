/* SPDX-License-Identifier: MIT
 *
 * flow_time.c: when a flow began and ended, by whichever time fields its record has.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <stdio.h>
#include <string.h>

/* What the times of a record are, as text: "start end duration", "-" for what there is not. */
static void say(const nf9_flow *f, char *said, size_t cap)
{
    char start[40] = "-", end[40] = "-", duration[40] = "-";

    if ((f->has & NF9_FLOW_START) != 0)
        nf9_time_print(f->start, 6, start, sizeof start);
    if ((f->has & NF9_FLOW_END) != 0)
        nf9_time_print(f->end, 6, end, sizeof end);
    if ((f->has & NF9_FLOW_DURATION) != 0)
        snprintf(duration, sizeof duration, "%lld", (long long)f->duration);
    snprintf(said, cap, "%s %s %s", start, end, duration);
}

static nf9_flow times_of(uint32_t sys_uptime, uint32_t unix_secs, const char *tmpl,
                         const char *record)
{
    const nf9_header header = { 9, 1, sys_uptime, unix_secs, 1, 0 };
    const nf9_template *t = template_of(tmpl);
    nf9_record r = record_of(t, record);
    nf9_flow_plan plan;
    nf9_flow flow;

    memset(&flow, 0x5a, sizeof flow);
    nf9_flow_plan_init(&plan, t);
    nf9_flow_read_times(&plan, &header, &r, &flow);
    return flow;
}

#define UP "0100 0002 0016 0004 0015 0004"

/* Header: sysUptime and unix_secs (1553866012 is 2019-03-29T13:26:52Z). */
static const struct {
    const char *name;
    uint32_t sys_uptime, unix_secs;
    const char *tmpl, *record, *times;
} records[] = {
    { "at the export", 1000, 1553866012, UP, "000003e8 000003e8",
      "2019-03-29T13:26:52.000000Z 2019-03-29T13:26:52.000000Z 0" },
    { "before the export", 100000, 1553866012, UP, "00000064 0001869f",
      "2019-03-29T13:25:12.100000Z 2019-03-29T13:26:51.999000Z 99899000000" },
    { "ends after its export", 1000, 1553866012, UP, "000003e8 000003e9",
      "2019-03-29T13:26:52.000000Z 2019-03-29T13:26:52.001000Z 1000000" },
    { "began before sysUptime wrapped", 1000, 1553866012, UP, "fffffc18 000003e8",
      "2019-03-29T13:26:50.000000Z 2019-03-29T13:26:52.000000Z 2000000000" },
    { "ends after sysUptime wrapped", 0xfffffc18, 1553866012, UP, "fffffc18 00000000",
      "2019-03-29T13:26:52.000000Z 2019-03-29T13:26:53.000000Z 1000000000" },
    { "half of the circle before", 0, 1553866012, UP, "80000000 00000000",
      "2019-04-23T09:58:15.648000Z 2019-03-29T13:26:52.000000Z -2147483648000000" },
    { "nearly half of the circle before", 0, 1553866012, UP, "80000001 00000000",
      "2019-03-04T16:55:28.353000Z 2019-03-29T13:26:52.000000Z 2147483647000000" },
    { "exported in 1970", 10000, 1, UP, "00000001 00002710",
      "1969-12-31T23:59:51.001000Z 1970-01-01T00:00:01.000000Z 9999000000" },
    { "exported in 2106", 0, 4294967295, UP, "00000000 000003e8",
      "2106-02-07T06:28:15.000000Z 2106-02-07T06:28:16.000000Z 1000000000" },
    { "start alone", 1000, 1553866012, "0100 0001 0016 0004", "000003e8",
      "2019-03-29T13:26:52.000000Z - -" },
    { "end alone", 1000, 1553866012, "0100 0001 0015 0004", "000003e8",
      "- 2019-03-29T13:26:52.000000Z -" },
    { "nothing", 1000, 1553866012, "0100 0001 0001 0004", "00000000", "- - -" },

    { "milliseconds", 0, 0, "0100 0002 0098 0008 0099 0008",
      "000001698a5b4c5a 000001698a5b4c5b",
      "2019-03-17T06:33:52.986000Z 2019-03-17T06:33:52.987000Z 1000000" },
    { "NTP, start in microseconds, end in nanoseconds", 0, 0, "0100 0002 009a 0008 009d 0008",
      "83aa7e80 80000000 83aa7e81 40000000",
      "1970-01-01T00:00:00.500000Z 1970-01-01T00:00:01.250000Z 750000000" },
    { "seconds", 0, 0, "0100 0002 0096 0004 0097 0004", "5c9e1d1c 5c9e1d1d",
      "2019-03-29T13:26:52.000000Z 2019-03-29T13:26:53.000000Z 1000000000" },
    { "sysUptime before milliseconds", 1000, 1553866012,
      "0100 0004 0098 0008 0099 0008 0016 0004 0015 0004",
      "000001698a5b4c5a 000001698a5b4c5b 000003e8 000003e8",
      "2019-03-29T13:26:52.000000Z 2019-03-29T13:26:52.000000Z 0" },
    { "milliseconds before seconds", 0, 0, "0100 0002 0096 0004 0098 0008",
      "5c9e1d1c 000001698a5b4c5a", "2019-03-17T06:33:52.986000Z - -" },
    { "sysUptime of 9 octets: the other field", 0, 0, "0100 0002 0016 0009 0096 0004",
      "00*9 5c9e1d1c", "2019-03-29T13:26:52.000000Z - -" },
    { "microseconds before the export", 0, 1553866012, "0100 0002 009e 0004 009f 0004",
      "000f4241 00000001",
      "2019-03-29T13:26:50.999999Z 2019-03-29T13:26:51.999999Z 1000000000" },

    { "start and duration in ms", 1000, 1553866012, "0100 0002 0016 0004 00a1 0004",
      "000003e8 000005dd",
      "2019-03-29T13:26:52.000000Z 2019-03-29T13:26:53.501000Z 1501000000" },
    { "end and duration in us", 1000, 1553866012, "0100 0002 0015 0004 00a2 0004",
      "000003e8 000f4241",
      "2019-03-29T13:26:50.999999Z 2019-03-29T13:26:52.000000Z 1000001000" },
    { "duration alone", 0, 0, "0100 0001 00a1 0004", "00000001", "- - 1000000" },
    { "both ends say the duration", 1000, 1553866012,
      "0100 0003 0016 0004 0015 0004 00a1 0004", "000003e8 000007d0 00000001",
      "2019-03-29T13:26:52.000000Z 2019-03-29T13:26:53.000000Z 1000000000" },

    /* the longest there are: no number may overflow */
    { "the longest duration", 0, 0, "0100 0001 00a2 0008", "0020c49ba5e353f7",
      "- - 9223372036854775000" },
    { "a longer duration is none", 0, 0, "0100 0001 00a2 0008", "0020c49ba5e353f8", "- - -" },
    { "the longest in ms", 0, 0, "0100 0001 00a1 0008", "ff*8", "- - -" },
    { "the last second and a duration", 0, 0, "0100 0002 0096 0008 00a1 0004",
      "7fffffffffffffff 000005dd", "9223372036854775807.000000Z - 1501000000" },
    { "from the first second to the last", 0, 0, "0100 0002 0096 0008 0097 0008",
      "0000000000000000 7fffffffffffffff",
      "1970-01-01T00:00:00.000000Z 9223372036854775807.000000Z 9223372035000000000" },
    { "from the last second to the first", 0, 0, "0100 0002 0096 0008 0097 0008",
      "7fffffffffffffff 0000000000000000",
      "9223372036854775807.000000Z 1970-01-01T00:00:00.000000Z -9223372035000000000" },
    { "milliseconds beyond all dates", 0, 0, "0100 0002 0098 0008 0099 0008", "00*8 ff*8",
      "1970-01-01T00:00:00.000000Z 18446744073709551.615000Z 9223372035615000000" },
    { "before the export by more than 32 bits", 0, 1, "0100 0001 009e 0008",
      "0000000100000000", "- - -" },
};

static void times_are_read(void)
{
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        nf9_flow f = times_of(records[i].sys_uptime, records[i].unix_secs, records[i].tmpl,
                              records[i].record);
        char said[160];
        check_case("%s", records[i].name);
        say(&f, said, sizeof said);
        CHECK_TEXT(said, records[i].times);
        guard_release();
    }
}

/* Fixed points of real captures, as OUTPUT gives them. */
static void fixed_points(void)
{
    nf9_flow f = times_of(0x36ebad + 2, 1553866061, "0100 0002 0016 0004 0015 0004",
                          "0036ea00 0036ebad");
    char said[160];

    check_case("429 ms, 2 ms before the export");
    say(&f, said, sizeof said);
    CHECK_TEXT(said, "2019-03-29T13:27:40.569000Z 2019-03-29T13:27:40.998000Z 429000000");
}

/* 323 stands for the end only where the event says that the flow was deleted. */
static void events_have_their_time(void)
{
    static const struct {
        const char *name, *tmpl, *record, *times;
        unsigned has;
    } cases[] = {
        { "deleted", "0100 0002 0143 0008 00e9 0001", "000001698a5b4c5a 02",
          "- 2019-03-17T06:33:52.986000Z -",
          NF9_FLOW_EVENT_TIME | NF9_FLOW_END | NF9_FLOW_END_BY_EVENT },
        { "deleted, by the older field", "0100 0002 0143 0008 9c45 0001", "000001698a5b4c5a 02",
          "- 2019-03-17T06:33:52.986000Z -",
          NF9_FLOW_EVENT_TIME | NF9_FLOW_END | NF9_FLOW_END_BY_EVENT },
        { "created", "0100 0002 0143 0008 00e9 0001", "000001698a5b4c5a 01", "- - -",
          NF9_FLOW_EVENT_TIME },
        { "updated", "0100 0002 0143 0008 00e9 0001", "000001698a5b4c5a 05", "- - -",
          NF9_FLOW_EVENT_TIME },
        { "no event", "0100 0001 0143 0008", "000001698a5b4c5a", "- - -", NF9_FLOW_EVENT_TIME },
        { "deleted, with a start", "0100 0003 0098 0008 0143 0008 00e9 0001",
          "000001698a5b4c59 000001698a5b4c5a 02",
          "2019-03-17T06:33:52.985000Z 2019-03-17T06:33:52.986000Z 1000000",
          NF9_FLOW_EVENT_TIME | NF9_FLOW_START | NF9_FLOW_END | NF9_FLOW_END_BY_EVENT |
              NF9_FLOW_DURATION },
        { "deleted, with an end of its own", "0100 0003 0099 0008 0143 0008 00e9 0001",
          "000001698a5b4c59 000001698a5b4c5a 02", "- 2019-03-17T06:33:52.985000Z -",
          NF9_FLOW_EVENT_TIME | NF9_FLOW_END },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_flow f = times_of(0, 1553866012, cases[i].tmpl, cases[i].record);
        char said[160];
        check_case("%s", cases[i].name);
        say(&f, said, sizeof said);
        CHECK_TEXT(said, cases[i].times);
        CHECK_UINT(f.has, cases[i].has);
        CHECK_INT(f.event_time.secs, 1552804432);
        guard_release();
    }
}

/* sysUptime has milliseconds; the export time, which absolute times are held against, seconds. */
static void flows_after_their_export_are_marked(void)
{
    static const struct {
        const char *name, *tmpl, *record;
        bool after;
    } cases[] = {
        { "ends at the export", UP, "000003e7 000003e8", false },
        { "ends 1 ms after it", UP, "000003e7 000003e9", true },
        { "starts 1 ms after it", "0100 0001 0016 0004", "000003e9", true },
        { "ends within the second", "0100 0001 0099 0008", "00000169c9a1b947", false },
        { "ends in the next", "0100 0001 0099 0008", "00000169c9a1b948", true },
        { "before", "0100 0001 009e 0004", "00000001", false },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_flow f = times_of(1000, 1553866012, cases[i].tmpl, cases[i].record);
        check_case("%s", cases[i].name);
        CHECK(((f.has & NF9_FLOW_AFTER_EXPORT) != 0) == cases[i].after);
    }
}

int main(void)
{
    times_are_read();
    fixed_points();
    events_have_their_time();
    flows_after_their_export_are_marked();
    return check_end();
}
