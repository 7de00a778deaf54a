"""``contentkit schedule``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.calendar.entries import Calendar
    from contentkit.cli.project import Project
    from contentkit.models import Entry


def command(
    name: Annotated[str, typer.Argument(metavar="DRAFT", help="The draft: its file, or its name.")],
    at: Annotated[
        str, typer.Option("--at", metavar="TIME", help="'2026-11-24 09:30', 'tomorrow 09:30', 'in 2 hours', 'now'.")
    ] = "",
    next_slot: Annotated[
        str | None, typer.Option("--next", metavar="[SLOT]", help="The next free opening of a slot, or of this one.")
    ] = None,
    account: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="May be repeated, or take several: a,b. The founder's, else all, when left out."
        ),
    ] = None,
    entry_id: Annotated[
        str, typer.Option("--id", metavar="ID", help="The entry's name; the draft's when left out.")
    ] = "",
    campaign: Annotated[str, typer.Option(metavar="NAME", help="The campaign it belongs to.")] = "",
    late: Annotated[
        str, typer.Option(metavar="WORDS", help="When it is late: 'post within 6h', 'next slot', or 'hold'.")
    ] = "",
) -> None:
    """Put a draft on the calendar.

    Adds one entry to calendar.yaml and changes nothing else in it. Nothing is published before it is approved.

    \b
    contentkit schedule drafts/launch.md --at "tomorrow 09:30"
    contentkit schedule launch --at "2026-11-24 09:30" --account our-mastodon
    contentkit schedule launch --next weekday-morning
    """
    from contentkit.calendar.times import distance, show_time
    from contentkit.cli.checking.examining import problems_of
    from contentkit.cli.output import say, show_lines
    from contentkit.cli.project import drafts_named, open_project
    from contentkit.cli.wanted_times import check_one_time, named_time, next_time, notes_on
    from contentkit.clock import SystemClock
    from contentkit.models import errors_of

    check_one_time("schedule", at, next_slot)
    project = open_project()
    draft = drafts_named(project, [name])[0]
    calendar, now = project.calendar, SystemClock().now()
    accounts = _accounts(project, account or [], draft.founder, next_slot or "")
    new_id = entry_id or _free_id(draft.slug, calendar)
    if next_slot is None:
        wanted = named_time(at, calendar.zone, now)
    else:
        wanted = next_time(calendar, accounts, now, slot=next_slot, entry_id=new_id)
    optional = {
        "timezone": wanted.zone if wanted.zone != calendar.timezone else "",
        "slot": wanted.slot,
        "campaign": campaign,
        "late": late,
    }
    fields: dict[str, str | list[str]] = {"id": new_id, "draft": draft.path, "at": wanted.words, "accounts": accounts}
    entry = _added(project, {**fields, **{key: value for key, value in optional.items() if value}})
    on_slot = f", slot {entry.slot}" if entry.slot else ""
    show_lines(f"{entry.id}: {show_time(entry.at)} ({distance(entry.at, now)}) on {', '.join(entry.accounts)}{on_slot}")
    errors = len(errors_of(problems_of(project, draft, entry)))
    if errors:
        say(f"{entry.id}: the draft has {errors} error{'' if errors == 1 else 's'}: contentkit check {draft.slug}")
    notes = [note for note in (wanted.note,) if note not in ("", entry.note)]
    notes += [*notes_on(calendar, entry), *_twins(calendar, entry)]
    asking = _asking(project, draft.founder)
    say(*(f"{entry.id}: {note}" for note in notes), f"Next: {asking}contentkit approve {entry.id}")


def _accounts(project: Project, wanted: list[str], founder: str, slot: str) -> list[str]:
    """The accounts named one by one or with commas, each once; when none is named the founder's, else all of the project's.

    A slot that was named has accounts of its own: then those, and of the founder's only what is among them.
    """
    from contentkit.cli.drafting.whereto import accounts_of
    from contentkit.config import CONFIG_NAME
    from contentkit.errors import UsageError

    named = [name.strip() for words in wanted for name in words.split(",") if name.strip()]
    usual = accounts_of(project, founder) or tuple(project.config.accounts)
    if slot and not named:
        there = project.calendar.slot(slot).accounts
        usual = tuple(name for name in usual if name in there) or there
    accounts = [project.account(name).name for name in dict.fromkeys(named) or usual]
    if not accounts:
        raise UsageError(f"{CONFIG_NAME} has no account", hint="add one: a console account needs no network")
    return accounts


def _asking(project: Project, founder: str) -> str:
    """Whom people.yaml says to ask for drafts in this founder's name; empty where it says nothing."""
    from contentkit.text import one_line

    person = project.people.get(founder)
    keys = person.founder.approvers if person and person.founder else ()
    names = [one_line(project.people[key].display if key in project.people else key, 40) for key in keys]
    return f"ask {' or '.join(names)}, then " if names else ""


def _added(project: Project, fields: dict[str, str | list[str]]) -> Entry:
    """The new entry, as the calendar has it now."""
    from contentkit.calendar.edit import add_entry
    from contentkit.calendar.entries import entry_in
    from contentkit.config import CALENDAR_NAME
    from contentkit.errors import ContentError, UsageError
    from contentkit.files import replace_file

    calendar, accounts, late = project.calendar, project.config.accounts, project.config.late
    after = add_entry(calendar.text, CALENDAR_NAME, fields)
    try:
        entry = entry_in(after, str(fields["id"]), CALENDAR_NAME, calendar, accounts, late)
    except ContentError as error:
        # The calendar could be read before: what cannot be read now are the words of this command.
        raise UsageError(error.message.partition(": ")[2], hint=error.hint) from None
    replace_file(project.root / CALENDAR_NAME, after.encode(), calendar.text.encode())
    return entry


def _free_id(slug: str, calendar: Calendar) -> str:
    """The draft's name, or with a number when an entry of that name is there already."""
    from contentkit.text import slug_of

    name, taken = slug_of(slug) or "entry", {entry.id for entry in calendar.entries}
    candidates = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate not in taken)


def _twins(calendar: Calendar, new: Entry) -> list[str]:
    """The entries that publish the same draft on one of the same accounts."""
    from contentkit.calendar.times import show_time

    shared = [(entry, [name for name in entry.accounts if name in new.accounts]) for entry in calendar.entries]
    return [
        f"the same draft is on the calendar as {entry.id}, at {show_time(entry.at)}, on {', '.join(names)}"
        for entry, names in shared
        if names and entry.draft == new.draft
    ]
