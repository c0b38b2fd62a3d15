/* SPDX-License-Identifier: MIT
 *
 * parts.c: packed values taken apart, with the octets in which each part stands.
 */
#include "check.h"
#include "fixture.h"
#include "guard.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What a value is taken apart into, a word a part: "filter=value@octet+octets". */
static const struct {
    uint16_t type;
    const char *hex, *parts;
} values[] = {
    { NF9_FT_TCP_FLAGS, "12",
      " fin=0@0+1 syn=1@0+1 rst=0@0+1 psh=0@0+1 ack=1@0+1 urg=0@0+1 ece=0@0+1 cwr=0@0+1" },
    { NF9_FT_TCP_FLAGS, "f182",
      " fin=0@1+1 syn=1@1+1 rst=0@1+1 psh=0@1+1 ack=0@1+1 urg=0@1+1 ece=0@1+1 cwr=1@1+1 "
      "ae=1@0+1" },
    { NF9_FT_TCP_FLAGS, "00000101",
      " fin=1@3+1 syn=0@3+1 rst=0@3+1 psh=0@3+1 ack=0@3+1 urg=0@3+1 ece=0@3+1 cwr=0@3+1 "
      "ae=1@2+1" },
    { NF9_FT_TCP_FLAGS, "", "" },
    { NF9_FT_TCP_FLAGS, "00*9", "" },
    { NF9_FT_ICMP_TYPE, "0803", " type=8@0+1 code=3@1+1" },
    { NF9_FT_ICMP_TYPE, "0000 8001", " type=128@2+1 code=1@3+1" },
    { NF9_FT_ICMP_TYPE_CODE_IPV6, "8100", " type=129@0+1 code=0@1+1" },
    { NF9_FT_FORWARDING_STATUS, "43", " status=1@0+1 reason=3@0+1" },
    { NF9_FT_FORWARDING_STATUS, "000000bf", " status=2@3+1 reason=63@3+1" },
    { NF9_FT_FORWARDING_STATUS, "ffffff00", " status=0@3+1 reason=0@3+1" },
    { NF9_FT_FRAGMENT_FLAGS, "60", " reserved=0@0+1 df=1@0+1 mf=1@0+1" },
    { NF9_FT_FRAGMENT_FLAGS, "80", " reserved=1@0+1 df=0@0+1 mf=0@0+1" },
    { NF9_FT_IS_MULTICAST, "e9", " ipv4=1@0+1 t=1@0+1 scope=14@0+1" },
    { NF9_FT_ANONYMIZATION_FLAGS, "000f", " stability=3@1+1 perimeter=1@1+1 low_order=1@1+1" },
    { NF9_FT_ANONYMIZATION_FLAGS, "fff0", " stability=0@1+1 perimeter=0@1+1 low_order=0@1+1" },
    { NF9_FT_MPLS_LABEL_1, "05dc21", " label=24002@0+3 exp=0@2+1 bottom=1@2+1" },
    { NF9_FT_MPLS_LABEL_10, "fffffe", " label=1048575@0+3 exp=7@2+1 bottom=0@2+1" },
    { NF9_FT_MPLS_LABEL_1, "05dc21 40", " label=24002@0+3 exp=0@2+1 bottom=1@2+1" },
    { NF9_FT_MPLS_LABEL_1, "05dc", "" },
    { NF9_FT_MPLS_LABEL_1, "05dc210000", "" },
    { NF9_FT_MPLS_LABEL_1, "", "" },
    { NF9_FT_APPLICATION_TAG, "", "" },
    { NF9_FT_APPLICATION_TAG, "0d", " engine=13@0+1" },
    { NF9_FT_APPLICATION_TAG, "0d0001df", " engine=13@0+1 selector=479@1+3" },
    { NF9_FT_APPLICATION_TAG, "03 0050", " engine=3@0+1 selector=80@1+2" },
    { NF9_FT_APPLICATION_TAG, "06 ff*8", " engine=6@0+1 selector=18446744073709551615@1+8" },
    { NF9_FT_APPLICATION_TAG, "06 ff*9", " engine=6@0+1" },
    { NF9_FT_APPLICATION_TAG, "14 00003044 0000a2b7",
      " engine=20@0+1 pen=12356@1+4 selector=41655@5+4" },
    { NF9_FT_APPLICATION_TAG, "14 00003044", " engine=20@0+1 pen=12356@1+4" },
    { NF9_FT_APPLICATION_TAG, "14 003044", " engine=20@0+1 selector=12356@1+3" },
    { NF9_FT_APPLICATION_TAG, "14 00003044 01*9", " engine=20@0+1 pen=12356@1+4" },
    { NF9_FT_MPLS_PAL_RD, "0000 fde8 00000064",
      " type=0@0+2 administrator=65000@2+2 assigned=100@4+4" },
    { NF9_FT_MPLS_PAL_RD, "0001 c0000201 0064",
      " type=1@0+2 administrator=3221225985@2+4 assigned=100@6+2" },
    { NF9_FT_MPLS_PAL_RD, "0002 00010000 0064",
      " type=2@0+2 administrator=65536@2+4 assigned=100@6+2" },
    { NF9_FT_MPLS_PAL_RD, "0003 00010000 0064", " type=3@0+2" },
    { NF9_FT_MPLS_PAL_RD, "ffff 00010000 0064", " type=65535@0+2" },
    { NF9_FT_MPLS_PAL_RD, "0000 fde8 000000", "" },
    { NF9_FT_MPLS_PAL_RD, "0000 fde8 00000064 00", "" },
    { NF9_FT_NF_F_INGRESS_ACL_ID, "0f8e7ff3 fc1a030f 00000001",
      " acl=260997107@0+4 ace=4229563151@4+4 extended=1@8+4" },
    { NF9_FT_NF_F_INGRESS_ACL_ID, "0f8e7ff3 fc1a030f 000000", "" },
    { NF9_FT_NF_F_INGRESS_ACL_ID, "00*13", "" },
    { NF9_FT_IN_BYTES, "00000001", "" },
    { NF9_FT_IF_NAME, "6161", "" },
};

static void values_are_taken_apart(void)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        nf9_field f = field_of(values[i].type, octets(values[i].hex));
        nf9_part_value parts[NF9_PARTS_MAX];
        char said[400] = "";
        size_t n = 0;

        f.offset = 1000;
        check_case("%u = %s", (unsigned)values[i].type, values[i].hex);
        size_t count = nf9_field_parts(&f, parts);
        CHECK(count <= NF9_PARTS_MAX);
        for (size_t k = 0; k < count; k++) {
            CHECK(parts[k].info == nf9_part_at(parts[k].part));
            n += (size_t)snprintf(said + n, sizeof said - n, " %s=%" PRIu64 "@%zu+%zu",
                                  parts[k].info->filter, parts[k].value,
                                  parts[k].offset - 1000, parts[k].length);
        }
        CHECK_TEXT(said, values[i].parts);
        guard_release();
    }
}

/* Whatever the length, parts stand inside the field, and there are no more than fit. */
static void each_length_of_each_packed_type(void)
{
    for (size_t i = 0; i < NF9_FIELD_COUNT; i++) {
        const nf9_field_info *info = nf9_field_at(i);
        if (info->form < NF9_FORM_TCP_FLAGS)
            continue;
        for (size_t len = 0; len <= 20; len++) {
            uint8_t data[20];
            nf9_part_value parts[NF9_PARTS_MAX];
            memset(data, 0x14, sizeof data);
            nf9_field f = field_of(info->type, guard_copy(data, len));
            size_t n = nf9_field_parts(&f, parts);
            check_case("%s, %zu octets", info->name, len);
            CHECK(n <= NF9_PARTS_MAX);
            for (size_t k = 0; k < n; k++)
                CHECK(parts[k].length > 0 && parts[k].offset + parts[k].length <= len);
        }
        guard_release();
    }
}

int main(void)
{
    values_are_taken_apart();
    each_length_of_each_packed_type();
    return check_end();
}
