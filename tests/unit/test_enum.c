/* SPDX-License-Identifier: MIT
 *
 * enum.c: enumerations and their labels.
 */
#include "check.h"
#include <nf9/nf9.h>
#include <string.h>

static void labels_are_found_by_value(void)
{
    static const struct {
        nf9_enum enumeration;
        uint64_t value;
        const char *label;
    } cases[] = {
        { NF9_ENUM_IP_PROTOCOL, 0, "HOPOPT" },
        { NF9_ENUM_IP_PROTOCOL, 6, "TCP" },
        { NF9_ENUM_IP_PROTOCOL, 17, "UDP" },
        { NF9_ENUM_IP_PROTOCOL, 256, NULL },
        { NF9_ENUM_IP_PROTOCOL, UINT64_MAX, NULL },
        { NF9_ENUM_IP_VERSION, 4, "IPv4" },
        { NF9_ENUM_IP_VERSION, 5, NULL },
        { NF9_ENUM_IP_VERSION, 6, "IPv6" },
        { NF9_ENUM_FLOW_DIRECTION, 0, "Ingress" },
        { NF9_ENUM_FLOW_DIRECTION, 1, "Egress" },
        { NF9_ENUM_FLOW_DIRECTION, 2, NULL },
        { NF9_ENUM_SAMPLING_ALGORITHM, 0, NULL },
        { NF9_ENUM_SAMPLING_ALGORITHM, 1, "Deterministic" },
        { NF9_ENUM_FIREWALL_EVENT, 5, "Flow update" },
        { NF9_ENUM_FORWARDING_STATUS, 67, "Forwarded: tunneled" },
        { NF9_ENUM_FORWARDING_STATUS, 68, "Forwarded: ACL redirect" },
        { NF9_ENUM_TCP_FLAGS, 2, "SYN" },
        { NF9_ENUM_TCP_FLAGS, 0x100, "AE" },
        { NF9_ENUM_TCP_FLAGS, 3, NULL }, /* of flags: the label of that very mask */
        { NF9_ENUM_TCP_FLAGS, 0, NULL },
        { NF9_ENUM_ICMP_TYPE_CODE_IPV4, 0x0800, "Echo request" },
        { NF9_ENUM_ICMP_TYPE_CODE_IPV6, 0x8000, "Echo request" },
        { NF9_ENUM_NONE, 0, NULL },
        { NF9_ENUM_COUNT, 0, NULL },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_case("%d: %llu", (int)cases[i].enumeration, (unsigned long long)cases[i].value);
        CHECK_TEXT(nf9_enum_label(cases[i].enumeration, cases[i].value), cases[i].label);
    }
}

static void every_value_is_found_and_no_other(void)
{
    size_t all = 0;

    for (int e = 1; e < NF9_ENUM_COUNT; e++) {
        size_t n;
        const nf9_enum_value *v = nf9_enum_values((nf9_enum)e, &n);
        all += n;
        for (size_t i = 0; i < n; i++) {
            check_case("%s %llu", nf9_enum_name((nf9_enum)e), (unsigned long long)v[i].value);
            CHECK_TEXT(nf9_enum_label((nf9_enum)e, v[i].value), v[i].label);
            CHECK(v[i].label[0] != '\0');
            if (i > 0)
                CHECK(v[i].value > v[i - 1].value);
            if (i + 1 == n || v[i + 1].value != v[i].value + 1)
                CHECK(nf9_enum_label((nf9_enum)e, v[i].value + 1) == NULL);
            if (v[i].value > 0 && (i == 0 || v[i - 1].value != v[i].value - 1))
                CHECK(nf9_enum_label((nf9_enum)e, v[i].value - 1) == NULL);
        }
    }
    check_case("all");
    CHECK_INT(NF9_ENUM_COUNT - 1, 45); /* as enums.csv has */
    CHECK_UINT(all, 632);
}

static void names_are_lower_case_and_flags_are_marked(void)
{
    static const nf9_enum flags[] = { NF9_ENUM_TCP_FLAGS, NF9_ENUM_FRAGMENT_FLAGS,
                                      NF9_ENUM_IS_MULTICAST_FLAGS,
                                      NF9_ENUM_IPV6_EXTENSION_HEADERS,
                                      NF9_ENUM_ANONYMIZATION_FLAGS,
                                      NF9_ENUM_DATA_LINK_FRAME_TYPE };

    for (int e = 1; e < NF9_ENUM_COUNT; e++) {
        const char *name = nf9_enum_name((nf9_enum)e);
        bool expected = false;
        for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
            expected = expected || flags[i] == (nf9_enum)e;
        check_case("%s", name);
        CHECK(name[0] != '\0' && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") ==
                                     strlen(name));
        CHECK(nf9_enum_is_flags((nf9_enum)e) == expected);
    }
    check_case("names");
    CHECK_TEXT(nf9_enum_name(NF9_ENUM_IP_PROTOCOL), "ip_protocol");
    CHECK_TEXT(nf9_enum_name(NF9_ENUM_ETHERTYPE), "ethertype");
}

static void there_is_nothing_outside(void)
{
    static const int outside[] = { NF9_ENUM_NONE, NF9_ENUM_COUNT, -1, 100000 };

    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        nf9_enum e = (nf9_enum)outside[i];
        size_t n = 77;
        check_case("enumeration %d", outside[i]);
        CHECK(nf9_enum_values(e, &n) == NULL);
        CHECK_UINT(n, 0);
        CHECK(nf9_enum_name(e) == NULL);
        CHECK(!nf9_enum_is_flags(e));
        CHECK(nf9_enum_label(e, 1) == NULL);
    }
}

int main(void)
{
    labels_are_found_by_value();
    every_value_is_found_and_no_other();
    names_are_lower_case_and_flags_are_marked();
    there_is_nothing_outside();
    return check_end();
}
