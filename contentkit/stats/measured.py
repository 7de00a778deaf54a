"""What the networks told of our threads, age by age, as values."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from contentkit.stats.accounts import accounts_published
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

State = Literal["never asked", "told", "deleted", "unavailable"]


class Counts(NamedTuple):
    """What a network told at one moment. None: it did not tell, which is not 0. ``replies`` are those of others."""

    replies: int | None = None
    likes: int | None = None
    shares: int | None = None
    quotes: int | None = None
    bookmarks: int | None = None
    impressions: int | None = None
    link_clicks: int | None = None
    profile_clicks: int | None = None

    @property
    def engagement(self) -> int | None:
        """What was told of likes, shares, quotes and replies, together; None where neither likes nor shares were told."""
        if self.likes is None and self.shares is None:
            return None
        return (self.likes or 0) + (self.shares or 0) + (self.quotes or 0) + (self.replies or 0)


def together(counts: Iterable[Counts]) -> Counts | None:
    """The sums; None of nothing. What is not known of one of them is not known of all."""
    told = list(counts)
    if not told:
        return None
    if len(told) == 1:
        return told[0]
    return Counts._make(None if None in column else sum(column) for column in zip(*told, strict=True))


class MeasuredPart(NamedTuple):
    """One publication: ``at`` has the first figures told for each age (hours), ``last`` the last ones told at all.

    ``part`` and ``post`` (of the draft, where known) count from 0. ``text`` is None where nobody here knows the words, and of
    what is deleted: what its author took back is quoted no more. ``asked_at`` is when it was asked for last, ``told_at`` when
    the network told ``last``.
    """

    id: int
    part: int
    post: int | None
    url: str
    text: str | None
    published_at: datetime
    state: State
    at: Mapping[int, Counts]
    last: Counts | None
    told_at: datetime | None
    asked_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class MeasuredThread:
    """One thread on one account, with what is known of the entry it came from; an imported post is a thread of its own.

    ``begun_at`` is when its first part went out, in UTC. ``planned`` is how many parts it has when it is whole.
    ``origin`` says where it is known from: here, archive or network.
    """

    thread: str
    entry: str | None
    account: str
    platform: str
    begun_at: datetime
    url: str
    origin: str
    planned: int
    parts: tuple[MeasuredPart, ...]
    title: str | None = None
    campaign: str | None = None
    slot: str | None = None
    founder: str | None = None
    language: str | None = None
    drafter: str | None = None
    hook: str | None = None
    sources: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """Deleted when nothing of it stands; told when any of it ever was; never asked when none of it was asked for."""
        states = {part.state for part in self.parts}
        if states == {"deleted"}:
            return "deleted"
        if any(part.last for part in self.parts):
            return "told"
        return "never asked" if states <= {"never asked", "deleted"} else "unavailable"

    @property
    def last(self) -> Counts | None:
        """The sums of the last figures of its parts; None when none of it was told."""
        return together(part.last for part in self.parts if part.last)

    def at(self, age: int) -> Counts | None:
        """The sums over its parts at this age; None unless every part that is not deleted was told at it."""
        told = [part.at.get(age) for part in self.parts if part.state != "deleted" or age in part.at]
        known = [counts for counts in told if counts is not None]
        return together(known) if len(known) == len(told) else None

    def ages(self) -> list[int]:
        """The ages, in hours and in order, at which it was told as a whole."""
        return [age for age in sorted({age for part in self.parts for age in part.at}) if self.at(age)]


def measured(
    database: Database,
    *,
    since: datetime,
    until: datetime,
    accounts: Collection[str] = (),
    ages: Collection[int] = (),
) -> list[MeasuredThread]:
    """The threads that were begun from ``since`` on and before ``until``, the oldest first; of all accounts if none is given.

    Where ``ages`` are given, what was told at others is not looked at, which is several times as fast; what was told last is.
    """
    wanted = json.dumps(sorted(accounts or accounts_published(database)))
    values = {"accounts": wanted, "since": _seconds(since), "until": _seconds(until)}
    return _threads(database, _BEGUN_BETWEEN, values, ages)


def measured_of(database: Database, entry: str) -> list[MeasuredThread]:
    """The threads of an entry, one for each account, by when they were begun."""
    return _threads(
        database,
        "SELECT DISTINCT thread, account FROM published_parts WHERE thread = :entry AND entry IS NOT NULL",
        {"entry": entry},
    )


def measured_at(database: Database, url: str) -> list[MeasuredThread]:
    """The threads that a post with this address belongs to."""
    return _threads(database, "SELECT DISTINCT thread, account FROM published_parts WHERE url = :url", {"url": url})


def measured_again(database: Database, threads: Collection[MeasuredThread]) -> list[MeasuredThread]:
    """These threads with what was told of them at every age, the oldest first."""
    names = [(one.thread, one.account) for one in threads]
    return _threads(database, _NAMED, {"threads": json.dumps(names)}) if names else []


def newest(
    database: Database, *, since: datetime, limit: int, accounts: Collection[str] = ()
) -> tuple[list[MeasuredThread], int]:
    """At most ``limit`` threads that were begun from ``since`` on, the newest first; and how many there are in all."""
    wanted = json.dumps(sorted(accounts or accounts_published(database)))
    values = {"accounts": wanted, "since": _seconds(since), "until": _NEVER, "limit": limit}
    begun = database.conn.execute(_NEWEST, values).fetchall()
    threads = _threads(database, _NAMED, {"threads": json.dumps([row[:2] for row in begun])})
    return threads[::-1], begun[0][2] if begun else 0


# The plus keeps SQLite from looking for earlier ones by time: a thread has few parts, an account many.
_BEGUN_BETWEEN = """
SELECT thread, account, name, begun FROM (
  SELECT one.thread, one.account, accounts.name, min(one.published) AS begun
  FROM json_each(:accounts) AS wanted
  CROSS JOIN accounts ON accounts.name = wanted.value
  CROSS JOIN published_parts AS one ON one.account = accounts.id AND one.published >= :since AND one.published < :until
  GROUP BY one.thread, one.account
) AS begun
WHERE NOT EXISTS (
  SELECT 1 FROM published_parts AS earlier
  WHERE earlier.thread = begun.thread AND earlier.account = begun.account AND +earlier.published < :since
)"""

# Later than any time.
_NEVER = 1 << 62
_NEWEST = f"""
SELECT thread, name, count(*) OVER () FROM ({_BEGUN_BETWEEN})
ORDER BY begun DESC, name DESC, thread DESC LIMIT :limit"""  # noqa: S608 - our own words
_NAMED = """
SELECT json_extract(value, '$[0]') AS thread, accounts.id AS account
FROM json_each(:threads) CROSS JOIN accounts ON accounts.name = json_extract(value, '$[1]')"""

# CROSS JOIN keeps SQLite from beginning with the larger table.
_PARTS = """
WITH begun AS MATERIALIZED ({begun})
SELECT part.thread, accounts.name, owners.platform, part.id, part.part, part.parts, part.post, part.url, part.text,
  part.published, part.origin, part.entry, entries.title, entries.campaign, entries.slot, entries.founder,
  coalesce(part.language, entries.language), entries.drafter, coalesce(part.hook, entries.hook)
FROM begun
CROSS JOIN published_parts AS part ON part.thread = begun.thread AND part.account = begun.account
CROSS JOIN accounts ON accounts.id = part.account
CROSS JOIN owners ON owners.id = part.owner
LEFT JOIN entries ON entries.id = part.entry"""

_READINGS_OF = f"""
SELECT publication, number, {{age}} AS age, taken, lost, max(0, replies - own_replies), {", ".join(Counts._fields[1:])}
FROM json_each(:wanted) CROSS JOIN snapshots ON publication = value"""  # noqa: S608 - our own names
_READINGS = _READINGS_OF.format(age="age")

# Those of these ages, and all from the last one on that told figures.
_READINGS_AT = f"""{_READINGS} AND age IN (SELECT value FROM json_each(:ages))
UNION ALL
{_READINGS_OF.format(age="NULL")} AND number >= coalesce(
  (SELECT number FROM snapshots AS told WHERE told.publication = value AND lost IS NULL ORDER BY number DESC LIMIT 1), 0
) AND (snapshots.age IS NULL OR snapshots.age NOT IN (SELECT value FROM json_each(:ages)))"""  # noqa: S608 - our own words

_SOURCES = "SELECT entry, source FROM json_each(:wanted) CROSS JOIN entry_sources ON entry = value ORDER BY source"


class _Row(NamedTuple):
    """What ``_PARTS`` gives of a part: ``published`` in seconds of Unix, from ``title`` on what is known of its thread."""

    thread: str
    account: str
    platform: str
    id: int
    part: int
    parts: int
    post: int | None
    url: str
    text: str | None
    published: int
    origin: str
    entry: str | None
    title: str | None
    campaign: str | None
    slot: str | None
    founder: str | None
    language: str | None
    drafter: str | None
    hook: str | None


# A row of these: publication, number, age, when it was taken (seconds of Unix), what was told instead of figures, and the counts.
_Reading = tuple[Any, ...]
_COUNTS = slice(5, None)
_number, _in_order, _named = itemgetter(1), attrgetter("part", "id"), attrgetter("thread", "account")


def _threads(
    database: Database, begun: str, values: Mapping[str, object], ages: Collection[int] = ()
) -> list[MeasuredThread]:
    threads: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in map(_Row._make, database.conn.execute(_PARTS.format(begun=begun), values)):
        threads[_named(row)].append(row)
    rows = [row for parts in threads.values() for row in parts]
    readings = _readings(database, [row.id for row in rows], ages)
    sources = _sources(database, {row.entry for row in rows if row.entry})
    measured_ones = [_thread(parts, readings, sources) for parts in threads.values()]
    return sorted(measured_ones, key=attrgetter("begun_at", "account", "thread"))


def _readings(database: Database, publications: Iterable[int], ages: Collection[int]) -> Mapping[int, list[_Reading]]:
    """What was told of each publication, in the order in which it was added; of these ages only, if any are given."""
    values = {"wanted": json.dumps(sorted(publications)), "ages": json.dumps(sorted(ages))}
    readings: dict[int, list[_Reading]] = defaultdict(list)
    for row in database.conn.execute(_READINGS_AT if ages else _READINGS, values):
        readings[row[0]].append(row)
    for told in readings.values():
        told.sort(key=_number)
    return readings


def _sources(database: Database, entries: Iterable[str]) -> Mapping[str, list[str]]:
    sources: dict[str, list[str]] = defaultdict(list)
    for entry, source in database.conn.execute(_SOURCES, {"wanted": json.dumps(sorted(entries))}):
        sources[entry].append(source)
    return sources


def _thread(
    rows: list[_Row], readings: Mapping[int, list[_Reading]], sources: Mapping[str, list[str]]
) -> MeasuredThread:
    rows.sort(key=_in_order)
    first = rows[0]
    return MeasuredThread(
        thread=first.thread,
        entry=first.entry,
        account=first.account,
        platform=first.platform,
        begun_at=_moment(min(row.published for row in rows)),
        url=first.url,
        origin=first.origin,
        planned=max(row.parts for row in rows),
        parts=tuple([_part(row, readings.get(row.id, ())) for row in rows]),
        title=first.title,
        campaign=first.campaign,
        slot=first.slot,
        founder=first.founder,
        language=first.language,
        drafter=first.drafter,
        hook=first.hook,
        sources=tuple(sources.get(first.entry, ())) if first.entry else (),
    )


def _part(row: _Row, readings: Sequence[_Reading]) -> MeasuredPart:
    at: dict[int, Counts] = {}
    last, told_at = None, None
    for reading in readings:
        if reading[4]:
            continue
        last, age, told_at = Counts._make(reading[_COUNTS]), reading[2], reading[3]
        if age is not None:
            at.setdefault(age, last)
    state: State = (readings[-1][4] or "told") if readings else "never asked"
    return MeasuredPart(
        id=row.id,
        part=row.part,
        post=row.post,
        url=row.url,
        text=None if state == "deleted" else row.text,
        published_at=_moment(row.published),
        state=state,
        at=at,
        last=last,
        told_at=None if told_at is None else _moment(told_at),
        asked_at=_moment(readings[-1][3]) if readings else None,
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
