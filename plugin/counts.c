/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * counts.c: exporters, definitions of templates and data without one, packet by packet.
 */
#include "counts.h"
#include "state.h"
#include <epan/to_str.h>

/* Rows of a table at most: a hostile packet could use 16,000 IDs. */
#define MOST 1000000

/* One direction of a conversation, and Source ID. */
typedef struct source {
    nf9_counted_key key;
    nf9_counted_exporter *exporter;
    uint32_t restarts;
} source;

static guint key_hash(gconstpointer key)
{
    const nf9_counted_key *k = (const nf9_counted_key *)key;
    uint64_t hash = (k->high * UINT64_C(0x9e3779b97f4a7c15)) ^ k->low;

    return (guint)((hash * UINT64_C(0x9e3779b97f4a7c15)) >> 32);
}

static gboolean key_equal(gconstpointer one, gconstpointer other)
{
    const nf9_counted_key *a = (const nf9_counted_key *)one;
    const nf9_counted_key *b = (const nf9_counted_key *)other;

    return a->high == b->high && a->low == b->low;
}

static void exporter_free(gpointer object)
{
    nf9_counted_exporter *exporter = (nf9_counted_exporter *)object;

    free_address(&exporter->address);
    wmem_free(NULL, exporter->name);
    g_free(exporter);
}

static void unknown_free(gpointer object)
{
    nf9_counted_unknown *u = (nf9_counted_unknown *)object;

    g_array_free(u->spells, TRUE);
    g_free(u);
}

void nf9_counts_init(nf9_counts *counts)
{
    *counts = (nf9_counts){
        .exporters = g_hash_table_new_full(key_hash, key_equal, NULL, exporter_free),
        .sources = g_hash_table_new_full(key_hash, key_equal, NULL, g_free),
        .templates = g_hash_table_new_full(key_hash, key_equal, NULL, g_free),
        .unknown = g_hash_table_new_full(key_hash, key_equal, NULL, unknown_free),
        .changed_templates = g_ptr_array_new(),
    };
}

void nf9_counts_free(nf9_counts *counts)
{
    g_ptr_array_free(counts->changed_templates, TRUE);
    g_hash_table_destroy(counts->unknown);
    g_hash_table_destroy(counts->templates);
    g_hash_table_destroy(counts->sources);
    g_hash_table_destroy(counts->exporters);
}

void nf9_counts_clear(nf9_counts *counts)
{
    counts->changed_exporter = NULL;
    g_ptr_array_set_size(counts->changed_templates, 0);
    g_hash_table_remove_all(counts->unknown);
    g_hash_table_remove_all(counts->templates);
    g_hash_table_remove_all(counts->sources);
    g_hash_table_remove_all(counts->exporters);
    counts->left_out = 0;
}

/* The object of this key, a new one of so many octets where there is none; NULL where there are
 * too many. */
static void *object_of(nf9_counts *counts, GHashTable *objects, nf9_counted_key key, size_t size)
{
    nf9_counted_key *object = (nf9_counted_key *)g_hash_table_lookup(objects, &key);

    if (object != NULL)
        return object;
    if (g_hash_table_size(objects) >= MOST) {
        counts->left_out++;
        return NULL;
    }
    object = (nf9_counted_key *)g_malloc0(size);
    *object = key;
    g_hash_table_add(objects, object);
    return object;
}

/* Far enough from the ends for a difference of two. */
#define FARTHEST (INT64_C(1) << 31) /* s */

static int64_t since_beginning(const packet_info *pinfo)
{
    int64_t secs = CLAMP((int64_t)pinfo->rel_ts.secs, -FARTHEST, FARTHEST);

    return secs * 1000000000 + pinfo->rel_ts.nsecs;
}

static nf9_time boot_of(const nf9_header *header)
{
    int64_t ms = nf9_header_boot(header), part = ms % 1000;

    if (part < 0)
        part += 1000;
    return (nf9_time){ (ms - part) / 1000, (uint32_t)part * 1000000 };
}

static nf9_counted_exporter *exporter_of(nf9_counts *counts, const nf9_tap_packet *tap,
                                         const packet_info *pinfo)
{
    const nf9_counted_key key = { tap->source.exporter, tap->source.source_id };
    nf9_counted_exporter *exporter = (nf9_counted_exporter *)object_of(
        counts, counts->exporters, key, sizeof *exporter);

    if (exporter != NULL && exporter->name == NULL) {
        copy_address(&exporter->address, &pinfo->src);
        exporter->name = address_to_str(NULL, &pinfo->src);
        exporter->source_id = tap->source.source_id;
        exporter->first = since_beginning(pinfo);
        exporter->booted = boot_of(&tap->header);
    }
    return exporter;
}

static source *source_of(nf9_counts *counts, const nf9_tap_packet *tap, const packet_info *pinfo)
{
    const nf9_counted_key key = { tap->source.conversation, tap->source.source_id };
    nf9_counted_exporter *exporter = exporter_of(counts, tap, pinfo);
    source *s = exporter == NULL
                    ? NULL
                    : (source *)object_of(counts, counts->sources, key, sizeof *s);

    if (s != NULL)
        s->exporter = exporter;
    return s;
}

static void count_packet(source *from, const nf9_tap_packet *tap, const packet_info *pinfo)
{
    nf9_counted_exporter *exporter = from->exporter;
    const nf9_verdict *verdict = &tap->verdict;

    exporter->packets++;
    exporter->last = since_beginning(pinfo);
    exporter->undecoded_flowsets += tap->undecoded_flowsets;
    exporter->undecoded += tap->undecoded;
    exporter->duplicates += (verdict->what & NF9_TRACK_DUPLICATE) != 0;
    exporter->reordered += (verdict->what & NF9_TRACK_REORDERED) != 0;
    if ((verdict->what & NF9_TRACK_LOST) != 0) {
        exporter->lost += verdict->lost;
        exporter->lost_records = verdict->records;
    }
    if ((verdict->what & NF9_TRACK_FOUND) != 0 && exporter->lost > 0)
        exporter->lost--; /* 0 where a read filter left out the packet that said so */
    if ((verdict->what & NF9_TRACK_RESTART) != 0) {
        exporter->restarts++;
        exporter->booted = boot_of(&tap->header);
        from->restarts++;
    }
}

static nf9_counted_template *template_of(nf9_counts *counts, const source *from, nf9_when place,
                                         const nf9_template *tmpl)
{
    const nf9_counted_key key = { place.packet, place.flowset };
    nf9_counted_template *t = (nf9_counted_template *)object_of(counts, counts->templates, key,
                                                                sizeof *t);

    if (t == NULL)
        return NULL;
    if (t->exporter == NULL)
        *t = (nf9_counted_template){ .key = key,
                                     .exporter = from->exporter,
                                     .place = place,
                                     .frame = nf9_state_frame_of(place),
                                     .id = tmpl->id,
                                     .scopes = tmpl->scope_count,
                                     .fields = (uint16_t)(tmpl->field_count - tmpl->scope_count),
                                     .options = tmpl->options != 0,
                                     .variable = tmpl->variable != 0,
                                     .octets = tmpl->min_length };
    g_ptr_array_add(counts->changed_templates, t);
    return t;
}

static nf9_counted_key unknown_key(nf9_source from, uint16_t id)
{
    return (nf9_counted_key){ (uint64_t)from.conversation << 32 | from.source_id, id };
}

static nf9_counted_spell *last_spell(const nf9_counted_unknown *u)
{
    return u->spells->len == 0
               ? NULL
               : &g_array_index(u->spells, nf9_counted_spell, u->spells->len - 1);
}

/* A definition: what had none before it is one thing, what will have none behind it another. */
static void end_spell(nf9_counts *counts, nf9_source from, uint16_t id)
{
    const nf9_counted_key key = unknown_key(from, id);
    const nf9_counted_unknown *u =
        (const nf9_counted_unknown *)g_hash_table_lookup(counts->unknown, &key);

    if (u != NULL)
        last_spell(u)->over = true;
}

static void count_template(nf9_counts *counts, const source *from, nf9_source identity,
                           const nf9_tap_template *learnt, uint32_t frame, int64_t now)
{
    nf9_counted_template *t = template_of(counts, from, learnt->definition.first,
                                          learnt->definition.tmpl);
    const nf9_counted_key key = { learnt->replaced.packet, learnt->replaced.flowset };
    nf9_counted_template *before;

    if (t == NULL)
        return;
    if (t->announced++ > 0) {
        from->exporter->repeated++;
        from->exporter->intervals += (uint64_t)now - (uint64_t)t->last;
    } else {
        t->first = now;
    }
    t->last = now;
    t->refreshed += learnt->event == NF9_CACHE_REFRESHED;
    if (learnt->event != NF9_CACHE_REFRESHED)
        end_spell(counts, identity, t->id);
    if (learnt->event != NF9_CACHE_REDEFINED)
        return;
    before = (nf9_counted_template *)g_hash_table_lookup(counts->templates, &key);
    if (before != NULL) {
        before->replaced = frame;
        g_ptr_array_add(counts->changed_templates, before);
    }
}

static void count_records(nf9_counts *counts, const source *from, const nf9_tap_flowset *flowset)
{
    const nf9_template *tmpl = flowset->records.tmpl;
    nf9_counted_template *t = template_of(counts, from, flowset->defined, tmpl);

    *(tmpl->options != 0 ? &from->exporter->options : &from->exporter->flows) +=
        flowset->n_records;
    if (t != NULL) {
        t->flowsets++;
        t->records += flowset->n_records;
    }
}

static void count_unknown(nf9_counts *counts, const source *from, nf9_source identity,
                          const nf9_tap_unknown *data)
{
    nf9_counted_unknown *u = (nf9_counted_unknown *)object_of(
        counts, counts->unknown, unknown_key(identity, data->id), sizeof *u);
    nf9_counted_spell *last;

    if (u == NULL)
        return;
    if (u->spells == NULL) {
        u->row.exporter = from->exporter;
        u->row.place = nf9_when_at(UINT64_MAX, 0); /* behind all definitions */
        u->row.id = data->id;
        u->spells = g_array_new(FALSE, TRUE, sizeof(nf9_counted_spell));
    }
    last = last_spell(u);
    if (last == NULL || last->over || last->restarts != from->restarts) {
        g_array_set_size(u->spells, u->spells->len + 1);
        last = last_spell(u);
    }
    last->source = identity;
    last->place = data->place;
    last->restarts = from->restarts;
    last->flowsets++;
    last->octets += data->octets;
    u->row.undecoded_flowsets++;
    u->row.undecoded += data->octets;
    g_ptr_array_add(counts->changed_templates, u);
}

void nf9_counts_add(nf9_counts *counts, const nf9_tap_packet *tap, const packet_info *pinfo)
{
    source *from;

    counts->changed_exporter = NULL;
    g_ptr_array_set_size(counts->changed_templates, 0);
    if (tap->source.conversation == 0)
        return; /* it says no Source ID */
    from = source_of(counts, tap, pinfo);
    if (from == NULL)
        return;
    counts->changed_exporter = from->exporter;
    count_packet(from, tap, pinfo);
    for (size_t i = 0; i < tap->n_templates; i++)
        count_template(counts, from, tap->source, &tap->templates[i], pinfo->num,
                       since_beginning(pinfo));
    for (size_t i = 0; i < tap->n; i++)
        count_records(counts, from, &tap->flowsets[i]);
    for (size_t i = 0; i < tap->undecoded_flowsets; i++)
        count_unknown(counts, from, tap->source, &tap->unknown[i]);
}
