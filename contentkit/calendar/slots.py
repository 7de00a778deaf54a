"""What repeats in a calendar: slots that like to publish, blackouts and quiet hours that do not."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contentkit.calendar.times import at_wall
from contentkit.values import dataclass
from contentkit.walls import instant_at

_ALMOST_A_MINUTE = timedelta(seconds=59, microseconds=999_999)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A recurring time to publish: days of the week (0 is Monday), a time on the wall of ``zone``, accounts.

    ``capacity`` is how many threads one of its accounts may have at one opening. ``spread`` is how much later than the full
    time a thread may go out.
    """

    name: str
    days: tuple[int, ...]
    time: time
    accounts: tuple[str, ...]
    zone: ZoneInfo
    capacity: int = 1
    spread: timedelta = timedelta()

    def opens(self, day: date) -> datetime:
        """When it opens on this day of its own wall; aware, in its zone."""
        return instant_at(datetime.combine(day, self.time), self.zone)

    def note(self, day: date) -> str:
        """What to tell of this day's opening when the clocks change then; mostly nothing."""
        return at_wall(datetime.combine(day, self.time), self.zone)[1]

    def moment(self, day: date, entry_id: str) -> datetime:
        """When this entry goes out if it takes the opening of this day: as it opens, or spread over what follows.

        The minutes come from the entry, the slot and the day alone: the same on every machine, and again tomorrow.
        """
        at = self.opens(day)
        if not self.spread or not entry_id:
            return at
        seed = hashlib.sha256("\0".join((entry_id, self.name, day.isoformat())).encode(errors="surrogatepass"))
        minutes = int.from_bytes(seed.digest()[:8]) % (int(self.spread.total_seconds() // 60) + 1)
        # Minutes that pass, whatever the clocks do meanwhile.
        return (at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(self.zone)

    def window(self, day: date) -> tuple[datetime, datetime]:
        """From when to when (UTC, both included) this day's opening lasts: as long as a thread may be spread, and a minute."""
        opens = self.opens(day).astimezone(UTC)
        return opens, opens + self.spread + _ALMOST_A_MINUTE


@dataclass(frozen=True, kw_only=True)
class Blackout:
    """Days on the calendar's wall on which nothing goes out, the first and the last included."""

    first: date
    last: date
    why: str = ""

    def covers(self, at: datetime) -> bool:
        return self.first <= at.date() <= self.last


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """Hours on the wall of ``zone`` in which nothing goes out; up to ``until``, which may lie on the next day.

    ``days`` are those on which they begin (0 is Monday), ``accounts`` whose they are; all of them where there are none.
    """

    since: time
    until: time
    zone: ZoneInfo
    days: tuple[int, ...] = tuple(range(7))
    accounts: tuple[str, ...] = ()
    why: str = ""

    @property
    def hours(self) -> str:
        """From when to when, in words."""
        return f"from {self.since:%H:%M} to {f'{self.until:%H:%M}' if self.until != time() else '24:00'}"

    def concerns(self, accounts: Collection[str]) -> bool:
        """Whether they are those of one of these accounts."""
        return not self.accounts or any(account in self.accounts for account in accounts)

    def covers(self, at: datetime) -> bool:
        wall = at.astimezone(self.zone)
        clock, today = wall.time(), wall.weekday()
        if self.since < self.until:
            return today in self.days and self.since <= clock < self.until
        return (today in self.days and clock >= self.since) or ((today - 1) % 7 in self.days and clock < self.until)
