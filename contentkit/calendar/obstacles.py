"""What speaks against a moment on some accounts: blackouts, quiet hours, other threads too near.

One set of rules for whoever asks: ``--next`` looks for a moment without any of it, who named the time by hand is told.
Nothing here forbids a time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from contentkit.calendar.times import show_length
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.calendar.entries import Calendar
    from contentkit.calendar.slots import Quiet, Slot
    from contentkit.models import Entry

Kind = Literal["blackout", "quiet", "clash", "near", "full", "closed"]
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_Opening: TypeAlias = "tuple[datetime, datetime, Slot]"
_Openings: TypeAlias = list[_Opening]


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """One reason against a moment. ``others`` are the ids of the entries that it is about, ``accounts`` where it holds; both are
    empty where that is no matter."""

    kind: Kind
    told: str
    others: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """It in words that go on a sentence whose subject is the entry: 'lies in a blackout (holidays)'."""
        return f"{self.told} on {', '.join(self.accounts)}" if self.accounts else self.told


@dataclass(frozen=True, kw_only=True)
class Road:
    """A calendar with its threads in order on each account, to ask of many moments."""

    calendar: Calendar

    @cached_property
    def _traffic(self) -> Mapping[str, tuple[list[datetime], list[Entry]]]:
        threads = [
            (account, entry.at.astimezone(UTC), entry) for entry in self.calendar.entries for account in entry.accounts
        ]
        threads.sort(key=lambda thread: (thread[0], thread[1], thread[2].id))
        return {
            account: ([moment for _, moment, _ in on_it], [entry for _, _, entry in on_it])
            for account, grouped in groupby(threads, key=lambda thread: thread[0])
            if (on_it := list(grouped))
        }

    @cached_property
    def _windows(self) -> dict[date, _Openings]:
        """The openings of each day (UTC) that somebody asked for."""
        return {}

    def _open_at(self, moment: datetime) -> _Openings:
        """The openings that hold this moment (UTC): from when, to when, of which slot."""
        day = moment.date()
        if day not in self._windows:
            self._windows[day] = [
                (*window, slot)
                for slot in self.calendar.slots
                # No wall is more than a day ahead or behind; what was skipped moved by up to a day; what opens late lasts on.
                for window in {
                    slot.window(on)
                    for on in (day + ahead * _DAY for ahead in range(-3, 2))
                    if on.weekday() in slot.days
                }
                if window[0].date() <= day <= window[1].date()
            ]
        return [window for window in self._windows[day] if window[0] <= moment <= window[1]]

    def _others(self, account: str, first: datetime, last: datetime, entry_id: str) -> Sequence[Entry]:
        """The entries on an account but this one from one moment to another (UTC), both included, in order."""
        moments, entries = self._traffic.get(account, ([], []))
        there = entries[bisect_left(moments, first) : bisect_right(moments, last)]
        return [entry for entry in there if entry.id != entry_id]

    def obstacles(self, at: datetime, accounts: Sequence[str], entry_id: str = "") -> Iterator[Obstacle]:
        """What speaks against this moment (aware) on these accounts for an entry, which is not in its own way."""
        local = at.astimezone(self.calendar.zone)
        if blackout := next((one for one in self.calendar.blackouts if one.covers(local)), None):
            yield Obstacle(kind="blackout", told=f"lies in a blackout ({blackout.why or 'no reason given'})")
        for quiet in self.calendar.quiet:
            if quiet.concerns(accounts) and quiet.covers(at):
                yield Obstacle(kind="quiet", told=self._quiet_words(quiet))
        merged: dict[Obstacle, list[str]] = {}
        moment = at.astimezone(UTC)
        openings = self._open_at(moment)
        for account in accounts:
            for obstacle in self._on(account, moment, openings, entry_id):
                merged.setdefault(obstacle, []).append(account)
        yield from (replace(obstacle, accounts=tuple(names)) for obstacle, names in merged.items())

    def against(self, entry: Entry) -> Iterator[Obstacle]:
        """What speaks against the moment of an entry of this calendar; also that its slot is not open then."""
        yield from self.obstacles(entry.at, entry.accounts, entry.id)
        if entry.slot and all(slot.name != entry.slot for _, _, slot in self._open_at(entry.at.astimezone(UTC))):
            yield Obstacle(kind="closed", told=f"is on the slot '{entry.slot}', which does not open then")

    def free(self, at: datetime, accounts: Sequence[str]) -> tuple[str, ...]:
        """Those of these accounts on which nothing speaks against this moment (aware)."""
        if any(blackout.covers(at.astimezone(self.calendar.zone)) for blackout in self.calendar.blackouts):
            return ()
        quiet = [one for one in self.calendar.quiet if one.covers(at)]
        moment = at.astimezone(UTC)
        openings = self._open_at(moment)
        return tuple(
            name
            for name in accounts
            if not any(one.concerns([name]) for one in quiet) and not any(self._on(name, moment, openings, ""))
        )

    def _on(self, account: str, moment: datetime, openings: _Openings, entry_id: str) -> Iterator[Obstacle]:
        """What other threads of an account speak against this moment (UTC), which these openings hold."""
        mine = [opening for opening in openings if account in opening[2].accounts]
        full = [found for opening in mine if (found := self._full(account, opening, entry_id))]
        # Two threads in one minute are what an opening with room for two is for.
        has_room = bool(mine) and not full
        near = list(self._near(account, moment, entry_id, has_room=has_room))
        told = {other for one in near for other in one.others}
        yield from near
        yield from (one for one in full if not told.issuperset(one.others))

    def _near(self, account: str, moment: datetime, entry_id: str, *, has_room: bool) -> Iterator[Obstacle]:
        gap = self.calendar.gaps.get(account, timedelta())
        minute = moment.replace(second=0, microsecond=0)
        reach = max(gap, _MINUTE)
        for other in self._others(account, moment - reach, moment + reach, entry_id):
            away = other.at.astimezone(UTC) - moment
            if minute <= moment + away < minute + _MINUTE:
                if gap or not has_room:
                    told = f"goes out in the same minute as {other.id}"
                    yield Obstacle(kind="clash", told=told, others=(other.id,))
            elif abs(away) < gap:
                side = "before" if away > timedelta() else "after"
                told = (
                    f"goes out {show_length(abs(away))} {side} {other.id}, nearer than the gap of {show_length(gap)},"
                )
                yield Obstacle(kind="near", told=told, others=(other.id,))

    def _full(self, account: str, opening: _Opening, entry_id: str) -> Obstacle | None:
        opens, closes, slot = opening
        there = self._others(account, opens, closes, entry_id)
        if len(there) < slot.capacity:
            return None
        names = tuple(entry.id for entry in there)
        return Obstacle(kind="full", told=f"finds the slot '{slot.name}' taken by {', '.join(names)}", others=names)

    def _quiet_words(self, quiet: Quiet) -> str:
        where = "" if quiet.zone.key == self.calendar.zone.key else f" in {quiet.zone.key}"
        whose = f" of {', '.join(quiet.accounts)}" if quiet.accounts else ""
        why = f" ({quiet.why})" if quiet.why else ""
        return f"lies in the quiet hours{whose} {quiet.hours}{where}{why}"


def obstacles(calendar: Calendar, at: datetime, accounts: Sequence[str], *, entry_id: str = "") -> list[Obstacle]:
    """What speaks against this moment (aware) on these accounts for an entry, which is not in its own way."""
    return list(Road(calendar=calendar).obstacles(at, accounts, entry_id))


def obstacles_of(calendar: Calendar, entry: Entry) -> list[Obstacle]:
    """What speaks against the moment of an entry of this calendar."""
    return list(Road(calendar=calendar).against(entry))
