"""``contentkit sync``: made to be started from cron."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.errors import ContentkitError
    from contentkit.models import Account
    from contentkit.platforms import Connection, Platform
    from contentkit.publishing.publications import Publication
    from contentkit.publishing.receipts import Receipt
    from contentkit.stats.publications import Published, Tracked
    from contentkit.stats.sync import Admit
    from contentkit.views.sync import Synced, Trouble

# A thread that is longer than this is no thread, whatever a receipt says.
_MOST_PARTS = 10_000
_CHARGED = "what was asked for stays charged to the budget: nobody knows whether the network billed it"


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

    from contentkit.stats.publications import accounts_published, copy_publications, tracked
    from contentkit.store.database import database_in, has_database

    since = clock.now() - timedelta(days=days)
    published, pins = _published(project, clock)
    if not published and not has_database(project.root):
        return []
    synced = []
    with database_in(project.root) as database:
        copy_publications(database, published)
        with_posts = accounts_published(database)
        for name, account in project.config.accounts.items():
            if (name, account.platform) in with_posts:
                posts = tracked(database, name, account.platform, since)
                pinned = account.remote_id or pins.get(name, "")
                synced.append(_sync_account(project, database, name, posts, pinned, clock))
    return synced


def _published(project: Project, clock: Clock) -> tuple[list[Published], Mapping[str, str]]:
    """What is on the accounts of this project, and the accounts' remote ids as far as the journal knows them.

    The journal is closed before any network is asked: while it is read, the publisher waits.
    """
    from contentkit.cli.journal import journal_if_any
    from contentkit.publishing.receipts import read_receipts

    accounts = project.config.accounts
    with journal_if_any(project, clock) as journal:
        if journal:
            rows = [row for thread in journal.threads() for row in thread.rows if row.account in accounts]
            pins = {one.name: one.remote_id for one in journal.accounts()}
    if journal:
        return [_from_journal(row, accounts[row.account]) for row in rows if row.remote_id], pins
    receipts = [one for one in read_receipts(project.root).values() if one.account in accounts]
    return [found for one in receipts if (found := _from_receipt(one, accounts[one.account]))], {}


def _from_journal(row: Publication, account: Account) -> Published:
    from contentkit.stats.publications import Published

    return Published(
        entry=row.entry,
        account=row.account,
        platform=account.platform,
        part=row.part,
        parts=row.parts,
        post=row.post,
        remote_id=row.remote_id,
        url=row.url,
        published_at=row.changed_at,
        text=row.text,
    )


def _from_receipt(receipt: Receipt, account: Account) -> Published | None:
    """The words are unknown here. The file travels in git: a receipt that cannot be one is passed over."""
    from contentkit.stats.publications import Published

    words = receipt.entry + receipt.remote_id + receipt.url
    if receipt.moment is None or receipt.parts > _MOST_PARTS or not words.isprintable():
        return None
    return Published(
        entry=receipt.entry,
        account=receipt.account,
        platform=account.platform,
        part=receipt.part,
        parts=receipt.parts,
        remote_id=receipt.remote_id,
        url=receipt.url,
        published_at=receipt.moment,
    )


def _sync_account(
    project: Project, database: Database, name: str, posts: Sequence[Tracked], pinned: str, clock: Clock
) -> Synced:
    """One account. Its trouble is told, and stops no other account."""
    from contextlib import closing

    from contentkit.cli.publisher import connect
    from contentkit.errors import ContentkitError
    from contentkit.platforms import Billed, Measures
    from contentkit.stats.sync import ask
    from contentkit.views.sync import Synced

    try:
        account = project.account(name)
        platform = project.platform(account)
        if isinstance(platform, Billed) and not project.config.monthly_reads:
            return Synced(account=name, passed_over=f"{platform.name} bills reading: set reads under [budget] first")
        with closing(connect(project, account)) as connection:
            if not isinstance(connection, Measures):
                return Synced(account=name, passed_over=f"{platform.name} tells no figures")
            if pinned and not isinstance(platform, Billed):  # there, the question itself would cost
                _check_who(connection, account, pinned)
            admit = _admit(project, database, account, platform, clock)
            asked = ask(database, name, _in_turn(posts, platform), connection, admit, clock)
    except ContentkitError as error:
        return Synced(account=name, troubles=(_told(error),))
    hint = _CHARGED if isinstance(platform, Billed) else ""
    return Synced(
        account=name,
        told=asked.told,
        deleted=asked.deleted,
        unavailable=asked.unavailable,
        left_out=asked.left_out,
        followers=asked.followers,
        troubles=tuple(_told(error, hint) for error in asked.troubles),
    )


def _admit(project: Project, database: Database, account: Account, platform: Platform, clock: Clock) -> Admit:
    """What may be asked for: everything, or where reading is billed what the budget has left."""
    from contentkit.platforms import Billed
    from contentkit.stats.budget import Allowance
    from contentkit.stats.sync import everything

    if not isinstance(platform, Billed):
        return everything
    allowance = Allowance(
        database=database,
        platform=account.platform,
        account=account.name,
        monthly=project.config.monthly_reads,
        prices=platform.prices,
    )
    return lambda kind, remote_ids: allowance.reserve(kind, remote_ids, clock.now())


def _in_turn(posts: Sequence[Tracked], platform: Platform) -> Sequence[Tracked]:
    """Asked longest ago first, so that a run goes on where one was interrupted; where reading is billed the newest first."""
    from contentkit.platforms import Billed

    if isinstance(platform, Billed):
        return posts
    return sorted(posts, key=lambda one: one.asked_at.timestamp() if one.asked_at else 0.0)


def _check_who(connection: Connection, account: Account, pinned: str) -> None:
    """Raises StateError when we are not who published here: every post of theirs would look deleted."""
    from contentkit.errors import StateError

    me = connection.identity()
    if me.remote_id != pinned:
        raise StateError(
            f"the network says that we are {me.handle} (id {me.remote_id}), not the account that published (id {pinned})",
            hint=f"give '{account.name}' its own token again",
        )


def _told(error: ContentkitError, hint: str = "") -> Trouble:
    from contentkit.errors import Unavailable
    from contentkit.views.sync import Trouble

    wait = error.wait if isinstance(error, Unavailable) else None
    return Trouble(
        message=error.message,
        hint="; ".join(words for words in (error.hint, hint) if words),
        wait_seconds=int(wait.total_seconds()) if wait else None,
    )
