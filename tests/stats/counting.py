"""A network that counts, in memory: what it is told to answer, and what it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from contentkit.errors import PlatformError
from contentkit.platforms import Audience, Figures
from contentkit.stats.publications import Published

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass
class CountingConnection:
    """``told`` are the figures it knows; the failures come once each, in the order of the questions (None: no failure)."""

    told: dict[str, Figures] = field(default_factory=dict)
    batch: int = 20
    failures: list[PlatformError | None] = field(default_factory=list)
    followers: Audience = field(default_factory=lambda: Audience(followers=100, following=7))
    history: list[list[str]] = field(default_factory=list)

    def figures(self, remote_ids: Sequence[str]) -> dict[str, Figures]:
        self._ask(list(remote_ids))
        return {one: self.told[one] for one in remote_ids if one in self.told}

    def audience(self) -> Audience:
        self._ask(["audience"])
        return self.followers

    def _ask(self, question: list[str]) -> None:
        self.history.append(question)
        failure = self.failures.pop(0) if self.failures else None
        if failure:
            raise failure


class StandingClock:
    """Time that moves on by a minute whenever somebody looks."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now

    def now(self) -> datetime:
        self._now += timedelta(minutes=1)
        return self._now

    def uptime(self) -> float:
        return 0.0

    def boot(self) -> str:
        return ""

    def sleep(self, seconds: float) -> None:
        raise AssertionError("nothing waits here")


def thread(
    entry: str = "launch",
    parts: int = 3,
    *,
    account: str = "ours",
    at: datetime = NOW - timedelta(days=1),
    text: str = "",
) -> list[Published]:
    """A thread as the publisher knows it; its ids are ``launch-0``, ``launch-1`` and so on, a minute apart."""
    return [
        Published(
            entry=entry,
            account=account,
            platform="counting",
            part=part,
            parts=parts,
            post=part,
            remote_id=f"{entry}-{part}",
            url=f"https://social.example/{entry}-{part}",
            published_at=at + timedelta(minutes=part),
            text=text or None,
        )
        for part in range(parts)
    ]
