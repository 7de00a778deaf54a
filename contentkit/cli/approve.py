"""``contentkit approve``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import datetime

    from contentkit.cli.approving.giving import Candidate, Given
    from contentkit.cli.project import Project
    from contentkit.models import Entry


def command(
    names: Annotated[list[str], typer.Argument(metavar="ENTRY...", help="Entries of the calendar.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who approves; git's user.name when left out.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Approve entries: exactly these words, at this time, on these accounts.

    Shows the exact threads, asks, and seals the approval in this machine's journal. Any later change of text, picture,
    account or time voids it. The line that appears in calendar.yaml is a copy to read: written by hand, it posts nothing.

    \b
    contentkit approve launch
    contentkit approve launch changelog --by "Ana Torres" --yes
    """
    from contentkit.cli.approving.giving import give
    from contentkit.cli.approving.telling import told_before
    from contentkit.cli.elsewhere import refuse_at_desk
    from contentkit.cli.journal import journal_for_decision
    from contentkit.cli.output import say
    from contentkit.cli.person import can_be_asked, name_of_person
    from contentkit.cli.project import entries_named, open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError

    project, clock = open_project(), SystemClock()
    signed = "approvals signed at a desk ('signed') are planned; "
    refuse_at_desk(project, clock, "approvals are given", besides=signed)
    candidates = [_checked(project, entry, clock.now()) for entry in entries_named(project, names)]
    if not yes and not can_be_asked():
        raise UsageError(
            "an approval needs somebody to ask", hint="look at 'contentkit preview', then approve with --yes"
        )
    person = by.strip() or name_of_person(project.root)
    for candidate in candidates:
        say(*told_before(project, candidate, clock))
        if not yes:
            _ask(project, candidate)
        with journal_for_decision(project, clock) as journal:
            given = give(project, journal, candidate, person, clock.now())
        _tell(given)


def _checked(project: Project, entry: Entry, now: datetime) -> Candidate:
    """The entry with its threads, if nothing stands in the way of an approval; its problems are said."""
    from contentkit.cli.approving.giving import candidate_of, refuse_problems
    from contentkit.cli.output import say
    from contentkit.models import counted
    from contentkit.views.problems import problem_lines

    candidate = candidate_of(project, entry, now)
    say(*problem_lines(counted(candidate.problems)))
    refuse_problems(candidate)
    return candidate


def _ask(project: Project, candidate: Candidate) -> None:
    from contentkit.cli.preview import show_rendition
    from contentkit.errors import NeedsPerson

    for rendition in candidate.renditions:
        show_rendition(project, rendition, candidate.draft, candidate.entry)
    if not typer.confirm(f"Approve {candidate.entry.id}: exactly this?", err=True):
        raise NeedsPerson(f"{candidate.entry.id}: not approved", hint="edit the draft, and approve again")


def _tell(given: Given) -> None:
    from contentkit.calendar.times import show_time
    from contentkit.cli.output import say, show_sentences

    name = given.entry.id
    if given.replaces:
        say(f"{name}: {given.replaces} had approved just this; the approval of {given.by} replaces that")
    if given.uncopied:
        say(f"The approval holds, but its copy was not written: {given.uncopied}")
    parts = f"{given.parts} part{'' if given.parts == 1 else 's'}"
    where = ", ".join(given.accounts)
    told = f"{name}: approved by {given.by}: {parts} on {where} at {show_time(given.entry.at)}"
    show_sentences(told, f"  {given.digest}")
