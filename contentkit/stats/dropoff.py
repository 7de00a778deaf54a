"""How far people read: what each part of a thread has of its first part's figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from contentkit.stats.estimates import Estimate, median_of
from contentkit.stats.measured import Counts, MeasuredThread
from contentkit.values import dataclass

Figure = Literal["impressions", "engagement"]


@dataclass(frozen=True, kw_only=True)
class Place:
    """What the parts at one place (1 is the second part) have of the first part's figure: 0.4 is four of ten."""

    part: int
    share: Estimate


@dataclass(frozen=True, kw_only=True)
class DropOff:
    """Along threads at one age (hours), by one figure. Of ``threads`` with several parts, ``left_out`` had 0 at the first."""

    figure: Figure
    age: int
    threads: int
    left_out: int
    places: tuple[Place, ...]


def dropoff(threads: Iterable[MeasuredThread], age: int) -> list[DropOff]:
    """The drop-off of threads of several parts that were told as a whole at this age: by impressions where the network tells
    them, by engagement elsewhere. Threads with a part that is gone are left out."""
    found: dict[Figure, list[list[int]]] = defaultdict(list)
    for one in threads:
        told = shown_along(one, age)
        if told:
            found[told[0]].append(told[1])
    order: tuple[Figure, ...] = ("impressions", "engagement")
    return [_dropoff(figure, age, found[figure]) for figure in order if figure in found]


def shown_along(thread: MeasuredThread, age: int) -> tuple[Figure, list[int]] | None:
    """One figure of each of its parts at this age; None unless it has several and each was told the same one."""
    counts = [part.at.get(age) for part in thread.parts if part.state != "deleted"]
    if len(counts) < 2 or len(counts) < len(thread.parts) or thread.planned > len(counts):
        return None
    figures: tuple[Figure, ...] = ("impressions", "engagement")
    for figure in figures:
        values = [_value(one, figure) for one in counts]
        told = [value for value in values if value is not None]
        if len(told) == len(values):
            return figure, told
    return None


def _value(counts: Counts | None, figure: Figure) -> int | None:
    if counts is None:
        return None
    return counts.impressions if figure == "impressions" else counts.engagement


def _dropoff(figure: Figure, age: int, rows: list[list[int]]) -> DropOff:
    usable = [row for row in rows if row[0]]
    shares: dict[int, list[float]] = defaultdict(list)
    for first, *rest in usable:
        for place, value in enumerate(rest, 1):
            shares[place].append(value / first)
    places = [(place, median_of(values)) for place, values in sorted(shares.items())]
    return DropOff(
        figure=figure,
        age=age,
        threads=len(rows),
        left_out=len(rows) - len(usable),
        places=tuple(Place(part=place, share=share) for place, share in places if share),
    )
