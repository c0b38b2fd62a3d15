# SPDX-License-Identifier: MIT
# Shell functions that tools/demo, tools/check and tools/screenshot share; to be sourced.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
program=tools/$(basename "$0")

say() { echo "$*" >&2; }
die() { echo "$program: $*" >&2; exit 1; }

# Packages for building the plugin and running it in tshark.
build_packages=(cmake make gcc libc6-dev libglib2.0-dev libwireshark-dev wireshark-dev tshark
                python3)

# quietly LOG COMMAND...: output goes to LOG, and to the user only where the command fails.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname "$log")"
    "$@" > "$log" 2>&1 </dev/null && return 0
    local status=$?
    tail -n 40 "$log" >&2
    say "$program: failed: $*"
    say "$program: all of its output: $log"
    return "$status"
}

installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# apt's lists may be absent or older than the mirror: they are fetched where an install fails.
apt_install() {
    local as_root=(env DEBIAN_FRONTEND=noninteractive)
    [ "$(id -u)" = 0 ] || as_root=(sudo "${as_root[@]}")
    "${as_root[@]}" apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends "$@" ||
        { "${as_root[@]}" apt-get -q update &&
          "${as_root[@]}" apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends "$@"; }
}

# install_missing PACKAGE...: nothing where all are there, or where there is no apt.
install_missing() {
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || return 0
    local missing=() package
    for package in "$@"; do
        installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        die "neither root nor sudo; please install: ${missing[*]}"
    fi
    say "installing: ${missing[*]}"
    quietly "$root/build/log/install.log" apt_install "${missing[@]}" || exit 1
}

# configure PRESET [OPTION...]; build PRESET
configure() {
    quietly "$root/build/log/$1-configure.log" \
        env -C "$root" cmake --preset "$1" "${@:2}" || exit 1
}
build() {
    quietly "$root/build/log/$1-build.log" \
        cmake --build "$root/build/$1" --parallel "$(nproc)" || exit 1
}

# "X.Y" of this machine's Wireshark
wireshark_series() {
    tshark --version 2>/dev/null | sed -n '1s/^[^0-9]*\([0-9]*\.[0-9]*\).*/\1/p'
}

# plugin_path PRESET: where the build leaves the plugin
plugin_path() { echo "$root/build/$1/plugins/$(wireshark_series)/epan/nf9.so"; }
