"""What the database knows of posts, threads and accounts, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from contentkit.stamps import moment_if_any, moment_of, stamped
from contentkit.stats.publications import Owner
from contentkit.stats.snapshots import COUNTS

if TYPE_CHECKING:
    from sqlite_utils import Database

# A change over a week needs a figure of about a week ago.
_NEAR = timedelta(days=1)
_COUNTS = ", ".join(COUNTS)
_THREADS = f"""
SELECT entry, account, platform, NULL AS part, parts, published, told, asked, deleted, published_at, published_at AS begun_at,
  asked_at, url, opening_text AS text, {_COUNTS}
FROM thread_figures"""  # noqa: S608 - our own names
_PARTS = f"""
SELECT entry, account, platform, part, parts, 1 AS published, told_at IS NOT NULL AS told, asked_at IS NOT NULL AS asked,
  state IS 'deleted' AS deleted, published_at, min(published_at) OVER (PARTITION BY thread, account) AS begun_at,
  asked_at, url, text, {_COUNTS}
FROM latest_figures"""  # noqa: S608 - our own names


State = Literal["never asked", "told", "deleted", "unavailable"]


@dataclass(frozen=True, kw_only=True)
class PostFigures:
    """The last known figures of a thread on one account, or of one part of it (``part`` counts from 0; None: the thread).

    A figure is None when no network told it. Of a thread's ``published`` parts so many were ever ``asked`` for, were
    ``told``, are ``deleted``. ``asked_at`` is when the part that was asked longest ago was asked last. ``text`` is the
    opening part's where it is known, and ``entry`` is None for what was not published by contentkit.
    """

    entry: str | None
    account: str
    platform: str
    state: State
    part: int | None
    parts: int
    published: int
    told: int
    asked: int
    deleted: int
    published_at: datetime
    asked_at: datetime | None
    url: str | None
    text: str | None
    replies: int | None
    likes: int | None
    shares: int | None
    quotes: int | None
    bookmarks: int | None
    impressions: int | None
    link_clicks: int | None
    profile_clicks: int | None


@dataclass(frozen=True, kw_only=True)
class AccountFigures:
    """An account's last figures. The changes of its followers over 7 and 30 days are None where no figure is that old.

    They are changes of one account on the network: where another one is behind the name now, it begins anew.
    """

    account: str
    asked_at: datetime | None
    followers: int | None
    following: int | None
    statuses: int | None
    week: int | None
    month: int | None


def thread_figures(database: Database, since: datetime) -> list[PostFigures]:
    """The threads that were begun since then, the newest first."""
    return _posts(database, f"SELECT * FROM ({_THREADS}) WHERE begun_at >= ?", stamped(since))  # noqa: S608


def part_figures(database: Database, since: datetime) -> list[PostFigures]:
    """The parts of the threads that were begun since then: the newest thread first, each in its order."""
    return _posts(database, f"SELECT * FROM ({_PARTS}) WHERE begun_at >= ?", stamped(since))  # noqa: S608


def part_figures_of(database: Database, entry: str) -> list[PostFigures]:
    """The parts of an entry's threads, in order; nothing when nothing of it was published."""
    return _posts(database, f"SELECT * FROM ({_PARTS}) WHERE entry = ?", entry)  # noqa: S608


def account_figures(database: Database) -> list[AccountFigures]:
    """Every account that published or was asked for its figures, by name."""
    rows = database.conn.execute(
        """SELECT known.account, told.taken_at, told.followers, told.following, told.statuses,
             told.server, told.owner
           FROM (SELECT account FROM publications UNION SELECT account FROM account_snapshots) AS known
           LEFT JOIN account_snapshots AS told ON told.id =
             (SELECT max(id) FROM account_snapshots WHERE account = known.account)
           ORDER BY known.account"""
    )
    return [_account(database, *row) for row in rows.fetchall()]


def _posts(database: Database, query: str, value: str) -> list[PostFigures]:
    rows = database.conn.execute(f"{query} ORDER BY begun_at DESC, entry, account, part", (value,))
    names = [column[0] for column in rows.description]
    return [_post(dict(zip(names, row, strict=True))) for row in rows]


def _post(row: dict[str, Any]) -> PostFigures:
    row.pop("begun_at")
    published_at = moment_of(row.pop("published_at"))
    asked_at = moment_if_any(row.pop("asked_at"))
    return PostFigures(state=_state(row), published_at=published_at, asked_at=asked_at, **row)


def _state(row: dict[str, Any]) -> State:
    """What is known of it: deleted when nothing of it stands, told when any of it was ever told."""
    if not row["asked"]:
        return "never asked"
    if row["deleted"] == row["published"]:
        return "deleted"
    return "told" if row["told"] else "unavailable"


def _account(
    database: Database,
    name: str,
    taken_at: str | None,
    followers: int | None,
    following: int | None,
    statuses: int | None,
    server: str | None,
    owner: str | None,
) -> AccountFigures:
    asked_at = moment_if_any(taken_at)

    def change(span: timedelta) -> int | None:
        whose = Owner(server=server or "", remote_id=owner or "")
        before = _followers_near(database, name, whose, asked_at - span) if asked_at else None
        return None if followers is None or before is None else followers - before

    return AccountFigures(
        account=name,
        asked_at=asked_at,
        followers=followers,
        following=following,
        statuses=statuses,
        week=change(timedelta(days=7)),
        month=change(timedelta(days=30)),
    )


def _followers_near(database: Database, account: str, owner: Owner, moment: datetime) -> int | None:
    """The followers of this very account at about this time; None when nobody asked then."""
    found = database.conn.execute(
        """SELECT followers FROM account_snapshots
           WHERE account = ? AND server = ? AND owner = ? AND taken_at BETWEEN ? AND ? AND followers IS NOT NULL
           ORDER BY abs(julianday(taken_at) - julianday(?)) LIMIT 1""",
        (account, owner.server, owner.remote_id, stamped(moment - _NEAR), stamped(moment + _NEAR), stamped(moment)),
    ).fetchone()
    return int(found[0]) if found else None
