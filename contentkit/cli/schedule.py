"""``contentkit schedule``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from contentkit.calendar.entries import Calendar


def command(
    name: Annotated[str, typer.Argument(metavar="DRAFT", help="The draft: its file, or its name.")],
    at: Annotated[str, typer.Option("--at", help="When, on the calendar's clock: '2026-11-24 09:30', 'tomorrow 09:30', 'in 2 hours', 'now'.")],
    account: Annotated[list[str] | None, typer.Option(help="On which account; may be repeated. All of them when left out.")] = None,
    entry_id: Annotated[str, typer.Option("--id", help="The entry's name; the draft's when left out.")] = "",
    campaign: Annotated[str, typer.Option(help="The campaign it belongs to.")] = "",
    late: Annotated[str, typer.Option(help="What to do when it is late: 'post within 6h', or 'hold'.")] = "",
) -> None:
    """Put a draft on the calendar.

    Adds one entry to calendar.yaml and changes nothing else in it. Nothing is published before it is approved.

    \b
    contentkit schedule drafts/launch.md --at "tomorrow 09:30"
    contentkit schedule launch --at "2026-11-24 09:30" --account our-mastodon
    """
    from contentkit.calendar.edit import add_entry
    from contentkit.calendar.entries import parse_calendar
    from contentkit.calendar.times import as_written, distance, parse_when, show_time
    from contentkit.cli.output import say, show_lines
    from contentkit.cli.project import drafts_named, open_project
    from contentkit.clock import SystemClock
    from contentkit.config import CALENDAR_NAME, CONFIG_NAME
    from contentkit.errors import UsageError
    from contentkit.files import replace_file

    project = open_project()
    draft = drafts_named(project, [name])[0]
    calendar, now = project.calendar, SystemClock().now()
    moment = parse_when(at, calendar.zone, now)
    if moment < now and at.strip().lower() != "now":
        raise UsageError(f"{show_time(moment)} is past ({distance(moment, now)})", hint="name a time to come, or 'now'")
    accounts = [project.account(one).name for one in account or project.config.accounts]
    if not accounts:
        raise UsageError(f"{CONFIG_NAME} has no account", hint="add one: a console account needs no network")
    fields: dict[str, str | list[str]] = {
        "id": entry_id or _free_id(draft.slug, calendar),
        "draft": draft.path,
        "at": as_written(moment),
        "accounts": accounts,
        **{key: value for key, value in (("campaign", campaign), ("late", late)) if value},
    }
    text = add_entry(calendar.text, CALENDAR_NAME, fields)
    entry = parse_calendar(text, CALENDAR_NAME, project.config.accounts).entry(str(fields["id"]))
    replace_file(project.root / CALENDAR_NAME, text.encode(), calendar.text.encode())
    show_lines(f"{entry.id}: {show_time(entry.at)} ({distance(entry.at, now)}) on {', '.join(accounts)}")
    for warning in (entry.note, _blackout(calendar, moment)):
        if warning:
            say(f"{entry.id}: {warning}")
    say(f"Next: contentkit approve {entry.id}")


def _free_id(slug: str, calendar: Calendar) -> str:
    """The draft's name, or with a number when an entry of that name is there already."""
    taken = {entry.id for entry in calendar.entries}
    return next(name for name in (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))) if name not in taken)


def _blackout(calendar: Calendar, moment: datetime) -> str:
    local = moment.astimezone(calendar.zone)
    why = next((blackout.why or "no reason given" for blackout in calendar.blackouts if blackout.covers(local)), "")
    return f"lies in a blackout ({why})" if why else ""
