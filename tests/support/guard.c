/* SPDX-License-Identifier: MIT
 *
 * guard.c: memory between two unmapped pages.
 */
#include "guard.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct block {
    struct block *next;
    uint8_t *map, *begin, *end; /* begin and end of what may be touched */
    size_t size;
} block;

static block *blocks;

/* A mistake of the test, or a machine that cannot run it. */
static void give_up(const char *why)
{
    fprintf(stderr, "guard: %s\n", why);
    abort();
}

static block *map(size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t inner = (size + page - 1) / page * page;
    block *b = malloc(sizeof *b);

    if (b == NULL)
        give_up("no memory");
    b->size = inner + 2 * page;
    b->map = mmap(NULL, b->size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (b->map == MAP_FAILED)
        give_up("no memory to map");
    b->begin = b->map + page;
    b->end = b->begin + inner;
    if (inner > 0 && mprotect(b->begin, inner, PROT_READ | PROT_WRITE) != 0)
        give_up("cannot protect");
    b->next = blocks;
    blocks = b;
    return b;
}

static void seal(block *b)
{
    if (b->end > b->begin && mprotect(b->begin, (size_t)(b->end - b->begin), PROT_READ) != 0)
        give_up("cannot protect");
}

nf9_bytes guard_copy(const void *data, size_t len)
{
    block *b = map(len);
    nf9_bytes copy = { b->end - len, len };

    if (len > 0)
        memcpy(b->end - len, data, len);
    seal(b);
    return copy;
}

static void *room(size_t size, size_t align)
{
    block *b = map(size + align - 1);
    uint8_t *p = b->end - (size + align - 1) / align * align;

    memset(b->begin, 0xaa, (size_t)(b->end - b->begin));
    return p;
}

void *guard_room(size_t size)
{
    return room(size, 1);
}

void *guard_aligned(size_t size)
{
    return room(size, 8);
}

static unsigned digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c != '\0' ? strchr(digits, c) : NULL;

    if (at == NULL)
        give_up("not a hex digit");
    return (unsigned)(at - digits);
}

/* The octets of the text; out NULL counts them. */
static size_t parse(const char *hex, uint8_t *out)
{
    size_t n = 0;

    while (*hex != '\0') {
        if (*hex == ' ') {
            hex++;
            continue;
        }
        uint8_t octet = (uint8_t)(digit(hex[0]) << 4 | digit(hex[1]));
        size_t times = 1;
        hex += 2;
        if (*hex == '*') {
            char *end;
            times = strtoul(hex + 1, &end, 10);
            hex = end;
        }
        if (out != NULL)
            memset(out + n, octet, times);
        n += times;
    }
    return n;
}

nf9_bytes octets(const char *hex)
{
    size_t len = parse(hex, NULL);
    block *b = map(len);

    parse(hex, b->end - len);
    seal(b);
    return (nf9_bytes){ b->end - len, len };
}

nf9_bytes octets_before(const char *hex)
{
    size_t len = parse(hex, NULL);
    block *b = map(len);

    parse(hex, b->begin);
    seal(b);
    return (nf9_bytes){ b->begin, len };
}

void guard_release(void)
{
    while (blocks != NULL) {
        block *b = blocks;
        blocks = b->next;
        munmap(b->map, b->size);
        free(b);
    }
}
