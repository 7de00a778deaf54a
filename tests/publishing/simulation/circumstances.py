"""What else decides when a thread of the simulation may begin: a page, a rule for lateness, openings of a slot, quiet hours.

They watch what the publisher does with them, and tell the world what it did wrong.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contentkit.models import Condition, Lateness
from contentkit.publishing.publications import Publication, State
from contentkit.publishing.stops import stops_of
from contentkit.publishing.surroundings import Opening
from contentkit.publishing.timing import LATE_AFTER, LONGEST_EXCUSE

if TYPE_CHECKING:
    from tests.publishing.simulation.life import Life
    from tests.publishing.simulation.world import Process

MINUTE = timedelta(minutes=1)
# A thread that was not late yet when the program decided may be when its first byte leaves: it looks at the network between.
_DECIDED_WITHIN = MINUTE
_PAGE = Condition(url="https://example.org/launch")
_POLICIES = (
    Lateness(),
    Lateness(within=timedelta(hours=1)),
    Lateness(policy="hold"),
    Lateness(policy="next slot"),
)


class Circumstances:
    """Those of one entry, from the seed. What its page must say is the entry's name."""

    def __init__(self, seed: str, life: Life, entry: str) -> None:
        chance = random.Random(f"circumstances {seed}")
        self._life, self._world = life, life.world
        self._begin = life.world.clock.now()
        # Cron was away for a while before the first run.
        self.downtime = chance.choice([0, 0, 0, 0, 0, 0, 20, 50]) * MINUTE
        self.late = chance.choice(_POLICIES)
        self.when = chance.choice([None, None, replace(_PAGE, contains=entry)])
        self._there_from = self._begin + chance.choice([0, 1, 20, 200]) * MINUTE
        self._quiet_from = self._begin + chance.randint(0, 40) * MINUTE
        self._quiet_to = self._quiet_from + chance.choice([0, 0, 30, 90]) * MINUTE
        self._every = chance.choice([30, 45, 300])
        # By the machine's uptime, since which start of it.
        self._looked_at: tuple[str, float] = ("", 0.0)
        self._said: dict[int, str] = {}

    @property
    def moments(self) -> list[datetime]:
        """When something of this changes."""
        return [self._there_from, self._quiet_to]

    def look(self, process: Process) -> str:
        world = self._world
        world.moment(process)
        now, uptime = world.clock.now(), world.clock.uptime()
        orderly = not self._life.clock_was_wrong and not self._life.was_meddled_with
        boot, last = self._looked_at
        if orderly and boot == world.clock.boot() and 0 <= uptime - last < 50:
            world.is_wrong("looked too often")
        rows = [row for thread in self._life.open_threads() for row in thread.rows]
        if any(row.state is State.SENDING for row in rows) and orderly and not self._life.is_side_by_side:
            world.is_wrong("looked while a right to send was held")
        why = "" if now >= self._there_from else "does not say it yet"
        if world.goes_wrong(0.2):
            why = "cannot be reached"
        self._looked_at, self._said[process.began] = (world.clock.boot(), uptime), why
        world.moment(process)
        return why

    def opening(self, after: datetime) -> Opening | None:
        number = (after - self._begin) // (self._every * MINUTE) + 1
        at = self._begin + number * self._every * MINUTE
        return Opening(at=at, words=f"{at:%H:%M}")

    def resting(self, at: datetime) -> str:
        return "waits for the end of the quiet hours" if self._quiet_from <= at < self._quiet_to else ""

    def begins(self, head: Publication) -> None:
        """Its first part leaves now: everything must be as it was approved."""
        world, now = self._world, self._world.clock.now()
        began = world.running[-1].began if world.running else -1
        if self.when and self._said.get(began, "nobody looked"):
            world.is_wrong("began without its page")
        late = now - head.due
        if head.released_at or self._life.clock_was_wrong:
            return
        if late < timedelta():
            world.is_wrong("began before it was due")
        if late > LATE_AFTER + _DECIDED_WITHIN and self._life.circumstances["launch"].resting(now):
            world.is_wrong("began late in quiet hours")
        if self.late.policy == "post":
            late -= min(stops_of(self._life.journal, now).within(head.due, now), LONGEST_EXCUSE)
        if late > (self.late.within if self.late.policy == "post" else LATE_AFTER) + _DECIDED_WITHIN:
            world.is_wrong("began later than was approved")
        if head.moved_from and self.late.policy != "next slot":
            world.is_wrong("moved on without an approved rule")
