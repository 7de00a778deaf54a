"""Posts that contentkit did not publish: their words, their threads, and their figures as somebody else's list tells them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from contentkit.ages import age_of
from contentkit.platforms import Figures
from contentkit.platforms.own import OwnStatus
from contentkit.stamps import moment_of, stamped
from contentkit.stats.hooks import hook_of
from contentkit.stats.publications import Owner, Tracked
from contentkit.stats.snapshots import store_figures
from contentkit.store.database import transaction
from contentkit.store.figures import COUNTS
from contentkit.store.published_parts import know_owners
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

# An export is the user's own copy; what a network lists may be kept for as long only as it stands there.
Origin = Literal["archive", "network"]
Batch = Sequence[OwnStatus]
_AT_ONCE = 1000


@dataclass(frozen=True, kw_only=True)
class Imported:
    """How many posts came in: ``new`` ones, ``changed`` ones (other words, or a thread that went on), those that were ``known``
    as they are, and those that contentkit published itself (``ours``), which stay as they were.

    ``threads`` counts those of several posts, ``readings`` the figures that were added.
    """

    new: int = 0
    changed: int = 0
    known: int = 0
    ours: int = 0
    threads: int = 0
    readings: int = 0


class _Row(NamedTuple):
    """A publication of the account; ``id`` is None for one that is not stored yet. Columns as the table has them."""

    id: int | None
    entry: str | None
    origin: str
    remote_id: str
    url: str
    published_at: str
    text: str | None
    language: str | None
    parent: str | None
    opening: str | None
    part: int
    parts: int
    hook: str | None
    lost: str | None


_KNOWN = """
SELECT id, entry, origin, remote_id, url, published_at, text, language, parent, opening, part, parts, hook,
  (SELECT lost FROM snapshots WHERE publication = published_parts.id ORDER BY number DESC LIMIT 1)
FROM published_parts WHERE account = (SELECT id FROM accounts WHERE name = ?)"""
_ADD = """
INSERT INTO published_parts (account, owner, origin, remote_id, url, published, text, language, parent, opening, part, parts,
  hook)
VALUES ((SELECT id FROM accounts WHERE name = ?), (SELECT id FROM owners WHERE platform = ? AND server = ? AND owner = ?),
  ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_CHANGE = """
UPDATE published_parts SET origin = ?, url = ?, published = ?, text = ?, language = ?, parent = ?, opening = ?,
  part = ?, parts = ?, hook = ?
WHERE id = ?"""
_LAST_READINGS = f"""
SELECT one.remote_id, one.id, one.published_at, taken, lost, age, {", ".join(COUNTS)}
FROM published_parts AS one
LEFT JOIN snapshots ON publication = one.id AND number = (SELECT max(number) FROM snapshots WHERE publication = one.id)
WHERE account = (SELECT id FROM accounts WHERE name = ?)"""  # noqa: S608 - our own words


def import_statuses(
    database: Database,
    statuses: Iterable[OwnStatus],
    *,
    account: str,
    platform: str,
    owner: Owner,
    origin: Origin,
    told_at: datetime,
    watch: Callable[[Sequence[Batch]], Iterable[Batch]] = iter,
) -> Imported:
    """Stores these posts of an account, each once, whoever tells of it how often; each must have an id and a time.

    Words, threads and order come in one transaction; the figures, as they were at ``told_at``, follow in batches, which
    ``watch`` may show: a run that ends between leaves what the same one adds when it is started again. What contentkit
    published stays as it was; what is known to be deleted gets neither words nor figures back.
    """
    told = {one.remote_id: one for one in statuses}
    with transaction(database):
        known = {row.remote_id: row for row in map(_Row._make, database.conn.execute(_KNOWN, (account,)))}
        foreign = {key: one for key, one in told.items() if key not in known or known[key].origin != "here"}
        wanted = list(_in_threads(known, [_told(one, known.get(key), origin) for key, one in foreign.items()]))
        new = [row for row in wanted if row.id is None]
        changed = [row for row in wanted if row.id is not None and row != known[row.remote_id]]
        _store(database, new, changed, (account, platform, owner.server, owner.remote_id))
    readings = _read(database, account, foreign, told_at, origin, watch)
    touched = [row for row in wanted if row.remote_id in foreign]
    altered = sum(
        row.remote_id in foreign and row._replace(hook=None) != known[row.remote_id]._replace(hook=None)
        for row in changed
    )
    return Imported(
        new=len(new),
        changed=altered,
        known=len(touched) - len(new) - altered,
        ours=len(told) - len(foreign),
        threads=len({row.opening or row.remote_id for row in touched if row.parts > 1}),
        readings=readings,
    )


def _told(one: OwnStatus, known: _Row | None, origin: Origin) -> _Row:
    """The row of a post as it is told now; what nobody tells stays as it was known."""
    assert one.published_at is not None
    gone = known is not None and known.lost == "deleted"
    return _Row(
        id=known.id if known else None,
        entry=None,
        origin="archive" if known and known.origin == "archive" else origin,
        remote_id=one.remote_id,
        url=one.url,
        published_at=stamped(one.published_at),
        text=known.text if known and gone else one.text,
        language=one.language or (known.language if known else None),
        parent=one.parent or (known.parent if known else None),
        opening=None,
        part=0,
        parts=1,
        hook=None,
        lost=known.lost if known else None,
    )


def _in_threads(known: Mapping[str, _Row], told: Sequence[_Row]) -> Iterator[_Row]:
    """All posts of the account that contentkit did not publish, each with its place in its thread.

    A thread is what one post and those that continue it make, by whichever way; in the order in which they went out.
    """
    rows = dict(known) | {row.remote_id: row for row in told}
    ways = _ways(rows)
    threads: dict[str, list[_Row]] = defaultdict(list)
    for row in rows.values():
        if row.origin != "here":
            threads[ways[row.remote_id][0]].append(row)
    for opening, members in threads.items():
        members.sort(key=lambda row: (row.remote_id != opening, row.published_at, ways[row.remote_id][1]))
        hook = _hook(members[0], known.get(opening)) if members[0].remote_id == opening else None
        for part, row in enumerate(members):
            begins = row.remote_id == opening
            yield row._replace(opening=None if begins else opening, part=part, parts=len(members), hook=hook)


def _hook(opening: _Row, known: _Row | None) -> str | None:
    """How a thread with this first post begins; what was known where its words are gone, None where nobody ever knew them."""
    if opening.text:
        return hook_of(opening.text, opening.language or "")
    return known.hook if known else None


def _ways(rows: Mapping[str, _Row]) -> dict[str, tuple[str, int]]:
    """For each post the first one of its thread, and how many replies lie between; the first may be one that nobody told of."""
    found: dict[str, tuple[str, int]] = {}
    for remote_id in rows:
        way: list[str] = []
        at = remote_id
        while at not in found:
            # Of posts in a circle, which no network makes, each comes once.
            found[at] = (at, 0)
            way.append(at)
            row = rows.get(at)
            parent = row.parent if row and row.origin != "here" else None
            if not parent:
                break
            at = parent
        opening, depth = found[at]
        if way and at == way[-1]:
            way.pop()
        for steps, one in enumerate(reversed(way), 1):
            found[one] = (opening, depth + steps)
    return found


def _store(database: Database, new: Sequence[_Row], changed: Sequence[_Row], whose: tuple[str, str, str, str]) -> None:
    know_owners(database.conn, [whose] if new else [])
    database.conn.executemany(
        _ADD,
        [
            (*whose, row.origin, row.remote_id, row.url, _seconds(row), row.text, row.language or None, row.parent or None,
             row.opening, row.part, row.parts, row.hook)
            for row in new
        ],
    )  # fmt: skip
    database.conn.executemany(
        _CHANGE,
        [
            (row.origin, row.url, _seconds(row), row.text, row.language, row.parent, row.opening, row.part, row.parts, row.hook,
             row.id)
            for row in changed
        ],
    )  # fmt: skip


def _seconds(row: _Row) -> int:
    """When it was published, in seconds of Unix."""
    return int(moment_of(row.published_at).timestamp())


def _read(
    database: Database,
    account: str,
    told: Mapping[str, OwnStatus],
    told_at: datetime,
    origin: Origin,
    watch: Callable[[Sequence[Batch]], Iterable[Batch]],
) -> int:
    """Adds the figures that say something new; returns of how many posts."""
    due = []
    tracked = {}
    for remote_id, number, published, taken, lost, age, *counts in database.conn.execute(_LAST_READINGS, (account,)):
        one = told.get(remote_id)
        if one is None or lost == "deleted" or (taken is not None and told_at.timestamp() < taken + 1):
            continue
        published_at = moment_of(published)
        if origin == "archive" and not _says_more(one.figures, age_of(told_at - published_at), taken, age, counts):
            continue
        due.append(one)
        tracked[remote_id] = Tracked(id=number, remote_id=remote_id, published_at=published_at, asked_at=None)
    batches = [due[start : start + _AT_ONCE] for start in range(0, len(due), _AT_ONCE)]
    for batch in watch(batches):
        figures = {one.remote_id: one.figures for one in batch}
        store_figures(database, [tracked[one.remote_id] for one in batch], figures, told_at)
    return len(due)


def _says_more(
    figures: Figures, age: int | None, taken: int | None, known_age: int | None, known: Sequence[int | None]
) -> bool:
    """Whether figures of an export are worth a reading: the first ones, other ones, or the same at another age."""
    counts = [getattr(figures, name) for name in COUNTS]
    if all(count is None for count in counts):
        return False
    return taken is None or age != known_age or counts != list(known)
