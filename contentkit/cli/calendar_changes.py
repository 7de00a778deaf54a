"""What a person changes on the calendar: keys of one entry, written at once, everything else byte for byte as it was.

Each reads the file as it is at that moment: somebody may have edited it since the project was read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from contentkit.calendar import edit
from contentkit.calendar.entries import NO_REASON, entry_in, parse_calendar, still_right
from contentkit.calendar.times import as_written, show_time
from contentkit.cli.project import Project
from contentkit.config import CALENDAR_NAME
from contentkit.errors import UsageError
from contentkit.files import decoded, read_bytes, replace_file
from contentkit.models import Entry


def pause(project: Project, entry_id: str, reason: str) -> Entry:
    """Pauses an entry, with the reason in its place where there is one. Returns it as it stands now.

    Raises ContentError, and UsageError where it is paused already or the reason says nothing.
    """

    def paused(text: str, entry: Entry, _: str) -> str:
        refuse_pause(entry, reason)
        if reason:
            return edit.set_text(text, CALENDAR_NAME, entry_id, "paused", reason)
        return edit.set_key(text, CALENDAR_NAME, entry_id, "paused", "true")

    return _changed(project, entry_id, paused)


def refuse_pause(entry: Entry, reason: str) -> None:
    """Raises UsageError where an entry is paused already, or ``paused:`` would not take these words for a reason."""
    if entry.paused:
        why = f" ({entry.pause_reason})" if entry.pause_reason else ""
        raise UsageError(f"{entry.id} is paused already{why}", hint=f"'contentkit unpause {entry.id}' ends that")
    if reason and reason.strip().lower() in NO_REASON:
        raise UsageError(f"'{reason}' is no reason to pause", hint="say why in words, or name none")


def unpause(project: Project, entry_id: str) -> Entry:
    """Takes the pause of an entry out. Returns it as it stands now.

    Raises ContentError, and UsageError where it is not paused.
    """

    def unpaused(text: str, entry: Entry, _: str) -> str:
        refuse_unpause(entry)
        return edit.remove_key(text, CALENDAR_NAME, entry_id, "paused")

    return _changed(project, entry_id, unpaused)


def refuse_unpause(entry: Entry) -> None:
    """Raises UsageError where an entry is not paused."""
    if not entry.paused:
        raise UsageError(f"{entry.id} is not paused", hint="'contentkit queue' shows what keeps it back")


def move(project: Project, entry_id: str, at: datetime, *, slot: str = "") -> Entry:
    """Puts an entry at another moment: in its own zone, or, on a slot, in the zone of ``at``, which is the slot's.

    Returns it as it stands now. Raises ContentError, and UsageError where it is there already.
    """

    def moved(text: str, entry: Entry, usual_zone: str) -> str:
        refuse_same(entry, at)
        there = at if slot else at.astimezone(entry.at.tzinfo)
        changes = {"at": as_written(there), "slot": slot}
        if (zone := str(there.tzinfo)) != entry.zone:
            changes["timezone"] = zone if zone != usual_zone else ""
        for key, words in changes.items():
            if words:
                text = edit.set_text(text, CALENDAR_NAME, entry_id, key, words)
            else:
                text = edit.remove_key(text, CALENDAR_NAME, entry_id, key)
        return text

    return _changed(project, entry_id, moved)


def refuse_same(entry: Entry, at: datetime) -> None:
    """Raises UsageError where an entry is at this moment already."""
    if entry.at.timestamp() == at.timestamp():
        raise UsageError(f"{entry.id} is at {show_time(entry.at)} already", hint="name another time")


def _changed(project: Project, entry_id: str, change: Callable[[str, Entry, str], str]) -> Entry:
    """The entry after a change, which is given the text of the file, the entry in it, and the calendar's zone."""
    path, accounts, late = project.root / CALENDAR_NAME, project.config.accounts, project.config.late
    before, calendar = read_bytes(path, CALENDAR_NAME), project.calendar
    text = decoded(before, CALENDAR_NAME)
    if not still_right(calendar, text):
        calendar = parse_calendar(text, CALENDAR_NAME, accounts, late)
    after = change(text, entry_in(text, entry_id, CALENDAR_NAME, calendar, accounts, late), calendar.timezone)
    entry = entry_in(after, entry_id, CALENDAR_NAME, calendar, accounts, late)
    replace_file(path, after.encode(), before)
    return entry
