"""What a network bills, and what a thread will cost there. US dollars, as decimals; no binary fraction anywhere.

The prices of the networks that are built in stand in ``prices.toml``, dated. Where it is not certain what a network will
bill, the larger price is taken.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from contentkit.models import Rendition
from contentkit.values import dataclass

Operation = Literal[
    "create",
    "create_with_link",
    "summoned_reply",
    "delete",
    "media_metadata",
    "read_post",
    "read_own_post",
    "read_user",
]
OPERATIONS: tuple[Operation, ...] = get_args(Operation)
Spans = Callable[[str], Sequence[tuple[int, int]]]
NOTHING = Decimal(0)
# What the ledger calls the account itself where it is read.
OURSELVES = "ourselves"
# The ledger counts in whole numbers of these.
MICRO = Decimal("0.000001")
_FILE = Path(__file__).with_name("prices.toml")


@dataclass(frozen=True, kw_only=True)
class Prices:
    """What one network bills for each operation; what it does not bill is 0. ``as_of`` and ``source`` say since when and where.

    Raises ValueError for a price that is negative, or finer than a millionth of a dollar.
    """

    create: Decimal = NOTHING
    create_with_link: Decimal = NOTHING
    summoned_reply: Decimal = NOTHING
    delete: Decimal = NOTHING
    media_metadata: Decimal = NOTHING
    read_post: Decimal = NOTHING
    read_own_post: Decimal = NOTHING
    read_user: Decimal = NOTHING
    as_of: date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        for operation in OPERATIONS:
            price = self.of(operation)
            if not price.is_finite() or price < 0 or price % MICRO:
                raise ValueError(f"{operation}: {price} is no price in US dollars")

    def of(self, operation: Operation) -> Decimal:
        """The price of one operation."""
        price: Decimal = getattr(self, operation)
        return price


@dataclass(frozen=True, kw_only=True)
class Charge:
    """One thing that a network may bill. What is read is billed once a UTC day: ``resource`` names it. What is made anew each
    time has a resource of its own each time, or none."""

    operation: Operation
    price: Decimal
    resource: str = ""

    @property
    def is_daily(self) -> bool:
        """Whether it is billed only once a day, however often it is asked for."""
        return bool(self.resource) and self.operation in ("read_post", "read_own_post", "read_user")


@cache
def prices_of(platform: str) -> Prices:
    """The prices of a network that is built in. Raises KeyError for one that ``prices.toml`` does not have."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"), parse_float=Decimal)[platform]
    return Prices(**{field.name: table[field.name] for field in fields(Prices)})


@dataclass(frozen=True, kw_only=True)
class PartCost:
    """What one part will cost: ``post`` is the status itself, ``alts`` its alt texts; ``links`` are what makes it dearer."""

    post: Decimal
    alts: Decimal = NOTHING
    links: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        return self.post + self.alts


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a thread will cost. ``reading`` is what looking at it once more costs, to make sure of every part; it comes on top
    of ``total``. ``saving`` is what it would cost less with all of its links in one part; ``prices`` are what was counted with.
    """

    parts: tuple[PartCost, ...]
    prices: Prices

    @property
    def total(self) -> Decimal:
        return sum((part.total for part in self.parts), NOTHING)

    @property
    def reading(self) -> Decimal:
        return len(self.parts) * self.prices.read_post

    @property
    def linked(self) -> int:
        """How many parts have a link."""
        return sum(bool(part.links) for part in self.parts)

    @property
    def saving(self) -> Decimal:
        dearer = self.prices.create_with_link - self.prices.create
        return max(NOTHING, (self.linked - 1) * dearer) if self.linked else NOTHING


def cost_of_part(text: str, alts: Iterable[str], prices: Prices, links: Spans) -> PartCost:
    """What creating one part costs; ``links`` gives the places of what the network makes links of.

    A dotted name that the network makes a link of costs as one. An alt text that is empty is never sent.
    """
    found = tuple(text[start:end] for start, end in links(text))
    return PartCost(
        post=max(prices.create, prices.create_with_link) if found else prices.create,
        alts=sum(bool(alt) for alt in alts) * prices.media_metadata,
        links=found,
    )


def cost_of(rendition: Rendition, prices: Prices, links: Spans) -> Cost:
    """What the thread costs on its account, part by part."""
    parts = (cost_of_part(part.text, [media.alt for media in part.media], prices, links) for part in rendition.parts)
    return Cost(parts=tuple(parts), prices=prices)


def dollars(amount: Decimal) -> str:
    """An amount as people write it, exactly: ``$1.60``, ``$0.305``."""
    words = f"{amount.normalize():f}"
    _, _, cents = words.partition(".")
    return f"${words}" if len(cents) >= 2 else f"${amount:.2f}"


def micros(amount: Decimal) -> int:
    """The amount in millionths of a dollar, rounded up."""
    return int((amount / MICRO).to_integral_value("ROUND_CEILING"))


def from_micros(count: int) -> Decimal:
    """So many millionths of a dollar."""
    return count * MICRO
