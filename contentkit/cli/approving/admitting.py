"""What ``post`` does where approvals come with git: it looks for new ones, and plans what is approved.

Without a change of the files or of the branch that is one look at names and times of files: no YAML is read.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.cli.approving.statements import FOLDER
from contentkit.clock import Clock
from contentkit.config import CALENDAR_NAME, CONFIG_NAME
from contentkit.errors import ContentkitError
from contentkit.people import PEOPLE_NAME
from contentkit.publishing.facts import Fact
from contentkit.settings.approval_rules import ApprovalPolicy
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.cli.approving.giving import Candidate
    from contentkit.cli.approving.standing import Standing
    from contentkit.cli.project import Project
    from contentkit.models import Entry
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.outcomes import Outcome
    from contentkit.publishing.receipts import Receipt

# Whoever waits for an entry that is due in so short a time has to know why it is not planned.
_SOON = timedelta(hours=2)
_MOST_NAMES = 20_000


@dataclass(frozen=True, kw_only=True)
class _Work:
    project: Project
    journal: Journal
    policy: ApprovalPolicy
    now: datetime


def admit(project: Project, journal: Journal, policy: ApprovalPolicy, clock: Clock) -> Iterator[Outcome]:
    """Plans what was approved since the last look; says once why what is due soon was not. The caller holds the lock.

    Raises StateError and ContentError where this machine's own files cannot be trusted.
    """
    if policy.trust == "local":
        return
    mark = _mark(project, policy, clock.now())
    if journal.known(Fact.ADMITTED) == mark:
        return
    work = _Work(project=project, journal=journal, policy=policy, now=clock.now())
    yield from _elsewhere(work)
    for entry in _entries(work):
        _remember_revocations(work, entry)
        why = _admit(work, entry)
        if why and _is_soon(work, entry):
            yield from _told_once(work, entry, why)
    journal.note({Fact.ADMITTED: mark})


def _entries(work: _Work) -> list[Entry]:
    """The entries that could be approved; none where another machine publishes, or the calendar cannot be read."""
    from contentkit.cli.elsewhere import other_journal

    with suppress(ContentkitError):
        if other_journal(work.project, work.journal) is None:
            return list(work.project.calendar.entries)
    return []


def _elsewhere(work: _Work) -> Iterator[Outcome]:
    """Says of what is due soon that another machine publishes it, as far as anybody can see here."""
    from contentkit.cli.elsewhere import other_journal

    other = other_journal(work.project, work.journal)
    with suppress(ContentkitError):
        for entry in work.project.calendar.entries if other else ():
            if other and _is_soon(work, entry) and not _is_settled(work, entry):
                why = f"{other.sign} elsewhere: 'contentkit takeover' makes this machine the publisher"
                yield from _told_once(work, entry, why)


def _is_soon(work: _Work, entry: Entry) -> bool:
    return entry.at - _SOON <= work.now <= entry.at + entry.late.within and not entry.paused


def _remember_revocations(work: _Work, entry: Entry) -> None:
    """What somebody took back by a signed word stays taken back when that word is gone from the files."""
    if work.policy.trust != "signed":
        return
    from contentkit.cli.approving.revocations import revocations_of, revoke
    from contentkit.cli.approving.signed import revocations_in
    from contentkit.cli.approving.taking_back import still_to_send

    known = {(one.by, one.at) for one in revocations_of(work.project, work.journal, entry.id)}
    for one in revocations_in(work.project, work.policy, entry.id, work.now):
        if (one.by, one.at) in known:
            continue
        given = work.journal.approvals.latest(entry.id)
        # Approved anew since, and signed again: only what was signed until then is taken back.
        rows = still_to_send(work.journal.threads.of(entry.id)) if given and given.at <= one.at else []
        revoke(
            work.project,
            work.journal,
            entry.id,
            by=one.by,
            at=one.at,
            trust="signed",
            digest="",
            reason="",
            rows=rows,
            upto=given.id if given and given.at <= one.at else 0,
        )


def _admit(work: _Work, entry: Entry) -> str:
    """Plans an entry if it is approved and not planned yet. Returns why it is not, empty when there is nothing to say."""
    from contentkit.cli.approving.giving import latest
    from contentkit.cli.approving.standing import standing_of

    if work.now - entry.at > latest(entry) or _is_settled(work, entry) or not _may_be_approved(work, entry):
        return ""
    standing = standing_of(work.project, work.journal, entry, work.policy)
    if not standing.holds:
        return standing.why if standing.heard and not entry.paused else ""
    if _is_admitted(work, entry, standing):
        return ""
    try:
        return _plan(work, entry, standing)
    except ContentkitError as error:
        return error.message


def _may_be_approved(work: _Work, entry: Entry) -> bool:
    """A cheap look before anything is rendered: what nobody has signed is not approved."""
    return work.policy.trust != "signed" or os.path.lexists(work.project.root / FOLDER / entry.id)


def _is_settled(work: _Work, entry: Entry) -> bool:
    """Whether everything of it is out, by this journal or by the receipts of another."""
    from contentkit.cli.approving.strangers import is_out
    from contentkit.publishing.receipts import read_receipts

    threads = {thread.account: thread for thread in work.journal.threads.of(entry.id)}
    if threads and set(entry.accounts) <= set(threads) and all(one.head is None for one in threads.values()):
        return True
    with suppress(ContentkitError):
        receipts = read_receipts(work.project.root)
        return all(is_out(receipts, entry.id, account) for account in entry.accounts)
    return False


def _is_admitted(work: _Work, entry: Entry, standing: Standing) -> bool:
    """Whether just this was planned before: what a person skipped or holds since then is not planned again by itself."""
    latest = work.journal.approvals.latest(entry.id)
    if latest is None or (latest.trust, latest.digest) != (work.policy.trust, standing.digest):
        return False
    newest = max((one.at for one in standing.heard if not one.why and one.at), default=None)
    return newest is None or newest <= latest.at


def _plan(work: _Work, entry: Entry, standing: Standing) -> str:
    """Plans the entry under the approvals that count. Returns why that may not be. Raises ContentkitError."""
    from contentkit.cli.approving.carrying_over import plan_as_heard, why_unfit
    from contentkit.cli.approving.giving import candidate_of

    candidate = candidate_of(work.project, entry, work.now)
    return (
        why_unfit(work.project, candidate)
        or _why_renamed(work, candidate)
        or _why_over(work, entry, standing)
        or plan_as_heard(work.project, work.journal, candidate, standing, work.now)
    )


def _why_renamed(work: _Work, candidate: Candidate) -> str:
    """Whether these words are out already under an id that left the calendar: renaming an entry would publish it again."""
    if work.policy.trust != "branch":
        return ""
    known = {one.id for one in work.project.calendar.entries}
    for rendition in candidate.renditions:
        for part in rendition.parts:
            before = work.journal.history.sent_before(rendition.account.name, part.text, apart_from=candidate.entry.id)
            if before and before.entry not in known:
                return f"was published as {before.entry}, which is no longer on the calendar: give it that id again"
    return ""


def _why_over(work: _Work, entry: Entry, standing: Standing) -> str:
    """Whether somebody took down what was published of it: an approval from before does not publish it again, nor does a draft
    on a branch that is mended afterwards. Only who signs other words after that means it."""
    from contentkit.publishing.receipts import all_receipts, read_receipts

    living = {thread.account for thread in work.journal.threads.of(entry.id)}
    ended = {row.account for row in work.journal.history.ended() if row.entry == entry.id}
    out = {account for name, account, _ in read_receipts(work.project.root) if name == entry.id}
    told = [one for one in all_receipts(work.project.root) if one.entry == entry.id and one.retracted]
    retracted = [one for one in told if one.account not in out]
    gone = (ended | {one.account for one in retracted}) - living
    if not gone or (work.policy.trust == "signed" and _is_signed_anew(work, entry, standing, retracted)):
        return ""
    return f"was taken down on {', '.join(sorted(gone))}: schedule it as an entry of its own"


def _is_signed_anew(work: _Work, entry: Entry, standing: Standing, retracted: Sequence[Receipt]) -> bool:
    """Whether other words were signed after these parts were taken down."""
    newest = max((one.at for one in standing.heard if not one.why and one.at), default=None)
    if newest is None or work.journal.approvals.has(entry.id, standing.digest):
        return False
    ends = [replace(one, at=one.retracted).moment for one in retracted]
    return all(end is not None and end < newest for end in ends)


def _told_once(work: _Work, entry: Entry, why: str) -> Iterator[Outcome]:
    from contentkit.publishing.outcomes import outcome_of
    from contentkit.publishing.records import Notice

    notice = Notice(kind="unapproved", entry=entry.id, account=", ".join(entry.accounts), reason=why)
    if not work.journal.notices.has(notice):
        yield outcome_of(work.journal.notices.keep(notice))


def _mark(project: Project, policy: ApprovalPolicy, now: datetime) -> str:
    """What tells one state of all that decides from another; the hour is part of it, as keys are valid for a time."""
    told = hashlib.sha256(f"{policy!r} {now:%Y-%m-%d %H}".encode())
    for name in (CALENDAR_NAME, CONFIG_NAME, PEOPLE_NAME):
        with suppress(OSError):
            told.update(hashlib.sha256((project.root / name).read_bytes()).digest())
        told.update(b"\0")
    folders = ["drafts"]
    if policy.trust == "signed":
        for path in (policy.allowed_signers, policy.revoked_keys):
            told.update(_seen(path).encode() if path else b"")
        folders.append(FOLDER)
    else:
        from contentkit.cli.approving.branch import merged
        from contentkit.cli.git import NoGit

        with suppress(NoGit):
            told.update(merged(project.root, policy.branch).commit.encode())
    for folder in folders:
        for line in _tree(project.root / folder):
            told.update(line.encode(errors="surrogateescape"))
    return told.hexdigest()


def _tree(folder: Path) -> Iterator[str]:
    """Names, sizes and times of what lies in a folder, one folder deeper included; links are not followed."""
    count = 0
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(folders) if path == str(folder) else []
        for name in sorted(names):
            count += 1
            if count > _MOST_NAMES:
                return
            yield _seen(Path(path) / name)


def _seen(path: Path) -> str:
    try:
        known = os.lstat(path)
    except OSError:
        return f"{path} -\n"
    return f"{path} {known.st_size} {known.st_mtime_ns} {known.st_ctime_ns} {known.st_mode}\n"
