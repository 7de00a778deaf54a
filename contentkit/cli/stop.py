"""``contentkit stop``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(reason: Annotated[str, typer.Option(metavar="WORDS", help="Why; shown by queue and status.")] = "") -> None:
    """Stop publishing at once, until 'contentkit start'.

    A post whose request is already out is settled; no other one leaves, on any account, also while a run is at work.

    \b
    contentkit stop --reason "wrong figures in the launch thread"
    """
    from contentkit.cli.elsewhere import refuse_at_desk
    from contentkit.cli.journal import journal_of
    from contentkit.cli.output import show_lines
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.publishing.identity import raise_counter
    from contentkit.publishing.stops import stop

    project, clock = open_project(), SystemClock()
    refuse_at_desk(project, clock, "publishing is stopped")
    with journal_of(project, clock) as journal:
        stop(journal, clock.now(), reason)
        # A copy of the journal from before must not be able to undo it.
        raise_counter(project.state, journal)
    show_lines("Publishing is stopped.")
