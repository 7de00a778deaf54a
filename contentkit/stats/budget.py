"""What reading figures costs where a network bills it, and the limit that a project sets to it.

The unit is the read of one status; what costs more counts as several. The one network that bills (X) does so once a UTC day
for each thing, so what was read today is free until midnight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from contentkit.money.ledger import days_of, following, months_of
from contentkit.money.prices import OURSELVES, Charge, Prices
from contentkit.platforms.billing import NoTab, Tab
from contentkit.stats.publications import Tracked
from contentkit.stats.terms import Kind
from contentkit.store.database import transaction
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database


def monthly_bill(reads: int, prices: Prices) -> Decimal:
    """What so many reads cost at most, in US dollars."""
    return reads * prices.read_post


def spent(database: Database, month: date) -> int:
    """The reads that were charged in the calendar month (UTC) of this day."""
    first = month.replace(day=1)
    query = "SELECT coalesce(sum(counts_as), 0) FROM reads WHERE day >= ? AND day < ?"
    return int(database.conn.execute(query, (first.isoformat(), following(first).isoformat())).fetchone()[0])


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What may be read of one account of a network that bills it: ``monthly`` reads for the whole project.

    The connection notes on the ``tab`` what its requests cost; here it says how far the account's money reaches.
    """

    caveat: ClassVar[str] = "what was asked for stays charged to the budget: nobody knows whether the network billed it"
    database: Database
    platform: str
    account: str
    monthly: int
    prices: Prices
    tab: Tab = field(default_factory=NoTab)
    _charges: dict[int, int] = field(default_factory=dict, repr=False)
    _counted: list[int] = field(default_factory=list, repr=False)

    @property
    def reads(self) -> int:
        """What was charged and not taken back since this was made."""
        return sum(self._counted)

    def cost(self) -> Decimal:
        """What that costs at most, in US dollars."""
        return monthly_bill(self.reads, self.prices)

    def share(self, now: datetime) -> int:
        """The reads that the month so far has left, if each of its days had as many."""
        first = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        whole = datetime.combine(following(first.date()), time(), UTC) - first
        return max(0, int(self.monthly * ((now - first) / whole)) - spent(self.database, first.date()))

    def in_turn(self, posts: Sequence[Tracked]) -> Sequence[Tracked]:
        """The newest first: what is left in the budget goes where most still changes."""
        return posts

    def reserve(self, kind: Kind, remote_ids: Sequence[str], now: datetime) -> list[str]:
        """Those that may be asked for now, the first ones first; they are charged before anything is asked.

        One transaction decides, so that two commands together stay within the limit. A request that fails stays
        charged: nobody knows what the network made of it, unless it never heard of it (``release``).
        """
        self._charges.clear()
        affordable = self.tab.affordable([self._charge(kind, one) for one in remote_ids])
        with transaction(self.database):
            left = {month: self.monthly - spent(self.database, month) for month in months_of(now)}
            return [one for one in remote_ids[:affordable] if self._charged(kind, one, now, left)]

    def release(self) -> None:
        """Takes back what the last ``reserve`` charged, by rows of their own: nothing in the ledger is ever changed.

        What another command counted on meanwhile stays: its request may have been billed.
        """
        with transaction(self.database):
            for charge, counts_as in self._charges.items():
                taken_back = self.database.conn.execute(
                    """INSERT INTO reads (day, platform, account, kind, remote_id, counts_as)
                       SELECT day, platform, account, kind, remote_id, -counts_as FROM reads AS mine
                       WHERE id = ? AND NOT EXISTS (
                         SELECT 1 FROM reads AS later
                         WHERE (later.day, later.platform, later.account, later.kind, later.remote_id)
                             = (mine.day, mine.platform, mine.account, mine.kind, mine.remote_id) AND later.id > mine.id)""",
                    (charge,),
                )
                self._counted.append(-counts_as * taken_back.rowcount)
        self._charges.clear()

    def _charged(self, kind: Kind, remote_id: str, now: datetime, left: dict[date, int]) -> bool:
        """Whether this one is free or could be paid for; ``left`` is what each month has left."""
        cost = self._cost(kind)
        rows = {day: self._rows(kind, remote_id, day) for day in days_of(now)}
        days = [day for day in rows if sum(rows[day]) <= 0]
        months = [day.replace(day=1) for day in days]
        if any(left[month] < cost * months.count(month) for month in months):
            return False
        for day in days:
            left[day.replace(day=1)] -= cost
            self._charges[self._add(kind, remote_id, day, cost)] = cost
            self._counted.append(cost)
        for day in rows.keys() - set(days):
            # Two rows that cancel out, once, after that of whoever charged it, and may be asking still: it is counted on.
            if rows[day][-1] > 0:
                self._add(kind, remote_id, day, cost)
                self._add(kind, remote_id, day, -cost)
        return True

    def _add(self, kind: Kind, remote_id: str, day: date, counts_as: int) -> int:
        number = self.database.conn.execute(
            "INSERT INTO reads (day, platform, account, kind, remote_id, counts_as) VALUES (?, ?, ?, ?, ?, ?)",
            (day.isoformat(), self.platform, self.account, kind, remote_id, counts_as),
        ).lastrowid
        return int(number or 0)

    def _charge(self, kind: Kind, remote_id: str) -> Charge:
        """What the network bills for it."""
        if kind == "status":
            return Charge(operation="read_post", price=self.prices.read_post, resource=remote_id)
        return Charge(operation="read_user", price=self.prices.read_user, resource=OURSELVES)

    def _cost(self, kind: Kind) -> int:
        """In reads of one status, rounded up."""
        if kind == "status" or not self.prices.read_post:
            return 1
        return max(1, int((self.prices.read_user / self.prices.read_post).to_integral_value("ROUND_CEILING")))

    def _rows(self, kind: Kind, remote_id: str, day: date) -> list[int]:
        """What was charged for it and taken back on this day, in order."""
        found = self.database.conn.execute(
            """SELECT counts_as FROM reads
               WHERE day = ? AND platform = ? AND account = ? AND kind = ? AND remote_id = ? ORDER BY id""",
            (day.isoformat(), self.platform, self.account, kind, remote_id),
        )
        return [int(row[0]) for row in found.fetchall()]
