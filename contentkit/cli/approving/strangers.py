"""The copies of approvals in the calendar: those that this machine has not given, and what receipts settle of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from contentkit.cli.project import Project
from contentkit.config import CALENDAR_NAME, CONFIG_NAME
from contentkit.errors import ContentkitError
from contentkit.models import Entry
from contentkit.publishing.journal import Journal
from contentkit.publishing.receipts import Receipt, ever_out


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
        receipts = ever_out(project.receipts)
    except (ContentkitError, OSError):
        return None
    return [
        entry
        for entry in approved
        if entry.approved
        and not all(is_out(receipts, entry.id, account) for account in entry.accounts)
        and not (journal and journal.approvals.has(entry.id, entry.approved.digest))
    ]


def is_out(receipts: Mapping[tuple[str, str, int], Receipt], entry: str, account: str) -> bool:
    """Whether receipts show every part of the thread, of as many as it had when the last of them went out."""
    parts, number = 1, 0
    while receipt := receipts.get((entry, account, number)):
        parts, number = receipt.parts, number + 1
    return number >= parts


def why_unknown(project: Project, entry: Entry) -> str:
    """What to say of an approval that was not given here."""
    by = entry.approved.by if entry.approved else "somebody"
    return f"the calendar says that {by} approved it, but not on this machine ({project.state})"


def due_of(entries: Iterable[Entry], now: datetime) -> list[Entry]:
    """Those whose time has come and is not over."""
    return [entry for entry in entries if entry.at <= now <= entry.at + entry.late.within and not entry.paused]


def calendar_mark(project: Project) -> str:
    """What tells one content of calendar and settings from another without reading YAML; empty when there is none."""
    try:
        files = [(project.root / name).read_bytes() for name in (CALENDAR_NAME, CONFIG_NAME)]
        return hashlib.sha256(b"\0".join(files)).hexdigest()
    except OSError:
        return ""
