/* SPDX-License-Identifier: MIT
 *
 * script.c: lines of text as calls of the writer.
 */
#include "script.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_FIELDS 200u

const nf9_template *script_template(char *words)
{
    nf9_field_spec specs[MOST_FIELDS];
    long id = strtol(words, &words, 10), scopes = strtol(words, &words, 10);
    size_t n_fields = strtoul(words, &words, 10), n_scopes = scopes > 0 ? (size_t)scopes : 0;
    size_t size = nf9_template_build_size(scopes >= 0, n_scopes, n_fields);
    const nf9_template *t = NULL;

    for (size_t i = 0; i < n_scopes + n_fields && i < MOST_FIELDS; i++) {
        specs[i].type = (uint16_t)strtoul(words, &words, 10);
        specs[i].length = (uint32_t)strtoul(words + 1, &words, 10);
    }
    void *mem = malloc(size);
    if (mem != NULL && nf9_template_build(mem, size, (uint16_t)id, scopes >= 0 ? specs : NULL,
                                          n_scopes, specs + n_scopes, n_fields, &t) == NF9_OK)
        return t;
    free(mem);
    return NULL;
}

void script_free(const nf9_template *tmpl)
{
    free((void *)(uintptr_t)tmpl);
}

/* Octets from hex digits. Valid until the next call. */
static nf9_bytes octets(const char *hex)
{
    static uint8_t value[SCRIPT_LINE / 2];
    size_t n = 0;
    unsigned octet;

    for (; sscanf(hex, "%2x", &octet) == 1; hex += 2)
        value[n++] = (uint8_t)octet;
    return (nf9_bytes){ value, n };
}

void script_put(nf9_writer *w, char letter, char *words)
{
    bool scope = *words == 's';
    uint32_t type = (uint32_t)strtoul(words + scope, &words, 10);
    uint32_t field = scope ? NF9_AS_SCOPE(type) : type;
    double d;
    uint64_t bits;

    words += *words == ' ';
    switch (letter) {
    case 'u': nf9_put_uint(w, field, strtoull(words, NULL, 10)); return;
    case 'i': nf9_put_int(w, field, strtoll(words, NULL, 10)); return;
    case 'b': nf9_put_bool(w, field, *words == '1'); return;
    case 'd':
        bits = strtoull(words, NULL, 16);
        memcpy(&d, &bits, sizeof d);
        nf9_put_float(w, field, d);
        return;
    case 'T': {
        nf9_time time = { strtoll(words, &words, 10), 0 };
        time.nanos = (uint32_t)strtoul(words, NULL, 10);
        nf9_put_time(w, field, time);
        return;
    }
    default:
        break;
    }
    nf9_bytes value = octets(words);
    switch (letter) {
    case 't': nf9_put_text_bytes(w, field, value); break;
    case '4': nf9_put_ipv4(w, field, value.data); break;
    case '6': nf9_put_ipv6(w, field, value.data); break;
    case 'm': nf9_put_mac(w, field, value.data); break;
    default: nf9_put_octets(w, field, value.data, value.len); break;
    }
}

void script_packet(nf9_bytes packet)
{
    uint8_t head[4] = { 0, (uint8_t)(packet.len >> 16), (uint8_t)(packet.len >> 8),
                        (uint8_t)packet.len };

    fwrite(head, 1, sizeof head, stdout);
    fwrite(packet.data, 1, packet.len, stdout);
}
