"""Tickets: what an engine carries. A ticket says only where something may be due, never what, and nothing is lost with it.

Whoever hands tickets over looks at the journal and not at the engine: as long as something is due, its ticket is handed over
again. So a ticket may be lost, brought twice, or come late, and the engine's tables may be emptied at any time.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from contentkit.errors import StateError

# So many tickets wait at most: engines look for the next one among all that wait.
MOST_WAITING = 400
# How often a worker says that it lives, and after which silence its tickets are given up, in seconds.
HEARTBEAT = 5.0
STALLED = 15.0
# How long it may take until a worker that is to end notices it, in seconds.
_NOTICES = 0.1
# How long an engine's connection waits for the database, in seconds.
PATIENCE = 5.0

# Does what is due at the place that a ticket names. It raises nothing.
Work = Callable[[str], None]


class EngineAway(StateError):
    """the engine's tables cannot be reached"""


class Engine(Protocol):
    """Carries tickets from one feeder to many workers. Each method raises EngineAway when the database cannot be reached.

    ``set_up`` makes the engine's tables where they are not yet, whoever else does so at the same time. ``hand_over`` lets those
    of these tickets wait that do not wait already, the first ones first, as far as there is room; it returns how many it added.
    ``serve`` does the work of tickets, so many at once, until ``ends`` is set and what was begun is done. ``close`` lets go of
    what ``hand_over`` used.
    """

    def set_up(self) -> None: ...

    def hand_over(self, tickets: Sequence[str]) -> int: ...

    def serve(self, work: Work, *, at_once: int, ends: threading.Event) -> None: ...

    def close(self) -> None: ...


def as_many_as_fit(tickets: Sequence[str], waiting: set[str]) -> list[str]:
    """Those tickets that may be added to the waiting ones: each once, in their order."""
    added = [ticket for ticket in dict.fromkeys(tickets) if ticket not in waiting]
    return added[: max(0, MOST_WAITING - len(waiting))]


async def until_set(ends: threading.Event) -> None:
    """Comes back soon after another thread has set it."""
    while not ends.is_set():
        await asyncio.sleep(_NOTICES)
