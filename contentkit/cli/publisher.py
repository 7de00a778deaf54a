"""This machine as the publisher: its state folder, its journal, and what the publisher asks of the project's files."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from contentkit.cli.project import Project
from contentkit.clock import Clock
from contentkit.config import CALENDAR_NAME, CONFIG_NAME
from contentkit.credentials import secret
from contentkit.errors import ContentkitError, StateError, UsageError
from contentkit.media import load_media
from contentkit.models import Account, Entry, Limits
from contentkit.places import clone_id, machine_id, make_private_folder
from contentkit.platforms import Connection
from contentkit.publishing.identity import EPOCH_NAME, check_identity, raise_counter
from contentkit.publishing.journal import Journal
from contentkit.publishing.lock import Occupied, publisher_lock
from contentkit.publishing.opening import open_journal, remedy
from contentkit.publishing.publications import Publication, State, Thread
from contentkit.publishing.publisher import why_waiting
from contentkit.publishing.receipts import RECEIPTS_NAME, Receipt, append_receipt, read_receipts
from contentkit.publishing.records import Approval
from contentkit.publishing.schema import JOURNAL_NAME
from contentkit.publishing.seal import is_sealed
from contentkit.publishing.surroundings import Inspection, Surroundings
from contentkit.renditions import at_another_time
from contentkit.stamps import moment_of, stamped


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
        hint = remedy(error)
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


def surroundings_of(project: Project, journal: Journal, clock: Clock, interrupted: list[int]) -> Surroundings:
    """The project's files and this machine, as the publisher asks for them. ``interrupted`` gets the signals received."""

    def record(row: Publication, remote_id: str, url: str) -> None:
        _record(project, journal, row, remote_id, url, clock.now())

    def length(account: Account, text: str, warning: str, limits: Limits) -> int:
        return project.platform(account).length(text, warning, limits)

    def account_named(name: str) -> Account | None:
        return project.account(name) if name in project.config.accounts else None

    return Surroundings(
        inspect=lambda entry, approval: inspect(project.as_it_is_now(), entry, approval),
        genuine=lambda approval: is_genuine(project, approval),
        account=account_named,
        connect=lambda account: connect(project, account),
        length=length,
        media=lambda path: load_media(path, project.root),
        record=record,
        mark=lambda: raise_counter(project.state, journal),
        interrupted=lambda: bool(interrupted),
        settle=project.config.settle,
    )


def connect(project: Project, account: Account) -> Connection:
    """A connection with the account's secrets. Raises StateError when one is missing, ContentError for an incomplete account."""
    platform = project.platform(account)
    secrets = {
        name: secret(account.name, name, settings=project.settings, environment=project.environment)
        for name in platform.secrets
    }
    return platform.connect(account, secrets, make_private_folder(project.state))


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

    return moment_of(json.loads(approval.manifest)["at"])


def _unreadable(entry_id: str, approval: Approval) -> Entry:
    return Entry(id=entry_id, draft="", at=_approved_time(approval), accounts=())


def why_not(project: Project, journal: Journal, thread: Thread, now: datetime) -> str:
    """What keeps a planned thread from going out, as the files and the journal stand; empty when nothing does.

    Nobody should learn it only at the minute it was due.
    """
    void = why_void(project, journal, thread)
    if void:
        return void
    entry = next((one for one in project.calendar.entries if one.id == thread.entry), None)
    if entry and entry.paused:
        return "paused"
    waits = why_waiting(journal, thread, thread.head, entry, now) if entry and thread.head else ""
    return waits or journal.account(thread.account).trouble


def why_void(project: Project, journal: Journal, thread: Thread) -> str:
    """Why a thread's approval does not hold for the files as they are; empty when it does."""
    approval = journal.approval(thread.rows[0].approval)
    now = inspect(project, thread.entry, approval)
    if not is_genuine(project, approval):
        return "its approval was not made on this machine"
    if now.problem:
        return now.problem
    if now.entry is None:
        return "no longer on the calendar"
    if now.digest != approval.digest:
        return "moved since its approval" if now.moved else "edited since its approval"
    return ""


@contextmanager
def journal_for_decision(project: Project, clock: Clock) -> Iterator[Journal]:
    """The journal for a person's decision: no publisher is at work meanwhile, and an older copy is recognised after.

    Raises UsageError when a publisher does not end within ten seconds.
    """
    folder = make_private_folder(project.state)
    try:
        with publisher_lock(folder, clock.now(), patience=10), journal_of(project, clock) as journal:
            yield journal
            raise_counter(folder, journal)
    except Occupied:
        raise UsageError("'contentkit post' is at work", hint="try again when it has ended") from None


def due_of(entries: Iterable[Entry], now: datetime) -> list[Entry]:
    """Those whose time has come and is not over."""
    return [entry for entry in entries if entry.at <= now <= entry.at + entry.late.within and not entry.paused]


def strange_approvals(project: Project, journal: Journal | None) -> list[Entry] | None:
    """Entries whose approval in the calendar this machine has not given, and that receipts do not settle to the end.

    Cron with another user or another XDG_STATE_HOME looks exactly like this, and so does a line written by hand.
    None while calendar or receipts cannot be read: what is planned says that for itself.
    """
    try:
        # Without the word there is none: a look that spares cron the reading of YAML.
        if b"approved" not in (project.root / CALENDAR_NAME).read_bytes():
            return []
        approved = [entry for entry in project.calendar.entries if entry.approved]
        receipts = read_receipts(project.root)
    except (ContentkitError, OSError):
        return None
    return [
        entry
        for entry in approved
        if entry.approved
        and not all(_is_out(receipts, entry.id, account) for account in entry.accounts)
        and not (journal and journal.has_approval(entry.id, entry.approved.digest))
    ]


def _is_out(receipts: Mapping[tuple[str, str, int], Receipt], entry: str, account: str) -> bool:
    """Whether receipts show every part of the thread."""
    first = receipts.get((entry, account, 0))
    return first is not None and all((entry, account, part) in receipts for part in range(first.parts))


def why_unknown(project: Project, entry: Entry) -> str:
    """What to say of an approval that was not given here."""
    by = entry.approved.by if entry.approved else "somebody"
    return f"the calendar says that {by} approved it, but not on this machine ({project.state})"


def calendar_mark(project: Project) -> str:
    """What tells one content of calendar and settings from another without reading YAML; empty when there is none."""
    try:
        files = [(project.root / name).read_bytes() for name in (CALENDAR_NAME, CONFIG_NAME)]
        return hashlib.sha256(b"\0".join(files)).hexdigest()
    except OSError:
        return ""


def receipts_mark(project: Project) -> str:
    """What tells one state of the receipts from another without reading them; empty when there are none."""
    try:
        status = (project.root / RECEIPTS_NAME).stat()
    except OSError:
        return ""
    return f"{status.st_mtime_ns}:{status.st_size}"


def write_missing_receipts(project: Project, journal: Journal) -> None:
    """Receipts that could not be written when their parts were sent are written now."""
    try:
        known = read_receipts(project.root)
    except ContentkitError:
        return  # each part that could not be noted there was told when it was sent
    for thread in journal.threads():
        for row in thread.rows:
            if row.state is State.SENT and (row.entry, row.account, row.part) not in known:
                _record(project, journal, row, row.remote_id, row.url, row.changed_at)


def _record(project: Project, journal: Journal, row: Publication, remote_id: str, url: str, now: datetime) -> None:
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
        at=stamped(now),
        journal=journal.known("id"),
        clone=clone_id(project.root),
    )
    try:
        append_receipt(project.root, receipt)
    except OSError as error:
        say(f"receipts.jsonl: cannot be written: {error.strerror}; the journal has it", f"  {receipt}")
