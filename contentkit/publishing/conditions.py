"""Pages that must be there before a thread may begin: looked at between threads, once for all accounts, never for long.

While a page is looked at, no right to send anything is held: whatever it does, nothing is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from contentkit.clock import Clock
from contentkit.models import Condition
from contentkit.patterns import regex
from contentkit.text import one_line

Look = Callable[[Condition, float], str]
# What looking may take in one run, and at one page, in seconds: what is due on the accounts waits meanwhile.
SECONDS_IN_A_RUN = 20.0
SECONDS_FOR_A_PAGE = 10.0
# What a page said counts for so long.
_FRESH_SECONDS = 60.0
# In each minute's run of cron at first, which begins some seconds earlier or later; after hours each quarter of an hour.
_SHORTEST, _LONGEST, _SHARE = timedelta(seconds=50), timedelta(minutes=15), 10
_SECRET = regex(r"(?<=://)[^/?#]*@|[?#].*", re.S)


class Looks:
    """What pages said in one run, and how much longer looking at them may take."""

    def __init__(self, look: Look, clock: Clock) -> None:
        self._look = look
        self._clock = clock
        self._seconds = SECONDS_IN_A_RUN
        self._said: dict[Condition, tuple[float, str]] = {}

    def known(self, condition: Condition) -> str | None:
        """Why this is not met, or nothing when it is; None while nobody has looked in this run."""
        return self._said[condition][1] if condition in self._said else None

    def look(self, condition: Condition) -> None:
        """Looks at a page, unless somebody has in this run, or looking has taken too long already."""
        if condition not in self._said and self._seconds > 0:
            self._ask(condition, min(self._seconds, SECONDS_FOR_A_PAGE))

    def look_again(self, condition: Condition) -> None:
        """Looks at a page once more if what it said is no longer fresh: uploads may take minutes."""
        if condition in self._said and self._clock.uptime() - self._said[condition][0] > _FRESH_SECONDS:
            self._ask(condition, SECONDS_FOR_A_PAGE)

    def _ask(self, condition: Condition, seconds: float) -> None:
        begun = self._clock.uptime()
        said = self._look(condition, seconds)
        self._seconds -= self._clock.uptime() - begun
        self._said[condition] = (self._clock.uptime(), one_line(said, 200))


def awaited(condition: Condition) -> str:
    """What is waited for, in words. Of the address nothing is told that may be a key."""
    address = one_line(_SECRET.sub("", condition.url), 120)
    says = f"say '{one_line(condition.contains, 60)}'" if condition.contains.strip() else "be there"
    return f"waits for {address} to {says}"


def next_look(due: datetime, now: datetime, last: datetime) -> datetime:
    """When to look again at a page for a thread that was due: ever more seldom, and once more at the ``last`` moment."""
    wait = min(max((now - due) / _SHARE, _SHORTEST), _LONGEST)
    return max(min(now + wait, last), now + _SHORTEST)
