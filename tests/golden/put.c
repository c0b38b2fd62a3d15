/* SPDX-License-Identifier: MIT
 *
 * put.c: records as lines of text.
 */
#include "put.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void put_hex(nf9_bytes b)
{
    for (size_t i = 0; i < b.len; i++)
        printf("%02x", b.data[i]);
}

static void put_octets(char letter, const uint8_t *data, size_t len)
{
    printf("%c:", letter);
    put_hex((nf9_bytes){ data, len });
}

static void put_value(const nf9_field *field)
{
    uint8_t address[16];
    nf9_bytes text;
    uint64_t u;
    int64_t i;
    double d;

    if (field->scope) {
        put_octets('o', field->bytes.data, field->bytes.len);
    } else if (nf9_field_u64(field, &u) == NF9_OK) {
        printf("u:%" PRIu64, u);
    } else if (nf9_field_i64(field, &i) == NF9_OK) {
        printf("i:%" PRId64, i);
    } else if (nf9_field_f64(field, &d) == NF9_OK) {
        memcpy(&u, &d, sizeof u);
        printf("d:%016" PRIx64, u);
    } else if (nf9_field_ipv4(field, address) == NF9_OK) {
        put_octets('a', address, 4);
    } else if (nf9_field_ipv6(field, address) == NF9_OK) {
        put_octets('a', address, 16);
    } else if (nf9_field_mac(field, address) == NF9_OK) {
        put_octets('m', address, 6);
    } else if (nf9_field_text(field, &text) == NF9_OK) {
        put_octets('t', text.data, text.len);
    } else {
        put_octets('o', field->bytes.data, field->bytes.len);
    }
}

/* How many columns before this one have its type. */
static unsigned before(const nf9_template *t, size_t column, bool scope)
{
    const nf9_column *c = nf9_template_columns(t);
    unsigned n = 0;

    for (size_t i = scope ? 0 : t->scope_count; i < column; i++)
        n += c[i].type == c[column].type;
    return n;
}

void put_key(uint16_t type, bool scope, unsigned same)
{
    printf(" %s%u", scope ? "s" : "", (unsigned)type);
    if (same > 0)
        printf("#%u", same + 1);
}

void put_fields(const nf9_record *record)
{
    nf9_field_iter it;
    nf9_field field;

    nf9_fields_open(&it, record);
    while (nf9_field_next(&it, &field) == NF9_OK) {
        put_key(field.type, field.scope, before(record->tmpl, field.column, field.scope));
        printf("=");
        put_value(&field);
    }
    printf("\n");
}
