"""How each entry stands on each of its accounts: its state, why, whose turn it is, and where it is when it is out.

What the queue, the review and the reports of pull requests show, so that they all say the same of one entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.cli.scene import Scene
from contentkit.cli.told import Told, told_elsewhere, told_here, told_taken_down, told_unplanned
from contentkit.cli.wanted import EVERYTHING, Wanted
from contentkit.views.queue import CRON, NOBODY, YOU, QueueRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from contentkit.cli.project import Project
    from contentkit.models import Entry
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Thread

# What became of these, no source can change any more.
ENDED = ("sent", "skipped")


def standings(project: Project, journal: Journal | None, now: datetime) -> list[QueueRow]:
    """Every entry on each of its accounts, by time, and open threads whose entry or account has left the calendar."""
    return standings_of(Scene(project, journal, now), EVERYTHING)


def standings_of(scene: Scene, wanted: Wanted) -> list[QueueRow]:
    """Those of ``standings`` that are asked for. Of the others nothing is read but the calendar and the journal."""
    rows = [*_of_calendar(scene, wanted), *_left_over(scene, wanted)]
    rows = [row for row in rows if wanted.has_state(row.state, row.at)]
    return sorted(_behind_others(scene, rows), key=lambda row: (row.at, row.entry, row.account))


def _of_calendar(scene: Scene, wanted: Wanted) -> Iterator[QueueRow]:
    for entry in scene.entries.values():
        for account in entry.accounts:
            state = _state_known(scene, entry, account)
            forgotten = state is not None and not wanted.has_state(state, entry.at)
            if not forgotten and wanted.has(scene, entry.id, account, entry.at, entry):
                yield row_of(scene, entry, account)


def _left_over(scene: Scene, wanted: Wanted) -> Iterator[QueueRow]:
    """Threads that are not at their end and that the calendar no longer asks for."""
    for (entry_id, account), thread in scene.threads.items():
        entry = scene.entries.get(entry_id)
        if (thread.head is None and not scene.changes(thread)) or (entry and account in entry.accounts):
            continue
        if wanted.has(scene, entry_id, account, thread.due, entry):
            yield _row_of_thread(scene, thread, told_here(scene, thread))


def _state_known(scene: Scene, entry: Entry, account: str) -> str | None:
    """Its state, where the journal or the receipts tell it; None where that takes a look into files."""
    if thread := scene.threads.get((entry.id, account)):
        if scene.changes(thread):
            return None
        return thread.head.state.value if thread.head else "sent"
    if found := scene.receipts.get((entry.id, account)):
        return told_elsewhere(scene, found).state
    return None


def row_of(scene: Scene, entry: Entry, account: str) -> QueueRow:
    """How an entry stands on one of its accounts."""
    thread = scene.threads.get((entry.id, account))
    if thread:
        told = told_here(scene, thread)
    elif found := scene.receipts.get((entry.id, account)):
        told = told_elsewhere(scene, found)
    elif (entry.id, account) in scene.taken_down and _is_unknown_here(scene, entry):
        told = told_taken_down(scene)
    else:
        told = told_unplanned(scene, entry, account)
    stale = "" if told.state in ENDED else scene.stale(entry.draft)
    return QueueRow(
        entry=entry.id,
        account=account,
        # A thread that was late may have moved on to another opening of its slot.
        at=(thread.due if thread and thread.rows[0].moved_from else entry.at).astimezone(scene.project.calendar.zone),
        state=told.state,
        why="; ".join(one for one in (told.words, stale, "" if told.state in ENDED else entry.note) if one),
        draft=entry.draft,
        url=told.url,
        cost=_cost_of(scene.project, thread) if thread else None,
        # It goes out all the same: whether it may, somebody has to see.
        who=YOU if stale and told.who == CRON else told.who,
        next=(*told.next, f"contentkit check {entry.draft}") if stale else told.next,
        founder=scene.founder(entry.draft),
        campaign=entry.campaign,
    )


def _is_unknown_here(scene: Scene, entry: Entry) -> bool:
    """Whether this machine's journal has never heard of an entry: then receipts tell its end."""
    return scene.journal is None or scene.journal.approvals.latest(entry.id) is None


def _row_of_thread(scene: Scene, thread: Thread, told: Told) -> QueueRow:
    return QueueRow(
        entry=thread.entry,
        account=thread.account,
        at=thread.due.astimezone(scene.project.calendar.zone),
        state=told.state,
        why=told.words,
        url=told.url,
        cost=_cost_of(scene.project, thread),
        who=told.who,
        next=told.next,
    )


def _behind_others(scene: Scene, rows: Sequence[QueueRow]) -> Iterator[QueueRow]:
    """Whoever acts on the entry that another one waits for, acts on both."""
    acting: dict[str, str] = {}
    for row in rows:
        entry = scene.entries.get(row.entry)
        if entry and entry.after and row.who == CRON and row.state == "planned":
            yield replace(row, who=_who_first(scene, entry.after, acting))
        else:
            yield row


def _who_first(scene: Scene, name: str, acting: dict[str, str]) -> str:
    """Who acts on an entry, or else on those that it waits for; cron where all of them go out by themselves.

    ``acting`` keeps what is known of each: a chain is walked once, however many wait at its end.
    """
    path = []
    while name in scene.entries and name not in acting:
        path.append(name)
        entry = scene.entries[name]
        rows = [row_of(scene, entry, account) for account in entry.accounts]
        # What was left out never goes out: somebody has to say what becomes of those behind it.
        who = next((YOU if row.state == "skipped" else row.who for row in rows if _holds_up(row)), "")
        if who:
            acting[name] = who
        else:
            name = entry.after
    found = acting.get(name, CRON)
    acting.update(dict.fromkeys(path, found))
    return found


def _holds_up(row: QueueRow) -> bool:
    """Whether others wait for it in vain until somebody acts."""
    return row.state == "skipped" or row.who not in (CRON, NOBODY)


def _cost_of(project: Project, thread: Thread) -> Decimal | None:
    """What is still to be paid for a thread; None where that is nothing."""
    from contentkit.cli.costs import still_to_pay

    cost = still_to_pay(project, thread)
    return cost.total if cost else None
