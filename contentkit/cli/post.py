"""``contentkit post``: made to be started from cron each minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.alerting.run import Watch
    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.errors import ContentError
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.outcomes import Outcome
    from contentkit.publishing.publications import Thread


def command(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show exactly what would be sent now; send and write nothing.")
    ] = False,
    ping: Annotated[
        str, typer.Option(metavar="URL", help="Report there after each run; better kept in machine.toml.")
    ] = "",
    log: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Add what happens to this file, one JSON object a line.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Publish what is due. Made to be started from cron each minute.

    Silent when there is nothing to do. Exit 4 in the run in which something newly needs a person; 1 when a network
    cannot be reached, said once. A second run at the same time ends at once and in silence. Alerts, a ping and a log
    for those who are not there stand in machine.toml.

    \b
    contentkit post --dry-run
    * * * * *  ~/.local/bin/contentkit -C ~/our-posts post      (crontab)
    """
    from contentkit.cli.alerting.run import watched
    from contentkit.cli.approving.policies import machine_of
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import ContentError

    if ping:
        _refuse_open(ping)
    clock = SystemClock()
    try:
        project = open_project()
    except ContentError as error:
        raise typer.Exit(_fail(error, clock, looked_on=dry_run)) from None
    if dry_run:
        from contentkit.cli.dry_run import show_what_is_due

        show_what_is_due(project, clock, as_json=as_json)
        return
    with watched(project, clock) as watch:
        machine = machine_of(project)
        watch.machine = replace(machine, ping=ping or machine.ping, log=log.absolute() if log else machine.log)
        watch.code = _publish_and_tell(watch, as_json=as_json)
    raise typer.Exit(watch.code)


def _fail(error: ContentError, clock: Clock, *, looked_on: bool) -> int:
    """A run that cannot read the settings: told once where the run before told the same. Returns the exit code."""
    from contentkit.cli.alerting.run import watched
    from contentkit.cli.alerting.unreadable import project_by_name
    from contentkit.cli.approving.policies import machine_of

    project = None if looked_on else project_by_name()
    if project is None:
        raise error
    with watched(project, clock) as watch:
        watch.machine = machine_of(project)
        raise error
    return watch.code


def _refuse_open(address: str) -> None:
    """Raises UsageError for what is no address that nobody else can read; it is not repeated."""
    from contentkit.addresses import is_guarded
    from contentkit.errors import UsageError

    if not is_guarded(address):
        raise UsageError("--ping wants a whole https address", hint="as in https://hc-ping.com/…")


def _publish_and_tell(watch: Watch, *, as_json: bool) -> int:
    """One run. What it says counts as said only once it was written out. Returns the exit code."""
    from contentkit.cli.approving.admitting import admit
    from contentkit.cli.journal import has_journal, journal_of
    from contentkit.cli.runs import ending_after_this_post, exit_code, mark_told, tell
    from contentkit.places import make_private_folder
    from contentkit.publishing.facts import Fact
    from contentkit.publishing.identity import raise_counter
    from contentkit.publishing.lock import publisher_lock
    from contentkit.publishing.outcomes import outcome_of

    project, clock, policy = watch.project, watch.clock, watch.machine.approval
    if policy.trust == "local" and not has_journal(project) and not _should_be_here(project, clock):
        tell((), as_json=as_json)
        return exit_code((), ())
    folder = make_private_folder(project.state)
    signals: list[int] = []
    outcomes: list[Outcome] = []
    with publisher_lock(folder, clock.now()), journal_of(project, clock) as journal:
        outcomes += [outcome_of(notice) for notice in journal.notices.untold()]
        if policy.trust == "local":
            outcomes += _unknown_approvals(project, journal, clock)
        outcomes += admit(project, journal, policy, clock)
        outcomes += _second_publisher(project, journal)
        outcomes += _ending_sign_ins(project, journal, clock)
        threads = journal.open_threads()
        if _has_work(journal, threads, clock):
            from contentkit.cli.publisher import surroundings_of
            from contentkit.publishing.publisher import publish_due
            from contentkit.publishing.room import refuse_without_room

            refuse_without_room(folder)
            raise_counter(folder, journal)
            with ending_after_this_post(signals):
                outcomes += publish_due(journal, surroundings_of(project, journal, clock, signals), clock)
            threads = journal.open_threads()
        if not signals:
            outcomes += _asked_ahead(project, journal, threads, clock)
        watch.waiting = _waiting(threads)
        tell(outcomes, as_json=as_json)
        watch.keep(outcomes, journal)
        mark_told(journal, outcomes)
        # A run that was killed may have left a part without its receipt, and nothing else to tell.
        if outcomes or journal.known(Fact.RECEIPTS_WRITTEN) != journal.last_confirmed():
            from contentkit.cli.publisher import write_missing_receipts

            write_missing_receipts(project, journal)
    return exit_code(outcomes, signals)


def _asked_ahead(project: Project, journal: Journal, threads: Sequence[Thread], clock: Clock) -> Sequence[Outcome]:
    """What is wrong with an account on which something is due in some hours; mostly nobody has to be asked."""
    from contentkit.publishing.ahead import account_to_ask, ask_ahead

    name = account_to_ask(journal, threads, clock.now())
    if not name:
        return ()
    from contentkit.cli.publisher import surroundings_of

    return ask_ahead(name, journal, surroundings_of(project, journal, clock, []), clock)


def _should_be_here(project: Project, clock: Clock) -> bool:
    """Whether something is due that was approved in this very folder, or that a person wrote by hand, and no journal is here.

    A desk knows only of approvals that were given elsewhere: it stays silent, and nothing is made there.
    """
    from contentkit.cli.approving.strangers import due_of, strange_approvals
    from contentkit.places import clone_id

    due = due_of(strange_approvals(project, None) or (), clock.now())
    return any(entry.approved and entry.approved.clone in ("", clone_id(project.root)) for entry in due)


def _unknown_approvals(project: Project, journal: Journal, clock: Clock) -> Iterator[Outcome]:
    """Says once for each approval in the calendar that it was not given here: nothing else would."""
    from contentkit.cli.approving.strangers import calendar_mark, due_of, strange_approvals, why_unknown
    from contentkit.publishing.facts import Fact
    from contentkit.publishing.outcomes import outcome_of
    from contentkit.publishing.records import Notice

    mark = calendar_mark(project)
    if journal.known(Fact.NOTHING_STRANGE) == mark:
        return
    strange = strange_approvals(project, journal)
    if strange == []:
        journal.note({Fact.NOTHING_STRANGE: mark})
    for entry in due_of(strange or (), clock.now()):
        notice = Notice(
            kind="unapproved", entry=entry.id, account=", ".join(entry.accounts), reason=why_unknown(project, entry)
        )
        if not journal.notices.has(notice):
            yield outcome_of(journal.notices.keep(notice))


def _second_publisher(project: Project, journal: Journal) -> Iterator[Outcome]:
    """Says it once for each newer receipt of another journal. Receipts are read only when the file changed."""
    from contentkit.publishing.facts import Fact
    from contentkit.publishing.receipts import receipts_mark

    mark = receipts_mark(project.root)
    if journal.known(Fact.RECEIPTS_SEEN) == mark:
        return
    from contentkit.cli.elsewhere import second_publisher, why_two
    from contentkit.publishing.outcomes import outcome_of
    from contentkit.publishing.records import Notice

    other = second_publisher(project, journal)
    if other is not None:
        notice = Notice(
            kind="rival",
            entry=other.entry,
            account=other.account,
            part=other.part,
            parts=other.parts,
            url=other.url,
            reason=why_two(other),
        )
        if not journal.notices.has(notice):
            yield outcome_of(journal.notices.keep(notice))
    journal.note({Fact.RECEIPTS_SEEN: mark})


def _ending_sign_ins(project: Project, journal: Journal, clock: Clock) -> Iterator[Outcome]:
    """Says once of each sign-in that it ends within a week, and once that it has ended."""
    from contentkit.cli.expiries import expiries
    from contentkit.publishing.outcomes import outcome_of
    from contentkit.publishing.records import Notice

    for one in expiries(project, clock.now()):
        notice = Notice(kind=one.kind, entry="", account=one.account, reason=f"{one.why}: {one.step}")
        if not journal.notices.has(notice):
            yield outcome_of(journal.notices.keep(notice))


def _has_work(journal: Journal, threads: Sequence[Thread], clock: Clock) -> bool:
    from contentkit.publishing.publications import State
    from contentkit.publishing.timing import is_due

    now = clock.now()
    heads = [head for thread in threads if (head := thread.head)]
    return (
        bool(journal.untold())
        or journal.has_claims()
        or journal.has_changes_due()
        or any(
            head.state in (State.SENDING, State.UNKNOWN) or (head.state is State.PLANNED and is_due(head, now))
            for head in heads
        )
    )


def _waiting(threads: Sequence[Thread]) -> int:
    """How many of them stand still until a person, or a look at the network, decides."""
    from contentkit.publishing.publications import State

    return sum(thread.head is not None and thread.head.state in (State.HELD, State.UNKNOWN) for thread in threads)
