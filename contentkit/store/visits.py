"""Visits of a website by the tags of links, range of days by range of days: what is stored, and what a new report changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from contentkit.errors import StateError
from contentkit.stamps import stamped
from contentkit.store.database import transaction
from contentkit.store.visit_tables import TAGS
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

Analytics = Literal["plausible", "ga4", "matomo"]
# The first and the last day of a range, both within it.
Days = tuple[date, date]


@dataclass(frozen=True, kw_only=True)
class Visits:
    """How many visits, and visitors, came with these tags in a range of days; None where the report does not tell.

    ``tags`` are in the order of ``TAGS``: empty for what the visits had not, None for what the report does not tell.
    """

    days: Days
    tags: tuple[str | None, ...]
    visits: int | None
    visitors: int | None


@dataclass(frozen=True, kw_only=True)
class VisitReport:
    """One report of an analytics. ``told`` names the tags that it tells apart; ``untagged`` counts visits without any of them,
    which are not kept, ``unreadable`` rows that say nothing."""

    analytics: Analytics
    told: tuple[str, ...]
    rows: tuple[Visits, ...]
    untagged: int = 0
    unreadable: int = 0

    @property
    def ranges(self) -> frozenset[Days]:
        return frozenset(row.days for row in self.rows)

    def is_silent_about(self, days: Days) -> bool:
        """Whether this is one day between others that it tells day by day: then nothing came on it. A row that cannot be read may
        be of any day."""
        if self.unreadable or days[0] != days[1] or days in self.ranges or any(one[0] != one[1] for one in self.ranges):
            return False
        return bool(self.ranges) and min(self.ranges) < days < max(self.ranges)


@dataclass(frozen=True, kw_only=True)
class StoredVisits:
    """What storing a report did: rows of ranges that are ``new``, that are told otherwise than before (``changed``), that are as
    they were (``same``), and how many rows of other ranges, or of days of which it tells nothing any more, were taken away for it
    (``replaced``)."""

    new: int = 0
    changed: int = 0
    same: int = 0
    replaced: int = 0


def store_visits(
    database: Database, reports: Sequence[VisitReport], *, site: str, now: datetime, replacing: bool = False
) -> list[StoredVisits]:
    """Stores reports, all or none; the same ones twice change nothing.

    A range that is stored already gets the counts that are told now, and a day between days that are told has none where none are
    told of it. Ranges that overlap in another way would count visits
    twice: raises StateError, unless their rows are to be taken away (``replacing``).
    """
    with transaction(database):
        return [_store(database, one, (one.analytics, site, " ".join(one.told)), now, replacing) for one in reports]


def _store(
    database: Database, report: VisitReport, key: tuple[str, str, str], now: datetime, replacing: bool
) -> StoredVisits:
    known = _known(database, key)
    crossing = [days for days in known if days not in report.ranges and _overlaps(days, report.ranges)]
    if crossing and not replacing:
        raise StateError(
            f"the visits from {_shown(crossing[0])} by {key[2].replace(' ', ', ')} are stored already, and some of these days "
            "are in this report, too",
            hint="export other days, or take the stored ones away for it: --replace",
        )
    told: dict[Days, list[Visits]] = defaultdict(list)
    for row in report.rows:
        told[row.days].append(row)
    altered = {days: rows for days, rows in told.items() if set(rows) != set(known.get(days, ()))}
    gone = [*crossing, *(days for days in known if report.is_silent_about(days))]
    for days in (*gone, *(altered.keys() & known.keys())):
        _take_away(database, key, days)
    _add(database, key, [row for rows in altered.values() for row in rows], now)
    new = sum(len(rows) for days, rows in altered.items() if days not in known)
    same = sum(len(set(rows) & set(known.get(days, ()))) for days, rows in told.items())
    return StoredVisits(
        new=new,
        changed=len(report.rows) - new - same,
        same=same,
        replaced=sum(len(known[days]) for days in gone),
    )


def _known(database: Database, key: tuple[str, str, str]) -> Mapping[Days, list[Visits]]:
    rows = database.conn.execute(
        f"SELECT first_day, last_day, visits, visitors, {', '.join(TAGS)} FROM visits"  # noqa: S608 - our own names
        " WHERE analytics = ? AND site = ? AND tags = ?",
        key,
    )
    found: dict[Days, list[Visits]] = defaultdict(list)
    for first, last, visits, visitors, *tags in rows:
        days = date.fromisoformat(first), date.fromisoformat(last)
        found[days].append(Visits(days=days, tags=tuple(tags), visits=visits, visitors=visitors))
    return found


def _overlaps(days: Days, others: Collection[Days]) -> bool:
    return any(days[0] <= last and first <= days[1] for first, last in others)


def _shown(days: Days) -> str:
    return f"{days[0]} to {days[1]}"


def _take_away(database: Database, key: tuple[str, str, str], days: Days) -> None:
    database.conn.execute(
        "DELETE FROM visits WHERE analytics = ? AND site = ? AND tags = ? AND first_day = ? AND last_day = ?",
        (*key, days[0].isoformat(), days[1].isoformat()),
    )


def _add(database: Database, key: tuple[str, str, str], rows: Sequence[Visits], now: datetime) -> None:
    database.conn.executemany(
        f"INSERT INTO visits (analytics, site, tags, first_day, last_day, visits, visitors, imported_at, {', '.join(TAGS)})"  # noqa: S608
        f" VALUES (?, ?, ?, ?, ?, ?, ?, ?{', ?' * len(TAGS)})",
        [
            (*key, row.days[0].isoformat(), row.days[1].isoformat(), row.visits, row.visitors, stamped(now), *row.tags)
            for row in rows
        ],
    )
