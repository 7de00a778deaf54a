"""What a report of some days says, as values: each figure with how many posts, threads or readings it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from contentkit.stamps import latest_of, moment_if_any
from contentkit.stats.baselines import JUDGED_AT, Judged, judged, threads_to_judge
from contentkit.stats.clicks import Visits, visits_of
from contentkit.stats.dropoff import DropOff, dropoff
from contentkit.stats.groups import Group, Kind, grouped
from contentkit.stats.growth import Growth, growth
from contentkit.stats.measured import Counts, MeasuredPart, MeasuredThread
from contentkit.stats.periods import Period
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

# What a network tells of a post, in the order in which a report shows it.
FIGURES = ("impressions", "likes", "shares", "quotes", "replies", "link_clicks")
# By what threads are compared. Accounts are not: each is measured against itself.
COMPARED: tuple[Kind, ...] = ("hook", "slot", "weekday", "hour", "language", "source", "drafter", "founder")
# So many threads are shown as those that were found most, and least.
SHOWN = 3
# What is learnt comes from the period and the months before it: as many as it takes for this many threads, a year at most.
_LEARNT_FROM, _MONTH, _FARTHEST = 1000, timedelta(days=30), 12


@dataclass(frozen=True, kw_only=True)
class Told:
    """A sum over the ``n`` posts of which it was told; None where it was told of none."""

    total: int | None
    n: int


@dataclass(frozen=True, kw_only=True)
class Published:
    """What went out on one account, and what the network told of it last, by the names in FIGURES.

    Of the ``posts`` so many are ``deleted`` by now, ``unavailable`` (the network says nothing of them), were never asked for.
    """

    account: str
    platform: str
    threads: int
    posts: int
    deleted: int
    unavailable: int
    never_asked: int
    told: Mapping[str, Told]


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """The threads of a campaign; the name is None for those of none. ``engagement`` is what its posts were told last."""

    name: str | None
    threads: int
    posts: int
    engagement: Told
    group: Group


@dataclass(frozen=True, kw_only=True)
class Followers:
    """An account's growth, by day on the clocks of the period; so many of its days have no reading."""

    growth: Growth
    days: tuple[tuple[date, int], ...]
    missing: int


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """What threads have in common, over those begun since then: of ``known`` ones these ``threads`` were told at 7 days."""

    since: datetime
    known: int
    threads: int
    by: Mapping[Kind, tuple[Group, ...]]
    dropoff: tuple[DropOff, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything that a report says. ``judged`` are all threads of the period in their order, ``most`` and ``least`` those
    that were found most and least: by their ratio, or by engagement where ``by_ratio`` is false because nothing is usual yet.

    ``asked_at`` is the last time that a network was asked for any of it; None where none ever was. ``never_asked`` are accounts
    whose own figures nobody ever asked for. ``incomplete`` counts threads that have fewer parts out than planned. ``visits`` are
    what the website saw of the period's threads, once for each combination of tags.
    """

    project: str
    period: Period
    asked_at: datetime | None
    published: tuple[Published, ...]
    followers: tuple[Followers, ...]
    judged: tuple[Judged, ...]
    by_ratio: bool
    most: tuple[Judged, ...]
    least: tuple[Judged, ...]
    campaigns: tuple[Campaign, ...]
    learnt: Learnt
    visits: tuple[Visits, ...]
    never_asked: tuple[str, ...]
    incomplete: int


def report(database: Database, project: str, period: Period, accounts: Collection[str] = ()) -> Report:
    """The report of a period. ``accounts`` are those that the project has, beside those that something is known of."""
    threads = threads_to_judge(database, since=period.since, until=period.until)
    learnt_since, before = _threads_before(database, period, len(threads))
    all_judged = judged(database, [*before, *threads])
    of_period = tuple(all_judged[len(before) :])
    grown = growth(database, since=period.since, until=period.until)
    asked_at = _asked_at(database, threads)
    by_ratio, most, least = _ranked(of_period)
    asked = {one.account for one in grown if one.asked_at}
    aged = [one for one in all_judged if one.age == JUDGED_AT]
    return Report(
        project=project,
        period=period,
        asked_at=asked_at,
        published=tuple(_published(threads)),
        followers=tuple(_followers(one, period, asked_at) for one in grown),
        judged=of_period,
        by_ratio=by_ratio,
        most=most,
        least=least,
        campaigns=tuple(_campaigns(of_period, period.zone)),
        learnt=Learnt(
            since=learnt_since,
            known=len(all_judged),
            threads=len(aged),
            by={kind: tuple(grouped(aged, kind, period.zone)) for kind in COMPARED},
            dropoff=tuple(dropoff([one.thread for one in all_judged], JUDGED_AT)),
        ),
        visits=_visits(database, threads),
        never_asked=tuple(sorted({*accounts, *(one.account for one in threads)} - asked)),
        incomplete=sum(len(one.parts) < one.planned for one in threads),
    )


def _threads_before(database: Database, period: Period, count: int) -> tuple[datetime, list[MeasuredThread]]:
    """The threads of the months before that are learnt from, too, the oldest first, and since when."""
    since, before = period.since, list[MeasuredThread]()
    for _ in range(_FARTHEST):
        if count + len(before) >= _LEARNT_FROM:
            break
        before = [*threads_to_judge(database, since=since - _MONTH, until=since), *before]
        since -= _MONTH
    return since, before


def _visits(database: Database, threads: Sequence[MeasuredThread]) -> tuple[Visits, ...]:
    """Threads that share their tags share their visits: those since the first of them was begun."""
    found: dict[tuple[str, ...], Visits] = {}
    by_thread = visits_of(database, threads)
    for one in threads:
        for visits in by_thread.get((one.thread, one.account), ()):
            found.setdefault((visits.analytics, visits.site, *visits.tags), visits)
    return tuple(found[key] for key in sorted(found))


def _asked_at(database: Database, threads: Iterable[MeasuredThread]) -> datetime | None:
    of_posts = [part.asked_at for one in threads for part in one.parts if part.asked_at]
    of_accounts = moment_if_any(database.conn.execute("SELECT max(taken_at) FROM account_snapshots").fetchone()[0])
    return latest_of([*of_posts, *([of_accounts] if of_accounts else [])])


def _published(threads: Sequence[MeasuredThread]) -> Iterable[Published]:
    by_account: dict[tuple[str, str], list[MeasuredThread]] = defaultdict(list)
    for one in threads:
        by_account[one.account, one.platform].append(one)
    for (account, platform), some in sorted(by_account.items()):
        parts = [part for one in some for part in one.parts]
        states = [part.state for part in parts]
        columns = zip(*(part.last for part in parts if part.last), strict=True)
        told = dict(zip(Counts._fields, columns, strict=False))
        yield Published(
            account=account,
            platform=platform,
            threads=len(some),
            posts=len(parts),
            deleted=states.count("deleted"),
            unavailable=states.count("unavailable"),
            never_asked=states.count("never asked"),
            told={name: _told(told.get(name, ())) for name in FIGURES},
        )


def _told(counts: Iterable[int | None]) -> Told:
    known = [count for count in counts if count is not None]
    return Told(total=sum(known) if known else None, n=len(known))


def _followers(one: Growth, period: Period, asked_at: datetime | None) -> Followers:
    """Days after the last time that anything was asked for are not missing: they have not come yet."""
    days = one.by_day(period.zone)
    known = {day for day, _ in days}
    last = asked_at.astimezone(period.zone).date() if asked_at else period.last
    missing = sum(day not in known and day <= last for day in period.days())
    return Followers(growth=one, days=tuple(days), missing=missing)


def _ranked(threads: Sequence[Judged]) -> tuple[bool, tuple[Judged, ...], tuple[Judged, ...]]:
    """Whether they are ordered by ratio; those found most, the most first; those found least, the least first."""
    by_ratio = any(one.ratio for one in threads)
    known = [one for one in threads if (one.ratio if by_ratio else one.engagement is not None)]
    known.sort(key=lambda one: (-_rank(one), one.thread.begun_at, one.thread.account, one.thread.thread))
    most = min(SHOWN, -(-len(known) // 2))
    least = min(SHOWN, len(known) - most)
    return by_ratio, tuple(known[:most]), tuple(reversed(known[len(known) - least :]))


def _rank(one: Judged) -> float:
    return one.ratio.value if one.ratio else float(one.engagement or 0)


def _campaigns(threads: Sequence[Judged], zone: tzinfo) -> Iterable[Campaign]:
    parts: dict[str | None, list[MeasuredPart]] = defaultdict(list)
    for one in threads:
        parts[one.thread.campaign or None] += one.thread.parts
    for group in grouped(threads, "campaign", zone):
        own = parts[group.name]
        counts = [part.last for part in own if part.last]
        yield Campaign(
            name=group.name,
            threads=group.threads,
            posts=len(own),
            engagement=_told(_engagement(one) for one in counts),
            group=group,
        )


def _engagement(counts: Counts) -> int | None:
    return counts.engagement
