/* SPDX-License-Identifier: MIT
 *
 * fixture.h: FlowSets, templates, records and fields from hex, each octet guarded.
 *
 * A failure to make one is a mistake of the test and ends it.
 */
#ifndef NF9_TEST_FIXTURE_H
#define NF9_TEST_FIXTURE_H

#include <nf9/nf9.h>

/* A FlowSet with this body behind a packet header; its length is what the body needs. */
nf9_flowset flowset_of(uint16_t id, nf9_bytes body);

/* The first record of a Template FlowSet with this body (options: Options Template FlowSet). */
nf9_template_record template_record_of(bool options, const char *hex);

/* It compiled: "0100 0002 0008 0004 000c 0004". Valid until guard_release. */
const nf9_template *template_of(const char *hex);
const nf9_template *options_template_of(const char *hex);

/* The first record of a Data FlowSet with these octets. */
nf9_record record_of(const nf9_template *tmpl, const char *hex);

/* A field of this type, its octets of a length that some template might give. */
nf9_field field_of(uint16_t type, nf9_bytes bytes);
nf9_field scope_field_of(uint16_t type, nf9_bytes bytes);

/* What nf9_field_print says, from a buffer that has just the room. Valid until the next call. */
const char *printed(const nf9_field *field);

#endif
