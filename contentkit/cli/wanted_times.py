"""The time that a person wants for an entry: named, or the next free opening of a slot; and what they should know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from contentkit.calendar.entries import Calendar
    from contentkit.models import Entry


@dataclass(frozen=True, kw_only=True)
class WantedTime:
    """When an entry is to go out: ``at`` is aware, ``words`` is what the calendar writes for it in the zone of this name.

    ``slot`` is the slot that it is an opening of, empty for a time that was named. ``note`` tells of a change of the clocks.
    """

    at: datetime
    words: str
    zone: str
    slot: str = ""
    note: str = ""


def named_time(words: str, zone: tzinfo, now: datetime) -> WantedTime:
    """The time that these words say in ``zone``. Raises UsageError for one that is past, or that nobody can understand."""
    from contentkit.calendar.times import as_written, distance, parse_when, read_at, show_time
    from contentkit.errors import ContentError, UsageError

    at = parse_when(words, zone, now)
    if at < now and words.strip().lower() != "now":
        raise UsageError(f"{show_time(at)} is past ({distance(at, now)})", hint="name a time to come, or 'now'")
    try:
        note = read_at(words, zone)[1]
    except ContentError:
        note = ""  # said in another way than the calendar has it
    return WantedTime(at=at, words=as_written(at), zone=str(zone), note=note)


def next_time(calendar: Calendar, accounts: Sequence[str], after: datetime, *, slot: str, entry_id: str) -> WantedTime:
    """The next free opening of a slot, of any when ``slot`` is empty. Raises ContentError that says why there is none."""
    from contentkit.calendar.openings import next_opening, why_none

    opening = next_opening(calendar, accounts, after, slot=slot, entry_id=entry_id)
    if opening is None:
        raise why_none(calendar, accounts, after, slot=slot, entry_id=entry_id)
    note = calendar.slot(opening.slot).note(opening.day)
    return WantedTime(at=opening.at, words=opening.words, zone=opening.zone, slot=opening.slot, note=note)


def check_one_time(command: str, at: str, slot: str | None) -> None:
    """Raises UsageError unless exactly one of ``--at`` and ``--next`` was given; ``slot`` is None without the latter."""
    from contentkit.errors import UsageError

    if bool(at) == (slot is not None):
        what = "'--at' and '--next' are two times" if at else "it does not say when"
        raise UsageError(f"{command}: {what}", hint="name the time: --at 'tomorrow 09:30', or take a free one: --next")


def notes_on(calendar: Calendar, entry: Entry) -> list[str]:
    """What somebody should know of the time of an entry of this calendar, as what it does; nothing of it forbids that time."""
    from contentkit.calendar.obstacles import obstacles_of

    return [note for note in (entry.note, *(one.words for one in obstacles_of(calendar, entry))) if note]
