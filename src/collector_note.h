/* SPDX-License-Identifier: MIT
 *
 * collector_note.h: what the stream above a collector says through it. Private.
 */
#ifndef NF9_COLLECTOR_NOTE_H
#define NF9_COLLECTOR_NOTE_H

#include <nf9/collector.h>

/* Counts the notice and calls the handler. */
void nf9_collector_note(nf9_collector *collector, const nf9_notice *notice);

#endif
