"""What a network showed a moment ago, so that the next thread of an account in the same run need not ask for it again."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.clock import Clock
from contentkit.models import Limits
from contentkit.platforms import Connection, Status

# A moment, in seconds: what a thread asks for and when it sends may lie as far apart anyway.
MOMENT = 10.0


class Seen:
    """The limits of one account and its newest statuses, in one run.

    Statuses count as seen only as long as nothing was attempted since: ``forget`` is called before each attempt, ``add`` after
    the look that ends a thread.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._limits: tuple[float, Limits] | None = None
        self._statuses: list[Status] = []
        self._at: float | None = None

    def limits(self, connection: Connection) -> Limits:
        """What the network takes. Raises what the connection raises."""
        if self._limits is None or not self._is_fresh(self._limits[0]):
            self._limits = self._clock.uptime(), connection.limits()
        return self._limits[1]

    def newest(self, connection: Connection) -> Sequence[Status]:
        """The newest own statuses, newest first. Raises Unavailable."""
        if self._at is None or not self._is_fresh(self._at):
            self.add(connection.recent(""), "")
        return self._statuses

    def add(self, recent: Sequence[Status], after: str) -> None:
        """A look that went back to this status, or was at the newest page: what was seen before stands below it.

        Where that status was not seen before, nobody knows what stands below.
        """
        before = [status.remote_id for status in self._statuses]
        is_whole = not after or after in before
        below = self._statuses[before.index(after) :] if after and is_whole else []
        self._statuses = [*recent, *below]
        self._at = self._clock.uptime() if is_whole else None

    def forget(self) -> None:
        """Something is attempted now: what stands on the network is asked for before the next thread."""
        self._at = None

    def _is_fresh(self, at: float) -> bool:
        return self._clock.uptime() - at <= MOMENT
