"""What the X server charges: the price list of 2026, in thousandths of a dollar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.servers.x_problems import credits_depleted


@dataclass(frozen=True, kw_only=True)
class PriceList:
    """Thousandths of a dollar. ``owned_read`` is what a read of own posts costs a user who owns the developer app."""

    create: int = 15
    create_with_link: int = 200
    summoned_reply: int = 10
    delete: int = 10
    media_metadata: int = 5
    read_post: int = 5
    read_user: int = 10
    owned_read: int = 1


@dataclass(frozen=True, kw_only=True)
class Charge:
    """One line of the bill: ``what`` is a name of the price list, ``resource`` the id that was read or made."""

    what: str
    price: int
    resource: str = ""


class Ledger:
    """The bill and what is left. A resource that was read is free for the rest of the day (UTC)."""

    def __init__(self, prices: PriceList, credit: int | None, account_id: str) -> None:
        self.prices = prices
        self._account_id = account_id
        self._read: set[tuple[str, str, str]] = set()
        self.credit = credit
        self.charges: list[Charge] = []

    @property
    def spent(self) -> int:
        return sum(charge.price for charge in self.charges)

    def price(self, what: str) -> int:
        price = getattr(self.prices, what)
        assert isinstance(price, int)
        return price

    def check(self, price: int) -> None:
        """Raises Problem 402 when there is not so much left."""
        if self.credit is not None and self.spent + price > self.credit:
            raise credits_depleted(self._account_id)

    def charge(self, what: str, resource: str = "") -> None:
        self.charges.append(Charge(what=what, price=self.price(what), resource=resource))

    def charge_reads(self, what: str, resources: Iterable[str], now: datetime) -> None:
        """Charges those that were not read today, all or none. Raises Problem 402."""
        day = now.astimezone(UTC).date().isoformat()
        asked = {one: (_kind(what), one, day) for one in resources}
        fresh = {one: reading for one, reading in asked.items() if reading not in self._read}
        self.check(len(fresh) * self.price(what))
        self._read |= set(fresh.values())
        for one in fresh:
            self.charge(what, one)


def _kind(what: str) -> str:
    """What is read, whatever it costs."""
    return "user" if what == "read_user" else "post"
