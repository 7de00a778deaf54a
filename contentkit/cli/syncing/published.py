"""What is on the accounts of a project, as the journal and the receipts tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set
    from datetime import datetime

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.models import Account
    from contentkit.publishing.publications import Publication
    from contentkit.publishing.receipts import Receipt
    from contentkit.stats.publications import Owner, Published


@dataclass(frozen=True)
class Out:
    """What is out; the accounts' remote ids as far as the journal knows them (``seen``), by name; and what was taken off its
    network again, as accounts with remote ids."""

    published: list[Published]
    seen: Mapping[str, str]
    retracted: Set[tuple[str, str]]

    def retracted_from(self, account: str) -> set[str]:
        """The remote ids of what was taken off this account."""
        return {remote_id for name, remote_id in self.retracted if name == account}


def out_on_networks(project: Project, clock: Clock) -> Out:
    """The journal's word first, then receipts of what it does not know: another machine's, or a lost journal's.

    The journal is closed before any network is asked: while it is read, the publisher waits.
    """
    from contentkit.cli.journal import journal_if_any
    from contentkit.publishing.receipts import out_by

    accounts = project.config.accounts
    rows: list[Publication] = []
    seen: dict[str, str] = {}
    retracted: set[tuple[str, str]] = set()
    with journal_if_any(project, clock) as journal:
        if journal:
            rows = [row for thread in journal.threads.living() for row in thread.rows if row.account in accounts]
            seen = {one.name: one.remote_id for one in journal.accounts.all()}
            retracted = {(row.account, row.remote_id) for row in journal.history.ended()}
    retracted |= {(one.account, one.remote_id) for one in project.receipts if one.retracted}
    retracted -= {(row.account, row.remote_id) for row in rows}
    receipts = out_by(project.receipts)
    owners = {name: _owner(account, seen.get(name, "")) for name, account in accounts.items()}
    known = [
        _from_journal(row, accounts[row.account], owners[row.account], receipts.get((row.entry, row.account, row.part)))
        for row in rows
        if row.remote_id
    ]
    parts = {(one.entry, one.account, one.part) for one in known}
    settled = {(one.account, one.remote_id) for one in known} | retracted
    others = (
        one
        for key, one in receipts.items()
        if one.account in accounts and key not in parts and (one.account, one.remote_id) not in settled
    )
    return Out([*known, *_from_receipts(others, accounts, owners, clock.now())], seen, retracted)


def _owner(account: Account, seen: str) -> Owner:
    """Whose the account's posts are. Where the settings pin another id than was ``seen``, they are those of before a move."""
    from contentkit.stats.publications import Owner

    if seen and account.remote_id and seen != account.remote_id:
        return Owner(remote_id=seen)
    return Owner(server=account.server, remote_id=account.remote_id or seen)


def _from_journal(row: Publication, account: Account, owner: Owner, receipt: Receipt | None) -> Published:
    """A part that the journal has. One that it never sent itself, it learnt from the receipt: that one has the time."""
    from contentkit.stats.publications import Published

    learnt = receipt and receipt.moment if not row.attempts and receipt and receipt.remote_id == row.remote_id else None
    return Published(
        entry=row.entry,
        account=row.account,
        platform=account.platform,
        part=row.part,
        parts=row.parts,
        post=row.post,
        remote_id=row.remote_id,
        url=row.url,
        published_at=min(learnt, row.changed_at) if learnt else row.changed_at,
        text=row.text,
        language=row.language or None,
        parent=row.parent or None,
        owner=owner,
    )


def _from_receipts(
    receipts: Iterable[Receipt], accounts: Mapping[str, Account], owners: Mapping[str, Owner], now: datetime
) -> Iterator[Published]:
    """Those that are credible and of a time that has been; the words are unknown here."""
    from contentkit.platforms.meeting import LONGEST_SKEW
    from contentkit.publishing.receipts import is_credible
    from contentkit.stats.publications import Published

    latest = now + LONGEST_SKEW
    for one in receipts:
        if one.moment is None or one.moment > latest or not is_credible(one):
            continue
        yield Published(
            entry=one.entry,
            account=one.account,
            platform=accounts[one.account].platform,
            part=one.part,
            parts=one.parts,
            remote_id=one.remote_id,
            url=one.url,
            published_at=one.moment,
            owner=owners[one.account],
        )
