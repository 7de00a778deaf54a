"""The answers and mentions that contentkit.db knows: what waits for us, what was settled, whose words may still be kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from contentkit.platforms import Heard
from contentkit.stamps import moment_if_any, moment_of, stamped
from contentkit.stats.publications import Owner
from contentkit.store.database import transaction
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

State = Literal["waiting", "answered", "put aside", "gone"]

_STORE = """
INSERT INTO replies (account, platform, server, owner, remote_id, url, author, author_name, written_at, parent, visibility,
  warning, text, words_until, heard_at, seen_at)
VALUES (:account, :platform, :server, :owner, :remote_id, :url, :author, nullif(:author_name, ''), :written_at,
  nullif(:parent, ''), nullif(:visibility, ''), nullif(:warning, ''), :text, :words_until, :now, :now)
ON CONFLICT (account, remote_id) DO UPDATE SET
  warning = excluded.warning, text = excluded.text, words_until = excluded.words_until, seen_at = excluded.seen_at"""
_PLACE = """
UPDATE replies SET answers_to = found.publication FROM (
  SELECT one.id AS reply, coalesce(published_parts.id, above.answers_to) AS publication
  FROM replies AS one
  LEFT JOIN accounts ON accounts.name = one.account
  LEFT JOIN published_parts ON published_parts.account = accounts.id AND published_parts.remote_id = one.parent
  LEFT JOIN replies AS above ON above.account = one.account AND above.remote_id = one.parent
  WHERE one.answers_to IS NULL AND one.parent IS NOT NULL) AS found
WHERE replies.id = found.reply AND found.publication IS NOT NULL"""
# Who writes in several posts is answered below the last of them.
_ANSWERED = """
UPDATE replies SET state = 'answered', settled_at = ?3 WHERE state = 'waiting' AND id IN (
  WITH RECURSIVE answered (id, account, parent, author) AS (
    SELECT id, account, parent, author FROM replies WHERE account = ?1 AND remote_id IN (SELECT value FROM json_each(?2))
    UNION
    SELECT above.id, above.account, above.parent, above.author FROM replies AS above JOIN answered
      ON above.account = answered.account AND above.remote_id = answered.parent AND above.author = answered.author
        AND above.author <> '')
  SELECT id FROM answered)"""
_LIST = """
SELECT one.id AS number, one.account, one.platform, one.url, one.author, coalesce(one.author_name, '') AS author_name,
  one.written_at, coalesce(one.visibility, '') AS visibility, coalesce(one.warning, '') AS warning, one.text, one.state,
  one.settled_at, ours.entry, ours.url AS our_url, one.parent IS NOT NULL AS is_answer,
  CASE WHEN (SELECT lost FROM snapshots WHERE publication = ours.id ORDER BY number DESC LIMIT 1) IS NOT 'deleted'
    THEN ours.text END AS our_text
FROM replies AS one LEFT JOIN published_parts AS ours ON ours.id = one.answers_to
WHERE (:everything OR one.state = 'waiting') AND one.written_at >= :since AND (:number IS NULL OR one.id = :number)
ORDER BY one.state <> 'waiting', CASE one.state WHEN 'waiting' THEN one.written_at END, one.written_at DESC, one.id"""
_FORGET = """
UPDATE replies SET text = NULL, warning = NULL
WHERE (text IS NOT NULL OR warning IS NOT NULL) AND (state = 'gone' OR words_until < ?)"""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer or a mention. ``number`` stays the same for good.

    ``text`` is None where the words are not kept. ``entry``, ``our_url`` and ``our_text`` are of our post that the conversation
    began under, None where that is not known, the words also where it is deleted; ``is_answer`` is false for a plain mention.
    """

    number: int
    account: str
    platform: str
    url: str
    author: str
    author_name: str
    written_at: datetime
    visibility: str
    warning: str
    text: str | None
    state: State
    settled_at: datetime | None
    entry: str | None
    our_url: str | None
    our_text: str | None
    is_answer: bool


@dataclass(frozen=True, kw_only=True)
class Place:
    """Up to where one account was asked; ``looked_at`` is when our own answers were last looked for, ``refused`` why the network
    tells nothing."""

    mark: str = ""
    asked_at: datetime | None = None
    looked_at: datetime | None = None
    refused: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """An account's place by its name."""

    account: str
    place: Place


def place_of(database: Database, account: str, owner: Owner) -> Place:
    """Up to where this account was asked, as long as it is on the network what it was."""
    row = database.conn.execute(
        "SELECT mark, asked_at, looked_at, refused FROM hearings WHERE account = ? AND server = ? AND owner = ?",
        (account, owner.server, owner.remote_id),
    ).fetchone()
    if row is None:
        return Place()
    mark, asked, looked, refused = row
    return Place(mark=mark, asked_at=moment_of(asked), looked_at=moment_if_any(looked), refused=refused)


def places(database: Database) -> list[Told]:
    """Each account's latest place, by name."""
    rows = database.conn.execute(
        """SELECT account, mark, asked_at, looked_at, refused FROM hearings AS one
           WHERE asked_at = (SELECT max(asked_at) FROM hearings WHERE account = one.account)
           GROUP BY account ORDER BY account"""
    )
    return [
        Told(
            account=account,
            place=Place(mark=mark, asked_at=moment_of(asked), looked_at=moment_if_any(looked), refused=refused),
        )
        for account, mark, asked, looked, refused in rows
    ]


def keep_place(database: Database, account: str, owner: Owner, place: Place) -> None:
    """Notes up to where the account was asked. ``place.asked_at`` is known."""
    assert place.asked_at is not None
    with transaction(database):
        database.conn.execute(
            "INSERT OR REPLACE INTO hearings (account, server, owner, mark, asked_at, looked_at, refused) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                account,
                owner.server,
                owner.remote_id,
                place.mark,
                stamped(place.asked_at),
                stamped(place.looked_at) if place.looked_at else None,
                place.refused,
            ),
        )


def store_heard(
    database: Database,
    account: str,
    platform: str,
    owner: Owner,
    heard: Iterable[Heard],
    now: datetime,
    kept: timedelta,
) -> int:
    """Adds what is new, the oldest first, and renews what is known; how many were new. ``heard`` begins with the newest, and its
    words may be ``kept`` for so long from now."""
    oldest_first = list(heard)
    oldest_first.reverse()  # of one second, the one that was told later is older
    oldest_first.sort(key=lambda one: one.written_at or now)
    rows = [
        {
            "account": account, "platform": platform, "server": owner.server, "owner": owner.remote_id,
            "remote_id": one.remote_id, "url": one.url, "author": one.author, "author_name": one.author_name,
            # A time to come is a mistake or a trick: it would stand before what is new.
            "written_at": stamped(min(one.written_at or now, now)), "parent": one.parent, "visibility": one.visibility,
            "warning": one.warning, "text": one.text, "words_until": stamped(now + kept), "now": stamped(now),
        }
        for one in oldest_first
    ]  # fmt: skip
    with transaction(database):
        before = _how_many(database)
        database.conn.executemany(_STORE, rows)
        # What answers an answer hangs below the same post of ours.
        while database.conn.execute(_PLACE).rowcount > 0:
            pass
        return _how_many(database) - before


def note_answered(database: Database, account: str, parents: Collection[str], now: datetime) -> int:
    """Notes that we answered these statuses; how many of them waited."""
    import json

    with transaction(database):
        return database.conn.execute(_ANSWERED, (account, json.dumps(sorted(parents)), stamped(now))).rowcount


def note_gone(database: Database, account: str, remote_ids: Iterable[str], now: datetime) -> int:
    """Notes that the network has these no more; nobody has to answer them, and their words leave."""
    with transaction(database):
        gone = database.conn.executemany(
            "UPDATE replies SET state = 'gone', settled_at = ? WHERE account = ? AND remote_id = ? AND state <> 'gone'",
            [(stamped(now), account, one) for one in remote_ids],
        )
        return max(0, gone.rowcount)


def pass_over(database: Database, account: str, owner: Owner, before: datetime, now: datetime) -> None:
    """Puts aside what was written on this account before a moment."""
    with transaction(database):
        database.conn.execute(
            """UPDATE replies SET state = 'put aside', settled_at = ?
               WHERE account = ? AND server = ? AND owner = ? AND state = 'waiting' AND written_at < ?""",
            (stamped(now), account, owner.server, owner.remote_id, stamped(before)),
        )


def put_aside(database: Database, numbers: Sequence[int], now: datetime) -> list[int]:
    """These need no answer; the numbers of those that waited."""
    return _moved(database, numbers, "waiting", "put aside", now)


def take_up(database: Database, numbers: Sequence[int]) -> list[int]:
    """These wait again; the numbers of those that were put aside."""
    return _moved(database, numbers, "put aside", "waiting", None)


def how_many_before(database: Database, since: datetime, accounts: Collection[str] = ()) -> int:
    """How many wait that were written before this moment."""
    rows = database.conn.execute(
        "SELECT account, count(*) FROM replies WHERE state = 'waiting' AND written_at < ? GROUP BY account",
        (stamped(since),),
    )
    return sum(count for account, count in rows if not accounts or account in accounts)


def _moved(database: Database, numbers: Sequence[int], old: State, new: State, at: datetime | None) -> list[int]:
    found = []
    with transaction(database):
        for number in dict.fromkeys(numbers):
            moved = database.conn.execute(
                "UPDATE replies SET state = ?, settled_at = ? WHERE id = ? AND state = ?",
                (new, stamped(at) if at else None, number, old),
            )
            found += [number] if moved.rowcount else []
    return found


def forget_others_words(database: Database, now: datetime) -> None:
    """Takes the words of others out of the database that may be kept no longer, and those of what is gone."""
    with transaction(database):
        database.conn.execute(_FORGET, (stamped(now),))


def replies(
    database: Database, *, since: datetime, everything: bool = False, accounts: Collection[str] = ()
) -> list[Reply]:
    """What was written since then and waits, the longest first; with ``everything`` also what is settled, the newest first."""
    found = _listed(database, everything=everything, since=stamped(since), number=None)
    return [one for one in found if not accounts or one.account in accounts]


def reply_numbered(database: Database, number: int) -> Reply | None:
    """The one with this number, however old; None where there is none."""
    return next(iter(_listed(database, everything=True, since="", number=number)), None)


def to_see_again(
    database: Database, account: str, owner: Owner, *, seen_before: datetime, since: datetime
) -> list[str]:
    """The remote ids of what waits here, was written since then and not shown since the first moment; the longest first."""
    rows = database.conn.execute(
        """SELECT remote_id FROM replies WHERE account = ? AND server IN ('', ?) AND owner IN ('', ?)
             AND state = 'waiting' AND seen_at < ? AND written_at >= ? ORDER BY seen_at, id""",
        (account, owner.server, owner.remote_id, stamped(seen_before), stamped(since)),
    )
    return [remote_id for (remote_id,) in rows]


def longest_waiting(database: Database, account: str) -> datetime | None:
    """When the oldest of what waits on this account was written; None where nothing waits."""
    row = database.conn.execute(
        "SELECT min(written_at) FROM replies WHERE account = ? AND state = 'waiting'", (account,)
    ).fetchone()
    return moment_if_any(row[0])


def _listed(database: Database, **wanted: object) -> list[Reply]:
    cursor = database.conn.execute(_LIST, wanted)
    names = [column[0] for column in cursor.description]
    return [_reply(dict(zip(names, row, strict=True))) for row in cursor]


def _how_many(database: Database) -> int:
    return int(database.conn.execute("SELECT count(*) FROM replies").fetchone()[0])


def _reply(row: Mapping[str, object]) -> Reply:
    values = {
        **row,
        "written_at": moment_of(str(row["written_at"])),
        "settled_at": moment_if_any(str(row["settled_at"]) if row["settled_at"] else None),
        "is_answer": bool(row["is_answer"]),
    }
    return Reply(**values)  # type: ignore[arg-type]
