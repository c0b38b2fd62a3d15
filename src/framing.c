/* SPDX-License-Identifier: MIT
 *
 * framing.c: where packets begin and end in a stream that does not say so.
 *
 * A packet is followed from FlowSet to FlowSet; where that leads nowhere, a header is searched
 * for behind it, and the packet ends at the last FlowSet's end before that header.
 */
#include "framing.h"
#include "be.h"

/* So much of a packet is looked at to tell it from garbage. */
#define PLAUSIBLE 128u

/* So much of its first FlowSet is looked through for a header that has more of one. */
#define BETTER 2048u

/* A header is of the packets before where its clock is not further away, s. */
#define SAME_TIME 86400

/* So many of the zero octets before something that is no header may be its own. */
#define OWN_ZEROS 3u

/* Most that is looked at behind the end of the longest packet. */
#define AHEAD (NF9_HEADER_LENGTH + BETTER + PLAUSIBLE)

size_t nf9_framer_window(const nf9_framer *framer)
{
    return framer->max_packet + AHEAD;
}

static nf9_frame frame(nf9_framer *f, nf9_frame_what what, size_t length, nf9_framer_state next)
{
    f->state = next;
    f->pos = f->broken = f->missing = 0;
    return (nf9_frame){ what, length, 0 };
}

/* A packet that the end of the stream cuts. */
static nf9_frame cut(nf9_framer *f, nf9_bytes w, size_t missing)
{
    nf9_frame all = frame(f, NF9_FRAME_PACKET, w.len, NF9_FRAMER_START);

    all.missing = missing;
    return all;
}

static nf9_frame more(void)
{
    return (nf9_frame){ NF9_FRAME_MORE, 0, 0 };
}

/* NF9_OK where a packet seems to begin at pos; NF9_NONE; NF9_AGAIN where too little is there. */
static nf9_status begins(const nf9_framer *f, nf9_bytes w, size_t pos, bool end)
{
    const uint8_t *p = w.data + pos;
    size_t there = w.len - pos, look = NF9_HEADER_LENGTH + NF9_FLOWSET_HEADER_LENGTH;

    if ((there > 0 && p[0] != 0) || (there > 1 && p[1] != NF9_VERSION_9))
        return NF9_NONE;
    if (there < look)
        return end ? NF9_NONE : NF9_AGAIN;
    /* its header and first FlowSet, as far as they are looked at: no more for a hostile stream */
    size_t length = NF9_HEADER_LENGTH + (size_t)nf9_be16(p + NF9_HEADER_LENGTH + 2);
    if (length > look)
        look = length < PLAUSIBLE ? length : PLAUSIBLE;
    if (there < look && !end)
        return NF9_AGAIN;
    nf9_bytes packet = { p, there < look ? there : look };
    return nf9_packet_plausible(packet, f->max_packet) ? NF9_OK : NF9_NONE;
}

/* Whether the header at pos is like the one of the packet before. */
static bool is_alike(const nf9_framer *f, nf9_bytes w, size_t pos)
{
    const uint8_t *p = w.data + pos;
    int64_t apart = (int64_t)nf9_be32(p + 8) - (int64_t)f->unix_secs;

    return nf9_be32(p + 16) == f->source_id && apart <= SAME_TIME && apart >= -SAME_TIME;
}

/* Garbage may look like a header, also with what it takes from the one behind it.  Moves f->pos
 * from a header that is not like the one before to one that is, where that stands in what would
 * be the first FlowSet. */
static nf9_status better(nf9_framer *f, nf9_bytes w, bool end)
{
    size_t length = nf9_be16(w.data + f->pos + NF9_HEADER_LENGTH + 2);
    size_t limit = f->pos + NF9_HEADER_LENGTH + (length < BETTER ? length : BETTER);
    nf9_status st;

    if (!f->known)
        return NF9_OK;
    for (size_t pos = f->pos + 1; pos < limit; pos++) {
        if (pos >= w.len)
            return end ? NF9_OK : NF9_AGAIN;
        if ((st = begins(f, w, pos, end)) == NF9_AGAIN)
            return st;
        if (st == NF9_OK && is_alike(f, w, pos)) {
            f->pos = pos;
            return st;
        }
    }
    return NF9_OK;
}

/* Moves f->pos to the first place before `limit` where a packet seems to begin.  Data may look
 * like a header too: inside of what was followed as a packet, it must be like that packet's. */
static nf9_status search(nf9_framer *f, nf9_bytes w, size_t limit, bool end)
{
    for (; f->pos < limit && f->pos < w.len; f->pos++) {
        nf9_status st = begins(f, w, f->pos, end);
        if (st == NF9_AGAIN || (st == NF9_OK && f->known && is_alike(f, w, f->pos)))
            return st;
        if (st == NF9_OK && f->pos >= f->broken && f->missing == 0)
            return better(f, w, end);
    }
    return f->pos < limit && !end ? NF9_AGAIN : NF9_NONE;
}

static size_t zeros_from(nf9_bytes w, size_t pos)
{
    size_t i = pos;

    while (i < w.len && w.data[i] == 0)
        i++;
    return i - pos;
}

static nf9_frame hunt(nf9_framer *f, nf9_bytes w, bool end)
{
    nf9_status st = search(f, w, w.len, end);
    size_t passed = f->pos;

    if (st == NF9_OK)
        return frame(f, NF9_FRAME_GARBAGE, passed, NF9_FRAMER_START);
    if (passed == 0)
        return end ? frame(f, NF9_FRAME_END, 0, NF9_FRAMER_HUNT) : more();
    return frame(f, NF9_FRAME_GARBAGE, passed, NF9_FRAMER_HUNT);
}

/* Where the FlowSets lead to at or before pos. */
static size_t boundary_before(nf9_bytes w, size_t pos)
{
    size_t b = NF9_HEADER_LENGTH;

    for (;;) {
        size_t length = w.len - b < 4 ? 0 : nf9_be16(w.data + b + 2);
        if (length < NF9_FLOWSET_HEADER_LENGTH || b + length > pos)
            return b;
        b += length;
    }
}

/* Zero octets from a packet's end on are its own, but for so few before garbage that they may be
 * of that. */
static size_t with_zeros(const nf9_framer *f, nf9_bytes w, size_t end, size_t next)
{
    size_t to = end + zeros_from(w, end);

    to = to < next ? to : next;
    to = to < f->max_packet ? to : f->max_packet;
    return to == next || to - end > OWN_ZEROS ? to : end;
}

static nf9_frame search_next(nf9_framer *f, nf9_bytes w, bool end)
{
    nf9_status st = search(f, w, f->max_packet, end);
    size_t next = f->pos, b;

    if (st == NF9_AGAIN)
        return more();
    if (st != NF9_OK && f->missing > 0)
        return cut(f, w, f->missing);
    b = st == NF9_OK ? boundary_before(w, next) : f->broken;
    if (b == NF9_HEADER_LENGTH) {
        nf9_status itself = begins(f, w, 0, end);
        if (itself == NF9_AGAIN)
            return more();
        if (itself != NF9_OK) { /* not even its first FlowSet is one */
            f->state = NF9_FRAMER_HUNT;
            f->pos = 1;
            f->broken = f->missing = 0;
            return hunt(f, w, end);
        }
    }
    b = with_zeros(f, w, b, st == NF9_OK ? next : SIZE_MAX);
    return frame(f, NF9_FRAME_PACKET, b,
                 st == NF9_OK && b == next ? NF9_FRAMER_START : NF9_FRAMER_HUNT);
}

static nf9_frame broken(nf9_framer *f, nf9_bytes w, bool end, size_t missing)
{
    f->broken = f->pos;
    f->missing = missing;
    f->pos = NF9_HEADER_LENGTH;
    f->state = NF9_FRAMER_SEARCH;
    return search_next(f, w, end);
}

/* Zero octets behind the last FlowSet: up to the next header, or the end. */
static nf9_frame tail(nf9_framer *f, nf9_bytes w, bool end)
{
    size_t behind = f->pos + zeros_from(w, f->pos);

    if (behind >= f->max_packet)
        return frame(f, NF9_FRAME_PACKET, f->max_packet, NF9_FRAMER_START);
    if (behind == w.len)
        return end ? frame(f, NF9_FRAME_PACKET, w.len, NF9_FRAMER_START) : more();
    if (w.data[behind] == NF9_VERSION_9)
        return frame(f, NF9_FRAME_PACKET, behind - 1, NF9_FRAMER_START);
    return broken(f, w, end, 0);
}

/* At a FlowSet's end, where fewer than 4 octets are left: they may be zeros, or a header's. */
static nf9_frame last_octets(nf9_framer *f, nf9_bytes w)
{
    size_t left = w.len - f->pos;
    const uint8_t *p = w.data + f->pos;

    if (left >= 2 && nf9_be16(p) == NF9_VERSION_9)
        return frame(f, NF9_FRAME_PACKET, f->pos, NF9_FRAMER_START);
    return cut(f, w, zeros_from(w, f->pos) < left ? NF9_FLOWSET_HEADER_LENGTH - left : 0);
}

/* Zero octets and the next header may look like a Template FlowSet: two, of 9 octets, which would
 * hold no template; one, of 2304 and more.  How many there may be. */
static size_t zeros_of_tail(const uint8_t *p)
{
    if (nf9_be32(p) == NF9_VERSION_9)
        return 2;
    return nf9_be16(p) == 0 && p[2] == NF9_VERSION_9 ? 1 : 0;
}

static nf9_frame walk(nf9_framer *f, nf9_bytes w, bool end)
{
    for (;;) {
        size_t left = w.len - f->pos;
        const uint8_t *p = w.data + f->pos;
        if (f->by_count && f->left == 0)
            return frame(f, NF9_FRAME_PACKET, f->pos, NF9_FRAMER_START);
        if (left < NF9_FLOWSET_HEADER_LENGTH)
            return end ? last_octets(f, w) : more();
        if (nf9_be16(p) == NF9_VERSION_9)
            return frame(f, NF9_FRAME_PACKET, f->pos, NF9_FRAMER_START);
        if (nf9_be32(p) == 0)
            return tail(f, w, end);
        size_t length = nf9_be16(p + 2);
        if (length < NF9_FLOWSET_HEADER_LENGTH || f->pos + length > f->max_packet)
            return broken(f, w, end, 0);
        size_t zeros = zeros_of_tail(p);
        if (zeros > 0) {
            nf9_status st = begins(f, w, f->pos + zeros, end);
            if (st == NF9_AGAIN)
                return more();
            if (st == NF9_OK)
                return frame(f, NF9_FRAME_PACKET, f->pos + zeros, NF9_FRAMER_START);
        }
        if (length > left)
            return end ? broken(f, w, end, length - left) : more();
        f->pos += length;
        f->left--;
    }
}

static nf9_frame start(nf9_framer *f, nf9_bytes w, bool end)
{
    size_t zeros = zeros_from(w, 0);
    bool header = zeros > 0 && zeros < w.len && w.data[zeros] == NF9_VERSION_9;
    size_t keep = header ? 1 : OWN_ZEROS;

    if (w.len == 0)
        return end ? frame(f, NF9_FRAME_END, 0, NF9_FRAMER_START) : more();
    if (zeros == w.len && end)
        return frame(f, NF9_FRAME_ZEROS, zeros, NF9_FRAMER_START);
    if (zeros > keep)
        return frame(f, NF9_FRAME_ZEROS, zeros - keep, NF9_FRAMER_START);
    if (zeros == w.len)
        return more();
    if (!header) {
        f->state = NF9_FRAMER_HUNT;
        return hunt(f, w, end);
    }
    if (w.len < NF9_HEADER_LENGTH)
        return end ? cut(f, w, NF9_HEADER_LENGTH - w.len) : more();
    f->known = true;
    f->unix_secs = nf9_be32(w.data + 8);
    f->source_id = nf9_be32(w.data + 16);
    f->state = NF9_FRAMER_WALK;
    f->pos = NF9_HEADER_LENGTH;
    f->left = nf9_be16(w.data + 2);
    return walk(f, w, end);
}

nf9_frame nf9_framer_next(nf9_framer *f, nf9_bytes window, bool end)
{
    switch (f->state) {
    case NF9_FRAMER_WALK:
        return walk(f, window, end);
    case NF9_FRAMER_SEARCH:
        return search_next(f, window, end);
    case NF9_FRAMER_HUNT:
        return hunt(f, window, end);
    default:
        return start(f, window, end);
    }
}
