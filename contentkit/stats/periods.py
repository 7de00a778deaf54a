"""Whole days on the clocks of a zone, and how people say them."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from contentkit.errors import UsageError
from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.walls import instant_at

_MONTH = regex(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})")
_YEARS = range(2000, 2200)


@dataclass(frozen=True, kw_only=True)
class Period:
    """From the beginning of ``first`` to the end of ``last``, as the clocks of ``zone`` show them."""

    first: date
    last: date
    zone: tzinfo

    @property
    def since(self) -> datetime:
        return instant_at(datetime.combine(self.first, time()), self.zone)

    @property
    def until(self) -> datetime:
        """The first moment after it."""
        return instant_at(datetime.combine(self.last + timedelta(days=1), time()), self.zone)

    @property
    def is_month(self) -> bool:
        return self.first.day == 1 and self.last == _end_of_month(self.first)

    @property
    def name(self) -> str:
        """``2026-11``, or ``2026-11-03-to-2026-11-09``."""
        return f"{self.first:%Y-%m}" if self.is_month else f"{self.first}-to-{self.last}"

    def days(self) -> Iterator[date]:
        for ahead in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=ahead)


def month_of(words: str, zone: tzinfo) -> Period:
    """The month that somebody wrote as ``2026-11``. Raises UsageError for what is none."""
    match = _MONTH.fullmatch(words.strip())
    if not match or int(match["year"]) not in _YEARS or not 1 <= int(match["month"]) <= 12:
        raise UsageError(f"cannot read the month '{words}'", hint="write it as 2026-11")
    first = date(int(match["year"]), int(match["month"]), 1)
    return Period(first=first, last=_end_of_month(first), zone=zone)


def month_before(now: datetime, zone: tzinfo) -> Period:
    """The last month that is over."""
    last = now.astimezone(zone).date().replace(day=1) - timedelta(days=1)
    return Period(first=last.replace(day=1), last=last, zone=zone)


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
