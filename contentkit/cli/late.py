"""What late threads go by that stands in the calendar: the openings of their slots, and the hours in which they rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contentkit.calendar.entries import Calendar
    from contentkit.cli.project import Project
    from contentkit.models import Entry
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.surroundings import Opening


def later_opening(project: Project, journal: Journal, entry: Entry, account: str, after: datetime) -> Opening | None:
    """The next free opening of an entry's slot on an account; where it names none, of the slots of all of its accounts.

    What has moved on already is in the way where it stands now, not where the calendar has it. Raises nothing for a slot that is
    gone: then the approval is void.
    """
    from contentkit.calendar.openings import next_opening
    from contentkit.calendar.times import show_time
    from contentkit.publishing.surroundings import Opening

    calendar = _as_moved(project.calendar, journal, account)
    fitting = tuple(
        slot for slot in calendar.slots if entry.slot in ("", slot.name) and set(entry.accounts) <= set(slot.accounts)
    )
    found = next_opening(replace(calendar, slots=fitting), [account], after, entry_id=entry.id)
    return Opening(at=found.at, words=show_time(found.at.astimezone(calendar.zone))) if found else None


def _as_moved(calendar: Calendar, journal: Journal, account: str) -> Calendar:
    """The calendar with the times to which threads of this account have moved on."""
    moved = {
        thread.entry: thread.due.astimezone(calendar.zone)
        for thread in journal.threads.on(account)
        if thread.rows[0].moved_from
    }
    entries = tuple(replace(one, at=moved[one.id]) if one.id in moved else one for one in calendar.entries)
    return replace(calendar, entries=entries)


def why_resting(calendar: Calendar, account: str, at: datetime) -> str:
    """Why nothing late goes out on an account at this moment: a blackout, quiet hours; empty when it does."""
    local = at.astimezone(calendar.zone)
    for blackout in calendar.blackouts:
        if blackout.covers(local):
            return f"waits for the end of the blackout ({blackout.why or 'no reason given'}), after {blackout.last}"
    for quiet in calendar.quiet:
        if quiet.concerns([account]) and quiet.covers(at):
            where = "" if quiet.zone.key == calendar.zone.key else f" in {quiet.zone.key}"
            return f"waits for the end of the quiet hours {quiet.hours}{where}"
    return ""
