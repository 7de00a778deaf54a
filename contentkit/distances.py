"""How far away something is, in words: for whoever reads a time and does not want to count."""

from __future__ import annotations

from datetime import timedelta

_NOTHING = timedelta(0)
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_HALF_A_MINUTE, _HALF_AN_HOUR, _HALF_A_DAY = _MINUTE / 2, _HOUR / 2, _DAY / 2
# What rounds to a whole hour is told as one, and so with a day.
_ALMOST_AN_HOUR, _ALMOST_A_DAY = _HOUR - _HALF_A_MINUTE, _DAY - _HALF_AN_HOUR


def how_far(ahead: timedelta) -> str:
    """A length of time until something, in its largest fitting unit: 'in 3 h', 'in 2 days', '5 min ago', 'now'."""
    length = abs(ahead)
    if length >= _ALMOST_A_DAY:
        days = (length + _HALF_A_DAY).days
        words = "1 day" if days == 1 else f"{days} days"
    elif length >= _ALMOST_AN_HOUR:
        words = f"{(length + _HALF_AN_HOUR) // _HOUR} h"
    elif length >= _HALF_A_MINUTE:
        words = f"{(length + _HALF_A_MINUTE) // _MINUTE} min"
    else:
        return "now"
    return f"in {words}" if ahead > _NOTHING else f"{words} ago"
