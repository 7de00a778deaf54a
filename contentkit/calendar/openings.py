"""The openings of slots, and the next one that is free for an entry on all of its accounts."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from contentkit.calendar.obstacles import Kind, Road
from contentkit.calendar.times import as_written
from contentkit.errors import ContentError
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.calendar.entries import Calendar
    from contentkit.calendar.slots import Slot

# How far ahead anybody plans.
DAYS_AHEAD = 366
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, order=True)
class Opening:
    """A moment at which an entry can go out: ``at`` is aware, in the slot's own zone. They sort by time."""

    instant: datetime = field(repr=False)
    slot: str
    at: datetime = field(compare=False)
    day: date = field(compare=False, repr=False)

    @property
    def words(self) -> str:
        """What a calendar writes behind ``at:`` for it; in the zone ``zone``."""
        return as_written(self.at)

    @property
    def zone(self) -> str:
        """The name of the zone it is in: an entry says it (``timezone:``) where the calendar's is another one."""
        return str(self.at.tzinfo)


def next_opening(
    calendar: Calendar, accounts: Sequence[str], after: datetime, *, slot: str = "", entry_id: str = ""
) -> Opening | None:
    """The first opening later than ``after``, within a year, that nothing speaks against on any of these accounts.

    ``slot`` asks for one slot by its name; else each is meant that has all of these accounts. ``entry_id`` is the entry that it
    is for: it is not in its own way, and its minutes are spread by it. Raises ContentError for a slot that the calendar has not.
    """
    return next(free_openings(calendar, accounts, after, slot=slot, entry_id=entry_id), None)


def free_openings(
    calendar: Calendar, accounts: Sequence[str], after: datetime, *, slot: str = "", entry_id: str = ""
) -> Iterator[Opening]:
    """The openings later than ``after`` that nothing speaks against, as ``next_opening`` has them: one a moment, in order."""
    road = Road(calendar=calendar)
    last = after.astimezone(UTC)
    for opening in openings(_fitting(calendar, accounts, slot), after, entry_id):
        if opening.instant > last and not any(road.obstacles(opening.at, accounts, entry_id)):
            last = opening.instant
            yield opening


def openings(slots: Sequence[Slot], after: datetime, entry_id: str = "", days: int = DAYS_AHEAD) -> Iterator[Opening]:
    """All openings of these slots later than ``after``, free or not, in order, for so many days ahead."""
    after = after.astimezone(UTC)
    waiting: list[Opening] = []
    # Two days earlier: somewhere it is still yesterday, and what opened before midnight may be spread into today.
    first = after.date() - 2 * _DAY
    for day in (first + ahead * _DAY for ahead in range(days + 2)):
        for slot in slots:
            if day.weekday() in slot.days:
                at = slot.moment(day, entry_id)
                heapq.heappush(waiting, Opening(instant=at.astimezone(UTC), slot=slot.name, at=at, day=day))
        # No clock is a whole day ahead of UTC: nothing of a later day comes before this.
        yield from _until(waiting, datetime.combine(day, time(), UTC), after)
    yield from _until(waiting, None, after)


def _until(waiting: list[Opening], end: datetime | None, after: datetime) -> Iterator[Opening]:
    while waiting and (end is None or waiting[0].instant < end):
        opening = heapq.heappop(waiting)
        if opening.instant > after:
            yield opening


def _fitting(calendar: Calendar, accounts: Sequence[str], name: str) -> list[Slot]:
    """The slots that have all of these accounts, or the one of this name if it has them."""
    wanted = [calendar.slot(name)] if name else calendar.slots
    return [slot for slot in wanted if set(accounts) <= set(slot.accounts)]


def why_none(
    calendar: Calendar, accounts: Sequence[str], after: datetime, *, slot: str = "", entry_id: str = ""
) -> ContentError:
    """Why ``next_opening`` finds nothing, as the error to raise."""
    of_slot = f"the slot '{slot}'" if slot else "a slot"
    if not calendar.slots:
        return ContentError(
            "the calendar has no slots", hint="name the time with --at, or write slots: into calendar.yaml"
        )
    fitting = _fitting(calendar, accounts, slot)
    if not fitting:
        names = ", ".join(accounts)
        known = "; ".join(f"{one.name}: {', '.join(one.accounts)}" for one in calendar.slots)
        has = f"{of_slot} does not have" if slot else "no slot has"
        return ContentError(f"{has} all of {names}", hint=f"name accounts that one has together ({known})")
    road, kinds, number = Road(calendar=calendar), Counter[Kind](), 0
    for opening in openings(fitting, after, entry_id):
        number += 1
        # The first reason will do: each opening is counted once.
        kinds.update(obstacle.kind for obstacle in islice(road.obstacles(opening.at, accounts, entry_id), 1))
    counted = ", ".join(f"{times} {_SPOKEN[kind]}" for kind, times in kinds.most_common())
    counted = counted.replace(" ", " lie ", 1)
    return ContentError(
        f"nothing is free within a year: of {number} openings {counted}",
        hint="change what is in the way in calendar.yaml, or name the time with --at",
    )


_SPOKEN: dict[Kind, str] = {
    "blackout": "in a blackout",
    "quiet": "in quiet hours",
    "clash": "in the minute of another entry",
    "near": "nearer to another entry than the gap",
    "full": "where a slot is taken",
}
