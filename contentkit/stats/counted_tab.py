"""A tab on which each read counts against ``[budget] reads``, too: nobody knows beforehand which posts a listing will hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import TYPE_CHECKING

from contentkit.clock import Clock
from contentkit.errors import Unavailable
from contentkit.money.ledger import Slip, days_of, months_of
from contentkit.money.prices import OURSELVES, Charge, Prices
from contentkit.platforms.billing import NoTab, ReadsSpent, Tab
from contentkit.stats.budget import spent
from contentkit.store.database import transaction
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

# What a listing may hold that was not read yet: charged before it is asked for, taken back when it is known.
_UNREAD = "to be listed"
_TAKE_BACK = f"""
INSERT INTO reads (day, platform, account, kind, remote_id, counts_as)
SELECT day, platform, account, kind, remote_id, -counts_as FROM reads AS mine
WHERE id = ? AND (remote_id = '{_UNREAD}' OR NOT EXISTS (
  SELECT 1 FROM reads AS later
  WHERE (later.day, later.platform, later.account, later.kind, later.remote_id)
      = (mine.day, mine.platform, mine.account, mine.kind, mine.remote_id) AND later.id > mine.id))"""  # noqa: S608 - our own words


@dataclass(kw_only=True)
class CountedTab:
    """One account's tab, for one request after the other. ``monthly`` is up to where the reads of the whole project may go.

    A request that is reserved and never settled stays charged, on the ``tab`` as well as here.
    """

    database: Database
    platform: str
    account: str
    monthly: int
    prices: Prices
    clock: Clock
    tab: Tab = field(default_factory=NoTab)
    _noted: list[tuple[int, Charge]] = field(default_factory=list, repr=False)

    def reserve(self, charges: Sequence[Charge]) -> Slip:
        """Raises ReadsSpent when the reads of this month, or the account's money, do not reach."""
        self._noted = []
        with transaction(self.database):
            fresh = [(day, one) for one in charges for day in self._days(one, self.clock.now())]
            if not self._reaches(fresh):
                raise ReadsSpent("the reads of this month do not reach ([budget] in contentkit.toml)", unheard=True)
            self._noted = [(self._note(day, one, self._cost(one)), one) for day, one in fresh]
        try:
            return self.tab.reserve(charges)
        except Unavailable as spent_up:
            self._take_back(one for _, one in self._noted)
            raise ReadsSpent(spent_up.message, hint=spent_up.hint, unheard=True) from None

    def settle(self, slip: Slip, billed: Sequence[Charge]) -> None:
        """Puts what was billed in the place of what the last request might have cost."""
        self.tab.settle(slip, billed)
        kept = {one for _, one in self._noted}
        self._take_back(kept - set(billed))
        with transaction(self.database):
            for one in billed:
                if one not in kept:
                    for day in self._days(one, slip.answered or self.clock.now()):
                        self._note(day, one, self._cost(one))

    def affordable(self, charges: Sequence[Charge]) -> int:
        """How many of these, from the first on, reads and money still allow."""
        most = self.tab.affordable(charges)
        fresh: list[tuple[date, Charge]] = []
        for number, one in enumerate(charges[:most]):
            fresh += [(day, one) for day in self._days(one, self.clock.now())]
            if not self._reaches(fresh):
                return number
        return most

    def _reaches(self, fresh: Iterable[tuple[date, Charge]]) -> bool:
        left = {month: self.monthly - spent(self.database, month) for month in months_of(self.clock.now())}
        for day, one in fresh:
            left[day.replace(day=1)] -= self._cost(one)
        return min(left.values()) >= 0

    def _days(self, one: Charge, at: datetime) -> list[date]:
        """The days on which it has still to be charged: of something that is not known yet, one in each month."""
        days = days_of(at)
        if not self._cost(one):
            return []
        if not one.is_daily:
            return list({day.replace(day=1): day for day in days}.values())
        return [day for day in days if self._standing(day, one) <= 0]

    def _cost(self, one: Charge) -> int:
        """In reads of one status, rounded up."""
        each = self.prices.read_post
        return int((one.price / each).to_integral_value("ROUND_CEILING")) if each else 0

    def _standing(self, day: date, one: Charge) -> int:
        query = """SELECT coalesce(sum(counts_as), 0) FROM reads
                   WHERE day = ? AND platform = ? AND account = ? AND kind = ? AND remote_id = ?"""
        return int(self.database.conn.execute(query, self._key(day, one)).fetchone()[0])

    def _note(self, day: date, one: Charge, counts_as: int) -> int:
        number = self.database.conn.execute(
            "INSERT INTO reads (day, platform, account, kind, remote_id, counts_as) VALUES (?, ?, ?, ?, ?, ?)",
            (*self._key(day, one), counts_as),
        ).lastrowid
        return int(number or 0)

    def _take_back(self, charges: Iterable[Charge]) -> None:
        """By rows of their own; what another command counted on meanwhile stays."""
        unbilled = set(charges)
        with transaction(self.database):
            self.database.conn.executemany(_TAKE_BACK, [(number,) for number, one in self._noted if one in unbilled])

    def _key(self, day: date, one: Charge) -> tuple[str, str, str, str, str]:
        kind = "account" if one.operation == "read_user" else "status"
        what = self.account if one.resource == OURSELVES else one.resource or _UNREAD
        return day.isoformat(), self.platform, self.account, kind, what
