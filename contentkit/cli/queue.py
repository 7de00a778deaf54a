"""``contentkit queue``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from contentkit.cli.project import Project
    from contentkit.publishing.journal import Journal
    from contentkit.views.queue import QueueRow


def command(
    everything: Annotated[bool, typer.Option("--all", help="Also what was published more than a week ago.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what is on the calendar, and what became of it.

    One line for each entry on each account: when, in how long, its state, and why.

    \b
    contentkit queue
    contentkit queue --json | jq '.[] | select(.state == "held")'
    """
    import shutil
    from datetime import timedelta

    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.output import is_terminal, say, show_json, show_lines, show_rows
    from contentkit.cli.project import open_project
    from contentkit.cli.standings import ENDED, standings
    from contentkit.clock import SystemClock
    from contentkit.publishing.facts import Fact
    from contentkit.views.queue import HEADINGS, address_lines, queue_cells, queue_table

    project, clock = open_project(), SystemClock()
    now = clock.now()
    with journal_if_any(project, clock) as journal:
        rows = standings(project, journal, now)
        stopped = journal.known(Fact.STOPPED) if journal else ""
        money = _money_lines(project, journal, rows, now) if journal else []
    if not everything:
        rows = [row for row in rows if row.state not in ENDED or now - row.at < timedelta(days=7)]
    if stopped:
        say(f"Publishing is stopped ({stopped}). 'contentkit start' resumes it.")
    if as_json:
        show_json(rows)
    elif rows:
        width = shutil.get_terminal_size().columns
        show_rows([HEADINGS, *(queue_cells(row, now) for row in rows)], lambda: queue_table(rows, now, width))
        if is_terminal():
            show_lines(*address_lines(rows))
    else:
        say("Nothing is on the calendar. Next: contentkit schedule DRAFT --at 'tomorrow 09:30'")
    say(*money)


def _money_lines(project: Project, journal: Journal, rows: Sequence[QueueRow], now: datetime) -> list[str]:
    """What is still to be paid, where something costs."""
    from datetime import UTC

    billed = [row for row in rows if row.cost]
    if not billed and all(account.budget is None for account in project.config.accounts.values()):
        return []
    from contentkit.cli.costs import money_lines
    from contentkit.prices import NOTHING

    to_pay = {row.account: NOTHING for row in billed}
    for row in billed:
        to_pay[row.account] += row.cost or NOTHING
    return list(money_lines(project, journal, to_pay, now.astimezone(UTC).date()))
