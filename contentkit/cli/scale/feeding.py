"""The feeder: looks which accounts have something due, and hands tickets over. One worker of all does it at a time.

It looks at the lanes and at nothing else. Whatever becomes of a ticket: as long as an account is due and in nobody's hands, its
ticket is handed over again with the next look.
"""

from __future__ import annotations

import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

from contentkit.cli.scale.persisting import persist
from contentkit.engines.tickets import MOST_WAITING
from contentkit.publishing.postgres.connection import PostgresConnection, connect_for_long
from contentkit.publishing.postgres.lanes import Lanes
from contentkit.publishing.postgres.leading import takes_on

if TYPE_CHECKING:
    from contentkit.cli.scale.events import Events
    from contentkit.engines.tickets import Engine

# How often the feeder looks, and those that would be it ask whether they may; how long it stays it without a word. In seconds.
LOOKS = 0.1
# It rests for so many times as long as a look took, and no longer than so many seconds: where much is due, workers need the time.
_RESTS = 10
_LONGEST_REST = 1.0
_ASKS = 1.0
_HOLDS = 5.0
# After so many seconds it says that it still leads.
_RENEWS = 1.0


def tickets_for(lanes: Lanes) -> list[str]:
    """The tickets that bring all lanes that are due to workers: one for each as long as they are few, else one for each shard."""
    due = lanes.due(MOST_WAITING + 1)
    if len(due) <= MOST_WAITING:
        return [f"lane {lane.workspace} {lane.account}" for lane in due]
    return [f"shard {shard}" for shard in lanes.due_shards()]


class Feeder:
    """Feeds for as long as it leads and ``ends`` is not set; waits for its turn else."""

    def __init__(self, database: str, name: str, engine: Engine, events: Events, ends: threading.Event) -> None:
        self._database = database
        self._name = name
        self._engine = engine
        self._events = events
        self._ends = ends
        self.leads = False

    def run(self) -> None:
        """Comes back when it is to end. What goes wrong is told, and tried again."""
        persist("feeder", self._events, self._lead, while_=lambda: not self._ends.is_set())
        self._engine.close()

    def _lead(self) -> None:
        with closing(PostgresConnection(connect_for_long(self._database))) as database:
            while not takes_on(database, "feeder", self._name, _HOLDS):
                if self._ends.wait(_ASKS):
                    return
            self.leads = True
            self._events.say("feeding")
            try:
                self._feed(database)
            finally:
                self.leads = False

    def _feed(self, database: PostgresConnection) -> None:
        lanes = Lanes(database)
        rests, renewed = LOOKS, float("-inf")
        while not self._ends.wait(rests):
            began = time.monotonic()
            if began - renewed > _RENEWS:
                if not takes_on(database, "feeder", self._name, _HOLDS):
                    self._events.say("feeding no more")
                    return
                renewed = began
            if tickets := tickets_for(lanes):
                self._engine.hand_over(tickets)
            rests = min(max(LOOKS, _RESTS * (time.monotonic() - began)), _LONGEST_REST)
