"""``contentkit retract``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.outcomes import Outcome
    from contentkit.publishing.publications import Publication, Thread
    from contentkit.views.retractions import Retraction


def command(
    name: Annotated[str, typer.Argument(metavar="ENTRY", help="The entry that is to be taken down.")],
    account: Annotated[str, typer.Option(metavar="NAME", help="Only on this account.")] = "",
    first: Annotated[int, typer.Option("--from", metavar="PART", min=1, help="Only from this part on; 1 is all.")] = 1,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be taken down; do nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides; git's user.name when left out.")] = "",
    reason: Annotated[str, typer.Option(metavar="WORDS", help="Why, for the journal.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON; with --yes or --dry-run.")] = False,
) -> None:
    """Take down what is out: delete it from its networks, for good.

    Shows what stands there, asks, and deletes it at once, the last part first. What of the thread is not out yet is not sent.
    Who has seen it has seen it: to say what is right, 'contentkit correct' is the better way.

    \b
    contentkit retract launch --dry-run
    contentkit retract launch --account ours --from 2 --reason "a wrong figure"
    """
    from contentkit.cli.amending.asking import refuse_unasked
    from contentkit.cli.elsewhere import refuse_at_desk
    from contentkit.cli.output import show_json
    from contentkit.cli.person import name_of_person
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock

    project, clock = open_project(), SystemClock()
    refuse_unasked(f"retract {name}", answered=yes or dry_run, as_json=as_json)
    refuse_at_desk(project, clock, "what is out is taken down")
    retractions = _retractions(project, clock, name, account, first - 1)
    if not as_json:
        _show(project, retractions)
    if dry_run:
        if as_json:
            show_json(_plain(project, name, retractions, ()))
        return
    if not yes:
        _ask(name, retractions)
    person = by.strip() or name_of_person(project.root)
    code = _take_down(project, clock, name, retractions, person, reason.strip(), as_json=as_json)
    raise typer.Exit(code)


def _retractions(project: Project, clock: Clock, name: str, account: str, first: int) -> tuple[Retraction, ...]:
    """What is to be taken down on each account. Raises UsageError where nothing of it is out, NeedsPerson in doubt."""
    from contentkit.cli.amending.deciding import refuse_doubtful
    from contentkit.cli.journal import journal_if_any
    from contentkit.errors import UsageError

    with journal_if_any(project, clock) as journal:
        threads = journal.threads.of(name) if journal else []
        found = tuple(
            one
            for thread in threads
            if account in ("", thread.account) and (one := _retraction(project, thread, first)).out
        )
        if not found:
            where = (f" from part {first + 1} on" if first else "") + (f" on {account}" if account else "")
            raise UsageError(f"{name}: nothing of it is out{where}", hint=_hint(project, name, threads))
        assert journal is not None
        refuse_doubtful(journal, [one.thread for one in found])
    return found


def _hint(project: Project, name: str, threads: Sequence[Thread]) -> str:
    from contentkit.cli.amending.remedies import hint_where_not_out
    from contentkit.strict_yaml import nearest

    if threads:
        return f"'contentkit approve {name} --revoke' takes back what is only planned"
    entries = {entry.id: entry for entry in project.calendar.entries}
    return hint_where_not_out(project, entries[name]) if name in entries else nearest(name, entries)


def _retraction(project: Project, thread: Thread, first: int) -> Retraction:
    from contentkit.cli.amending.remedies import price_of_deleting
    from contentkit.publishing.corrections import parts_out
    from contentkit.publishing.publications import State
    from contentkit.views.retractions import Retraction

    out = tuple(row for row in parts_out(thread) if row.part >= first)
    unsent = tuple(row for row in thread.rows if row.state in (State.PLANNED, State.HELD))
    return Retraction(
        thread=thread, out=out, unsent=unsent, price=price_of_deleting(project, project.account(thread.account), out)
    )


def _show(project: Project, retractions: Sequence[Retraction]) -> None:
    """What stands there; without words that nobody may repeat any more: these are what is mostly taken down."""
    from contentkit.cli.output import show_lines
    from contentkit.views.retractions import retraction_lines

    for one in retractions:
        show_lines(*retraction_lines(one, project.confidential.is_named_in))


def _ask(name: str, retractions: Sequence[Retraction]) -> None:
    from contentkit.cli.amending.asking import ask
    from contentkit.views.retractions import question

    ask(question(name, retractions), name)


def _take_down(
    project: Project,
    clock: Clock,
    name: str,
    shown: Sequence[Retraction],
    person: str,
    reason: str,
    *,
    as_json: bool,
) -> int:
    """Decides what was shown, and does it at once. Returns the exit code."""
    from contentkit.cli.amending.carrying_out import carry_out
    from contentkit.cli.amending.telling import tell_open
    from contentkit.cli.journal import journal_for_decision
    from contentkit.cli.output import show_json
    from contentkit.cli.runs import exit_code, mark_told, tell

    signals: list[int] = []
    with journal_for_decision(project, clock) as journal:
        _decide(journal, [row for one in shown for row in one.out], [one.thread for one in shown], person, reason)
        outcomes = carry_out(project, journal, clock, name, signals)
        if as_json:
            show_json(_plain(project, name, shown, outcomes))
        else:
            tell(outcomes, as_json=False)
        mark_told(journal, outcomes)
        tell_open(project, journal, name)
    return exit_code(outcomes, signals)


def _decide(journal: Journal, rows: Sequence[Publication], threads: Sequence[Thread], person: str, reason: str) -> None:
    """Raises StateError where something of the threads moved since they were shown."""
    from contentkit.cli.amending.deciding import give_way, moved_meanwhile
    from contentkit.publishing.amendments import AmendmentKind, DecidedChange

    if [journal.threads.find(one.entry, one.account) for one in threads] != list(threads):
        raise moved_meanwhile(threads[0].entry)
    give_way(journal, threads)
    changes = [DecidedChange(row=row, kind=AmendmentKind.DELETE) for row in rows]
    journal.amendments.decide(changes, by=person, why=reason)


def _plain(
    project: Project, name: str, retractions: Sequence[Retraction], outcomes: Sequence[Outcome]
) -> dict[str, object]:
    from contentkit.views.retractions import plain

    accounts = [plain(one, project.confidential.is_named_in) for one in retractions]
    return {"entry": name, "accounts": accounts, "outcomes": outcomes}
