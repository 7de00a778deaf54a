"""``contentkit pause``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    names: Annotated[list[str], typer.Argument(metavar="ENTRY...", help="Entries of the calendar.")],
    why: Annotated[
        str, typer.Option("--why", metavar="WORDS", help="Why; the calendar keeps it, queue shows it.")
    ] = "",
) -> None:
    """Keep entries back until 'contentkit unpause'.

    Adds one line to the entry in calendar.yaml. Its approval stays as it is; what is left of a thread that has begun waits,
    too. Nothing that was sent is taken back.

    \b
    contentkit pause launch --why "legal has to read it"
    """
    from dataclasses import replace

    from contentkit.cli.after_changes import parts_out, standing_of, told_of, what_next
    from contentkit.cli.calendar_changes import pause, refuse_pause
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.output import say, show_sentences
    from contentkit.cli.project import entries_named, open_project
    from contentkit.clock import SystemClock
    from contentkit.text import one_line

    project, clock, reason = open_project(), SystemClock(), " ".join(why.split())
    entries = entries_named(project, names)
    for entry in entries:
        refuse_pause(entry, reason)
    next_steps: list[str] = []
    with journal_if_any(project, clock) as journal:
        for entry in entries:
            before, out = standing_of(project, journal, entry), parts_out(project, journal, entry)
            paused = pause(project, entry.id, reason)
            told = [f"{entry.id}: paused" + (f" ({one_line(paused.pause_reason, 200)})" if paused.pause_reason else "")]
            told += [f"out already: {out}"] if out else []
            told += [words] if (words := told_of(before, before)) else []
            show_sentences("; ".join(told))
            next_steps += what_next(project, journal, paused, replace(before, holds=True), clock.now())
    say(*dict.fromkeys(next_steps))
