"""How each entry stands on each of its accounts: its state, why, and where it is when it is out.

What the queue, the review and the reports of pull requests show, so that they all say the same of one entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from contentkit.cli.elsewhere import OtherJournal
    from contentkit.cli.project import Project
    from contentkit.models import Entry
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Thread
    from contentkit.publishing.receipts import Receipt
    from contentkit.views.queue import QueueRow


# What became of these, no source can change any more.
ENDED = ("sent", "skipped")


def standings(project: Project, journal: Journal | None, now: datetime) -> list[QueueRow]:
    """Every entry on each of its accounts, by time, and open threads whose entry or account has left the calendar."""
    from dataclasses import replace

    from contentkit.cli.elsewhere import as_of, other_journal
    from contentkit.cli.ingesting.stale import why_stale
    from contentkit.publishing.receipts import read_receipts
    from contentkit.views.queue import QueueRow

    zone = project.calendar.zone
    threads = {(thread.entry, thread.account): thread for thread in journal.threads()} if journal else {}
    receipts = read_receipts(project.root)
    age, other = as_of(list(receipts.values()), now), other_journal(project, journal)
    rows = []
    for entry in project.calendar.entries:
        for account in entry.accounts:
            thread = threads.pop((entry.id, account), None)
            if journal and thread:
                state, why, url = _published_here(project, journal, thread, now)
            elif found := [receipt for key, receipt in receipts.items() if key[:2] == (entry.id, account)]:
                state, why, url = _published_elsewhere(project, found, age)
            else:
                state, why, url = *_not_planned(project, journal, other, entry, now, age), ""
            at = entry.at.astimezone(zone)
            if state not in ENDED and (stale := why_stale(project, entry.draft)):
                why = f"{why}; {stale}" if why else stale
            row = QueueRow(entry=entry.id, account=account, at=at, state=state, why=why, draft=entry.draft, url=url)
            rows.append(replace(row, cost=_cost_of(project, thread)) if thread else row)
    for thread in threads.values():
        if journal and thread.head:
            state, why, url = _published_here(project, journal, thread, now)
            at = thread.due.astimezone(zone)
            row = QueueRow(entry=thread.entry, account=thread.account, at=at, state=state, why=why, url=url)
            rows.append(replace(row, cost=_cost_of(project, thread)))
    return sorted(rows, key=lambda row: (row.at, row.entry, row.account))


def _cost_of(project: Project, thread: Thread) -> Decimal | None:
    """What is still to be paid for a thread; None where that is nothing."""
    from contentkit.cli.costs import still_to_pay

    cost = still_to_pay(project, thread)
    return cost.total if cost else None


def _published_here(project: Project, journal: Journal, thread: Thread, now: datetime) -> tuple[str, str, str]:
    """State, why and address of a thread that this machine's journal has."""
    from contentkit.cli.approvals import why_not
    from contentkit.publishing.publications import State

    url = thread.rows[0].url
    head = thread.head
    if head is None:
        skipped = thread.rows[0].parts - len(thread.rows)
        return "sent", f"without the last {skipped}: {url}" if skipped else url, url
    reasons = [f"{head.part} of {head.parts} out"] if head.part else []
    if head.state is State.PLANNED:
        reasons.append(why_not(project, journal, thread, now))
        if head.not_before and head.not_before > now:
            until = head.not_before.astimezone(project.calendar.zone)
            reasons.append(f"not before {until:%H:%M %Z}")
    # What stands in the account's way is mostly what the part waits for, too.
    if not any(reason.startswith(head.reason) for reason in reasons):
        reasons.append(head.reason)
    words = "; ".join(reason for reason in reasons if reason)
    return head.state.value, words or f"approved by {journal.approval(head.approval).by}", url


def _published_elsewhere(project: Project, receipts: Sequence[Receipt], age: str) -> tuple[str, str, str]:
    """State, why and address of a thread that another journal publishes, as its receipts tell."""
    from contentkit.places import clone_id

    first, last = (choose(receipts, key=lambda receipt: receipt.part) for choose in (min, max))
    by = "from here, by another journal" if last.clone == clone_id(project.root) else "by another machine"
    machine = f"{by}, {age}: {first.url}"
    if len(receipts) < last.parts:
        return "sending", f"{len(receipts)} of {last.parts} out, {machine}", first.url
    return "sent", machine, first.url


def _not_planned(
    project: Project, journal: Journal | None, other: OtherJournal | None, entry: Entry, now: datetime, age: str
) -> tuple[str, str]:
    """State and why of an entry of which nothing is planned on an account. ``age`` says how old the receipts are."""
    from contentkit.cli.approvals import inspect
    from contentkit.cli.elsewhere import approved_elsewhere
    from contentkit.publishing.publications import State

    if not (project.root / entry.draft).exists():
        return "", f"there is no draft {entry.draft}"
    approval = journal.latest_approval(entry.id) if journal else None
    if approval:
        unchanged = inspect(project, entry.id, approval).digest == approval.digest
        return (State.SKIPPED.value, "") if unchanged else ("", "changed since its approval: approve again")
    if entry.approved and other:
        return "", approved_elsewhere(project, entry, age)
    if now - entry.at > entry.late.within:
        return "", "was never approved: move it to a time to come"
    given = f" here: the calendar says that {entry.approved.by} did" if entry.approved else ""
    return "", f"to approve{given}" + (", paused" if entry.paused else "")
