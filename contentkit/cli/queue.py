"""``contentkit queue``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Entry
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Publication, Thread
    from contentkit.publishing.receipts import Receipt
    from contentkit.views.queue import QueueRow


def command(
    everything: Annotated[bool, typer.Option("--all", help="Also what was published more than a week ago.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what is on the calendar, and what became of it.

    One line for each entry on each account: when, in how long, its state, and why.

    \b
    contentkit queue
    contentkit queue --json | jq '.[] | select(.state == "held")'
    """
    from datetime import timedelta

    from contentkit.cli.output import say, show_json, show_rows
    from contentkit.cli.project import open_project
    from contentkit.cli.publisher import journal_if_any
    from contentkit.clock import SystemClock
    from contentkit.views.queue import HEADINGS, queue_cells, queue_table

    project, clock = open_project(), SystemClock()
    now = clock.now()
    with journal_if_any(project, clock) as journal:
        rows = queue_rows(project, journal)
        stopped = journal.known("stopped") if journal else ""
    if not everything:
        rows = [row for row in rows if row.state != "sent" or now - row.at < timedelta(days=7)]
    if as_json:
        show_json(rows)
        return
    if stopped:
        say(f"Publishing is stopped ({stopped}). 'contentkit start' resumes it.")
    if not rows:
        say("The calendar is empty. Next: contentkit schedule DRAFT --at 'tomorrow 09:30'")
        return
    show_rows([HEADINGS, *(queue_cells(row, now) for row in rows)], lambda: queue_table(rows, now))


def queue_rows(project: Project, journal: Journal | None) -> list[QueueRow]:
    """Every entry on each of its accounts, by time, and threads whose entry has left the calendar."""
    from contentkit.publishing.receipts import read_receipts
    from contentkit.views.queue import QueueRow

    threads = {(thread.entry, thread.account): thread for thread in journal.threads()} if journal else {}
    receipts = read_receipts(project.root)
    rows = [
        _row(project, journal, entry, account, threads.pop((entry.id, account), None), receipts)
        for entry in project.calendar.entries
        for account in entry.accounts
    ]
    rows += [
        QueueRow(
            entry=thread.entry,
            account=thread.account,
            at=thread.due.astimezone(project.calendar.zone),
            state=thread.head.state.value,
            why=_why(thread, thread.head) or "no longer on the calendar",
        )
        for thread in threads.values()
        if thread.head
    ]
    return sorted(rows, key=lambda row: (row.at, row.entry, row.account))


def _row(
    project: Project,
    journal: Journal | None,
    entry: Entry,
    account: str,
    thread: Thread | None,
    receipts: dict[tuple[str, str, int], Receipt],
) -> QueueRow:
    from contentkit.views.queue import QueueRow

    state, why, url = "", "", ""
    if thread is None:
        receipt = receipts.get((entry.id, account, 0))
        if receipt:
            state, why, url = "sent", f"by another machine, {receipt.at}", receipt.url
        else:
            why = _why_not_planned(project, journal, entry)
    elif thread.head is None:
        state, url = "sent", thread.rows[0].url
        why = url
    else:
        state, why = thread.head.state.value, _why(thread, thread.head)
        if state == "planned" and journal and not thread.started:
            why = why or _why_void(project, journal, thread, entry)
    return QueueRow(entry=entry.id, account=account, at=entry.at, state=state, why=why, draft=entry.draft, url=url)


def _why(thread: Thread, head: Publication) -> str:
    progress = f"{head.part} of {head.parts} out" if head.part else ""
    waiting = f"not before {head.not_before:%H:%M} UTC" if head.not_before else ""
    return "; ".join(words for words in (progress, head.reason, waiting) if words)


def _why_not_planned(project: Project, journal: Journal | None, entry: Entry) -> str:
    if not (project.root / entry.draft).is_file():
        return f"no draft {entry.draft}"
    if journal and journal.latest_approval(entry.id):
        return "changed since its approval: approve again"
    return "paused, to approve" if entry.paused else "to approve"


def _why_void(project: Project, journal: Journal, thread: Thread, entry: Entry) -> str:
    """What will keep a planned thread from going out, so that nobody learns it only at the minute it was due."""
    from contentkit.cli.publisher import inspect

    approval = journal.approval(thread.rows[0].approval)
    now = inspect(project, entry.id, approval)
    if now.problem:
        return now.problem
    if now.digest != approval.digest:
        return "moved since its approval" if now.moved else "edited since its approval"
    if entry.paused:
        return "paused"
    return f"after {entry.after}" if entry.after else f"approved by {approval.by}"
