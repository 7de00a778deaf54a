"""What doctor looks at of the work that is planned: what keeps it from going out, and what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from contentkit.calendar.times import distance
from contentkit.cli.alerting.heartbeat import last_run
from contentkit.cli.approving.holding import inspect, why_void
from contentkit.cli.project import Project
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal import Journal
from contentkit.publishing.lock import LONGEST_SILENCE
from contentkit.publishing.publications import State, Thread
from contentkit.publishing.seal import KEY_NAME
from contentkit.views.doctor import Finding, error, fine, warning


def look_at_work(project: Project, journal: Journal, now: datetime) -> Iterator[Finding]:
    """The stop switch, accounts in trouble, threads that wait for a person, approvals, and whether cron comes."""
    if stopped := journal.known(Fact.STOPPED):
        yield warning("publishing", f"stopped {stopped}", "contentkit start")
    threads = journal.threads.open()
    busy = {thread.account for thread in threads}
    for account in journal.accounts.all():
        if account.trouble and account.name in busy:
            yield warning(f"account {account.name}", account.trouble, "mend it; the next 'contentkit post' tries again")
    waiting = [thread for thread in threads if thread.head and thread.head.state in (State.HELD, State.UNKNOWN)]
    if waiting:
        yield warning("publishing", f"{_threads(len(waiting))} held or in doubt", "contentkit status")
    planned = [thread for thread in threads if thread.head and thread.head.state is State.PLANNED]
    yield from _about_approvals(project, journal, planned)
    yield from _about_runs(project, planned, now)


def _about_approvals(project: Project, journal: Journal, planned: list[Thread]) -> Iterator[Finding]:
    if planned and not (project.state / KEY_NAME).exists():
        yield error("approvals", f"{project.state / KEY_NAME} is gone: no approval holds", "approve everything again")
        return
    void = [(thread, why) for thread in planned if (why := why_void(project, journal, thread))]
    told = (_about_void(project, journal, thread, why) for thread, why in void)
    # What cannot be read is the same for each account of an entry.
    yield from dict.fromkeys(told)
    if planned and not void:
        yield fine("approvals", f"{_threads(len(planned))} approved as the files stand")


def _about_void(project: Project, journal: Journal, thread: Thread, why: str) -> Finding:
    approval = journal.approvals.numbered(thread.rows[0].approval)
    if why == inspect(project, thread.entry, approval).problem:
        return warning("approvals", f"{thread.entry} will not go out: {why}", "mend that: the approval may hold then")
    what = f"{thread.entry} on {thread.account} will not go out: {why}"
    return warning("approvals", what, f"contentkit approve {thread.entry}")


def _about_runs(project: Project, planned: list[Thread], now: datetime) -> Iterator[Finding]:
    """Whether cron comes. A person's decision leaves the same traces as a run: only a long silence proves anything."""
    last = last_run(project.state)
    if last and planned and now - last > LONGEST_SILENCE:
        silence = distance(last, now).removesuffix(" ago")
        what = f"no 'contentkit post' has run for {silence}, and {_threads(len(planned))} planned"
        yield warning("cron", what, "contentkit doctor --cron")


def _threads(count: int) -> str:
    return "1 thread is" if count == 1 else f"{count} threads are"
