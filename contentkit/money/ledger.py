"""What was asked of networks that bill: noted before it is asked, corrected when it is answered, never changed.

The table has the same shape wherever it stands. A charge that turned out not to be one is taken back by a row of its own.
Whatever happens to a program in the middle of a request, the ledger says at least what the network billed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, Protocol

from contentkit.clock import Clock
from contentkit.errors import Unavailable
from contentkit.money.ledger_table import COPIED, ROWS, TAKE_OVER, TOTAL
from contentkit.money.prices import NOTHING, Charge, dollars, from_micros, micros
from contentkit.stamps import stamped_finely
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.models import Budget

# Near midnight nobody knows on which day a request is billed: clocks differ (by five minutes at most), and an answer takes its
# time (less than two).
_AROUND_MIDNIGHT = timedelta(minutes=7)
# No request takes longer than this.
_UNDER_WAY = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What was noted of one request: what it ``may`` cost, and the ledger's ``rows`` that say so; what was free has none.

    ``answered`` is what the network's own clock said in its answer, if it did.
    """

    at: datetime
    answered: datetime | None = None
    may: tuple[Charge, ...] = ()
    rows: tuple[tuple[int, Charge], ...] = field(default=(), repr=False)


class Rows(Protocol):
    """What a statement gave."""

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...


class Statements(Protocol):
    """What carries out statements: SQLite's own connection, or one that several threads share, or PostgreSQL's."""

    def execute(self, statement: str, values: Any = ..., /) -> Rows: ...


@dataclass(frozen=True)
class _Limited:
    """The days from ``first`` on and before ``end``, in which no more than the ``limit`` may be spent; ``key`` is its setting."""

    key: Literal["month", "day"]
    first: date
    end: date
    limit: Decimal

    def has(self, day: date) -> bool:
        return self.first <= day < self.end


class Ledger:
    """The ledger of an open database. ``charge`` and ``take_back`` are part of the caller's transaction."""

    def __init__(
        self, connection: Statements, clock: Clock, transaction: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._db = connection
        self._clock = clock
        self._transaction = transaction

    def spent(self, account: str, day: date) -> Decimal:
        """What was charged to the account in the calendar month (UTC) of this day."""
        first = day.replace(day=1)
        return self._spent(account, first, following(first))

    def spent_on(self, account: str, day: date) -> Decimal:
        """What was charged to the account on this day (UTC)."""
        return self._spent(account, day, day + timedelta(days=1))

    def _spent(self, account: str, first: date, end: date) -> Decimal:
        total = self._db.execute(TOTAL, (account, first.isoformat(), end.isoformat())).fetchone()[0]
        return from_micros(total)

    def rows_after(self, number: int, since: date = date.min) -> list[dict[str, Any]]:
        """Its rows from the one after this number on, of days since then, oldest first; as ``take_over`` wants them."""
        rows = self._db.execute(ROWS, (number, since.isoformat())).fetchall()
        return [dict(zip(COPIED, row, strict=True)) for row in rows]

    def take_over(self, rows: Iterable[dict[str, Any]]) -> None:
        """Adds those rows of another ledger that are not here: where they were noted, is lost."""
        with self._transaction():
            for row in rows:
                self._db.execute(TAKE_OVER, row)

    def reserve(self, account: str, charges: Sequence[Charge], budget: Budget | None) -> Slip:
        """Notes what a request may cost, durably, before it is sent. Raises Unavailable when the budget has not so much left."""
        with self._transaction():
            return self.charge(account, charges, budget)

    def settle(self, account: str, slip: Slip, billed: Sequence[Charge]) -> None:
        """Puts what an answer says was billed in the place of what the request might have cost.

        It was billed on the day of the network's clock.
        """
        kept = {charge for _, charge in slip.rows}
        at = slip.answered or slip.at
        if set(billed) == set(slip.may) == kept and set(days_of(at)) <= set(days_of(slip.at)):
            return
        with self._transaction():
            self._take_back(number for number, charge in slip.rows if charge not in billed)
            # What was free because another request had noted it may have been taken back by that one meanwhile.
            made = [one for one in billed if one.is_daily or one not in kept]
            fresh = list(self._fresh(account, made, at))
            self._share(account, set(made) - kept - {charge for _, charge in fresh}, self._clock.now())
            for day, charge in fresh:
                self._add(account, day, charge)

    def affordable(self, account: str, charges: Sequence[Charge], budget: Budget | None) -> int:
        """How many of these, from the first on, the budget allows now."""
        if budget is None:
            return len(charges)
        now = self._clock.now()
        left = {span: span.limit - self._spent(account, span.first, span.end) for span in _limited(budget, now)}
        for number, charge in enumerate(charges):
            days = [day for day, _ in self._fresh(account, [charge], now)]
            for span in left:
                left[span] -= charge.price * sum(map(span.has, days))
            if days and min(left.values()) < 0:
                return number
        return len(charges)

    def check(self, account: str, need: Decimal, budget: Budget | None) -> None:
        """Raises Unavailable when the budget of this month, or of this day, has not so much left."""
        if budget is None or not need:
            return
        for span in _limited(budget, self._clock.now()):
            spent = self._spent(account, span.first, span.end)
            if spent + need > span.limit:
                raise _used_up(account, span, spent, need)

    def charge(
        self, account: str, charges: Sequence[Charge], budget: Budget | None, besides: Decimal = NOTHING
    ) -> Slip:
        """Notes these if the budget has so much left, and ``besides`` for what must follow. Raises Unavailable if not."""
        now = self._clock.now()
        fresh = list(self._fresh(account, charges, now))
        self.check(account, max(_sum_in(fresh, month) for month in months_of(now)) + besides, budget)
        self._share(account, charges, now)
        rows = tuple((self._add(account, day, charge), charge) for day, charge in fresh)
        return Slip(at=now, may=tuple(charges), rows=rows)

    def take_back(self, account: str, resource: str) -> None:
        """What was charged for this was certainly not billed."""
        standing = self._db.execute(
            """SELECT id FROM ledger WHERE account = ? AND resource = ? AND takes_back IS NULL
                 AND id NOT IN (SELECT takes_back FROM ledger WHERE takes_back IS NOT NULL)""",
            (account, resource),
        ).fetchall()
        self._take_back(row[0] for row in standing)

    def _take_back(self, numbers: Iterable[int]) -> None:
        """Those of these rows that still stand."""
        for number in list(numbers):
            self._db.execute(
                """INSERT INTO ledger (at, day, account, operation, resource, micros, takes_back)
                   SELECT ?2, day, account, operation, resource, -micros, id FROM ledger
                   WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM ledger WHERE takes_back = ?1)""",
                (number, stamped_finely(self._clock.now())),
            )

    def _share(self, account: str, charges: Iterable[Charge], now: datetime) -> None:
        """What another request, perhaps still under way, noted of these is noted anew, so that it takes none of it back.

        It may fail unheard while this one is billed. Neither takes back what is noted here.
        """
        for charge in {one for one in charges if one.is_daily}:
            for day in days_of(now):
                row = self._db.execute(
                    """SELECT id FROM ledger WHERE account = ? AND day = ? AND operation = ? AND resource = ?
                         AND takes_back IS NULL AND at > ?
                         AND NOT EXISTS (SELECT 1 FROM ledger AS later WHERE later.takes_back = ledger.id)""",
                    (account, day.isoformat(), charge.operation, charge.resource, stamped_finely(now - _UNDER_WAY)),
                ).fetchone()
                if row:
                    self._take_back([row[0]])
                    self._add(account, day, charge)

    def _fresh(self, account: str, charges: Iterable[Charge], at: datetime) -> Iterator[tuple[date, Charge]]:
        """What of this is not paid for yet, with the days on which it may be billed."""
        seen: set[Charge] = set()
        for charge in charges:
            if not charge.price or (charge.is_daily and charge in seen):
                continue
            seen.add(charge)
            if charge.is_daily:
                yield from ((day, charge) for day in days_of(at) if not self._stands(account, charge, day))
            else:
                # Billed once, but in which month?
                yield from ((day, charge) for day in {day.replace(day=1): day for day in days_of(at)}.values())

    def _stands(self, account: str, charge: Charge, day: date) -> bool:
        found = self._db.execute(
            """SELECT coalesce(sum(micros), 0) FROM ledger
               WHERE account = ? AND day = ? AND operation = ? AND resource = ?""",
            (account, day.isoformat(), charge.operation, charge.resource),
        ).fetchone()
        return int(found[0]) > 0

    def _add(self, account: str, day: date, charge: Charge) -> int:
        added = self._db.execute(
            "INSERT INTO ledger (at, day, account, operation, resource, micros) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (
                stamped_finely(self._clock.now()), day.isoformat(), account, charge.operation, charge.resource,
                micros(charge.price),
            ),
        ).fetchone()  # fmt: skip
        return int(added[0])


@dataclass(frozen=True)
class AccountTab:
    """What an account's connection notes into a ledger, within its budget."""

    ledger: Ledger
    account: str
    budget: Budget | None

    def reserve(self, charges: Sequence[Charge]) -> Slip:
        return self.ledger.reserve(self.account, charges, self.budget)

    def settle(self, slip: Slip, billed: Sequence[Charge]) -> None:
        self.ledger.settle(self.account, slip, billed)

    def affordable(self, charges: Sequence[Charge]) -> int:
        return self.ledger.affordable(self.account, charges, self.budget)


def days_of(now: datetime) -> list[date]:
    """The UTC days on which a request of this moment may be billed: one, or two near midnight."""
    moments = (now.astimezone(UTC) + distance for distance in (-_AROUND_MIDNIGHT, _AROUND_MIDNIGHT))
    return sorted({moment.date() for moment in moments})


def months_of(now: datetime) -> list[date]:
    """The first days of the months of those days."""
    return sorted({day.replace(day=1) for day in days_of(now)})


def following(first: date) -> date:
    """The first day of the next month."""
    return (first + timedelta(days=31)).replace(day=1)


def _limited(budget: Budget, now: datetime) -> list[_Limited]:
    """The months and days of a request of this moment, as far as the budget limits them.

    Near midnight two days share the budget of one: what was billed on either is not known.
    """
    spans: list[_Limited] = []
    if budget.month is not None:
        spans += [_Limited("month", month, following(month), budget.month) for month in months_of(now)]
    if budget.day is not None:
        days = days_of(now)
        spans.append(_Limited("day", days[0], days[-1] + timedelta(days=1), budget.day))
    return spans


def _sum_in(fresh: Iterable[tuple[date, Charge]], month: date) -> Decimal:
    return sum((charge.price for day, charge in fresh if day.replace(day=1) == month), NOTHING)


def _used_up(account: str, span: _Limited, spent: Decimal, need: Decimal) -> Unavailable:
    """What to say when the money is gone. Nothing was sent, and the account waits as for a network that wants money."""
    if span.key == "day":
        next_day = span.first + timedelta(days=1)
        of, then = f"{span.first.day} {span.first:%B}", f"from {next_day.day} {next_day:%B} (UTC) on"
    else:
        of, then = f"{span.first:%B}", f"in {span.end:%B}"
    # What is dearer than all of it does not go on by itself.
    goes_on = f"it goes on {then}, or when" if need <= span.limit else "it goes on when"
    return Unavailable(
        f"the budget of {of} does not reach: {dollars(spent)} of {dollars(span.limit)} are spent, and this needs "
        f"{dollars(need)}",
        hint=f"{goes_on} [accounts.{account}.budget] {span.key} allows more",
        pauses_account=True,
        unheard=True,
    )
