/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ws_compat.h: what differs between Wireshark 4.0, 4.2, 4.4 and 4.6. The only place with #if on
 * the version.
 */
#ifndef NF9_WS_COMPAT_H
#define NF9_WS_COMPAT_H

#include <wireshark.h>
#include <ws_version.h>
#include <epan/dfilter/dfilter.h>

#define WS_AT_LEAST(major, minor)        \
    (WIRESHARK_VERSION_MAJOR > (major) || \
     (WIRESHARK_VERSION_MAJOR == (major) && WIRESHARK_VERSION_MINOR >= (minor)))

#if !WS_AT_LEAST(4, 0)
#error "Wireshark 4.0 or later is needed"
#endif

/* What the library writes through a bool pointer and takes from callbacks: an int until 4.2. */
#if WS_AT_LEAST(4, 4)
typedef bool ws_bool;
#else
typedef gboolean ws_bool;
#endif

/* A number in decimal into a buffer of 11. */
#if WS_AT_LEAST(4, 4)
#define nf9_decimal uint32_to_str_buf
#else
#define nf9_decimal guint32_to_str_buf
#endif

/* Whether an item's label is a text and nothing else.  From 4.2 on it says where the value is; and
 * from there on tshark makes no tree to be seen for -T fields. */
#define WS_LABEL_IS_TEXT !WS_AT_LEAST(4, 2)

/* Whether the fields that tshark's -e names are marked, as those of filters are: where no tree is
 * seen, they have to be. */
#define WS_MARKS_FIELDS WS_AT_LEAST(4, 2)

/* What the routine that begins a statistic answers: whether it could, from 4.6 on. */
#if WS_AT_LEAST(4, 6)
typedef bool ws_stat_begun;
#define WS_STAT_BEGUN(begun) (begun)
#else
typedef void ws_stat_begun;
#define WS_STAT_BEGUN(begun)
#endif

/* Compiles a display filter; where it cannot, the message is to be freed. */
static inline bool nf9_dfilter_compile(const char *text, dfilter_t **code, char **message)
{
#if WS_AT_LEAST(4, 2)
    df_error_t *error = NULL;
    bool compiled = dfilter_compile(text, code, &error);

    if (error != NULL) {
        *message = g_strdup(error->msg);
        df_error_free(&error);
    }
    return compiled;
#else
    return dfilter_compile(text, code, message);
#endif
}

/* Wireshark 4.0 has no plugin_describe(), and does not package wsutil/plugins.h. */
#ifndef WS_PLUGIN_DESC_DISSECTOR
#define WS_PLUGIN_DESC_DISSECTOR (1UL << 0)
#endif

#endif
