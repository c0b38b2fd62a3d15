/* SPDX-License-Identifier: MIT
 *
 * Fuzzes the cache: announcements, restarts and look-ups in any order, within limits.
 *
 * An input is calls in a row: an octet says which, one of which source, two the packet and the
 * FlowSet of its place; then a Template ID (2 octets), or a FlowSet's body behind its length.
 *
 * Built with libFuzzer (preset fuzz), or with alone.c to run over given files.
 */
#include <nf9/nf9.h>
#include <stdlib.h>

#define MOST_DEFINITIONS 300u
#define MOST_MEMORY ((size_t)1 << 18)

typedef struct call {
    unsigned what;
    nf9_source source;
    nf9_when when;
} call;

static void must(bool held)
{
    if (!held)
        abort();
}

static unsigned number(nf9_bytes *in)
{
    unsigned v = in->len > 0 ? in->data[0] : 0;

    if (in->len > 0) {
        in->data++;
        in->len--;
    }
    return v;
}

static void add(nf9_cache *cache, call c, bool options, nf9_bytes body)
{
    const nf9_flowset fs = { .id = options, .body = body };
    nf9_template_iter it;
    nf9_template_record record;

    nf9_templates_open(&it, &fs);
    while (nf9_template_next(&it, &record) == NF9_OK) {
        nf9_cache_event event = NF9_CACHE_NEW;
        nf9_definition found;
        nf9_status st = nf9_cache_add(cache, c.source, &record, c.when, &event);
        must(st == NF9_OK || st == NF9_ERR_LIMIT || st == record.fault);
        must((record.fault == NF9_OK) || st == record.fault);
        if (st != NF9_OK)
            continue;
        /* it is in force where it was announced, whatever was announced elsewhere */
        must(nf9_cache_find(cache, c.source, record.id, c.when, &found) != NF9_OK ||
             nf9_template_equals(found.tmpl, &record));
    }
}

static void find(const nf9_cache *cache, call c, uint16_t id)
{
    nf9_definition before, after, here, earlier, found;
    bool is_before = nf9_cache_find(cache, c.source, id, c.when, &before) == NF9_OK;
    bool is_after = nf9_cache_find_after(cache, c.source, id, c.when, &after) == NF9_OK;
    bool is_here = nf9_cache_find_here(cache, c.source, id, c.when, &here) == NF9_OK;

    if (is_before)
        must(nf9_when_compare(before.first, c.when) <= 0 && before.tmpl->id == id);
    if (is_after)
        must(nf9_when_compare(after.first, c.when) > 0 && after.tmpl->id == id);
    must(is_here == (is_before || (is_after && after.first.packet == c.when.packet)));
    if (nf9_cache_find_before(cache, c.source, id, c.when, &earlier) == NF9_OK)
        must(nf9_when_compare(earlier.first, c.when) < 0);
    for (int second = 0; second < 2; second++) {
        nf9_match m = nf9_cache_lookup(cache, c.source, id, c.when, second != 0, &found);
        must((m == NF9_MATCH_BEFORE) == is_before);
        must(second != 0 || (m != NF9_MATCH_AFTER && m != NF9_MATCH_BORROWED_AFTER));
        must(m == NF9_MATCH_NONE || found.tmpl->id == id);
    }
}

static nf9_bytes take(nf9_bytes *in, size_t length)
{
    nf9_bytes taken = { in->data, length < in->len ? length : in->len };

    in->data += taken.len;
    in->len -= taken.len;
    return taken;
}

static void forget(nf9_cache *cache, uint64_t packet)
{
    size_t before = nf9_cache_definitions(cache), memory = nf9_cache_memory(cache);
    size_t forgotten = nf9_cache_forget(cache, packet);

    must(nf9_cache_definitions(cache) + forgotten == before);
    must(nf9_cache_memory(cache) <= memory);
    must(nf9_cache_forget(cache, packet) == 0);
}

static void run(nf9_cache *cache, nf9_bytes in)
{
    while (in.len > 0) {
        call c = { .what = number(&in) % 6 };
        unsigned source = number(&in);
        c.source = (nf9_source){ .conversation = source & 3,
                                 .source_id = source >> 2 & 1,
                                 .exporter = source >> 3 & 1,
                                 .boot = (int64_t)(source >> 4) * 3000 };
        c.when.packet = number(&in);
        c.when.flowset = number(&in);
        bool has_value = c.what != 3 && c.what != 5;
        unsigned value = has_value ? number(&in) << 8 : 0;
        value |= has_value ? number(&in) : 0;
        if (c.what < 2)
            add(cache, c, c.what == 1, take(&in, value));
        else if (c.what == 2)
            find(cache, c, (uint16_t)value);
        else if (c.what == 3)
            (void)nf9_cache_restart(cache, c.source, c.when);
        else if (c.what == 5)
            forget(cache, c.when.packet);
        else
            nf9_cache_void(cache, c.source, (uint16_t)value, c.when);
        must(nf9_cache_definitions(cache) <= MOST_DEFINITIONS);
        must(nf9_cache_memory(cache) <= MOST_MEMORY);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const nf9_cache_limits limits = { .max_definitions = MOST_DEFINITIONS,
                                      .max_memory = MOST_MEMORY };
    nf9_cache *cache = nf9_cache_new(&limits, NULL);

    must(cache != NULL);
    run(cache, (nf9_bytes){ data, size });
    nf9_cache_free(cache);
    return 0;
}
