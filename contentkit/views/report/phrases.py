"""How a report says numbers, days and estimates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from contentkit.stats.estimates import Estimate
from contentkit.stats.periods import Period
from contentkit.stats.reports import Told
from contentkit.text import one_line
from contentkit.views.figures import not_enough
from contentkit.views.report.blocks import Cell

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# What no network told is not 0.
NOT_TOLD = "not told"


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


def during(period: Period) -> str:
    """``In November 2026``; ``On 3 November 2026``; ``From 3 November 2026 to 9 November 2026``."""
    is_day = period.first == period.last
    return f"{'In' if period.is_month else 'On' if is_day else 'From'} {shown_period(period)}"


def shown_change(change: int) -> str:
    return f"{change:+,}" if change else "0"


def shown_ratio(ratio: Estimate) -> str:
    """``1.8x (1.2–2.5, n 34)``: how many times the usual, between what and what, of how many."""
    high = "" if math.isinf(ratio.high) else f"–{_quotient(ratio.high)}"
    more = " or more" * math.isinf(ratio.high)
    return f"{_quotient(ratio.value)}x ({_quotient(ratio.low)}{high}{more}, n {ratio.n})"


def _quotient(value: float) -> str:
    """Two digits that count: of the threads found least, 0.03 and 0.1 are not the same."""
    return f"{value:,.0f}" if value >= 9.95 else f"{value:.1f}" if value >= 0.995 else f"{value:.2f}"


def estimate_cell(ratio: Estimate | None) -> Cell:
    """A median with its interval, or that there is too little for one."""
    if ratio is None or not ratio.is_enough:
        return Cell(words=not_enough(ratio.n if ratio else 0))
    return Cell(words=shown_ratio(ratio))


def told_cell(told: Told) -> Cell:
    return Cell(words=NOT_TOLD if told.total is None else f"{told.total:,}", base=f"n {told.n:,}")


def shortened(words: str) -> str:
    """How a thread begins, for a list."""
    return one_line(words, 60)
