"""Slots and blackouts: when a calendar likes to publish, and when it must not."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contentkit.calendar.times import at_wall


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A recurring time to publish: days of the week (0 is Monday), a time on the calendar's wall clock, accounts."""

    name: str
    days: tuple[int, ...]
    time: time
    accounts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Blackout:
    """Days on which nothing goes out, the first and the last included."""

    first: date
    last: date
    why: str = ""

    def covers(self, at: datetime) -> bool:
        return self.first <= at.date() <= self.last


def openings(
    slots: Sequence[Slot], blackouts: Sequence[Blackout], account: str, zone: ZoneInfo, after: datetime, days: int = 366
) -> Iterator[datetime]:
    """The slots' times for this account later than ``after``, in order, without blackouts, for so many days ahead."""
    today, after = after.astimezone(zone).date(), after.astimezone(UTC)
    fitting = [slot for slot in slots if account in slot.accounts]
    yield from (
        at
        for at in heapq.merge(*(_moments(slot, zone, today, days) for slot in fitting))
        if at > after and not any(blackout.covers(at) for blackout in blackouts)
    )


def _moments(slot: Slot, zone: ZoneInfo, today: date, days: int) -> Iterator[datetime]:
    for ahead in range(days):
        day = today + timedelta(days=ahead)
        if day.weekday() in slot.days:
            yield at_wall(datetime.combine(day, slot.time), zone)[0]
