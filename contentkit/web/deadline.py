"""One time for everything that belongs together: names, connections, redirects, headers, bodies."""

from __future__ import annotations

import time

from contentkit.values import dataclass


class OutOfTime(TimeoutError):
    """The time for the whole of it is over."""


@dataclass(frozen=True)
class Deadline:
    """A moment of the monotonic clock, in seconds."""

    end: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """The seconds that are left, more than none. Raises OutOfTime."""
        seconds = self.end - time.monotonic()
        if seconds <= 0:
            raise OutOfTime
        return seconds
