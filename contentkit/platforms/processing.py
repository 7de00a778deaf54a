"""Waits while a network processes a picture or film that was uploaded to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TypeVar

from contentkit.clock import Clock
from contentkit.errors import Unavailable

LONGEST_PROCESSING = timedelta(minutes=5)

Found = TypeVar("Found")


def until_ready(look: Callable[[], Found | None], pauses: Iterable[float], clock: Clock) -> Found | None:
    """What ``look`` finds, as soon as it finds anything; None when the time is over. ``pauses`` are seconds before each look.

    A look that fails is done again. Raises Unavailable when the network asks to wait longer, or nothing works on the account.
    """
    end = clock.uptime() + LONGEST_PROCESSING.total_seconds()
    for seconds in pauses:
        if clock.uptime() + seconds > end:
            return None
        clock.sleep(seconds)
        try:
            found = look()
        except Unavailable as failure:
            if failure.wait or failure.pauses_account:
                raise
            continue
        if found is not None:
            return found
    return None
