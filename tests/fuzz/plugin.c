/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * plugin.c: libFuzzer on the plugin, in process: its sources are compiled in, the libwireshark is
 * the one that is installed.  tests/fuzz/run-plugin builds and runs it.
 *
 * An input is one octet, how to look (struct manner), and then datagrams: one octet, who sends it
 * and how it is carried (enum nf9_fuzz_carried), two octets of length, and the UDP payload.
 *
 * To open a capture file costs epan 3 ms, so that many inputs share one, each from exporters of
 * its own: what one teaches, the next does not know, and an input alone repeats what it found.
 * Where it does not, those before it in the file had a part: NF9_FUZZ_JOURNAL names a file that
 * they are kept in, each behind its length (4 octets, big-endian).
 */
#include "ws_compat.h"
#include "frame.h"
#include <epan/column-info.h>
#include <epan/column.h>
#include <epan/epan.h>
#include <epan/epan_dissect.h>
#include <epan/frame_data.h>
#include <epan/packet.h>
#include <epan/prefs.h>
#include <epan/timestamp.h>
#include <fcntl.h>
#include <unistd.h>
#include <wiretap/wtap.h>
#include <wsutil/filesystem.h>
#include <wsutil/privileges.h>
#include <wsutil/wslog.h>

#define NF9_NAME "NetFlow v9" /* the protocol's, as epan reports it */

enum { MAX_FRAMES = 16, MAX_PAYLOAD = 0xfff, MAX_INPUTS = 200 /* a capture file */ };

/* What asks for the tree decides which of its items are made. */
typedef enum looks { LOOKS_NO_TREE, LOOKS_FILTER, LOOKS_WHOLE, LOOKS } looks;

typedef struct manner {
    looks first, second;
    bool backwards; /* the second pass, as a user clicks */
} manner;

typedef struct frame {
    uint8_t *data;
    unsigned captured, wire;
    frame_data fd;
} frame;

void plugin_register(void);
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Instead of libwsutil's: root's environment counts, too. */
ws_bool started_with_special_privs(void)
{
    return FALSE;
}

static column_info columns;
static GArray *filtered; /* the fields that LOOKS_FILTER asks for */
static int journal = -1;

static epan_t *epan; /* the capture file that is open */
static uint8_t inputs;
static uint32_t frames_before;

/* nf9 shows whatever is there: it never leaves a packet to epan's handler of exceptions. */
static void fail(const char *what)
{
    fprintf(stderr, "nf9 finding: %s\n", what);
    abort();
}

/* The log is where epan reports a dissector's bug, whatever is looked at. */
static void heed_log(const char *domain, enum ws_log_level level, struct timespec time,
                     const char *file, long line, const char *func, const char *format,
                     va_list args, void *unused)
{
    char *text = g_strdup_vprintf(format, args);

    (void)domain, (void)time, (void)file, (void)line, (void)func, (void)unused;
    if (strstr(text, "Dissector bug, protocol " NF9_NAME) != NULL || level >= LOG_LEVEL_ERROR)
        fail(text);
    g_free(text);
}

static const nstime_t *frame_time(struct packet_provider_data *unused, uint32_t number)
{
    static nstime_t time = { NF9_FUZZ_TIME, 0 };
    (void)unused, (void)number;
    return &time;
}

/* What comes to a port that nobody owns is for nf9's heuristic, not for others' bugs. */
static void disable_others(void)
{
    static const char *const kept[] = { "frame", "eth", "ethertype", "ip", "ipv6", "icmp", "icmpv6",
                                        "udp", "cflow", "nf9", "data" };
    void *cookie;

    for (int id = proto_get_first_protocol(&cookie); id != -1;
         id = proto_get_next_protocol(&cookie)) {
        bool keep = !proto_can_toggle_protocol(id) || proto_is_pino(find_protocol_by_id(id));
        for (size_t i = 0; i < G_N_ELEMENTS(kept) && !keep; i++)
            keep = strcmp(proto_get_protocol_filter_name(id), kept[i]) == 0;
        if (!keep)
            proto_set_decoding(id, FALSE);
    }
}

static void setup_filter(void)
{
    /* one in the header, one field, one that is derived, one expert info */
    static const char *const names[] = { "nf9.sequence", "nf9.field.in_bytes",
                                         "nf9.field.ipv4_src_addr", "nf9.field.last_switched",
                                         "nf9.expert.count_mismatch" };

    filtered = g_array_new(FALSE, FALSE, sizeof(int));
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        int id = proto_registrar_get_id_byname(names[i]);
        if (id > 0)
            g_array_append_val(filtered, id);
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    /* epan's own allocators hide from the sanitizer where a block ends */
    g_setenv("WIRESHARK_DEBUG_WMEM_OVERRIDE", "simple", 0);
    g_setenv("G_SLICE", "always-malloc", 0);
    g_setenv("HOME", "/nonexistent", 1); /* no settings of this user's */
    g_setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    /* the names of makers and services, which each capture file reads again, take 0.1 s */
    g_setenv("WIRESHARK_DATA_DIR", "/nonexistent", 1);
    ws_log_init_with_writer("fuzz_plugin", heed_log, NULL);
    g_free(configuration_init((*argv)[0], NULL));
    timestamp_set_type(TS_RELATIVE);
    timestamp_set_seconds_type(TS_SECONDS_DEFAULT);
    wtap_init(FALSE);
    plugin_register(); /* as the loader of plugins does, which is not asked to load any */
    if (!epan_init(NULL, NULL, FALSE))
        abort();
    build_column_format_array(&columns, (int)epan_load_settings()->num_cols, TRUE);
    prefs_apply_all();
    disable_others();
    setup_filter();
    if (g_getenv("NF9_FUZZ_JOURNAL") != NULL)
        journal = open(g_getenv("NF9_FUZZ_JOURNAL"), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    return 0;
}

static void open_file(void)
{
    static const struct packet_provider_funcs provider = { .get_frame_ts = frame_time };

    if (epan != NULL && ++inputs < MAX_INPUTS)
        return;
    if (epan != NULL)
        epan_free(epan);
    epan = epan_new(NULL, &provider);
    inputs = 0;
    frames_before = 0;
    if (journal >= 0 && (ftruncate(journal, 0) != 0 || lseek(journal, 0, SEEK_SET) != 0))
        abort();
}

static void keep_input(const uint8_t *data, size_t size)
{
    uint8_t length[4] = { (uint8_t)(size >> 24), (uint8_t)(size >> 16), (uint8_t)(size >> 8),
                          (uint8_t)size };

    if (journal >= 0 && (write(journal, length, sizeof length) != (ssize_t)sizeof length ||
                         write(journal, data, size) != (ssize_t)size))
        abort();
}

static size_t split(const uint8_t *data, size_t size, frame *frames)
{
    size_t n = 0;

    while (size >= 3 && n < MAX_FRAMES) {
        size_t len = (size_t)(data[1] << 8 | data[2]) & MAX_PAYLOAD;
        frame *f = &frames[n++];
        if (len > size - 3)
            len = size - 3;
        f->data = nf9_fuzz_frame(inputs, data[0], data + 3, len, &f->captured, &f->wire);
        data += 3 + len;
        size -= 3 + len;
    }
    return n;
}

static void check_columns(void)
{
    bool ours = false, gave_up = false;

    for (int i = 0; i < (int)columns.num_cols; i++) {
        const char *text = columns.columns[i].col_data;
        if (text == NULL)
            continue;
        if (columns.columns[i].col_fmt == COL_PROTOCOL)
            ours = strstr(text, NF9_NAME) != NULL;
        else if (columns.columns[i].col_fmt == COL_INFO)
            gave_up = strstr(text, "[Malformed Packet") != NULL ||
                      strstr(text, "[Packet size limited") != NULL;
    }
    if (ours && gave_up)
        fail("nf9 gave up a packet (column Info)");
}

/* What ICMP quotes writes no column. */
static void check_tree(const proto_node *tree)
{
    for (const proto_node *node = tree->first_child; node != NULL; node = node->next) {
        const field_info *item = PNODE_FINFO(node);
        if (item == NULL || item->rep == NULL)
            continue;
        if ((strcmp(item->hfinfo->abbrev, "_ws.malformed") == 0 ||
             strcmp(item->hfinfo->abbrev, "_ws.short") == 0) &&
            strstr(item->rep->representation, NF9_NAME) != NULL)
            fail(item->rep->representation);
    }
}

static void dissect(frame *f, looks how)
{
    epan_dissect_t *edt = epan_dissect_new(epan, how != LOOKS_NO_TREE, how == LOOKS_WHOLE);
    wtap_rec rec;

    memset(&rec, 0, sizeof rec);
    rec.rec_type = REC_TYPE_PACKET;
    rec.presence_flags = WTAP_HAS_TS | WTAP_HAS_CAP_LEN;
    rec.ts = f->fd.abs_ts;
    rec.rec_header.packet_header.pkt_encap = WTAP_ENCAP_ETHERNET;
    rec.rec_header.packet_header.caplen = f->captured;
    rec.rec_header.packet_header.len = f->wire;
    if (how == LOOKS_FILTER)
        epan_dissect_prime_with_hfid_array(edt, filtered);
    epan_dissect_run(edt, WTAP_FILE_TYPE_SUBTYPE_UNKNOWN, &rec,
                     tvb_new_real_data(f->data, f->captured, (int)f->wire), &f->fd, &columns);
    check_columns();
    if (how == LOOKS_WHOLE)
        check_tree(edt->tree);
    epan_dissect_free(edt);
}

static void first_pass(frame *frames, size_t n, looks how)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t octets = 0;
        wtap_rec rec;
        memset(&rec, 0, sizeof rec);
        rec.rec_type = REC_TYPE_PACKET;
        rec.presence_flags = WTAP_HAS_TS | WTAP_HAS_CAP_LEN;
        rec.ts.secs = NF9_FUZZ_TIME + (time_t)i;
        rec.rec_header.packet_header.caplen = frames[i].captured;
        rec.rec_header.packet_header.len = frames[i].wire;
        frame_data_init(&frames[i].fd, ++frames_before, &rec, 0, 0);
        dissect(&frames[i], how);
        frame_data_set_after_dissect(&frames[i].fd, &octets);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    frame frames[MAX_FRAMES];
    manner how;
    size_t n;

    if (size == 0)
        return 0;
    how = (manner){ .first = (looks)(data[0] % LOOKS),
                    .second = (looks)(data[0] / LOOKS % LOOKS),
                    .backwards = data[0] / LOOKS / LOOKS % 2 };
    open_file();
    keep_input(data, size);
    n = split(data + 1, size - 1, frames);
    first_pass(frames, n, how.first);
    for (size_t i = 0; i < n; i++)
        dissect(&frames[how.backwards ? n - 1 - i : i], how.second);
    for (size_t i = 0; i < n; i++) {
        frame_data_destroy(&frames[i].fd);
        free(frames[i].data);
    }
    return 0;
}
