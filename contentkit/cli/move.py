"""``contentkit move``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from contentkit.cli.project import Project
    from contentkit.cli.wanted_times import WantedTime
    from contentkit.clock import Clock
    from contentkit.models import Entry
    from contentkit.publishing.journal import Journal


def command(
    names: Annotated[list[str], typer.Argument(metavar="ENTRY...", help="Entries of the calendar.")],
    at: Annotated[
        str, typer.Option("--at", metavar="TIME", help="'2026-11-24 09:30', 'tomorrow 09:30', 'in 2 hours', 'now'.")
    ] = "",
    next_slot: Annotated[
        str | None,
        typer.Option(
            "--next", metavar="[SLOT]", help="The next free opening of this slot; else of its own, or of any."
        ),
    ] = None,
) -> None:
    """Put entries at another time.

    Changes the time in calendar.yaml, and nothing else there; --at is a time of the entry's own zone. An approval was for the
    old time and does not hold for the new one. An entry of which a part is out cannot be moved.

    \b
    contentkit move launch --at "friday 09:30"
    contentkit move launch changelog --next weekday-morning
    """
    from contentkit.cli.after_changes import refuse_begun
    from contentkit.cli.journal import has_journal, journal_for_decision, journal_if_any
    from contentkit.cli.project import entries_named, open_project
    from contentkit.cli.wanted_times import check_one_time
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError

    check_one_time("move", at, next_slot)
    project, clock = open_project(), SystemClock()
    entries = entries_named(project, names)
    if at and len(entries) > 1:
        raise UsageError(
            "move: several entries at one time", hint="move them one by one, or take free openings: --next"
        )
    wanted = [_wanted(project, entry, at, next_slot, clock.now()) for entry in entries[:1]]
    # While they are moved, no publisher may begin with one of them.
    opened = journal_for_decision if has_journal(project) else journal_if_any
    with opened(project, clock) as journal:
        for entry in entries:
            refuse_begun(project, journal, entry)
        for entry in entries:
            # What was moved before may have taken the opening.
            now = project.as_it_is_now()
            time = wanted.pop() if wanted else _wanted(now, entry, at, next_slot, clock.now())
            _move(now, journal, clock, entry, time)


def _wanted(project: Project, entry: Entry, at: str, slot: str | None, now: datetime) -> WantedTime:
    """The time that an entry is to be put at. Raises UsageError or ContentError where there is none, or it is there already."""
    from contentkit.cli.calendar_changes import refuse_same
    from contentkit.cli.wanted_times import named_time, next_time

    if slot is not None:
        after = max(entry.at, now)
        return next_time(project.calendar, entry.accounts, after, slot=slot or entry.slot, entry_id=entry.id)
    zone = entry.at.tzinfo
    assert zone is not None
    wanted = named_time(at, zone, now)
    refuse_same(entry, wanted.at)
    return wanted


def _move(project: Project, journal: Journal | None, clock: Clock, entry: Entry, wanted: WantedTime) -> None:
    """Moves an entry, and says what that means for it."""
    from contentkit.calendar.times import distance, show_time
    from contentkit.cli.after_changes import standing_of, told_of, what_next
    from contentkit.cli.calendar_changes import move
    from contentkit.cli.output import say, show_sentences
    from contentkit.cli.wanted_times import notes_on

    before = standing_of(project, journal, entry)
    moved = move(project, entry.id, wanted.at, slot=wanted.slot)
    there = project.as_it_is_now()
    after = standing_of(there, journal, moved)
    when = f"{show_time(moved.at)} ({distance(moved.at, clock.now())})" + (f", slot {moved.slot}" if moved.slot else "")
    told = [f"{entry.id}: moved from {show_time(entry.at)} to {when}", told_of(before, after)]
    told += [f"no longer on the slot {entry.slot}"] if entry.slot and not moved.slot else []
    told += ["still paused"] if moved.paused else []
    show_sentences("; ".join(words for words in told if words))
    notes = [note for note in (wanted.note,) if note not in ("", moved.note)] + notes_on(there.calendar, moved)
    say(*(f"{entry.id}: {note}" for note in notes), *what_next(project, journal, moved, after, clock.now()))
