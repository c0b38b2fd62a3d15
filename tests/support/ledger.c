/* SPDX-License-Identifier: MIT
 *
 * ledger.c: an allocator that keeps count.
 */
#include "ledger.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Before each block, so that its size is known when it comes back. */
typedef struct head {
    size_t size;
    size_t mark;
    max_align_t aligned[];
} head;

#define ALIVE ((size_t)0x6e66397665640001)

static void *give(void *user, size_t size)
{
    ledger *book = user;
    head *h;

    book->asked++;
    if (book->fail_at != 0 && (book->asked == book->fail_at ||
                               (book->fail_all && book->asked > book->fail_at))) {
        book->failed++;
        return NULL;
    }
    h = malloc(sizeof *h + size);
    if (h == NULL)
        abort();
    h->size = size;
    h->mark = ALIVE;
    memset(h->aligned, 0xa5, size); /* nobody may count on zeroes */
    book->blocks++;
    book->octets += size;
    return h->aligned;
}

static void take_back(void *user, void *mem)
{
    ledger *book = user;
    head *h = (head *)(void *)((char *)mem - offsetof(head, aligned));

    if (h->mark != ALIVE) {
        fprintf(stderr, "ledger: what was given back was never given, or twice\n");
        abort();
    }
    h->mark = 0;
    book->blocks--;
    book->octets -= h->size;
    free(h);
}

nf9_allocator ledger_allocator(ledger *book)
{
    return (nf9_allocator){ give, take_back, book };
}
