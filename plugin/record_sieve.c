/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * record_sieve.c: record filters at work: which of them matches a record.
 */
#include "record_sieve.h"
#include "flowset_tree.h"
#include "header_tree.h"
#include "marks.h"
#include "proto.h"
#include "records.h"
#include "sequence.h"
#include <epan/epan_dissect.h>
#include <epan/exceptions.h>

void nf9_sieve_open(nf9_sieve *sieve, const GPtrArray *filters, const nf9_pdu *pdu,
                    const nf9_sieve_flowset *in, uint64_t *items)
{
    *sieve = (nf9_sieve){ .filters = filters,
                          .pinfo = pdu->pinfo,
                          .held = nf9_marks_new(pdu->pinfo->pool),
                          .in = *in,
                          .items = items,
                          .pdu = { .tvb = pdu->tvb,
                                   .bytes = { NULL, NF9_HEADER_LENGTH },
                                   .header = pdu->header,
                                   .verdict = pdu->verdict } };
    nf9_marks_collect(sieve->held, proto_nf9);
}

void nf9_sieve_close(nf9_sieve *sieve)
{
    wmem_destroy_array(sieve->held);
}

static const nf9_record_filter *filter_at(const nf9_sieve *sieve, unsigned i)
{
    return (const nf9_record_filter *)g_ptr_array_index(sieve->filters, i);
}

/* Nothing is asked for but what the filters name. */
static void ask(const nf9_sieve *sieve, epan_dissect_t *small)
{
    nf9_marks_take_off(sieve->held);
    for (unsigned i = 0; i < sieve->filters->len; i++)
        epan_dissect_prime_with_dfilter(small, filter_at(sieve, i)->code);
}

/* What others ask for is as it was. */
static void ask_no_more(const nf9_sieve *sieve)
{
    for (unsigned i = 0; i < sieve->filters->len; i++) {
        const GPtrArray *fields = filter_at(sieve, i)->fields;
        for (unsigned j = 0; j < fields->len; j++)
            ((header_field_info *)g_ptr_array_index(fields, j))->ref_type = HF_REF_TYPE_NONE;
    }
    nf9_marks_put_back(sieve->held);
}

/* As the packet's own, but that nothing is reported: it is where the record is shown. */
static void init(epan_dissect_t *small, const packet_info *pinfo)
{
    epan_dissect_init(small, pinfo->epan, TRUE, FALSE);
    small->pi.epan = pinfo->epan;
    small->pi.num = pinfo->num;
    small->pi.fd = pinfo->fd;
    small->pi.abs_ts = pinfo->abs_ts;
    small->pi.presence_flags = pinfo->presence_flags;
    small->pi.curr_layer_num = pinfo->curr_layer_num;
    small->pi.curr_proto_layer_num = pinfo->curr_proto_layer_num;
    small->pi.flags.in_error_pkt = TRUE;
}

static void fill(nf9_sieve *sieve, epan_dissect_t *small, const nf9_record *record,
                 uint32_t ordinal, bool cut)
{
    const nf9_sieve_flowset *in = &sieve->in;
    proto_tree *tree = small->tree;

    proto_tree_add_item(tree, proto_nf9, sieve->pdu.tvb, 0, -1, ENC_NA);
    sieve->pdu.tree = tree;
    if (!sieve->ready) {
        nf9_asked_init(&sieve->pdu.asked, tree);
        sieve->pdu.pinfo = sieve->pinfo; /* whose pool lives for all records */
        nf9_record_adder_init(&sieve->adder, &sieve->pdu, tree, in->tmpl);
        sieve->ready = true;
    }
    sieve->pdu.pinfo = &small->pi;
    sieve->pdu.info = (nf9_info){ 0 };
    sieve->pdu.ordinal = ordinal - 1;
    nf9_header_tree(&sieve->pdu);
    nf9_sequence_tree(&sieve->pdu, NULL);
    sieve->adder.tree = nf9_flowset_header_add(&sieve->pdu, in->flowset);
    sieve->adder.noted = NULL;
    nf9_records_header_add(&sieve->pdu, sieve->adder.tree, in->flowset, in->template_frame,
                           in->records);
    nf9_record_add(&sieve->adder, record, cut);
}

static unsigned first_match(const nf9_sieve *sieve, epan_dissect_t *small)
{
    for (unsigned i = 0; i < sieve->filters->len; i++)
        if (dfilter_apply_edt(filter_at(sieve, i)->code, small))
            return i + 1;
    return 0;
}

unsigned nf9_sieve_test(nf9_sieve *sieve, const nf9_record *record, uint32_t ordinal, bool cut)
{
    volatile unsigned match = 0;
    epan_dissect_t small;

    init(&small, sieve->pinfo);
    ask(sieve, &small);
    TRY
    {
        fill(sieve, &small, record, ordinal, cut);
        match = first_match(sieve, &small);
    }
    CATCH_ALL
    {
        /* more items than Wireshark is told to allow: no record is too large for its default */
    }
    ENDTRY;
    *sieve->items += (uint64_t)PTREE_DATA(small.tree)->count;
    epan_dissect_cleanup(&small);
    ask_no_more(sieve);
    return match;
}
