"""``contentkit sync``: made to be started from cron."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set
    from datetime import datetime

    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.models import Account
    from contentkit.publishing.publications import Publication
    from contentkit.publishing.receipts import Receipt
    from contentkit.stats.publications import Owner, Published, Tracked
    from contentkit.stats.sync import Synced


def command(
    days: Annotated[
        int, typer.Option(metavar="N", min=1, max=36_500, help="Ask for posts of the last N days.", show_default=True)
    ] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Ask the networks for the figures of what was published. Made for cron.

    Likes, boosts, replies and followers are added to contentkit.db; nothing there is ever overwritten. Where a network
    bills reading (X), only [budget] reads of contentkit.toml are spent. Silent without a terminal, but for trouble.

    \b
    contentkit sync
    17 * * * *  ~/.local/bin/contentkit -C ~/our-posts sync      (crontab)
    """
    from contentkit.cli.main import FAILED
    from contentkit.cli.output import is_terminal, say, show_json, show_lines
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.views.sync import sync_lines, trouble_lines

    project, clock = open_project(), SystemClock()
    synced = _sync(project, clock, days)
    if as_json:
        show_json(synced)
    elif is_terminal():
        show_lines(*(sync_lines(synced) if synced else ["Nothing was published yet: there is nothing to ask for."]))
    say(*trouble_lines(synced))
    if any(one.troubles for one in synced):
        raise typer.Exit(FAILED)


def _sync(project: Project, clock: Clock, days: int) -> list[Synced]:
    from datetime import timedelta

    from contentkit.cli.spending import copy_spending
    from contentkit.stats.publications import accounts_published, copy_publications
    from contentkit.stats.retractions import forget_words, gone, note_retracted
    from contentkit.store.database import database_in, has_database

    since = clock.now() - timedelta(days=days)
    published, pins, retracted = _published(project, clock)
    if not published and not has_database(project.root):
        return []
    synced = []
    with database_in(project.root) as database:
        note_retracted(database, retracted, clock.now())
        without_words = gone(database)
        copy_publications(
            database,
            [replace(one, text=None) if (one.account, one.remote_id) in without_words else one for one in published],
        )
        with_posts = accounts_published(database)
        for name, account in project.config.accounts.items():
            if (name, account.platform) in with_posts:
                ids = {remote_id for account, remote_id in retracted if account == name}
                synced.append(_sync_account(project, database, name, since, pins.get(name, ""), ids, clock))
        forget_words(database)
        copy_spending(project, database, clock)
    return synced


def _published(project: Project, clock: Clock) -> tuple[list[Published], Mapping[str, str], set[tuple[str, str]]]:
    """What is on the accounts of this project; the accounts' remote ids as far as the journal knows them; and what was taken off
    its network again, as accounts with remote ids.

    The journal's word first, then receipts of what it does not know: another machine's, or a lost journal's. The journal is
    closed before any network is asked: while it is read, the publisher waits.
    """
    from contentkit.cli.journal import journal_if_any
    from contentkit.publishing.receipts import all_receipts, read_receipts

    accounts = project.config.accounts
    rows: list[Publication] = []
    pins: dict[str, str] = {}
    retracted: set[tuple[str, str]] = set()
    with journal_if_any(project, clock) as journal:
        if journal:
            rows = [row for thread in journal.threads() for row in thread.rows if row.account in accounts]
            pins = {one.name: one.remote_id for one in journal.accounts()}
            retracted = {(row.account, row.remote_id) for row in journal.ended()}
    retracted |= {(one.account, one.remote_id) for one in all_receipts(project.root) if one.retracted}
    retracted -= {(row.account, row.remote_id) for row in rows}
    receipts = read_receipts(project.root)
    owners = {name: _owner(account, pins.get(name, "")) for name, account in accounts.items()}
    known = [
        _from_journal(row, accounts[row.account], owners[row.account], receipts.get((row.entry, row.account, row.part)))
        for row in rows
        if row.remote_id
    ]
    parts = {(one.entry, one.account, one.part) for one in known}
    ids = {(one.account, one.remote_id) for one in known}
    told = [
        _from_receipt(one, accounts[one.account], owners[one.account])
        for key, one in receipts.items()
        if one.account in accounts
        and key not in parts
        and (one.account, one.remote_id) not in ids | retracted
        and _is_past(one, clock.now())
    ]
    return [*known, *told], pins, retracted


def _is_past(receipt: Receipt, now: datetime) -> bool:
    """Whether a receipt is credible and of a time that has been."""
    from contentkit.platforms.meeting import LONGEST_SKEW
    from contentkit.publishing.receipts import is_credible

    return is_credible(receipt) and receipt.moment is not None and receipt.moment <= now + LONGEST_SKEW


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
        owner=owner,
    )


def _from_receipt(receipt: Receipt, account: Account, owner: Owner) -> Published:
    """A credible receipt; the words are unknown here."""
    from contentkit.stats.publications import Published

    assert receipt.moment is not None
    return Published(
        entry=receipt.entry,
        account=receipt.account,
        platform=account.platform,
        part=receipt.part,
        parts=receipt.parts,
        remote_id=receipt.remote_id,
        url=receipt.url,
        published_at=receipt.moment,
        owner=owner,
    )


def _standing(posts: Iterable[Tracked], retracted: Set[str]) -> list[Tracked]:
    return [one for one in posts if one.remote_id not in retracted]


def _sync_account(
    project: Project, database: Database, name: str, since: datetime, seen: str, retracted: Set[str], clock: Clock
) -> Synced:
    """One account, which the journal has ``seen`` under an id; nobody asks for what was ``retracted``. Its trouble is told, and
    stops no other account."""
    from contextlib import closing

    from contentkit.cli.publisher import connect
    from contentkit.cli.spending import tab_of
    from contentkit.errors import ContentkitError
    from contentkit.platforms import Measures
    from contentkit.platforms.meeting import check_clock, check_who
    from contentkit.stats.budget import Allowance
    from contentkit.stats.publications import Owner, tracked
    from contentkit.stats.sync import Synced, ask, trouble_of
    from contentkit.stats.terms import Free

    try:
        account, monthly = project.account(name), project.config.monthly_reads
        platform = project.platform(account)
        prices = platform.prices
        if prices and not monthly:
            return Synced(account=name, passed_over=f"{platform.name} bills reading: set reads under [budget] first")
        tab = tab_of(project, account, clock)
        with closing(connect(project, account, tab)) as connection:
            if not isinstance(connection, Measures):
                return Synced(account=name, passed_over=f"{platform.name} tells no figures")
            if prices:  # the question who we are would cost, too
                network = account.platform
                owner = Owner(server=account.server, remote_id=account.remote_id or seen)
                posts = _standing(tracked(database, name, network, since, owner), retracted)
                allowance = Allowance(
                    database=database, platform=network, account=name, monthly=monthly, prices=prices, tab=tab
                )
                return ask(database, name, posts, connection, allowance, clock, owner)
            me = connection.identity()
            # As somebody else we would find every post of theirs deleted.
            check_who(account, seen, me)
            check_clock(me.server_time, clock.now())
            owner = Owner(server=account.server, remote_id=me.remote_id)
            posts = _standing(tracked(database, name, account.platform, since, owner), retracted)
            return ask(database, name, posts, connection, Free(), clock, owner)
    except ContentkitError as error:
        return Synced(account=name, troubles=(trouble_of(error),))
