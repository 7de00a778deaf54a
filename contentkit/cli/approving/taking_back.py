"""Taking an approval back before the first part is out. The journal remembers it: nothing that is put back counts again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from contentkit.cli.approving.copies import remove_copy
from contentkit.cli.approving.policies import policy_of
from contentkit.cli.approving.revocations import revoke
from contentkit.cli.project import Project
from contentkit.errors import ContentkitError, NeedsPerson, UsageError
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import Publication, State, Thread
from contentkit.text import one_line
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class TakenBack:
    """What came of it: how many planned parts were skipped, and why the copy is still in the calendar; empty where it is not."""

    entry: str
    by: str
    parts: int
    uncopied: str = ""


def take_back(project: Project, journal: Journal, entry_id: str, by: str, reason: str, now: datetime) -> TakenBack:
    """Takes back every approval of an entry so far. The caller holds the publisher's lock.

    Raises UsageError where there is none, NeedsPerson where the entry has begun: then nothing was changed.
    """
    policy, threads = policy_of(project), journal.threads.of(entry_id)
    refuse_begun(threads)
    if policy.trust == "local" and not journal.approvals.of(entry_id):
        raise UsageError(f"{entry_id}: nothing of it was approved here", hint="'contentkit approvals' shows what is")
    latest = journal.approvals.latest(entry_id)
    parts = revoke(
        project,
        journal,
        entry_id,
        by=by,
        # A signature may be of a clock that is ahead of ours.
        at=max(now, latest.at) if latest else now,
        trust=policy.trust,
        digest=_digest_now(project, entry_id),
        reason=one_line(reason, 200),
        rows=still_to_send(threads),
    )
    return TakenBack(entry=entry_id, by=by, parts=parts, uncopied=remove_copy(project, entry_id))


def refuse_begun(threads: Sequence[Thread]) -> None:
    """Raises NeedsPerson where a part is out, or may be: what is out cannot be taken back here."""
    begun = [thread for thread in threads if thread.started]
    if not begun:
        return
    told = "; ".join(_how_far(thread) for thread in begun)
    name = begun[0].entry
    rest = any(thread.head for thread in threads)
    keeps = f"'contentkit pause {name}' keeps the rest back; then 'contentkit resolve {name} --skip' once it is held"
    raise NeedsPerson(
        f"{name}: its approval cannot be revoked any more: {told}",
        hint=keeps if rest else f"'contentkit retract {name}' takes down what is out",
    )


def _how_far(thread: Thread) -> str:
    out = [row for row in thread.rows if row.state is State.SENT]
    if not out:
        return f"a part may be out on {thread.account}"
    return f"{len(out)} of {thread.rows[0].parts} out on {thread.account}: {out[0].url}"


def still_to_send(threads: Sequence[Thread]) -> list[Publication]:
    """What is planned or held in threads that have not begun."""
    return [
        row
        for thread in threads
        if not thread.started
        for row in thread.rows
        if row.state in (State.PLANNED, State.HELD)
    ]


def _digest_now(project: Project, entry_id: str) -> str:
    """The digest of the entry as it is, empty where it cannot be told."""
    try:
        return project.digest(project.calendar.entry(entry_id))
    except ContentkitError:
        return ""
