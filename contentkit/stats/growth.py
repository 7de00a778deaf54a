"""Who follows an account, over time. Where another account stands behind a name, it begins anew."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from contentkit.stamps import moment_of, stamped
from contentkit.stats.accounts import accounts_asked
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

# A change since a moment needs a reading of about then.
NEAR = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How many followed at one moment (UTC)."""

    at: datetime
    followers: int


@dataclass(frozen=True, kw_only=True)
class Growth:
    """An account's followers over a range: ``readings`` are all that told them, the oldest first, of the one account on the
    network that stands behind the name at the end. ``before`` is the last one of at most ``NEAR`` before the range.

    ``began_anew`` says that another one stood behind the name earlier in the range. ``asked_at`` is when the account was last
    asked before the end of the range, also where it told nothing; None: never.
    """

    account: str
    before: Reading | None
    readings: tuple[Reading, ...]
    began_anew: bool
    asked_at: datetime | None

    @property
    def followers(self) -> int | None:
        """How many there were last in the range."""
        return self.readings[-1].followers if self.readings else None

    @property
    def first(self) -> Reading | None:
        """The reading from which the change counts: the one before the range, else the first within."""
        return self.before or (self.readings[0] if self.readings else None)

    @property
    def change(self) -> int | None:
        """From ``first`` to the last reading; None unless there are two."""
        if self.first is None or not self.readings or self.first is self.readings[-1]:
            return None
        return self.readings[-1].followers - self.first.followers

    def by_day(self, zone: tzinfo) -> list[tuple[date, int]]:
        """The last reading of each day of this zone that has one."""
        return list({one.at.astimezone(zone).date(): one.followers for one in self.readings}.items())

    def change_over(self, span: timedelta) -> int | None:
        """How the followers changed over the last ``span`` before the last reading; None unless one was told about then."""
        if not self.readings:
            return None
        last = self.readings[-1]
        known = [self.before, *self.readings] if self.before else [*self.readings]
        off = {abs(last.at - span - one.at): one.followers for one in reversed(known) if one is not last}
        nearest = min(off, default=None)
        return last.followers - off[nearest] if nearest is not None and nearest <= NEAR else None


def growth(database: Database, *, since: datetime, until: datetime, accounts: Collection[str] = ()) -> list[Growth]:
    """How the followers changed from ``since`` on and before ``until``, account by account, by name; of all that were ever asked
    for their figures if none is given. An account that was not asked in the range is there with nothing."""
    rows: dict[str, list[_Row]] = {name: [] for name in sorted(accounts or accounts_asked(database))}
    wanted, before = json.dumps([*rows]), stamped(until)
    for account, *told in database.conn.execute(_ASKED, (wanted, stamped(since - NEAR), before)):
        rows[account].append(_Row._make(told))
    last = dict(database.conn.execute(_LAST_ASKED, (before, wanted)))
    return [
        _growth(account, own, since, moment_of(last[account]) if last[account] else None)
        for account, own in rows.items()
    ]


# In the order in which they were added: clocks are set back, ids are not.
_ASKED = """
SELECT account, taken_at, followers, server, owner FROM json_each(?)
CROSS JOIN account_snapshots ON account = value AND taken_at >= ? AND taken_at < ? ORDER BY account_snapshots.id"""
_LAST_ASKED = """
SELECT value, (SELECT max(taken_at) FROM account_snapshots WHERE account = value AND taken_at < ?) FROM json_each(?)"""


class _Row(NamedTuple):
    """One reading of an account: its followers, None where they were not told, and whose it was."""

    taken_at: str
    followers: int | None
    server: str
    owner: str


def _growth(account: str, rows: Sequence[_Row], since: datetime, asked_at: datetime | None) -> Growth:
    whose = [next(filter(None, reversed(told)), "") for told in zip(*(row[2:] for row in rows), strict=True)]
    own = [row for row in rows if _may_be_of(row[2:], whose)]
    told = [Reading(at=moment_of(row.taken_at), followers=row.followers) for row in own if row.followers is not None]
    within = sorted((one for one in told if one.at >= since), key=lambda one: one.at)
    return Growth(
        account=account,
        before=max((one for one in told if one.at < since), key=lambda one: one.at, default=None),
        readings=tuple(within),
        began_anew=any(row not in own for row in rows if moment_of(row.taken_at) >= since),
        asked_at=asked_at,
    )


def _may_be_of(row: Sequence[str], whose: Sequence[str]) -> bool:
    """Whether server and owner are these, as far as they were known: X is not asked who we are only to learn it."""
    return all(one in ("", known) for one, known in zip(row, whose, strict=True))
