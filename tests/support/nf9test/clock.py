# SPDX-License-Identifier: MIT
"""From sysUpTime to UTC."""

import datetime

_EPOCH = datetime.datetime(1970, 1, 1)


def iso_ms(ms):
    """Milliseconds since 1970 as 2019-03-29T13:27:40.474Z."""
    when = _EPOCH + datetime.timedelta(milliseconds=ms)
    return when.strftime('%Y-%m-%dT%H:%M:%S.') + '%03dZ' % (when.microsecond // 1000)


def nanos(sys_uptime, unix_secs, ticks):
    """A FIRST_SWITCHED or LAST_SWITCHED in ns since 1970.

    The distance to the export is taken modulo 2^32 and signed: the uptime wraps after 49.7
    days, and some flows end after their own export.
    """
    distance = (sys_uptime - ticks) % (1 << 32)
    if distance >= 1 << 31:
        distance -= 1 << 32
    return unix_secs * 10**9 - distance * 10**6


def switched(sys_uptime, unix_secs, ticks):
    """The same as UTC."""
    return iso_ms(nanos(sys_uptime, unix_secs, ticks) // 10**6)
