"""``contentkit start``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.publishing.journal import Journal


def command(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would go out at once; publishing stays stopped.")
    ] = False,
) -> None:
    """Publish again after 'contentkit stop'.

    The time of a stop makes nothing late, up to a day: what was due meanwhile goes out now, threads that had begun go on.
    What is later than that is held; what may not be late at all is held or moved on, as its entry says. What goes out at
    once is shown.

    \b
    contentkit start --dry-run
    contentkit start
    """
    from contentkit.cli.elsewhere import refuse_at_desk
    from contentkit.cli.journal import journal_of
    from contentkit.cli.output import show_lines
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.publishing.stops import start

    project, clock = open_project(), SystemClock()
    refuse_at_desk(project, clock, "publishing is started")
    with journal_of(project, clock) as journal:
        if not dry_run:
            start(journal, clock.now())
        begins = "would go on" if dry_run else "goes on"
        show_lines(f"Publishing {begins} with the next 'contentkit post'.", *_what_is_due(project, journal, clock))


def _what_is_due(project: Project, journal: Journal, clock: Clock) -> Iterator[str]:
    """What becomes of each thread whose time has come, a line for each."""
    from contentkit.calendar.times import distance
    from contentkit.cli.dry_run import why_kept
    from contentkit.publishing.publisher import due_now

    now = clock.now()
    for thread in due_now(journal, now):
        why = why_kept(project, journal, thread, now)
        words = f"stays: {why}" if why else "goes out"
        yield f"  {thread.entry} on {thread.account}, due {distance(thread.due, now)}: {words}"
