/* SPDX-License-Identifier: MIT
 *
 * walk.h: a packet through the whole codec, as a program that uses it would do it: templates are
 * learnt, then data is read by the definition in force at its place.
 */
#ifndef NF9_TEST_WALK_H
#define NF9_TEST_WALK_H

#include <nf9/nf9.h>

/* What is told of a packet; members may be NULL. */
typedef struct walk_handler {
    void *user;
    void (*definition)(void *user, const nf9_flowset *flowset, const nf9_template_record *record);
    void (*record)(void *user, const nf9_header *header, const nf9_flowset *flowset,
                   const nf9_record *record, bool cut);
    void (*rest)(void *user, const nf9_flowset *flowset, nf9_bytes padding);
    void (*undecoded)(void *user, const nf9_flowset *flowset); /* data without a definition */
    void (*reserved)(void *user, const nf9_flowset *flowset);
    void (*missing)(void *user, const nf9_flowset *flowset); /* longer than the packet */
    void (*end)(void *user, const nf9_packet_iter *it);
} walk_handler;

/* Learns the templates of a packet of this number: calls definition, missing, reserved, rest (of
 * FlowSets with templates), end.  How opening the packet went. */
nf9_status walk_learn(nf9_cache *cache, nf9_source source, uint64_t number, nf9_bytes packet,
                      const walk_handler *handler);

typedef enum walk_mode {
    WALK_SETTLED,   /* Count says what of the last octets is padding */
    WALK_UNSETTLED, /* Count is not looked at */
    WALK_LATE       /* settled, and only what no definition up to this packet decodes */
} walk_mode;

/* Reads the data of a packet: calls record (last, what is cut), rest, undecoded. */
void walk_data(const nf9_cache *cache, nf9_source source, uint64_t number, nf9_bytes packet,
               walk_mode mode, const walk_handler *handler);

/* Everything that can be asked of a record: each field by each getter, printed into a small and
 * into no room; parts; the flow and its text. */
void walk_exercise(const nf9_header *header, const nf9_record *record);

#endif
