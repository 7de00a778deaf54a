"""What ``contentkit stats`` is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Literal

from contentkit.values import dataclass

if TYPE_CHECKING:
    from rich.console import RenderableType

    from contentkit.cli.project import Project
    from contentkit.stats.groups import Kind


Look = Literal["", "parts", "best time", "visits", "followers"]


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Rows with their headings for a program, and what a person is shown instead."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    shown: Callable[[], RenderableType]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """``value`` gives the JSON; ``beside`` are lines for a terminal alone, ``said`` for whoever reads along."""

    value: Callable[[], dict[str, Any]]
    listings: Sequence[Listing] = ()
    beside: Sequence[str] = ()
    said: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is looked at: one ``entry``, or the threads of the last ``days`` (at most ``limit`` in a listing); at one age (in
    hours; None: each thread at its own), on these accounts (none: on all). ``wanted`` says in which way: parts, best time, a
    kind of group, visits of the website, followers; empty: at a glance."""

    project: Project
    now: datetime
    days: int
    limit: int
    age: int | None
    accounts: tuple[str, ...] = ()
    entry: str = ""
    wanted: Kind | Look = ""

    @property
    def since(self) -> datetime:
        return self.now - timedelta(days=self.days)

    @property
    def zone(self) -> tzinfo:
        """The calendar's. Raises ContentError where the calendar cannot be read; programs do without."""
        return self.project.calendar.zone
