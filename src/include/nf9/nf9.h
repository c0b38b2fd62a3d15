/* SPDX-License-Identifier: MIT
 *
 * nf9.h: all of libnf9, a NetFlow v9 (RFC 3954) codec.
 */
#ifndef NF9_NF9_H
#define NF9_NF9_H

#include <nf9/base.h>
#include <nf9/cache.h>
#include <nf9/collector.h>
#include <nf9/decode.h>
#include <nf9/encode.h>
#include <nf9/field.h>
#include <nf9/flow.h>
#include <nf9/packer.h>
#include <nf9/pending.h>
#include <nf9/rows.h>
#include <nf9/stream.h>
#include <nf9/packet.h>
#include <nf9/track.h>
#include <nf9/value.h>
#include <nf9/version.h>

#endif
