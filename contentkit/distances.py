"""How far away something is, in words: for whoever reads a time and does not want to count."""

from __future__ import annotations

from datetime import timedelta

_NOTHING = timedelta(0)
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def how_far(ahead: timedelta) -> str:
    """A length of time until something, in its largest fitting unit: 'in 3 h', 'in 2 days', '5 min ago', 'now'."""
    length = abs(ahead)
    if length < _MINUTE / 2:
        return "now"
    # What rounds to a whole hour is told as one, and so with a day.
    if length < _HOUR - _MINUTE / 2:
        words = f"{_rounded(length, _MINUTE)} min"
    elif length < _DAY - _HOUR / 2:
        words = f"{_rounded(length, _HOUR)} h"
    else:
        days = _rounded(length, _DAY)
        words = "1 day" if days == 1 else f"{days} days"
    return f"in {words}" if ahead > _NOTHING else f"{words} ago"


def _rounded(length: timedelta, unit: timedelta) -> int:
    return (length + unit / 2) // unit
