"""What is asked of the database, for one kind of answer each; None where there is no database yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contentkit.errors import UsageError

if TYPE_CHECKING:
    from sqlite_utils import Database

    from contentkit.cli.measuring.questions import Question
    from contentkit.cli.project import Project
    from contentkit.stats.baselines import Judged
    from contentkit.stats.dropoff import DropOff
    from contentkit.stats.measured import MeasuredThread
    from contentkit.views.stats_entry import MeasuredEntry

# How far back what is usual along a thread is looked for.
_HALF_A_YEAR = timedelta(days=182)


@contextmanager
def figures_of(project: Project) -> Iterator[Database | None]:
    """The project's database for a while; None where there is none: a look makes none."""
    from contentkit.store.database import database_in, has_database

    if not has_database(project.root):
        yield None
        return
    with database_in(project.root) as database:
        yield database


def age_asked(words: str) -> int | None:
    """The age of these words, in hours; None of none. Raises UsageError that names the ages."""
    from contentkit.ages import AGES, shown_age

    if not words:
        return None
    ages = {shown_age(age).replace(" ", ""): age for age in AGES}
    try:
        return ages[words.replace(" ", "").lower()]
    except KeyError:
        raise UsageError(f"figures are read at no age '{words}'", hint=f"say one of {', '.join(ages)}") from None


def refuse_unknown(database: Database, project: Project, accounts: Collection[str]) -> None:
    """Raises UsageError for an account that neither the project nor the figures know."""
    from contentkit.stats.overviews import all_accounts
    from contentkit.strict_yaml import nearest

    known = {*project.config.accounts, *all_accounts(database)} if accounts else set()
    for name in accounts:
        if name not in known:
            raise UsageError(f"there is no account '{name}'", hint=nearest(name, known))


def threads_of(database: Database, name: str, accounts: Collection[str]) -> list[MeasuredThread]:
    """The threads of an entry, or of a post with this address, on these accounts (none: on all).

    Raises UsageError that names the nearest entry when nothing of it was published.
    """
    from contentkit.stats.measured import measured_at, measured_of
    from contentkit.stats.publications import entries_published
    from contentkit.strict_yaml import nearest

    threads = measured_at(database, name) if name.startswith("https://") else measured_of(database, name)
    if not threads:
        if "://" in name:
            raise UsageError(
                f"no post with the address {name} is known", hint="'contentkit import' brings in older posts"
            )
        known = entries_published(database)
        raise UsageError(f"nothing that was published is called '{name}'", hint=nearest(name, known))
    threads = [one for one in threads if not accounts or one.account in accounts]
    if not threads:
        raise UsageError(f"'{name}' was not published on {' or '.join(accounts)}", hint="leave out --account")
    return threads


def threads_asked(database: Database, asked: Question) -> tuple[list[MeasuredThread], int]:
    """The threads of the entry, or the newest ones, and how many more were begun in that time. Raises UsageError."""
    from contentkit.stats.measured import newest

    if asked.entry:
        return threads_of(database, asked.entry, asked.accounts), 0
    threads, begun = newest(database, since=asked.since, limit=asked.limit, accounts=asked.accounts)
    return threads, begun - len(threads)


def entry_measured(database: Database, threads: Sequence[MeasuredThread]) -> list[MeasuredEntry]:
    """The threads of an entry at every age, each with the drop-off that was usual along the threads before it."""
    from contentkit.stats.baselines import judged_at_their_ages
    from contentkit.views.stats_entry import MeasuredEntry

    judged, before = judged_at_their_ages(database, threads), _before(database, threads)
    return [
        MeasuredEntry(
            thread=thread,
            judged=tuple(one for one in judged if one.thread is thread),
            dropoff=_usual_dropoff(thread, before),
        )
        for thread in threads
    ]


def _before(database: Database, threads: Sequence[MeasuredThread]) -> list[MeasuredThread]:
    """What the accounts of these threads published in half a year before each, told at the ages at which these are judged."""
    from contentkit.stats.baselines import judged_age
    from contentkit.stats.measured import measured

    ages = {age for age in map(judged_age, threads) if age}
    if not ages:
        return []
    begun = [one.begun_at for one in threads]
    since = min(begun) - _HALF_A_YEAR
    return measured(database, since=since, until=max(begun), accounts={one.account for one in threads}, ages=ages)


def _usual_dropoff(thread: MeasuredThread, before: Iterable[MeasuredThread]) -> DropOff | None:
    """By the figure that this thread tells, at the age at which it is judged; None where it has no parts to compare."""
    from contentkit.stats.baselines import judged_age
    from contentkit.stats.dropoff import dropoff, shown_along

    age = judged_age(thread)
    told = shown_along(thread, age) if age else None
    if age is None or told is None:
        return None
    since, until = thread.begun_at - _HALF_A_YEAR, thread.begun_at
    on_account = [one for one in before if one.account == thread.account and since <= one.begun_at < until]
    return next((one for one in dropoff(on_account, age) if one.figure == told[0]), None)


def judged_since(
    database: Database, since: datetime, now: datetime, age: int, accounts: Collection[str]
) -> tuple[list[Judged], int]:
    """The threads begun since then, all at one age, and how many of them have a ratio."""
    from contentkit.stats.baselines import judged
    from contentkit.stats.measured import measured

    found = judged(database, measured(database, since=since, until=now, accounts=accounts, ages=[age]), age)
    return found, sum(one.ratio is not None for one in found)
