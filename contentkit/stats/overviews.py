"""What there is to see at a glance: the newest threads beside the usual, and how each account goes on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contentkit.stats.accounts import accounts_asked, accounts_published
from contentkit.stats.baselines import Judged, judged, lately
from contentkit.stats.clicks import Visits, visits_of
from contentkit.stats.growth import NEAR, Growth, growth
from contentkit.stats.measured import newest
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

# The age at which what is fresh is compared.
FRESH = 24
_LATELY = 12
_MONTH = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class AccountNow:
    """An account's followers over the last 30 days, and the engagement of its last threads at the age ``FRESH``."""

    growth: Growth
    lately: tuple[int | None, ...]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The newest threads, the newest first, and how many ``more`` were begun in the time that was asked for; the first accounts
    by name, and how many more there are; and the visits that the website had by the threads' links, by thread and account."""

    threads: tuple[Judged, ...]
    more: int
    accounts: tuple[AccountNow, ...]
    more_accounts: int = 0
    visits: Mapping[tuple[str, str], Sequence[Visits]] = field(default_factory=dict)


def overview(
    database: Database, *, since: datetime, now: datetime, limit: int, age: int | None, accounts: Collection[str] = ()
) -> Overview:
    """What was begun since then, each at this age, or at its own; and the accounts, of all if none is given; at most ``limit``
    of both."""
    names = sorted(accounts) or all_accounts(database)
    threads, begun = newest(database, since=since, limit=limit, accounts=accounts)
    return Overview(
        threads=tuple(judged(database, threads, age)),
        more=begun - len(threads),
        visits=visits_of(database, threads),
        accounts=tuple(accounts_now(database, names[:limit], now, age or FRESH)),
        more_accounts=len(names[limit:]),
    )


def accounts_now(database: Database, names: Sequence[str], now: datetime, age: int = FRESH) -> list[AccountNow]:
    """These accounts by name, up to now: what was told last counts also when a clock was ahead before."""
    if not names:
        return []
    fresh = lately(database, names, age, now + NEAR, _LATELY)
    grown = growth(database, since=now - _MONTH - NEAR, until=now + NEAR, accounts=names)
    return [AccountNow(growth=one, lately=tuple(fresh[one.account])) for one in grown]


def all_accounts(database: Database) -> list[str]:
    """Every account that published or was asked for its figures, by name."""
    return sorted({*accounts_asked(database), *accounts_published(database)})
