"""Where a connection notes what its network bills: before it asks, because nobody may live to do it after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from contentkit.errors import Unavailable
from contentkit.money.ledger import Slip
from contentkit.money.prices import Charge


class ReadsSpent(Unavailable):
    """Nothing was asked: the reads or the money of this month do not reach for it."""


class Tab(Protocol):
    """One account's tab. A request that is reserved and never settled stays charged: nobody knows whether it was billed."""

    def reserve(self, charges: Sequence[Charge]) -> Slip:
        """Notes what the next request may cost. Raises Unavailable when the account's budget has not so much left."""
        ...

    def settle(self, slip: Slip, billed: Sequence[Charge]) -> None:
        """What of it was billed, as the answer shows; nothing, when the network certainly never heard of it."""
        ...

    def affordable(self, charges: Sequence[Charge]) -> int:
        """How many of these, from the first on, the budget still allows."""
        ...


class NoTab:
    """Where nobody keeps a ledger: everything is allowed, and nothing is noted."""

    def reserve(self, charges: Sequence[Charge]) -> Slip:
        return Slip(at=datetime.min.replace(tzinfo=UTC), may=tuple(charges))

    def settle(self, slip: Slip, billed: Sequence[Charge]) -> None:
        """There is nothing to correct."""

    def affordable(self, charges: Sequence[Charge]) -> int:
        return len(charges)
