"""``contentkit queue``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from contentkit.cli.answers import Answer
    from contentkit.cli.looking import Looked
    from contentkit.cli.project import Project
    from contentkit.cli.scene import Scene
    from contentkit.cli.wanted import Wanted
    from contentkit.views.queue import QueueRow

    Asked = Callable[[Project, datetime], Wanted]


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
    from contentkit.cli.output import is_terminal
    from contentkit.errors import UsageError

    if watch and (as_json or not is_terminal()):
        raise UsageError("--watch needs a terminal to draw on", hint="leave it out: 'contentkit queue' prints it once")

    def asked(project: Project, now: datetime) -> Wanted:
        return _wanted(
            project, now, names or (), account or (), founder or (), campaign or (), state or (), since, until,
            everything=everything,
        )  # fmt: skip

    if watch:
        from contentkit.cli.project import open_listed
        from contentkit.cli.watching import watch_queue
        from contentkit.clock import SystemClock

        watch_queue(open_listed(), SystemClock(), asked)
        return
    is_plain = not (names or account or founder or campaign or state or since or until)
    _show_once(asked, everything=everything, as_json=as_json, is_plain=is_plain)


def _wanted(
    project: Project, now: datetime, names: Sequence[str], accounts: Sequence[str], founders: Sequence[str],
    campaigns: Sequence[str], states: Sequence[str], since: str, until: str, *, everything: bool,
) -> Wanted:  # fmt: skip
    """What was asked for. Raises UsageError for a time that cannot be read."""
    from datetime import timedelta

    from contentkit.calendar.spans import beginning_of, end_of
    from contentkit.cli.wanted import Wanted

    zone = project.calendar.zone
    # Who asks for something by name, or for a time that is past, does not want it forgotten.
    by_name = everything or bool(names or since or until)
    return Wanted(
        entries=frozenset(names),
        accounts=frozenset(accounts),
        founders=frozenset(founders),
        campaigns=frozenset(campaigns),
        states=frozenset("none" if state == "-" else state for state in states),
        since=beginning_of(since, zone, now) if since else None,
        until=end_of(until, zone, now) if until else None,
        remembered_since=None if by_name else now - timedelta(days=7),
    )


def _show_once(asked: Asked, *, everything: bool, as_json: bool, is_plain: bool) -> None:
    """Shows the queue; what was asked without naming anything is kept for the next time."""
    import os
    from dataclasses import replace

    from contentkit.cli.answers import keep, place_of, tell
    from contentkit.cli.looking import Looked
    from contentkit.cli.output import is_terminal
    from contentkit.cli.project import open_listed
    from contentkit.cli.queue_shown import form_of, show_table
    from contentkit.clock import SystemClock

    looked, is_table = Looked(os.environ, SystemClock().now()), not as_json and is_terminal()
    with looked.listening():
        project = replace(open_listed(), environment=looked)
        rows, answer = _answered(project, looked, asked, in_json=as_json or is_table)
        if not rows and not as_json:
            answer.after.insert(0, _nothing(project, asked(project, looked.now)))
    if is_table:
        show_table(rows, answer, SystemClock().now())
    else:
        tell(answer, SystemClock().now().timestamp())
    # That nothing is on the calendar, a person is told in words.
    if is_plain and (rows or not is_table):
        form = form_of(everything=everything, in_json=as_json or is_table)
        keep(answer, place_of(form, str(project.root), os.environ), looked)


def _answered(project: Project, looked: Looked, asked: Asked, *, in_json: bool) -> tuple[Sequence[QueueRow], Answer]:
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.queue_shown import answer_of
    from contentkit.cli.scene import Scene
    from contentkit.cli.standings import standings_of
    from contentkit.cli.wanted import refuse_unknown
    from contentkit.clock import SystemClock

    wanted = asked(project, looked.now)
    with journal_if_any(project, SystemClock()) as journal:
        scene = Scene(project, journal, looked.now)
        refuse_unknown(scene, wanted)
        rows = standings_of(scene, wanted)
        before, after = stopped_lines(scene), money_of(scene, rows)
    looked.at(scene.looked_for())
    return rows, answer_of(rows, before, after, project.calendar.zone.key, in_json=in_json)


def _nothing(project: Project, wanted: Wanted) -> str:
    from dataclasses import replace

    from contentkit.cli.wanted import EVERYTHING

    if not project.calendar.entries:
        return "Nothing is on the calendar. Next: contentkit schedule DRAFT --at 'tomorrow 09:30'"
    if replace(wanted, remembered_since=None) == EVERYTHING:
        return "Everything on the calendar is long out: contentkit queue --all"
    return "Nothing on the calendar is like that."


def stopped_lines(scene: Scene) -> list[str]:
    """What is said before anything else."""
    return [f"Publishing is stopped ({scene.stopped}). 'contentkit start' resumes it."] if scene.stopped else []


def money_of(scene: Scene, rows: Sequence[QueueRow]) -> list[str]:
    """What is still to be paid for these, where something costs."""
    from datetime import UTC

    accounts = scene.project.config.accounts.values()
    billed = [row for row in rows if row.cost]
    if scene.journal is None or (not billed and all(account.budget is None for account in accounts)):
        return []
    from contentkit.cli.costs import money_lines
    from contentkit.prices import NOTHING

    to_pay = {row.account: NOTHING for row in billed}
    for row in billed:
        to_pay[row.account] += row.cost or NOTHING
    return list(money_lines(scene.project, scene.journal, to_pay, scene.now.astimezone(UTC).date()))
