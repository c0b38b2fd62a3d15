/* SPDX-License-Identifier: MIT
 *
 * Reads records of 20 fields, 28 a packet, in one of the ways that the codec has, and prints how
 * many there were and what all their numbers add up to, which each way must say the same.
 *
 * usage: codec MODE PACKETS
 */
#include <inttypes.h>
#include <nf9/nf9.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS 20u
#define RECORDS 28u
#define PACKETS 64u /* different ones */

/* What routers send of an IPv4 flow. */
static const uint16_t fields[FIELDS][2] = {
    { NF9_FT_LAST_SWITCHED, 4 }, { NF9_FT_FIRST_SWITCHED, 4 }, { NF9_FT_IN_BYTES, 4 },
    { NF9_FT_IN_PKTS, 4 },       { NF9_FT_INPUT_SNMP, 2 },     { NF9_FT_OUTPUT_SNMP, 2 },
    { NF9_FT_IPV4_SRC_ADDR, 4 }, { NF9_FT_IPV4_DST_ADDR, 4 },  { NF9_FT_PROTOCOL, 1 },
    { NF9_FT_SRC_TOS, 1 },       { NF9_FT_L4_SRC_PORT, 2 },    { NF9_FT_L4_DST_PORT, 2 },
    { NF9_FT_IPV4_NEXT_HOP, 4 }, { NF9_FT_SRC_MASK, 1 },       { NF9_FT_DST_MASK, 1 },
    { NF9_FT_TCP_FLAGS, 1 },     { NF9_FT_DIRECTION, 1 },      { NF9_FT_SRC_AS, 4 },
    { NF9_FT_DST_AS, 4 },        { NF9_FT_OUT_BYTES, 8 },
};

static uint8_t packets[PACKETS][2048];
static size_t lengths[PACKETS];
static uint64_t sum, seen;

static uint8_t *put(uint8_t *p, uint64_t v, unsigned octets)
{
    for (unsigned i = octets; i > 0; i--)
        *p++ = (uint8_t)(v >> 8 * (i - 1));
    return p;
}

static uint8_t *header(uint8_t *p, unsigned sequence, bool template)
{
    p = put(put(p, 9, 2), template ? RECORDS + 1 : RECORDS, 2);
    return put(put(put(put(p, 1000000, 4), 1553865248, 4), sequence, 4), 7, 4);
}

/* The template comes with the first packet, and with it each time around. */
static void make(void)
{
    uint32_t state = 1;

    for (unsigned n = 0; n < PACKETS; n++) {
        uint8_t *p = header(packets[n], n, n == 0);
        if (n == 0) {
            p = put(put(put(put(p, 0, 2), 8 + 4 * FIELDS, 2), 256, 2), FIELDS, 2);
            for (unsigned i = 0; i < FIELDS; i++)
                p = put(put(p, fields[i][0], 2), fields[i][1], 2);
        }
        uint8_t *flowset = p;
        p = put(p, 256u << 16, 4);
        for (unsigned r = 0; r < RECORDS; r++)
            for (unsigned i = 0; i < FIELDS; i++) {
                state = state * 1664525u + 1013904223u;
                p = put(p, state >> 8, fields[i][1]);
            }
        while ((p - flowset) % 4 != 0)
            *p++ = 0;
        put(flowset + 2, (uint64_t)(p - flowset), 2);
        lengths[n] = (size_t)(p - packets[n]);
    }
}

static void add_up(const uint64_t *numbers, size_t records)
{
    seen += records;
    for (size_t i = 0; i < records * FIELDS; i += FIELDS / 2) /* two of a record */
        sum += numbers[i];
}

static nf9_bytes packet(uint64_t n)
{
    return (nf9_bytes){ packets[n % PACKETS], lengths[n % PACKETS] };
}

/* -- one FlowSet after the other, the template compiled by hand */

typedef struct reader {
    const nf9_template *tmpl;
    nf9_load loads[FIELDS];
    nf9_rows rows;
    uint64_t out[RECORDS * FIELDS];
    uint64_t mem[64];
} reader;

typedef void read_flowset(reader *r, nf9_record_iter *it);

static void by_nothing(reader *r, nf9_record_iter *it)
{
    nf9_record record;

    (void)r;
    while (nf9_record_next(it, &record) == NF9_OK)
        seen++;
}

static void by_fields(reader *r, nf9_record_iter *it)
{
    nf9_record record;

    while (nf9_record_next(it, &record) == NF9_OK) {
        nf9_field_iter fi;
        nf9_field field;
        uint8_t a[4];
        nf9_fields_open(&fi, &record);
        for (size_t i = 0; nf9_field_next(&fi, &field) == NF9_OK; i++)
            if (nf9_field_u64(&field, &r->out[i]) != NF9_OK &&
                nf9_field_ipv4(&field, a) == NF9_OK)
                r->out[i] = (uint64_t)a[0] << 24 | a[1] << 16 | a[2] << 8 | a[3];
        add_up(r->out, 1);
    }
}

static void by_record(reader *r, nf9_record_iter *it)
{
    nf9_record record;

    while (nf9_record_next(it, &record) == NF9_OK) {
        nf9_record_u64(&record, r->out, FIELDS);
        add_up(r->out, 1);
    }
}

static void by_plan(reader *r, nf9_record_iter *it)
{
    nf9_record record;

    while (nf9_record_next(it, &record) == NF9_OK) {
        nf9_rows_record(&r->rows, &record, r->out);
        add_up(r->out, 1);
    }
}

static void by_rows(reader *r, nf9_record_iter *it)
{
    size_t n;

    while ((n = nf9_rows_next(&r->rows, it, r->out, RECORDS)) > 0)
        add_up(r->out, n);
}

static void compile(reader *r)
{
    nf9_packet_iter it;
    nf9_header h;
    nf9_flowset fs;
    nf9_template_iter ti;
    nf9_template_record tr;

    nf9_packet_open(&it, packet(0), &h);
    nf9_flowset_next(&it, &fs);
    nf9_templates_open(&ti, &fs);
    if (nf9_template_next(&ti, &tr) != NF9_OK ||
        nf9_template_compile(&tr, r->mem, sizeof r->mem, &r->tmpl) != NF9_OK)
        abort();
    nf9_rows_init(&r->rows, r->tmpl, r->loads, NULL, FIELDS);
}

static void read_packets(uint64_t n, read_flowset *read)
{
    static reader r;

    compile(&r);
    for (uint64_t i = 0; i < n; i++) {
        nf9_packet_iter it;
        nf9_header h;
        nf9_flowset fs;
        nf9_record_iter ri;
        nf9_packet_open(&it, packet(i), &h);
        while (nf9_flowset_next(&it, &fs) == NF9_OK)
            if (fs.id == r.tmpl->id) {
                nf9_records_open(&ri, &fs, r.tmpl);
                read(&r, &ri);
            }
    }
}

/* -- by a collector */

static void plan_for(reader *r, const nf9_template *t)
{
    if (r->tmpl != t)
        nf9_rows_init(&r->rows, t, r->loads, NULL, FIELDS);
    r->tmpl = t;
}

static void collect(uint64_t n, bool by_flowset)
{
    static reader r;
    nf9_collector *c = nf9_collector_new(NULL, NULL);
    nf9_data_flowset d;
    nf9_data_record one;

    for (uint64_t i = 0; i < n; i++) {
        nf9_datagram datagram = { .bytes = packet(i) };
        put(packets[i % PACKETS] + 12, i, 4); /* no packet is lost */
        nf9_collector_give(c, &datagram);
        while (by_flowset && nf9_collector_flowset(c, &d) == NF9_OK) {
            plan_for(&r, d.tmpl);
            by_rows(&r, &d.records);
        }
        while (!by_flowset && nf9_collector_next(c, &one) == NF9_OK) {
            plan_for(&r, one.record.tmpl);
            nf9_rows_record(&r.rows, &one.record, r.out);
            add_up(r.out, 1);
        }
    }
    nf9_collector_free(c);
}

/* -- from a stream */

typedef struct endless {
    nf9_input input;
    uint64_t next, n;
    size_t pos; /* in the next packet */
} endless;

static nf9_status read_endless(nf9_input *input, uint8_t *buf, size_t cap, size_t *got)
{
    endless *e = (endless *)input;

    for (*got = 0; e->next < e->n && *got < cap;) {
        nf9_bytes b = packet(e->next);
        if (e->pos == 0)
            put(packets[e->next % PACKETS] + 12, e->next, 4);
        size_t left = b.len - e->pos, room = cap - *got, n = left < room ? left : room;
        memcpy(buf + *got, b.data + e->pos, n);
        *got += n;
        e->pos = n < left ? e->pos + n : 0;
        e->next += n == left;
    }
    return *got > 0 ? NF9_OK : NF9_END;
}

static void stream(uint64_t n)
{
    static reader r;
    endless e = { .input = { .read = read_endless }, .n = n };
    nf9_packet_stream *ps = nf9_packet_stream_new(&e.input, NF9_FRAMING_FLOWSETS, 0, NULL);
    nf9_record_stream *rs = nf9_record_stream_new(ps, NULL, NULL);
    nf9_data_flowset d;

    while (nf9_record_stream_flowset(rs, &d) == NF9_OK) {
        plan_for(&r, d.tmpl);
        by_rows(&r, &d.records);
    }
    nf9_record_stream_free(rs);
    nf9_packet_stream_free(ps);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *mode;
        read_flowset *read;
    } modes[] = { { "walk", by_nothing },
                  { "fields", by_fields },
                  { "record", by_record },
                  { "plan", by_plan },
                  { "rows", by_rows } };
    uint64_t n = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;

    if (n == 0)
        return 2;
    make();
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strcmp(argv[1], modes[i].mode) == 0)
            read_packets(n, modes[i].read);
    if (strncmp(argv[1], "collector", 9) == 0)
        collect(n, strcmp(argv[1], "collector-rows") == 0);
    else if (strcmp(argv[1], "stream-rows") == 0)
        stream(n);
    printf("%" PRIu64 " %" PRIu64 "\n", seen, sum);
    return seen == 0;
}
