/* SPDX-License-Identifier: MIT
 *
 * doubt.c: records or padding?  The one thing that the header's Count decides.
 *
 * A FlowSet may be padded to a boundary of 4 octets (RFC 3954 section 5.3), and records of 1 to
 * 3 octets look like padding.  Count is wrong with many exporters, and so is believed only where
 * it equals what was counted otherwise.
 */
#include <nf9/decode.h>

void nf9_doubt_add(nf9_doubt *doubt, const nf9_record_iter *it)
{
    uint32_t doubtful = nf9_records_doubtful(it);

    doubt->records += nf9_records_count(it);
    doubt->doubtful += doubtful;
    doubt->flowsets += doubtful > 0;
}

uint32_t nf9_doubt_settle(const nf9_doubt *doubt, uint16_t count, uint32_t doubtful)
{
    uint64_t surplus = doubt->records > count ? doubt->records - count : 0;

    if (surplus == doubt->doubtful)
        return doubtful;
    return doubt->flowsets == 1 && surplus < doubtful ? (uint32_t)surplus : 0;
}
