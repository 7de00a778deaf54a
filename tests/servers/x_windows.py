"""Rate limits as X counts them: fixed windows that begin with their first request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

QUARTER = timedelta(minutes=15)
DAY = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class XLimits:
    """Requests in 15 minutes by endpoint (its method and path); ``per_user`` and ``per_app`` are creates in 24 hours."""

    quarter: Mapping[str, int] = field(
        default_factory=lambda: {
            "POST /2/tweets": 100,
            "DELETE /2/tweets/:id": 50,
            "GET /2/tweets": 5000,
            "GET /2/tweets/:id": 900,
            "GET /2/users/me": 75,
            "GET /2/users/:id/tweets": 900,
        }
    )
    anything_else: int = 500
    per_user: int = 10_000
    per_app: int = 10_000

    def of(self, endpoint: str) -> int:
        return self.quarter.get(endpoint, self.anything_else)


class Windows:
    """How many requests each window has seen."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[datetime, int]] = {}

    def take(self, name: str, limit: int, length: timedelta, now: datetime) -> tuple[int, datetime]:
        """Counts one request. How many are left after it (below zero: one too many), and when the window ends."""
        end, used = self._open.get(name, (now + length, 0))
        if now >= end:
            end, used = now + length, 0
        self._open[name] = (end, used + 1)
        return limit - used - 1, end


def headers(prefix: str, limit: int, left: int, reset: datetime) -> tuple[tuple[str, str], ...]:
    values = {"limit": limit, "remaining": max(left, 0), "reset": int(reset.timestamp())}
    return tuple((f"{prefix}-{name}", str(value)) for name, value in values.items())
