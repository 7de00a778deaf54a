"""This machine as the publisher: its state folder, its journal, and what the publisher asks of the project's files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from contentkit.cli.project import Project
from contentkit.clock import Clock
from contentkit.credentials import secret
from contentkit.errors import ContentkitError, StateError
from contentkit.models import Account, Entry, Limits
from contentkit.places import machine_id, make_private_folder
from contentkit.platforms import Connection
from contentkit.publishing.desk import Desk, Inspection
from contentkit.publishing.identity import EPOCH_NAME, check_identity
from contentkit.publishing.journal import Journal
from contentkit.publishing.opening import open_journal
from contentkit.publishing.publications import Publication, Thread
from contentkit.publishing.receipts import Receipt, append_receipt, stamp
from contentkit.publishing.records import Approval
from contentkit.publishing.schema import JOURNAL_NAME
from contentkit.publishing.seal import is_sealed
from contentkit.renditions import at_another_time


def has_journal(project: Project) -> bool:
    """Whether anything was ever approved here; no journal is made by asking."""
    return (project.state / JOURNAL_NAME).exists() or (project.state / EPOCH_NAME).exists()


@contextmanager
def journal_of(project: Project, clock: Clock) -> Iterator[Journal]:
    """The project's journal on this machine. Raises StateError when it is not the one last written here, or damaged."""
    folder = make_private_folder(project.state)
    journal = open_journal(folder, clock, machine_id())
    try:
        check_identity(folder, journal, machine_id())
        yield journal
    except sqlite3.IntegrityError:
        raise  # the tables refuse what the program should not have asked: its fault, not the disk's
    except sqlite3.DatabaseError as error:
        hint = "restore it from a backup, then run 'contentkit takeover'"
        raise StateError(f"{folder / JOURNAL_NAME}: cannot be read: {error}", hint=hint) from None
    finally:
        journal.close()


@contextmanager
def journal_if_any(project: Project, clock: Clock) -> Iterator[Journal | None]:
    """The journal, or None where nothing was ever approved: a look leaves nothing behind."""
    if not has_journal(project):
        yield None
        return
    with journal_of(project, clock) as journal:
        yield journal


def desk_of(project: Project, clock: Clock, interrupted: list[int]) -> Desk:
    """The project's files and this machine, as the publisher asks for them. ``interrupted`` gets the signals received."""

    def record(row: Publication, remote_id: str, url: str) -> None:
        _record(project, row, remote_id, url, clock.now())

    def connect(account: Account) -> Connection:
        platform = project.platform(account)
        secrets = {
            name: secret(account.name, name, settings=project.settings, environment=project.environment)
            for name in platform.secrets
        }
        return platform.connect(account, secrets, make_private_folder(project.state))

    def length(account: Account, text: str, warning: str, limits: Limits) -> int:
        return project.platform(account).length(text, warning, limits)

    return Desk(
        inspect=lambda entry, approval: inspect(project.as_it_is_now(), entry, approval),
        genuine=lambda approval: is_genuine(project, approval),
        account=project.config.accounts.get,
        connect=connect,
        length=length,
        record=record,
        interrupted=lambda: bool(interrupted),
        settle=project.config.settle,
    )


def is_genuine(project: Project, approval: Approval) -> bool:
    """Whether this approval was sealed on this machine, for exactly what it says."""
    return is_sealed(
        project.state,
        approval.seal,
        entry=approval.entry,
        digest=approval.digest,
        manifest=approval.manifest,
        by=approval.by,
        at=approval.at,
    )


def inspect(project: Project, entry_id: str, approval: Approval) -> Inspection:
    """The entry as these files have it. Publishing asks for them as they are now: they may have been edited since."""
    entry: Entry | None = None
    try:
        entry = next((one for one in project.calendar.entries if one.id == entry_id), None)
        if entry is None:
            return Inspection(entry=None)
        now = project.digest(entry)
        before = at_another_time(entry, _approved_time(approval))
        return Inspection(
            entry=entry, digest=now, moved=now != approval.digest and project.digest(before) == approval.digest
        )
    except ContentkitError as error:
        # A calendar that cannot be read must not look like one from which the entry was removed.
        return Inspection(entry=entry or _unreadable(entry_id, approval), problem=error.message)


def _approved_time(approval: Approval) -> datetime:
    import json

    return datetime.fromisoformat(json.loads(approval.manifest)["at"].replace("Z", "+00:00"))


def _unreadable(entry_id: str, approval: Approval) -> Entry:
    return Entry(id=entry_id, draft="", at=_approved_time(approval), accounts=())


def why_not(project: Project, journal: Journal, thread: Thread) -> str:
    """What keeps a planned thread from going out, as the files and the journal stand; empty when nothing does.

    Nobody should learn it only at the minute it was due.
    """
    approval = journal.approval(thread.rows[0].approval)
    account = journal.account(thread.account)
    now = inspect(project, thread.entry, approval)
    if not is_genuine(project, approval):
        return "its approval was not made on this machine"
    if now.problem:
        return now.problem
    if now.entry is None:
        return "no longer on the calendar"
    if now.digest != approval.digest:
        return "moved since its approval" if now.moved else "edited since its approval"
    if now.entry.paused:
        return "paused"
    return account.trouble


def _record(project: Project, row: Publication, remote_id: str, url: str, now: datetime) -> None:
    """Writes the receipt. The journal has it already: a full disk here must not stop the thread, only be told."""
    from contentkit.cli.output import say

    receipt = Receipt(
        entry=row.entry,
        account=row.account,
        part=row.part,
        parts=row.parts,
        fingerprint=row.fingerprint,
        remote_id=remote_id,
        url=url,
        at=stamp(now),
    )
    try:
        append_receipt(project.root, receipt)
    except OSError as error:
        say(f"receipts.jsonl: cannot be written: {error.strerror}; the journal has it", f"  {receipt}")
