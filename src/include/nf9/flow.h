/* SPDX-License-Identifier: MIT
 *
 * flow.h: what a record says of a flow, whichever of the many field types say it: addresses,
 * ports, counters, times; and one line of text about it.
 *
 * A plan is made once per template and says which columns matter; a record is then read by it.
 * Nothing allocates.
 */
#ifndef NF9_FLOW_H
#define NF9_FLOW_H

#include <nf9/value.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What the columns of a template mean for a flow. */
typedef enum nf9_role {
    NF9_ROLE_SRC4,         /* 8 */
    NF9_ROLE_DST4,         /* 12 */
    NF9_ROLE_SRC6,         /* 27 */
    NF9_ROLE_DST6,         /* 28 */
    NF9_ROLE_SRC_PORT,     /* 7 */
    NF9_ROLE_DST_PORT,     /* 11 */
    NF9_ROLE_PROTOCOL,     /* 4 */
    NF9_ROLE_ICMP4,        /* 32 */
    NF9_ROLE_ICMP6,        /* 139 */
    NF9_ROLE_ICMP4_TYPE,   /* 176 */
    NF9_ROLE_ICMP4_CODE,   /* 177 */
    NF9_ROLE_ICMP6_TYPE,   /* 178 */
    NF9_ROLE_ICMP6_CODE,   /* 179 */
    NF9_ROLE_PACKETS,      /* 2, else 86, else 298, else 24 */
    NF9_ROLE_PACKETS_BACK, /* 299, where 298 stands for the packets */
    NF9_ROLE_BYTES,        /* 1, else 85, else 231, else 23 */
    NF9_ROLE_BYTES_BACK,   /* 232, where 231 stands for the bytes */
    NF9_ROLE_TCP_FLAGS,    /* 6 */
    NF9_ROLE_EVENT,        /* 233, else 40005 */
    NF9_ROLE_EVENT_TIME,   /* 323 */
    NF9_ROLE_START_UPTIME, /* 22 */
    NF9_ROLE_END_UPTIME,   /* 21 */
    NF9_ROLE_START_TIME,   /* 152, else 154, 156, 150 */
    NF9_ROLE_END_TIME,     /* 153, else 155, 157, 151 */
    NF9_ROLE_START_DELTA,  /* 158: us before the export */
    NF9_ROLE_END_DELTA,    /* 159 */
    NF9_ROLE_DURATION,     /* 161 ms, else 162 us */
    NF9_ROLE_COUNT
} nf9_role;

#define NF9_MPLS_LABELS 10
#define NF9_NO_COLUMN 65535u

typedef struct nf9_flow_plan {
    const nf9_template *tmpl;
    uint16_t column[NF9_ROLE_COUNT]; /* NF9_NO_COLUMN where the template has none */
    uint16_t mpls[NF9_MPLS_LABELS];  /* 70 to 79 */
    nf9_number number[NF9_ROLE_COUNT]; /* of those columns that are numbers at a fixed place */
} nf9_flow_plan;

/* Which of the flow's members hold a value. */
enum {
    NF9_FLOW_ADDRESSES = 1 << 0, /* family, src, dst */
    NF9_FLOW_PORTS = 1 << 1,
    NF9_FLOW_PROTOCOL = 1 << 2,
    NF9_FLOW_ICMP = 1 << 3,
    NF9_FLOW_PACKETS = 1 << 4,
    NF9_FLOW_BYTES = 1 << 5,
    NF9_FLOW_BYTES_BACK = 1 << 6,
    NF9_FLOW_TCP_FLAGS = 1 << 7,
    NF9_FLOW_EVENT = 1 << 8,
    NF9_FLOW_START = 1 << 9,
    NF9_FLOW_END = 1 << 10,
    NF9_FLOW_DURATION = 1 << 11,
    NF9_FLOW_EVENT_TIME = 1 << 12,
    NF9_FLOW_END_BY_EVENT = 1 << 13,   /* the end is the time of the event that says "deleted" */
    NF9_FLOW_AFTER_EXPORT = 1 << 14,   /* it starts or ends later than it was exported */
    NF9_FLOW_PACKETS_BACK = 1 << 15
};

typedef struct nf9_flow {
    unsigned has;      /* of the bits above */
    uint8_t family;    /* 4 or 6 */
    uint8_t src[16];   /* network order; 4 or 16 octets by family */
    uint8_t dst[16];
    uint16_t src_port, dst_port;
    uint8_t protocol;
    uint8_t icmp_type, icmp_code;
    uint8_t event;     /* firewall event (types 233 and 40005) */
    uint16_t tcp_flags;
    uint64_t packets, bytes;
    uint64_t packets_back;        /* responder's, where packets are the initiator's; */
    uint64_t bytes_back;          /* the same of octets */
    nf9_time start, end, event_time;
    int64_t duration;             /* ns; negative where the flow ends before it starts */
    uint8_t labels;               /* MPLS labels up to the bottom of the stack */
    uint32_t label[NF9_MPLS_LABELS];
} nf9_flow;

/* Looks through the template's columns; the plan borrows the template. */
NF9_API void nf9_flow_plan_init(nf9_flow_plan *plan, const nf9_template *tmpl);

/* The number that a record has for a role, one of nf9_record_cut too; false where it has none. */
NF9_API bool nf9_flow_number(const nf9_flow_plan *plan, const nf9_record *record, nf9_role role,
                             uint64_t *out);

/* Reads a record of the plan's template.  sysUptime times become absolute by the header:
 * d = (int32_t)(sys_uptime - t), time = unix_secs * 1000 - d (both may wrap).  Of two address
 * families the one that is not all zero counts.  Ports are absent where ICMP is known, and where
 * a field of more than 2 octets has no port. */
NF9_API void nf9_flow_read(const nf9_flow_plan *plan, const nf9_header *header,
                           const nf9_record *record, nf9_flow *flow);

/* As nf9_flow_read, the times only. */
NF9_API void nf9_flow_read_times(const nf9_flow_plan *plan, const nf9_header *header,
                                 const nf9_record *record, nf9_flow *flow);

/* One line: "addr:port -> addr:port PROTO 3 packets 180 bytes 0.429 s SYN ACK", an Options Data
 * Record's scope and fields, or the first fields and the counters of a record without an address
 * pair; of these two, no more than 64 fields are looked at (" ..." where an Options Data Record has
 * more), so that the text, and the time it takes, is bounded.
 * As snprintf; what does not fit is cut. */
NF9_API size_t nf9_flow_print(const nf9_flow *flow, const nf9_record *record, char *buf,
                              size_t cap);

#ifdef __cplusplus
}
#endif
#endif
