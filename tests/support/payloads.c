/* SPDX-License-Identifier: MIT
 *
 * payloads.c: reads the payloads that nf9test/payloads.py took out of a capture.
 */
#include "payloads.h"
#include <stdio.h>
#include <stdlib.h>

static _Noreturn void give_up(const char *path, const char *why)
{
    fprintf(stderr, "%s: %s\n", path, why);
    exit(2);
}

static uint8_t *read_whole(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    uint8_t *data;
    long size = -1;

    if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0)
        give_up(path, "cannot be read");
    rewind(f);
    data = malloc((size_t)size + 1);
    if (data == NULL || fread(data, 1, (size_t)size, f) != (size_t)size)
        give_up(path, "cannot be read");
    fclose(f);
    *len = (size_t)size;
    return data;
}

static uint32_t number(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

payloads payloads_read(const char *path)
{
    payloads p = { NULL, 0, NULL };
    size_t len, pos = 0;

    p.file = read_whole(path, &len);
    p.all = calloc(len / 12 + 1, sizeof *p.all);
    if (p.all == NULL)
        give_up(path, "no memory");
    while (len - pos >= 12) {
        const uint8_t *head = p.file + pos;
        payload one = { number(head), number(head + 4), { head + 12, number(head + 8) } };
        pos += 12;
        if (one.bytes.len > len - pos)
            give_up(path, "is cut");
        pos += one.bytes.len;
        p.all[p.n++] = one;
    }
    if (pos != len)
        give_up(path, "is cut");
    return p;
}

void payloads_free(payloads *p)
{
    free(p->all);
    free(p->file);
}
