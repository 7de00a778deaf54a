"""``contentkit unpause``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    names: Annotated[list[str], typer.Argument(metavar="ENTRY...", help="Entries of the calendar.")],
) -> None:
    """Let paused entries go out at their times again.

    Takes one line out of calendar.yaml. An approval that held before holds after.

    \b
    contentkit unpause launch
    """
    from contentkit.cli.after_changes import standing_of, what_next, what_now
    from contentkit.cli.calendar_changes import refuse_unpause, unpause
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.output import say, show_sentences
    from contentkit.cli.project import entries_named, open_project
    from contentkit.clock import SystemClock

    project, clock = open_project(), SystemClock()
    entries = entries_named(project, names)
    for entry in entries:
        refuse_unpause(entry)
    next_steps: list[str] = []
    with journal_if_any(project, clock) as journal:
        for entry_id in (entry.id for entry in entries):
            entry = unpause(project, entry_id)
            standing = standing_of(project.as_it_is_now(), journal, entry)
            now = clock.now()
            show_sentences(f"{entry_id}: no longer paused; {what_now(journal, entry, standing, now)}")
            next_steps += what_next(project, journal, entry, standing, now)
    say(*dict.fromkeys(next_steps))
