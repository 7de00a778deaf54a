"""What waits for a person, as ``status`` tells it: of runs, sign-ins, entries, threads, accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from contentkit.cli.elsewhere import OtherJournal
    from contentkit.cli.project import Project
    from contentkit.cli.scene import Scene
    from contentkit.models import Entry
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import Thread
    from contentkit.publishing.receipts import Receipt

    # The living threads by entry and account, and whether all of each is out.
    _Outlines = Mapping[tuple[str, str], bool]

# What is due within this time and not approved waits for a person.
_SOON = timedelta(hours=12)


def all_that_waits(scene: Scene) -> Iterator[dict[str, Any]]:
    """What waits for a person: what it is, how it is, why, line by line what renders differently, and what to do about it.

    Raises ContentkitError for files that cannot be read.
    """
    from contentkit.cli.alerting.standing import troubles_of_runs
    from contentkit.cli.expiries import expiries

    project, journal = scene.project, scene.journal
    threads = journal.threads.outlines() if journal else {}
    unapproved = _unknown_here(scene, scene.other) if scene.other else _unapproved(scene, threads)
    yield from (_one(*trouble) for trouble in troubles_of_runs(project))
    yield from (_one(one.account, one.state, one.why, one.step) for one in expiries(project, scene.now))
    yield from unapproved
    yield from _waiting(scene, journal) if journal else ()
    yield from _stale(scene, threads)


def _unknown_here(scene: Scene, other: OtherJournal) -> Iterator[dict[str, Any]]:
    """Where another journal publishes: entries that nobody has approved in time, and approved ones whose receipt is overdue.

    Where the approval was given in this very folder, the journal is lost or looked for in the wrong place: told at once.
    """
    from contentkit.calendar.times import distance
    from contentkit.cli.approving.strangers import strange_approvals
    from contentkit.cli.elsewhere import approved_elsewhere, as_of, is_desk
    from contentkit.errors import ContentkitError
    from contentkit.places import clone_id

    project, now, here = scene.project, scene.now, clone_id(scene.project.root)
    try:
        strange, age = strange_approvals(project, None) or [], as_of(project.receipts, now)
    except ContentkitError:
        return  # doctor says so
    for entry in strange:
        lost = entry.approved is not None and entry.approved.clone in ("", here)
        if not entry.paused and now - entry.at > (timedelta(0) if lost else entry.late.within):
            scene.draft(entry.draft)
            why = f"{approved_elsewhere(project, entry, age)}; it was due {distance(entry.at, now)}"
            there = ("git pull", "contentkit status, on the publisher's machine")
            steps = ("is this the same user, and the same XDG_STATE_HOME?", "contentkit doctor") if lost else there
            yield _one(entry.id, "not published", why, *steps)
    where = "on the publisher's machine" if is_desk(other) else "once the journal is found"
    yield from _due_without_approval(project, where, now)


def _stale(scene: Scene, threads: _Outlines) -> Iterator[dict[str, Any]]:
    """Entries that are to go out, and whose sources no longer say what their posts rest on, or that nobody may say any more."""
    from contextlib import suppress
    from shlex import quote

    from contentkit.cli.unsayable import why_unsayable
    from contentkit.errors import ContentkitError
    from contentkit.publishing.receipts import ever_out

    try:
        entries, receipts = scene.project.calendar.entries, ever_out(scene.project.receipts)
    except ContentkitError:
        return  # what is planned says so
    for entry in entries:
        if entry.paused or all(_is_over(scene, threads, receipts, entry, account) for account in entry.accounts):
            continue
        check = f"contentkit check {quote(entry.draft)}"
        if why := scene.stale(entry.draft):
            yield _one(entry.id, "stale", why.removeprefix("stale: "), check)
        # Of what is not approved yet, approve says it.
        if not any((entry.id, account) in threads for account in entry.accounts):
            continue
        with suppress(ContentkitError):  # check says so
            if why := why_unsayable(scene.project, entry):
                yield _one(entry.id, "not to be said", why, check)


def _is_over(
    scene: Scene,
    threads: _Outlines,
    receipts: Mapping[tuple[str, str, int], Receipt],
    entry: Entry,
    account: str,
) -> bool:
    """Whether an entry is out on an account, or will never go out there."""
    from contentkit.cli.approving.strangers import is_out

    known = threads.get((entry.id, account))
    if known is not None:
        return known
    if scene.now - entry.at > entry.late.within or is_out(receipts, entry.id, account):
        return True
    return bool(scene.journal and scene.journal.history.why_skipped(entry.id, account))


def _due_without_approval(project: Project, where: str, now: datetime) -> Iterator[dict[str, Any]]:
    from contentkit.calendar.times import distance
    from contentkit.publishing.receipts import ever_out

    receipts = ever_out(project.receipts)
    for entry in project.calendar.entries:
        known = entry.approved or entry.paused or any((entry.id, account, 0) in receipts for account in entry.accounts)
        if not known and entry.at - now <= _SOON and now - entry.at <= entry.late.within:
            step = f"contentkit approve {entry.id}, {where}"
            yield _one(entry.id, "to approve", f"it is due {distance(entry.at, now)}", step)


def _unapproved(scene: Scene, threads: _Outlines) -> Iterator[dict[str, Any]]:
    """Entries that are due, or will be within half a day, and that nothing will publish as things stand."""
    from contentkit.calendar.times import distance
    from contentkit.cli.approving.strangers import strange_approvals, why_unknown
    from contentkit.cli.told import is_settled
    from contentkit.errors import ContentkitError
    from contentkit.publishing.receipts import ever_out

    project, journal, now = scene.project, scene.journal, scene.now
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
            skipped = journal.history.why_skipped(entry.id, account) if journal else ""
            step = f"contentkit approve {entry.id}"
            if skipped and not is_settled(skipped):
                yield _one(f"{entry.id} on {account}", "not published", skipped, step)
            elif not skipped and not entry.approved and now - entry.at <= entry.late.within:
                yield _one(f"{entry.id} on {account}", "to approve", f"it is due {distance(entry.at, now)}", step)


def _waiting(scene: Scene, journal: Journal) -> list[dict[str, Any]]:
    told = (_of_thread(scene, thread) for thread in _open(journal))
    return [*beside_entries(scene.project, journal), *(one for one in told if one)]


def _open(journal: Journal) -> Sequence[Thread]:
    """The threads in which something is not settled, a part or a change of one, by due time."""
    threads = {(one.entry, one.account): one for one in (*journal.threads.open(), *journal.threads.amended())}
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
    for account in journal.accounts.all():
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
    from contextlib import suppress

    from contentkit.cli.told import told_here
    from contentkit.errors import ContentkitError
    from contentkit.publishing.publications import State

    with suppress(ContentkitError):  # what is planned says so
        if entry := scene.entries.get(thread.entry):
            scene.draft(entry.draft)  # whatever is told of it rests on that
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
