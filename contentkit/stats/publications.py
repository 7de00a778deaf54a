"""What was published, copied into contentkit.db so that figures can be joined with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.stamps import moment_if_any, moment_of, stamped
from contentkit.store.database import transaction

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Whose something is on the network: the server, and the account's id there. Each is empty where it is not known."""

    server: str = ""
    remote_id: str = ""


NOBODY_KNOWS = Owner()


@dataclass(frozen=True, kw_only=True)
class Published:
    """One part that is on a network. ``post`` (its post of the draft) and ``text`` are None where nobody here knows them."""

    entry: str
    account: str
    platform: str
    part: int
    parts: int
    remote_id: str
    url: str
    published_at: datetime
    post: int | None = None
    text: str | None = None
    owner: Owner = NOBODY_KNOWS


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """A publication of the database whose figures are asked for; ``asked_at`` is None when they never were."""

    id: int
    remote_id: str
    published_at: datetime
    asked_at: datetime | None


def copy_publications(database: Database, published: Iterable[Published]) -> None:
    """Stores what is new and completes what was known in part; rows that say nothing new are not written again.

    Whose it is stays as it was known first: an account that moved does not take its old posts along.
    """
    published = list(published)
    with transaction(database):
        database.conn.executemany("INSERT OR IGNORE INTO entries (id) VALUES (?)", [(one.entry,) for one in published])
        database.conn.executemany(
            """INSERT INTO publications (entry, account, platform, server, owner, part, parts, post, remote_id, url, published_at,
                 text)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (account, remote_id) DO UPDATE SET
                 entry = excluded.entry, part = excluded.part, parts = excluded.parts, url = excluded.url,
                 post = coalesce(excluded.post, post), text = coalesce(excluded.text, text)
               WHERE (entry, part, parts, url, post, text)
                 IS NOT (excluded.entry, excluded.part, excluded.parts, excluded.url,
                         coalesce(excluded.post, post), coalesce(excluded.text, text))""",
            [
                (
                    one.entry, one.account, one.platform, one.owner.server, one.owner.remote_id, one.part, one.parts, one.post,
                    one.remote_id, one.url, stamped(one.published_at), one.text,
                )
                for one in published
            ],
        )  # fmt: skip


def tracked(
    database: Database, account: str, platform: str, since: datetime, owner: Owner = NOBODY_KNOWS
) -> list[Tracked]:
    """What this account published since then, the newest first. What is known to be somebody else's is left out."""
    rows = database.conn.execute(
        """SELECT id, remote_id, published_at,
             (SELECT taken_at FROM snapshots WHERE publication = publications.id ORDER BY number DESC LIMIT 1)
           FROM publications WHERE account = :account AND platform = :platform AND published_at >= :since
             AND (:server = '' OR server IN ('', :server)) AND (:owner = '' OR owner IN ('', :owner))
           ORDER BY published_at DESC, part DESC""",
        {
            "account": account,
            "platform": platform,
            "since": stamped(since),
            "server": owner.server,
            "owner": owner.remote_id,
        },
    )
    return [
        Tracked(id=number, remote_id=remote_id, published_at=moment_of(published), asked_at=moment_if_any(asked))
        for number, remote_id, published, asked in rows
    ]


def accounts_published(database: Database) -> set[tuple[str, str]]:
    """The accounts that something was published on, each with its platform."""
    return set(database.conn.execute("SELECT DISTINCT account, platform FROM publications"))


def entries_published(database: Database) -> list[str]:
    """The ids of the entries that something was published of."""
    rows = database.conn.execute("SELECT DISTINCT entry FROM publications WHERE entry IS NOT NULL ORDER BY entry")
    return [entry for (entry,) in rows]
