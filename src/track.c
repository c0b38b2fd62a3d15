/* SPDX-License-Identifier: MIT
 *
 * track.c: loss, duplicates, reordering and restarts, from headers alone.
 */
#include <nf9/track.h>

/* Header times are whole seconds, so a boot time wobbles by one; more is no wobble. */
#define WOBBLE_MS 2000
#define WRAP_SLACK_MS 5000
#define WINDOW 64u /* packets back that are told from a sequence that was set back */

static int64_t boot(uint32_t unix_secs, uint32_t sys_uptime)
{
    return (int64_t)unix_secs * 1000 - (int64_t)sys_uptime;
}

/* By how much the sequence is ahead of the newest, below 0: behind. */
static int32_t ahead(const nf9_tracker *t, const nf9_header *h)
{
    return (int32_t)(h->sequence - t->sequence);
}

/* Whether a boot time moved so because the uptime wrapped. */
static bool is_wrap(int64_t moved)
{
    return moved > NF9_UPTIME_WRAP_MS - WRAP_SLACK_MS &&
           moved < NF9_UPTIME_WRAP_MS + WRAP_SLACK_MS;
}

/* Uptime falling while the boot time moves on is a restart, unless it moves by 2^32 ms. */
static unsigned clock_of(const nf9_tracker *t, const nf9_header *h)
{
    int64_t moved = boot(h->unix_secs, h->sys_uptime) - boot(t->unix_secs, t->sys_uptime);

    if (h->sys_uptime < t->sys_uptime) {
        if (is_wrap(moved))
            return NF9_TRACK_WRAP;
        return moved > WOBBLE_MS ? NF9_TRACK_RESTART : 0;
    }
    /* an uptime that stands still says nothing: then the sequence decides */
    if (h->sys_uptime == t->sys_uptime && moved > WOBBLE_MS && ahead(t, h) < -(int32_t)WINDOW)
        return NF9_TRACK_RESTART;
    return 0;
}

static uint32_t expected(const nf9_tracker *t)
{
    if (!t->counts_records)
        return t->sequence + 1;
    return t->sequence + (t->by_records ? t->records : t->count);
}

/* How many packets in a row have to be of an earlier boot to be taken for a clock set back. */
#define SET_BACK 6

/* An uptime that goes on from one packet to the next does so by less. */
#define GOES_ON_MS 30000

/* A packet from before a restart that arrives behind it: of the boot before, or, where that was
 * not seen, of an earlier boot and a higher uptime; but where sequence and uptime just go on, it
 * is a clock that was set back. */
static bool of_boot_before(const nf9_tracker *t, const nf9_header *h)
{
    int64_t b = boot(h->unix_secs, h->sys_uptime), now = boot(t->unix_secs, t->sys_uptime);
    int64_t from_before = b - t->boot_before, back = now - b;

    if (back <= WOBBLE_MS || is_wrap(back))
        return false;
    if (t->restarted && from_before <= WOBBLE_MS && from_before >= -WOBBLE_MS)
        return true;
    return h->sys_uptime > t->sys_uptime &&
           (h->sequence != expected(t) || h->sys_uptime - t->sys_uptime > GOES_ON_MS);
}

static void newest(nf9_tracker *t, const nf9_header *h)
{
    t->seen = true;
    t->current = true;
    t->sequence = h->sequence;
    t->sys_uptime = h->sys_uptime;
    t->unix_secs = h->unix_secs;
    t->count = h->count;
    t->records = h->count;
}

/* What is missing will not come any more. */
static void settle(nf9_tracker *t, nf9_verdict *v)
{
    v->lost += t->gap + t->suspect;
    t->gap = 0;
    t->suspect = 0;
}

/* Goes on from this packet: what was before it is not missed. */
static void begin(nf9_tracker *t, const nf9_header *h, nf9_verdict *v)
{
    settle(t, v);
    newest(t, h);
    t->arrived = 1;
    t->reach = 0;
    t->steps = 0;
}

/* Whether the sequence stepped by the last packet's records once more. */
static bool stepped_by_records(nf9_tracker *t, uint32_t step)
{
    bool count = step == t->count && t->count != 1, records = step == t->records;

    records = records && t->records != 1;
    if (t->steps > 0) {
        count = count && t->by_count;
        records = records && t->by_records;
    }
    if (!count && !records) {
        t->steps = 0;
        return false;
    }
    t->by_count = count;
    t->by_records = records;
    t->steps++;
    return true;
}

/* The sequence stands still after a packet without a data record: with one that counts these. */
static bool stands_still(const nf9_tracker *t, const nf9_header *h)
{
    return h->sequence == t->sequence && t->records == 0 &&
           (h->sys_uptime != t->sys_uptime || h->unix_secs != t->unix_secs);
}

/* Behind the newest: a packet that is late, or was here before. */
static void older(nf9_tracker *t, const nf9_header *h, nf9_verdict *v)
{
    uint32_t back = t->sequence - h->sequence;

    if (t->counts_records || back >= WINDOW) {
        v->what |= back == 0 ? NF9_TRACK_DUPLICATE : NF9_TRACK_REORDERED;
        if (back >= WINDOW && !t->counts_records) /* set back: it goes on from here */
            begin(t, h, v);
        return;
    }
    if ((t->arrived >> back & 1) != 0) {
        v->what |= NF9_TRACK_DUPLICATE;
        return;
    }
    v->what |= NF9_TRACK_REORDERED;
    t->arrived |= UINT64_C(1) << back;
    if (t->gap > 0 && (int32_t)(h->sequence - t->gap_from) > 0)
        t->gap--;
    else if (t->suspect > 0 && (int32_t)(h->sequence - t->suspect_from) > 0)
        t->suspect--;
    else if (back <= t->reach)
        v->what |= NF9_TRACK_FOUND;
}

/* Ahead of the newest, in packets. */
static void newer(nf9_tracker *t, const nf9_header *h, nf9_verdict *v)
{
    uint32_t step = h->sequence - t->sequence, missing = step - 1;
    bool suspicious = stepped_by_records(t, step);

    if (t->gap > 0 && (missing > 0 || ++t->gap_age >= 2 ||
                       h->sys_uptime - t->gap_uptime >= 1000)) {
        v->lost += t->gap;
        t->gap = 0;
    }
    if (suspicious) {
        if (t->suspect == 0)
            t->suspect_from = t->sequence;
        t->suspect += missing;
    } else {
        v->lost += t->suspect;
        t->suspect = 0;
        if (missing > NF9_TRACK_PATIENCE) {
            v->lost += missing;
        } else if (missing > 0) {
            t->gap = missing;
            t->gap_from = t->sequence;
            t->gap_uptime = h->sys_uptime;
            t->gap_age = 0;
        }
    }
    if (t->steps == 3) {
        t->counts_records = true;
        t->gap = 0;
        t->suspect = 0;
        v->what |= NF9_TRACK_RECORDS;
    }
    t->arrived = step < WINDOW ? t->arrived << step | 1 : 1;
    t->reach = step < WINDOW - t->reach ? t->reach + step : WINDOW;
    newest(t, h);
}

/* Ahead of the newest, in records. */
static void newer_records(nf9_tracker *t, const nf9_header *h, nf9_verdict *v)
{
    int32_t missing = (int32_t)(h->sequence - expected(t));

    if (missing > 0)
        v->lost += (uint32_t)missing;
    newest(t, h);
}

static void follow(nf9_tracker *t, const nf9_header *h, nf9_verdict *v)
{
    if (!t->seen) {
        begin(t, h, v);
        return;
    }
    v->expected = expected(t);
    t->current = false;
    if (of_boot_before(t, h)) {
        v->what = NF9_TRACK_REORDERED;
        if (++t->behind == SET_BACK) { /* that many are not late: the clock was set back */
            begin(t, h, v);
            t->behind = 0;
        }
        return;
    }
    t->behind = 0;
    v->what = clock_of(t, h);
    if (v->what == NF9_TRACK_RESTART) {
        settle(t, v);
        *t = (nf9_tracker){ .restarted = true,
                            .boot_before = boot(t->unix_secs, t->sys_uptime) };
        begin(t, h, v);
    } else if (stands_still(t, h)) {
        newest(t, h);
    } else if (ahead(t, h) <= 0) {
        older(t, h, v);
    } else if (t->counts_records) {
        newer_records(t, h, v);
    } else {
        newer(t, h, v);
    }
}

void nf9_track(nf9_tracker *t, const nf9_header *h, nf9_verdict *v)
{
    *v = (nf9_verdict){ 0, h->sequence, 0, t->counts_records };
    follow(t, h, v);
    if (v->lost > 0)
        v->what |= NF9_TRACK_LOST;
}

void nf9_track_records(nf9_tracker *t, uint32_t records)
{
    if (t->current)
        t->records = records;
}
