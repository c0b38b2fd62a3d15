/* SPDX-License-Identifier: MIT
 *
 * fixture.c: FlowSets, templates, records and fields from hex.
 */
#include "fixture.h"
#include "guard.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void need(bool made, const char *hex)
{
    if (made)
        return;
    fprintf(stderr, "fixture: cannot be made of \"%s\"\n", hex);
    abort();
}

nf9_flowset flowset_of(uint16_t id, nf9_bytes body)
{
    return (nf9_flowset){
        .id = id,
        .length = (uint16_t)(body.len + NF9_FLOWSET_HEADER_LENGTH),
        .offset = NF9_HEADER_LENGTH,
        .body = body,
    };
}

nf9_template_record template_record_of(bool options, const char *hex)
{
    nf9_flowset flowset = flowset_of(options ? 1 : 0, octets(hex));
    nf9_template_iter it;
    nf9_template_record record;

    nf9_templates_open(&it, &flowset);
    need(nf9_template_next(&it, &record) == NF9_OK, hex);
    return record;
}

static const nf9_template *compiled(bool options, const char *hex)
{
    nf9_template_record record = template_record_of(options, hex);
    size_t size = nf9_template_size(&record);
    const nf9_template *t;

    need(nf9_template_compile(&record, guard_aligned(size), size, &t) == NF9_OK, hex);
    return t;
}

const nf9_template *template_of(const char *hex)
{
    return compiled(false, hex);
}

const nf9_template *options_template_of(const char *hex)
{
    return compiled(true, hex);
}

nf9_record record_of(const nf9_template *tmpl, const char *hex)
{
    nf9_flowset flowset = flowset_of(tmpl->id, octets(hex));
    nf9_record_iter it;
    nf9_record record;

    nf9_records_open(&it, &flowset, tmpl);
    need(nf9_record_next(&it, &record) == NF9_OK, hex);
    return record;
}

nf9_field field_of(uint16_t type, nf9_bytes bytes)
{
    return (nf9_field){ .type = type, .info = nf9_field_info_of(type), .bytes = bytes };
}

nf9_field scope_field_of(uint16_t type, nf9_bytes bytes)
{
    return (nf9_field){
        .type = type, .scope = true, .info = nf9_scope_info_of(type), .bytes = bytes
    };
}

const char *printed(const nf9_field *field)
{
    static char text[2048];
    size_t len = nf9_field_print(field, NULL, 0);
    char *exact = guard_room(len + 1);

    if (nf9_field_print(field, exact, len + 1) != len || len >= sizeof text)
        return "(its length is not what it said)";
    memcpy(text, exact, len + 1);
    return text;
}
