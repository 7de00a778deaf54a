"""What the X server charges: the price list of 2026, in thousandths of a dollar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


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

    def __init__(self, prices: PriceList, credit: int | None) -> None:
        self._prices = prices
        self._read: set[tuple[str, str, str]] = set()
        self.credit = credit
        self.charges: list[Charge] = []

    @property
    def spent(self) -> int:
        return sum(charge.price for charge in self.charges)

    def price(self, what: str) -> int:
        price = getattr(self._prices, what)
        assert isinstance(price, int)
        return price

    def affords(self, price: int) -> bool:
        return self.credit is None or self.spent + price <= self.credit

    def charge(self, what: str, resource: str = "") -> None:
        self.charges.append(Charge(what=what, price=self.price(what), resource=resource))

    def unread(self, what: str, resources: Iterable[str], now: datetime) -> list[str]:
        """Those of the resources that would be charged today, each once."""
        day = now.astimezone(UTC).date().isoformat()
        fresh = dict.fromkeys(one for one in resources if (_kind(what), one, day) not in self._read)
        return list(fresh)

    def charge_reads(self, what: str, resources: Iterable[str], now: datetime) -> None:
        day = now.astimezone(UTC).date().isoformat()
        for one in self.unread(what, resources, now):
            self._read.add((_kind(what), one, day))
            self.charge(what, one)


def _kind(what: str) -> str:
    """What is read, whatever it costs."""
    return "user" if what == "read_user" else "post"
