"""What is known of feeds: when each was asked, and which of its items were taken."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.stamps import stamped
from contentkit.store.database import transaction
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

_REMEMBER_FEED = """
INSERT INTO feeds (address, title, etag, last_modified, asked_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (address) DO UPDATE SET
  title = excluded.title, etag = excluded.etag, last_modified = excluded.last_modified, asked_at = excluded.asked_at"""
_REMEMBER_ITEM = """
INSERT INTO feed_items (feed, item, state, found_at) VALUES (?, ?, ?, ?)
ON CONFLICT (feed, item) DO UPDATE SET state = excluded.state WHERE state <> 'taken'"""
_SKIP_ITEM = """
UPDATE feed_items SET state = 'passed'
WHERE state = 'waiting' AND item = ? AND feed = (SELECT id FROM feeds WHERE address = ?)"""
_TAKE_ITEM = """
UPDATE feed_items SET state = 'taken', taken_at = ?, copy = ?
WHERE item = ? AND feed = (SELECT id FROM feeds WHERE address = ?)"""


@dataclass(frozen=True, kw_only=True)
class KnownFeed:
    """What is known of a feed that was asked before. ``taken`` and ``passed`` are ids of items.

    ``etag`` and ``modified`` are empty while items wait to be taken: an answer that nothing changed would hide them.
    """

    etag: str
    modified: str
    taken: frozenset[str]
    passed: frozenset[str]


def known_feed(database: Database, address: str) -> KnownFeed | None:
    """What is known of the feed at this address; None when it was never asked."""
    feed = database.conn.execute("SELECT id, etag, last_modified FROM feeds WHERE address = ?", [address]).fetchone()
    if feed is None:
        return None
    number, etag, modified = feed
    items: dict[str, set[str]] = {"passed": set(), "waiting": set(), "taken": set()}
    for item, state in database.conn.execute("SELECT item, state FROM feed_items WHERE feed = ?", [number]):
        items[state].add(item)
    validators = ("", "") if items["waiting"] else (etag, modified)
    taken, passed = frozenset(items["taken"]), frozenset(items["passed"])
    return KnownFeed(etag=validators[0], modified=validators[1], taken=taken, passed=passed)


def remember_feed(
    database: Database,
    address: str,
    *,
    title: str,
    etag: str,
    modified: str,
    waiting: Collection[str],
    passed: Collection[str],
    now: datetime,
) -> None:
    """Stores what the feed answered, before any item is taken: those that ``waiting`` names are taken one by one.

    What waited before and is not named any more is passed: the feed has dropped it.
    """
    with transaction(database):
        database.conn.execute(_REMEMBER_FEED, [address, title, etag, modified, stamped(now)])
        (feed,) = database.conn.execute("SELECT id FROM feeds WHERE address = ?", [address]).fetchone()
        database.conn.execute("UPDATE feed_items SET state = 'passed' WHERE feed = ? AND state = 'waiting'", [feed])
        rows = [*((item, "passed") for item in passed), *((item, "waiting") for item in waiting)]
        database.conn.executemany(_REMEMBER_ITEM, [(feed, item, state, stamped(now)) for item, state in rows])


def remember_asking(database: Database, address: str, now: datetime) -> None:
    """Stores that the feed was asked and has nothing new."""
    database.conn.execute("UPDATE feeds SET asked_at = ? WHERE address = ?", [stamped(now), address])


def remember_passed(database: Database, address: str, item: str) -> None:
    """Stores that an item which waits cannot be read: no later run tries again, and the feed is asked as before."""
    database.conn.execute(_SKIP_ITEM, [item, address])


def remember_taken(database: Database, address: str, item: str, *, copy: str, now: datetime) -> None:
    """Stores that the copy of an item is written, at this path. It is never taken again, however it is edited."""
    database.conn.execute(_TAKE_ITEM, [stamped(now), copy, item, address])
