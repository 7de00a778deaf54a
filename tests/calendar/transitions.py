"""When the clocks of a zone change, found by asking it often, and what its clocks show around that: the long way round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

_STEP = timedelta(hours=6)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Transition:
    """From this instant (UTC) on the clocks of a zone are ``after`` ahead of UTC; until then they were ``before``."""

    zone: ZoneInfo
    instant: datetime
    before: timedelta
    after: timedelta

    @property
    def wall(self) -> datetime:
        """What the clocks would show at that instant, had nobody touched them."""
        return self.instant.replace(tzinfo=None) + self.before


@cache
def transitions_of(name: str, first_year: int = 2026, years: int = 2) -> tuple[Transition, ...]:
    """All changes of the clocks in so many years."""
    zone = ZoneInfo(name)
    here, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(first_year + years, 1, 1, tzinfo=UTC)
    found = []
    while here < end:
        before, after = _ahead(zone, here), _ahead(zone, here + _STEP)
        if before != after:
            instant = _first_with_other(zone, here, here + _STEP)
            found.append(Transition(zone=zone, instant=instant, before=before, after=after))
        here += _STEP
    return tuple(found)


def walls_around(transition: Transition, hours: int = 3) -> dict[datetime, list[datetime]]:
    """Each minute that a clock could show around a transition, and the instants (UTC) at which it does: none, one or two."""
    span = timedelta(hours=hours)
    minutes = range(int(4 * span.total_seconds() // 60))
    shown: dict[datetime, list[datetime]] = {}
    for minute in minutes:
        instant = transition.instant - 2 * span + timedelta(minutes=minute)
        shown.setdefault(instant.astimezone(transition.zone).replace(tzinfo=None, fold=0), []).append(instant)
    near = (transition.wall - span + timedelta(minutes=minute) for minute in range(int(2 * span.total_seconds() // 60)))
    return {wall: shown.get(wall, []) for wall in near}


def _ahead(zone: ZoneInfo, instant: datetime) -> timedelta:
    ahead = instant.astimezone(zone).utcoffset()
    assert ahead is not None
    return ahead


def _first_with_other(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    before = _ahead(zone, low)
    while high - low > _SECOND:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if _ahead(zone, middle) == before else (low, middle)
    return high
