"""``contentkit queue``."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    names: Annotated[list[str] | None, typer.Argument(metavar="ENTRY...", help="Only these entries.")] = None,
    account: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this account.")] = None,
    founder: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only drafts in this name.")] = None,
    campaign: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this campaign.")] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(metavar="STATE", help="planned, sending, unknown, held, sent, skipped; none: not planned yet."),
    ] = None,
    since: Annotated[str, typer.Option("--from", metavar="TIME", help="Not before: today, 2026-11-24, …")] = "",
    until: Annotated[str, typer.Option("--to", metavar="TIME", help="Not after: friday, in 2 weeks, …")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Also what was published more than a week ago.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Show it until q is typed, anew when something changes.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what is on the calendar, and what became of it.

    One line for each entry on each account: when, in how long, its state, why, and who acts next. Options that name
    something may be repeated.

    \b
    contentkit queue
    contentkit queue --account ours --state held --state unknown
    contentkit queue --from today --to friday --campaign launch
    contentkit queue --json | jq '.[] | select(.who == "you")'
    """
    from functools import partial

    from contentkit.cli.output import is_terminal
    from contentkit.cli.queueing import show_queue, wanted_of
    from contentkit.errors import UsageError

    if watch and (as_json or not is_terminal()):
        raise UsageError("--watch needs a terminal to draw on", hint="leave it out: 'contentkit queue' prints it once")
    asked = partial(
        wanted_of,
        names=names or (),
        accounts=account or (),
        founders=founder or (),
        campaigns=campaign or (),
        states=state or (),
        since=since,
        until=until,
        everything=everything,
    )
    if watch:
        from contentkit.cli.project import open_listed
        from contentkit.cli.watching import watch_queue
        from contentkit.clock import SystemClock

        watch_queue(open_listed(), SystemClock(), asked)
        return
    show_queue(asked, as_json=as_json)
