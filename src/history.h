/* SPDX-License-Identifier: MIT
 *
 * history.h: what happened to a key, sorted by place: definitions of a template, restarts of an
 * exporter.  A hash table with open addressing leads to a key's history. Private.
 */
#ifndef NF9_HISTORY_H
#define NF9_HISTORY_H

#include <nf9/cache.h>

/* What kind of thing a key names. */
typedef enum nf9_space {
    NF9_SPACE_CONVERSATION, /* definitions by conversation, Source ID and Template ID */
    NF9_SPACE_EXPORTER,     /* definitions by exporter, Source ID and Template ID */
    NF9_SPACE_SOURCE        /* restarts, and how many definitions, by conversation and Source ID */
} nf9_space;

typedef struct nf9_key {
    uint32_t number; /* of the conversation or exporter */
    uint32_t source_id;
    uint16_t id;
    uint16_t space; /* nf9_space */
} nf9_key;

typedef struct nf9_event {
    nf9_definition definition; /* a restart has a place only */
    int64_t boot;              /* of who announced it */
    uint32_t conversation;     /* who announced it */
    bool borrowed;             /* the template belongs to another event */
} nf9_event;

typedef struct nf9_history {
    nf9_key key;
    bool used;
    bool voided; /* what was defined before void_at is void behind it */
    size_t n, cap;
    nf9_event *events;
    size_t n_definitions; /* of a source */
    nf9_when void_at;
} nf9_history;

typedef struct nf9_table {
    nf9_cache_limits limits;
    nf9_allocator allocator;
    nf9_history *slots; /* a power of two, at most three quarters full */
    size_t n_slots, n_used;
    uint64_t seed; /* of the hash: who sends packets chooses keys, but not this */
    size_t memory; /* octets allocated: slots, events, templates */
} nf9_table;

/* Memory within the limits, counted; NF9_ERR_LIMIT, NF9_ERR_MEMORY. */
nf9_status nf9_table_take(nf9_table *table, size_t size, void **mem);
void nf9_table_give(nf9_table *table, void *mem, size_t size);

/* Frees a template that the table took memory for. */
void nf9_table_give_template(nf9_table *table, const nf9_template *tmpl);

/* Takes histories out in which nothing happened, and the memory that they and others do not need;
 * without memory to do so, it leaves them.  Moves histories. */
void nf9_table_shrink(nf9_table *table);

/* Frees the table; each template by nf9_table_give, once. */
void nf9_table_clear(nf9_table *table);

/* A key's history, NULL where nothing happened. */
nf9_history *nf9_table_find(const nf9_table *table, nf9_key key);

/* A key's history with room for `more` events, which cannot fail to be inserted then.  A new
 * history without an event is no harm.  Moves histories: earlier pointers are void. */
nf9_status nf9_table_reserve(nf9_table *table, nf9_key key, size_t more);

/* How many events begin at or before the place. */
size_t nf9_history_rank(const nf9_history *history, nf9_when when);

/* Inserts as the at-th event; there must be room. */
void nf9_history_insert(nf9_history *history, size_t at, nf9_event event);

#endif
