"""On what terms a network lets figures be read: in which order, how much of it, and what a request costs that fails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Literal, Protocol

from contentkit.stats.publications import Tracked

Kind = Literal["status", "account"]


class Terms(Protocol):
    """What is decided before a network is asked. ``caveat`` is what to say of a request that failed."""

    caveat: ClassVar[str]

    @property
    def reads(self) -> int:
        """What was charged so far, in reads of one status."""
        ...

    def cost(self) -> Decimal:
        """What that costs at most, in US dollars."""
        ...

    def in_turn(self, posts: Sequence[Tracked]) -> Sequence[Tracked]:
        """The posts in the order in which they are asked for; they come newest first."""
        ...

    def reserve(self, kind: Kind, remote_ids: Sequence[str], now: datetime) -> Sequence[str]:
        """Those that may be asked for now."""
        ...

    def release(self) -> None:
        """Takes back what the last ``reserve`` charged: the network never heard of it."""
        ...


class Free:
    """Reading costs nothing: everything is asked for."""

    caveat: ClassVar[str] = ""
    reads: ClassVar[int] = 0

    def cost(self) -> Decimal:
        """Nothing."""
        return Decimal(0)

    def in_turn(self, posts: Sequence[Tracked]) -> Sequence[Tracked]:
        """Asked longest ago first, so that a run goes on where one was interrupted."""
        return sorted(posts, key=lambda one: one.asked_at.timestamp() if one.asked_at else 0.0)

    def reserve(self, kind: Kind, remote_ids: Sequence[str], now: datetime) -> Sequence[str]:  # noqa: ARG002
        """All of them."""
        return remote_ids

    def release(self) -> None:
        """There is nothing to take back."""
