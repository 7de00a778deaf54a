"""What a person changes on the calendar: one key of one entry, written at once, everything else byte for byte as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from contentkit.calendar import edit
from contentkit.calendar.entries import parse_calendar
from contentkit.calendar.times import as_written
from contentkit.cli.project import Project
from contentkit.config import CALENDAR_NAME
from contentkit.files import decoded, read_bytes, replace_file
from contentkit.models import Entry
from contentkit.strict_yaml import scalar


def pause(project: Project, entry_id: str, reason: str) -> Entry:
    """Pauses an entry, with the reason in its place where there is one. Returns it as it stands now. Raises ContentError."""
    value = scalar(reason) if reason else "true"
    return _changed(project, entry_id, lambda text: edit.set_key(text, CALENDAR_NAME, entry_id, "paused", value))


def unpause(project: Project, entry_id: str) -> Entry:
    """Takes the pause of an entry out. Returns it as it stands now. Raises ContentError."""
    return _changed(project, entry_id, lambda text: edit.remove_key(text, CALENDAR_NAME, entry_id, "paused"))


def move(project: Project, entry_id: str, at: datetime) -> Entry:
    """Puts an entry at another moment, in its own zone. Returns it as it stands now. Raises ContentError."""
    words = scalar(as_written(at.astimezone(project.calendar.entry(entry_id).at.tzinfo)))
    return _changed(project, entry_id, lambda text: edit.set_key(text, CALENDAR_NAME, entry_id, "at", words))


def _changed(project: Project, entry_id: str, change: Callable[[str], str]) -> Entry:
    """The entry after a change of the file as it is now: somebody may have edited it since the project was read."""
    path = project.root / CALENDAR_NAME
    before = read_bytes(path, CALENDAR_NAME)
    after = change(decoded(before, CALENDAR_NAME))
    entry = parse_calendar(after, CALENDAR_NAME, project.config.accounts).entry(entry_id)
    replace_file(path, after.encode(), before)
    return entry
