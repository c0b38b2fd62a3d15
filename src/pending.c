/* SPDX-License-Identifier: MIT
 *
 * pending.c: Data FlowSets that wait for their template, in the order in which they came.
 */
#include "alloc.h"
#include <nf9/pending.h>
#include <string.h>

struct nf9_pending {
    nf9_pending_limits limits;
    nf9_allocator allocator;
    nf9_waiting *oldest, *newest;
    size_t n, octets;
};

nf9_pending *nf9_pending_new(const nf9_pending_limits *limits, const nf9_allocator *allocator)
{
    static const nf9_pending_limits none = { 0, 0 };
    nf9_allocator a = nf9_allocator_of(allocator);
    nf9_pending *p = a.alloc(a.user, sizeof *p);

    if (p != NULL)
        *p = (nf9_pending){ .limits = limits != NULL ? *limits : none, .allocator = a };
    return p;
}

void nf9_pending_free(nf9_pending *p)
{
    if (p == NULL)
        return;
    for (nf9_waiting *w = p->oldest, *next; w != NULL; w = next) {
        next = w->next;
        nf9_waiting_free(p, w);
    }
    p->allocator.free(p->allocator.user, p);
}

static bool has_room(const nf9_pending *p, size_t octets)
{
    return (p->limits.max_flowsets == 0 || p->n < p->limits.max_flowsets) &&
           (p->limits.max_octets == 0 || (octets <= p->limits.max_octets &&
                                          p->octets <= p->limits.max_octets - octets));
}

nf9_status nf9_pending_park(nf9_pending *p, const nf9_origin *origin, const nf9_flowset *flowset)
{
    size_t len = flowset->body.len;
    nf9_waiting *w;
    uint8_t *copy;

    if (p->limits.max_octets != 0 && len > p->limits.max_octets)
        return NF9_ERR_SPACE;
    if (!has_room(p, len))
        return NF9_ERR_LIMIT;
    if ((w = p->allocator.alloc(p->allocator.user, sizeof *w + len)) == NULL)
        return NF9_ERR_MEMORY;
    copy = (uint8_t *)(void *)(w + 1);
    if (len > 0)
        memcpy(copy, flowset->body.data, len);
    *w = (nf9_waiting){ .origin = *origin, .flowset = *flowset, .prev = p->newest };
    w->flowset.body.data = copy;
    *(p->newest != NULL ? &p->newest->next : &p->oldest) = w;
    p->newest = w;
    p->n++;
    p->octets += len;
    return NF9_OK;
}

nf9_waiting *nf9_pending_oldest(const nf9_pending *p)
{
    return p->oldest;
}

void nf9_pending_take(nf9_pending *p, nf9_waiting *w)
{
    *(w->prev != NULL ? &w->prev->next : &p->oldest) = w->next;
    *(w->next != NULL ? &w->next->prev : &p->newest) = w->prev;
    w->next = w->prev = NULL;
    p->n--;
    p->octets -= w->flowset.body.len;
}

void nf9_waiting_free(nf9_pending *p, nf9_waiting *w)
{
    p->allocator.free(p->allocator.user, w);
}

size_t nf9_pending_flowsets(const nf9_pending *p)
{
    return p->n;
}

size_t nf9_pending_octets(const nf9_pending *p)
{
    return p->octets;
}
