"""A stage whose account is on the X server of these tests, which keeps a bill of its own to compare with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from contentkit.models import Account, Budget
from contentkit.money.prices import Cost, cost_of_part
from contentkit.platforms import Connection
from contentkit.platforms.session import Exchange, WatchedSession
from contentkit.platforms.x import X, XConnection
from contentkit.platforms.x_bill import PRICES
from contentkit.publishing.publications import Publication
from tests.publishing.stage import Stage, WoundClock

# Far from midnight: what is charged on two days is tested on its own.
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class UndatedSession(WatchedSession):
    """A server that does not tell its time, so that the clock here may be wound."""

    def request(self, *args: Any, **kwargs: Any) -> Exchange:
        exchange = super().request(*args, **kwargs)
        exchange.headers.pop("date", None)
        return exchange


def cost_on_x(account: Account, rows: Sequence[Publication]) -> Cost | None:
    """What these parts cost on X; nothing anywhere else."""
    if account.platform != "x":
        return None
    parts = (cost_of_part(row.text, [one.alt for one in row.media], PRICES, X().links) for row in rows)
    return Cost(parts=tuple(parts), prices=PRICES)


def stage_on_x(
    folder: Path,
    url: str,
    keys: Mapping[str, str],
    *,
    budget: str | None = None,
    daily: str | None = None,
    now: datetime = NOON,
    read_seconds: float = 0.7,
) -> Stage:
    """A stage with one account, ``mine``, on X at this address."""

    def connect(account: Account) -> Connection:
        return XConnection(replace(account, server=url), dict(keys), UndatedSession(url, connect=2, read=read_seconds))

    stage = Stage(folder, clock=WoundClock(now), connect=connect, cost=cost_on_x)
    set_budget(stage, budget, daily)
    return stage


def set_budget(stage: Stage, budget: str | None, daily: str | None = None) -> None:
    """What contentkit.toml says from now on."""
    month, day = (Decimal(words) if words else None for words in (budget, daily))
    limits = Budget(month=month, day=day) if budget or daily else None
    stage.accounts["mine"] = Account(name="mine", platform="x", budget=limits)


def spent(stage: Stage) -> Decimal:
    """What the ledger says of this month."""
    return stage.journal.ledger.spent("mine", stage.clock.now().date())
