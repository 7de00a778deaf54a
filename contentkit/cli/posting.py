"""One run of ``contentkit post``, however it was started: publishes what is due and tells what happened."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.cli.alerting.run import Watch, watched
from contentkit.cli.approving.policies import machine_of
from contentkit.cli.approving.strangers import calendar_mark, due_of, strange_approvals, why_unknown
from contentkit.cli.expiries import expiries, next_ending
from contentkit.cli.journal import has_journal, is_shared, journal_of
from contentkit.cli.outset import Calm, outset
from contentkit.cli.project import Project, open_project, with_kept_answers
from contentkit.cli.runs import ending_after_this_post, exit_code, mark_told, tell
from contentkit.clock import Clock, SystemClock
from contentkit.errors import ContentError
from contentkit.marks import mark_of
from contentkit.places import clone_id, make_private_folder
from contentkit.publishing.ahead import account_to_ask, ask_ahead
from contentkit.publishing.calm import calm_until, has_work
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal import Journal
from contentkit.publishing.lock import LOCK_NAME, publisher_lock
from contentkit.publishing.outcomes import Outcome, outcome_of
from contentkit.publishing.publications import State, Thread
from contentkit.publishing.receipts import receipts_mark
from contentkit.publishing.records import Notice

if TYPE_CHECKING:
    from contentkit.settings.approval_rules import ApprovalPolicy


def publish(*, ping: str = "", log: Path | None = None, as_json: bool = False) -> int:
    """Publishes what is due; returns the exit code.

    ``ping`` and ``log`` come before those of machine.toml. Raises ContentkitError for what keeps the run from its work, when
    that is new.
    """
    before, clock = outset(str(Path.cwd()), os.environ, time.time()), SystemClock()
    try:
        project = open_project()
    except ContentError as error:
        return _fail(error, clock)
    with watched(project, clock) as watch:
        machine = machine_of(project)
        watch.machine = replace(machine, ping=ping or machine.ping, log=log.absolute() if log else machine.log)
        watch.code = _publish_and_tell(watch, as_json=as_json)
    if before and watch.calm and watch.is_told:
        before.keep(project, watch.calm)
    return watch.code


def _fail(error: ContentError, clock: Clock) -> int:
    """A run that cannot read the settings: told once where the run before told the same. Returns the exit code."""
    from contentkit.cli.alerting.unreadable import project_by_name

    project = project_by_name()
    if project is None:
        raise error
    with watched(project, clock) as watch:
        watch.machine = machine_of(project)
        raise error
    return watch.code


def _publish_and_tell(watch: Watch, *, as_json: bool) -> int:
    """One run. What it says counts as said only once it was written out. Returns the exit code."""
    project, clock, policy = watch.project, watch.clock, watch.machine.approval
    if policy.trust == "local" and not has_journal(project) and not _should_be_here(project, clock):
        tell((), as_json=as_json)
        return exit_code((), ())
    folder = make_private_folder(project.state)
    project = with_kept_answers(project)
    signals: list[int] = []
    began = clock.now()
    with publisher_lock(folder, began), journal_of(project, clock, to_send=True) as journal:
        clock = journal.clock
        outcomes = seen_around(project, journal, policy, clock)
        threads = journal.threads.open()
        if worked := has_work(journal, threads, clock.now()):
            outcomes += _published(project, journal, clock, signals)
            threads = journal.threads.open()
        if not signals:
            outcomes += _asked_ahead(project, journal, threads, clock)
        watch.waiting = _waiting(threads)
        tell(outcomes, as_json=as_json)
        watch.keep(outcomes, journal)
        if outcomes:
            mark_told(journal, outcomes)
        # A run that was killed may have left a part without its receipt, and nothing else to tell.
        if outcomes or journal.known(Fact.RECEIPTS_WRITTEN) != journal.history.last_confirmed():
            from contentkit.cli.publisher import write_missing_receipts

            write_missing_receipts(project, journal)
        if not (outcomes or worked or signals):
            watch.calm = _calm(project, journal, policy, threads, began)
    return exit_code(outcomes, signals)


def seen_around(project: Project, journal: Journal, policy: ApprovalPolicy, clock: Clock) -> list[Outcome]:
    """What a person must know whether or not anything is due, and what earlier runs did not get to say."""
    outcomes = [outcome_of(notice) for notice in journal.notices.untold()]
    if policy.trust == "local":
        outcomes += _unknown_approvals(project, journal, clock)
    else:
        from contentkit.cli.approving.admitting import admit

        outcomes += admit(project, journal, policy, clock)
    outcomes += _second_publisher(project, journal)
    outcomes += _ending_sign_ins(project, journal, clock)
    return outcomes


def _published(project: Project, journal: Journal, clock: Clock, signals: list[int]) -> list[Outcome]:
    """What became of all that was due; ``signals`` gets those that asked the run to end."""
    from contentkit.cli.publisher import surroundings_of
    from contentkit.publishing.identity import raise_counter
    from contentkit.publishing.publisher import publish_due
    from contentkit.publishing.room import refuse_without_room

    refuse_without_room(project.state)
    raise_counter(project.state, journal)
    try:
        with ending_after_this_post(signals):
            return publish_due(journal, surroundings_of(project, journal, clock, signals), clock)
    finally:
        project.cited.keep()


def _calm(
    project: Project, journal: Journal, policy: ApprovalPolicy, threads: Sequence[Thread], began: datetime
) -> Calm | None:
    """Until when nothing is to do as long as no file changes, as a run knows that began then and found nothing.

    None where that would be long to tell: approvals come with git, or the calendar has some that were not given here, or the
    journal is no file of this machine.
    """
    if is_shared(project) or policy.trust != "local" or journal.known(Fact.NOTHING_STRANGE) != calendar_mark(project):
        return None
    moments = (calm_until(journal, threads, began), next_ending(project, began))
    until = min((moment for moment in moments if moment), default=None)
    return Calm(until=until, zones=journal.threads.zones(), lock=mark_of(project.state / LOCK_NAME))


def _asked_ahead(project: Project, journal: Journal, threads: Sequence[Thread], clock: Clock) -> Sequence[Outcome]:
    """What is wrong with an account on which something is due in some hours; mostly nobody has to be asked."""
    name = account_to_ask(journal, threads, clock.now())
    if not name:
        return ()
    from contentkit.cli.publisher import surroundings_of

    return ask_ahead(name, journal, surroundings_of(project, journal, clock, []), clock)


def _should_be_here(project: Project, clock: Clock) -> bool:
    """Whether something is due that was approved in this very folder, or that a person wrote by hand, and no journal is here.

    A desk knows only of approvals that were given elsewhere: it stays silent, and nothing is made there.
    """
    due = due_of(strange_approvals(project, None) or (), clock.now())
    return any(entry.approved and entry.approved.clone in ("", clone_id(project.root)) for entry in due)


def _unknown_approvals(project: Project, journal: Journal, clock: Clock) -> Iterator[Outcome]:
    """Says once for each approval in the calendar that it was not given here: nothing else would."""
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
    mark = receipts_mark(project.root)
    if journal.known(Fact.RECEIPTS_SEEN) == mark:
        return
    from contentkit.cli.elsewhere import second_publisher, why_two

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
    for one in expiries(project, clock.now()):
        notice = Notice(kind=one.kind, entry="", account=one.account, reason=f"{one.why}: {one.step}")
        if not journal.notices.has(notice):
            yield outcome_of(journal.notices.keep(notice))


def _waiting(threads: Sequence[Thread]) -> int:
    """How many of them stand still until a person, or a look at the network, decides."""
    return sum(thread.head is not None and thread.head.state in (State.HELD, State.UNKNOWN) for thread in threads)
