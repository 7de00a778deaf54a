"""When threads did better than usual: by the hour of the week in which they were begun.

Many hours are compared, and by chance alone some come out well: so it is said how many were looked at, and how many of
them would look as good if the hour made no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import tzinfo

from contentkit.stats.baselines import Judged, observations
from contentkit.stats.estimates import Estimate, chance_above, median_of
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Hour:
    """What was begun within one hour of the week: ``weekday`` counts from 0 (Monday), ``hour`` is that of the wall.

    ``ratio`` is that of its entries (n): a thread on two accounts counts once.
    """

    weekday: int
    hour: int
    ratio: Estimate

    @property
    def is_advised(self) -> bool:
        """Whether it may be called better than usual: enough entries, and the whole interval above 1."""
        return self.ratio.is_enough and self.ratio.low > 1


@dataclass(frozen=True, kw_only=True)
class BestTimes:
    """Every hour of the week with an entry that can be judged, in their order; ``entries`` is how many there are of these.

    ``looked_at`` of the hours have enough of them, and ``by_chance`` of these are to be expected above 1 if no hour is better
    than another.
    """

    hours: tuple[Hour, ...]
    entries: int
    looked_at: int
    by_chance: float

    @property
    def advised(self) -> list[Hour]:
        """The hours that may be called better than usual, the best first."""
        return sorted((one for one in self.hours if one.is_advised), key=lambda one: -one.ratio.value)


def best_times(judged: Iterable[Judged], zone: tzinfo) -> BestTimes:
    """The hours of the week on the clocks of ``zone``: an hour is the same on the wall in summer and in winter."""
    found: dict[tuple[int, int], list[Judged]] = defaultdict(list)
    for one in judged:
        begun = one.thread.begun_at.astimezone(zone)
        found[begun.weekday(), begun.hour].append(one)
    ratios = [(when, median_of(observations(some))) for when, some in sorted(found.items())]
    hours = tuple(Hour(weekday=when[0], hour=when[1], ratio=ratio) for when, ratio in ratios if ratio)
    enough = [one.ratio.n for one in hours if one.ratio.is_enough]
    return BestTimes(
        hours=hours,
        entries=sum(one.ratio.n for one in hours),
        looked_at=len(enough),
        by_chance=sum(map(chance_above, enough)),
    )
