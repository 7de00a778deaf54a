"""``contentkit move``."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, tzinfo

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.models import Entry
    from contentkit.publishing.journal import Journal


def command(
    name: Annotated[str, typer.Argument(metavar="ENTRY", help="An entry of the calendar.")],
    at: Annotated[
        str, typer.Option("--at", metavar="TIME", help="'2026-11-24 09:30', 'tomorrow 09:30', 'in 2 hours', 'now'.")
    ],
) -> None:
    """Put an entry at another time.

    Changes its time in calendar.yaml and nothing else; the time is one of the entry's own zone. Its approval was for the old
    time and does not hold for the new one. An entry of which a part is out cannot be moved.

    \b
    contentkit move launch --at "friday 09:30"
    """
    from contentkit.calendar.times import parse_when
    from contentkit.cli.after_changes import refuse_begun
    from contentkit.cli.calendar_changes import refuse_same
    from contentkit.cli.journal import has_journal, journal_for_decision, journal_if_any
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock

    project, clock = open_project(), SystemClock()
    entry = project.calendar.entry(name)
    zone = entry.at.tzinfo
    assert zone is not None
    moment = parse_when(at, zone, clock.now())
    _refuse_past(moment, at, clock.now())
    refuse_same(entry, moment)
    # While it is moved, no publisher may begin with it.
    opened = journal_for_decision if has_journal(project) else journal_if_any
    with opened(project, clock) as journal:
        refuse_begun(project, journal, entry)
        _move(project, journal, clock, entry, moment, _clock_change(at, zone))


def _move(
    project: Project, journal: Journal | None, clock: Clock, entry: Entry, at: datetime, notes: Iterable[str]
) -> None:
    """Moves an entry, and says what that means for it."""
    from contentkit.calendar.times import distance, show_time
    from contentkit.cli.after_changes import standing_of, told_of, what_next
    from contentkit.cli.calendar_changes import move
    from contentkit.cli.output import say, show_sentences

    before = standing_of(project, journal, entry)
    moved = move(project, entry.id, at)
    after = standing_of(project.as_it_is_now(), journal, moved)
    there = f"{show_time(moved.at)} ({distance(moved.at, clock.now())})"
    told = [f"{entry.id}: moved from {show_time(entry.at)} to {there}", told_of(before, after)]
    told += [f"no longer on the slot {entry.slot}"] if entry.slot and not moved.slot else []
    told += ["still paused"] if moved.paused else []
    show_sentences("; ".join(words for words in told if words))
    say(*(f"{entry.id}: {note}" for note in notes), *what_next(project, journal, moved, after, clock.now()))


def _refuse_past(moment: datetime, words: str, now: datetime) -> None:
    from contentkit.calendar.times import distance, show_time
    from contentkit.errors import UsageError

    if moment < now and words.strip().lower() != "now":
        raise UsageError(f"{show_time(moment)} is past ({distance(moment, now)})", hint="name a time to come, or 'now'")


def _clock_change(words: str, zone: tzinfo) -> Iterator[str]:
    """A note when the wall time that was asked for is not just one moment, because the clocks change that night."""
    from contentkit.calendar.times import read_at
    from contentkit.errors import ContentError

    with suppress(ContentError):  # said in another way than the calendar has it
        if note := read_at(words, zone)[1]:
            yield note
