"""A duty of a worker that outlives its database: whenever that is away it says so, waits a moment, and begins anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from contentkit.errors import StateError

if TYPE_CHECKING:
    from contentkit.cli.scale.events import Events

# How long it rests when the database is away, in seconds.
_AWAY = 1.0


def persist(part: str, events: Events, work: Callable[[], None], *, while_: Callable[[], bool]) -> None:
    """Does the work, and does it again when it comes back, for as long as it is wanted."""
    while while_():
        try:
            work()
        except StateError as error:
            events.say("database away", part=part, why=error.words)
            time.sleep(_AWAY)
