"""``contentkit today``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show on one screen what went out, what waits for whom, what is planned, which slots are free.

    What went out since the last day of work, with its addresses; what waits for you and for others; the plan of the next seven
    days and its free slots; the figures of the last seven, where there are any. What does not fit is counted. Into a pipe
    goes everything.

    \b
    contentkit today
    contentkit today --json | jq '.waits[] | select(.who == "you")'
    """
    import shutil

    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.morning import today_of
    from contentkit.cli.output import is_terminal, show, show_json, show_lines
    from contentkit.cli.project import open_listed
    from contentkit.cli.scene import Scene
    from contentkit.clock import SystemClock
    from contentkit.views.today import screen_text, today_lines

    project, clock = open_listed(), SystemClock()
    with journal_if_any(project, clock) as journal:
        today = today_of(Scene(project, journal, clock.now()))
    if as_json:
        show_json(today)
    elif is_terminal():
        size = shutil.get_terminal_size()
        # The last line is the prompt's.
        show(screen_text(today, size.columns, size.lines - 1))
    else:
        show_lines(*(line for line, _ in today_lines(today, 0, 0)))
