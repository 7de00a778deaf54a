"""A thread beside what is usual on its account: the median of the threads before it, at the same age."""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from statistics import fmean
from typing import TYPE_CHECKING

from contentkit.stats.estimates import ENOUGH, Estimate, median_of
from contentkit.stats.measured import MeasuredThread, measured, measured_again
from contentkit.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

# The week in which nearly everything happens to a post.
JUDGED_AT = 168
# How many threads before it a thread is compared with: what was usual years ago is usual no more.
REACH = 100
# Farther from 1970 than any time, in seconds.
_EVER = 1 << 62


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A thread's ``engagement`` at an ``age`` (hours) beside what was ``usual`` for the threads before it at that age.

    ``age`` and ``engagement`` are None where it was not told at it. ``before`` is how many threads before it were told at that
    age; ``usual`` is None below ENOUGH of them.
    """

    thread: MeasuredThread
    age: int | None
    engagement: int | None
    before: int
    usual: Estimate | None

    @cached_property
    def ratio(self) -> Estimate | None:
        """How many times the usual, as far as the usual is known; None also where the usual is less than 1: a quotient by next
        to nothing says nothing."""
        if self.usual is None or self.engagement is None or self.usual.value < 1:
            return None
        most = self.engagement / self.usual.low if self.usual.low else math.inf if self.engagement else 0.0
        return Estimate(
            value=self.engagement / self.usual.value,
            low=self.engagement / self.usual.high,
            high=most,
            n=self.usual.n,
        )


def judged_age(thread: MeasuredThread) -> int | None:
    """The age at which a thread is judged: 7 days where it was told at it, else the greatest at which it was told."""
    return _told_best(thread)[0]


def threads_to_judge(
    database: Database, *, since: datetime, until: datetime, accounts: Collection[str] = ()
) -> list[MeasuredThread]:
    """The threads begun in this time, with what was told of them at the age at which they are judged, and last.

    Few are judged at another age than most: of these alone what was told at the others is looked at.
    """
    threads = measured(database, since=since, until=until, accounts=accounts, ages=[JUDGED_AT])
    others = {(one.thread, one.account): one for one in threads if judged_age(one) != JUDGED_AT}
    whole = {(one.thread, one.account): one for one in measured_again(database, others.values())}
    return [whole.get((one.thread, one.account), one) for one in threads]


def _told_best(thread: MeasuredThread) -> tuple[int | None, int | None]:
    """The age at which a thread is judged, and its engagement then. Most have the first that is tried: sums are dear."""
    engagement = _engagement(thread, JUDGED_AT)
    if engagement is not None:
        return JUDGED_AT, engagement
    others = sorted({age for part in thread.parts for age in part.at} - {JUDGED_AT}, reverse=True)
    told = ((age, _engagement(thread, age)) for age in others)
    return next(((age, engagement) for age, engagement in told if engagement is not None), (None, None))


def judged(database: Database, threads: Sequence[MeasuredThread], age: int | None = None) -> list[Judged]:
    """These threads in their order, each beside the usual at this age; without one, each at its own ``judged_age``."""
    return _beside_the_usual(
        database, [(one, *(_told_best(one) if age is None else (age, _engagement(one, age)))) for one in threads]
    )


def judged_at_their_ages(database: Database, threads: Iterable[MeasuredThread]) -> list[Judged]:
    """These threads in their order, each beside the usual at each age at which it was told as a whole."""
    return _beside_the_usual(database, [(one, age, _engagement(one, age)) for one in threads for age in one.ages()])


def _beside_the_usual(
    database: Database, told: Sequence[tuple[MeasuredThread, int | None, int | None]]
) -> list[Judged]:
    """Threads, each with an age and its engagement then, beside what was usual on their accounts at these ages."""
    wanted: dict[tuple[str, int], list[datetime]] = defaultdict(list)
    for one, age, engagement in told:
        if age is not None and engagement is not None:
            wanted[one.account, age].append(one.begun_at)
    histories = _histories(database, {key: (min(begun), max(begun)) for key, begun in wanted.items()}, REACH)
    return [_judged(one, age, engagement, histories.get((one.account, age or 0))) for one, age, engagement in told]


def observations(judged: Iterable[Judged]) -> list[float]:
    """How many times the usual these threads had, one value for each entry: the geometric mean of its threads'.

    What an entry said on several accounts was the same words at the same hour. To count it twice would pretend to know more.
    Twice the usual here and half of it there is as usual; by the common mean it would be more, and most entries better.
    """
    ratios: dict[str, list[float]] = defaultdict(list)
    for one in judged:
        if one.ratio is not None:
            name = one.thread.entry or f"{one.thread.thread} on {one.thread.account}"
            ratios[name].append(one.ratio.value)
    return [_geometric_mean(some) for some in ratios.values()]


def _geometric_mean(ratios: Sequence[float]) -> float:
    if len(ratios) == 1:
        return ratios[0]
    return math.exp(fmean(map(math.log, ratios))) if all(ratios) else 0.0


def lately(
    database: Database, accounts: Iterable[str], age: int, before: datetime, count: int
) -> dict[str, list[int | None]]:
    """What the last ``count`` threads of each account begun before then had at this age, the oldest first; None: not told."""
    found = _histories(database, {(account, age): (before, before) for account in accounts}, count)
    return {account: [*one.engagements][-count:] for (account, _), one in found.items()}


def _judged(thread: MeasuredThread, age: int | None, engagement: int | None, history: _History | None) -> Judged:
    if history is None or engagement is None:
        return Judged(thread=thread, age=None, engagement=None, before=0, usual=None)
    usual = median_of(history.before(int(thread.begun_at.timestamp())))
    before = usual.n if usual else 0
    return Judged(
        thread=thread, age=age, engagement=engagement, before=before, usual=usual if before >= ENOUGH else None
    )


def _engagement(thread: MeasuredThread, age: int) -> int | None:
    counts = thread.at(age)
    return counts.engagement if counts else None


@dataclass(frozen=True, kw_only=True)
class _History:
    """An account's threads, the oldest first: when they were begun (seconds of Unix), and what was told of each at one age."""

    begun: Sequence[int]
    engagements: Sequence[int | None]

    def before(self, begun: int) -> list[int]:
        """The engagement of those of the last ``REACH`` threads before then that were told."""
        end = bisect_left(self.begun, begun)
        return [one for one in self.engagements[max(0, end - REACH) : end] if one is not None]


def _histories(
    database: Database, wanted: Mapping[tuple[str, int], tuple[datetime, datetime]], reach: int
) -> dict[tuple[str, int], _History]:
    """As much of each account's history at an age as threads are compared with that were begun between these two moments:
    ``reach`` threads before the first, and those until the last."""
    keys = list(wanted)
    asked = [(*key, *(int(moment.timestamp()) for moment in wanted[key])) for key in keys]
    rows: dict[tuple[str, int], list[tuple[int, str, int | None]]] = {key: [] for key in keys}
    for place, *row in database.conn.execute(_ENGAGEMENTS, {"wanted": json.dumps(asked), "reach": reach}):
        rows[keys[place]].append((row[0], row[1], row[2]))
    for some in rows.values():
        some.sort(key=_when)
    return {
        key: _History(begun=[row[0] for row in some], engagements=[row[2] for row in some])
        for key, some in rows.items()
    }


_when = itemgetter(0, 1)
# Whether a thread began with this publication. The plus keeps SQLite from looking for earlier ones by time.
_BEGINS = """NOT EXISTS (
  SELECT 1 FROM published_parts AS earlier
  WHERE earlier.thread = {0}.thread AND earlier.account = {0}.account
    AND (+earlier.published, earlier.id) < ({0}.published, {0}.id))"""

# ``MeasuredThread.at(age).engagement`` in SQL, for threads of which nothing else is wanted. A sum of which one part is not known
# is not known, and a part that is gone is not waited for.
_ENGAGEMENTS = f"""
WITH wanted AS MATERIALIZED (
  SELECT asked.key AS place, accounts.id AS account, json_extract(asked.value, '$[1]') AS age,
    json_extract(asked.value, '$[2]') AS first, json_extract(asked.value, '$[3]') AS last
  FROM json_each(:wanted) AS asked CROSS JOIN accounts ON accounts.name = json_extract(asked.value, '$[0]')
),
reached AS MATERIALIZED (
  SELECT *, (
    SELECT published FROM published_parts AS one
    WHERE one.account = wanted.account AND one.published < wanted.first AND {_BEGINS.format("one")}
    ORDER BY one.published DESC LIMIT 1 OFFSET :reach - 1) AS since
  FROM wanted
),
begun AS MATERIALIZED (
  SELECT reached.place, reached.age, one.thread, one.published, one.account
  FROM reached
  CROSS JOIN published_parts AS one ON one.account = reached.account
    AND one.published >= coalesce(reached.since, {-_EVER}) AND one.published < reached.last
  WHERE {_BEGINS.format("one")}
),
readings AS (
  SELECT begun.place, begun.thread, begun.published, reading.publication, reading.own_replies, reading.replies, reading.likes,
    reading.shares, reading.quotes, reading.publication IS NULL AND (
      SELECT lost FROM snapshots WHERE publication = part.id ORDER BY number DESC LIMIT 1) IS NOT 'deleted' AS is_missing
  FROM begun
  CROSS JOIN published_parts AS part ON part.thread = begun.thread AND part.account = begun.account
  LEFT JOIN snapshots AS reading ON reading.publication = part.id AND reading.number = (
    SELECT min(number) FROM snapshots WHERE publication = part.id AND age = begun.age AND lost IS NULL)
),
threads AS (
  SELECT place, published, thread, max(is_missing) AS is_missing,
    CASE WHEN count(likes) = count(publication) THEN sum(likes) END AS likes,
    CASE WHEN count(shares) = count(publication) THEN sum(shares) END AS shares,
    CASE WHEN count(quotes) = count(publication) THEN sum(quotes) END AS quotes,
    CASE WHEN count(replies) = count(publication) THEN sum(max(0, replies - own_replies)) END AS replies
  FROM readings GROUP BY place, thread
)
SELECT place, published, thread,
  CASE WHEN NOT is_missing AND coalesce(likes, shares) IS NOT NULL
    THEN coalesce(likes, 0) + coalesce(shares, 0) + coalesce(quotes, 0) + coalesce(replies, 0) END AS engagement
FROM threads"""  # noqa: S608 - our own words
