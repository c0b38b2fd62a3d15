/* SPDX-License-Identifier: MIT
 *
 * Fuzzes the encode side: the octets choose a template and, for each field of each record, what
 * is put into it, right or wrong.  What was written is decoded, and must be what was put; what
 * was refused must have changed nothing, and named its field.
 */
#include <nf9/nf9.h>
#include <stdlib.h>
#include <string.h>

#define MOST_FIELDS 16u
#define MOST_RECORDS 4u
#define MOST_OCTETS 600u
#define ROOM 65536u

/* The input; zeros where there is no more. */
typedef struct source {
    const uint8_t *data;
    size_t size;
} source;

static uint64_t take(source *s, size_t octets)
{
    uint64_t v = 0;

    for (; octets > 0; octets--) {
        v = v << 8 | (s->size > 0 ? s->data[0] : 0u);
        if (s->size > 0) {
            s->data++;
            s->size--;
        }
    }
    return v;
}

static void must(bool held)
{
    if (!held)
        abort();
}

typedef enum kind { UINT, INT, FLOAT, TRUTH, IPV4, IPV6, MAC, TEXT, TIME, OCTETS, KINDS } kind;

/* What was put, in the words of the getter that gives it again. */
typedef struct value {
    kind kind;
    uint64_t u;
    int64_t i;
    double d;
    nf9_time time;
    uint8_t octets[MOST_OCTETS];
    size_t len;
} value;

/* A value of some kind; numbers of few octets as often as of many. */
static void choose(source *s, value *v)
{
    static const size_t sizes[] = { 0, 1, 4, 6, 16, 254, 255, MOST_OCTETS };

    memset(v, 0, sizeof *v);
    uint64_t word = take(s, 1);
    v->kind = (kind)(word % KINDS);
    v->u = take(s, 1 + word / KINDS % 8);
    memcpy(&v->i, &v->u, sizeof v->i);
    if (word >= 128) /* small and negative */
        v->i = -(int64_t)(v->u & 0xffff);
    memcpy(&v->d, &v->u, sizeof v->d);
    v->time.secs = v->i;
    v->time.nanos = (uint32_t)take(s, 1) * 3906250u; /* 0 to 996,093,750 */
    v->len = v->u % 3 == 0 ? sizes[v->u / 3 % 8] : v->u % 24;
    for (size_t i = 0; i < v->len; i++)
        v->octets[i] = (uint8_t)(v->u >> (i % 8 * 8));
}

static nf9_status put(nf9_writer *w, uint32_t name, const value *v)
{
    switch (v->kind) {
    case UINT: return nf9_put_uint(w, name, v->u);
    case INT: return nf9_put_int(w, name, v->i);
    case FLOAT: return nf9_put_float(w, name, v->d);
    case TRUTH: return nf9_put_bool(w, name, v->u % 2 == 0);
    case IPV4: return nf9_put_ipv4(w, name, v->octets);
    case IPV6: return nf9_put_ipv6(w, name, v->octets);
    case MAC: return nf9_put_mac(w, name, v->octets);
    case TEXT: return nf9_put_text_bytes(w, name, (nf9_bytes){ v->octets, v->len });
    case TIME: return nf9_put_time(w, name, v->time);
    default: return nf9_put_octets(w, name, v->octets, v->len);
    }
}

static uint64_t number(nf9_bytes b)
{
    uint64_t v = 0;

    must(b.len >= 1 && b.len <= 8);
    for (size_t i = 0; i < b.len; i++)
        v = v << 8 | b.data[i];
    return v;
}

/* What the octets must be, whatever the type is; getters are asked where there is one. */
static void compare(const nf9_field *f, const value *v)
{
    nf9_bytes b = f->bytes, text = nf9_bytes_trim(b);
    nf9_bytes put_text = nf9_bytes_trim((nf9_bytes){ v->octets, v->len });
    uint8_t address[16];
    nf9_time time;
    int64_t i;
    double d;
    bool truth;

    switch (v->kind) {
    case UINT:
        must(number(b) == v->u);
        return;
    case INT:
        must(number(b) == (b.len == 8 ? (uint64_t)v->i
                                      : (uint64_t)v->i & ((UINT64_C(1) << 8 * b.len) - 1)));
        must(f->info == NULL || f->scope || (nf9_field_i64(f, &i) == NF9_OK && i == v->i));
        return;
    case FLOAT:
        if (f->info == NULL || f->scope)
            return;
        must(nf9_field_f64(f, &d) == NF9_OK);
        must(v->d != v->d ? d != d : d == (b.len == 8 ? v->d : (double)(float)v->d));
        return;
    case TRUTH:
        must(number(b) == (v->u % 2 == 0 ? 1 : 2));
        must(f->info == NULL || f->scope ||
             (nf9_field_bool(f, &truth) == NF9_OK && truth == (v->u % 2 == 0)));
        return;
    case IPV4:
        must(b.len >= 4 && memcmp(b.data + (b.len - 4), v->octets, 4) == 0);
        must(f->info == NULL || f->scope || nf9_field_ipv4(f, address) == NF9_OK);
        return;
    case IPV6:
        must(b.len == 16 && memcmp(b.data, v->octets, 16) == 0);
        return;
    case MAC:
        must(b.len == 6 && memcmp(b.data, v->octets, 6) == 0);
        return;
    case TEXT:
        must(text.len == put_text.len && memcmp(text.data, put_text.data, text.len) == 0);
        return;
    case TIME:
        must(nf9_field_time(f, &time) == NF9_OK && time.secs == v->time.secs &&
             time.nanos == v->time.nanos);
        return;
    default:
        must(b.len == v->len && memcmp(b.data, v->octets, b.len) == 0);
    }
}

static uint32_t name_of(const nf9_template *t, size_t column)
{
    uint32_t type = nf9_template_columns(t)[column].type;
    return column < t->scope_count ? NF9_AS_SCOPE(type) : type;
}

/* Puts something that is right, after what may be wrong; *v is what stands there. */
static void put_column(nf9_writer *w, source *s, const nf9_template *t, size_t column, value *v)
{
    uint16_t length = nf9_template_columns(t)[column].length;
    uint32_t name = name_of(t, column);

    for (int tries = 0; tries < 2; tries++) {
        nf9_writer before = *w;
        choose(s, v);
        uint32_t named = take(s, 1) % 8 == 0 ? name_of(t, v->u % t->field_count) : name;
        nf9_status st = put(w, named, v);
        if (st == NF9_OK) {
            must(named == name);
            return;
        }
        const nf9_encode_error *e = nf9_writer_error(w);
        must(e->at.code == st && e->field == named && e->expected == name &&
             e->column == column && st != NF9_ERR_STATE);
        must(named == name ? st != NF9_ERR_ORDER : st == NF9_ERR_ORDER);
        must(nf9_put_octets(w, name, NULL, 0) == st && nf9_end_record(w) == st);
        *w = before;
    }
    v->kind = OCTETS;
    v->len = length == NF9_VARIABLE_LENGTH ? v->len : length;
    must(v->len <= MOST_OCTETS && put(w, name, v) == NF9_OK);
}

/* A type of each kind, and types and scopes that no table knows. */
static nf9_field_spec choose_spec(source *s)
{
    static const uint16_t types[] = { 1,  6,   434, 320, 276, 8,   27,  56,
                                      82, 150, 152, 154, 156, 95, 65000, 2 };
    static const uint32_t lengths[] = { NF9_DEFAULT_LENGTH, NF9_VARIABLE_LENGTH, 0,
                                        NF9_DEFAULT_LENGTH, NF9_VARIABLE_LENGTH, MOST_OCTETS };
    uint64_t word = take(s, 2);
    nf9_field_spec spec = { types[word % 16], (uint32_t)(word >> 4 & 31) };

    if (spec.length >= 26)
        spec.length = lengths[spec.length - 26];
    const nf9_field_info *info = nf9_field_info_of(spec.type);
    if (spec.length == NF9_DEFAULT_LENGTH && (info == NULL || info->length == 0))
        spec.length = 4;
    return spec;
}

static const nf9_template *choose_template(source *s, void *mem, size_t cap)
{
    nf9_field_spec scopes[4], fields[MOST_FIELDS];
    uint64_t word = take(s, 1);
    size_t n_scopes = word % 4, n_fields = 1 + take(s, 1) % MOST_FIELDS;
    const nf9_template *t = NULL;

    for (size_t i = 0; i < n_scopes; i++) {
        scopes[i] = choose_spec(s);
        scopes[i].type = (uint16_t)take(s, 1) % 8;
        if (scopes[i].length == NF9_DEFAULT_LENGTH)
            scopes[i].length = 3;
    }
    for (size_t i = 0; i < n_fields; i++)
        fields[i] = choose_spec(s);
    must(nf9_template_build(mem, cap, (uint16_t)(256 + word), word < 128 ? scopes : NULL, n_scopes,
                            fields, n_fields, &t) == NF9_OK);
    return t;
}

/* The packet of a template and records; the values put. */
static nf9_status write_packet(nf9_writer *w, source *s, const nf9_template *t, size_t n,
                               value (*values)[MOST_FIELDS + 4])
{
    const nf9_header header = { 9, 1, 2, 3, 4, 5 };

    nf9_write_header(w, &header);
    if (t->options)
        nf9_begin_options_templates(w);
    else
        nf9_begin_templates(w);
    nf9_write_template(w, t);
    nf9_end_flowset(w);
    nf9_begin_data(w, t);
    must(nf9_writer_error(w)->at.code == NF9_OK);
    for (size_t i = 0; i < n && t->min_length > 0; i++) {
        must(nf9_begin_record(w) == NF9_OK);
        for (size_t c = 0; c < t->field_count; c++)
            put_column(w, s, t, c, &values[i][c]);
        must(nf9_end_record(w) == NF9_OK);
    }
    return nf9_end_flowset(w);
}

static void read_packet(nf9_bytes packet, const nf9_template *t, size_t n,
                        value (*values)[MOST_FIELDS + 4])
{
    nf9_packet_iter it;
    nf9_header header;
    nf9_flowset flowset;
    nf9_template_iter templates;
    nf9_template_record definition;
    nf9_record_iter records;
    nf9_record record;
    nf9_field field;

    must(nf9_packet_open(&it, packet, &header) == NF9_OK && header.count == 1 + n);
    must(nf9_flowset_next(&it, &flowset) == NF9_OK && flowset.id == t->options);
    nf9_templates_open(&templates, &flowset);
    must(nf9_template_next(&templates, &definition) == NF9_OK &&
         nf9_template_equals(t, &definition));
    must(nf9_flowset_next(&it, &flowset) == NF9_OK && flowset.id == t->id);
    nf9_records_open(&records, &flowset, t);
    for (size_t i = 0; i < n; i++) {
        must(nf9_record_next(&records, &record) == NF9_OK);
        for (size_t c = 0; c < t->field_count; c++) {
            must(nf9_record_column(&record, c, &field) == NF9_OK);
            compare(&field, &values[i][c]);
        }
    }
    must(nf9_record_next(&records, &record) == NF9_END);
    must(nf9_flowset_next(&it, &flowset) == NF9_END && it.tail.len == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static value values[MOST_RECORDS][MOST_FIELDS + 4];
    uint64_t mem[128];
    source s = { data, size };
    const nf9_template *t = choose_template(&s, mem, sizeof mem);
    size_t n = take(&s, 1) % (MOST_RECORDS + 1), need = 0, len = 0;
    source again = s;
    nf9_writer w;

    if (t->min_length == 0)
        n = 0;
    nf9_writer_init(&w, NULL, 0);
    must(write_packet(&w, &s, t, n, values) == NF9_OK && nf9_writer_finish(&w, &need) == NF9_OK);
    must(need < ROOM);
    uint8_t *room = malloc(need);
    must(room != NULL);
    nf9_writer_init(&w, room, need);
    must(write_packet(&w, &again, t, n, values) == NF9_OK);
    must(nf9_writer_finish(&w, &len) == NF9_OK && len == need);
    read_packet((nf9_bytes){ room, len }, t, n, values);
    free(room);
    return 0;
}
