"""Approvals that came with git as signed statements: no link is followed, and this machine's own list of keys verifies them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from contentkit.cli.approving import statements
from contentkit.cli.approving.signers import Signers, load_signers
from contentkit.cli.approving.ssh import LONGEST_SIGNATURE, key_in, why_not_signed
from contentkit.cli.approving.standing import Heard, why_revoked
from contentkit.cli.approving.statements import FOLDER, Statement, What
from contentkit.cli.project import Project
from contentkit.clock import SystemClock
from contentkit.errors import ContentError
from contentkit.files import NotPlain, plain_bytes
from contentkit.models import Entry
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal import Journal
from contentkit.publishing.records import Revocation
from contentkit.settings.approval_rules import ApprovalPolicy
from contentkit.stamps import moment_if_any
from contentkit.values import dataclass

# Whoever may send a pull request may put files there: so many are looked at for one entry, and no more.
MOST_FILES = 100
# Clocks of two machines may differ by so much.
_AHEAD = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Found:
    """A statement that lies in the project. ``key`` is the one that it was signed with, ``why`` it does
    not count, empty while nothing speaks against it."""

    by: str
    what: What
    statement: Statement | None = None
    key: bytes = b""
    why: str = ""


def heard_signed(
    project: Project,
    journal: Journal | None,
    policy: ApprovalPolicy,
    entry: Entry,
    digest: str,
    revoked: Sequence[Revocation],
) -> list[Heard]:
    """What was signed of an entry, and whether it counts now. Raises StateError, ContentError for this machine's own files."""
    signers, now = load_signers(policy, project.root), SystemClock().now()
    found = list(statements_of(project, entry.id, signers, now))
    back = [one for one in found if one.what == "revoke" and one.statement and not one.why]
    heard: list[Heard] = []
    keys: dict[bytes, str] = {}
    for one in found:
        statement = one.statement
        if one.what == "revoke":
            continue
        why = one.why or (statement and _why_not(statement, digest, journal, revoked, back)) or ""
        if not why and keys.setdefault(one.key, one.by) != one.by:
            why = f"signed with the key of {keys[one.key]}, who counts already"
        heard.append(
            Heard(
                by=one.by,
                at=statement.at if statement else None,
                trust="signed",
                digest=statement.digest if statement else "",
                why=why,
            )
        )
    return heard


def revocations_in(project: Project, policy: ApprovalPolicy, entry_id: str, now: datetime) -> list[Statement]:
    """The signed words by which somebody whose key counts here took an approval of this entry back."""
    signers = load_signers(policy, project.root)
    found = statements_of(project, entry_id, signers, now)
    return [one.statement for one in found if one.what == "revoke" and one.statement and not one.why]


def statements_of(project: Project, entry_id: str, signers: Signers, now: datetime) -> Iterator[Found]:
    """Every statement about an entry, with why it is none; of a folder with too many files nothing is believed."""
    folder = project.root / FOLDER / entry_id
    try:
        names = _names(folder)
    except NotPlain:
        yield Found(by=f"{FOLDER}/{entry_id}", what="approve", why="is a link, or no folder: nothing there is read")
        return
    if len(names) > MOST_FILES:
        why = f"holds more than {MOST_FILES} files: nothing there is read"
        yield Found(by=f"{FOLDER}/{entry_id}", what="approve", why=why)
        return
    for name in names:
        if known := statements.named(name):
            what, principal = known
            yield _found(project, entry_id, folder / name, what, principal, signers, now)


def _names(folder: Path) -> list[str]:
    """The names in a folder of approvals, no more than enough to see that they are too many. Raises NotPlain for a link."""
    for step in (folder.parent, folder):
        try:
            if not stat.S_ISDIR(os.lstat(step).st_mode):
                raise NotPlain(step)
        except (FileNotFoundError, NotADirectoryError):
            return []
    names: list[str] = []
    with os.scandir(folder) as items:
        for item in items:
            names.append(item.name)
            if len(names) > MOST_FILES:
                break
    return sorted(names)


def _found(
    project: Project, entry_id: str, path: Path, what: What, principal: str, signers: Signers, now: datetime
) -> Found:
    bare = Found(by=principal, what=what)
    try:
        words = plain_bytes(path, statements.LONGEST_STATEMENT + 1)
        signature = plain_bytes(path.with_name(statements.signature_of(path.name)), LONGEST_SIGNATURE + 1)
    except FileNotFoundError:
        return replace(bare, why="its signature is missing")
    except OSError:
        return replace(bare, why="its files are no plain files: links are not followed")
    try:
        statement = statements.read(words)
    except ContentError as error:
        return replace(bare, why=error.message)
    why = _why_another(statement, project, entry_id, what, principal, now)
    why = why or why_not_signed(words, signature, principal, signers)
    return replace(bare, statement=statement, key=key_in(signature), why=why)


def _why_another(
    statement: Statement, project: Project, entry_id: str, what: What, principal: str, now: datetime
) -> str:
    """Why a statement is not about what its place says that it is about."""
    if statement.project != project.config.project:
        return "was signed for another project"
    if statement.entry != entry_id:
        return f"was signed for another entry, {statement.entry}"
    if statement.by != principal or statement.what != what:
        return "says another name, or another thing, than its file does"
    return "was signed at a time that is yet to come" if statement.at > now + _AHEAD else ""


def _why_not(
    statement: Statement,
    digest: str,
    journal: Journal | None,
    revoked: Sequence[Revocation],
    back: Sequence[Found],
) -> str:
    """Why a genuine signature does not approve what the files say now."""
    taken = next((one for one in revoked if statement.at <= one.at), None)
    if taken:
        return why_revoked(taken)
    signed = next((one for one in back if one.statement and statement.at <= one.statement.at), None)
    if signed:
        return f"revoked by {signed.by}"
    since = moment_if_any(journal.known(Fact.TAKEN_OVER)) if journal else None
    if since and statement.at < since:
        return "was signed before this machine took over: what was revoked until then is not known here"
    if statement.digest != digest:
        return "changed since it was signed: sign again"
    latest = journal.approvals.latest(statement.entry) if journal else None
    if latest and latest.trust == "signed" and latest.digest != digest and statement.at <= latest.at:
        return "replaced by a later approval"
    return ""
