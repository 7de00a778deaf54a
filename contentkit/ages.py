"""The ages at which figures are read: a post of yesterday is compared with others as they were a day after they went out.

An age is a number of whole hours since publication. A reading counts for an age when it was taken at it or not much later;
growth is fast at first and slow later, so that more may pass for a greater age.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta

# 1 h, 6 h, 24 h, 3 d, 7 d, 30 d, 90 d, in hours.
AGES = (1, 6, 24, 72, 168, 720, 2160)


def latest_hour(age: int) -> float | None:
    """Until how many hours after publication a reading counts for this age; None for the last age: any later one does."""
    return None if age == AGES[-1] else age + max(1.0, age / 2)


def age_reached(elapsed: timedelta) -> int | None:
    """The greatest age that a post has reached; None in its first hour."""
    reached = bisect_right(AGES, elapsed.total_seconds() / 3600)
    return AGES[reached - 1] if reached else None


def age_of(elapsed: timedelta) -> int | None:
    """The age that a reading counts for which was taken so long after publication; None between two of them."""
    age = age_reached(elapsed)
    if age is None:
        return None
    latest = latest_hour(age)
    return age if latest is None or elapsed.total_seconds() < latest * 3600 else None


def shown_age(age: int) -> str:
    """``1 h``, ``24 h``, ``3 d``."""
    return f"{age} h" if age <= 24 else f"{age // 24} d"
