"""Changes of the calendar from the review, and what each means for the approval of the entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from contentkit.calendar.times import distance, show_time
from contentkit.cli import calendar_changes
from contentkit.cli.after_changes import parts_out, refuse_begun, standing_of, told_of
from contentkit.cli.journal import has_journal, journal_for_decision, journal_if_any
from contentkit.cli.project import Project
from contentkit.cli.wanted_times import named_time, next_time, notes_on
from contentkit.clock import Clock
from contentkit.models import Entry
from contentkit.publishing.journal import Journal
from contentkit.text import one_line
from contentkit.views.review.values import NextSlot

_Change = Callable[[Journal | None], Entry]


def pause(project: Project, name: str, reason: str, clock: Clock) -> str:
    def told(entry: Entry) -> str:
        return "paused" + (f" ({one_line(entry.pause_reason, 200)})" if entry.pause_reason else "")

    return _changed(project, name, clock, lambda _: calendar_changes.pause(project, name, reason), told)


def unpause(project: Project, name: str, clock: Clock) -> str:
    return _changed(
        project, name, clock, lambda _: calendar_changes.unpause(project, name), lambda _: "no longer paused"
    )


def move(project: Project, name: str, at: datetime, slot: str, clock: Clock) -> str:
    """Puts an entry at a time, and says what is in its way there. Raises UsageError for an entry of which a part is out."""

    def change(journal: Journal | None) -> Entry:
        one = project.calendar.entry(name)
        calendar_changes.refuse_same(one, at)
        refuse_begun(project, journal, one)
        return calendar_changes.move(project, name, at, slot=slot)

    def told(entry: Entry) -> str:
        there = f"{show_time(entry.at)} ({distance(entry.at, clock.now())})"
        notes = notes_on(project.as_it_is_now().calendar, entry)
        return "; ".join([f"moved to {there}" + (f", slot {entry.slot}" if entry.slot else ""), *notes])

    return _changed(project, name, clock, change, told)


def moment(project: Project, name: str, words: str, now: datetime) -> datetime:
    """A time as somebody says it, in the zone of an entry. Raises UsageError for one that is past."""
    zone = project.calendar.entry(name).at.tzinfo
    assert zone is not None
    return named_time(words, zone, now).at


def next_slot(project: Project, name: str, now: datetime) -> NextSlot:
    """The first free opening behind the time of an entry. Raises ContentError that says why there is none."""
    entry = project.calendar.entry(name)
    after = max(entry.at, now)
    found = next_time(project.calendar, entry.accounts, after, slot=entry.slot, entry_id=name)
    # In the slot's zone, which the entry then has: the opening follows that zone's rules.
    return NextSlot(
        at=found.at, slot=found.slot, told=f"{show_time(found.at)} ({distance(found.at, now)}), slot {found.slot}"
    )


def _changed(project: Project, name: str, clock: Clock, change: _Change, told: Callable[[Entry], str]) -> str:
    """Makes a change while no publisher may begin with the entry, and says what became of its approval."""
    opened = journal_for_decision if has_journal(project) else journal_if_any
    with opened(project, clock) as journal:
        before = standing_of(project, journal, project.calendar.entry(name))
        entry = change(journal)
        now = project.as_it_is_now()
        after, out = standing_of(now, journal, entry), parts_out(now, journal, entry)
    said = [told(entry), f"out already: {out}" if out else "", told_of(before, after)]
    return f"{name}: {'; '.join(words for words in said if words)}"
