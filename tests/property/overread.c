/* SPDX-License-Identifier: MIT
 *
 * The negative control of the sanitizer's build: reads one octet behind a packet on the heap.
 * The test passes where this is caught, and fails where the program ends as if nothing were.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    const size_t size = 24 + (size_t)argc - 1; /* not known to the compiler */
    uint8_t *packet = calloc(size, 1);
    volatile uint8_t octet;

    (void)argv;
    if (packet == NULL)
        return 1;
    octet = ((volatile uint8_t *)packet)[size];
    printf("not caught: %u\n", (unsigned)octet);
    free(packet);
    return 0;
}
