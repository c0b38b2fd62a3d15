/* SPDX-License-Identifier: MIT
 *
 * plausible.c: octets from an unknown port.
 */
#include "check.h"
#include "guard.h"
#include <nf9/nf9.h>

/* Count 2, sysUptime 1000, 2019-03-29T13:26:52Z, sequence 1, source 0 */
#define HEADER "0009 0002 000003e8 5c9e1d1c 00000001 00000000 "
#define TEMPLATE "0000 000c 0100 0001 0001 0004 "
#define DATA "0100 0008 00000001 "

static const struct {
    const char *name, *hex;
    size_t beyond; /* octets that were sent and not captured */
    bool plausible;
} cases[] = {
    { "template and data", HEADER TEMPLATE DATA, 0, true },
    { "data alone", HEADER DATA, 0, true },
    { "options template", HEADER "0001 0012 0100 0004 0004 0001 0004 0022 0004", 0, true },
    { "a zero tail", HEADER DATA "00*64", 0, true },
    { "nothing", "", 0, false },
    { "19 octets", "0009 0002 000003e8 5c9e1d1c 00000001 000000", 0, false },
    { "version 5", "0005 0002 000003e8 5c9e1d1c 00000001 00000000 " DATA, 0, false },
    { "no FlowSet", HEADER, 0, false },
    { "zero octets alone", HEADER "00*8", 0, false },
    { "Count 0", "0009 0000 000003e8 5c9e1d1c 00000001 00000000 " DATA, 0, false },
    { "more records than octets", "0009 ffff 000003e8 5c9e1d1c 00000001 00000000 " DATA, 0, false },
    { "exported in 1970", "0009 0001 000003e8 00000001 00000001 00000000 " DATA, 0, false },
    { "reserved FlowSet ID", HEADER "0002 0008 00000001", 0, false },
    { "length 3", HEADER "0100 0003", 0, false },
    { "data of nothing", HEADER "0100 0004", 0, false },
    { "longer than the packet", HEADER "0100 0009 00000001", 0, false },
    { "longer than what was captured", HEADER "0100 0009 00000001", 1, true },
    { "longer than what was sent", HEADER "0100 0009 00000001", 0, false },
    { "octets left over", HEADER DATA "01", 0, false },
    { "template ID 255", HEADER "0000 000c 00ff 0001 0001 0004", 0, false },
    { "template without a field", HEADER "0000 0008 0100 0000", 0, false },
    { "templates of nothing", HEADER "0000 0004", 0, false },
    { "template overruns its FlowSet", HEADER "0000 000c 0100 0002 0001 0004", 0, false },
    { "template cut by the capture", HEADER "0000 0010 0100 0002 0001 0004", 4, true },
};

int main(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nf9_bytes packet = octets(cases[i].hex);
        check_case("%s", cases[i].name);
        CHECK(nf9_packet_plausible(packet, packet.len + cases[i].beyond) == cases[i].plausible);
    }
    return check_end();
}
