"""What a chart shows, as values: drawn where there is a library for it, and as a table everywhere.

``name`` is a chart's own on its page and the name of its picture; ``told`` says in words what can be seen, for whoever sees none.
"""

from __future__ import annotations

from datetime import date

from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Series:
    """Values of one account by day, in the order of the days."""

    label: str
    points: tuple[tuple[date, float], ...]


@dataclass(frozen=True, kw_only=True)
class Lines:
    """How something grew by day, from 0 at the beginning."""

    name: str
    title: str
    told: str
    series: tuple[Series, ...]


@dataclass(frozen=True, kw_only=True)
class Dots:
    """Threads by day: how often each was as much as is usual."""

    name: str
    title: str
    told: str
    first: date
    last: date
    series: tuple[Series, ...]


@dataclass(frozen=True, kw_only=True)
class Range:
    """A median with the interval in which it lies; ``high`` may be infinite."""

    label: str
    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, kw_only=True)
class Ranges:
    """Kinds of threads below each other: how often each was as much as is usual."""

    name: str
    title: str
    told: str
    ranges: tuple[Range, ...]


@dataclass(frozen=True, kw_only=True)
class Steps:
    """What is left at each place of a thread, as a share of its beginning (1 is all of it); labels are the places."""

    name: str
    title: str
    told: str
    ranges: tuple[Range, ...]


Chart = Lines | Dots | Ranges | Steps
