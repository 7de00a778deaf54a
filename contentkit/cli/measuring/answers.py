"""What ``contentkit stats`` answers, as tables for people and programs and as JSON, by what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Literal

from contentkit.cli.measuring.asking import entry_measured, judged_since, refuse_unknown, threads_of
from contentkit.cli.measuring.values import (
    account_value,
    best_times_value,
    dropoff_value,
    group_value,
    judged_value,
    part_value,
    thread_value,
)
from contentkit.stats.overviews import FRESH

if TYPE_CHECKING:
    from rich.console import RenderableType
    from sqlite_utils import Database

    from contentkit.cli.project import Project
    from contentkit.stats.groups import Kind


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
    hours; None: each thread at its own), on these accounts (none: on all). ``wanted`` says in which way: parts, best time, or
    a kind of group; empty: at a glance."""

    project: Project
    now: datetime
    days: int
    limit: int
    age: int | None
    accounts: tuple[str, ...] = ()
    entry: str = ""
    wanted: Kind | Literal["", "parts", "best time"] = ""

    @property
    def since(self) -> datetime:
        return self.now - timedelta(days=self.days)

    @property
    def zone(self) -> tzinfo:
        """The calendar's. Raises ContentError where the calendar cannot be read; programs do without."""
        return self.project.calendar.zone


def answer_to(asked: Question, database: Database | None) -> Answer:
    """Raises UsageError for an entry that was never published, and for an account that nobody knows."""
    from contentkit.views.stats import NO_FIGURES

    if database is None:
        return Answer(value=lambda: {"posts": [], "accounts": [], "more": 0}, said=[NO_FIGURES])
    refuse_unknown(database, asked.project, asked.accounts)
    if asked.wanted == "parts":
        return _part_by_part(database, asked)
    if asked.entry:
        return _of_entry(database, asked)
    if asked.wanted == "best time":
        return _by_hour_of_the_week(database, asked)
    return _by_kind(database, asked, asked.wanted) if asked.wanted else _at_a_glance(database, asked)


def _at_a_glance(database: Database, asked: Question) -> Answer:
    """The newest threads, and the accounts."""
    from contentkit.stats.overviews import overview
    from contentkit.views.stats import (
        ACCOUNT_HEADINGS,
        THREAD_HEADINGS,
        account_cells,
        account_table,
        address_lines,
        closing_lines,
        thread_cells,
        thread_table,
    )

    seen = overview(
        database, since=asked.since, now=asked.now, limit=asked.limit, age=asked.age, accounts=asked.accounts
    )
    threads = Listing(
        headings=THREAD_HEADINGS,
        rows=[thread_cells(one) for one in seen.threads],
        shown=lambda: thread_table(seen.threads, asked.zone, asked.now, seen.visits),
    )
    accounts = Listing(
        headings=ACCOUNT_HEADINGS,
        rows=[account_cells(one) for one in seen.accounts],
        shown=lambda: account_table(seen.accounts, asked.zone, asked.now, asked.age or FRESH),
    )
    return Answer(
        value=lambda: {
            "posts": [
                {
                    **thread_value(one.thread, one),
                    "visits": seen.visits.get((one.thread.thread, one.thread.account), []),
                }
                for one in seen.threads
            ],
            "accounts": [account_value(one) for one in seen.accounts],
            "more": seen.more,
            "more_accounts": seen.more_accounts,
        },
        listings=[one for one in (threads, accounts) if one.rows],
        beside=list(address_lines([one.thread for one in seen.threads])),
        said=list(closing_lines(seen, asked.days, asked.now)),
    )


def _part_by_part(database: Database, asked: Question) -> Answer:
    """One line for each part, of an entry or of the newest threads."""
    from contentkit.stats.measured import newest
    from contentkit.views.stats import PART_HEADINGS, missing_lines, newest_line, part_cells, part_table

    if asked.entry:
        threads, more = threads_of(database, asked.entry, asked.accounts), 0
    else:
        threads, begun = newest(database, since=asked.since, limit=asked.limit, accounts=asked.accounts)
        more = begun - len(threads)
    rows = [part_cells(thread, part) for thread in threads for part in thread.parts]
    listing = Listing(headings=PART_HEADINGS, rows=rows, shown=lambda: part_table(threads, asked.zone, asked.now))
    return Answer(
        value=lambda: {
            "posts": [part_value(thread, part) for thread in threads for part in thread.parts],
            "accounts": [],
            "more": more,
        },
        listings=[listing] if rows else [],
        said=[*missing_lines(len(threads), more, asked.days), newest_line(threads, [], asked.now)],
    )


def _of_entry(database: Database, asked: Question) -> Answer:
    """An entry's threads at every age, each part of them, and how far people read."""
    from contentkit.stats.clicks import visits_of
    from contentkit.views.stats import newest_line
    from contentkit.views.stats_entry import ENTRY_HEADINGS, entries_view, entry_cells

    threads = threads_of(database, asked.entry, asked.accounts)
    visits = visits_of(database, threads)
    found = [
        replace(entry_measured(database, one), visits=tuple(visits.get((one.thread, one.account), ())))
        for one in threads
    ]
    listing = Listing(
        headings=ENTRY_HEADINGS,
        rows=[row for one in found for row in entry_cells(one)],
        shown=lambda: entries_view(found, asked.zone, asked.now),
    )
    return Answer(
        value=lambda: {
            "threads": [
                {
                    **thread_value(one.thread),
                    "compared": [judged_value(judged) for judged in one.judged],
                    "usual_dropoff": dropoff_value(one.dropoff),
                    "visits": one.visits,
                }
                for one in found
            ],
            "posts": [part_value(one.thread, part) for one in found for part in one.thread.parts],
            "accounts": [],
        },
        listings=[listing],
        said=[newest_line(threads, [], asked.now)],
    )


def _by_kind(database: Database, asked: Question, kind: Kind) -> Answer:
    """What each campaign, slot, hook … brought beside the usual."""
    from contentkit.stats.groups import grouped
    from contentkit.views.stats_compared import group_cells, group_headings, group_lines, group_table

    age = asked.age or FRESH
    judged, compared = judged_since(database, asked.since, asked.now, age, asked.accounts)
    groups = grouped(judged, kind, asked.zone)
    listing = Listing(
        headings=group_headings(kind),
        rows=[group_cells(one) for one in groups],
        shown=lambda: group_table(groups, kind),
    )
    return Answer(
        value=lambda: {"by": kind, "age": age, "days": asked.days, "groups": [group_value(one) for one in groups]},
        listings=[listing] if groups else [],
        said=list(group_lines(groups, compared, len(judged), asked.days, age)),
    )


def _by_hour_of_the_week(database: Database, asked: Question) -> Answer:
    """When threads did better than usual."""
    from contentkit.stats.best_times import best_times
    from contentkit.views.stats_compared import HOUR_HEADINGS, hour_cells, hour_lines, hour_table

    age, calendar = asked.age or FRESH, asked.project.calendar
    judged, _ = judged_since(database, asked.since, asked.now, age, asked.accounts)
    times = best_times(judged, calendar.zone)
    listing = Listing(
        headings=HOUR_HEADINGS, rows=[hour_cells(one) for one in times.hours], shown=lambda: hour_table(times)
    )
    return Answer(
        value=lambda: {"age": age, "days": asked.days, "timezone": calendar.timezone, **best_times_value(times)},
        listings=[listing] if times.looked_at or times.hours else [],
        said=list(hour_lines(times, len(judged), asked.days, age, calendar.timezone)),
    )
