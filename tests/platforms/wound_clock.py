"""A clock for tests that wait."""

from __future__ import annotations

from datetime import UTC, datetime


class WoundClock:
    """A clock on which sleeping takes no time; ``naps`` are its sleeps in seconds, ``slept`` adds them up."""

    def __init__(self) -> None:
        self.naps: list[float] = []

    @property
    def slept(self) -> float:
        return sum(self.naps)

    def now(self) -> datetime:
        return datetime(2026, 11, 22, tzinfo=UTC)

    def uptime(self) -> float:
        return self.slept

    def boot(self) -> str:
        return "boot"

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
