/* SPDX-License-Identifier: MIT
 *
 * Takes packets to objects and makes others of what is in these: templates, and rows of values
 * that are all that is known of a record by then.  For test_round_trip.py, which made the packets
 * and reads what comes out.
 *
 * Packets come from stdin and go to stdout, each behind its length in 4 octets, big-endian.  The
 * values go to the file VALUES, a line each, in the words of encode_script.c.
 *
 * usage: packet_rebuild VALUES < PACKETS > PACKETS
 */
#include <inttypes.h>
#include <nf9/packet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST 65536u

static void must(bool held, const char *what, uint64_t number)
{
    if (held)
        return;
    fprintf(stderr, "packet %" PRIu64 ": %s\n", number, what);
    exit(1);
}

static void print_octets(FILE *out, char letter, const char *name, const void *data, size_t len)
{
    const uint8_t *p = data;

    fprintf(out, "%c %s ", letter, name);
    for (size_t i = 0; i < len; i++)
        fprintf(out, "%02x", p[i]);
    fputc('\n', out);
}

static void print_value(FILE *out, const nf9_value *v)
{
    char name[16];
    uint64_t bits;

    snprintf(name, sizeof name, "%s%u", v->field > UINT16_MAX ? "s" : "",
             (unsigned)(uint16_t)v->field);
    switch (v->kind) {
    case NF9_KIND_UINT: fprintf(out, "u %s %" PRIu64 "\n", name, v->u64); break;
    case NF9_KIND_INT: fprintf(out, "i %s %" PRId64 "\n", name, v->i64); break;
    case NF9_KIND_BOOL: fprintf(out, "b %s %d\n", name, v->truth); break;
    case NF9_KIND_FLOAT:
        memcpy(&bits, &v->f64, sizeof bits);
        fprintf(out, "d %s %016" PRIx64 "\n", name, bits);
        break;
    case NF9_KIND_IPV4: print_octets(out, '4', name, v->ipv4, 4); break;
    case NF9_KIND_IPV6: print_octets(out, '6', name, v->ipv6, 16); break;
    case NF9_KIND_MAC: print_octets(out, 'm', name, v->mac, 6); break;
    case NF9_KIND_TEXT: print_octets(out, 't', name, v->bytes.data, v->bytes.len); break;
    case NF9_KIND_OCTETS: print_octets(out, 'o', name, v->bytes.data, v->bytes.len); break;
    default:
        fprintf(out, "T %s %" PRId64 " %" PRIu32 "\n", name, v->time.secs, v->time.nanos);
    }
}

static nf9_status add_templates(nf9_export_packet *to, const nf9_packet_flowset *f)
{
    const nf9_template *templates[LONGEST / 8];

    for (size_t i = 0; i < f->n_templates; i++)
        templates[i] = f->templates[i].tmpl;
    return nf9_export_packet_add_templates(to, templates, f->n_templates);
}

static nf9_status add_rows(nf9_export_packet *to, const nf9_packet_flowset *f, FILE *values)
{
    nf9_row *rows = malloc((f->n_rows + 1) * sizeof *rows);

    for (size_t i = 0; i < f->n_rows; i++) {
        rows[i] = nf9_packet_row(f, i);
        for (size_t c = 0; c < rows[i].n; c++)
            print_value(values, &rows[i].values[c]);
    }
    nf9_status st = nf9_export_packet_add_rows(to, f->tmpl, rows, f->n_rows, NULL);
    free(rows);
    return st;
}

static void send(const nf9_export_packet *p, uint64_t number)
{
    static uint8_t room[4 + LONGEST];
    size_t len = 0;

    must(nf9_export_packet_encode(p, room + 4, LONGEST, &len, NULL) == NF9_OK, "encode", number);
    room[0] = 0;
    room[1] = (uint8_t)(len >> 16);
    room[2] = (uint8_t)(len >> 8);
    room[3] = (uint8_t)len;
    fwrite(room, 1, 4 + len, stdout);
}

/* Templates are the last of their ID: the script defines none twice in a packet. */
static void rebuild(nf9_cache *cache, nf9_bytes octets, uint64_t number, FILE *values)
{
    const nf9_source source = { .conversation = 1 };
    nf9_export_packet *from = NULL;

    must(nf9_export_packet_decode(octets, NULL, NULL, &from) == NF9_OK, "decode", number);
    must(nf9_export_packet_update_cache(from, cache, source, number) == NF9_OK, "learn", number);
    must(nf9_export_packet_apply(from, cache, source, number, false) == NF9_OK, "apply", number);
    nf9_header header = *nf9_export_packet_header(from);
    header.count = 0; /* it is counted again */
    nf9_export_packet *to = nf9_export_packet_new(&header, NULL, NULL);
    for (size_t i = 0; i < nf9_export_packet_flowsets(from); i++) {
        const nf9_packet_flowset *f = nf9_export_packet_flowset(from, i);
        nf9_status st = f->tmpl != NULL ? add_rows(to, f, values) : add_templates(to, f);
        must(st == NF9_OK, "add", number);
    }
    nf9_export_packet_free(from);
    send(to, number);
    nf9_export_packet_free(to);
}

int main(int argc, char **argv)
{
    static uint8_t octets[LONGEST];
    uint8_t head[4];
    uint64_t number = 0;
    FILE *values = argc == 2 ? fopen(argv[1], "w") : NULL;

    if (values == NULL) {
        fprintf(stderr, "usage: packet_rebuild VALUES\n");
        return 2;
    }
    nf9_cache *cache = nf9_cache_new(NULL, NULL);
    while (fread(head, 1, sizeof head, stdin) == sizeof head) {
        size_t len = (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
        must(len <= LONGEST && fread(octets, 1, len, stdin) == len, "input", ++number);
        rebuild(cache, (nf9_bytes){ octets, len }, number, values);
    }
    nf9_cache_free(cache);
    return fclose(values) != 0;
}
