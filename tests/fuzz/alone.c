/* SPDX-License-Identifier: MIT
 *
 * Runs a fuzz target without libFuzzer over the files that are named, each also cut at places
 * spread over it; the octets end at an unmapped page.
 *
 * usage: PROGRAM FILE...
 */
#include "guard.h"
#include <stdio.h>
#include <stdlib.h>

#define CUTS 50u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t run(const char *path)
{
    static uint8_t file[1 << 20];
    FILE *f = fopen(path, "rb");
    size_t size, ran = 0;

    if (f == NULL) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(2);
    }
    size = fread(file, 1, sizeof file, f);
    fclose(f);
    for (size_t cut = 0; cut <= CUTS; cut++) {
        nf9_bytes input = guard_copy(file, size - size * cut / CUTS);
        LLVMFuzzerTestOneInput(input.data, input.len);
        guard_release();
        ran++;
    }
    return ran;
}

int main(int argc, char **argv)
{
    size_t ran = 0;

    for (int i = 1; i < argc; i++)
        ran += run(argv[i]);
    printf("%d files, %zu inputs\n", argc - 1, ran);
    return ran == 0;
}
