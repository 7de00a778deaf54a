"""``contentkit status``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from contentkit.cli.elsewhere import OtherJournal
    from contentkit.cli.project import Project
    from contentkit.cli.scene import Scene
    from contentkit.clock import Clock
    from contentkit.models import Entry
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Thread
    from contentkit.publishing.receipts import Receipt

    # The living threads by entry and account, and whether all of each is out.
    _Outlines = Mapping[tuple[str, str], bool]

# What is due within this time and not approved waits for a person.
_SOON = timedelta(hours=12)


def command(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show what waits for a person; exit 4 while anything does.

    Held posts with the reason, posts in doubt, accounts that cannot be used or whose sign-in ends within a week, the stop
    switch, runs that fail, alerts that reached nobody, and what to do about each. Then when the last run ended, and what is
    due next.

    \b
    contentkit status
    contentkit status --json
    """
    from contentkit.cli.alerting.standing import last_and_next, troubles_of_runs
    from contentkit.cli.elsewhere import other_journal
    from contentkit.cli.expiries import expiries
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.main import PERSON_NEEDED
    from contentkit.cli.output import say, show_json, show_lines, show_sentences
    from contentkit.cli.project import open_listed
    from contentkit.clock import SystemClock

    project, clock = open_listed(), SystemClock()
    with journal_if_any(project, clock) as journal:
        other = other_journal(project, journal)
        threads = journal.outlines() if journal else {}
        unapproved = _unknown_here(project, other, clock) if other else _unapproved(project, journal, threads, clock)
        waiting = [
            *(_one(*trouble) for trouble in troubles_of_runs(project)),
            *(_one(one.account, one.state, one.why, one.step) for one in expiries(project, clock.now())),
            *unapproved,
            *(_waiting(project, journal, clock.now()) if journal else []),
            *_stale(project, journal, threads, clock.now()),
        ]
        beside = list(last_and_next(project, journal, clock.now())) if journal else []
    if as_json:
        show_json(waiting)
    elif not waiting:
        show_lines("Nothing waits for a person.")
    else:
        for one in waiting:
            show_sentences(f"{one['what']}: {one['state']}: {one['why']}")
            show_lines(*(f"    {line}" for line in one["diff"]))
            show_sentences(*(f"    {step}" for step in one["next"]))
    if not as_json:
        say(*beside)
    if waiting:
        raise typer.Exit(PERSON_NEEDED)


def _unknown_here(project: Project, other: OtherJournal, clock: Clock) -> Iterator[dict[str, Any]]:
    """Where another journal publishes: entries that nobody has approved in time, and approved ones whose receipt is overdue.

    Where the approval was given in this very folder, the journal is lost or looked for in the wrong place: told at once.
    """
    from contentkit.calendar.times import distance
    from contentkit.cli.approving.strangers import strange_approvals
    from contentkit.cli.elsewhere import approved_elsewhere, as_of, is_desk
    from contentkit.errors import ContentkitError
    from contentkit.places import clone_id

    now, here = clock.now(), clone_id(project.root)
    try:
        strange, age = strange_approvals(project, None) or [], as_of(project.receipts, now)
    except ContentkitError:
        return  # doctor says so
    for entry in strange:
        lost = entry.approved is not None and entry.approved.clone in ("", here)
        if not entry.paused and now - entry.at > (timedelta(0) if lost else entry.late.within):
            why = f"{approved_elsewhere(project, entry, age)}; it was due {distance(entry.at, now)}"
            there = ("git pull", "contentkit status, on the publisher's machine")
            steps = ("is this the same user, and the same XDG_STATE_HOME?", "contentkit doctor") if lost else there
            yield _one(entry.id, "not published", why, *steps)
    where = "on the publisher's machine" if is_desk(other) else "once the journal is found"
    yield from _due_without_approval(project, where, now)


def _stale(project: Project, journal: Journal | None, threads: _Outlines, now: datetime) -> Iterator[dict[str, Any]]:
    """Entries that are to go out, and whose sources no longer say what their posts rest on, or that nobody may say any more."""
    from contextlib import suppress
    from shlex import quote

    from contentkit.cli.ingesting.stale import why_stale
    from contentkit.cli.unsayable import why_unsayable
    from contentkit.errors import ContentkitError
    from contentkit.publishing.receipts import ever_out

    try:
        entries, receipts = project.calendar.entries, ever_out(project.receipts)
    except ContentkitError:
        return  # what is planned says so
    for entry in entries:
        if entry.paused or all(_is_over(journal, threads, receipts, entry, account, now) for account in entry.accounts):
            continue
        check = f"contentkit check {quote(entry.draft)}"
        if why := why_stale(project, entry.draft):
            yield _one(entry.id, "stale", why.removeprefix("stale: "), check)
        # Of what is not approved yet, approve says it.
        if not any((entry.id, account) in threads for account in entry.accounts):
            continue
        with suppress(ContentkitError):  # check says so
            if why := why_unsayable(project, entry):
                yield _one(entry.id, "not to be said", why, check)


def _is_over(
    journal: Journal | None,
    threads: _Outlines,
    receipts: Mapping[tuple[str, str, int], Receipt],
    entry: Entry,
    account: str,
    now: datetime,
) -> bool:
    """Whether an entry is out on an account, or will never go out there."""
    from contentkit.cli.approving.strangers import is_out

    known = threads.get((entry.id, account))
    if known is not None:
        return known
    if now - entry.at > entry.late.within or is_out(receipts, entry.id, account):
        return True
    return bool(journal and journal.why_skipped(entry.id, account))


def _due_without_approval(project: Project, where: str, now: datetime) -> Iterator[dict[str, Any]]:
    from contentkit.calendar.times import distance
    from contentkit.publishing.receipts import ever_out

    receipts = ever_out(project.receipts)
    for entry in project.calendar.entries:
        known = entry.approved or entry.paused or any((entry.id, account, 0) in receipts for account in entry.accounts)
        if not known and entry.at - now <= _SOON and now - entry.at <= entry.late.within:
            step = f"contentkit approve {entry.id}, {where}"
            yield _one(entry.id, "to approve", f"it is due {distance(entry.at, now)}", step)


def _unapproved(
    project: Project, journal: Journal | None, threads: _Outlines, clock: Clock
) -> Iterator[dict[str, Any]]:
    """Entries that are due, or will be within half a day, and that nothing will publish as things stand."""
    from contentkit.calendar.times import distance
    from contentkit.cli.approving.strangers import strange_approvals, why_unknown
    from contentkit.cli.told import is_settled
    from contentkit.errors import ContentkitError
    from contentkit.publishing.receipts import ever_out

    now = clock.now()
    for entry in strange_approvals(project, journal) or ():
        if entry.at <= now and not entry.paused:
            steps = ("is this the same user, and the same XDG_STATE_HOME?", f"contentkit approve {entry.id}")
            yield _one(entry.id, "not published", why_unknown(project, entry), *steps)
    try:
        entries, receipts = project.calendar.entries, ever_out(project.receipts)
    except ContentkitError:
        return  # what is planned says so
    for entry in entries:
        for account in entry.accounts:
            known = (entry.id, account) in threads or (entry.id, account, 0) in receipts
            if known or entry.paused or entry.at - now > _SOON:
                continue
            skipped = journal.why_skipped(entry.id, account) if journal else ""
            step = f"contentkit approve {entry.id}"
            if skipped and not is_settled(skipped):
                yield _one(f"{entry.id} on {account}", "not published", skipped, step)
            elif not skipped and not entry.approved and now - entry.at <= entry.late.within:
                yield _one(f"{entry.id} on {account}", "to approve", f"it is due {distance(entry.at, now)}", step)


def _waiting(project: Project, journal: Journal, now: datetime) -> list[dict[str, Any]]:
    from contentkit.cli.scene import Scene

    scene = Scene(project, journal, now)
    told = (_of_thread(scene, thread) for thread in _open(journal))
    return [*beside_entries(project, journal), *(one for one in told if one)]


def _open(journal: Journal) -> Sequence[Thread]:
    """The threads in which something is not settled, a part or a change of one, by due time."""
    threads = {(one.entry, one.account): one for one in (*journal.open_threads(), *journal.amended_threads())}
    return sorted(threads.values(), key=lambda one: (one.due, one.entry, one.account))


def beside_entries(project: Project, journal: Journal) -> list[dict[str, Any]]:
    """What waits for a person and is no matter of one entry: a stop, a second publisher, accounts that cannot be used."""
    from contentkit.cli.elsewhere import part_named, second_publisher, why_two
    from contentkit.publishing.facts import Fact

    waiting: list[dict[str, Any]] = []
    if journal.known(Fact.STOPPED):
        waiting.append(_one("publishing", "stopped", journal.known(Fact.STOPPED), "contentkit start"))
    if other := second_publisher(project, journal):
        steps = (
            "take 'contentkit post' out of the other machine's crontab",
            "contentkit takeover, on the one that is to publish",
        )
        waiting.append(_one(part_named(other), "another publisher", why_two(other), *steps))
    busy = {thread.account for thread in _open(journal)}
    for account in journal.accounts():
        if account.name not in busy:
            continue
        if account.paused:
            waiting.append(
                _one(account.name, "paused", account.trouble, "mend it; the next 'contentkit post' tries again")
            )
        elif account.trouble:
            waiting.append(_one(account.name, "waits", account.trouble, "nothing, if the network comes back"))
    return waiting


def _of_thread(scene: Scene, thread: Thread) -> dict[str, Any] | None:
    """What of a thread somebody has to look at, in the words that every listing has for it."""
    from contentkit.cli.told import told_here
    from contentkit.publishing.publications import State

    told, head = told_here(scene, thread), thread.head
    if not told.waits:
        return None
    whole = head is None or head.state is State.PLANNED or scene.changes(thread)
    part = "" if whole or head is None else f" {head.part + 1}/{head.parts}"
    why = f"will not go out: {told.void}" if told.void else told.why
    if told.begun:
        why = f"{told.begun}: {told.url}; {why}"
    return _one(f"{thread.entry}{part} on {thread.account}", told.state, why, *told.next, diff=told.diff)


def _one(what: str, state: str, why: str, *steps: str, diff: Sequence[str] = ()) -> dict[str, Any]:
    return {"what": what, "state": state, "why": why, "diff": list(diff), "next": list(steps)}
