# SPDX-License-Identifier: MIT
# Shell functions that drive Wireshark's window under a display of its own, for tools/screenshot;
# to be sourced after common.sh.
#
# The program runs as an unprivileged user in a home of its own, which holds the plugin, the
# profile nf9 and the captures; in `sysroot`, where that is set, in place of this machine's.

sysroot=${sysroot:-}
home= display= window= process= x_server=
user=()

# open_home PLUGIN CAPTURE...: the home, and the display that all windows share.  `home` is its
# path as the program sees it.
open_home() {
    local plugin=$1 series shot
    shift
    shot=$(mktemp -d "$sysroot/tmp/nf9-window.XXXXXX")
    trap close_home EXIT
    home=${shot#"$sysroot"}
    series=$(basename "$(dirname "$(dirname "$plugin")")")
    mkdir -p "$shot/.local/lib/wireshark/plugins/$series/epan" "$shot/run" \
        "$shot/.config/wireshark/profiles"
    cp "$plugin" "$shot/.local/lib/wireshark/plugins/$series/epan/"
    cp -r "$root/plugin/profile" "$shot/.config/wireshark/profiles/nf9"
    cp "$@" "$shot/"
    chmod -R u+rwX,go+rX "$shot"
    [ -z "$sysroot" ] || user=(chroot --userspec=65534:65534 "$sysroot")
    if [ "$(id -u)" = 0 ]; then
        chown -R 65534:65534 "$shot"
        [ -n "$sysroot" ] || user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    fi
    chmod 700 "$shot/run"
    mkfifo "$shot/display"              # Xvfb picks a free display and says which
    Xvfb -displayfd 3 -screen 0 1400x1000x24 -nolisten tcp 3> "$shot/display" > /dev/null 2>&1 &
    x_server=$!
    read -r display < "$shot/display"
    export DISPLAY=:$display
    if [ -n "$sysroot" ]; then          # its socket, inside too
        mkdir -p "$sysroot/tmp/.X11-unix"
        ln -f "/tmp/.X11-unix/X$display" "$sysroot/tmp/.X11-unix/X$display"
    fi
}

close_home() {
    stop_wireshark
    if [ -n "$x_server" ]; then
        kill "$x_server" 2>/dev/null || true
        wait "$x_server" 2>/dev/null || true
    fi
    [ -z "$sysroot" ] || [ -z "$display" ] || rm -f "$sysroot/tmp/.X11-unix/X$display"
    [ -z "$home" ] || rm -rf "$sysroot$home"
}

# settings FILE < TEXT: Wireshark's preferences or recent, of the default profile.
settings() {
    cat > "$sysroot$home/.config/wireshark/$1"
}

# start_wireshark WIDTH HEIGHT CAPTURE [ARGUMENT...]: the window with CAPTURE, at this size; sets
# `window`.
start_wireshark() {
    local width=$1 height=$2 capture=$home/$3
    shift 3
    # There is no bus and no window manager to ask.
    "${user[@]}" env -i PATH=/usr/bin:/bin HOME="$home" XDG_RUNTIME_DIR="$home/run" TZ=UTC \
        LC_ALL=C.UTF-8 DISPLAY="$DISPLAY" QT_QPA_PLATFORM=xcb NO_AT_BRIDGE=1 \
        wireshark -n -r "$capture" "$@" > "$sysroot$home/wireshark.log" 2>&1 &
    process=$!
    window=$(find_window "^$(basename "$capture")")
    sleep 1
    place "$window" 0 0 "$width" "$height"
}

stop_wireshark() {
    [ -n "$process" ] || return 0
    kill "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
    process=
}

# find_window TITLE: the newest window whose title matches, once it is there
find_window() {
    local found i
    for i in $(seq 100); do
        found=$(xdotool search --onlyvisible --name "$1" 2>/dev/null | tail -n 1) || true
        if [ -n "$found" ]; then
            echo "$found"
            return
        fi
        kill -0 "$process" 2>/dev/null || break
        sleep 0.2
    done
    cat "$sysroot$home/wireshark.log" >&2
    die "Wireshark shows no window \"$1\""
}

# place WINDOW X Y WIDTH HEIGHT: moved, of this size, and with the focus
place() {
    xdotool windowmove "$1" "$2" "$3" windowsize "$1" "$4" "$5"
    xdotool windowfocus "$1"
    sleep 1
}

keys() { xdotool key --clearmodifiers --delay 40 "$@"; sleep 0.3; }
times() { yes "$2" | head -n "$1"; }    # times N KEY
click() { xdotool mousemove "$1" "$2" click 1; sleep 0.4; }

# shot WINDOW FILE: its picture, small: few colours do for text.
shot() {
    xdotool mousemove 1399 999          # nothing is to look as if it were pointed at
    sleep 0.7
    import -silent -window "$1" png:- | convert - -colors 64 -strip \
        -define png:compression-level=9 "$2"
    say "$2: $(stat -c %s "$2") octets"
}
