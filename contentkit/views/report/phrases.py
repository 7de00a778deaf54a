"""How a report says numbers, days and estimates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from contentkit.stats.estimates import ENOUGH, Estimate
from contentkit.stats.periods import Period
from contentkit.stats.reports import Told
from contentkit.text import one_line
from contentkit.views.report.blocks import Cell

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# What no network told is not 0.
NOT_TOLD = "not told"


def counted(number: int, noun: str) -> str:
    """``1 post``, ``1,200 posts``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def shown_day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def shown_moment(at: datetime, zone: tzinfo) -> str:
    """``3 December 2026 10:17``, on the clocks of the zone."""
    local = at.astimezone(zone)
    return f"{shown_day(local.date())} {local:%H:%M}"


def shown_period(period: Period) -> str:
    """``November 2026``, or its first and last day."""
    if period.is_month:
        return f"{_MONTHS[period.first.month - 1]} {period.first.year}"
    if period.first == period.last:
        return shown_day(period.first)
    return f"{shown_day(period.first)} to {shown_day(period.last)}"


def shown_change(change: int) -> str:
    return f"{change:+,}" if change else "0"


def shown_times(value: float) -> str:
    """How many times: two digits that count."""
    return f"{value:.0f}x" if value >= 10 else f"{value:.1f}x" if value >= 1 else f"{value:.2f}x"


def shown_ratio(ratio: Estimate) -> str:
    """``1.8x (1.2x to 2.5x)``."""
    high = "any" if math.isinf(ratio.high) else shown_times(ratio.high)
    return f"{shown_times(ratio.value)} ({shown_times(ratio.low)} to {high})"


def estimate_cell(ratio: Estimate | None) -> Cell:
    """A median with its interval, or that there is too little for one."""
    if ratio is None or not ratio.is_enough:
        return Cell(words="not enough data", base=f"n {ratio.n if ratio else 0} of {ENOUGH}")
    return Cell(words=shown_ratio(ratio), base=f"n {ratio.n}")


def told_cell(told: Told) -> Cell:
    return Cell(words=NOT_TOLD if told.total is None else f"{told.total:,}", base=f"n {told.n:,}")


def shortened(words: str) -> str:
    """How a thread begins, for a list."""
    return one_line(words, 60)
