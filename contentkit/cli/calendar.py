"""``contentkit calendar``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from contentkit.calendar.days import Day
    from contentkit.cli.project import Project
    from contentkit.views.calendar import Happening
    from contentkit.views.queue import QueueRow

_WEEK = 7


def command(
    week: Annotated[bool, typer.Option("--week", help="Seven days, with all there is to say.")] = False,
    month: Annotated[bool, typer.Option("--month", help="A month in whole weeks. So when nothing is said.")] = False,
    since: Annotated[
        str, typer.Option("--from", metavar="DATE", help="From this day on: 2026-12-01, friday.")
    ] = "today",
    account: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this account. May be repeated.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="One thing a line, to be read aloud.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON: a list of days.")] = False,
) -> None:
    """Draw a month or a week: what goes out when, which slots are free.

    With blackouts, quiet hours, and what speaks against the time of an entry. Into a pipe: one thing a line.

    \b
    contentkit calendar
    contentkit calendar --week --from friday
    contentkit calendar --account our-mastodon --from 2026-12-01
    """
    from contentkit.calendar.days import days_of
    from contentkit.calendar.spans import beginning_of
    from contentkit.cli.output import say, show_json
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError
    from contentkit.views.calendar import happenings

    if week and month:
        raise UsageError("calendar: '--week' and '--month' are two lengths", hint="say one of them")
    project, now = open_project(), SystemClock().now()
    calendar, accounts = project.calendar, [project.account(name).name for name in account or project.config.accounts]
    first, last = _span(beginning_of(since, calendar.zone, now).date(), is_week=week)
    days = days_of(calendar, first, last, accounts, now)
    rows = _standings(project, days, accounts, now)
    if as_json:
        show_json([_as_json(day, rows) for day in days])
        return
    states = {key: row.state for key, row in rows.items()}
    shown = [happenings(day, states) for day in days]
    zone = f"Times are those of {calendar.timezone}" + (f", on {', '.join(accounts)}" if account else "")
    _show(shown, first, now.astimezone(calendar.zone).date(), zone, is_week=week, is_plain=plain)
    if not calendar.entries:
        when = "--next" if calendar.slots else "--at 'tomorrow 09:30'"
        say(f"Nothing is on the calendar. Next: contentkit schedule DRAFT {when}")


def _span(day: date, *, is_week: bool) -> tuple[date, date]:
    """The first and the last day of a week from this day on, or of a month: that in whole weeks."""
    from datetime import timedelta

    if is_week:
        return day, day + timedelta(days=_WEEK - 1)
    monday, end = day - timedelta(days=day.weekday()), day + timedelta(days=30)
    return monday, end + timedelta(days=_WEEK - 1 - end.weekday())


def _standings(
    project: Project, days: Sequence[Day], accounts: Sequence[str], now: datetime
) -> Mapping[tuple[str, str], QueueRow]:
    """How the entries of these days stand, by entry and account."""
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.scene import Scene
    from contentkit.cli.standings import standings_of
    from contentkit.cli.wanted import Wanted
    from contentkit.clock import SystemClock

    names = frozenset(one.entry.id for day in days for one in day.appointments)
    if not names:
        return {}
    with journal_if_any(project, SystemClock()) as journal:
        rows = standings_of(Scene(project, journal, now), Wanted(entries=names, accounts=frozenset(accounts)))
    return {(row.entry, row.account): row for row in rows}


def _show(
    shown: Sequence[Sequence[Happening]], first: date, today: date, zone: str, *, is_week: bool, is_plain: bool
) -> None:
    import shutil

    from contentkit.cli.output import is_terminal, say, show, show_lines, show_rows, show_sentences
    from contentkit.views import calendar as view

    everything = [one for day in shown for one in day]
    width = shutil.get_terminal_size().columns
    if is_plain or (is_terminal() and not view.fits_week(width)):
        show_sentences(f"{zone}.", *(view.sentence(one) for one in everything))
        return
    if not is_terminal():
        show_rows([view.HEADINGS, *map(view.cells, everything)], lambda: "")
        say(f"{zone}.")
        return
    show_sentences(f"{zone}.")
    if is_week or not view.fits_month(width):
        show(view.week(shown, first, today, width))
    else:
        show(view.month(shown, first, today, width))
        show_lines(*filter(None, [view.legend(shown)]))
    show_sentences(*filter(None, [view.gaps(shown)]))


def _as_json(day: Day, rows: Mapping[tuple[str, str], QueueRow]) -> dict[str, object]:
    entries = [
        {
            "entry": one.entry.id,
            "at": one.at,
            "zone": one.entry.zone,
            "slot": one.entry.slot,
            "paused": one.entry.paused,
            "notes": one.notes,
            "accounts": [
                {"account": name, "state": rows[one.entry.id, name].state, "why": rows[one.entry.id, name].why}
                for name in one.entry.accounts
                if (one.entry.id, name) in rows
            ],
        }
        for one in day.appointments
    ]
    return {
        "date": day.date,
        "gap": day.is_gap,
        "blackout": day.blackouts,
        "clocks_forward_minutes": int(day.clocks.total_seconds() // 60),
        "entries": entries,
        "free": [{"slot": one.slot, "at": one.at, "accounts": one.accounts} for one in day.vacancies],
        "quiet": [
            {"from": one.since, "to": one.until, "accounts": one.accounts, "why": one.why} for one in day.silences
        ],
    }
