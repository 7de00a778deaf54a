"""The heartbeat without reading JSON: its time, which each run writes anew, and all else of it, which mostly stays."""

from __future__ import annotations

from contentkit.cli.alerting import HEARTBEAT_NAME
from contentkit.cli.fleeting import bytes_of
from contentkit.marks import mark_of

_LARGEST = 64 * 1024
# A heartbeat tells its time behind this, in words that are always as long.
_AT, _LENGTH = b'"at": "', 20


def parts_of(path: str) -> tuple[bytes, bytes, bytes]:
    """What stands before the time of this heartbeat, its time, what stands behind. Raises OSError; ValueError for none."""
    words = bytes_of(path, _LARGEST)
    start = words.index(_AT) + len(_AT)
    return words[:start], words[start : start + _LENGTH], words[start + _LENGTH :]


def time_of(state: str) -> float | None:
    """When the last run of this state folder ended, in seconds since 1970; None where nothing tells it."""
    from datetime import datetime

    try:
        return datetime.fromisoformat(parts_of(f"{state}/{HEARTBEAT_NAME}")[1].decode()).timestamp()
    except (OSError, ValueError):
        return None


def mark_but_for_time(path: str) -> str:
    """Tells one heartbeat from another that says something else, whatever their times are."""
    from zlib import crc32

    try:
        before, _, behind = parts_of(path)
    except (OSError, ValueError):
        return mark_of(path)  # where no time is found, all of it matters
    return f"{crc32(before + behind):x}"
