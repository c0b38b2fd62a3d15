/* SPDX-License-Identifier: MIT
 *
 * collector.h: give it datagrams, take records from it (RFC 3954 sections 3.3 and 9).
 *
 * It keeps the templates (cache.h), follows the sequence of each source (track.h), lets data
 * wait for its template (pending.h), and tells records from padding by Count where that can be
 * told.  What else is to be known of packets it says by notices.
 *
 *   nf9_collector_give(c, &datagram);
 *   while (nf9_collector_next(c, &record) == NF9_OK)
 *       ...
 *
 * A collector is for one thread at a time.  Its memory stays within its limits.
 */
#ifndef NF9_COLLECTOR_H
#define NF9_COLLECTOR_H

#include <nf9/pending.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nf9_collector_limits {
    nf9_cache_limits cache;
    nf9_pending_limits pending;
    size_t max_sources; /* whose sequence is followed; 0: no limit */
} nf9_collector_limits;

/* 64 MiB of templates, 4096 fields each: where that is full, new ones are refused
 * (NF9_NOTICE_TEMPLATES) until old ones are forgotten (nf9_collector_forget); 1024 FlowSets and
 * 4 MiB of waiting data; 65536 sources. */
NF9_API nf9_collector_limits nf9_collector_default_limits(void);

/* A packet as it arrived. */
typedef struct nf9_datagram {
    nf9_bytes bytes;
    uint32_t conversation; /* who sends it to whom, as the caller numbers it (nf9_source): one a
                            * pair of addresses and ports */
    uint32_t exporter;     /* as in nf9_source: one an address that packets come from, from 1;
                            * 0: nothing is lent or borrowed */
    uint64_t offset;       /* in the stream that it comes from, if any: only passed on */
} nf9_datagram;

/* A Data FlowSet and how to read it. */
typedef struct nf9_data_flowset {
    const nf9_origin *origin;
    nf9_flowset flowset;
    const nf9_template *tmpl;
    nf9_match match;         /* NF9_MATCH_AFTER, NF9_MATCH_BORROWED_AFTER: it waited */
    nf9_record_iter records; /* at its first, without what is padding */
} nf9_data_flowset;

/* A Data Record or Options Data Record and where it comes from. */
typedef struct nf9_data_record {
    nf9_record record;
    const nf9_data_flowset *of;
} nf9_data_record;

typedef enum nf9_notice_kind {
    NF9_NOTICE_SEQUENCE,  /* verdict: lost, twice, out of order, restarted ... */
    NF9_NOTICE_PACKET,    /* status: it is no Export Packet; or its FlowSets cannot be followed to
                           * its end, octets are left over */
    NF9_NOTICE_OVERRUN,   /* the packet ends inside this FlowSet; octets are missing */
    NF9_NOTICE_TEMPLATES, /* octets: how many templates are at fault, or status NF9_ERR_LIMIT: how
                           * many were not stored for a limit's sake or without memory */
    NF9_NOTICE_WAITING,   /* this Data FlowSet has no template, and waits */
    NF9_NOTICE_DROPPED,   /* this one waited, or should have, and was dropped for a limit's sake
                           * (status NF9_ERR_LIMIT) or without memory (NF9_ERR_MEMORY) */
    NF9_NOTICE_UNTRACKED, /* no room for another source: its sequence and restarts are not
                           * followed; or a restart could not be remembered */
    NF9_NOTICE_GARBAGE,   /* octets of the stream, from the offset on, belong to no packet */
    NF9_NOTICE_CUT,       /* the stream ends inside a packet; octets are missing */
    NF9_NOTICE_COUNT
} nf9_notice_kind;

/* Something that was not as it should be. */
typedef struct nf9_notice {
    nf9_notice_kind kind;
    nf9_status status;
    uint64_t number;     /* of the packet, from 1; 0 for NF9_NOTICE_GARBAGE and _CUT */
    uint64_t offset;     /* in the stream: of the packet, or of the FlowSet where there is one */
    uint64_t octets;     /* how many, or templates */
    nf9_source source;
    uint16_t flowset_id; /* 0 where it is about no Data FlowSet */
    nf9_verdict verdict; /* NF9_NOTICE_SEQUENCE */
} nf9_notice;

/* A notice; valid only during the call, which must not use the collector. */
typedef void nf9_notice_handler(void *user, const nf9_notice *notice);

/* What came so far. */
typedef struct nf9_counters {
    uint64_t packets;         /* Export Packets */
    uint64_t templates;       /* definitions: new ones and redefinitions */
    uint64_t records;         /* Data and Options Data Records that were decoded */
    uint64_t waited;          /* of these, records that waited */
    uint64_t lost_packets;    /* by the sequence; what came after all is taken off again */
    uint64_t lost_records;    /* by the sequence, where that counts records */
    uint64_t notices[NF9_NOTICE_COUNT];
} nf9_counters;

typedef struct nf9_collector nf9_collector;

/* A new one, to be freed by nf9_collector_free; NULL where there is no memory.  `limits` and
 * `allocator` are copied; NULL means the default limits, malloc and free. */
NF9_API nf9_collector *nf9_collector_new(const nf9_collector_limits *limits,
                                         const nf9_allocator *allocator);

/* Frees it and all that it holds. NULL is fine. */
NF9_API void nf9_collector_free(nf9_collector *collector);

/* Calls the handler for each notice from now on; NULL: none. */
NF9_API void nf9_collector_on_notice(nf9_collector *collector, nf9_notice_handler *handler,
                                     void *user);

/* Takes a datagram; what was not taken of the one before is passed over.  Its octets are
 * borrowed until the next call of this function or of nf9_collector_free.
 * NF9_ERR_TRUNCATED, NF9_ERR_VERSION where it is no Export Packet: there are no records then.
 * A limit or lack of memory is no failure, but a notice. */
NF9_API nf9_status nf9_collector_give(nf9_collector *collector, const nf9_datagram *datagram);

/* The packet given last; NULL where there was none, or it was no Export Packet.  Valid until the
 * next call of nf9_collector_give. */
NF9_API const nf9_origin *nf9_collector_origin(const nf9_collector *collector);

/* The next record: those first that waited for a template of this packet, oldest first.  NF9_END:
 * give the next datagram.  Valid until the next call of any of these three functions. */
NF9_API nf9_status nf9_collector_next(nf9_collector *collector, nf9_data_record *record);

/* The next Data FlowSet as a whole, where it has a template; the rest of the one that records
 * were taken from is passed over.  NF9_END and validity as nf9_collector_next. */
NF9_API nf9_status nf9_collector_flowset(nf9_collector *collector, nf9_data_flowset *data);

/* Forgets templates that were not announced, and sources that did not send, in the last so many
 * datagrams (section 9: templates expire that are not refreshed); nothing else does, so that a
 * collector that runs for long is to call it now and then.  What was taken of the datagram given
 * last is void, and the rest of it is passed over.  How many templates they were; an exporter that
 * sends data by one of them makes that wait until it announces it again. */
NF9_API size_t nf9_collector_forget(nf9_collector *collector, uint64_t packets);

/* What came so far, what waits, and the templates.  Valid as long as the collector. */
NF9_API const nf9_counters *nf9_collector_counters(const nf9_collector *collector);
NF9_API const nf9_pending *nf9_collector_pending(const nf9_collector *collector);
NF9_API const nf9_cache *nf9_collector_cache(const nf9_collector *collector);

#ifdef __cplusplus
}
#endif
#endif
