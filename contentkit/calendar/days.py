"""What each day of a calendar holds: entries, free openings, quiet hours, blackouts, changes of the clocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from contentkit.calendar.obstacles import Road
from contentkit.calendar.openings import openings
from contentkit.values import dataclass
from contentkit.walls import instant_at

if TYPE_CHECKING:
    from contentkit.calendar.entries import Calendar
    from contentkit.calendar.slots import Quiet
    from contentkit.models import Entry

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """An entry at its time on the calendar's wall; ``notes`` are what speaks against that time, and how the clocks moved it."""

    entry: Entry
    at: datetime
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """An opening of a slot that these accounts could still take; ``spread`` is up to how much later a thread would go out."""

    slot: str
    at: datetime
    accounts: tuple[str, ...]
    spread: timedelta = timedelta()


@dataclass(frozen=True, kw_only=True)
class Silence:
    """Quiet hours as they lie on the calendar's wall; ``accounts`` is empty where they are those of all."""

    since: datetime
    until: datetime
    accounts: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day on the calendar's wall. ``blackouts`` are their reasons, ``clocks`` is how far the clocks go forward."""

    date: date
    appointments: tuple[Appointment, ...] = ()
    vacancies: tuple[Vacancy, ...] = ()
    silences: tuple[Silence, ...] = ()
    blackouts: tuple[str, ...] = ()
    clocks: timedelta = timedelta()

    @property
    def is_gap(self) -> bool:
        """Whether something could go out, and nothing does."""
        return bool(self.vacancies) and not self.appointments


def days_of(calendar: Calendar, first: date, last: date, accounts: Sequence[str], now: datetime) -> list[Day]:
    """The days from ``first`` to ``last`` as these accounts see them. What opened before ``now`` is free no more."""
    wanted = set(accounts)
    road = Road(calendar=calendar)
    appointments = [
        _appointment(road, entry)
        for entry in calendar.entries
        if wanted & set(entry.accounts) and first <= entry.at.astimezone(calendar.zone).date() <= last
    ]
    vacancies = list(_vacancies(road, first, last, accounts, now))
    silences = [
        silence
        for quiet in calendar.quiet
        if quiet.concerns(accounts)
        for silence in _silences(calendar, quiet, first, last)
    ]
    return [
        Day(
            date=day,
            appointments=tuple(one for one in sorted(appointments, key=_by_time) if one.at.date() == day),
            vacancies=tuple(one for one in vacancies if one.at.date() == day),
            silences=tuple(one for one in silences if one.since.date() == day),
            blackouts=tuple(one.why for one in calendar.blackouts if one.first <= day <= one.last),
            clocks=_clocks(calendar, day),
        )
        for day in (first + ahead * _DAY for ahead in range((last - first).days + 1))
    ]


def _by_time(appointment: Appointment) -> tuple[datetime, str]:
    return appointment.at.astimezone(UTC), appointment.entry.id


def _appointment(road: Road, entry: Entry) -> Appointment:
    against = [obstacle.words for obstacle in road.against(entry)]
    notes = ([entry.note] if entry.note else []) + against
    return Appointment(entry=entry, at=entry.at.astimezone(road.calendar.zone), notes=tuple(notes))


def _vacancies(road: Road, first: date, last: date, accounts: Sequence[str], now: datetime) -> Iterator[Vacancy]:
    zone = road.calendar.zone
    begin = max(now.astimezone(UTC), _midnight(road.calendar, first) - timedelta(microseconds=1))
    slots = {slot.name: slot for slot in road.calendar.slots if set(accounts) & set(slot.accounts)}
    seen: set[tuple[str, datetime]] = set()
    for opening in openings(list(slots.values()), begin, days=(last - begin.date()).days + 3):
        slot, at = slots[opening.slot], opening.at.astimezone(zone)
        free = tuple(name for name in slot.accounts if name in accounts and not any(road.obstacles(opening.at, [name])))
        # A day that never was opens with the next one.
        if free and at.date() <= last and (slot.name, opening.instant) not in seen:
            seen.add((slot.name, opening.instant))
            yield Vacancy(slot=slot.name, at=at, accounts=free, spread=slot.spread)


def _silences(calendar: Calendar, quiet: Quiet, first: date, last: date) -> Iterator[Silence]:
    """The quiet hours that begin within these days, or shortly before or after: on another wall it may be another day."""
    for ahead in range(-1, (last - first).days + 2):
        day = first + ahead * _DAY
        if day.weekday() in quiet.days:
            end = day if quiet.since < quiet.until else day + _DAY
            since, until = (
                instant_at(datetime.combine(on, clock), quiet.zone).astimezone(calendar.zone)
                for on, clock in ((day, quiet.since), (end, quiet.until))
            )
            yield Silence(since=since, until=until, accounts=quiet.accounts, why=quiet.why)


def _clocks(calendar: Calendar, day: date) -> timedelta:
    """How far the clocks are put forward on a day, which is that much shorter; below zero, back."""
    return _DAY - (_midnight(calendar, day + _DAY) - _midnight(calendar, day))


def _midnight(calendar: Calendar, day: date) -> datetime:
    return instant_at(datetime.combine(day, time()), calendar.zone).astimezone(UTC)
