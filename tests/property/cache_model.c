/* SPDX-License-Identifier: MIT
 *
 * The cache against a model that keeps every announcement and searches them all.  Announcements
 * and restarts are random, by a generator of fixed seeds; a failure names the seed.
 */
#include "check.h"
#include "guard.h"
#include <nf9/nf9.h>
#include <stdlib.h>
#include <string.h>

#define SOURCES 3u
#define IDS 2u
#define MOST 48u

typedef struct announcement {
    unsigned source, id;
    unsigned type; /* 0: a restart of the source */
    nf9_when when;
} announcement;

typedef struct model {
    announcement all[MOST];
    size_t n;
} model;

static uint64_t state;

static unsigned below(unsigned n) /* xorshift64 */
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 33) % n;
}

static nf9_source source_of(unsigned number)
{
    return (nf9_source){ .conversation = number / 2, .source_id = number % 2 };
}

static int compare(const announcement *a, const announcement *b)
{
    return nf9_when_compare(a->when, b->when);
}

/* Whether the source restarted behind `from`, at or before `to`. */
static bool restarted(const model *m, unsigned source, nf9_when from, nf9_when to)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->all[i].type == 0 && m->all[i].source == source &&
            nf9_when_compare(m->all[i].when, from) > 0 &&
            nf9_when_compare(m->all[i].when, to) <= 0)
            return true;
    return false;
}

static bool of_key(const announcement *a, unsigned source, unsigned id)
{
    return a->type != 0 && a->source == source && a->id == id;
}

/* The newest announcement at or before the place, of two at one place the later call. */
static const announcement *newest(const model *m, unsigned source, unsigned id, nf9_when when)
{
    const announcement *best = NULL;

    for (size_t i = 0; i < m->n; i++)
        if (of_key(&m->all[i], source, id) && nf9_when_compare(m->all[i].when, when) <= 0 &&
            (best == NULL || compare(&m->all[i], best) >= 0))
            best = &m->all[i];
    return best != NULL && restarted(m, source, best->when, when) ? NULL : best;
}

/* The first announcement behind the place of another definition than the one in force. */
static const announcement *next(const model *m, unsigned source, unsigned id, nf9_when when)
{
    const announcement *in_force = newest(m, source, id, when), *best = NULL;

    for (size_t i = 0; i < m->n; i++) {
        const announcement *a = &m->all[i];
        if (!of_key(a, source, id) || nf9_when_compare(a->when, when) <= 0)
            continue;
        if (in_force != NULL && a->type == in_force->type &&
            !restarted(m, source, when, a->when)) {
            bool other_between = false;
            for (size_t k = 0; k < m->n; k++)
                other_between = other_between ||
                                (of_key(&m->all[k], source, id) && m->all[k].type != a->type &&
                                 nf9_when_compare(m->all[k].when, when) > 0 &&
                                 compare(&m->all[k], a) < 0);
            if (!other_between)
                continue; /* a refresh */
        }
        if (best == NULL || compare(a, best) < 0)
            best = a;
    }
    return best != NULL && restarted(m, source, when, best->when) ? NULL : best;
}

static nf9_template_record record_of_type(unsigned id, unsigned type)
{
    static uint8_t wire[8];
    const uint8_t octets[8] = { 1, (uint8_t)id, 0, 1, 0, (uint8_t)type, 0, 4 };

    memcpy(wire, octets, sizeof wire);
    return (nf9_template_record){ .id = (uint16_t)(256 + id), .field_count = 1, .present = 1,
                                  .wire = { wire, sizeof wire } };
}

static unsigned type_of(nf9_status st, const nf9_definition *d)
{
    return st == NF9_OK ? nf9_template_columns(d->tmpl)[0].type : 0;
}

/* Adds to the cache and then to the model; in the order of places, the event too is known. */
static void learn(nf9_cache *cache, model *m, announcement a, bool in_order)
{
    nf9_source source = source_of(a.source);
    nf9_cache_event event = NF9_CACHE_NEW;

    if (a.type == 0) {
        CHECK_STATUS(nf9_cache_restart(cache, source, a.when), NF9_OK);
    } else {
        const announcement *before = newest(m, a.source, a.id, a.when);
        nf9_template_record r = record_of_type(a.id, a.type);
        CHECK_STATUS(nf9_cache_add(cache, source, &r, a.when, &event), NF9_OK);
        if (in_order)
            CHECK_INT(event, before == NULL           ? NF9_CACHE_NEW
                             : before->type == a.type ? NF9_CACHE_REFRESHED
                                                      : NF9_CACHE_REDEFINED);
    }
    m->all[m->n++] = a;
}

static void check_place(const nf9_cache *cache, const model *m, unsigned source, unsigned id,
                        nf9_when when)
{
    nf9_source s = source_of(source);
    uint16_t number = (uint16_t)(256 + id);
    const announcement *in_force = newest(m, source, id, when);
    const announcement *after = next(m, source, id, when);
    unsigned want = in_force != NULL ? in_force->type : 0;
    unsigned later = after != NULL ? after->type : 0;
    nf9_definition d;

    CHECK_UINT(type_of(nf9_cache_find(cache, s, number, when, &d), &d), want);
    CHECK_UINT(type_of(nf9_cache_find_after(cache, s, number, when, &d), &d), later);
    if (want == 0 && (after == NULL || after->when.packet != when.packet))
        later = 0;
    CHECK_UINT(type_of(nf9_cache_find_here(cache, s, number, when, &d), &d),
               want != 0 ? want : later);
}

static void check_all(const nf9_cache *cache, const model *m, unsigned packets)
{
    for (unsigned source = 0; source < SOURCES; source++)
        for (unsigned id = 0; id < IDS; id++)
            for (unsigned packet = 0; packet <= packets; packet++)
                for (unsigned flowset = 0; flowset < 5; flowset++)
                    check_place(cache, m, source, id, nf9_when_at(packet, flowset));
}

#define TWICE 1000u

/* Each kind of run: how announcements are drawn, and in which order they are learnt. */
typedef struct kind {
    const char *name;
    unsigned types;    /* so many different definitions; 0: no two are the same; TWICE: two are */
    unsigned restarts; /* one of so many announcements is a restart; 0: none is */
    bool in_order;
} kind;

static void run(const kind *k, uint64_t seed)
{
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    announcement drawn[MOST];
    model m = { .n = 0 };
    unsigned packet = 1;

    state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    unsigned n = 1 + below(MOST);
    for (unsigned i = 0; i < n; i++) {
        unsigned type = k->types == TWICE ? 1 + i % (n / 2 + 1)
                        : k->types != 0   ? 1 + below(k->types)
                                          : i + 1;
        if (k->restarts != 0 && below(k->restarts) == 0)
            type = 0;
        packet += k->in_order ? below(2) : 1;
        drawn[i] = (announcement){ below(SOURCES), below(IDS), type, nf9_when_at(packet, 0) };
        if (k->in_order && i > 0 && drawn[i - 1].when.packet == packet)
            /* a restart is known before anything of its place is learnt */
            drawn[i].when.flowset = drawn[i - 1].when.flowset + (type == 0 ? 1 : below(2));
    }
    for (unsigned i = 0; i < n; i++) {
        unsigned other = i + below(n - i);
        announcement a = drawn[k->in_order ? i : other];
        drawn[k->in_order ? i : other] = drawn[i];
        learn(cache, &m, a, k->in_order);
    }
    check_case("%s, seed %llu", k->name, (unsigned long long)seed);
    check_all(cache, &m, packet + 1);
    nf9_cache_free(cache);
}

int main(void)
{
    static const kind kinds[] = {
        { "in order", 3, 0, true },
        { "in order, with restarts", 2, 4, true },
        { "any order, no two the same", 0, 0, false },
        { "any order, no two the same, with restarts", 0, 4, false },
        { "any order, each one twice", TWICE, 0, false },
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (uint64_t seed = 1; seed <= 400; seed++) {
            check_case("%s, seed %llu", kinds[i].name, (unsigned long long)seed);
            run(&kinds[i], seed);
        }
    return check_end();
}
