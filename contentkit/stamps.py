"""Times as text that compares as time does: UTC, with a fixed width."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime


def stamped(moment: datetime) -> str:
    """An aware time to the second, as files and figures keep it: ``2026-11-24T15:30:00Z``."""
    return _utc(moment, "seconds")


def stamped_finely(moment: datetime) -> str:
    """An aware time to the millisecond, as the journal keeps it: ``2026-11-24T15:30:00.250Z``."""
    return _utc(moment, "milliseconds")


def moment_of(stamp: str) -> datetime:
    """The time of a stamp. Raises ValueError for what is none."""
    return datetime.fromisoformat(stamp.replace("Z", "+00:00"))


def moment_if_any(stamp: str | None) -> datetime | None:
    """The time of a stamp; None where there is none."""
    return moment_of(stamp) if stamp else None


def latest_of(moments: Iterable[datetime]) -> datetime | None:
    """The last of them in UTC, None of none. Of one zone Python compares clocks, also in an hour that comes twice."""
    return max(moments, key=lambda moment: moment.astimezone(UTC), default=None)


def _utc(moment: datetime, precision: str) -> str:
    return moment.astimezone(UTC).isoformat(timespec=precision).replace("+00:00", "Z")
