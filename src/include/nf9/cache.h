/* SPDX-License-Identifier: MIT
 *
 * cache.h: which definition of a template is in force at a place (RFC 3954 section 9).
 *
 * A definition belongs to a source and a Template ID and has a place: a packet and a FlowSet in
 * it.  They are looked up by place, so that a packet decodes the same whenever it is looked at.
 * An identical re-announcement refreshes the definition; another one redefines the ID from its
 * place on, and what came before stays.
 *
 * Definitions and restarts are meant to be added in the order of their places.  Another order is
 * safe, and gives the same answers where no definition is announced more than twice; of more
 * announcements the first and the last are kept, so that a cache does not grow by refreshes.
 *
 * A cache is for one thread at a time.  It allocates through the allocator given, within the
 * limits given, and frees everything at nf9_cache_free.
 */
#ifndef NF9_CACHE_H
#define NF9_CACHE_H

#include <nf9/decode.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Allocator: `alloc` answers NULL where there is no memory; `user` is given to both. */
typedef struct nf9_allocator {
    void *(*alloc)(void *user, size_t size);
    void (*free)(void *user, void *mem);
    void *user;
} nf9_allocator;

typedef struct nf9_cache_limits {
    size_t max_definitions; /* of all sources together; 0: no limit */
    size_t max_memory;      /* octets, templates and tables together; 0: no limit */
    uint16_t max_fields;    /* of one template; 0: no limit */
    size_t max_source;      /* definitions of one source; 0: no limit */
} nf9_cache_limits;

/* Who sends a packet: the caller numbers its conversations (exporter and collector, addresses
 * and ports) and exporters (addresses) as it likes. */
typedef struct nf9_source {
    uint32_t conversation;
    uint32_t source_id; /* of the packet header */
    uint32_t exporter;  /* 0: nothing is lent to or borrowed from its other conversations */
    int64_t boot;       /* ms since 1970 when the exporter booted: nf9_header_boot */
} nf9_source;

/* When the exporter booted, by one packet: ms since 1970.  Wobbles by up to a second, because
 * unix_secs is whole, and jumps by 2^32 ms when sys_uptime wraps. */
static inline int64_t nf9_header_boot(const nf9_header *header)
{
    return (int64_t)header->unix_secs * 1000 - (int64_t)header->sys_uptime;
}

/* A place: packets are ordered by `packet`, FlowSets in a packet by `flowset`. */
typedef struct nf9_when {
    uint64_t packet;
    uint32_t flowset;
} nf9_when;

static inline nf9_when nf9_when_at(uint64_t packet, uint32_t flowset)
{
    nf9_when when = { packet, flowset };
    return when;
}

/* A place inside a FlowSet, for the Template Records of one FlowSet to follow each other; its data
 * is at record 0.  Both numbers are from 0 and below 65536, as they are in any datagram. */
static inline nf9_when nf9_when_in(uint64_t packet, uint32_t flowset, uint32_t record)
{
    return nf9_when_at(packet, flowset << 16 | record);
}

/* Below 0, 0, above 0: a is before b, the same place, behind it. */
NF9_API int nf9_when_compare(nf9_when a, nf9_when b);

typedef enum nf9_cache_event {
    NF9_CACHE_NEW,       /* the first definition of this ID at or before the place */
    NF9_CACHE_REFRESHED, /* the same as the one in force */
    NF9_CACHE_REDEFINED  /* another than the one in force */
} nf9_cache_event;

/* A definition. Valid until the cache is freed, or forgets it. */
typedef struct nf9_definition {
    const nf9_template *tmpl;
    nf9_when first; /* where it was announced first */
    nf9_when last;  /* where it was announced last, before another came */
} nf9_definition;

typedef struct nf9_cache nf9_cache;

/* A new, empty cache, to be freed by nf9_cache_free; NULL where there is no memory.  `limits` and
 * `allocator` are copied; NULL means no limits, malloc and free. */
NF9_API nf9_cache *nf9_cache_new(const nf9_cache_limits *limits, const nf9_allocator *allocator);

/* Frees the cache and every template in it. NULL is fine. */
NF9_API void nf9_cache_free(nf9_cache *cache);

/* Learns a record at a place (of two at the same place, the later call counts) and says in
 * *event (may be NULL) what that meant.  A record with a fault is answered with the fault.
 * NF9_ERR_LIMIT where a limit is reached, NF9_ERR_MEMORY; the cache is unchanged then. */
NF9_API nf9_status nf9_cache_add(nf9_cache *cache, nf9_source source,
                                 const nf9_template_record *record, nf9_when when,
                                 nf9_cache_event *event);

/* What was defined of the ID before this place is void behind it: for a record that could not be
 * added, because reading its data by the definition before would be wrong. */
NF9_API void nf9_cache_void(nf9_cache *cache, nf9_source source, uint16_t id, nf9_when when);

/* As nf9_cache_add; where the record could not be added for a limit's sake or without memory, what
 * was defined of its ID is void behind the place (nf9_cache_void). */
NF9_API nf9_status nf9_cache_learn_record(nf9_cache *cache, nf9_source source,
                                          const nf9_template_record *record, nf9_when when,
                                          nf9_cache_event *event);

/* How many of a packet's Template Records meant what. */
typedef struct nf9_learnt {
    uint32_t fresh;     /* NF9_CACHE_NEW */
    uint32_t refreshed;
    uint32_t redefined;
    uint32_t faulty;    /* they define nothing */
    uint32_t refused;   /* for a limit's sake, or there was no memory: the ID is void */
} nf9_learnt;

/* Learns all templates of a packet of this number, each at nf9_when_in of its FlowSet and record
 * (nf9_cache_learn_record). */
NF9_API nf9_learnt nf9_cache_learn(nf9_cache *cache, nf9_source source, nf9_bytes packet,
                                   uint64_t number);

/* The source restarted at this place: what it defined before is void from here on, though not
 * for places before it.  NF9_ERR_LIMIT, NF9_ERR_MEMORY. */
NF9_API nf9_status nf9_cache_restart(nf9_cache *cache, nf9_source source, nf9_when when);

/* Forgets every definition that was announced last before the packet of this number, as templates
 * expire that are not refreshed (section 9), and restarts before it: packets before it can no
 * longer be looked up.  What was found of a forgotten definition is void.  How many they were. */
NF9_API size_t nf9_cache_forget(nf9_cache *cache, uint64_t packet);

/* The newest definition at or before the place, since the source's last restart; NF9_NONE where
 * there is none. */
NF9_API nf9_status nf9_cache_find(const nf9_cache *cache, nf9_source source, uint16_t id,
                                  nf9_when when, nf9_definition *found);

/* The first definition behind the place; NF9_NONE where there is none before a restart, and where
 * what is in force at the place could not be stored (nf9_cache_void). */
NF9_API nf9_status nf9_cache_find_after(const nf9_cache *cache, nf9_source source, uint16_t id,
                                        nf9_when when, nf9_definition *found);

/* The definition in force here: the newest at or before the place, else the first one later in
 * the same packet; NF9_NONE where there is neither. */
NF9_API nf9_status nf9_cache_find_here(const nf9_cache *cache, nf9_source source, uint16_t id,
                                       nf9_when when, nf9_definition *found);

/* The newest definition strictly before the place, since the last restart: what a definition
 * there replaces. */
NF9_API nf9_status nf9_cache_find_before(const nf9_cache *cache, nf9_source source, uint16_t id,
                                         nf9_when when, nf9_definition *found);

/* How a definition came to be in force. */
typedef enum nf9_match {
    NF9_MATCH_NONE,
    NF9_MATCH_BEFORE,        /* the source's newest at or before the place */
    NF9_MATCH_SAME_PACKET,   /* the source's, later in the same packet */
    NF9_MATCH_BORROWED,      /* another conversation's of the same exporter, of the same boot */
    NF9_MATCH_AFTER,         /* on a second look: the source's first one behind the place */
    NF9_MATCH_BORROWED_AFTER /* on a second look: another conversation's first one behind it */
} nf9_match;

/* The definition by which data of this source and ID at this place is to be read: the first that
 * exists in the order of nf9_match.  Never across a restart of the source.  Of another
 * conversation, a definition counts whose boot time is within 5 s of source.boot, or 2^32 ms from
 * there, by which it jumps when sys_uptime wraps; the 64 nearest are looked at.  `second_look`:
 * what came later may be used too. */
NF9_API nf9_match nf9_cache_lookup(const nf9_cache *cache, nf9_source source, uint16_t id,
                                   nf9_when when, bool second_look, nf9_definition *found);

/* Adds up what a packet's Count is compared with (decode.h), each Data FlowSet by the definition
 * that nf9_cache_lookup gives at nf9_when_in.  False where the packet could not be decoded as a
 * whole: then nothing is to be settled by *doubt. */
NF9_API bool nf9_doubt_packet(nf9_doubt *doubt, const nf9_cache *cache, nf9_source source,
                              nf9_bytes packet, uint64_t number, bool second_look);

/* Definitions held, and octets allocated for them and the tables. */
NF9_API size_t nf9_cache_definitions(const nf9_cache *cache);
NF9_API size_t nf9_cache_memory(const nf9_cache *cache);

#ifdef __cplusplus
}
#endif
#endif
