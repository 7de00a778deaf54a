"""What ``contentkit stats`` answers, as tables for people and programs and as JSON, by what it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from contentkit.cli.measuring.asking import entry_measured, judged_since, refuse_unknown, threads_asked, threads_of
from contentkit.cli.measuring.questions import Answer, Listing, Question
from contentkit.cli.measuring.values import (
    account_value,
    best_times_value,
    dropoff_value,
    group_value,
    judged_value,
    part_value,
    thread_value,
    visits_value,
)
from contentkit.stats.overviews import FRESH

if TYPE_CHECKING:
    from sqlite_utils import Database

    from contentkit.stats.groups import Kind
    from contentkit.stats.overviews import AccountNow


def answer_to(asked: Question, database: Database | None) -> Answer:
    """Raises UsageError for an entry that was never published, and for an account that nobody knows."""
    if database is None:
        return _no_figures(asked)
    refuse_unknown(database, asked.project, asked.accounts)
    match asked.wanted:
        case "parts":
            return _part_by_part(database, asked)
        case "visits":
            return _visits(database, asked)
        case "followers":
            return _followers(database, asked)
        case "best time":
            return _by_hour_of_the_week(database, asked)
        case "":
            return _of_entry(database, asked) if asked.entry else _at_a_glance(database, asked)
        case kind:
            return _by_kind(database, asked, kind)


def _no_figures(asked: Question) -> Answer:
    """A table without rows is the same table: who reads it by its headings finds them, and in JSON the same keys."""
    from contentkit.views.stats import ACCOUNT_HEADINGS, NO_FIGURES, PART_HEADINGS, THREAD_HEADINGS
    from contentkit.views.stats_compared import HOUR_HEADINGS, group_headings
    from contentkit.views.stats_entry import ENTRY_HEADINGS
    from contentkit.views.stats_visits import VISIT_HEADINGS

    posts, looked = {"posts": [], "accounts": [], "more": 0}, {"age": asked.age or FRESH, "days": asked.days}
    tables: dict[str, tuple[Sequence[str], dict[str, Any]]] = {
        "": (ENTRY_HEADINGS if asked.entry else THREAD_HEADINGS, posts),
        "parts": (PART_HEADINGS, posts),
        "visits": (VISIT_HEADINGS, {"visits": [], "more": 0}),
        "followers": (ACCOUNT_HEADINGS, {"accounts": [], "more_accounts": 0}),
        "best time": (HOUR_HEADINGS, {**looked, "hours": []}),
    }
    by: dict[str, Any] = {"by": asked.wanted, **looked, "groups": []}
    headings, value = tables.get(asked.wanted) or (group_headings(asked.wanted), by)
    return Answer(value=lambda: value, listings=[Listing(headings=headings, rows=(), shown=str)], said=[NO_FIGURES])


def _at_a_glance(database: Database, asked: Question) -> Answer:
    """The newest threads, and the accounts."""
    from shutil import get_terminal_size

    from contentkit.stats.overviews import overview
    from contentkit.views.stats import (
        THREAD_HEADINGS,
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
    return Answer(
        value=lambda: {
            "posts": [
                {
                    **thread_value(one.thread, one),
                    "visits": visits_value(seen.visits.get((one.thread.thread, one.thread.account), [])),
                }
                for one in seen.threads
            ],
            "accounts": [account_value(one) for one in seen.accounts],
            "more": seen.more,
            "more_accounts": seen.more_accounts,
        },
        listings=[threads, _accounts(seen.accounts, asked)],
        beside=list(address_lines([one.thread for one in seen.threads], get_terminal_size().columns)),
        said=list(closing_lines(seen, asked.days, asked.now)),
    )


def _part_by_part(database: Database, asked: Question) -> Answer:
    """One line for each part, of an entry or of the newest threads."""
    from contentkit.views.stats import PART_HEADINGS, missing_lines, newest_line, part_cells, part_table

    threads, more = threads_asked(database, asked)
    rows = [part_cells(thread, part) for thread in threads for part in thread.parts]
    listing = Listing(headings=PART_HEADINGS, rows=rows, shown=lambda: part_table(threads, asked.zone, asked.now))
    return Answer(
        value=lambda: {
            "posts": [part_value(thread, part) for thread in threads for part in thread.parts],
            "accounts": [],
            "more": more,
        },
        listings=[listing],
        said=[*missing_lines(len(threads), more, asked.days), newest_line(threads, [], asked.now)],
    )


def _visits(database: Database, asked: Question) -> Answer:
    """Who came to the website by the links of these threads."""
    from contentkit.stats.clicks import visits_of
    from contentkit.views.stats import missing_lines
    from contentkit.views.stats_visits import VISIT_HEADINGS, visit_cells, visit_lines, visit_table

    threads, more = threads_asked(database, asked)
    found = visits_of(database, threads)
    rows = [(one, seen) for one in threads for seen in found.get((one.thread, one.account), ())]
    listing = Listing(
        headings=VISIT_HEADINGS,
        rows=[visit_cells(thread, seen) for thread, seen in rows],
        shown=lambda: visit_table(rows, asked.zone, asked.now),
    )
    return Answer(
        value=lambda: {
            "visits": [
                {
                    "entry": thread.entry,
                    "account": thread.account,
                    "published_at": thread.begun_at,
                    "url": thread.url,
                    **value,
                }
                for thread, seen in rows
                for value in visits_value([seen])
            ],
            "more": more,
        },
        listings=[listing],
        said=[*missing_lines(len(threads), more, asked.days), *visit_lines(len(threads), [seen for _, seen in rows])],
    )


def _followers(database: Database, asked: Question) -> Answer:
    """The accounts, and nothing of their threads."""
    from contentkit.stats.overviews import accounts_now, all_accounts
    from contentkit.views.stats import account_lines

    names = sorted(asked.accounts) or all_accounts(database)
    shown = accounts_now(database, names[: asked.limit], asked.now, asked.age or FRESH)
    return Answer(
        value=lambda: {"accounts": [account_value(one) for one in shown], "more_accounts": len(names) - len(shown)},
        listings=[_accounts(shown, asked)],
        said=list(account_lines(shown, len(names) - len(shown), asked.now)),
    )


def _accounts(shown: Sequence[AccountNow], asked: Question) -> Listing:
    from contentkit.views.stats import ACCOUNT_HEADINGS, account_cells, account_table

    return Listing(
        headings=ACCOUNT_HEADINGS,
        rows=[account_cells(one) for one in shown],
        shown=lambda: account_table(shown, asked.zone, asked.now, asked.age or FRESH),
    )


def _of_entry(database: Database, asked: Question) -> Answer:
    """An entry's threads at every age, each part of them, and how far people read."""
    from contentkit.stats.clicks import visits_of
    from contentkit.views.stats import newest_line
    from contentkit.views.stats_entry import ENTRY_HEADINGS, entries_view, entry_cells

    threads = threads_of(database, asked.entry, asked.accounts)
    visits = visits_of(database, threads)
    found = [
        replace(one, visits=tuple(visits.get((one.thread.thread, one.thread.account), ())))
        for one in entry_measured(database, threads)
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
                    "visits": visits_value(one.visits),
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
        listings=[listing],
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
        listings=[listing],
        said=list(hour_lines(times, len(judged), asked.days, age, calendar.timezone)),
    )
