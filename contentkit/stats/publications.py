"""What was published, copied into contentkit.db so that figures can be joined with it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from contentkit.store.database import transaction
from contentkit.store.published_parts import know_owners
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Whose something is on the network: the server, and the account's id there. Each is empty where it is not known."""

    server: str = ""
    remote_id: str = ""


NOBODY_KNOWS = Owner()

_COPY = """
INSERT INTO published_parts (entry, account, owner, part, parts, post, remote_id, url, published, text, language, parent)
VALUES (?, (SELECT id FROM accounts WHERE name = ?),
  (SELECT id FROM owners WHERE platform = ? AND server = ? AND owner = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (account, remote_id) DO UPDATE SET
  entry = excluded.entry, part = excluded.part, parts = excluded.parts, url = excluded.url,
  post = coalesce(excluded.post, post), text = coalesce(excluded.text, text),
  language = coalesce(excluded.language, language), parent = coalesce(excluded.parent, parent), origin = 'here', opening = NULL"""
# Whether a row would stay as it is: to ask takes a quarter of the time in which SQLite refuses to add it.
_SAYS_NOTHING_NEW = """
SELECT 1 FROM published_parts
WHERE account = (SELECT id FROM accounts WHERE name = ?) AND remote_id = ?
  AND (entry, part, parts, url, post, text, language, parent, origin)
    IS (?, ?, ?, ?, coalesce(?, post), coalesce(?, text), coalesce(?, language), coalesce(?, parent), 'here')"""
# What is deleted is asked for no more, nor what is known to be somebody else's.
_TRACKED = """
SELECT one.id, remote_id, published, newest.taken, newest.lost
FROM published_parts AS one
LEFT JOIN snapshots AS newest ON newest.publication = one.id AND newest.number =
  (SELECT max(number) FROM snapshots WHERE publication = one.id)
WHERE account = (SELECT id FROM accounts WHERE name = :account) AND published >= :since AND newest.lost IS NOT 'deleted'
  AND one.owner IN (
    SELECT id FROM owners WHERE platform = :platform
      AND (:server = '' OR server IN ('', :server)) AND (:owner = '' OR owner IN ('', :owner)))
  AND origin IN (SELECT value FROM json_each(:origins))
ORDER BY published DESC, part DESC"""
ORIGINS = ("here", "archive", "network")


@dataclass(frozen=True, kw_only=True)
class Published:
    """One part that is on a network.

    ``post`` (its post of the draft), ``text``, ``language`` and ``parent`` (the remote id of our post that it replies to) are
    None where nobody here knows them.
    """

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
    language: str | None = None
    parent: str | None = None
    owner: Owner = NOBODY_KNOWS


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """A publication of the database whose figures are asked for; ``asked_at`` is None when they never were.

    ``in_vain`` says that the network told nothing of it when it was asked last.
    """

    id: int
    remote_id: str
    published_at: datetime
    asked_at: datetime | None
    in_vain: bool = False


def copy_publications(database: Database, published: Iterable[Published]) -> None:
    """Stores what is new and completes what was known in part; rows that say nothing new are not written again. Of two that name
    the same status the later one counts.

    Whose it is stays as it was known first: an account that moved does not take its old posts along.
    """
    last = {(one.account, one.remote_id): one for one in published}
    with transaction(database):
        new = [one for one in last.values() if not _is_known(database, one)]
        know_owners(database.conn, [(one.account, one.platform, one.owner.server, one.owner.remote_id) for one in new])
        database.conn.executemany("INSERT OR IGNORE INTO entries (id) VALUES (?)", [(one.entry,) for one in new])
        database.conn.executemany(
            _COPY,
            [
                (
                    one.entry, one.account, one.platform, one.owner.server, one.owner.remote_id, one.part, one.parts, one.post,
                    one.remote_id, one.url, int(one.published_at.timestamp()), one.text, one.language, one.parent,
                )
                for one in new
            ],
        )  # fmt: skip


def _is_known(database: Database, one: Published) -> bool:
    values = (
        one.account, one.remote_id, one.entry, one.part, one.parts, one.url, one.post, one.text, one.language, one.parent,
    )  # fmt: skip
    return database.conn.execute(_SAYS_NOTHING_NEW, values).fetchone() is not None


def tracked(
    database: Database,
    account: str,
    platform: str,
    since: datetime,
    owner: Owner = NOBODY_KNOWS,
    origins: Collection[str] = ORIGINS,
) -> list[Tracked]:
    """What this account published since then and still stands as far as we know, the newest first."""
    values = {
        "account": account,
        "platform": platform,
        "since": int(since.timestamp()),
        "server": owner.server,
        "owner": owner.remote_id,
        "origins": json.dumps(list(origins)),
    }
    return [
        Tracked(
            id=number,
            remote_id=remote_id,
            published_at=datetime.fromtimestamp(published, UTC),
            asked_at=None if taken is None else datetime.fromtimestamp(taken, UTC),
            in_vain=lost == "unavailable",
        )
        for number, remote_id, published, taken, lost in database.conn.execute(_TRACKED, values)
    ]


def has_published(database: Database, account: str, platform: str) -> bool:
    """Whether anything is known that was published on this account of this network."""
    query = """SELECT EXISTS (
      SELECT 1 FROM published_parts
      WHERE account = (SELECT id FROM accounts WHERE name = ?) AND owner IN (SELECT id FROM owners WHERE platform = ?))"""
    return bool(database.conn.execute(query, (account, platform)).fetchone()[0])


def entries_published(database: Database) -> list[str]:
    """The ids of the entries that something was published of."""
    rows = database.conn.execute("SELECT DISTINCT entry FROM published_parts WHERE entry IS NOT NULL ORDER BY entry")
    return [entry for (entry,) in rows]
